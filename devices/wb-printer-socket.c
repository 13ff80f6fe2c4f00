/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "devices/wb-printer-probe.h"
#include "devices/wb-printer-socket.h"
#include "devices/wb-printer-status.h"

#define CONNECT_MS 4000
#define SETTLE_MS 1500
#define STALL_MS (5 * 60 * 1000)
#define PROBE_MS 1500
#define CHECK_MS 10

/* One that did not say how it is cannot, or was too busy to: it is asked again after so long. */
#define SILENT_MS 20000

/* A printer that has taken nothing for so long wants something from somebody. */
#define STALLED_US (3 * G_USEC_PER_SEC)

typedef struct _Job Job;

struct _WbPrinterSocket
{
  GObject parent_instance;

  /* Owned references */
  char *host;
  char *name;
  char *language;
  WbPrintLedger *ledger;
  GQueue waiting; /* Job */
  Job *active;
  GPtrArray *askers; /* GTask, wait for the same probe */
  GCancellable *asking;

  guint16 port;
  guint connect_ms;
  guint settle_ms;
  guint stall_ms;
  guint silent_ms;
  gboolean broke_off;    /* the printer may have the beginning of a document */
  gboolean has_answered; /* it can say how it is … */
  gint64 silent_us;      /* … or could not at this time; 0: nobody knows */
  gboolean asks_how;     /* what is asked now is more than whether it is there */
};

static void wb_printer_socket_iface_init (WbPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrinterSocket, wb_printer_socket, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_PRINTER, wb_printer_socket_iface_init))

/* One document on its way. At any time one asynchronous call is under way for it, whose callback decides what comes next; timers
 * and people only stop that call. */
struct _Job
{
  /* Owned references */
  GTask *task; /* keeps the printer */
  WbPrintDocument *document;
  GSocketConnection *connection;
  GCancellable *stop;
  GPtrArray *cancellers; /* GTask, want it back */
  GBytes *bytes;         /* what is sent: the document, perhaps with something before it */
  GSource *timer;

  gsize n_before;
  gsize n_sent;
  gint64 moved_us;
  gboolean has_begun;
  guint8 scrap[256];
};

static void start_next (WbPrinterSocket *self);

static WbPrinterSocket *
get_printer (Job *job)
{
  return g_task_get_source_object (job->task);
}

static void
clear_timer (Job *job)
{
  if (job->timer != NULL)
    g_source_destroy (job->timer);
  g_clear_pointer (&job->timer, g_source_unref);
}

static gboolean
too_late_cb (gpointer user_data)
{
  Job *job = user_data;

  g_cancellable_cancel (job->stop);
  return G_SOURCE_REMOVE;
}

static void
set_timer (Job *job, guint ms)
{
  clear_timer (job);
  job->timer = g_timeout_source_new (ms);
  g_source_set_callback (job->timer, too_late_cb, job, NULL);
  g_source_set_static_name (job->timer, "[waybill] socket printer");
  g_source_attach (job->timer, g_main_context_get_thread_default ());
}

static void
job_free (Job *job)
{
  clear_timer (job);
  g_clear_object (&job->connection);
  g_clear_object (&job->stop);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_ptr_array_unref (job->cancellers);
  wb_print_document_free (job->document);
  g_object_unref (job->task);
  g_free (job);
}

static char *
make_job_name (WbPrinterSocket *self, const WbPrintDocument *document)
{
  return g_strdup_printf ("%s#%s", self->name, document->id);
}

/* ── How it ends ─────────────────────────────────────────────────────────────────────────────── */

/* Whoever wants the document back is told: it does not come out, or it did, or nobody knows. */
static void
answer_cancellers (Job *job, const GError *error)
{
  for (guint i = 0; i < job->cancellers->len; i++)
    {
      GTask *task = g_ptr_array_index (job->cancellers, i);

      if (error == NULL)
        g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("it has come out already"));
      else if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT))
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Takes the error. The next document is begun before anybody hears of this one. */
static void
end_job (Job *job, GError *error)
{
  g_autoptr (WbPrinterSocket) self = g_object_ref (get_printer (job));
  g_autofree char *name = make_job_name (self, job->document);

  clear_timer (job);
  g_clear_object (&job->connection);
  self->active = NULL;
  start_next (self);
  answer_cancellers (job, error);
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, g_steal_pointer (&name), g_free);
  job_free (job);
}

static void
end_with (Job *job, WbDeviceError code, const char *words)
{
  end_job (job, g_error_new (WB_DEVICE_ERROR, (int) code, "%s %s", get_printer (job)->name, words));
}

static void
end_sent (Job *job)
{
  WbPrinterSocket *self = get_printer (job);

  self->broke_off = FALSE;
  wb_print_ledger_end (self->ledger, job->document->id, WB_PRINT_LEDGER_SENT);
  end_job (job, NULL);
}

