/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a printer: a label that says where it came from. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-device.h"
#include "ui/wb-device-test-private.h"
#include "ui/wb-format.h"

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeviceTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_printer_print_finish (WB_PRINTER (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = job == NULL ? wb_format_sentence (error->message) : NULL;
  self->n_seen++;
  _wb_device_test_show (self, job == NULL ? _ ("It did not print") : _ ("A test label is on its way"),
        job == NULL ? sentence : _ ("It says which printer it came from. If nothing comes out, look at the language, and at the printer."));
}

static void
print_cb (WbDeviceTest *self)
{
  WbPrinterDevice *device = WB_PRINTER_DEVICE (self->device);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPrintDocument) document = wb_printer_device_make_test (device, &error);
  g_autofree char *sentence = NULL;

  if (document != NULL)
    {
      wb_printer_print_async (wb_printer_device_get_printer (device), document, self->cancellable, printed_cb, g_object_ref (self));
      return;
    }
  sentence = wb_format_sentence (error->message);
  _wb_device_test_show (self, _ ("It did not print"), sentence);
}

void
_wb_device_test_build_printer (WbDeviceTest *self)
{
  _wb_device_test_add_button (self, _ ("_Print a test label"), G_CALLBACK (print_cb));
}
