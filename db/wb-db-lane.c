/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lane: requests waiting in a row and the few connections that serve them, opened when needed. What happens to a
 * request whose connection is lost is decided here.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-pool-private.h"

#define MAX_TRIES 4

static void connection_ready_cb (WbDbConnection *connection, gpointer owner);
static void connection_lost_cb (WbDbConnection *connection, WbDbRequest *request, const GError *error, gpointer owner);
static void connection_notified_cb (WbDbConnection *connection, gpointer owner);
static void arm_give_up (WbDbLaneState *self);

static const WbDbConnectionOwner connection_owner = {
  .ready = connection_ready_cb,
  .lost = connection_lost_cb,
  .notified = connection_notified_cb,
};

static guint
count_connections (WbDbLaneState *self,
                   gboolean open)
{
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    n += _wb_db_connection_is_open (g_ptr_array_index (self->connections, i)) == open;
  return n;
}

static WbDbConnection *
find_idle (WbDbLaneState *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      WbDbConnection *connection = g_ptr_array_index (self->connections, i);
      if (_wb_db_connection_is_idle (connection) && _wb_db_connection_get_session (connection) == NULL)
        return connection;
    }
  return NULL;
}

static void
open_one (WbDbLaneState *self)
{
  WbDbConnection *connection = _wb_db_connection_new ((WbDbRole) self->lane, &self->db->tuning,
                                                      &connection_owner, self);

  g_ptr_array_add (self->connections, connection);
  _wb_db_connection_open (connection, self->db->conninfo, self->db->password);
}

static gboolean
retry_cb (gpointer user_data)
{
  WbDbLaneState *self = user_data;

  self->retry_id = 0;
  _wb_db_lane_dispatch (self);
  return G_SOURCE_REMOVE;
}

static gint64
get_patience_us (WbDbLaneState *self,
                 WbDbRequest *request)
{
  return (gint64) (request->is_act ? self->db->tuning.act_ms : self->db->tuning.queue_ms) * 1000;
}

/* An act that was sent and not answered may have been done. Takes @request. */
static void
fail_lost (WbDbRequest *request,
           const GError *cause)
{
  GError *error = NULL;

  if (cause == NULL)
    error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "no connection to the server");
  else
    error = g_error_copy (cause);
  if (request->is_act && request->tries > 0)
    g_prefix_error (&error, "the connection was lost and it is not known whether the change was made: ");
  _wb_db_request_fail (request, error);
  _wb_db_request_complete (request);
}

/* Nobody waits for ever: what has waited too long for a connection fails. */
static gboolean
give_up_cb (gpointer user_data)
{
  WbDbLaneState *self = user_data;
  g_autoptr(WbDb) db = g_object_ref (self->db);
  gint64 now = g_get_monotonic_time ();
  GQueue late = G_QUEUE_INIT;

  self->give_up_id = 0;
  for (GList *l = self->waiting.head, *next = NULL; l != NULL; l = next)
    {
      WbDbRequest *request = l->data;

      next = l->next;
      if (now - request->first_us < get_patience_us (self, request))
        continue;
      g_queue_unlink (&self->waiting, l);
      g_queue_push_tail_link (&late, l);
    }
  arm_give_up (self);

  for (WbDbRequest *request = g_queue_pop_head (&late); request != NULL; request = g_queue_pop_head (&late))
    fail_lost (request, self->error != NULL ? self->error : db->error);
  return G_SOURCE_REMOVE;
}

/* Waiting behind others is no reason to give up, having no connection at all is. */
static void
arm_give_up (WbDbLaneState *self)
{
  gboolean needed = !g_queue_is_empty (&self->waiting) && (!self->db->gate || count_connections (self, TRUE) == 0);
  gint64 first = G_MAXINT64;
  gint64 now = g_get_monotonic_time ();

  g_clear_handle_id (&self->give_up_id, g_source_remove);
  if (!needed)
    return;
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    {
      WbDbRequest *request = l->data;
      first = MIN (first, request->first_us + get_patience_us (self, request));
    }
  self->give_up_id = g_timeout_add ((guint) CLAMP ((first - now) / 1000 + 1, 1, G_MAXINT), give_up_cb, self);
}

