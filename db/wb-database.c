/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-database"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "db/wb-conninfo.h"
#include "db/wb-database.h"
#include "db/wb-staff.h"

#define EMBEDDED "embedded"

struct _WbDatabase
{
  GObject parent_instance;

  gboolean is_open;
  gboolean is_new;
  gboolean reviving;

  /* Owned references */
  char *where;
  char *progress;
  WbCluster *cluster;
  WbDb *db;
};

G_DEFINE_FINAL_TYPE (WbDatabase, wb_database, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_WHERE,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
set_progress (WbDatabase *self, const char *text)
{
  if (g_strcmp0 (self->progress, text) == 0)
    return;
  g_free (self->progress);
  self->progress = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

static void
stage_changed_cb (WbCluster *cluster, GParamSpec *pspec, WbDatabase *self)
{
  switch (wb_cluster_get_stage (cluster))
    {
    case WB_CLUSTER_STAGE_WAITING:
      set_progress (self, _ ("Another program is starting the database…"));
      break;
    case WB_CLUSTER_STAGE_MAKING:
      set_progress (self, _ ("Making the database…"));
      break;
    case WB_CLUSTER_STAGE_STARTING:
      set_progress (self, _ ("Starting the database…"));
      break;
    case WB_CLUSTER_STAGE_RECOVERING:
      set_progress (self, _ ("The database was not closed properly and is repairing itself…"));
      break;
    case WB_CLUSTER_STAGE_STOPPING:
      set_progress (self, _ ("Stopping the database…"));
      break;
    case WB_CLUSTER_STAGE_IDLE:
    default:
      break;
    }
}

static void
revived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDatabase) self = user_data;
  g_autoptr (GError) error = NULL;

  self->reviving = FALSE;
  if (!wb_cluster_open_finish (self->cluster, result, &error))
    g_debug ("cannot start the server again: %s", error->message);
  else if (self->db != NULL)
    wb_db_retry_now (self->db);
}

/* Nobody else looks after the embedded server: if it died, start it again. */
static void
state_changed_cb (WbDb *db, GParamSpec *pspec, WbDatabase *self)
{
  if (self->cluster == NULL || !self->is_open || self->reviving ||
      wb_db_get_state (db) != WB_DB_STATE_OFFLINE)
    return;
  self->reviving = TRUE;
  wb_cluster_open_async (self->cluster, NULL, revived_cb, g_object_ref (self));
}

static void
make_db (WbDatabase *self, const char *conninfo)
{
  self->db = wb_db_new (conninfo);
  g_signal_connect_object (self->db, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
}

/* ---- Opening: cluster, connection, schema ---------------------------------------------------- */

static void
finish_open (GTask *task, GError *error)
{
  WbDatabase *self = g_task_get_source_object (task);

  set_progress (self, "");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->is_open = TRUE;
  g_task_return_boolean (task, TRUE);
}

static const char *
get_owner_name (void)
{
  const char *name = g_get_real_name ();

  return g_str_equal (name, "Unknown") ? g_get_user_name () : name;
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_staff_add_finish (WB_DB (source), result, &error))
    g_debug ("the owner of the embedded database stays nameless: %s", error->message);
  finish_open (task, NULL);
}

static void
migrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const roles[] = { "admin", NULL };
  g_autoptr (GTask) task = user_data;
  WbDatabase *self = g_task_get_source_object (task);
  g_autofree char *login = NULL;
  GError *error = NULL;

  if (!wb_migrate_finish (WB_DB (source), result, &error) || !self->is_new || self->cluster == NULL)
    {
      finish_open (task, error);
      return;
    }
  /* Everything that is done here is recorded under its owner's name, not the login's. */
  login = g_strdup (wb_db_get_user (self->db));
  wb_staff_add_async (self->db, login, get_owner_name (), roles, NULL,
                      g_task_get_cancellable (task), named_cb, g_object_ref (task));
}