/* It broke off. What the kernel took is the most that the printer can have. */
static void
end_broken (Job *job, const GError *why)
{
  WbPrinterSocket *self = get_printer (job);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (job->document->data, &size);
  gsize n_sent = job->n_sent > job->n_before ? job->n_sent - job->n_before : 0;
  gboolean asked_for = job->cancellers->len > 0;

  g_debug ("%s took %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes: %s", self->name, n_sent, size, why->message);
  self->broke_off = TRUE;
  if (n_sent > wb_print_language_count_harmless (self->language, data, size))
    end_with (job, WB_DEVICE_ERROR_DOUBT, _ ("broke off at the end: look whether it came out"));
  else
    {
      wb_print_ledger_end (self->ledger, job->document->id, WB_PRINT_LEDGER_NEW);
      end_with (job, asked_for ? WB_DEVICE_ERROR_CANCELLED : WB_DEVICE_ERROR_OFFLINE,
                asked_for ? _ ("prints it no more") : _ ("broke off: nothing came out"));
    }
}

/* ── Sending ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
has_everything (Job *job)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (job->connection));
  int left = 0;

  return ioctl (fd, SIOCOUTQ, &left) == 0 && left == 0;
}

/* Whether the connection broke: an end that comes after that is none. */
static gboolean
is_broken (Job *job)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (job->connection));
  int error = 0;
  socklen_t length = sizeof error;

  return getsockopt (fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0;
}

static void
end_unfinished (Job *job)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "it ended the connection before it had everything");

  end_broken (job, error);
}

static gboolean
check_end_cb (gpointer user_data)
{
  Job *job = user_data;

  if (is_broken (job))
    end_unfinished (job);
  else if (has_everything (job))
    end_sent (job);
  else if (g_get_monotonic_time () - job->moved_us > (gint64) get_printer (job)->settle_ms * 1000)
    end_unfinished (job);
  else
    return G_SOURCE_CONTINUE;
  return G_SOURCE_REMOVE;
}

/* It ended the connection. That is well when it had everything before; bytes on their way get a moment. */
static void
check_end (Job *job)
{
  clear_timer (job);
  if (!check_end_cb (job))
    return;
  job->timer = g_timeout_source_new (CHECK_MS);
  g_source_set_callback (job->timer, check_end_cb, job, NULL);
  g_source_set_static_name (job->timer, "[waybill] socket printer");
  g_source_attach (job->timer, g_main_context_get_thread_default ());
}

static void wait_for_end (Job *job);

/* The printer ends the connection when it has read all of it; some never do, and then it counts that the bytes are there. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n == 0)
    check_end (job);
  else if (n > 0)
    wait_for_end (job);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || job->cancellers->len > 0)
    end_broken (job, error);
  else if (has_everything (job))
    end_sent (job);
  else if (g_get_monotonic_time () - job->moved_us > (gint64) get_printer (job)->stall_ms * 1000)
    end_broken (job, error);
  else
    {
      g_cancellable_reset (job->stop);
      set_timer (job, get_printer (job)->settle_ms);
      wait_for_end (job);
    }
}

static void
wait_for_end (Job *job)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (job->connection)), job->scrap, sizeof job->scrap,
                             G_PRIORITY_DEFAULT, job->stop, ended_cb, job);
}

static void send_more (Job *job);

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, &error);

  if (n < 0)
    {
      end_broken (job, error);
      return;
    }
  job->n_sent += (gsize) n;
  job->moved_us = g_get_monotonic_time ();
  send_more (job);
}

static void
send_more (Job *job)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (job->bytes, &size);

  if (job->n_sent < size)
    {
      set_timer (job, get_printer (job)->stall_ms);
      g_output_stream_write_async (g_io_stream_get_output_stream (G_IO_STREAM (job->connection)), data + job->n_sent,
                                   size - job->n_sent, G_PRIORITY_DEFAULT, job->stop, sent_cb, job);
      return;
    }
  if (!g_socket_shutdown (g_socket_connection_get_socket (job->connection), FALSE, TRUE, NULL))
    {
      end_unfinished (job);
      return;
    }
  set_timer (job, get_printer (job)->settle_ms);
  wait_for_end (job);
}

static void
make_bytes (Job *job)
{
  WbPrinterSocket *self = get_printer (job);
  const char *before = self->broke_off || job->document->absent ? wb_print_language_get_cancel (self->language) : "";
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (job->document->data, &size);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  job->n_before = strlen (before);
  g_byte_array_append (all, (const guint8 *) before, (guint) job->n_before);
  g_byte_array_append (all, data, (guint) size);
  job->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  WbPrintLedgerEntry entry = WB_PRINT_LEDGER_DOUBT;
  GError *error = NULL;

  if (!wb_print_ledger_begin_finish (WB_PRINT_LEDGER (source), result, &entry, &error))
    end_job (job, error);
  else if (entry == WB_PRINT_LEDGER_SENT)
    end_job (job, NULL);
  else if (entry == WB_PRINT_LEDGER_DOUBT)
    end_with (job, WB_DEVICE_ERROR_DOUBT, _ ("may have printed it before: look whether it came out"));
  else
    {
      job->has_begun = TRUE;
      job->moved_us = g_get_monotonic_time ();
      make_bytes (job);
      send_more (job);
    }
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  WbPrinterSocket *self = get_printer (job);
  g_autoptr (GError) error = NULL;
  GSocket *socket = NULL;

  clear_timer (job);
  job->connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  if (job->connection == NULL || job->cancellers->len > 0)
    {
      if (job->cancellers->len > 0)
        end_with (job, WB_DEVICE_ERROR_CANCELLED, _ ("prints it no more"));
      else
        end_with (job, WB_DEVICE_ERROR_OFFLINE, _ ("is offline: see whether it is switched on and connected"));
      return;
    }
  socket = g_socket_connection_get_socket (job->connection);
  g_socket_set_keepalive (socket, TRUE);
  wb_print_ledger_begin_async (self->ledger, job->document->id, job->document->absent, begun_cb, job);
}

static void
start_next (WbPrinterSocket *self)
{
  g_autoptr (GSocketClient) client = NULL;

  if (self->active != NULL || g_queue_is_empty (&self->waiting))
    return;
  self->active = g_queue_pop_head (&self->waiting);
  self->active->moved_us = g_get_monotonic_time ();
  /* Printers talk to one at a time: who only asks how it is makes room. */
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  set_timer (self->active, self->connect_ms);
  g_socket_client_connect_to_host_async (client, self->host, self->port, self->active->stop, connected_cb, self->active);
}

