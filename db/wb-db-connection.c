/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RESOLVING (thread) → CONNECTING (each address in turn, each with its own time-out) → SETTING_UP (one
 * query that pins the session and tells who and where we are) → IDLE ⇄ BUSY. A request's results are read until
 * NULL before anybody hears of them, and our own state is settled before calling out. A cancel is sent by
 * a thread; the connection is not used again before that thread has ended, or the cancel could hit the next
 * statement.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-machine-private.h"

#include <glib-unix.h>
#include <string.h>

/* After what people wait for and after drawing (GTK draws at G_PRIORITY_HIGH_IDLE + 20). */
#define BULK_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)
/* How long one turn of the main loop may be ours. */
#define SLICE_US 3000

typedef struct
{
  WbDbConnection *connection;  /* main thread only; NULL when nobody waits for the end */
  GMainContext *context;
  PGcancel *cancel;
} CancelJob;

static void pump (WbDbConnection *self, gboolean readable);
static gboolean socket_cb (int fd, GIOCondition condition, gpointer user_data);

/* Whether WAYBILL_DEBUG names "sql". */
static gboolean
debugs_sql (void)
{
  static int debugs = -1;

  if (debugs < 0)
    {
      const char *topics = g_getenv ("WAYBILL_DEBUG");
      g_auto(GStrv) names = g_strsplit_set (topics != NULL ? topics : "", ",:; ", -1);
      debugs = g_strv_contains ((const char *const *) names, "sql") ||
               g_strv_contains ((const char *const *) names, "all");
    }
  return debugs;
}

static int
get_priority (WbDbConnection *self)
{
  return self->role == WB_DB_ROLE_BULK ? BULK_PRIORITY : G_PRIORITY_DEFAULT;
}

void
_wb_db_connection_clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
_wb_db_connection_add_source (WbDbConnection *self,
            GSource **place,
            GSource *source,
            GSourceFunc callback,
            const char *name)
{
  _wb_db_connection_clear_source (place);
  g_source_set_callback (source, callback, self, NULL);
  g_source_set_priority (source, get_priority (self));
  g_source_set_static_name (source, name);
  g_source_attach (source, g_main_context_get_thread_default ());
  *place = source;
}

void
_wb_db_connection_watch (WbDbConnection *self,
              GIOCondition condition,
              gboolean renew)
{
  int fd = self->pg != NULL ? PQsocket (self->pg) : -1;
  GSource *source = NULL;

  if (!renew && self->watch != NULL && condition == self->watching && fd == self->watched_fd)
    return;
  _wb_db_connection_clear_source (&self->watch);
  if (condition == 0 || fd < 0)
    return;
  source = g_unix_fd_source_new (fd, condition);
  _wb_db_connection_add_source (self, &self->watch, source, G_SOURCE_FUNC (socket_cb), "[waybill] database socket");
  self->watching = condition;
  self->watched_fd = fd;
}

static void
drop_connection (WbDbConnection *self)
{
  _wb_db_connection_clear_source (&self->watch);
  _wb_db_connection_clear_source (&self->again);
  _wb_db_connection_clear_source (&self->deadline);
  if (self->resolving != NULL)
    g_cancellable_cancel (self->resolving);
  g_clear_object (&self->resolving);
  g_clear_pointer (&self->pg, PQfinish);
  g_clear_pointer (&self->address, _wb_db_address_free);
  self->state = WB_DB_CONNECTION_CLOSED;
  self->broken = FALSE;
}

void
_wb_db_connection_lose (WbDbConnection *self,
      GError *error)
{
  g_autoptr(WbDbConnection) keep = _wb_db_connection_ref (self);
  g_autoptr(GError) reason = error;
  WbDbRequest *request = g_steal_pointer (&self->request);
  gboolean was_setting_up = self->state == WB_DB_CONNECTION_SETTING_UP;

  drop_connection (self);
  g_clear_error (&self->attempt_error);
  if (was_setting_up && request != NULL)
    _wb_db_request_complete (g_steal_pointer (&request));
  if (request != NULL && request->flow != NULL)
    _wb_db_flow_attach (request->flow, NULL);
  if (request != NULL && request->done == NULL && request->cancelled)
    {
      g_clear_error (&request->error);
      request->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    }
  if (self->vtable != NULL)
    self->vtable->lost (self, request, reason, self->owner);
  else if (request != NULL)
    {
      _wb_db_request_fail (request, g_error_copy (reason));
      _wb_db_request_complete (request);
    }
}