/* NULL: nothing stands in the way, *migrate says whether there is something to do first. */
static GError *
judge_schema (WbDatabase *self,
              WbDatabaseFlags flags,
              const WbSchemaState *state,
              gboolean *migrate)
{
  g_autofree char *name = wb_database_dup_name (self);
  gboolean is_behind = state->number < state->wanted;

  *migrate = FALSE;
  if ((flags & WB_DATABASE_FLAGS_BARE) != 0)
    return NULL;
  if (state->number > state->wanted)
    return g_error_new (WB_DB_ERROR, WB_DB_ERROR_VERSION,
                        "the schema of %s is of version %d, newer than this program knows (%d): "
                        "update the program",
                        name, state->number, state->wanted);
  if (!is_behind && state->api_is_current)
    return NULL;
  if (state->may_migrate || (flags & WB_DATABASE_FLAGS_MIGRATE) != 0)
    {
      *migrate = TRUE;
      return NULL;
    }
  if (is_behind && state->number == 0)
    return g_error_new (WB_DB_ERROR, WB_DB_ERROR_VERSION,
                        "there is no Waybill in %s yet: an administrator of the server prepares it "
                        "with `waybillctl database create`",
                        name);
  if (is_behind)
    return g_error_new (WB_DB_ERROR, WB_DB_ERROR_VERSION,
                        "the schema of %s is of version %d, older than this program needs (%d): an "
                        "administrator brings it up to date with `waybillctl database migrate`",
                        name, state->number, state->wanted);
  g_debug ("functions of the database are not this program's; going on, as this seat may not "
           "change them");
  return NULL;
}

static void
schema_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbDatabase *self = g_task_get_source_object (task);
  WbDatabaseFlags flags = GPOINTER_TO_UINT (g_task_get_task_data (task));
  WbSchemaState state = { 0 };
  gboolean migrate = FALSE;
  GError *error = NULL;

  if (wb_schema_query_finish (WB_DB (source), result, &state, &error))
    error = judge_schema (self, flags, &state, &migrate);
  if (error != NULL || !migrate)
    {
      finish_open (task, error);
      return;
    }
  self->is_new = state.number == 0;
  set_progress (self, self->is_new ? _ ("Setting up the database…") :
                                     _ ("Bringing the database up to date…"));
  wb_migrate_async (self->db, NULL, NULL, NULL, g_task_get_cancellable (task), migrated_cb,
                    g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!wb_db_open_finish (WB_DB (source), result, &error))
    {
      finish_open (task, error);
      return;
    }
  wb_schema_query_async (WB_DB (source), NULL, g_task_get_cancellable (task), schema_cb,
                         g_object_ref (task));
}

/* Takes the task. */
static void
connect_db (GTask *task)
{
  WbDatabase *self = g_task_get_source_object (task);

  set_progress (self, _ ("Connecting…"));
  wb_db_open_async (self->db, g_task_get_cancellable (task), connected_cb, task);
}

static void
cluster_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbDatabase *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!wb_cluster_open_finish (WB_CLUSTER (source), result, &error))
    {
      finish_open (task, error);
      return;
    }
  if (self->db == NULL)
    {
      g_autofree char *conninfo = wb_cluster_dup_conninfo (self->cluster);

      make_db (self, conninfo);
    }
  connect_db (g_steal_pointer (&task));
}

void
wb_database_open_async (WbDatabase *self,
                        WbDatabaseFlags flags,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_DATABASE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_database_open_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (flags), NULL);
  if (self->cluster != NULL)
    {
      wb_cluster_open_async (self->cluster, cancellable, cluster_cb, g_steal_pointer (&task));
      return;
    }
  if (self->db == NULL)
    make_db (self, self->where);
  connect_db (g_steal_pointer (&task));
}