/* ---- Connections --------------------------------------------------------------------------- */

static void
connection_ready_cb (WbDbConnection *connection,
                     gpointer owner)
{
  WbDbLaneState *self = owner;
  WbDbSession *session = _wb_db_connection_get_session (connection);

  self->failures = 0;
  g_clear_error (&self->error);
  if (session != NULL)
    _wb_db_session_dispatch (session);
  else
    _wb_db_lane_dispatch (self);
}

/* Whether doing it again can do no harm and may help. */
static gboolean
may_try_again (WbDbLaneState *self,
               WbDbRequest *request)
{
  if (!self->db->wanted || request->cancelled || request->session != NULL || request->handed_out)
    return FALSE;
  if (request->klass->rewind == NULL)
    return FALSE;
  if (request->is_act)
    return g_get_monotonic_time () - request->first_us < get_patience_us (self, request);
  return (request->flags & WB_DB_FLAG_IDEMPOTENT) != 0 && request->tries < MAX_TRIES;
}

static void
note_failed_opening (WbDbLaneState *self,
                     const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add (_wb_db_back_off (self->db, self->failures++), retry_cb, self);
}

static void
connection_lost_cb (WbDbConnection *connection,
                    WbDbRequest *request,
                    const GError *error,
                    gpointer owner)
{
  WbDbLaneState *self = owner;
  g_autoptr(WbDb) db = g_object_ref (self->db);
  g_autoptr(WbDbSession) session = NULL;
  gboolean was_opening = !_wb_db_connection_has_stood (connection);

  if (_wb_db_connection_get_session (connection) != NULL)
    session = g_object_ref (_wb_db_connection_get_session (connection));
  g_ptr_array_remove_fast (self->connections, connection);
  g_debug ("a connection was lost: %s", error->message);

  if (request != NULL && may_try_again (self, request))
    {
      request->klass->rewind (request);
      g_clear_error (&request->error);
      g_queue_push_head (&self->waiting, g_steal_pointer (&request));
    }
  /* the network may be gone for all: let the anchor find out */
  _wb_db_news_probe (db->news);
  if (was_opening)
    note_failed_opening (self, error);

  if (request != NULL)
    fail_lost (request, error);
  if (session != NULL)
    _wb_db_session_lost (session, error);
  /* not only out of reach: somebody has to do something first */
  if (was_opening && !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) && self->connections->len == 0)
    _wb_db_lane_fail (self, error);
  _wb_db_lane_dispatch (self);
}

static void
connection_notified_cb (WbDbConnection *connection,
                        gpointer owner)
{
  /* only the anchor listens */
}

/* ---- Requests ------------------------------------------------------------------------------ */

static void
complete_cancelled (WbDbRequest *request)
{
  g_clear_error (&request->error);
  request->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  _wb_db_request_complete (request);
}

/* On the main loop, not in whatever called g_cancellable_cancel(). */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  WbDbRequest *request = user_data;
  WbDb *db = g_task_get_source_object (request->task);
  WbDbLaneState *self = &db->lanes[request->lane];

  if (g_queue_remove (&self->waiting, request) ||
      (request->session != NULL && _wb_db_session_remove (request->session, request)))
    {
      complete_cancelled (request);
      return G_SOURCE_REMOVE;
    }
  for (guint i = 0; i < self->connections->len; i++)
    _wb_db_connection_cancel (g_ptr_array_index (self->connections, i), request);
  return G_SOURCE_REMOVE;
}

/* (transfer full) @request: as soon as a connection is free. */
static void
add_to_lane (WbDbLaneState *self,
             WbDbRequest *request)
{
  g_queue_push_tail (&self->waiting, request);
  _wb_db_lane_dispatch (self);
}

