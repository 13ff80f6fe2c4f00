/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-cluster"

#include "config.h"

#include <unistd.h>

#include "db/wb-cluster-private.h"

struct _WbCluster
{
  GObject parent_instance;

  WbClusterStage stage;

  /* Owned */
  char *folder;
  char *server_path;
  char *socket_folder;
  int users_fd; /* our share of users.lock while open */
};

G_DEFINE_FINAL_TYPE (WbCluster, wb_cluster, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FOLDER,
  PROP_SERVER_PATH,
  PROP_STAGE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* What is done in the thread, and the task it belongs to. */
typedef gboolean (*WbClusterWork) (WbClusterJob *job, GError **error);

static void
set_stage (WbCluster *self, WbClusterStage stage)
{
  if (self->stage == stage)
    return;
  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STAGE]);
}

typedef struct
{
  GTask *task;
  WbClusterStage stage;
} StageNews;

static void
free_stage_news (StageNews *news)
{
  g_object_unref (news->task);
  g_free (news);
}

static gboolean
stage_news_cb (gpointer user_data)
{
  StageNews *news = user_data;

  if (!g_task_get_completed (news->task))
    set_stage (g_task_get_source_object (news->task), news->stage);
  return G_SOURCE_REMOVE;
}

/* In the thread. */
static void
report_stage (WbClusterStage stage, gpointer user_data)
{
  StageNews *news = g_new0 (StageNews, 1);

  news->task = g_object_ref (user_data);
  news->stage = stage;
  g_main_context_invoke_full (g_task_get_context (news->task), G_PRIORITY_DEFAULT, stage_news_cb,
                              news, (GDestroyNotify) free_stage_news);
}

static GTask *
new_task (WbCluster *self,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data,
          gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbClusterJob *job = _wb_cluster_job_new (self->folder, self->server_path);

  g_task_set_source_tag (task, tag);
  /* The job looks at the cancellable itself: what it has achieved must not be lost on the way. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) _wb_cluster_job_free);
  if (cancellable != NULL)
    job->cancellable = g_object_ref (cancellable);
  job->progress = report_stage;
  job->progress_data = task;
  return task;
}

/* Runs @work on the job of @task in a thread; the answer is a gboolean. */
static void
run_work (GTask *task, WbClusterWork work)
{
  WbClusterJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (work (job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_work (task, _wb_cluster_open);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_work (task, _wb_cluster_close);
}

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_work (task, _wb_cluster_keep);
}

static gboolean
stop_gently (WbClusterJob *job, GError **error)
{
  return _wb_cluster_stop (job, FALSE, error);
}

static gboolean
stop_by_force (WbClusterJob *job, GError **error)
{
  return _wb_cluster_stop (job, TRUE, error);
}

static void
stop_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_work (task, stop_gently);
}

static void
force_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_work (task, stop_by_force);
}

static void
query_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WbClusterStatus *status = _wb_cluster_query (data, &error);

  if (status != NULL)
    g_task_return_pointer (task, status, (GDestroyNotify) wb_cluster_status_free);
  else
    g_task_return_error (task, error);
}

static void
wb_cluster_constructed (GObject *object)
{
  WbCluster *self = WB_CLUSTER (object);
  char *folder = self->folder;

  G_OBJECT_CLASS (wb_cluster_parent_class)->constructed (object);
  if (folder == NULL)
    self->folder = wb_cluster_dup_default_folder ();
  else
    self->folder = g_canonicalize_filename (folder, NULL);
  g_free (folder);
  if (self->server_path == NULL)
    self->server_path = g_strdup (g_getenv ("WAYBILL_SERVER_PATH"));
}

static void
wb_cluster_finalize (GObject *object)
{
  WbCluster *self = WB_CLUSTER (object);

  if (self->users_fd >= 0)
    close (self->users_fd);
  g_free (self->folder);
  g_free (self->server_path);
  g_free (self->socket_folder);
  G_OBJECT_CLASS (wb_cluster_parent_class)->finalize (object);
}

