/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * News: what was committed anywhere. Writers leave rows behind in their transaction and wake the listeners after
 * it; a listener then reads every row that its last snapshot cannot have seen. Rows are told apart by seq, since
 * a transaction that was open at the last reading makes all later rows come again.
 *
 * All of it runs on the anchor, one statement at a time: LISTEN, wakes, readings.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-pool-private.h"

/* Listing more ids than this costs listeners more than reading everything again. */
#define MAX_IDS 10000
/* Without the functions in the schema, look for them again after so many turns of the poll. */
#define MISSING_TURNS 15

struct _WbDbNews
{
  WbDb *db;             /* borrowed */
  gboolean running;     /* between start and stop */
  gboolean settled;
  gboolean listening;
  gboolean available;   /* the schema has news */
  guint missing_turns;
  char *horizon;        /* what the last reading has certainly seen; NULL: from now on */
  GHashTable *seen;     /* gint64 seq of the last reading */
  gboolean wants_listen;
  gboolean wants_poll;
  gboolean wants_wake;
  gint64 polled_us;
  gint64 woken_us;
  guint poll_id;
  guint gap_id;
};

static void
run (WbDbNews *self,
     const char *sql,
     WbDbParams *params,
     void (*done) (WbDbRequest *, gpointer))
{
  WbDbRequest *request = _wb_db_query_request_new (sql, params);

  request->done = done;
  request->done_data = self;
  _wb_db_connection_run (self->db->anchor, request);
}

/* ---- Reading ------------------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
sort_unique (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (n == 0 || g_array_index (ids, gint64, n - 1) != g_array_index (ids, gint64, i))
      g_array_index (ids, gint64, n++) = g_array_index (ids, gint64, i);
  g_array_set_size (ids, n);
}

static void
unref_array_or_null (gpointer array)
{
  if (array != NULL)
    g_array_unref (array);
}

/* @topics: topic → ids; NULL is everything, and stays so */
static void
add_ids (GHashTable *topics,
         const char *topic,
         GArray *ids)
{
  GArray *known = NULL;

  if (g_hash_table_lookup_extended (topics, topic, NULL, (gpointer *) &known))
    {
      if (known != NULL && ids != NULL)
        g_array_append_vals (known, ids->data, ids->len);
      else if (known != NULL)
        g_hash_table_insert (topics, g_strdup (topic), NULL);
      return;
    }
  g_hash_table_insert (topics, g_strdup (topic), ids != NULL ? g_array_ref (ids) : NULL);
}

/* What is new in @result, by topic; moves the horizon. */
static GHashTable *
digest (WbDbNews *self,
        WbDbResult *result)
{
  GHashTable *topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array_or_null);
  GHashTable *seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  int seq_column = _wb_db_result_column (result, "seq");
  int topic_column = _wb_db_result_column (result, "topic");
  int ids_column = _wb_db_result_column (result, "ids");
  int horizon_column = _wb_db_result_column (result, "horizon");

  for (guint row = 0; row < _wb_db_result_get_n_rows (result); row++)
    {
      const char *horizon = _wb_db_result_get_text_or_null (result, row, horizon_column);
      g_autoptr(GArray) ids = NULL;
      gint64 seq = 0;

      if (horizon != NULL)
        {
          g_free (self->horizon);
          self->horizon = g_strdup (horizon);
        }
      if (_wb_db_result_is_null (result, row, seq_column))
        continue;
      seq = _wb_db_result_get_int64 (result, row, seq_column);
      g_hash_table_add (seen, g_memdup2 (&seq, sizeof seq));
      if (g_hash_table_contains (self->seen, &seq))
        continue;
      ids = _wb_db_result_get_int64_array (result, row, ids_column);
      add_ids (topics, _wb_db_result_get_text (result, row, topic_column), ids);
    }
  g_hash_table_unref (self->seen);
  self->seen = seen;
  return topics;
}

