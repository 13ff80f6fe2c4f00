/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-print-queue-private.h"
#include "devices/wb-printer-folder.h"
#include "devices/wb-printer-open.h"

/* How often printers of jobs under way are asked how they are, and what waits is tried again. */
#define WATCH_S 3
#define KEPT_JOBS 200

struct _WbPrintQueue
{
  GObject parent_instance;

  /* Owned references */
  GPtrArray *jobs; /* WbPrintJob, the newest first */
  WbPrintRoutes *routes;
  GHashTable *printers; /* "PRINTER LANGUAGE" → WbPrinter */
  WbPrintLedger *ledger;
  WbPrintSpool *spool; /* (nullable) */
  GCancellable *cancellable;
  GSource *watch;
  char *files;
  char *server;

  gint64 last_number;
};

static void wb_print_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrintQueue, wb_print_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_print_queue_list_model_init))

static void watch (WbPrintQueue *self);

/* ── Printers ────────────────────────────────────────────────────────────────────────────────── */

/* One object for a printer, however many documents go there: it knows what it is sending. */
static WbPrinter *
find_printer (WbPrintQueue *self, const WbPrintRoute *route, WbPrintKind kind)
{
  g_autofree char *key = g_strdup_printf ("%s %s", route->printer, wb_print_route_get_language (route, kind));
  WbPrinter *printer = g_hash_table_lookup (self->printers, key);
  g_autoptr (GError) error = NULL;

  if (printer != NULL)
    return printer;
  printer = wb_printer_open (route, kind, self->server, self->ledger, self->files, &error);
  if (printer == NULL)
    {
      g_message ("%s", error->message);
      printer = wb_printer_folder_new (self->files);
    }
  g_hash_table_insert (self->printers, g_steal_pointer (&key), printer);
  return printer;
}

/* ── For who hands a job over ────────────────────────────────────────────────────────────────── */

WbPrinter *
_wb_print_queue_find_printer (WbPrintQueue *self, WbPrintJob *job)
{
  return find_printer (self, job->route, job->kind);
}

GCancellable *
_wb_print_queue_get_cancellable (WbPrintQueue *self)
{
  return self->cancellable;
}

void
_wb_print_queue_set_state (WbPrintQueue *self, WbPrintJob *job, WbPrintJobState state, const char *message)
{
  _wb_print_job_set (job, state, message);
  if (self->spool != NULL)
    _wb_print_spool_keep (self->spool, job);
  watch (self);
}

/* ── Looking after what is under way ─────────────────────────────────────────────────────────── */

/* What the printer says is what is said of every job that it has. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintQueue) self = user_data;
  g_autofree char *message = NULL;
  WbPrinterState state = wb_printer_query_finish (WB_PRINTER (source), result, &message);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbPrintJob *job = g_ptr_array_index (self->jobs, i);

      if (job->printer != WB_PRINTER (source) || job->is_cancelling)
        continue;
      if (job->state == WB_PRINT_JOB_WAITING && state != WB_PRINTER_UNKNOWN && state <= WB_PRINTER_BUSY)
        _wb_print_handover_begin (self, job);
      else if (job->state <= WB_PRINT_JOB_PRINTING && g_strcmp0 (job->message, message) != 0 && state != WB_PRINTER_UNKNOWN)
        _wb_print_job_set (job, job->state, message);
    }
}

static gboolean
watch_cb (gpointer user_data)
{
  WbPrintQueue *self = user_data;
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbPrintJob *job = g_ptr_array_index (self->jobs, i);

      if (self->spool != NULL && _wb_print_spool_is_behind (self->spool, job))
        _wb_print_spool_keep (self->spool, job);
      if (wb_print_job_is_over (job) || job->printer == NULL || !g_hash_table_add (asked, job->printer))
        continue;
      wb_printer_query_async (job->printer, self->cancellable, asked_cb, g_object_ref (self));
    }
  if (g_hash_table_size (asked) > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->watch, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
watch (WbPrintQueue *self)
{
  gboolean wanted = FALSE;

  for (guint i = 0; i < self->jobs->len && !wanted; i++)
    wanted = !wb_print_job_is_over (g_ptr_array_index (self->jobs, i));
  if (!wanted || self->watch != NULL)
    return;
  self->watch = g_timeout_source_new_seconds (WATCH_S);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_set_static_name (self->watch, "[waybill] print queue");
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

/* ── The list ────────────────────────────────────────────────────────────────────────────────── */

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_PRINT_JOB;
}

