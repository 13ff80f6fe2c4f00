/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <cups/cups.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-printer-cups.h"

/* How long a server may take to accept a connection, and how often a job is looked at. */
#define CONNECT_MS 3000
#define WATCH_MS 300

struct _WbPrinterCups
{
  GObject parent_instance;

  /* Owned references */
  char *queue;
  char *server;
  char *content_type;
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

static http_t *
open_server (const Request *request, GError **error)
{
  http_t *http = NULL;

  /* Both set values of this thread only. */
  cupsSetServer (request->server);
  http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);
  if (http == NULL)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server %s does not answer: %s"),
                 cupsServer (), cupsLastErrorString ());
  return http;
}

static ipp_t *
request_for_queue (ipp_op_t operation, const Request *request)
{
  ipp_t *ipp = ippNewRequest (operation);
  char uri[HTTP_MAX_URI] = "";

  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", ippPort (), "/printers/%s",
                    request->queue);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  return ipp;
}

/* Turns what the server said into one of our errors. Returns TRUE when it was no error. */
static gboolean
check_answer (const Request *request, GError **error)
{
  ipp_status_t status = cupsLastError ();

  if (status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  if (status == IPP_STATUS_ERROR_NOT_FOUND)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("there is no printer “%s”"), request->queue);
  else if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS || status == IPP_STATUS_ERROR_NOT_AUTHORIZED ||
           status == IPP_STATUS_ERROR_FORBIDDEN || status == IPP_STATUS_ERROR_NOT_AUTHENTICATED ||
           status == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("printer “%s” does not take it: %s"),
                 request->queue, cupsLastErrorString ());
  else if (status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server does not answer: %s"),
                 cupsLastErrorString ());
  else
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("printer “%s”: %s"), request->queue,
                 cupsLastErrorString ());
  return FALSE;
}

static char *
make_job_name (const WbPrintDocument *document)
{
  return g_strdup_printf ("%.150s [%.64s]", document->title, document->id);
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
  int found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (which) && found == 0; i++)
    {
      ipp_t *ipp = request_for_queue (IPP_OP_GET_JOBS, request);
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

/* One request carries the job and its bytes, so there is no moment at which half of it exists. */
static int
send_job (http_t *http, const Request *request, const char *name, GError **error)
{
  ipp_t *ipp = request_for_queue (IPP_OP_PRINT_JOB, request);
  ipp_t *answer = NULL;
  char resource[HTTP_MAX_URI] = "";
  http_status_t status = HTTP_STATUS_ERROR;
  gsize size = 0;
  const char *data = g_bytes_get_data (request->document->data, &size);
  int job = 0;

  g_snprintf (resource, sizeof resource, "/printers/%s", request->queue);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, request->document->content_type);
  status = cupsSendRequest (http, ipp, resource, ippLength (ipp) + size);
  if (status == HTTP_STATUS_CONTINUE)
    status = cupsWriteRequestData (http, data, size);
  answer = cupsGetResponse (http, resource);
  ippDelete (ipp);
  if (status != HTTP_STATUS_CONTINUE && answer == NULL)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server broke off: %s"),
                 cupsLastErrorString ());
  else if (check_answer (request, error))
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
  http_t *http = open_server (request, &error);
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

/* What a queue's reasons mean for a person: the worst of them. */
static const struct
{
  const char *reason;
  WbDeviceError code;
  const char *words;
} reasons[] = {
  { "media-empty", WB_DEVICE_ERROR_ATTENTION, N_ ("is out of paper") },
  { "media-needed", WB_DEVICE_ERROR_ATTENTION, N_ ("is out of paper") },
  { "media-jam", WB_DEVICE_ERROR_ATTENTION, N_ ("has a paper jam") },
  { "cover-open", WB_DEVICE_ERROR_ATTENTION, N_ ("has an open cover") },
  { "door-open", WB_DEVICE_ERROR_ATTENTION, N_ ("has an open cover") },
  { "marker-supply-empty", WB_DEVICE_ERROR_ATTENTION, N_ ("has no ribbon or ink left") },
  { "toner-empty", WB_DEVICE_ERROR_ATTENTION, N_ ("has no ribbon or ink left") },
  { "offline", WB_DEVICE_ERROR_OFFLINE, N_ ("is offline") },
  { "timed-out", WB_DEVICE_ERROR_OFFLINE, N_ ("does not answer") },
  { "connecting-to-device", WB_DEVICE_ERROR_OFFLINE, N_ ("does not answer") },
  { "shutdown", WB_DEVICE_ERROR_OFFLINE, N_ ("is switched off") },
  { "paused", WB_DEVICE_ERROR_REFUSED, N_ ("is paused") },
  { "moving-to-paused", WB_DEVICE_ERROR_REFUSED, N_ ("is paused") },
};