static void
print_async (WbPrinter *printer, const WbPrintDocument *document, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  WbPrinterSocket *self = WB_PRINTER_SOCKET (printer);
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, print_async);
  /* Not returned early on cancel: whether it was sent must be known. */
  g_task_set_check_cancellable (job->task, FALSE);
  job->document = wb_print_document_copy (document);
  job->stop = g_cancellable_new ();
  job->cancellers = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_push_tail (&self->waiting, job);
  start_next (self);
}

/* ── How it is ───────────────────────────────────────────────────────────────────────────────── */

static void
return_state (GTask *task, WbPrinterSocket *self, WbPrinterState state, const char *words)
{
  static const WbDeviceError codes[] = { [WB_PRINTER_PAUSED] = WB_DEVICE_ERROR_REFUSED,
                                         [WB_PRINTER_ATTENTION] = WB_DEVICE_ERROR_ATTENTION,
                                         [WB_PRINTER_OFFLINE] = WB_DEVICE_ERROR_OFFLINE };

  if (state <= WB_PRINTER_BUSY)
    g_task_return_int (task, state);
  else
    g_task_return_new_error (task, WB_DEVICE_ERROR, (int) codes[state], "%s %s", self->name, _ (words));
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterSocket) self = user_data;
  g_autoptr (GPtrArray) askers = g_steal_pointer (&self->askers);
  WbPrinterProbe probe = { WB_PRINTER_BUSY, "", FALSE };

  g_clear_object (&self->asking);
  if (wb_printer_probe_finish (result, &probe, NULL))
    {
      if (probe.has_answered)
        self->has_answered = TRUE;
      else if (probe.state == WB_PRINTER_READY && self->has_answered)
        probe = (WbPrinterProbe){ WB_PRINTER_ATTENTION, N_ ("does not say how it is: see whether it is open, paused or out of paper"), FALSE };
      else if (probe.state == WB_PRINTER_READY && self->asks_how)
        self->silent_us = g_get_monotonic_time ();
    }
  for (guint i = 0; i < askers->len; i++)
    return_state (g_ptr_array_index (askers, i), self, probe.state, probe.words);
}

static gboolean
is_silent (WbPrinterSocket *self)
{
  return self->silent_us != 0 && g_get_monotonic_time () - self->silent_us < (gint64) self->silent_ms * 1000;
}

static void
query_async (WbPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterSocket *self = WB_PRINTER_SOCKET (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, query_async);
  if (self->active != NULL)
    {
      gboolean stalled = self->active->has_begun && g_get_monotonic_time () - self->active->moved_us > STALLED_US;

      return_state (task, self, stalled ? WB_PRINTER_ATTENTION : WB_PRINTER_BUSY,
                    stalled ? N_ ("takes nothing: see whether it is open, paused or out of paper") : "");
      return;
    }
  if (self->askers != NULL)
    {
      g_ptr_array_add (self->askers, g_steal_pointer (&task));
      return;
    }
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->askers, g_steal_pointer (&task));
  self->asking = g_cancellable_new ();
  self->asks_how = !is_silent (self);
  wb_printer_probe_async (self->host, self->port, self->asks_how ? self->language : NULL, PROBE_MS, self->asking, probed_cb,
                          g_object_ref (self));
}

