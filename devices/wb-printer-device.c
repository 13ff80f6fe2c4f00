/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-label-print.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-printer-open.h"

/* How often an open printer is asked how it is. */
#define WATCH_S 4

struct _WbPrinterDevice
{
  WbDevice parent_instance;

  /* Owned references */
  char *server;
  WbPrintLedger *ledger;
  WbPrinterInfo *info;
  WbPrinter *printer;
  GCancellable *asking;
  GSource *watch;

  WbPrinterState state;
};

G_DEFINE_FINAL_TYPE (WbPrinterDevice, wb_printer_device, WB_TYPE_DEVICE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbDeviceOption options[] = {
  { "language", N_ ("Language"), "auto|zpl|epl|tspl|escpos|pdf", "auto" },
  { "resolution", N_ ("Dots an inch"), "203|300|600", "203" },
};

/* A queue with a driver is told in PDF, anything else in what most label printers understand. */
static const char *
choose_language (WbPrinterDevice *self)
{
  const char *language = wb_device_get_option (WB_DEVICE (self), "language");

  if (g_strcmp0 (language, "auto") != 0)
    return language;
  return self->info != NULL && !self->info->is_raw ? "pdf" : "zpl";
}

static void ask (WbPrinterDevice *self);

static gboolean
watch_cb (gpointer user_data)
{
  ask (user_data);
  return G_SOURCE_CONTINUE;
}

static void
stop_watching (WbPrinterDevice *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static void
start_watching (WbPrinterDevice *self)
{
  if (self->watch != NULL)
    return;
  self->watch = g_timeout_source_new_seconds (WATCH_S);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_set_static_name (self->watch, "[waybill] printer state");
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static WbDeviceError
code_of (WbPrinterState state)
{
  if (state == WB_PRINTER_OFFLINE)
    return WB_DEVICE_ERROR_OFFLINE;
  return state == WB_PRINTER_PAUSED ? WB_DEVICE_ERROR_REFUSED : WB_DEVICE_ERROR_ATTENTION;
}

static void
take_state (WbPrinterDevice *self, WbPrinterState state, const char *message)
{
  WbDevice *device = WB_DEVICE (self);
  gboolean changed = state != self->state;
  g_autoptr (GError) error = NULL;

  self->state = state;
  if (state <= WB_PRINTER_BUSY)
    {
      start_watching (self);
      if (wb_device_get_state (device) == WB_DEVICE_STATE_TROUBLE)
        _wb_device_again (device);
      else if (wb_device_get_state (device) != WB_DEVICE_STATE_READY)
        _wb_device_opened (device);
    }
  else if (wb_device_get_state (device) == WB_DEVICE_STATE_TROUBLE)
    _wb_device_note (device, message);
  else
    {
      error = g_error_new_literal (WB_DEVICE_ERROR, (int) code_of (state), message);
      _wb_device_failed (device, error);
    }
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterDevice) self = user_data;
  g_autofree char *message = NULL;
  WbPrinterState state = wb_printer_query_finish (WB_PRINTER (source), result, &message);

  /* Closed meanwhile, or opened anew: another one asks. */
  if (state == WB_PRINTER_UNKNOWN)
    return;
  g_clear_object (&self->asking);
  take_state (self, state, message);
}

static void
ask (WbPrinterDevice *self)
{
  if (self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  wb_printer_query_async (wb_printer_device_get_printer (self), self->asking, asked_cb, g_object_ref (self));
}

static void
wb_printer_device_open (WbDevice *device)
{
  ask (WB_PRINTER_DEVICE (device));
}

static void
wb_printer_device_close (WbDevice *device)
{
  WbPrinterDevice *self = WB_PRINTER_DEVICE (device);

  stop_watching (self);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
wb_printer_device_finalize (GObject *object)
{
  WbPrinterDevice *self = WB_PRINTER_DEVICE (object);

  g_free (self->server);
  g_clear_object (&self->ledger);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->info, wb_printer_info_free);
  G_OBJECT_CLASS (wb_printer_device_parent_class)->finalize (object);
}

static void
wb_printer_device_class_init (WbPrinterDeviceClass *class)
{
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_printer_device_finalize;
  device_class->kind = WB_DEVICE_KIND_PRINTER;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_printer_device_open;
  device_class->close = wb_printer_device_close;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_printer_device_init (WbPrinterDevice *self)
{
}

WbDevice *
wb_printer_device_new (const char *id, const char *name, const char *server, WbPrintLedger *ledger)
{
  WbPrinterDevice *self = NULL;

  g_return_val_if_fail (id != NULL && name != NULL && WB_IS_PRINT_LEDGER (ledger), NULL);

  self = g_object_new (WB_TYPE_PRINTER_DEVICE, "id", id, "name", name, NULL);
  self->server = g_strdup (server);
  self->ledger = g_object_ref (ledger);
  return WB_DEVICE (self);
}

const WbPrinterInfo *
wb_printer_device_get_info (WbPrinterDevice *self)
{
  g_return_val_if_fail (WB_IS_PRINTER_DEVICE (self), NULL);

  return self->info;
}

WbPrinter *
wb_printer_device_get_printer (WbPrinterDevice *self)
{
  const char *language = NULL;
  g_autoptr (WbPrintRoute) route = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (WB_IS_PRINTER_DEVICE (self), NULL);

  language = choose_language (self);
  if (self->printer != NULL && g_str_equal (wb_printer_get_language (self->printer), language))
    return self->printer;
  route = wb_print_route_new (wb_device_get_id (WB_DEVICE (self)), NULL, language, 0);
  g_clear_object (&self->printer);
  self->printer = wb_printer_open (route, WB_PRINT_LABEL, self->server, self->ledger, "", &error);
  if (self->printer == NULL)
    g_warning ("%s", error->message);
  return self->printer;
}

/* What the server tells of a printer that nobody has open is all there is; of one that is open it may be the end of a trouble. */
void
_wb_printer_device_take_info (WbPrinterDevice *self, const WbPrinterInfo *info)
{
  WbPrinterInfo *copy = NULL;
  WbPrinterState before = WB_PRINTER_UNKNOWN;

  g_return_if_fail (WB_IS_PRINTER_DEVICE (self) && info != NULL);

  before = self->info != NULL ? self->info->state : WB_PRINTER_UNKNOWN;
  copy = wb_printer_info_copy (info);
  g_clear_pointer (&self->info, wb_printer_info_free);
  self->info = copy;
  if (!wb_device_is_wanted (WB_DEVICE (self)))
    self->state = info->state;
  else if (info->state != before && info->state <= WB_PRINTER_BUSY)
    _wb_device_again (WB_DEVICE (self));
  else if (info->state != before)
    ask (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

WbPrintDocument *
wb_printer_device_make_test (WbPrinterDevice *self, GError **error)
{
  g_autoptr(WbLabelTemplates) templates = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(WbLabel) label = NULL;
  WbPrintDocument *document = NULL;
  guint dpi = 0;

  g_return_val_if_fail (WB_IS_PRINTER_DEVICE (self), NULL);

  templates = wb_label_templates_new (NULL);
  dpi = self->info != NULL ? self->info->dpi : 0;
  if (dpi == 0)
    dpi = (guint) g_ascii_strtoull (wb_device_get_option (WB_DEVICE (self), "resolution"), NULL, 10);
  label = wb_label_print_test (templates, wb_printer_device_get_printer (self), dpi, g_get_host_name (), now, error);
  if (label != NULL)
    document = wb_label_print_document (label, wb_printer_device_get_printer (self), dpi, NULL, id, error);
  if (document != NULL)
    wb_print_document_set_medium (document, label->width_um, label->height_um, NULL);
  return document;
}
