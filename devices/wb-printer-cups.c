/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-cups-private.h"
#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-probe.h"

/* How often a job is looked at; how long a printer that was there is taken to be there still, and how long it may take to answer. */
#define WATCH_MS 300
#define PROBE_KEPT_US (8 * G_USEC_PER_SEC)
#define PROBE_MS 1500

/* Bytes of a job's name: together no more than the 255 of IPP. */
#define MAX_TITLE 150
#define MAX_ID 64

struct _WbPrinterCups
{
  GObject parent_instance;

  /* Owned references */
  char *queue;
  char *server;
  char *content_type;
  char *language;

  gint64 seen_us; /* when the printer behind the queue was last seen to be there */
};

static void wb_printer_cups_iface_init (WbPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrinterCups, wb_printer_cups, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_PRINTER, wb_printer_cups_iface_init))

/* All that a thread gets to see. */
typedef struct
{
  char *queue;
  char *server;
  WbPrintDocument *document;
  int job;
  gboolean look; /* at the printer itself too */
} Request;

static Request *
request_new (WbPrinterCups *self)
{
  Request *request = g_new0 (Request, 1);

  request->queue = g_strdup (self->queue);
  request->server = g_strdup (self->server);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->queue);
  g_free (request->server);
  wb_print_document_free (request->document);
  g_free (request);
}

/* ── In the thread ───────────────────────────────────────────────────────────────────────────── */

/* A server gives a job whose name it does not take another one, by which it would not be found again. */
static char *
make_job_name (const WbPrintDocument *document)
{
  g_autofree char *title = wb_clean_line (document->title, -1, MAX_TITLE);
  g_autofree char *id = wb_clean_line (document->id, -1, MAX_ID);

  return g_strdup_printf ("%s [%s]", title, id);
}

/* Walks over the groups of an answer about jobs; calls for each job with what it has. */
static int
find_in_answer (ipp_t *answer, const char *name)
{
  int job = 0;
  int state = 0;
  int found = 0;
  gboolean named = FALSE;

  for (ipp_attribute_t *attribute = ippFirstAttribute (answer); attribute != NULL;
       attribute = ippNextAttribute (answer))
    {
      const char *what = ippGetName (attribute);

      if (what == NULL || ippGetGroupTag (attribute) != IPP_TAG_JOB)
        {
          job = 0;
          state = 0;
          named = FALSE;
        }
      else if (g_str_equal (what, "job-id"))
        job = ippGetInteger (attribute, 0);
      else if (g_str_equal (what, "job-state"))
        state = ippGetInteger (attribute, 0);
      else if (g_str_equal (what, "job-name"))
        named = g_strcmp0 (ippGetString (attribute, 0, NULL), name) == 0;
      /* What was cancelled or given up never came out: it does not count as printed. */
      if (named && job > 0 && state > 0 && state != IPP_JSTATE_CANCELED && state != IPP_JSTATE_ABORTED)
        found = MAX (found, job);
    }
  return found;
}

static int
find_job (http_t *http, const Request *request, const char *name)
{
  static const char *const wanted[] = { "job-id", "job-name", "job-state" };
  static const char *const which[] = { "not-completed", "completed" };
  /* One that is said not to have come out is still not printed beside itself. */
  guint n_which = request->document->absent ? 1 : G_N_ELEMENTS (which);
  int found = 0;

  for (guint i = 0; i < n_which && found == 0; i++)
    {
      ipp_t *ipp = _wb_cups_request (IPP_OP_GET_JOBS, request->queue);
      ipp_t *answer = NULL;

      ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which[i]);
      ippAddStrings (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                     wanted);
      answer = cupsDoRequest (http, ipp, "/");
      found = find_in_answer (answer, name);
      ippDelete (answer);
    }
  return found;
}

/* What it is printed on, for queues with a driver: bytes that go as they are know themselves. */
static void
add_medium (ipp_t *ipp, const WbPrintDocument *document)
{
  ipp_t *medium = NULL;

  if (!g_str_equal (document->content_type, WB_PRINTER_PDF) || (document->width_um == 0 && document->tray == NULL))
    return;
  medium = ippNew ();
  if (document->width_um > 0)
    {
      ipp_t *size = ippNew ();

      ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", (int) ((document->width_um + 5) / 10));
      ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", (int) ((document->height_um + 5) / 10));
      ippAddCollection (medium, IPP_TAG_ZERO, "media-size", size);
      ippDelete (size);
    }
  if (document->tray != NULL)
    ippAddString (medium, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, document->tray);
  ippAddCollection (ipp, IPP_TAG_JOB, "media-col", medium);
  ippDelete (medium);
}