static void
tell (WbDbNews *self,
      GHashTable *topics)
{
  g_autoptr(WbDb) db = g_object_ref (self->db);
  GHashTableIter iter;
  gpointer topic = NULL;
  gpointer ids = NULL;

  g_hash_table_iter_init (&iter, topics);
  while (g_hash_table_iter_next (&iter, &topic, &ids))
    {
      if (ids != NULL)
        sort_unique (ids);
      if (ids != NULL && ((GArray *) ids)->len > MAX_IDS)
        ids = NULL;
      _wb_db_emit_news (db, topic, ids);
    }
}

static void
settle (WbDbNews *self)
{
  if (self->settled)
    return;
  self->settled = TRUE;
  _wb_db_anchor_settled (self->db);
}

/* The functions are not there (an empty database, or one being prepared) or not for this role. */
static gboolean
is_missing (const GError *error)
{
  const char *sqlstate = wb_db_error_get_sqlstate (error);

  return g_strcmp0 (sqlstate, "42883") == 0 || g_strcmp0 (sqlstate, "3F000") == 0 ||
         g_strcmp0 (sqlstate, "42501") == 0 || g_strcmp0 (sqlstate, "42P01") == 0;
}

static void
note_failure (WbDbNews *self,
              const GError *error)
{
  g_debug ("news cannot be read: %s", error->message);
  if (!is_missing (error))
    return;
  self->available = FALSE;
  self->missing_turns = MISSING_TURNS;
  g_clear_pointer (&self->horizon, g_free);
  g_hash_table_remove_all (self->seen);
}

static void
polled_cb (WbDbRequest *request,
           gpointer data)
{
  WbDbNews *self = data;
  g_autoptr(WbDb) db = g_object_ref (self->db);
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GHashTable) topics = NULL;
  g_autoptr(GError) error = g_steal_pointer (&request->error);
  gboolean was_available = self->available;

  if (!self->running)
    return;
  if (error == NULL)
    {
      result = _wb_db_query_request_take (request);
      topics = digest (self, result);
      _wb_db_result_check (result, &error);
    }
  if (error != NULL)
    note_failure (self, error);
  else
    self->available = TRUE;

  _wb_db_check_read_only (db);
  if (!self->settled)
    settle (self);
  else if (self->available && !was_available)
    _wb_db_emit_resync (db);
  else if (error == NULL && self->running)
    tell (self, topics);
}

static void
probed_cb (WbDbRequest *request,
           gpointer data)
{
  WbDbNews *self = data;

  if (self->running)
    {
      _wb_db_check_read_only (self->db);
      settle (self);
    }
}

static void
listened_cb (WbDbRequest *request,
             gpointer data)
{
  WbDbNews *self = data;

  self->listening = request->error == NULL;
  if (request->error != NULL)
    g_debug ("cannot listen: %s", request->error->message);
}

static void
woken_cb (WbDbRequest *request,
          gpointer data)
{
  WbDbNews *self = data;

  if (request->error == NULL)
    return;
  g_debug ("cannot wake listeners: %s", request->error->message);
  /* lost with the anchor: the next one sends it */
  if (!self->running)
    self->wants_wake = TRUE;
}

/* ---- Taking turns on the anchor ------------------------------------------------------------ */

static gboolean
gap_cb (gpointer user_data)
{
  WbDbNews *self = user_data;

  self->gap_id = 0;
  _wb_db_news_dispatch (self);
  return G_SOURCE_REMOVE;
}

/* Whether @last is long enough ago; otherwise comes back when it is. */
static gboolean
is_due (WbDbNews *self,
        gint64 last_us)
{
  gint64 wait_us = last_us + (gint64) self->db->tuning.wake_ms * 1000 - g_get_monotonic_time ();

  if (wait_us <= 0)
    return TRUE;
  if (self->gap_id == 0)
    self->gap_id = g_timeout_add ((guint) (wait_us / 1000 + 1), gap_cb, self);
  return FALSE;
}

