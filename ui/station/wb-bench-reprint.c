/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger of prints is told, and printing again: which asks why. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-print-reason.h"
#include "ui/station/wb-bench-private.h"

/* ── The ledger ──────────────────────────────────────────────────────────────────────────────── */

/* One print to be noted. Kept until the database has it; noted twice it is one. */
typedef struct
{
  WbPrintKind kind;
  gint64 label_id;
  gint64 job_id;
  char *document_id;
  char *title;
  char *printer;
  char *job;
  char *person;
  char *station;
  char *reason;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->document_id);
  g_free (note->title);
  g_free (note->printer);
  g_free (note->job);
  g_free (note->person);
  g_free (note->station);
  g_free (note->reason);
  g_free (note);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean noted = wb_print_store_note_finish (WB_DB (source), result, &error);

  self->is_noting = FALSE;
  if (!noted && (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT)))
    {
      _wb_bench_retry_later (self);
      return;
    }
  /* The ledger is for people; that it takes something amiss stops nobody. */
  if (!noted && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("a print is not in the ledger: %s", error->message);
  if (self->notes->len > 0)
    g_ptr_array_remove_index (self->notes, 0);
  _wb_bench_send_notes (self);
}

void
_wb_bench_send_notes (WbBench *self)
{
  const Note *note = self->notes->len > 0 ? g_ptr_array_index (self->notes, 0) : NULL;

  if (self->is_noting || note == NULL || self->db == NULL)
    return;
  self->is_noting = TRUE;
  wb_print_store_note_async (self->db,
                             &(WbPrintFacts){ .kind = note->kind, .document_id = note->document_id, .title = note->title,
                                              .printer = note->printer, .job = note->job, .label_id = note->label_id,
                                              .job_id = note->job_id, .station = note->station, .person = note->person,
                                              .reason = note->reason },
                             self->cancellable, noted_cb, g_object_ref (self));
}

void
_wb_bench_note_print (WbBench *self, WbPrintKind kind, const WbPrintDocument *document, const char *printer, const char *job,
                      gint64 label_id, gint64 job_id, const char *reason)
{
  Note *note = g_new0 (Note, 1);

  note->kind = kind;
  note->document_id = g_strdup (document->id);
  note->title = g_strdup (document->title);
  note->printer = g_strdup (printer);
  note->job = g_strdup (job);
  note->label_id = label_id;
  note->job_id = job_id;
  note->station = g_strdup (self->station);
  note->person = g_strdup (self->person_login);
  note->reason = g_strdup (reason);
  g_ptr_array_add (self->notes, note);
  _wb_bench_send_notes (self);
}

GPtrArray *
_wb_bench_notes_new (void)
{
  return g_ptr_array_new_with_free_func (note_free);
}

/* ── Again, and why ──────────────────────────────────────────────────────────────────────────── */

void
_wb_bench_ask_why_again (WbBench *self, WbPrintKind kind, guint copy)
{
  self->reprint_kind = kind;
  self->reprint_copy = copy;
  self->choosing = WB_BENCH_CHOOSING_REPRINT;
  _wb_bench_set_notice (self, _ ("Why again? Touch the reason, or type its number."));
  _wb_bench_changed (self);
}

void
_wb_bench_choose_reprint (WbBench *self, guint number)
{
  const char *reason = wb_print_reason_get (number);

  if (reason == NULL)
    {
      _wb_bench_set_notice (self, _ ("There is no reason with this number."));
      _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
      _wb_bench_changed (self);
      return;
    }
  self->choosing = WB_BENCH_CHOOSING_NOTHING;
  _wb_bench_set_notice (self, "");
  if (self->reprint_kind == WB_PRINT_LABEL)
    _wb_bench_print_label_again (self, reason);
  else
    _wb_bench_print_pick_list_again (self, reason, self->reprint_copy);
  _wb_bench_changed (self);
}

const char *
_wb_bench_get_reprint_reason (guint number)
{
  return wb_print_reason_get (number);
}

/* When and who, as it stands on what is printed again. */
char *
_wb_bench_describe_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d %H:%M");
}

/* ── Doubt ───────────────────────────────────────────────────────────────────────────────────── */

gboolean
wb_bench_is_in_doubt (WbBench *self)
{
  WbPrintJob *job = NULL;

  g_return_val_if_fail (WB_IS_BENCH (self), FALSE);

  job = self->trouble != NULL && self->label_document != NULL ? wb_print_queue_find (self->prints, self->label_document) : NULL;
  return job != NULL && wb_print_job_get_state (job) == WB_PRINT_JOB_DOUBT;
}

void
wb_bench_settle (WbBench *self, gboolean came_out)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (!wb_bench_is_in_doubt (self))
    return;
  wb_print_queue_settle (self->prints, wb_print_queue_find (self->prints, self->label_document), came_out);
  /* Asked for again, it is the job there is: out, or on its way. */
  wb_bench_retry (self);
}