/* One request carries the job and its bytes, so there is no moment at which half of it exists. */
static int
send_job (http_t *http, const Request *request, const char *name, GError **error)
{
  ipp_t *ipp = _wb_cups_request (IPP_OP_PRINT_JOB, request->queue);
  ipp_t *answer = NULL;
  char resource[HTTP_MAX_URI] = "";
  http_status_t status = HTTP_STATUS_ERROR;
  gsize size = 0;
  const char *data = g_bytes_get_data (request->document->data, &size);
  int job = 0;

  g_snprintf (resource, sizeof resource, "/printers/%s", request->queue);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, request->document->content_type);
  add_medium (ipp, request->document);
  status = cupsSendRequest (http, ipp, resource, ippLength (ipp) + size);
  if (status == HTTP_STATUS_CONTINUE)
    status = cupsWriteRequestData (http, data, size);
  answer = cupsGetResponse (http, resource);
  ippDelete (ipp);
  if (status != HTTP_STATUS_CONTINUE && answer == NULL)
    {
      g_autofree char *words = _wb_cups_dup_words ();

      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server broke off: %s"), words);
    }
  else if (_wb_cups_check (request->queue, error))
    job = ippGetInteger (ippFindAttribute (answer, "job-id", IPP_TAG_INTEGER), 0);
  ippDelete (answer);
  return job;
}

static void
print_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autofree char *name = make_job_name (request->document);
  g_autoptr (GError) error = NULL;
  http_t *http = _wb_cups_connect (request->server, &error);
  int job = 0;

  if (http != NULL)
    {
      job = find_job (http, request, name);
      if (job == 0)
        job = send_job (http, request, name, &error);
      httpClose (http);
    }
  if (job > 0)
    g_task_return_pointer (task, g_strdup_printf ("%s-%d", request->queue, job), g_free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("printer “%s” gave no job number"),
                             request->queue);
}

/* The task's answer is what the server tells. A printer that speaks IPP is asked itself, when the server knows nothing bad of it:
 * the server hears of it only when it prints. */
static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = NULL;
  http_t *http = _wb_cups_connect (request->server, &error);

  if (http != NULL)
    {
      infos = _wb_cups_read_printers (http, request->queue, FALSE, &error);
      httpClose (http);
    }
  if (infos == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (infos->len == 0)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("there is no printer “%s”"), request->queue);
  else
    {
      WbPrinterInfo *info = g_ptr_array_steal_index (infos, 0);

      if (info->state == WB_PRINTER_READY && info->uri != NULL && request->look)
        _wb_cups_ask_printer (info->uri, &info->state, &info->words);
      g_task_return_pointer (task, info, (GDestroyNotify) wb_printer_info_free);
    }
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GError) error = NULL;
  http_t *http = _wb_cups_connect (request->server, &error);

  if (http != NULL)
    {
      infos = _wb_cups_read_printers (http, NULL, FALSE, &error);
      httpClose (http);
    }
  if (infos == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < infos->len; i++)
    g_strv_builder_add (names, ((WbPrinterInfo *) g_ptr_array_index (infos, i))->queue);
  g_task_return_pointer (task, g_strv_builder_end (names), (GDestroyNotify) g_strfreev);
}