static void
poll_now (WbDbNews *self)
{
  g_autoptr(WbDbParams) params = NULL;

  self->polled_us = g_get_monotonic_time ();
  if (!self->db->wants_news || (!self->available && self->missing_turns > 0))
    {
      /* still tells whether the server is there */
      self->missing_turns -= self->missing_turns > 0;
      run (self, "select 1", NULL, probed_cb);
      return;
    }
  params = _wb_db_params_new ();
  _wb_db_params_add_text (params, self->horizon);
  run (self, "select seq, topic, ids, horizon from api.news_since($1)", params, polled_cb);
}

void
_wb_db_news_dispatch (WbDbNews *self)
{
  if (!self->running || self->db->anchor == NULL || !_wb_db_connection_is_idle (self->db->anchor))
    return;
  if (self->wants_listen)
    {
      self->wants_listen = FALSE;
      run (self, "listen wb", NULL, listened_cb);
    }
  else if (self->wants_wake && is_due (self, self->woken_us))
    {
      self->wants_wake = FALSE;
      self->woken_us = g_get_monotonic_time ();
      run (self, "select api.wake()", NULL, woken_cb);
    }
  else if (self->wants_poll && is_due (self, self->polled_us))
    {
      self->wants_poll = FALSE;
      poll_now (self);
    }
}

static gboolean
poll_cb (gpointer user_data)
{
  WbDbNews *self = user_data;

  /* a standby takes no LISTEN; once promoted it does */
  if (self->db->wants_news && !self->listening && !_wb_db_connection_is_standby (self->db->anchor))
    self->wants_listen = TRUE;
  self->wants_poll = TRUE;
  _wb_db_news_dispatch (self);
  return G_SOURCE_CONTINUE;
}

/* ---- For the database ---------------------------------------------------------------------- */

WbDbNews *
_wb_db_news_new (WbDb *db)
{
  WbDbNews *self = g_new0 (WbDbNews, 1);

  self->db = db;
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
_wb_db_news_free (WbDbNews *self)
{
  _wb_db_news_stop (self);
  g_hash_table_unref (self->seen);
  g_free (self);
}

void
_wb_db_news_start (WbDbNews *self)
{
  self->running = TRUE;
  self->settled = FALSE;
  self->listening = FALSE;
  self->available = TRUE;
  self->missing_turns = 0;
  self->wants_listen = self->db->wants_news && !_wb_db_connection_is_standby (self->db->anchor);
  self->wants_poll = TRUE;
  /* what was committed while there was no anchor has yet to be told: wants_wake stays */
  self->polled_us = self->woken_us = 0;
  self->poll_id = g_timeout_add (self->db->tuning.poll_ms, poll_cb, self);
  _wb_db_news_dispatch (self);
}

void
_wb_db_news_stop (WbDbNews *self)
{
  self->running = FALSE;
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_handle_id (&self->gap_id, g_source_remove);
  /* news of the time between are made up for by a resync, from a new horizon */
  g_clear_pointer (&self->horizon, g_free);
  g_hash_table_remove_all (self->seen);
}

void
_wb_db_news_notified (WbDbNews *self)
{
  self->wants_poll = TRUE;
  _wb_db_news_dispatch (self);
}

void
_wb_db_news_wake (WbDbNews *self)
{
  self->wants_wake = TRUE;
  _wb_db_news_dispatch (self);
}

void
_wb_db_news_flush (WbDbNews *self)
{
  if (!self->running || !self->wants_wake || self->db->anchor == NULL ||
      !_wb_db_connection_is_idle (self->db->anchor))
    return;
  self->wants_wake = FALSE;
  run (self, "select api.wake()", NULL, woken_cb);
}

void
_wb_db_news_probe (WbDbNews *self)
{
  self->wants_poll = TRUE;
  _wb_db_news_dispatch (self);
}
