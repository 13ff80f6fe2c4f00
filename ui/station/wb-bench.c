/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-bench-private.h"
#include "ui/wb-format.h"

/* How often to look at the printer. */
#define WATCH_S 5

enum
{
  CHANGED,
  FLASH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBench, wb_bench, G_TYPE_OBJECT)

/* ── What is shown ───────────────────────────────────────────────────────────────────────────── */

void
_wb_bench_changed (WbBench *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
_wb_bench_flash (WbBench *self, WbJobAnswerKind kind)
{
  g_signal_emit (self, signals[FLASH], 0, kind);
}

void
_wb_bench_set_notice (WbBench *self, const char *notice)
{
  g_free (self->notice);
  self->notice = wb_format_sentence (notice);
}

void
_wb_bench_set_trouble (WbBench *self, const char *trouble, gboolean is_printer)
{
  g_free (self->trouble);
  self->trouble = trouble != NULL ? wb_format_sentence (trouble) : NULL;
  self->printer_trouble = trouble != NULL && is_printer;
}

void
_wb_bench_set_detail (WbBench *self, const char *detail)
{
  g_free (self->detail);
  self->detail = g_strdup (detail);
}

/* ── Opening ─────────────────────────────────────────────────────────────────────────────────── */

static void
look_for_work (WbBench *self)
{
  self->mode = WB_BENCH_IDLE;
  _wb_bench_load_queue (self);
  _wb_bench_changed (self);
}

/* What an earlier run did and could not store is stored before anything else happens here. */
static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (wb_job_store_done_finish (WB_DB (source), result, &error))
    wb_bench_spool_keep (self->spool, 0, none);
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    {
      _wb_bench_set_trouble (self, _ ("Work from before could not be stored: the database is away."), FALSE);
      self->mode = WB_BENCH_IDLE;
      _wb_bench_changed (self);
      return;
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      wb_bench_spool_set_aside (self->spool);
      _wb_bench_set_notice (self, error->message);
    }
  look_for_work (self);
}

static void
spool_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 job_id = 0;

  events = wb_bench_spool_load_finish (WB_BENCH_SPOOL (source), result, &job_id, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      g_message ("unsent work of an earlier run cannot be read: %s", error->message);
      wb_bench_spool_set_aside (self->spool);
    }
  if (events == NULL || events->len == 0)
    look_for_work (self);
  else
    wb_job_store_append_async (self->db, job_id, self->station, events, self->cancellable, recovered_cb,
                               g_object_ref (self));
}

static char *
make_spool_path (WbBench *self)
{
  g_autofree char *name = g_strdup_printf ("bench-%s.unsent", self->station);

  g_strdelimit (name, "/\\", '-');
  return g_build_filename (self->spool_folder, name, NULL);
}

void
wb_bench_set_station (WbBench *self, const char *station)
{
  g_autofree char *path = NULL;

  g_return_if_fail (WB_IS_BENCH (self) && station != NULL);

  if (self->mode != WB_BENCH_CLOSED && self->mode != WB_BENCH_IDLE)
    return;
  g_free (self->station);
  self->station = g_strdup (station);
  path = make_spool_path (self);
  g_clear_object (&self->spool);
  self->spool = wb_bench_spool_new (path);
  self->mode = WB_BENCH_LOADING;
  _wb_bench_open_photos (self);
  _wb_bench_load_badges (self);
  wb_bench_spool_load_async (self->spool, self->cancellable, spool_cb, g_object_ref (self));
  _wb_bench_changed (self);
}

void
wb_bench_forget_station (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (self->mode != WB_BENCH_IDLE)
    return;
  g_clear_pointer (&self->station, g_free);
  g_clear_pointer (&self->queue, wb_job_queue_free);
  self->mode = WB_BENCH_CLOSED;
  self->shift_pending = FALSE;
  _wb_bench_see_person (self, NULL, NULL);
  _wb_bench_set_trouble (self, NULL, FALSE);
  _wb_bench_set_notice (self, "");
  _wb_bench_changed (self);
}