gboolean
wb_database_open_finish (WbDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Closing --------------------------------------------------------------------------------- */

static void
cluster_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  set_progress (g_task_get_source_object (task), "");
  if (wb_cluster_close_finish (WB_CLUSTER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wb_database_close_async (WbDatabase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_DATABASE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_database_close_async);
  self->is_open = FALSE;
  if (self->db != NULL)
    wb_db_close (self->db);
  g_clear_object (&self->db);
  if (self->cluster != NULL)
    wb_cluster_close_async (self->cluster, NULL, cluster_closed_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
wb_database_close_finish (WbDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- The object ------------------------------------------------------------------------------ */

static void
make_cluster (WbDatabase *self)
{
  const char *folder = self->where + strlen (EMBEDDED);
  g_autofree char *path = NULL;

  if (*folder == ':')
    folder++;
  /* No shell expands a tilde after a colon. */
  if (g_str_has_prefix (folder, "~/"))
    path = g_build_filename (g_get_home_dir (), folder + 2, NULL);
  else if (*folder != '\0')
    path = g_strdup (folder);
  self->cluster = wb_cluster_new (path);
  g_signal_connect_object (self->cluster, "notify::stage", G_CALLBACK (stage_changed_cb), self, 0);
}

static void
wb_database_constructed (GObject *object)
{
  WbDatabase *self = WB_DATABASE (object);

  G_OBJECT_CLASS (wb_database_parent_class)->constructed (object);
  if (self->where == NULL)
    self->where = g_strdup (g_getenv ("WAYBILL_DATABASE"));
  if (self->where == NULL || *self->where == '\0')
    {
      g_free (self->where);
      self->where = g_strdup (EMBEDDED);
    }
  if (g_str_equal (self->where, EMBEDDED) || g_str_has_prefix (self->where, EMBEDDED ":"))
    make_cluster (self);
}

static void
wb_database_dispose (GObject *object)
{
  WbDatabase *self = WB_DATABASE (object);

  self->is_open = FALSE;
  g_clear_object (&self->db);
  g_clear_object (&self->cluster);
  G_OBJECT_CLASS (wb_database_parent_class)->dispose (object);
}

static void
wb_database_finalize (GObject *object)
{
  WbDatabase *self = WB_DATABASE (object);

  g_free (self->where);
  g_free (self->progress);
  G_OBJECT_CLASS (wb_database_parent_class)->finalize (object);
}

static void
wb_database_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbDatabase *self = WB_DATABASE (object);

  switch (id)
    {
    case PROP_WHERE:
      g_value_set_string (value, self->where);
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_database_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbDatabase *self = WB_DATABASE (object);

  switch (id)
    {
    case PROP_WHERE:
      self->where = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_database_class_init (WbDatabaseClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->constructed = wb_database_constructed;
  object_class->dispose = wb_database_dispose;
  object_class->finalize = wb_database_finalize;
  object_class->get_property = wb_database_get_property;
  object_class->set_property = wb_database_set_property;

  /**
   * WbDatabase:where:
   *
   * What the user wrote: `embedded`, `embedded:FOLDER` or a connection string. May hold a password.
   */
  props[PROP_WHERE] = g_param_spec_string (
      "where", NULL, NULL, NULL,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * WbDatabase:progress:
   *
   * A translated sentence on what opening or closing is busy with, "" when nothing is.
   */
  props[PROP_PROGRESS] = g_param_spec_string (
      "progress", NULL, NULL, "",
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_database_init (WbDatabase *self)
{
  self->progress = g_strdup ("");
}

WbDatabase *
wb_database_new (const char *where)
{
  return g_object_new (WB_TYPE_DATABASE, "where", where, NULL);
}

gboolean
wb_database_is_embedded (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), FALSE);

  return self->cluster != NULL;
}

WbDb *
wb_database_get_db (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), NULL);

  return self->db;
}

WbCluster *
wb_database_get_cluster (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), NULL);

  return self->cluster;
}

char *
wb_database_dup_conninfo (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), NULL);

  if (self->cluster != NULL)
    return wb_cluster_dup_conninfo (self->cluster);
  return g_strdup (self->where);
}

char *
wb_database_dup_name (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), NULL);

  if (self->cluster != NULL)
    return g_strdup (wb_cluster_get_folder (self->cluster));
  return wb_conninfo_describe (self->where);
}

const char *
wb_database_get_progress (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), NULL);

  return self->progress;
}

gboolean
wb_database_is_new (WbDatabase *self)
{
  g_return_val_if_fail (WB_IS_DATABASE (self), FALSE);

  return self->is_new;
}