static guint
get_n_items (GListModel *model)
{
  return WB_PRINT_QUEUE (model)->jobs->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbPrintQueue *self = WB_PRINT_QUEUE (model);

  return position < self->jobs->len ? g_object_ref (g_ptr_array_index (self->jobs, position)) : NULL;
}

static void
wb_print_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
remove_job (WbPrintQueue *self, guint position)
{
  WbPrintJob *job = g_ptr_array_index (self->jobs, position);

  if (self->spool != NULL)
    _wb_print_spool_forget (self->spool, job);
  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
add_job (WbPrintQueue *self, WbPrintJob *job)
{
  guint last = 0;

  g_ptr_array_insert (self->jobs, 0, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  last = self->jobs->len - 1;
  if (self->jobs->len > KEPT_JOBS && wb_print_job_is_over (g_ptr_array_index (self->jobs, last)))
    remove_job (self, last);
}

/* Numbers grow with time, so that files of an earlier run come before. */
static void
number (WbPrintQueue *self, WbPrintJob *job)
{
  job->number = MAX (self->last_number + 1, g_get_real_time ());
  self->last_number = job->number;
}

/* ── What an earlier run left ────────────────────────────────────────────────────────────────── */

static void
take_up (WbPrintQueue *self, WbPrintJob *job)
{
  /* printed again since the program started */
  if (wb_print_queue_find (self, job->document->id) != NULL || job->route == NULL)
    {
      _wb_print_spool_forget (self->spool, job);
      return;
    }
  _wb_print_job_set_printer (job, find_printer (self, job->route, job->kind), job->route);
  add_job (self, job);
  if (job->state == WB_PRINT_JOB_PRINTING && job->handed != NULL)
    _wb_print_handover_wait (self, job);
  else if (job->state <= WB_PRINT_JOB_PRINTING && job->is_patient)
    _wb_print_handover_begin (self, job);
  else if (job->state <= WB_PRINT_JOB_PRINTING)
    _wb_print_queue_set_state (self, job, WB_PRINT_JOB_FAILED, _ ("the program ended before it was printed"));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintQueue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = _wb_print_spool_load_finish (result, &error);

  if (jobs == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("what was to be printed cannot be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < jobs->len && self->spool != NULL; i++)
    take_up (self, g_ptr_array_index (jobs, i));
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_queue_dispose (GObject *object)
{
  WbPrintQueue *self = WB_PRINT_QUEUE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  g_clear_pointer (&self->spool, _wb_print_spool_free);
  G_OBJECT_CLASS (wb_print_queue_parent_class)->dispose (object);
}

static void
wb_print_queue_finalize (GObject *object)
{
  WbPrintQueue *self = WB_PRINT_QUEUE (object);

  g_ptr_array_unref (self->jobs);
  wb_print_routes_free (self->routes);
  g_hash_table_unref (self->printers);
  g_clear_object (&self->ledger);
  g_object_unref (self->cancellable);
  g_free (self->files);
  g_free (self->server);
  G_OBJECT_CLASS (wb_print_queue_parent_class)->finalize (object);
}

static void
wb_print_queue_class_init (WbPrintQueueClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_print_queue_dispose;
  object_class->finalize = wb_print_queue_finalize;
}

static void
wb_print_queue_init (WbPrintQueue *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->routes = wb_print_routes_new ();
  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->cancellable = g_cancellable_new ();
}

static char *
make_files_path (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  return g_build_filename (documents != NULL ? documents : g_get_user_data_dir (), _ ("Waybill labels"), NULL);
}

WbPrintQueue *
wb_print_queue_new (const char *spool, const char *files, const char *server)
{
  WbPrintQueue *self = g_object_new (WB_TYPE_PRINT_QUEUE, NULL);
  g_autofree char *ledger = spool != NULL ? g_build_filename (spool, "ledger", NULL) : NULL;

  self->ledger = wb_print_ledger_new (ledger);
  self->files = files != NULL ? g_strdup (files) : make_files_path ();
  self->server = g_strdup (server);
  if (spool != NULL)
    {
      self->last_number = g_get_real_time ();
      self->spool = _wb_print_spool_new (spool);
      _wb_print_spool_load_async (self->spool, self->last_number + 1, self->cancellable, loaded_cb, g_object_ref (self));
    }
  return self;
}

/* ── Public API ──────────────────────────────────────────────────────────────────────────────── */

void
wb_print_queue_set_route (WbPrintQueue *self, WbPrintKind kind, const WbPrintRoute *route)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE (self));

  wb_print_routes_set (self->routes, kind, route);
}

const WbPrintRoute *
wb_print_queue_get_route (WbPrintQueue *self, WbPrintKind kind)
{
  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self), NULL);

  return wb_print_routes_find (self->routes, kind);
}

WbPrinter *
wb_print_queue_get_printer (WbPrintQueue *self, WbPrintKind kind)
{
  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self), NULL);

  return find_printer (self, wb_print_routes_find (self->routes, kind), kind);
}

