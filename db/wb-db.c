/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a database hangs on one connection, the anchor: the one that listens. While it stands the lanes
 * run; when it is lost they wait, it is opened again with growing pauses, and once it stands and listens again
 * screens are told to reload (resync).
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-pool-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WbDb, wb_db, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CONNINFO,
  PROP_LISTENS,
  PROP_STATE,
  PROP_STATE_MESSAGE,
  PROP_SERVER_VERSION,
  PROP_USER,
  N_PROPS
};

enum
{
  SIGNAL_NEWS,
  SIGNAL_RESYNC,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void open_anchor (WbDb *self);

GType
wb_db_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { WB_DB_STATE_OFFLINE, "WB_DB_STATE_OFFLINE", "offline" },
        { WB_DB_STATE_CONNECTING, "WB_DB_STATE_CONNECTING", "connecting" },
        { WB_DB_STATE_ONLINE, "WB_DB_STATE_ONLINE", "online" },
        { WB_DB_STATE_READ_ONLY, "WB_DB_STATE_READ_ONLY", "read-only" },
        { WB_DB_STATE_FAILED, "WB_DB_STATE_FAILED", "failed" },
        { 0, NULL, NULL },
      };
      g_once_init_leave (&type, g_enum_register_static ("WbDbState", values));
    }
  return type;
}

/* ---- State --------------------------------------------------------------------------------- */

static char *
describe_state (WbDb *self)
{
  const char *why = self->error != NULL ? self->error->message : "";

  switch (self->state)
    {
    case WB_DB_STATE_ONLINE:
      return g_strdup ("");
    case WB_DB_STATE_READ_ONLY:
      return g_strdup (_("The database is read-only at the moment: you can look, but not change anything."));
    case WB_DB_STATE_CONNECTING:
      return g_strdup (self->was_online ? _("The connection to the database was lost. Connecting again…")
                                        : _("Connecting to the database…"));
    case WB_DB_STATE_FAILED:
      if (g_error_matches (self->error, WB_DB_ERROR, WB_DB_ERROR_AUTH))
        return g_strdup_printf (_("The database does not let you in: %s."), why);
      return g_strdup_printf (_("The database cannot be used: %s."), why);
    case WB_DB_STATE_OFFLINE:
    default:
      if (!self->wanted)
        return g_strdup (_("Not connected to a database."));
      return g_strdup_printf (_("There is no connection to the database: %s. Trying again…"), why);
    }
}

/* Takes @error. */
static void
set_state (WbDb *self,
           WbDbState state,
           GError *error)
{
  g_autoptr(WbDb) keep = g_object_ref (self);
  gboolean changed = self->state != state;
  g_autofree char *message = NULL;

  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  message = describe_state (self);
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (message, self->message) != 0)
    {
      g_free (self->message);
      self->message = g_steal_pointer (&message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_MESSAGE]);
    }
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
note_facts (WbDb *self)
{
  int version = _wb_db_connection_get_version (self->anchor);
  const char *user = _wb_db_connection_get_user (self->anchor);

  if (version != self->server_version)
    {
      self->server_version = version;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_VERSION]);
    }
  if (g_strcmp0 (user, self->user) != 0)
    {
      g_free (self->user);
      self->user = g_strdup (user);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER]);
    }
}

