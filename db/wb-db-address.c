/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libpq looks names up while it connects, and that blocks. So everything a connection string leaves open
 * (service files, PG* variables, defaults, names) is found out here in a thread beforehand, and libpq gets
 * `hostaddr` next to `host`.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-connection-private.h"
#include "db/wb-db-error-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* An sslmode that does not exist: see read_options(). */
#define PROBE "waybill-probe"

static void
free_target (gpointer data)
{
  WbDbTarget *self = data;

  g_free (self->host);
  g_free (self->hostaddr);
  g_free (self->port);
  g_free (self);
}

static void
add_target (WbDbAddress *self,
            const char *host,
            const char *hostaddr,
            const char *port)
{
  WbDbTarget *target = g_new0 (WbDbTarget, 1);

  target->host = g_strdup (host);
  target->hostaddr = g_strdup (hostaddr);
  target->port = g_strdup (port);
  g_ptr_array_add (self->targets, target);
}

static const char *
find_option (const PQconninfoOption *options,
             const char *keyword)
{
  for (; options->keyword != NULL; options++)
    if (g_str_equal (options->keyword, keyword) && options->val != NULL && *options->val != '\0')
      return options->val;
  return NULL;
}

/*
 * The options that libpq would use, service files and environment included. libpq tells them only of a connection;
 * so begin one that fails at its sslmode, after all options are known and before anything is opened.
 */
static PQconninfoOption *
read_options (const char *conninfo,
              GError **error)
{
  const char *keywords[] = { "dbname", "sslmode", NULL };
  const char *values[] = { conninfo, PROBE, NULL };
  PGconn *pg = PQconnectStartParams (keywords, values, 1);
  PQconninfoOption *options = NULL;

  if (pg != NULL && strstr (PQerrorMessage (pg), PROBE) != NULL)
    options = PQconninfo (pg);
  if (options == NULL)
    {
      g_autofree char *text = g_strchomp (g_strdup (pg != NULL ? PQerrorMessage (pg) : "out of memory"));
      g_propagate_error (error, _wb_db_error_new (WB_DB_ERROR_FAILED,
                                                  "the connection string cannot be used: %s", text));
    }
  PQfinish (pg);
  return options;
}

/* Options are checked one after the other; those after sslmode only show when something is really tried, so try a
 * socket that cannot exist. */
static gboolean
check_options (const char *conninfo,
               const PQconninfoOption *options,
               GError **error)
{
  gboolean by_address = find_option (options, "hostaddr") != NULL;
  const char *keywords[] = { "dbname", "host", "port", by_address ? "hostaddr" : NULL, NULL };
  const char *values[] = { conninfo, "/" PROBE, "1", "127.0.0.1", NULL };
  PGconn *pg = PQconnectStartParams (keywords, values, 1);
  const char *text = pg != NULL ? PQerrorMessage (pg) : "out of memory";
  gboolean fine = pg != NULL && (PQstatus (pg) != CONNECTION_BAD || strstr (text, PROBE) != NULL ||
                                 strstr (text, "127.0.0.1") != NULL);

  if (!fine)
    {
      g_autofree char *line = g_strchomp (g_strdup (text));
      g_propagate_error (error, _wb_db_error_new (WB_DB_ERROR_FAILED,
                                                  "the connection string cannot be used: %s", line));
    }
  PQfinish (pg);
  return fine;
}

/* Not g_ascii_string_to_unsigned(): it looks at errno, and when two threads come to it first at the same moment, one waits for the
 * other's locale with a call that sets it (GLib 2.74): one connection in three was refused on a machine that was busy enough. */
static gboolean
read_number (const char *text,
             guint64 most,
             guint64 *number)
{
  *number = 0;
  for (; g_ascii_isdigit (*text) && *number <= most; text++)
    *number = *number * 10 + (guint64) (*text - '0');

  return *text == '\0' && *number >= 1 && *number <= most;
}

/* What libpq would only say of each connection. */
static gboolean
check_ports (const PQconninfoOption *options,
             GError **error)
{
  const char *list = find_option (options, "port");
  g_auto(GStrv) ports = g_strsplit (list != NULL ? list : "", ",", -1);
  guint64 port = 0;

  for (guint i = 0; ports[i] != NULL; i++)
    if (*ports[i] != '\0' && !read_number (ports[i], G_MAXUINT16, &port))
      {
        g_propagate_error (error, _wb_db_error_new (WB_DB_ERROR_FAILED,
                                                    "the connection string cannot be used: there is no port “%s”",
                                                    ports[i]));
        return FALSE;
      }
  return TRUE;
}