WbPrinter *
wb_print_queue_open (WbPrintQueue *self, const WbPrintRoute *route, WbPrintKind kind)
{
  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self) && route != NULL, NULL);

  return find_printer (self, route, kind);
}

WbPrintJob *
wb_print_queue_find (WbPrintQueue *self, const char *id)
{
  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self) && id != NULL, NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbPrintJob *job = g_ptr_array_index (self->jobs, i);

      if (g_str_equal (job->document->id, id))
        return job;
    }
  return NULL;
}

/* A document that there is a job for. What it says now (its bytes) counts as long as it has not been sent. */
static void
print_again (WbPrintQueue *self, WbPrintJob *job, const WbPrintDocument *document, WbPrinter *printer, const WbPrintRoute *route)
{
  gboolean elsewhere = job->printer != printer;
  g_autoptr (GError) doubt = NULL;

  if (job->state == WB_PRINT_JOB_DOUBT && !document->absent)
    {
      doubt = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT, job->message);
      _wb_print_job_answer (job, doubt);
      return;
    }
  if (job->is_cancelling)
    return;
  if (job->state == WB_PRINT_JOB_DONE || (job->state == WB_PRINT_JOB_PRINTING && !elsewhere))
    {
      _wb_print_job_answer (job, NULL);
      return;
    }
  if (job->state == WB_PRINT_JOB_SENDING && !elsewhere)
    return;
  _wb_print_job_renew_document (job, wb_print_document_copy (document), wb_printer_get_language (printer));
  if (job->state == WB_PRINT_JOB_SENDING || job->state == WB_PRINT_JOB_PRINTING)
    {
      job->is_cancelling = TRUE;
      g_set_object (&job->next, printer);
      job->move_to = route != NULL ? wb_print_route_copy (route) : NULL;
      _wb_print_handover_ask_back (self, job);
      return;
    }
  _wb_print_job_set_printer (job, printer, route);
  _wb_print_handover_begin (self, job);
}

static void
print (WbPrintQueue *self, GTask *task, const WbPrintDocument *document, WbPrintKind kind, WbPrinter *printer, const WbPrintRoute *route,
       gboolean is_patient)
{
  g_autoptr (WbPrintJob) job = NULL;
  WbPrintJob *known = wb_print_queue_find (self, document->id);

  if (known != NULL)
    {
      g_ptr_array_add (known->askers, g_object_ref (task));
      print_again (self, known, document, printer, route);
      return;
    }
  job = _wb_print_job_new (document, kind);
  job->is_patient = is_patient;
  number (self, job);
  _wb_print_job_set_printer (job, printer, route);
  _wb_print_job_set_document (job, job->document, wb_printer_get_language (printer));
  g_ptr_array_add (job->askers, g_object_ref (task));
  add_job (self, job);
  _wb_print_handover_begin (self, job);
}