static void
state_cb (WbBench *self)
{
  if (wb_db_get_state (self->db) == WB_DB_STATE_ONLINE)
    {
      _wb_bench_send_events (self);
      _wb_bench_send_shift (self);
      wb_print_notes_send (self->notes);
      if (self->photos != NULL)
        wb_photo_spool_send (self->photos);
      if (self->mode == WB_BENCH_IDLE)
        _wb_bench_load_queue (self);
    }
  _wb_bench_advance (self);
}

static void
news_cb (WbBench *self)
{
  if (self->mode == WB_BENCH_IDLE)
    _wb_bench_load_queue (self);
}

static void
people_cb (WbBench *self)
{
  if (self->station == NULL)
    return;
  _wb_bench_load_badges (self);
  _wb_bench_load_queue (self);
}

/* ── The printer, as it is ───────────────────────────────────────────────────────────────────── */

static void
printer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autofree char *message = NULL;
  WbPrinterState state = wb_printer_query_finish (WB_PRINTER (source), result, &message);
  gboolean was_bad = self->printer_state > WB_PRINTER_BUSY;

  if (WB_PRINTER (source) != self->printer || state == WB_PRINTER_UNKNOWN)
    return;
  if (state == self->printer_state && g_strcmp0 (message, self->printer_message) == 0)
    return;
  self->printer_state = state;
  g_free (self->printer_message);
  self->printer_message = g_steal_pointer (&message);
  /* What was wrong is mended: the label that did not come out is tried again, once. */
  if (was_bad && state <= WB_PRINTER_BUSY && self->printer_trouble && !self->use_spare && !wb_bench_is_in_doubt (self))
    wb_bench_retry (self);
  _wb_bench_changed (self);
}

static gboolean
watch_printer_cb (gpointer user_data)
{
  WbBench *self = user_data;

  wb_printer_query_async (self->printer, self->cancellable, printer_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_bench_dispose (GObject *object)
{
  WbBench *self = WB_BENCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->watch_source, g_source_remove);
  g_clear_object (&self->db);
  g_clear_object (&self->printer);
  g_clear_object (&self->spare);
  g_clear_object (&self->paper);
  g_clear_object (&self->prints);
  g_clear_object (&self->notes);
  g_clear_object (&self->spool);
  g_clear_object (&self->camera);
  g_clear_object (&self->photos);
  g_clear_pointer (&self->photo, wb_photo_free);
  g_clear_pointer (&self->state, wb_job_state_free);
  g_clear_pointer (&self->work, wb_job_work_free);
  g_clear_pointer (&self->queue, wb_job_queue_free);
  G_OBJECT_CLASS (wb_bench_parent_class)->dispose (object);
}

static void
wb_bench_finalize (GObject *object)
{
  WbBench *self = WB_BENCH (object);

  g_object_unref (self->cancellable);
  wb_label_templates_unref (self->templates);
  g_ptr_array_unref (self->unsent);
  g_free (self->label_document);
  g_clear_pointer (&self->badges, g_ptr_array_unref);
  g_free (self->person_login);
  g_free (self->person_name);
  g_free (self->badge);
  g_free (self->unknown_badge);
  _wb_bench_forget_service (self);
  g_free (self->chosen_service);
  g_free (self->asked_code);
  g_clear_pointer (&self->asked_lines, g_array_unref);
  g_clear_pointer (&self->asked_names, g_ptr_array_unref);
  g_free (self->spool_folder);
  g_free (self->station);
  g_free (self->notice);
  g_free (self->detail);
  g_free (self->trouble);
  g_free (self->printer_message);
  g_array_unref (self->photographed);
  G_OBJECT_CLASS (wb_bench_parent_class)->finalize (object);
}

static void
wb_bench_class_init (WbBenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_bench_dispose;
  object_class->finalize = wb_bench_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_BENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FLASH] = g_signal_new ("flash", WB_TYPE_BENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT);
}

