/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl database …: the embedded cluster by hand, and the schema of any database. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "db/wb-conninfo.h"
#include "db/wb-server.h"

/* For commands that are about the embedded cluster and make no sense on a shared server. */
static WbCluster *
get_cluster (WbCtl *ctl)
{
  WbCluster *cluster = wb_database_get_cluster (wb_ctl_get_database (ctl));

  if (cluster == NULL)
    g_printerr (_ ("%s: this is a shared server, which waybillctl does not start or stop; "
                   "leave out --database and WAYBILL_DATABASE for the embedded one\n"),
                g_get_prgname ());
  return cluster;
}

static WbClusterStatus *
query_status (WbCtl *ctl, WbCluster *cluster, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_cluster_query_status_async (cluster, ctl->cancellable, wb_ctl_result_cb, &result);
  return wb_cluster_query_status_finish (cluster, wb_ctl_wait (&result), error);
}

static void
print_conninfo_json (const char *conninfo)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_ctl_add_text (builder, "conninfo", conninfo);
  json_builder_end_object (builder);
  wb_ctl_print_json (builder);
}

static int
start (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *conninfo = NULL;
  WbCluster *cluster = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  cluster = get_cluster (ctl);
  if (cluster == NULL)
    return WB_CTL_FAILED;
  if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error) == NULL)
    return wb_ctl_fail (ctl, error);
  wb_cluster_keep_async (cluster, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_cluster_keep_finish (cluster, wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  conninfo = wb_cluster_dup_conninfo (cluster);
  if (ctl->json)
    {
      print_conninfo_json (conninfo);
      return WB_CTL_OK;
    }
  g_print (_ ("The database in %s is running until “waybillctl database stop”.\n"),
           wb_cluster_get_folder (cluster));
  g_print ("%s\n", conninfo);
  return WB_CTL_OK;
}

static int
stop (WbCtl *ctl, int argc, char **argv)
{
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, &force,
      N_ ("Stop it although programs are using it"), NULL },
    { 0 },
  };
  g_autoptr (GAsyncResult) result = NULL;
  WbCluster *cluster = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  cluster = get_cluster (ctl);
  if (cluster == NULL)
    return WB_CTL_FAILED;
  wb_cluster_stop_async (cluster, force, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_cluster_stop_finish (cluster, wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

static void
print_status_json (WbCluster *cluster, const WbClusterStatus *status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_ctl_add_text (builder, "folder", wb_cluster_get_folder (cluster));
  wb_ctl_add_flag (builder, "exists", status->exists);
  wb_ctl_add_flag (builder, "running", status->running);
  wb_ctl_add_flag (builder, "busy", status->busy);
  wb_ctl_add_flag (builder, "in_use", status->in_use);
  wb_ctl_add_flag (builder, "kept", status->kept);
  wb_ctl_add_number (builder, "pid", status->pid);
  wb_ctl_add_number (builder, "version", status->version);
  wb_ctl_add_number (builder, "server_version", status->server_version);
  wb_ctl_add_text (builder, "server_folder", status->server_folder);
  wb_ctl_add_text (builder, "user", status->user);
  wb_ctl_add_text (builder, "socket_folder", status->socket_folder);
  wb_ctl_add_text (builder, "log_file", status->log_file);
  wb_ctl_add_number (builder, "free_bytes", (gint64) status->free_bytes);
  json_builder_end_object (builder);
  wb_ctl_print_json (builder);
}

static void
print_status_text (WbCluster *cluster, const WbClusterStatus *status)
{
  const char *state = _ ("not made yet; the first program makes it");

  if (status->running && status->kept)
    state = _ ("running, started by hand");
  else if (status->running)
    state = _ ("running");
  else if (status->busy || status->pid != 0)
    state = _ ("starting or stopping");
  else if (status->exists)
    state = _ ("stopped");
  g_print (_ ("Folder:  %s\n"), wb_cluster_get_folder (cluster));
  g_print (_ ("State:   %s\n"), state);
  if (status->running)
    {
      g_print (_ ("Process: %" G_GINT64_FORMAT " (user %s)\n"), status->pid, status->user);
      g_print (_ ("Socket:  %s\n"), status->socket_folder);
      g_print (_ ("In use:  %s\n"), status->in_use ? _ ("yes") : _ ("no"));
    }
  if (status->version > 0)
    g_print (_ ("Data:    PostgreSQL %d\n"), status->version);
  if (status->server_folder != NULL)
    g_print (_ ("Server:  PostgreSQL %d in %s\n"), status->server_version, status->server_folder);
  else
    g_print ("%s\n", _ ("Server:  none that fits is installed; see “waybillctl doctor”"));
  if (status->exists)
    g_print (_ ("Log:     %s\n"), status->log_file);
}

static int
print_status (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (WbClusterStatus) cluster_status = NULL;
  WbCluster *cluster = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  cluster = get_cluster (ctl);
  if (cluster == NULL)
    return WB_CTL_FAILED;
  cluster_status = query_status (ctl, cluster, &error);
  if (cluster_status == NULL)
    return wb_ctl_fail (ctl, error);
  if (ctl->json)
    print_status_json (cluster, cluster_status);
  else
    print_status_text (cluster, cluster_status);
  return WB_CTL_OK;
}

static int
print_url (WbCtl *ctl, int argc, char **argv)
{
  WbDatabase *database = NULL;
  WbCluster *cluster = NULL;
  g_autoptr (WbClusterStatus) cluster_status = NULL;
  g_autofree char *conninfo = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  database = wb_ctl_get_database (ctl);
  cluster = wb_database_get_cluster (database);
  if (cluster != NULL)
    {
      cluster_status = query_status (ctl, cluster, &error);
      if (cluster_status == NULL)
        return wb_ctl_fail (ctl, error);
      if (!cluster_status->running)
        {
          g_printerr (_ ("%s: the database in %s is not running; start it with “waybillctl "
                         "database start”\n"),
                      g_get_prgname (), wb_cluster_get_folder (cluster));
          return WB_CTL_FAILED;
        }
      if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_BARE, &error) == NULL)
        return wb_ctl_fail (ctl, error);
    }
  conninfo = wb_database_dup_conninfo (database);
  if (ctl->json)
    print_conninfo_json (conninfo);
  else
    g_print ("%s\n", conninfo);
  return WB_CTL_OK;
}

