/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl database …: the embedded cluster by hand, and the schema of any database. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"

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
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_status_json (WbCluster *cluster, const WbClusterStatus *status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_member (builder, "folder", wb_cluster_get_folder (cluster));
  add_flag (builder, "exists", status->exists);
  add_flag (builder, "running", status->running);
  add_flag (builder, "busy", status->busy);
  add_flag (builder, "in_use", status->in_use);
  add_flag (builder, "kept", status->kept);
  add_number (builder, "pid", status->pid);
  add_number (builder, "version", status->version);
  add_number (builder, "server_version", status->server_version);
  add_member (builder, "server_folder", status->server_folder);
  add_member (builder, "user", status->user);
  add_member (builder, "socket_folder", status->socket_folder);
  add_member (builder, "log_file", status->log_file);
  add_number (builder, "free_bytes", (gint64) status->free_bytes);
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
  g_print ("%s\n", conninfo);
  return WB_CTL_OK;
}

static void
applying_cb (const char *file, guint done, guint total, gpointer user_data)
{
  g_printerr ("%u/%u %s\n", done + 1, total, file);
}

static int
migrate (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbDatabase *database = NULL;
  GError *error = NULL;
  WbDb *db = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_BARE, &error);
  if (database == NULL)
    return wb_ctl_fail (ctl, error);
  db = wb_database_get_db (database);
  wb_migrate_async (db, NULL, applying_cb, NULL, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_migrate_finish (db, wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

const WbCtlCommand wb_ctl_database_commands[] = {
  { "database start", "", N_ ("Starts the embedded database and keeps it running"), start },
  { "database stop", "", N_ ("Stops the embedded database"), stop },
  { "database status", "", N_ ("Tells where the embedded database is and whether it runs"),
    print_status },
  { "database url", "", N_ ("Prints a connection string that psql takes"), print_url },
  { "database migrate", "", N_ ("Brings the schema of a database up to date"), migrate },
  { NULL },
};