/* The task's answer is the job's state; the error says why it did not come out. */
static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GError) error = NULL;
  http_t *http = _wb_cups_connect (request->server, &error);
  ipp_t *ipp = NULL;
  ipp_t *answer = NULL;

  if (http == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ipp = _wb_cups_request (IPP_OP_GET_JOB_ATTRIBUTES, request->queue);
  ippAddInteger (ipp, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", request->job);
  answer = cupsDoRequest (http, ipp, "/");
  if (_wb_cups_check (request->queue, &error))
    g_task_return_int (task, ippGetInteger (ippFindAttribute (answer, "job-state", IPP_TAG_ENUM), 0));
  else
    g_task_return_error (task, g_steal_pointer (&error));
  ippDelete (answer);
  httpClose (http);
}

/* ── On the main thread ──────────────────────────────────────────────────────────────────────── */

static void
print_async (WbPrinter *printer, const WbPrintDocument *document, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self);

  g_task_set_source_tag (task, print_async);
  request->document = wb_print_document_copy (document);
  g_task_set_task_data (task, request, request_free);
  /* Not returned early on cancel: whether the job exists must be known. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, print_thread);
}

static void
return_state (GTask *task, WbPrinterState state, const char *words)
{
  static const WbDeviceError codes[] = { [WB_PRINTER_PAUSED] = WB_DEVICE_ERROR_REFUSED,
                                         [WB_PRINTER_ATTENTION] = WB_DEVICE_ERROR_ATTENTION,
                                         [WB_PRINTER_OFFLINE] = WB_DEVICE_ERROR_OFFLINE };
  WbPrinterCups *self = g_task_get_source_object (task);

  if (state <= WB_PRINTER_BUSY)
    {
      self->seen_us = g_get_monotonic_time ();
      g_task_return_int (task, state);
    }
  else
    {
      self->seen_us = 0;
      g_task_return_new_error (task, WB_DEVICE_ERROR, (int) codes[state], "%s %s", self->queue, _ (words));
    }
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbPrinterProbe probe = { 0 };
  GError *error = NULL;

  if (wb_printer_probe_finish (result, &probe, &error))
    return_state (task, probe.state, probe.words);
  else
    g_task_return_error (task, error);
}

/* The server hears only while it prints that a printer is not there any more, so with nothing to do that is tried here. */
static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbPrinterCups *self = WB_PRINTER_CUPS (source);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WbPrinterInfo) info = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *host = NULL;
  guint16 port = 0;

  if (info == NULL)
    g_task_return_error (task, error);
  else if (info->state == WB_PRINTER_READY && request->look && wb_printer_info_get_socket (info, &host, &port))
    wb_printer_probe_async (host, port, g_str_equal (self->content_type, WB_PRINTER_RAW) ? self->language : NULL, PROBE_MS,
                            g_task_get_cancellable (task), probed_cb, g_object_ref (task));
  else if (info->state == WB_PRINTER_READY && !request->look)
    g_task_return_int (task, WB_PRINTER_READY);
  else
    return_state (task, info->state, info->words);
}

static void
query_async (WbPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) work = g_task_new (self, cancellable, queried_cb, g_object_ref (task));
  Request *request = request_new (self);

  g_task_set_source_tag (task, query_async);
  request->look = self->seen_us == 0 || g_get_monotonic_time () - self->seen_us > PROBE_KEPT_US;
  g_task_set_task_data (task, request, request_free);
  request = request_new (self);
  request->look = ((Request *) g_task_get_task_data (task))->look;
  g_task_set_task_data (work, request, request_free);
  g_task_run_in_thread (work, query_thread);
}

static void look_again (GTask *task);

static gboolean
look_again_cb (gpointer user_data)
{
  look_again (user_data);
  return G_SOURCE_REMOVE;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize state = g_task_propagate_int (G_TASK (result), &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL && !g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (error == NULL && state == IPP_JSTATE_COMPLETED)
    g_task_return_boolean (task, TRUE);
  else if (error == NULL && state == IPP_JSTATE_CANCELED)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED, _ ("the print job was cancelled"));
  else if (error == NULL && state == IPP_JSTATE_ABORTED)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("the printer gave the job up"));
  else
    {
      g_autoptr (GSource) timer = g_timeout_source_new (WATCH_MS);

      g_task_attach_source (task, timer, look_again_cb);
    }
}

static void
look_again (GTask *task)
{
  WbPrinterCups *self = g_task_get_source_object (task);
  g_autoptr (GTask) look = g_task_new (self, NULL, looked_cb, g_object_ref (task));
  Request *request = request_new (self);

  request->job = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_task_set_task_data (look, request, request_free);
  g_task_run_in_thread (look, look_thread);
}

/* "Zebra-42" → 42; 0 when it is no job. */
static int
get_job_number (const char *job)
{
  const char *dash = strrchr (job, '-');
  gint64 number = 0;

  return dash != NULL && g_ascii_string_to_signed (dash + 1, 10, 1, G_MAXINT, &number, NULL) ? (int) number : 0;
}

static void
wait_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);
  int number = get_job_number (job);

  g_task_set_source_tag (task, wait_async);
  if (number == 0)
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("“%s” is not a print job"), job);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (number), NULL);
  look_again (task);
}