static void
applying_cb (const char *file, guint done, guint total, gpointer user_data)
{
  g_printerr ("%u/%u %s\n", done + 1, total, file);
}

static gboolean
query_schema (WbCtl *ctl, WbDb *db, WbSchemaState *state, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_schema_query_async (db, NULL, ctl->cancellable, wb_ctl_result_cb, &result);
  return wb_schema_query_finish (db, wb_ctl_wait (&result), state, error);
}

static int
migrate (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbDatabase *database = NULL;
  WbSchemaState state = { 0 };
  GError *error = NULL;
  WbDb *db = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_BARE, &error);
  if (database == NULL)
    return wb_ctl_fail (ctl, error);
  db = wb_database_get_db (database);
  if (!query_schema (ctl, db, &state, &error))
    return wb_ctl_fail (ctl, error);
  /* A seat without the right to do it may still ask whether it is done. */
  if (state.may_migrate || state.number != state.wanted || !state.api_is_current)
    {
      wb_migrate_async (db, NULL, applying_cb, NULL, ctl->cancellable, wb_ctl_result_cb, &result);
      if (!wb_migrate_finish (db, wb_ctl_wait (&result), &error))
        return wb_ctl_fail (ctl, error);
    }
  if (ctl->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      wb_ctl_add_number (builder, "schema", state.wanted);
      json_builder_end_object (builder);
      wb_ctl_print_json (builder);
    }
  else
    g_print (_ ("The schema is up to date (%d).\n"), state.wanted);
  return WB_CTL_OK;
}

/* Connects to a database that is there, on the server of --database, and makes ours beside it. */
static gboolean
make_database (WbCtl *ctl, const char *name, gboolean *made, GError **error)
{
  g_autofree char *where = g_steal_pointer (&ctl->where);
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done = FALSE;

  *made = FALSE;
  ctl->where = wb_conninfo_set (where, "dbname", "postgres");
  if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_BARE, error) != NULL)
    {
      WbDb *db = wb_database_get_db (ctl->database);

      wb_server_make_database_async (db, name, ctl->cancellable, wb_ctl_result_cb, &result);
      done = wb_server_make_database_finish (db, wb_ctl_wait (&result), made, error);
    }
  g_clear_object (&ctl->database);
  g_free (ctl->where);
  ctl->where = wb_conninfo_set (where, "dbname", name);
  return done;
}