/* ---- Cancelling ---------------------------------------------------------------------------- */

static gboolean
cancel_sent_cb (gpointer user_data)
{
  CancelJob *job = user_data;
  g_autoptr(WbDbConnection) self = job->connection;

  PQfreeCancel (job->cancel);
  g_main_context_unref (job->context);
  g_free (job);
  if (self == NULL)
    return G_SOURCE_REMOVE;

  self->cancelling = FALSE;
  if (self->state == WB_DB_CONNECTION_BUSY && self->request == NULL)
    {
      self->state = WB_DB_CONNECTION_IDLE;
      if (self->vtable != NULL)
        self->vtable->ready (self, self->owner);
    }
  return G_SOURCE_REMOVE;
}

static gpointer
cancel_thread (gpointer data)
{
  CancelJob *job = data;
  g_autoptr(GSource) source = g_idle_source_new ();
  char message[256] = "";

  if (!PQcancel (job->cancel, message, sizeof message))
    g_debug ("cancel request not delivered: %s", g_strchomp (message));
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, cancel_sent_cb, job, NULL);
  g_source_attach (source, job->context);
  return NULL;
}

/* PQcancel() opens a connection of its own and waits for it. */
static void
send_cancel (WbDbConnection *self,
             gboolean wait)
{
  PGcancel *cancel = self->pg != NULL ? PQgetCancel (self->pg) : NULL;
  CancelJob *job = NULL;
  GThread *thread = NULL;

  if (cancel == NULL || (wait && self->cancelling))
    {
      PQfreeCancel (cancel);
      return;
    }
  job = g_new0 (CancelJob, 1);
  job->cancel = cancel;
  job->context = g_main_context_ref_thread_default ();
  job->connection = wait ? _wb_db_connection_ref (self) : NULL;
  self->cancelling = wait;
  thread = g_thread_try_new ("wb-db-cancel", cancel_thread, job, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    cancel_sent_cb (job);
}

void
_wb_db_connection_cancel (WbDbConnection *self,
                          WbDbRequest *request)
{
  if (self->request != request || request->cancelled)
    return;
  request->cancelled = TRUE;
  self->heard_us = g_get_monotonic_time ();
  if (request->klass->give_up == NULL || !request->klass->give_up (request, self->pg))
    send_cancel (self, TRUE);
  _wb_db_connection_resume (self);
}

/* ---- Deadlines ----------------------------------------------------------------------------- */

static gboolean
silence_cb (gpointer user_data)
{
  WbDbConnection *self = user_data;
  gint64 limit_us = (gint64) self->tuning->silence_ms * 1000;

  _wb_db_connection_clear_source (&self->deadline);
  if (self->request == NULL)
    return G_SOURCE_REMOVE;
  /* held by the one who takes the rows, or slow but alive */
  if (self->watch == NULL || g_get_monotonic_time () - self->heard_us < limit_us)
    {
      _wb_db_connection_add_source (self, &self->deadline, g_timeout_source_new (self->tuning->silence_ms), silence_cb,
                  "[waybill] database silence");
      return G_SOURCE_REMOVE;
    }
  g_debug ("no sign of life from the server for %u ms, giving the connection up", self->tuning->silence_ms);
  _wb_db_connection_lose (self, _wb_db_error_new (WB_DB_ERROR_OFFLINE, "the server does not answer"));
  return G_SOURCE_REMOVE;
}

/* The server stops a statement by itself after statement_timeout; when not even that is heard of, there is no
 * network. Bulk statements may be silent for long; there TCP keepalives watch, and this only after a cancel. */
static void
start_deadline (WbDbConnection *self)
{
  guint ms = self->tuning->silence_ms;

  self->heard_us = g_get_monotonic_time ();
  if (self->role == WB_DB_ROLE_BULK && !self->request->cancelled && self->state == WB_DB_CONNECTION_BUSY)
    return;
  if (self->role == WB_DB_ROLE_INTERACTIVE && !self->request->cancelled)
    ms += self->tuning->statement_ms;
  _wb_db_connection_add_source (self, &self->deadline, g_timeout_source_new (ms), silence_cb, "[waybill] database silence");
}

/* ---- Requests ------------------------------------------------------------------------------ */

static void
finish_request (WbDbConnection *self)
{
  WbDbRequest *request = NULL;

  _wb_db_connection_clear_source (&self->deadline);
  if (g_error_matches (self->request->error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    {
      /* the server said goodbye: the rest of the connection is worth nothing */
      _wb_db_connection_lose (self, g_error_copy (self->request->error));
      return;
    }

  request = g_steal_pointer (&self->request);
  if (request->flow != NULL)
    _wb_db_flow_attach (request->flow, NULL);
  if (self->broken || request->ruins)
    {
      _wb_db_connection_lose (self, self->broken ? _wb_db_error_from_loss (self->pg, self->goodbye)
                                                 : _wb_db_error_new (WB_DB_ERROR_OFFLINE, "out of step with the server"));
    }
  else if (!self->cancelling)
    {
      gboolean tell = self->state == WB_DB_CONNECTION_BUSY;

      _wb_db_connection_watch (self, G_IO_IN, FALSE);
      self->state = WB_DB_CONNECTION_IDLE;
      if (tell && self->vtable != NULL)
        self->vtable->ready (self, self->owner);
    }
  _wb_db_request_complete (request);
}

static gboolean
again_cb (gpointer user_data)
{
  WbDbConnection *self = user_data;

  _wb_db_connection_clear_source (&self->again);
  pump (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
pump_again (WbDbConnection *self)
{
  if (self->again == NULL)
    _wb_db_connection_add_source (self, &self->again, g_idle_source_new (), again_cb, "[waybill] database");
}

/* Reads what is there. TLS hands out a record in pieces of our buffer's size and the rest would not make the
 * socket readable again (healed in libpq 18), so ask twice. */
static void
read_socket (WbDbConnection *self)
{
  if (!PQconsumeInput (self->pg) || (PQsslInUse (self->pg) && !PQconsumeInput (self->pg)))
    self->broken = TRUE;
}

static void
take_notifications (WbDbConnection *self)
{
  gboolean any = FALSE;

  for (PGnotify *notify = PQnotifies (self->pg); notify != NULL; notify = PQnotifies (self->pg))
    {
      any = TRUE;
      PQfreemem (notify);
    }
  if (any && self->vtable != NULL)
    self->vtable->notified (self, self->owner);
}

/* Nothing is asked for; whatever comes (notifications, a goodbye) was taken by libpq. */
static void
pump_idle (WbDbConnection *self)
{
  while (!self->broken && !PQisBusy (self->pg))
    {
      PGresult *stray = PQgetResult (self->pg);
      if (stray == NULL)
        break;
      PQclear (stray);
    }
  if (self->broken)
    _wb_db_connection_lose (self, _wb_db_error_from_loss (self->pg, self->goodbye));
}

static void
wait_for_more (WbDbConnection *self,
               WbDbStep step)
{
  int unsent = 0;

  switch (step)
    {
    case WB_DB_STEP_AGAIN:
      pump_again (self);
      _wb_db_connection_watch (self, 0, FALSE);
      break;
    case WB_DB_STEP_HELD:
      _wb_db_connection_watch (self, 0, FALSE);
      break;
    case WB_DB_STEP_FLUSH:
      /* even if all is sent by now: it is the request's turn then */
      _wb_db_connection_watch (self, G_IO_IN | G_IO_OUT, FALSE);
      break;
    case WB_DB_STEP_WAIT:
    case WB_DB_STEP_DONE:
    default:
      unsent = PQflush (self->pg);
      _wb_db_connection_watch (self, unsent > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN, FALSE);
      if (unsent < 0)
        {
          self->broken = TRUE;
          pump_again (self);
        }
      break;
    }
}

static void
pump_request (WbDbConnection *self)
{
  WbDbStep step = WB_DB_STEP_WAIT;
  int unsent = PQflush (self->pg);

  if (unsent < 0)
    {
      /* what the server said before it went may be waiting to be read */
      read_socket (self);
      self->broken = TRUE;
    }
  self->pumping = TRUE;
  step = self->request->klass->step (self->request, self->pg, g_get_monotonic_time () + SLICE_US);
  self->pumping = FALSE;

  if (self->abandon != NULL)
    {
      _wb_db_connection_lose (self, g_steal_pointer (&self->abandon));
      return;
    }
  if (step == WB_DB_STEP_DONE || self->request->ruins)
    {
      finish_request (self);
      return;
    }
  if (self->request->wants_cancel)
    {
      self->request->wants_cancel = FALSE;
      send_cancel (self, TRUE);
    }
  /* a write that failed may have found it out, and says so only once */
  self->broken |= PQstatus (self->pg) == CONNECTION_BAD;
  if (self->broken && (step == WB_DB_STEP_WAIT || step == WB_DB_STEP_FLUSH))
    {
      _wb_db_connection_lose (self, _wb_db_error_from_loss (self->pg, self->goodbye));
      return;
    }
  wait_for_more (self, step);
}

static void
pump (WbDbConnection *self,
      gboolean readable)
{
  g_autoptr(WbDbConnection) keep = NULL;

  if (self->pumping || self->state < WB_DB_CONNECTION_SETTING_UP)
    return;
  keep = _wb_db_connection_ref (self);
  if (readable)
    read_socket (self);
  take_notifications (self);
  if (self->pg == NULL)
    return;
  if (self->request != NULL)
    pump_request (self);
  else
    pump_idle (self);
}

void
_wb_db_connection_resume (WbDbConnection *self)
{
  if (self->request != NULL)
    {
      if (self->request->cancelled)
        start_deadline (self);
      pump_again (self);
    }
}

void
_wb_db_connection_start_request (WbDbConnection *self,
               WbDbRequest *request)
{
  self->request = request;
  request->tries++;
  if (request->flow != NULL)
    _wb_db_flow_attach (request->flow, self);
  start_deadline (self);
  if (debugs_sql ())
    g_debug ("%s", request->sql);
  if (!request->klass->start (request, self->pg))
    {
      if (PQstatus (self->pg) == CONNECTION_OK)
        g_debug ("statement cannot be sent: %s", PQerrorMessage (self->pg));
      self->broken = TRUE;
    }
  /* the rest from the main loop: whoever calls is in the middle of something */
  pump_again (self);
}

void
_wb_db_connection_run (WbDbConnection *self,
                       WbDbRequest *request)
{
  g_assert (self->state == WB_DB_CONNECTION_IDLE);

  self->state = WB_DB_CONNECTION_BUSY;
  _wb_db_connection_start_request (self, request);
}

static gboolean
socket_cb (int fd,
           GIOCondition condition,
           gpointer user_data)
{
  WbDbConnection *self = user_data;
  g_autoptr(WbDbConnection) keep = _wb_db_connection_ref (self);

  self->heard_us = g_get_monotonic_time ();
  if (self->state == WB_DB_CONNECTION_CONNECTING)
    _wb_db_connection_poll (self);
  else
    pump (self, (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL)) != 0);
  return G_SOURCE_CONTINUE;
}

/* ---- For the owner ------------------------------------------------------------------------- */

static void
resolved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr(WbDbConnection) self = user_data;
  g_autoptr(GError) error = NULL;
  WbDbAddress *address = _wb_db_address_resolve_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->state != WB_DB_CONNECTION_RESOLVING)
    {
      g_clear_pointer (&address, _wb_db_address_free);
      return;
    }
  if (address == NULL)
    {
      _wb_db_connection_lose (self, g_steal_pointer (&error));
      return;
    }
  self->address = address;
  _wb_db_connection_connect (self);
}

WbDbConnection *
_wb_db_connection_new (WbDbRole role,
                       const WbDbTuning *tuning,
                       const WbDbConnectionOwner *vtable,
                       gpointer owner)
{
  WbDbConnection *self = g_rc_box_new0 (WbDbConnection);

  self->role = role;
  self->tuning = tuning;
  self->vtable = vtable;
  self->owner = owner;
  return self;
}

WbDbConnection *
_wb_db_connection_ref (WbDbConnection *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_connection (gpointer data)
{
  WbDbConnection *self = data;

  g_assert (self->request == NULL);
  drop_connection (self);
  g_clear_error (&self->attempt_error);
  g_clear_error (&self->abandon);
  g_free (self->conninfo);
  g_free (self->password);
  g_free (self->user);
}

void
_wb_db_connection_unref (WbDbConnection *self)
{
  g_rc_box_release_full (self, clear_connection);
}

void
_wb_db_connection_open (WbDbConnection *self,
                        const char *conninfo,
                        const char *password)
{
  g_return_if_fail (self->state == WB_DB_CONNECTION_CLOSED);

  g_free (self->conninfo);
  self->conninfo = g_strdup (conninfo);
  self->stood = FALSE;
  self->goodbye = FALSE;
  g_free (self->password);
  self->password = g_strdup (password);
  self->state = WB_DB_CONNECTION_RESOLVING;
  self->resolving = g_cancellable_new ();
  _wb_db_address_resolve_async (conninfo, self->resolving, resolved_cb, _wb_db_connection_ref (self));
}

/* Gives it up as lost for @error (transfer full). */
static void
abandon (WbDbConnection *self,
         GError *error)
{
  if (self->state == WB_DB_CONNECTION_CLOSED || self->abandon != NULL)
    g_error_free (error);
  else if (self->pumping)
    self->abandon = error;
  else
    _wb_db_connection_lose (self, error);
}

void
_wb_db_connection_close (WbDbConnection *self)
{
  self->vtable = NULL;
  self->owner = NULL;
  if (self->role != WB_DB_ROLE_ANCHOR && self->state == WB_DB_CONNECTION_BUSY && self->request != NULL &&
      !self->request->cancelled)
    send_cancel (self, FALSE);
  abandon (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                      "the database was closed"));
}

gboolean
_wb_db_connection_is_idle (WbDbConnection *self)
{
  return self->state == WB_DB_CONNECTION_IDLE;
}

gboolean
_wb_db_connection_is_busy (WbDbConnection *self)
{
  return self->state == WB_DB_CONNECTION_BUSY;
}

gboolean
_wb_db_connection_is_open (WbDbConnection *self)
{
  return self->state == WB_DB_CONNECTION_IDLE || self->state == WB_DB_CONNECTION_BUSY;
}

gboolean
_wb_db_connection_has_stood (WbDbConnection *self)
{
  return self->stood;
}

WbDbSession *
_wb_db_connection_get_session (WbDbConnection *self)
{
  return self->session;
}

void
_wb_db_connection_set_session (WbDbConnection *self,
                               WbDbSession *session)
{
  self->session = session;
}

int
_wb_db_connection_get_version (WbDbConnection *self)
{
  return self->version;
}

const char *
_wb_db_connection_get_user (WbDbConnection *self)
{
  return self->user;
}

/* The server reports these two when they change (PostgreSQL 14 and later). */
static gboolean
get_reported (WbDbConnection *self,
              const char *name,
              gboolean otherwise)
{
  const char *value = self->pg != NULL ? PQparameterStatus (self->pg, name) : NULL;

  return value != NULL ? g_str_equal (value, "on") : otherwise;
}

gboolean
_wb_db_connection_is_standby (WbDbConnection *self)
{
  return get_reported (self, "in_hot_standby", self->standby);
}

gboolean
_wb_db_connection_is_read_only (WbDbConnection *self)
{
  return _wb_db_connection_is_standby (self) || get_reported (self, "default_transaction_read_only", self->read_only);
}