/* Reads the state of a job, and whether the server still tries to reach the printer for it. */
static int
read_job (http_t *http, const Request *request, gboolean *is_untouched, GError **error)
{
  static const char *const wanted[] = { "job-state", "job-printer-state-reasons", "job-printer-state-message" };
  ipp_t *ipp = _wb_cups_request (IPP_OP_GET_JOB_ATTRIBUTES, request->queue);
  ipp_t *answer = NULL;
  g_autoptr (GPtrArray) infos = NULL;
  int state = 0;

  ippAddInteger (ipp, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", request->job);
  ippAddStrings (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  answer = cupsDoRequest (http, ipp, "/");
  if (_wb_cups_check (request->queue, error))
    state = ippGetInteger (ippFindAttribute (answer, "job-state", IPP_TAG_ENUM), 0);
  ippDelete (answer);
  if (state == 0)
    return 0;
  *is_untouched = state != IPP_JSTATE_PROCESSING;
  if (!*is_untouched)
    {
      infos = _wb_cups_read_printers (http, request->queue, FALSE, NULL);
      *is_untouched = infos != NULL && infos->len > 0 && ((WbPrinterInfo *) g_ptr_array_index (infos, 0))->state == WB_PRINTER_OFFLINE;
    }
  return state;
}

static void
cancel_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GError) error = NULL;
  http_t *http = _wb_cups_connect (request->server, &error);
  gboolean is_untouched = FALSE;
  int state = http != NULL ? read_job (http, request, &is_untouched, &error) : 0;

  if (state > 0 && state < IPP_JSTATE_CANCELED)
    {
      ipp_t *ipp = _wb_cups_request (IPP_OP_CANCEL_JOB, request->queue);

      ippAddInteger (ipp, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", request->job);
      ippDelete (cupsDoRequest (http, ipp, "/jobs/"));
      if (cupsLastError () == IPP_STATUS_ERROR_NOT_POSSIBLE)
        state = IPP_JSTATE_COMPLETED;
      else
        _wb_cups_check (request->queue, &error);
    }
  if (http != NULL)
    httpClose (http);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (state == IPP_JSTATE_COMPLETED)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("it has come out already"));
  else if (state < IPP_JSTATE_CANCELED && !is_untouched)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT,
                             _ ("%s was printing it when it was cancelled: look whether it came out"), request->queue);
  else
    g_task_return_boolean (task, TRUE);
}

static void
cancel_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = NULL;
  int number = get_job_number (job);

  g_task_set_source_tag (task, cancel_async);
  if (number == 0)
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("“%s” is not a print job"), job);
      return;
    }
  request = request_new (self);
  request->job = number;
  g_task_set_task_data (task, request, request_free);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, cancel_thread);
}

static const char *
get_language (WbPrinter *printer)
{
  return WB_PRINTER_CUPS (printer)->language;
}

static const char *
get_name (WbPrinter *printer)
{
  return WB_PRINTER_CUPS (printer)->queue;
}

static const char *
get_content_type (WbPrinter *printer)
{
  return WB_PRINTER_CUPS (printer)->content_type;
}

static void
wb_printer_cups_iface_init (WbPrinterInterface *iface)
{
  iface->get_name = get_name;
  iface->get_content_type = get_content_type;
  iface->print_async = print_async;
  iface->query_async = query_async;
  iface->wait_async = wait_async;
  iface->cancel_async = cancel_async;
  iface->get_language = get_language;
  iface->keeps_documents = TRUE;
}

static void
wb_printer_cups_finalize (GObject *object)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (object);

  g_free (self->queue);
  g_free (self->server);
  g_free (self->content_type);
  g_free (self->language);
  G_OBJECT_CLASS (wb_printer_cups_parent_class)->finalize (object);
}

static void
wb_printer_cups_class_init (WbPrinterCupsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_printer_cups_finalize;
}

static void
wb_printer_cups_init (WbPrinterCups *self)
{
}

void
wb_printer_cups_list_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, wb_printer_cups_list_async);
  request->server = g_strdup (server);
  request->queue = g_strdup ("");
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, list_thread);
}

char **
wb_printer_cups_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

WbPrinter *
wb_printer_cups_new (const char *queue, const char *server, const char *content_type)
{
  return wb_printer_cups_new_for_language (queue, server, g_strcmp0 (content_type, WB_PRINTER_PDF) == 0 ? "pdf" : "zpl");
}

WbPrinter *
wb_printer_cups_new_for_language (const char *queue, const char *server, const char *language)
{
  WbPrinterCups *self = NULL;

  g_return_val_if_fail (queue != NULL && language != NULL, NULL);

  self = g_object_new (WB_TYPE_PRINTER_CUPS, NULL);
  self->queue = g_strdup (queue);
  self->server = g_strdup (server);
  self->language = g_strdup (language);
  self->content_type = g_strdup (g_str_equal (language, "pdf") ? WB_PRINTER_PDF : WB_PRINTER_RAW);
  return WB_PRINTER (self);
}