static gboolean
has_reason (ipp_attribute_t *attribute, const char *reason)
{
  for (int i = 0; i < ippGetCount (attribute); i++)
    {
      const char *given = ippGetString (attribute, i, NULL);

      /* "-report", "-warning" and "-error" may follow; a report is no trouble. */
      if (given != NULL && g_str_has_prefix (given, reason) && !g_str_has_suffix (given, "-report"))
        return TRUE;
    }
  return FALSE;
}

static void
return_state (GTask *task, const Request *request, ipp_t *answer)
{
  ipp_attribute_t *given = ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD);
  ipp_attribute_t *accepting = ippFindAttribute (answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  int state = ippGetInteger (ippFindAttribute (answer, "printer-state", IPP_TAG_ENUM), 0);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (has_reason (given, reasons[i].reason))
      {
        g_task_return_new_error (task, WB_DEVICE_ERROR, (int) reasons[i].code, "%s %s", request->queue,
                                 _ (reasons[i].words));
        return;
      }
  if (state == IPP_PSTATE_STOPPED || (accepting != NULL && !ippGetBoolean (accepting, 0)))
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "%s %s", request->queue, _ ("is paused"));
  else
    g_task_return_int (task, state == IPP_PSTATE_PROCESSING ? WB_PRINTER_BUSY : WB_PRINTER_READY);
}

static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const wanted[] = { "printer-state", "printer-state-reasons", "printer-is-accepting-jobs" };
  const Request *request = task_data;
  g_autoptr (GError) error = NULL;
  http_t *http = open_server (request, &error);
  ipp_t *ipp = NULL;
  ipp_t *answer = NULL;

  if (http == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ipp = request_for_queue (IPP_OP_GET_PRINTER_ATTRIBUTES, request);
  ippAddStrings (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  answer = cupsDoRequest (http, ipp, "/");
  if (check_answer (request, &error))
    return_state (task, request, answer);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  ippDelete (answer);
  httpClose (http);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  http_t *http = open_server (request, &error);
  ipp_t *answer = NULL;

  if (http == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  answer = cupsDoRequest (http, ippNewRequest (IPP_OP_CUPS_GET_PRINTERS), "/");
  for (ipp_attribute_t *attribute = ippFindAttribute (answer, "printer-name", IPP_TAG_NAME); attribute != NULL;
       attribute = ippFindNextAttribute (answer, "printer-name", IPP_TAG_NAME))
    g_ptr_array_add (names, g_strdup (ippGetString (attribute, 0, NULL)));
  /* A server without a queue says "not found", which is an answer. */
  if (names->len == 0 && cupsLastError () != IPP_STATUS_ERROR_NOT_FOUND && !check_answer (request, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      g_ptr_array_sort (names, compare_names);
      g_ptr_array_add (names, NULL);
      g_task_return_pointer (task, g_ptr_array_free (g_steal_pointer (&names), FALSE), (GDestroyNotify) g_strfreev);
    }
  ippDelete (answer);
  httpClose (http);
}

/* The task's answer is the job's state; the error says why it did not come out. */
static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GError) error = NULL;
  http_t *http = open_server (request, &error);
  ipp_t *ipp = NULL;
  ipp_t *answer = NULL;

  if (http == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ipp = request_for_queue (IPP_OP_GET_JOB_ATTRIBUTES, request);
  ippAddInteger (ipp, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", request->job);
  answer = cupsDoRequest (http, ipp, "/");
  if (check_answer (request, &error))
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
query_async (WbPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, query_async);
  g_task_set_task_data (task, request_new (self), request_free);
  g_task_run_in_thread (task, query_thread);
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

static void
wait_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);
  const char *dash = strrchr (job, '-');
  gint64 number = 0;

  g_task_set_source_tag (task, wait_async);
  if (dash == NULL || !g_ascii_string_to_signed (dash + 1, 10, 1, G_MAXINT, &number, NULL))
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("“%s” is not a print job"), job);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER ((int) number), NULL);
  look_again (task);
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
}

static void
wb_printer_cups_finalize (GObject *object)
{
  WbPrinterCups *self = WB_PRINTER_CUPS (object);

  g_free (self->queue);
  g_free (self->server);
  g_free (self->content_type);
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
  WbPrinterCups *self = NULL;

  g_return_val_if_fail (queue != NULL, NULL);

  self = g_object_new (WB_TYPE_PRINTER_CUPS, NULL);
  self->queue = g_strdup (queue);
  self->server = g_strdup (server);
  self->content_type = g_strdup (content_type != NULL ? content_type : WB_PRINTER_ZPL);
  return WB_PRINTER (self);
}