void
_wb_db_submit (WbDb *self,
               WbDbSession *session,
               WbDbLane lane,
               WbDbRequest *request,
               gpointer source_tag,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  request->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, source_tag);
  /* the server decides who won */
  g_task_set_check_cancellable (request->task, FALSE);
  request->lane = lane;

  if (g_cancellable_is_cancelled (cancellable))
    {
      complete_cancelled (request);
      return;
    }
  if (cancellable != NULL)
    {
      request->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_static_name (request->cancel_source, "[waybill] database cancel");
      g_source_set_callback (request->cancel_source, G_SOURCE_FUNC (cancelled_cb), request, NULL);
      g_source_attach (request->cancel_source, g_main_context_get_thread_default ());
    }
  if (session != NULL)
    {
      request->session = g_object_ref (session);
      _wb_db_session_add (session, request);
    }
  else if (_wb_db_get_refusal (self) != NULL)
    {
      _wb_db_request_fail (request, g_error_copy (_wb_db_get_refusal (self)));
      _wb_db_request_complete (request);
    }
  else
    add_to_lane (&self->lanes[lane], request);
}

/* ---- The lane ------------------------------------------------------------------------------ */

void
_wb_db_lane_init (WbDbLaneState *self,
                  WbDb *db,
                  WbDbLane lane)
{
  self->db = db;
  self->lane = lane;
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) _wb_db_connection_unref);
  g_queue_init (&self->waiting);
}

void
_wb_db_lane_fail (WbDbLaneState *self,
                  const GError *error)
{
  g_autoptr(WbDb) db = g_object_ref (self->db);
  GQueue failed = self->waiting;

  g_queue_init (&self->waiting);
  g_clear_handle_id (&self->give_up_id, g_source_remove);
  for (WbDbRequest *request = g_queue_pop_head (&failed); request != NULL; request = g_queue_pop_head (&failed))
    {
      _wb_db_request_fail (request, g_error_copy (error));
      _wb_db_request_complete (request);
    }
}

void
_wb_db_lane_close (WbDbLaneState *self)
{
  g_autoptr(GPtrArray) connections = self->connections;
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the database was closed");

  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) _wb_db_connection_unref);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_error (&self->error);
  self->failures = 0;
  for (guint i = 0; i < connections->len; i++)
    {
      WbDbConnection *connection = g_ptr_array_index (connections, i);
      g_autoptr(WbDbSession) session = NULL;

      if (_wb_db_connection_get_session (connection) != NULL)
        session = g_object_ref (_wb_db_connection_get_session (connection));
      _wb_db_connection_close (connection);
      if (session != NULL)
        _wb_db_session_lost (session, error);
    }
  _wb_db_lane_fail (self, error);
}

void
_wb_db_lane_clear (WbDbLaneState *self)
{
  g_assert (g_queue_is_empty (&self->waiting));
  g_clear_pointer (&self->connections, g_ptr_array_unref);
}

void
_wb_db_lane_dispatch (WbDbLaneState *self)
{
  g_autoptr(WbDb) keep = g_object_ref (self->db);
  WbDbConnection *connection = NULL;

  if (!self->db->gate)
    {
      arm_give_up (self);
      return;
    }
  while (!g_queue_is_empty (&self->waiting) && (connection = find_idle (self)) != NULL)
    {
      WbDbRequest *request = g_queue_pop_head (&self->waiting);

      if (_wb_db_request_is_session (request))
        _wb_db_session_begin (self, request, connection);
      else
        _wb_db_connection_run (connection, request);
    }
  while (self->retry_id == 0 && self->connections->len < self->max &&
         count_connections (self, FALSE) < g_queue_get_length (&self->waiting))
    open_one (self);
  arm_give_up (self);
}

void
_wb_db_lane_revive (WbDbLaneState *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->failures = 0;
  _wb_db_lane_dispatch (self);
}

void
_wb_db_lane_warm_up (WbDbLaneState *self)
{
  if (self->connections->len == 0)
    open_one (self);
}

void
_wb_db_lane_drop_idle (WbDbLaneState *self)
{
  for (guint i = self->connections->len; i > 0; i--)
    {
      WbDbConnection *connection = g_ptr_array_index (self->connections, i - 1);

      if (_wb_db_connection_is_busy (connection) || _wb_db_connection_get_session (connection) != NULL)
        continue;
      _wb_db_connection_close (connection);
      g_ptr_array_remove_index_fast (self->connections, i - 1);
    }
}