static void
wb_bench_init (WbBench *self)
{
  self->cancellable = g_cancellable_new ();
  self->templates = wb_label_templates_new (NULL);
  for (const char *const *problem = wb_label_templates_get_problems (self->templates); *problem != NULL; problem++)
    g_message ("a label is printed as it comes with the program: %s", *problem);
  self->dpi = 203;
  self->paper_width_um = 210000;
  self->paper_height_um = 297000;
  self->unsent = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  self->prints = wb_print_queue_new (NULL, NULL, NULL);
  self->photographed = g_array_new (FALSE, TRUE, sizeof (guint));
  self->notice = g_strdup ("");
  self->detail = g_strdup ("");
  self->printer_message = g_strdup ("");
}

WbBench *
wb_bench_new (WbDb *db, WbPrinter *printer, WbPrinter *spare, const char *spool)
{
  WbBench *self = NULL;
  g_autofree char *notes = NULL;

  g_return_val_if_fail (WB_IS_DB (db) && WB_IS_PRINTER (printer), NULL);

  self = g_object_new (WB_TYPE_BENCH, NULL);
  self->db = g_object_ref (db);
  self->printer = g_object_ref (printer);
  self->spare = spare != NULL ? g_object_ref (spare) : NULL;
  self->spool_folder = spool != NULL ? g_strdup (spool) : g_build_filename (g_get_user_state_dir (), "waybill", NULL);
  notes = g_build_filename (self->spool_folder, "print-notes", NULL);
  self->notes = wb_print_notes_new (db, notes);
  wb_print_notes_set_queue (self->notes, self->prints);
  g_signal_connect_object (db, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "resync", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "news::job", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "resync", G_CALLBACK (people_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "news::station", G_CALLBACK (people_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "news::staff", G_CALLBACK (people_cb), self, G_CONNECT_SWAPPED);
  self->watch_source = g_timeout_add_seconds (WATCH_S, watch_printer_cb, self);
  watch_printer_cb (self);
  return self;
}

guint
wb_bench_get_dpi (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), 203);

  return self->dpi;
}

void
wb_bench_set_print_queue (WbBench *self, WbPrintQueue *queue)
{
  g_return_if_fail (WB_IS_BENCH (self) && WB_IS_PRINT_QUEUE (queue));

  g_set_object (&self->prints, queue);
  wb_print_notes_set_queue (self->notes, queue);
  self->is_routed = TRUE;
}

WbPrintQueue *
wb_bench_get_print_queue (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  return self->prints;
}

void
wb_bench_set_printer (WbBench *self, WbPrinter *printer, guint dpi)
{
  g_return_if_fail (WB_IS_BENCH (self) && WB_IS_PRINTER (printer));

  self->dpi = dpi;
  if (!g_set_object (&self->printer, printer))
    return;
  self->printer_state = WB_PRINTER_UNKNOWN;
  watch_printer_cb (self);
  /* A label that did not come out there may come out here. */
  if (self->printer_trouble)
    wb_bench_retry (self);
}

const char *
wb_bench_get_station (WbBench *self)
{
  return self->station;
}

WbBenchMode
wb_bench_get_mode (WbBench *self)
{
  return self->mode;
}

const WbJobState *
wb_bench_get_state (WbBench *self)
{
  return self->state;
}

const WbJobWork *
wb_bench_get_work (WbBench *self)
{
  return self->work;
}

const WbJobQueue *
wb_bench_get_queue (WbBench *self)
{
  return self->queue;
}

const char *
wb_bench_get_notice (WbBench *self)
{
  return self->notice;
}

const char *
wb_bench_get_detail (WbBench *self)
{
  return self->detail;
}

gboolean
wb_bench_is_asking (WbBench *self)
{
  return self->is_asking;
}

const char *
wb_bench_get_trouble (WbBench *self)
{
  return self->trouble;
}

gboolean
wb_bench_trouble_is_printer (WbBench *self)
{
  return self->printer_trouble;
}

guint
wb_bench_get_n_unsent (WbBench *self)
{
  return self->unsent->len;
}

WbPrinter *
wb_bench_get_printer (WbBench *self)
{
  return self->printer;
}

WbDb *
wb_bench_get_db (WbBench *self)
{
  return self->db;
}

WbPrinterState
wb_bench_get_printer_state (WbBench *self, const char **message)
{
  if (message != NULL)
    *message = self->printer_message;
  return self->printer_state;
}