/* Which database: --name, or the one in --database, or waybill. */
static char *
choose_name (const char *where, const char *name)
{
  g_autofree char *given = wb_conninfo_get (where, "dbname");

  if (name != NULL)
    return g_strdup (name);
  return given != NULL && !g_str_equal (given, "postgres") ? g_steal_pointer (&given) :
                                                             g_strdup ("waybill");
}

static void
print_created_json (const char *name, gboolean made, const char *conninfo)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_ctl_add_text (builder, "database", name);
  wb_ctl_add_flag (builder, "made", made);
  wb_ctl_add_text (builder, "conninfo", conninfo);
  json_builder_end_object (builder);
  wb_ctl_print_json (builder);
}

static int
prepare_server (WbCtl *ctl, const char *name, const char *admin, const char *password)
{
  const char *const roles[] = { "admin", NULL };
  g_autofree char *seat = NULL;
  g_autofree char *shown = NULL;
  GError *error = NULL;
  gboolean made = FALSE;

  if (!make_database (ctl, name, &made, &error) ||
      wb_ctl_open (ctl, WB_DATABASE_FLAGS_MIGRATE, &error) == NULL ||
      (admin != NULL && !wb_ctl_add_user (ctl, admin, NULL, roles, password, &error)))
    return wb_ctl_fail (ctl, error);

  seat = wb_conninfo_set (ctl->where, "user", admin != NULL ? admin : "NAME");
  shown = wb_conninfo_set (seat, "password", NULL);
  if (ctl->json)
    {
      print_created_json (name, made, shown);
      return WB_CTL_OK;
    }
  g_print (made ? _ ("The database %s has been made and prepared.\n") :
                  _ ("The database %s was there and is up to date.\n"),
           name);
  if (admin == NULL)
    g_print (_ ("Add seats with: waybillctl user add NAME --role ROLE\n"));
  g_print (_ ("A seat uses it with: WAYBILL_DATABASE=\"%s\" waybill\n"), shown);
  return WB_CTL_OK;
}

static int
create (WbCtl *ctl, int argc, char **argv)
{
  g_autofree char *given_name = NULL;
  g_autofree char *name = NULL;
  g_autofree char *admin = NULL;
  g_autofree char *password = NULL;
  gboolean ask = FALSE;
  const GOptionEntry entries[] = {
    { "name", 'n', 0, G_OPTION_ARG_STRING, &given_name,
      N_ ("The database (default: the one in --database, or waybill)"), N_ ("NAME") },
    { "admin", 'a', 0, G_OPTION_ARG_STRING, &admin,
      N_ ("The login of the first administrator, made if it is not there"), N_ ("NAME") },
    { "password-prompt", 'p', 0, G_OPTION_ARG_NONE, &ask,
      N_ ("Ask for the password of that login (from a pipe: a line of stdin)"), NULL },
    { 0 },
  };
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (wb_database_is_embedded (wb_ctl_get_database (ctl)))
    return wb_ctl_misuse (ctl, _ ("the embedded database makes itself; for a shared server give its "
                                  "administrator's connection: --database 'host=… user=postgres'"));
  if (ask && admin == NULL)
    return wb_ctl_misuse (ctl, _ ("--password-prompt is for the login that --admin names"));
  if (ask && !wb_ctl_ask_new_password (admin, &password))
    return WB_CTL_FAILED;
  if (ctl->where == NULL)
    ctl->where = g_strdup (g_getenv ("WAYBILL_DATABASE"));
  g_clear_object (&ctl->database);
  name = choose_name (ctl->where, given_name);
  return prepare_server (ctl, name, admin, password);
}

const WbCtlCommand wb_ctl_database_commands[] = {
  { "database start", "", N_ ("Starts the embedded database and keeps it running"), start },
  { "database stop", "", N_ ("Stops the embedded database"), stop },
  { "database status", "", N_ ("Tells where the embedded database is and whether it runs"),
    print_status },
  { "database url", "", N_ ("Prints a connection string that psql takes"), print_url },
  { "database create", "",
    N_ ("Prepares a shared server: database, schema, roles, first administrator"), create },
  { "database migrate", "", N_ ("Brings the schema of a database up to date"), migrate },
  { 0 },
};
