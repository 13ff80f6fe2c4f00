/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-database"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>

#include "db/wb-conninfo.h"

static const char *
find_option (const PQconninfoOption *options, const char *keyword)
{
  for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
    if (g_str_equal (o->keyword, keyword) && o->val != NULL && *o->val != '\0')
      return o->val;
  return NULL;
}

char *
wb_conninfo_get (const char *conninfo, const char *keyword)
{
  PQconninfoOption *options = NULL;
  char *value = NULL;

  g_return_val_if_fail (conninfo != NULL, NULL);

  options = PQconninfoParse (conninfo, NULL);
  value = g_strdup (find_option (options, keyword));
  PQconninfoFree (options);
  return value;
}

/* In single quotes, with backslashes before quotes and backslashes. */
static void
append_option (GString *whole, const char *keyword, const char *value)
{
  g_string_append_printf (whole, "%s%s='", whole->len > 0 ? " " : "", keyword);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\'' || *p == '\\')
        g_string_append_c (whole, '\\');
      g_string_append_c (whole, *p);
    }
  g_string_append_c (whole, '\'');
}

char *
wb_conninfo_set (const char *conninfo, const char *keyword, const char *value)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  PQconninfoOption *options = NULL;

  g_return_val_if_fail (conninfo != NULL, NULL);

  options = PQconninfoParse (conninfo, NULL);
  if (options == NULL)
    return g_strdup (conninfo);
  for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
    if (o->val != NULL && !g_str_equal (o->keyword, keyword))
      append_option (whole, o->keyword, o->val);
  if (value != NULL)
    append_option (whole, keyword, value);
  PQconninfoFree (options);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

static void
append_part (GString *name, const char *before, const char *value)
{
  if (value != NULL)
    g_string_append_printf (name, "%s%s", name->len > 0 ? before : "", value);
}

char *
wb_conninfo_describe (const char *conninfo)
{
  g_autoptr (GString) name = g_string_new (NULL);
  PQconninfoOption *options = NULL;
  const char *host = NULL;

  g_return_val_if_fail (conninfo != NULL, NULL);

  options = PQconninfoParse (conninfo, NULL);
  host = find_option (options, "host");
  if (host == NULL)
    host = find_option (options, "hostaddr");
  append_part (name, "", find_option (options, "service"));
  append_part (name, " ", host);
  append_part (name, "/", find_option (options, "dbname"));
  PQconninfoFree (options);
  if (name->len == 0)
    return g_strdup (_ ("the default server"));
  return g_string_free (g_steal_pointer (&name), FALSE);
}
