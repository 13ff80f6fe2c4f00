/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-printer-probe.h"
#include "devices/wb-printer-status.h"

#define MAX_ANSWER 1024

typedef struct
{
  /* Owned references */
  char *language;
  GSocketConnection *connection;
  GCancellable *stop; /* the timer's and the caller's */
  GByteArray *answer;
  GSource *timer;

  gulong cancelled_id;
  guint patience_ms;
  gboolean timed_out;
  guint8 buffer[256];
} Probe;

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  if (probe->timer != NULL)
    g_source_destroy (probe->timer);
  g_clear_pointer (&probe->timer, g_source_unref);
  g_clear_object (&probe->connection);
  g_object_unref (probe->stop);
  g_byte_array_unref (probe->answer);
  g_free (probe->language);
  g_free (probe);
}

static gboolean
too_late_cb (gpointer user_data)
{
  Probe *probe = user_data;

  probe->timed_out = TRUE;
  g_cancellable_cancel (probe->stop);
  return G_SOURCE_REMOVE;
}

static void
set_timer (Probe *probe)
{
  if (probe->timer != NULL)
    g_source_destroy (probe->timer);
  g_clear_pointer (&probe->timer, g_source_unref);
  probe->timer = g_timeout_source_new (probe->patience_ms);
  g_source_set_callback (probe->timer, too_late_cb, probe, NULL);
  g_source_set_static_name (probe->timer, "[waybill] printer probe");
  g_source_attach (probe->timer, g_main_context_get_thread_default ());
}

static void
finish (GTask *task, WbPrinterState state, const char *words, gboolean has_answered)
{
  Probe *probe = g_task_get_task_data (task);
  WbPrinterProbe *result = NULL;

  if (probe->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), probe->cancelled_id);
  probe->cancelled_id = 0;
  if (g_task_return_error_if_cancelled (task))
    return;
  result = g_new0 (WbPrinterProbe, 1);
  *result = (WbPrinterProbe){ state, words, has_answered };
  g_task_return_pointer (task, result, g_free);
}

static void read_answer (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  WbPrinterState state = WB_PRINTER_READY;
  const char *words = "";

  if (n > 0)
    g_byte_array_append (probe->answer, probe->buffer, (guint) n);
  if (wb_printer_status_parse (probe->language, probe->answer->data, probe->answer->len, &state, &words))
    finish (task, state, words, TRUE);
  else if (n > 0 && probe->answer->len < MAX_ANSWER)
    read_answer (task);
  else
    finish (task, WB_PRINTER_READY, "", FALSE);
}

static void
read_answer (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (probe->connection)), probe->buffer, sizeof probe->buffer,
                             G_PRIORITY_DEFAULT, probe->stop, read_cb, g_object_ref (task));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    read_answer (task);
  else
    finish (task, WB_PRINTER_READY, "", FALSE);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const char *request = probe->language != NULL ? wb_printer_status_get_request (probe->language) : NULL;

  probe->connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  if (probe->connection == NULL)
    {
      g_debug ("no connection: %s", error->message);
      finish (task, WB_PRINTER_OFFLINE, probe->timed_out ? N_ ("does not answer") : N_ ("is offline"), FALSE);
      return;
    }
  if (request == NULL)
    {
      finish (task, WB_PRINTER_READY, "", FALSE);
      return;
    }
  set_timer (probe);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (probe->connection)), request, strlen (request),
                                   G_PRIORITY_DEFAULT, probe->stop, asked_cb, g_object_ref (task));
}

static void
cancelled_cb (GCancellable *cancellable, GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

void
wb_printer_probe_async (const char *host, guint16 port, const char *language, guint patience_ms, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Probe *probe = g_new0 (Probe, 1);

  g_return_if_fail (host != NULL);

  g_task_set_source_tag (task, wb_printer_probe_async);
  probe->language = g_strdup (language);
  probe->stop = g_cancellable_new ();
  probe->answer = g_byte_array_new ();
  probe->patience_ms = patience_ms;
  g_task_set_task_data (task, probe, probe_free);
  if (cancellable != NULL)
    probe->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (probe->stop), g_object_unref);
  set_timer (probe);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, host, port, probe->stop, connected_cb, g_object_ref (task));
}

gboolean
wb_printer_probe_finish (GAsyncResult *result, WbPrinterProbe *probe, GError **error)
{
  g_autofree WbPrinterProbe *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL) && probe != NULL, FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *probe = *found;
  return TRUE;
}
