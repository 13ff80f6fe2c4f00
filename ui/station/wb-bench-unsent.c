/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include "ui/station/wb-bench-private.h"

/* How long to wait before trying again what failed because nothing was reachable. */
#define RETRY_S 2

static void
keep_unsent (WbBench *self)
{
  wb_bench_spool_keep (self->spool, self->work != NULL ? self->work->job_id : 0, self->unsent);
}

static gboolean
retry_cb (gpointer user_data)
{
  WbBench *self = user_data;

  self->retry_source = 0;
  _wb_bench_send_events (self);
  _wb_bench_send_shift (self);
  _wb_bench_advance (self);
  return G_SOURCE_REMOVE;
}

void
_wb_bench_retry_later (WbBench *self)
{
  if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

typedef struct
{
  WbBench *bench;
  guint n_events;
  gint64 job_id;
} Sending;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (WbBench) self = sending->bench;
  g_autoptr (GError) error = NULL;
  gboolean sent = wb_job_store_done_finish (WB_DB (source), result, &error);

  self->is_sending = FALSE;
  /* Closed, or another job is in hand by now: this answer is about something that is over. */
  if (self->work == NULL || self->work->job_id != sending->job_id)
    return;
  if (sent)
    {
      g_ptr_array_remove_range (self->unsent, 0, MIN (sending->n_events, self->unsent->len));
      keep_unsent (self);
      _wb_bench_send_events (self);
      _wb_bench_advance (self);
    }
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT) ||
           g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND))
    _wb_bench_lose (self, error->message);
  else
    {
      g_debug ("%u events are not stored yet: %s", sending->n_events, error->message);
      _wb_bench_retry_later (self);
      _wb_bench_changed (self);
    }
}

void
_wb_bench_send_events (WbBench *self)
{
  Sending *sending = NULL;

  if (self->is_sending || self->work == NULL || self->unsent->len == 0)
    return;
  sending = g_new0 (Sending, 1);
  sending->bench = g_object_ref (self);
  sending->n_events = self->unsent->len;
  sending->job_id = self->work->job_id;
  self->is_sending = TRUE;
  wb_job_store_append_async (self->db, self->work->job_id, self->station, self->unsent, self->cancellable, sent_cb,
                             sending);
}

/* An instruction that was read is also ticked off for the office. */
static void
tell_office (WbBench *self, const WbJobEvent *event)
{
  if (event->kind != WB_JOB_EVENT_ACKNOWLEDGE || event->line == 0 || event->line > self->work->note_ids->len)
    return;
  wb_job_store_acknowledge_async (self->db, g_array_index (self->work->note_ids, gint64, event->line - 1), NULL, NULL,
                                  NULL);
}

void
_wb_bench_append (WbBench *self, WbJobAnswer *answer)
{
  for (guint i = 0; i < answer->events->len; i++)
    {
      WbJobEvent *event = g_ptr_array_index (answer->events, i);

      g_free (event->person);
      event->person = g_strdup (self->person_login);
      wb_job_state_add (self->state, event);
      g_ptr_array_add (self->unsent, wb_job_event_copy (event));
      tell_office (self, event);
    }
  if (answer->events->len > 0)
    keep_unsent (self);
  _wb_bench_send_events (self);
}