/* A document that was handed over has come out, as far as anybody can tell here. */
static void
wait_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_task_set_source_tag (task, wait_async);
  g_task_return_boolean (task, TRUE);
}

/* ── Taking back ─────────────────────────────────────────────────────────────────────────────── */

static gboolean
is_meant (WbPrinterSocket *self, Job *job, const char *name)
{
  g_autofree char *own = make_job_name (self, job->document);

  return g_str_equal (own, name) || g_str_equal (job->document->id, name);
}

static void
cancel_async (WbPrinter *printer, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterSocket *self = WB_PRINTER_SOCKET (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cancel_async);
  g_task_set_check_cancellable (task, FALSE);
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    {
      Job *job = l->data;

      if (!is_meant (self, job, name))
        continue;
      g_queue_delete_link (&self->waiting, l);
      g_task_return_new_error (job->task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED, _ ("the print job was cancelled"));
      job_free (job);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->active == NULL || !is_meant (self, self->active, name))
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("it has come out already"));
      return;
    }
  g_ptr_array_add (self->active->cancellers, g_object_ref (task));
  g_cancellable_cancel (self->active->stop);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static const char *
get_name (WbPrinter *printer)
{
  return WB_PRINTER_SOCKET (printer)->name;
}

static const char *
get_language (WbPrinter *printer)
{
  return WB_PRINTER_SOCKET (printer)->language;
}

static const char *
get_content_type (WbPrinter *printer)
{
  return g_str_equal (WB_PRINTER_SOCKET (printer)->language, "pdf") ? WB_PRINTER_PDF : WB_PRINTER_RAW;
}

static void
wb_printer_socket_iface_init (WbPrinterInterface *iface)
{
  iface->get_name = get_name;
  iface->get_content_type = get_content_type;
  iface->get_language = get_language;
  iface->print_async = print_async;
  iface->query_async = query_async;
  iface->wait_async = wait_async;
  iface->cancel_async = cancel_async;
}

static void
wb_printer_socket_finalize (GObject *object)
{
  WbPrinterSocket *self = WB_PRINTER_SOCKET (object);

  /* Every document keeps the printer, so there is none left. */
  g_assert (self->active == NULL && g_queue_is_empty (&self->waiting));
  g_clear_object (&self->ledger);
  g_free (self->host);
  g_free (self->name);
  g_free (self->language);
  G_OBJECT_CLASS (wb_printer_socket_parent_class)->finalize (object);
}

static void
wb_printer_socket_class_init (WbPrinterSocketClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_printer_socket_finalize;
}

static void
wb_printer_socket_init (WbPrinterSocket *self)
{
  g_queue_init (&self->waiting);
  self->connect_ms = CONNECT_MS;
  self->settle_ms = SETTLE_MS;
  self->stall_ms = STALL_MS;
  self->silent_ms = SILENT_MS;
}

WbPrinter *
wb_printer_socket_new (const char *address, const char *language, WbPrintLedger *ledger, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = NULL;
  g_autoptr (GError) why = NULL;
  WbPrinterSocket *self = NULL;

  g_return_val_if_fail (address != NULL && language != NULL && WB_IS_PRINT_LEDGER (ledger), NULL);

  connectable = g_network_address_parse (address, WB_PRINTER_SOCKET_PORT, &why);
  if (connectable == NULL || *address == '\0')
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("“%s” is not the address of a printer"), address);
      return NULL;
    }
  self = g_object_new (WB_TYPE_PRINTER_SOCKET, NULL);
  self->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)));
  self->port = g_network_address_get_port (G_NETWORK_ADDRESS (connectable));
  self->name = g_strdup (address);
  self->language = g_strdup (language);
  self->ledger = g_object_ref (ledger);
  return WB_PRINTER (self);
}

void
wb_printer_socket_set_patience (WbPrinterSocket *self, guint connect_ms, guint settle_ms, guint stall_ms)
{
  g_return_if_fail (WB_IS_PRINTER_SOCKET (self));

  self->connect_ms = connect_ms;
  self->settle_ms = settle_ms;
  self->stall_ms = stall_ms;
}

void
wb_printer_socket_set_silence (WbPrinterSocket *self, guint silent_ms)
{
  g_return_if_fail (WB_IS_PRINTER_SOCKET (self));

  self->silent_ms = silent_ms;
}
