/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A connection to oneself. It is not given back to the lane afterwards but closed: that undoes whatever was
 * set, locked or left open, and the lane opens another one when it needs it.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-pool-private.h"

struct _WbDbSession
{
  GObject parent_instance;

  WbDb *db;                    /* owned */
  WbDbLaneState *lane;         /* the db's */
  WbDbConnection *connection;  /* owned, NULL once lost */
  GQueue waiting;              /* WbDbRequest, owned */
};

G_DEFINE_FINAL_TYPE (WbDbSession, _wb_db_session, G_TYPE_OBJECT)

static const WbDbRequestClass session_class = {
  .size = sizeof (WbDbRequest),
};

static void
_wb_db_session_dispose (GObject *object)
{
  WbDbSession *self = WB_DB_SESSION (object);

  /* requests hold references, so none is left */
  g_assert (g_queue_is_empty (&self->waiting));
  if (self->connection != NULL)
    {
      _wb_db_connection_set_session (self->connection, NULL);
      _wb_db_connection_close (self->connection);
      g_ptr_array_remove_fast (self->lane->connections, self->connection);
      _wb_db_lane_dispatch (self->lane);
    }
  g_clear_pointer (&self->connection, _wb_db_connection_unref);
  g_clear_object (&self->db);

  G_OBJECT_CLASS (_wb_db_session_parent_class)->dispose (object);
}

static void
_wb_db_session_class_init (WbDbSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = _wb_db_session_dispose;
}

static void
_wb_db_session_init (WbDbSession *self)
{
  g_queue_init (&self->waiting);
}

/* ---- For the lane -------------------------------------------------------------------------- */

static WbDbRequest *
new_session_request (void)
{
  return _wb_db_request_new (&session_class, NULL, NULL);
}

gboolean
_wb_db_request_is_session (WbDbRequest *self)
{
  return self->klass == &session_class;
}

void
_wb_db_session_begin (WbDbLaneState *lane,
                      WbDbRequest *request,
                      WbDbConnection *connection)
{
  WbDbSession *self = g_object_new (WB_TYPE_DB_SESSION, NULL);
  g_autoptr(GTask) task = g_steal_pointer (&request->task);

  self->db = g_object_ref (lane->db);
  self->lane = lane;
  self->connection = _wb_db_connection_ref (connection);
  _wb_db_connection_set_session (connection, self);
  _wb_db_request_complete (request);
  g_task_return_pointer (task, self, g_object_unref);
}

void
_wb_db_session_dispatch (WbDbSession *self)
{
  if (self->connection != NULL && _wb_db_connection_is_idle (self->connection) &&
      !g_queue_is_empty (&self->waiting))
    _wb_db_connection_run (self->connection, g_queue_pop_head (&self->waiting));
}

void
_wb_db_session_add (WbDbSession *self,
                    WbDbRequest *request)
{
  if (self->connection == NULL)
    {
      _wb_db_request_fail (request, _wb_db_error_new (WB_DB_ERROR_OFFLINE, "the session's connection was lost"));
      _wb_db_request_complete (request);
      return;
    }
  g_queue_push_tail (&self->waiting, request);
  _wb_db_session_dispatch (self);
}

gboolean
_wb_db_session_remove (WbDbSession *self,
                       WbDbRequest *request)
{
  return g_queue_remove (&self->waiting, request);
}

void
_wb_db_session_lost (WbDbSession *self,
                     const GError *error)
{
  g_autoptr(WbDbSession) keep = g_object_ref (self);
  GQueue failed = self->waiting;

  g_queue_init (&self->waiting);
  if (self->connection != NULL)
    _wb_db_connection_set_session (self->connection, NULL);
  g_clear_pointer (&self->connection, _wb_db_connection_unref);
  for (WbDbRequest *request = g_queue_pop_head (&failed); request != NULL; request = g_queue_pop_head (&failed))
    {
      _wb_db_request_fail (request, g_error_copy (error));
      _wb_db_request_complete (request);
    }
}

/* ---- For stores ---------------------------------------------------------------------------- */

void
_wb_db_session_async (WbDb *self,
                      WbDbLane lane,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  _wb_db_submit (self, NULL, lane, new_session_request (), _wb_db_session_async, cancellable, callback,
                 user_data);
}

WbDbSession *
_wb_db_session_finish (WbDb *self,
                       GAsyncResult *result,
                       GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

WbDb *
_wb_db_session_get_db (WbDbSession *session)
{
  return session->db;
}

void
_wb_db_session_query_async (WbDbSession *session,
                            const char *sql,
                            WbDbParams *params,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  _wb_db_submit (session->db, session, session->lane->lane, _wb_db_query_request_new (sql, params),
                 _wb_db_session_query_async, cancellable, callback, user_data);
}

void
_wb_db_session_script_async (WbDbSession *session,
                             const char *sql,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  _wb_db_submit (session->db, session, session->lane->lane, _wb_db_script_request_new (sql),
                 _wb_db_session_script_async, cancellable, callback, user_data);
}

void
_wb_db_session_pipeline_run_async (WbDbSession *session,
                                   WbDbPipeline *pipeline,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  _wb_db_submit (session->db, session, session->lane->lane, _wb_db_pipeline_request_new (pipeline),
                 _wb_db_session_pipeline_run_async, cancellable, callback, user_data);
}
