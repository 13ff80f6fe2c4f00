/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-bench-private.h"

/* ── Orders in and out of hand ───────────────────────────────────────────────────────────────── */

static void
drop_job (WbBench *self)
{
  g_clear_pointer (&self->state, wb_job_state_free);
  g_clear_pointer (&self->work, wb_job_work_free);
  g_ptr_array_set_size (self->unsent, 0);
  self->is_leaving = FALSE;
  self->use_spare = FALSE;
  self->n_copies = 0;
  self->hand_line = 0;
  g_clear_pointer (&self->label_document, g_free);
  _wb_bench_forget_service (self);
  _wb_bench_set_trouble (self, NULL, FALSE);
  _wb_bench_set_detail (self, "");
}

static void
take_up (WbBench *self, WbJobWork *work)
{
  g_autoptr (WbJobEvent) claim = wb_job_event_new (WB_JOB_EVENT_CLAIM);

  claim->person = g_strdup (self->person_login);
  drop_job (self);
  self->work = work;
  self->state = wb_job_state_new (work->job);
  wb_job_state_add_all (self->state, work->events);
  wb_job_state_add (self->state, claim);
  _wb_bench_begin_photos (self);
  g_ptr_array_add (self->unsent, g_steal_pointer (&claim));
  self->mode = WB_BENCH_WORKING;
  _wb_bench_send_events (self);
  _wb_bench_advance (self);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  WbJobWork *work = wb_job_store_next_finish (WB_DB (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->wanted_job = 0;
  if (work != NULL)
    {
      take_up (self, work);
      return;
    }
  self->mode = WB_BENCH_IDLE;
  if (error != NULL)
    _wb_bench_set_trouble (self, error->message, FALSE);
  _wb_bench_load_queue (self);
  _wb_bench_changed (self);
}

void
_wb_bench_fetch (WbBench *self, gint64 job_id)
{
  if (self->mode == WB_BENCH_LOADING || self->station == NULL)
    return;
  self->mode = WB_BENCH_LOADING;
  self->wanted_job = job_id;
  _wb_bench_set_trouble (self, NULL, FALSE);
  wb_job_store_next_async (self->db, self->station, job_id, self->cancellable, next_cb, g_object_ref (self));
  _wb_bench_changed (self);
}

/* The job is not ours any more, whatever we think: somebody took it over, or it was withdrawn. */
void
_wb_bench_lose (WbBench *self, const char *why)
{
  drop_job (self);
  wb_bench_spool_set_aside (self->spool);
  self->mode = WB_BENCH_IDLE;
  _wb_bench_set_notice (self, why);
  _wb_bench_flash (self, WB_JOB_ANSWER_WRONG);
  _wb_bench_load_queue (self);
  _wb_bench_changed (self);
}

/* The job is done with; the next one comes by itself. */
void
_wb_bench_finish (WbBench *self, const char *notice)
{
  drop_job (self);
  self->mode = WB_BENCH_IDLE;
  _wb_bench_set_notice (self, notice);
  _wb_bench_fetch (self, 0);
}

static void
queue_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  WbJobQueue *queue = wb_job_store_queue_finish (WB_DB (source), result, &error);
  /* Somebody may have come or gone while it was on its way. */
  gboolean knows_people = self->queried_shift == self->n_shifts;

  self->is_querying = FALSE;
  if (self->query_again || !knows_people)
    _wb_bench_load_queue (self);
  if (queue == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("the queue cannot be read: %s", error->message);
      if (self->mode == WB_BENCH_IDLE && g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND))
        _wb_bench_set_trouble (self, error->message, FALSE);
      _wb_bench_changed (self);
      return;
    }
  g_clear_pointer (&self->queue, wb_job_queue_free);
  self->queue = queue;
  if (knows_people)
    _wb_bench_see_person (self, queue->person_login, queue->person_name);
  _wb_bench_changed (self);
}

void
_wb_bench_load_queue (WbBench *self)
{
  if (self->station == NULL)
    return;
  /* What an answer on its way does not know yet is asked for once more. */
  self->query_again = self->is_querying;
  if (self->is_querying)
    return;
  self->is_querying = TRUE;
  self->queried_shift = self->n_shifts;
  wb_job_store_queue_async (self->db, self->station, self->cancellable, queue_cb, g_object_ref (self));
}

/* ── What follows by itself ──────────────────────────────────────────────────────────────────── */

static void
aside_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  if (self->work == NULL)
    return;
  self->is_leaving = FALSE;
  if (wb_job_store_done_finish (WB_DB (source), result, &error))
    {
      notice = g_strdup_printf (_ ("#%s is put aside."), self->work->job->number);
      _wb_bench_finish (self, notice);
    }
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    _wb_bench_lose (self, error->message);
  else
    {
      _wb_bench_retry_later (self);
      _wb_bench_changed (self);
    }
}

static void
leave (WbBench *self)
{
  if (self->is_leaving)
    return;
  self->is_leaving = TRUE;
  wb_job_store_aside_async (self->db, self->work->job_id, self->station, _ ("put aside at the bench"),
                            self->cancellable, aside_cb, g_object_ref (self));
}

/* Whatever the state asks for and no person has to do. Called after every change; does nothing twice. What tells the
 * database that something is over waits until all that happened is stored. */
void
_wb_bench_advance (WbBench *self)
{
  _wb_bench_look_for_photos (self);
  if (self->mode == WB_BENCH_WORKING && self->state != NULL && self->trouble == NULL)
    {
      if (self->state->is_aside)
        {
          if (self->unsent->len == 0)
            leave (self);
        }
      else if (self->state->step == WB_JOB_STEP_LABEL && self->state->mistake == NULL)
        _wb_bench_label_step (self);
      else if (self->state->step == WB_JOB_STEP_DONE && self->unsent->len == 0)
        _wb_bench_ship (self);
    }
  _wb_bench_look_for_service (self);
  _wb_bench_changed (self);
}