void
wb_print_queue_print_async (WbPrintQueue *self, const WbPrintDocument *document, WbPrintKind kind, WbPrinter *printer,
                            gboolean is_patient, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  const WbPrintRoute *route = NULL;

  g_return_if_fail (WB_IS_PRINT_QUEUE (self) && document != NULL);

  g_task_set_source_tag (task, wb_print_queue_print_async);
  route = wb_print_routes_find (self->routes, kind);
  if (printer == NULL)
    printer = find_printer (self, route, kind);
  else if (printer != find_printer (self, route, kind))
    route = NULL;
  print (self, task, document, kind, printer, route, is_patient);
}

void
wb_print_queue_print_on_async (WbPrintQueue *self, const WbPrintDocument *document, WbPrintKind kind, const WbPrintRoute *route,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (WB_IS_PRINT_QUEUE (self) && document != NULL && route != NULL);

  g_task_set_source_tag (task, wb_print_queue_print_on_async);
  print (self, task, document, kind, find_printer (self, route, kind), route, TRUE);
}

char *
wb_print_queue_print_finish (WbPrintQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_print_queue_retry (WbPrintQueue *self, WbPrintJob *job)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE (self) && WB_IS_PRINT_JOB (job));

  if (wb_print_job_can_retry (job))
    _wb_print_handover_begin (self, job);
}

void
wb_print_queue_cancel (WbPrintQueue *self, WbPrintJob *job)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE (self) && WB_IS_PRINT_JOB (job));

  if (!wb_print_job_can_cancel (job))
    return;
  if (job->state == WB_PRINT_JOB_WAITING || job->state == WB_PRINT_JOB_FAILED)
    {
      _wb_print_handover_go_on (self, job);
      return;
    }
  job->is_cancelling = TRUE;
  _wb_print_handover_ask_back (self, job);
  _wb_print_queue_set_state (self, job, job->state, job->message);
}

gboolean
wb_print_queue_move (WbPrintQueue *self, WbPrintJob *job, const WbPrintRoute *route, GError **error)
{
  g_autoptr (WbPrintDocument) anew = NULL;

  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self) && WB_IS_PRINT_JOB (job) && route != NULL, FALSE);

  if (job->is_cancelling || job->state == WB_PRINT_JOB_DONE || job->state == WB_PRINT_JOB_DOUBT)
    {
      g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("it may have come out already"));
      return FALSE;
    }
  if (!wb_print_job_can_go (job, route, error))
    return FALSE;
  anew = _wb_print_job_write_anew (job, route, error);
  if (anew == NULL)
    return FALSE;
  job->anew = g_steal_pointer (&anew);
  job->move_to = wb_print_route_copy (route);
  g_set_object (&job->next, find_printer (self, route, job->kind));
  if (job->state == WB_PRINT_JOB_CANCELLED)
    _wb_print_handover_go_on (self, job);
  else
    wb_print_queue_cancel (self, job);
  return TRUE;
}

void
wb_print_queue_settle (WbPrintQueue *self, WbPrintJob *job, gboolean came_out)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE (self) && WB_IS_PRINT_JOB (job));

  if (job->state != WB_PRINT_JOB_DOUBT)
    return;
  if (came_out)
    {
      if (job->handed == NULL)
        job->handed = g_strdup (job->document->id);
      _wb_print_queue_set_state (self, job, WB_PRINT_JOB_DONE, "");
      return;
    }
  job->document->absent = TRUE;
  _wb_print_handover_begin (self, job);
}

void
wb_print_queue_clear (WbPrintQueue *self)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE (self));

  for (guint i = self->jobs->len; i > 0; i--)
    {
      WbPrintJob *job = g_ptr_array_index (self->jobs, i - 1);

      if (job->state == WB_PRINT_JOB_DONE || job->state == WB_PRINT_JOB_CANCELLED)
        remove_job (self, i - 1);
    }
}

guint
wb_print_queue_count_troubles (WbPrintQueue *self)
{
  guint n = 0;

  g_return_val_if_fail (WB_IS_PRINT_QUEUE (self), 0);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbPrintJob *job = g_ptr_array_index (self->jobs, i);

      n += job->state == WB_PRINT_JOB_WAITING || job->state == WB_PRINT_JOB_FAILED || job->state == WB_PRINT_JOB_DOUBT;
    }
  return n;
}