/* Answers everybody who waits for the first connection. */
static void
answer_opening (WbDb *self,
                const GError *error)
{
  GQueue tasks = self->opening;

  g_queue_init (&self->opening);
  for (GTask *task = g_queue_pop_head (&tasks); task != NULL; task = g_queue_pop_head (&tasks))
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
dispatch_lanes (WbDb *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_dispatch (&self->lanes[i]);
}

guint
_wb_db_back_off (WbDb *self,
                 guint failures)
{
  guint ms = self->tuning.back_off_min_ms << MIN (failures, 16);

  ms = MIN (ms, self->tuning.back_off_max_ms);
  return MAX (1, ms / 2 + (guint) g_random_int_range (0, (gint32) ms / 2 + 1));
}

const GError *
_wb_db_get_refusal (WbDb *self)
{
  return self->state == WB_DB_STATE_OFFLINE || self->state == WB_DB_STATE_FAILED ? self->error : NULL;
}

WbDbTuning *
_wb_db_get_tuning (WbDb *self)
{
  return &self->tuning;
}

void
_wb_db_check_read_only (WbDb *self)
{
  gboolean read_only = FALSE;

  if (!self->gate)
    return;
  read_only = _wb_db_connection_is_read_only (self->anchor);
  if (read_only != (self->state == WB_DB_STATE_READ_ONLY))
    set_state (self, read_only ? WB_DB_STATE_READ_ONLY : WB_DB_STATE_ONLINE, NULL);
}

void
_wb_db_emit_news (WbDb *self,
                  const char *topic,
                  GArray *ids)
{
  /* a topic nobody listens to in particular needs no quark */
  g_signal_emit (self, signals[SIGNAL_NEWS], g_quark_try_string (topic), topic, ids);
}

void
_wb_db_emit_resync (WbDb *self)
{
  g_signal_emit (self, signals[SIGNAL_RESYNC], 0);
}

void
_wb_db_anchor_settled (WbDb *self)
{
  g_autoptr(WbDb) keep = g_object_ref (self);
  gboolean again = self->was_online;

  self->gate = TRUE;
  self->was_online = TRUE;
  self->failures = 0;
  set_state (self, _wb_db_connection_is_read_only (self->anchor) ? WB_DB_STATE_READ_ONLY : WB_DB_STATE_ONLINE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_revive (&self->lanes[i]);
  answer_opening (self, NULL);
  if (again)
    _wb_db_emit_resync (self);
}

/* ---- The anchor ---------------------------------------------------------------------------- */

static gboolean
retry_cb (gpointer user_data)
{
  WbDb *self = user_data;

  self->retry_id = 0;
  open_anchor (self);
  return G_SOURCE_REMOVE;
}

static void
anchor_ready_cb (WbDbConnection *connection,
                 gpointer owner)
{
  WbDb *self = owner;

  if (!self->fresh)
    {
      _wb_db_news_dispatch (self->news);
      return;
    }
  self->fresh = FALSE;
  note_facts (self);
  _wb_db_news_start (self->news);
}

static void
fail_anchor (WbDb *self,
             const GError *error)
{
  set_state (self, WB_DB_STATE_FAILED, g_error_copy (error));
  answer_opening (self, error);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_fail (&self->lanes[i], error);
}

/* Out of reach: again after a pause. Short interruptions are not called offline yet. */
static void
await_anchor (WbDb *self,
              gboolean stood,
              const GError *error)
{
  gint64 since_us = g_get_monotonic_time () - self->lost_us;
  gboolean patient = self->was_online && (stood || since_us < (gint64) self->tuning.offline_after_ms * 1000);

  self->retry_id = g_timeout_add (_wb_db_back_off (self, self->failures++), retry_cb, self);
  set_state (self, patient ? WB_DB_STATE_CONNECTING : WB_DB_STATE_OFFLINE, g_error_copy (error));
  answer_opening (self, error);
}

static void
anchor_lost_cb (WbDbConnection *connection,
                WbDbRequest *request,
                const GError *error,
                gpointer owner)
{
  g_autoptr(WbDb) self = g_object_ref (WB_DB (owner));
  gboolean stood = self->gate;

  g_debug ("the anchor was lost: %s", error->message);
  _wb_db_news_stop (self->news);
  g_clear_pointer (&self->anchor, _wb_db_connection_unref);
  self->gate = FALSE;
  if (stood)
    self->lost_us = g_get_monotonic_time ();
  if (request != NULL)
    {
      _wb_db_request_fail (request, g_error_copy (error));
      _wb_db_request_complete (request);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_drop_idle (&self->lanes[i]);

  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    await_anchor (self, stood, error);
  else
    fail_anchor (self, error);
  dispatch_lanes (self);
}

static void
anchor_notified_cb (WbDbConnection *connection,
                    gpointer owner)
{
  _wb_db_news_notified (WB_DB (owner)->news);
}

static const WbDbConnectionOwner anchor_owner = {
  .ready = anchor_ready_cb,
  .lost = anchor_lost_cb,
  .notified = anchor_notified_cb,
};

static void
open_anchor (WbDb *self)
{
  g_return_if_fail (self->anchor == NULL);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->fresh = TRUE;
  self->anchor = _wb_db_connection_new (WB_DB_ROLE_ANCHOR, &self->tuning, &anchor_owner, self);
  _wb_db_connection_open (self->anchor, self->conninfo, self->password);
}

/* ---- GObject ------------------------------------------------------------------------------- */

static void
wb_db_dispose (GObject *object)
{
  wb_db_close (WB_DB (object));

  G_OBJECT_CLASS (wb_db_parent_class)->dispose (object);
}

static void
wb_db_finalize (GObject *object)
{
  WbDb *self = WB_DB (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_clear (&self->lanes[i]);
  g_clear_pointer (&self->news, _wb_db_news_free);
  g_clear_error (&self->error);
  g_free (self->conninfo);
  g_free (self->password);
  g_free (self->message);
  g_free (self->user);

  G_OBJECT_CLASS (wb_db_parent_class)->finalize (object);
}

static void
wb_db_get_property (GObject *object,
                    guint id,
                    GValue *value,
                    GParamSpec *pspec)
{
  WbDb *self = WB_DB (object);

  switch (id)
    {
    case PROP_LISTENS:
      g_value_set_boolean (value, self->wants_news);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_STATE_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_SERVER_VERSION:
      g_value_set_int (value, self->server_version);
      break;
    case PROP_USER:
      g_value_set_string (value, self->user);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_db_set_property (GObject *object,
                    guint id,
                    const GValue *value,
                    GParamSpec *pspec)
{
  WbDb *self = WB_DB (object);

  switch (id)
    {
    case PROP_CONNINFO:
      self->conninfo = g_strdup (g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      break;
    case PROP_LISTENS:
      self->wants_news = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_db_class_init (WbDbClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = wb_db_dispose;
  object_class->finalize = wb_db_finalize;
  object_class->get_property = wb_db_get_property;
  object_class->set_property = wb_db_set_property;

  /* write only: it may hold a password */
  properties[PROP_CONNINFO] =
    g_param_spec_string ("conninfo", NULL, NULL, "",
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LISTENS] =
    g_param_spec_boolean ("listens", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, WB_TYPE_DB_STATE, WB_DB_STATE_OFFLINE, readable);
  properties[PROP_STATE_MESSAGE] = g_param_spec_string ("state-message", NULL, NULL, "", readable);
  properties[PROP_SERVER_VERSION] = g_param_spec_int ("server-version", NULL, NULL, 0, G_MAXINT, 0, readable);
  properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_NEWS] =
    g_signal_new ("news", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ARRAY);
  signals[SIGNAL_RESYNC] =
    g_signal_new ("resync", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_db_init (WbDb *self)
{
  self->tuning = (WbDbTuning) {
    .connect_ms = 10000,
    .statement_ms = 10000,
    .silence_ms = 5000,
    .poll_ms = 2000,
    .wake_ms = 5,
    .back_off_min_ms = 100,
    .back_off_max_ms = 15000,
    .offline_after_ms = 2000,
    .queue_ms = 10000,
    .act_ms = 15000,
    .n_interactive = 4,
    .n_bulk = 2,
    .min_version = 150000,
  };
  self->news = _wb_db_news_new (self);
  g_queue_init (&self->opening);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_init (&self->lanes[i], self, (WbDbLane) i);
  self->error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "not connected");
  self->message = describe_state (self);
}

/* ---- Public -------------------------------------------------------------------------------- */

WbDb *
wb_db_new (const char *conninfo)
{
  return g_object_new (WB_TYPE_DB, "conninfo", conninfo, NULL);
}

void
wb_db_set_password (WbDb *self,
                    const char *password)
{
  g_return_if_fail (WB_IS_DB (self));

  if (g_strcmp0 (password, self->password) == 0)
    return;
  g_free (self->password);
  self->password = g_strdup (password);
}

static gboolean
opening_cancelled_cb (GCancellable *cancellable,
                      gpointer user_data)
{
  GTask *task = user_data;
  WbDb *self = g_task_get_source_object (task);

  if (!g_queue_remove (&self->opening, task))
    return G_SOURCE_REMOVE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

void
wb_db_open_async (WbDb *self,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (WB_IS_DB (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_db_open_async);
  if (self->gate)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (cancellable != NULL)
    {
      g_autoptr(GSource) source = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, source, G_SOURCE_FUNC (opening_cancelled_cb));
      g_task_set_task_data (task, g_steal_pointer (&source), (GDestroyNotify) g_source_unref);
    }
  g_queue_push_tail (&self->opening, g_steal_pointer (&task));

  self->wanted = TRUE;
  self->lanes[WB_DB_LANE_INTERACTIVE].max = MAX (1, self->tuning.n_interactive);
  self->lanes[WB_DB_LANE_BULK].max = MAX (1, self->tuning.n_bulk);
  if (self->anchor != NULL)
    return;
  self->failures = 0;
  set_state (self, WB_DB_STATE_CONNECTING, NULL);
  if (self->anchor == NULL && self->wanted)
    open_anchor (self);
  _wb_db_lane_warm_up (&self->lanes[WB_DB_LANE_INTERACTIVE]);
}

gboolean
wb_db_open_finish (WbDb *self,
                   GAsyncResult *result,
                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_db_close (WbDb *self)
{
  g_autoptr(GError) closed = NULL;
  g_autoptr(WbDbConnection) anchor = NULL;

  g_return_if_fail (WB_IS_DB (self));

  if (!self->wanted)
    return;
  closed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the database was closed");
  _wb_db_news_flush (self->news);
  anchor = g_steal_pointer (&self->anchor);
  self->wanted = FALSE;
  self->gate = FALSE;
  self->was_online = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  _wb_db_news_stop (self->news);
  if (anchor != NULL)
    _wb_db_connection_close (anchor);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    _wb_db_lane_close (&self->lanes[i]);
  answer_opening (self, closed);
  set_state (self, WB_DB_STATE_OFFLINE, _wb_db_error_new (WB_DB_ERROR_OFFLINE, "not connected"));
}

void
wb_db_retry_now (WbDb *self)
{
  g_return_if_fail (WB_IS_DB (self));

  if (!self->wanted || self->retry_id == 0)
    return;
  self->failures = 0;
  open_anchor (self);
  set_state (self, WB_DB_STATE_CONNECTING, NULL);
}

WbDbState
wb_db_get_state (WbDb *self)
{
  g_return_val_if_fail (WB_IS_DB (self), WB_DB_STATE_OFFLINE);

  return self->state;
}

const char *
wb_db_get_state_message (WbDb *self)
{
  g_return_val_if_fail (WB_IS_DB (self), NULL);

  return self->message;
}

int
wb_db_get_server_version (WbDb *self)
{
  g_return_val_if_fail (WB_IS_DB (self), 0);

  return self->server_version;
}

const char *
wb_db_get_user (WbDb *self)
{
  g_return_val_if_fail (WB_IS_DB (self), NULL);

  return self->user;
}

const GError *
wb_db_get_error (WbDb *self)
{
  g_return_val_if_fail (WB_IS_DB (self), NULL);

  return self->state == WB_DB_STATE_OFFLINE || self->state == WB_DB_STATE_FAILED ? self->error : NULL;
}