static void
wb_cluster_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbCluster *self = WB_CLUSTER (object);

  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_SERVER_PATH:
      g_value_set_string (value, self->server_path);
      break;
    case PROP_STAGE:
      g_value_set_int (value, (int) self->stage);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_cluster_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbCluster *self = WB_CLUSTER (object);

  switch (id)
    {
    case PROP_FOLDER:
      self->folder = g_value_dup_string (value);
      break;
    case PROP_SERVER_PATH:
      self->server_path = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_cluster_class_init (WbClusterClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->constructed = wb_cluster_constructed;
  object_class->finalize = wb_cluster_finalize;
  object_class->get_property = wb_cluster_get_property;
  object_class->set_property = wb_cluster_set_property;

  /**
   * WbCluster:folder:
   *
   * Where the cluster lives.
   */
  props[PROP_FOLDER] = g_param_spec_string (
      "folder", NULL, NULL, NULL,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * WbCluster:server-path:
   *
   * The folder that holds N/bin for each installed major version N; %NULL for the usual places.
   */
  props[PROP_SERVER_PATH] = g_param_spec_string (
      "server-path", NULL, NULL, NULL,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * WbCluster:stage:
   *
   * What is under way, a #WbClusterStage.
   */
  props[PROP_STAGE] = g_param_spec_int (
      "stage", NULL, NULL, WB_CLUSTER_STAGE_IDLE, WB_CLUSTER_STAGE_STOPPING, WB_CLUSTER_STAGE_IDLE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_cluster_init (WbCluster *self)
{
  self->users_fd = -1;
}

WbCluster *
wb_cluster_new (const char *folder)
{
  return g_object_new (WB_TYPE_CLUSTER, "folder", folder, NULL);
}

char *
wb_cluster_dup_default_folder (void)
{
  if (geteuid () == 0)
    return g_strdup ("/var/lib/waybill/cluster");
  return g_build_filename (g_get_user_data_dir (), "waybill", "cluster", NULL);
}

const char *
wb_cluster_get_folder (WbCluster *self)
{
  g_return_val_if_fail (WB_IS_CLUSTER (self), NULL);

  return self->folder;
}

WbClusterStage
wb_cluster_get_stage (WbCluster *self)
{
  g_return_val_if_fail (WB_IS_CLUSTER (self), WB_CLUSTER_STAGE_IDLE);

  return self->stage;
}

gboolean
wb_cluster_is_open (WbCluster *self)
{
  g_return_val_if_fail (WB_IS_CLUSTER (self), FALSE);

  return self->users_fd >= 0;
}

/* libpq's quoting: in single quotes, with backslashes before quotes and backslashes. */
static char *
quote_value (const char *value)
{
  g_autoptr (GString) quoted = g_string_new ("'");

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\'' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '\'');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

char *
wb_cluster_dup_conninfo (WbCluster *self)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (WB_IS_CLUSTER (self), NULL);

  if (self->users_fd < 0)
    return NULL;
  host = quote_value (self->socket_folder);
  /* An empty hostaddr keeps PGHOSTADDR from leading elsewhere. */
  return g_strdup_printf ("host=%s hostaddr='' port=%d user=" WB_CLUSTER_OWNER
                          " dbname=" WB_CLUSTER_DATABASE,
                          host, WB_CLUSTER_PORT);
}

void
wb_cluster_open_async (WbCluster *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CLUSTER (self));

  task = new_task (self, cancellable, callback, user_data, wb_cluster_open_async);
  g_task_run_in_thread (task, open_thread);
}

gboolean
wb_cluster_open_finish (WbCluster *self, GAsyncResult *result, GError **error)
{
  WbClusterJob *job = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  set_stage (self, WB_CLUSTER_STAGE_IDLE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  /* Of two shares one is enough. */
  if (self->users_fd < 0)
    {
      self->users_fd = job->users_fd;
      job->users_fd = -1;
    }
  g_free (self->socket_folder);
  self->socket_folder = g_steal_pointer (&job->socket_folder);
  g_free (self->folder);
  self->folder = g_strdup (job->folder);
  return TRUE;
}

void
wb_cluster_close_async (WbCluster *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WbClusterJob *job = NULL;

  g_return_if_fail (WB_IS_CLUSTER (self));

  task = new_task (self, cancellable, callback, user_data, wb_cluster_close_async);
  if (self->users_fd < 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  job = g_task_get_task_data (task);
  job->users_fd = self->users_fd;
  job->socket_folder = g_steal_pointer (&self->socket_folder);
  self->users_fd = -1;
  g_task_run_in_thread (task, close_thread);
}

gboolean
wb_cluster_close_finish (WbCluster *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  set_stage (self, WB_CLUSTER_STAGE_IDLE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_cluster_keep_async (WbCluster *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CLUSTER (self));
  g_return_if_fail (self->users_fd >= 0);

  task = new_task (self, cancellable, callback, user_data, wb_cluster_keep_async);
  g_task_run_in_thread (task, keep_thread);
}

gboolean
wb_cluster_keep_finish (WbCluster *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_cluster_stop_async (WbCluster *self,
                       gboolean force,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CLUSTER (self));
  g_return_if_fail (self->users_fd < 0);

  task = new_task (self, cancellable, callback, user_data, wb_cluster_stop_async);
  g_task_run_in_thread (task, force ? force_thread : stop_thread);
}

gboolean
wb_cluster_stop_finish (WbCluster *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  set_stage (self, WB_CLUSTER_STAGE_IDLE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_cluster_query_status_async (WbCluster *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CLUSTER (self));

  task = new_task (self, cancellable, callback, user_data, wb_cluster_query_status_async);
  g_task_run_in_thread (task, query_thread);
}

WbClusterStatus *
wb_cluster_query_status_finish (WbCluster *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
