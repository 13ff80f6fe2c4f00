/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "app/program/wb-log.h"

#define PREFIX "wb-"

/* Set up once, read from any thread. */
static char **log_topics;
static gint log_verbose;

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, key) == 0 && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

static gboolean
is_ours (const char *domain)
{
  return g_str_has_prefix (domain, PREFIX) || g_str_has_prefix (domain, "waybill");
}

/* A topic stands for its domain and those below it: `db` for `wb-db` and `wb-db-connection`. */
static gboolean
matches_topic (const char *domain, const char *topic)
{
  const char *name = g_str_has_prefix (domain, PREFIX) ? domain + strlen (PREFIX) : domain;
  gsize length = strlen (topic);

  if (strcmp (topic, "all") == 0)
    return is_ours (domain);
  return strncmp (name, topic, length) == 0 && (name[length] == '\0' || name[length] == '-');
}

static gboolean
is_wanted (const char *domain)
{
  if (domain == NULL)
    return FALSE;
  if (g_atomic_int_get (&log_verbose) && is_ours (domain))
    return TRUE;
  for (char **topic = log_topics; topic != NULL && *topic != NULL; topic++)
    if (matches_topic (domain, *topic))
      return TRUE;
  return FALSE;
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = find_field (fields, n_fields, "MESSAGE");
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;

  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) == 0 || !is_wanted (domain))
    return g_log_writer_default (level, fields, n_fields, user_data);
  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%H:%M:%S.%f");
  fprintf (stderr, "%.12s %s: %s\n", time, domain, message);
  return G_LOG_WRITER_HANDLED;
}

void
wb_log_set_up (void)
{
  const char *topics = g_getenv ("WAYBILL_DEBUG");

  if (topics != NULL)
    log_topics = g_strsplit_set (topics, ", ", -1);
  g_log_set_writer_func (write_log, NULL, NULL);
}

void
wb_log_set_verbose (gboolean verbose)
{
  g_atomic_int_set (&log_verbose, verbose);
}