/* element @i of a list "a,b"; a list of one serves all, a list of none gives "" */
static const char *
nth (GStrv list,
     guint i)
{
  guint n = g_strv_length (list);

  if (n == 0)
    return "";
  return list[n == 1 ? 0 : MIN (i, n - 1)];
}

static gboolean
add_resolved (WbDbAddress *self,
              const char *host,
              const char *port,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  GList *addresses = g_resolver_lookup_by_name (resolver, host, cancellable, error);

  if (addresses == NULL)
    return FALSE;
  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *hostaddr = g_inet_address_to_string (l->data);
      add_target (self, host, hostaddr, port);
    }
  g_resolver_free_addresses (addresses);
  return TRUE;
}

/* A host that cannot be resolved is left out while others can. */
static void
add_targets (WbDbAddress *self,
             const PQconninfoOption *options,
             GCancellable *cancellable,
             GError **error)
{
  const char *host_list = find_option (options, "host");
  const char *addr_list = find_option (options, "hostaddr");
  const char *port_list = find_option (options, "port");
  g_auto(GStrv) hosts = g_strsplit (host_list != NULL ? host_list : "", ",", -1);
  g_auto(GStrv) addrs = g_strsplit (addr_list != NULL ? addr_list : "", ",", -1);
  g_auto(GStrv) ports = g_strsplit (port_list != NULL ? port_list : "", ",", -1);
  guint n = MAX (1, MAX (g_strv_length (hosts), g_strv_length (addrs)));

  for (guint i = 0; i < n; i++)
    {
      const char *host = nth (hosts, i);
      const char *addr = addr_list != NULL ? nth (addrs, i) : "";
      const char *port = nth (ports, i);
      g_autoptr(GError) local_error = NULL;

      /* an empty port in a list would let the list itself through to libpq again */
      if (*port == '\0' && g_strv_length (ports) > 1)
        port = "5432";
      /* "" is the default socket; "/dir" and "@abstract" are sockets */
      if (*addr != '\0' || *host == '\0' || *host == '/' || *host == '@')
        add_target (self, host, addr, port);
      else if (!add_resolved (self, host, port, cancellable, &local_error))
        {
          g_debug ("cannot resolve “%s”: %s", host, local_error->message);
          if (error != NULL && *error == NULL)
            {
              /* the resolver says the name once more, and then why */
              const char *why = g_strrstr (local_error->message, ": ");

              *error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "the server “%s” is not known: %s", host,
                                         why != NULL ? why + 2 : local_error->message);
              _wb_db_error_set_hint (*error, N_("Is the address right, and is this machine in the network?"));
            }
        }
    }
  if (self->targets->len > 0)
    g_clear_error (error);
}

static void
resolve_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_autoptr(WbDbAddress) self = NULL;
  PQconninfoOption *options = NULL;
  GError *error = NULL;
  const char *value = NULL;
  guint64 seconds = 0;

  options = read_options (task_data, &error);
  if (options == NULL || !check_options (task_data, options, &error) || !check_ports (options, &error))
    {
      PQconninfoFree (options);
      g_task_return_error (task, error);
      return;
    }

  self = g_new0 (WbDbAddress, 1);
  self->targets = g_ptr_array_new_with_free_func (free_target);
  value = find_option (options, "target_session_attrs");
  self->session_attrs = g_strdup (value != NULL ? value : "any");
  value = find_option (options, "connect_timeout");
  if (value != NULL && read_number (value, G_MAXINT / 1000, &seconds))
    self->connect_ms = (guint) MAX (2, seconds) * 1000;
  self->sets_keepalives = find_option (options, "keepalives_idle") != NULL ||
                          g_strcmp0 (find_option (options, "keepalives"), "0") == 0;
  self->sets_user_timeout = find_option (options, "tcp_user_timeout") != NULL;
  add_targets (self, options, cancellable, &error);
  PQconninfoFree (options);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) _wb_db_address_free);
}

void
_wb_db_address_free (WbDbAddress *self)
{
  g_ptr_array_unref (self->targets);
  g_free (self->session_attrs);
  g_free (self);
}

void
_wb_db_address_resolve_async (const char *conninfo,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _wb_db_address_resolve_async);
  g_task_set_task_data (task, g_strdup (conninfo), g_free);
  g_task_run_in_thread (task, resolve_thread);
}

WbDbAddress *
_wb_db_address_resolve_finish (GAsyncResult *result,
                               GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
