/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-scanner.h"

G_DEFINE_ABSTRACT_TYPE (WbScanner, wb_scanner, WB_TYPE_DEVICE)

enum
{
  SCAN,
  GARBAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
wb_scanner_class_init (WbScannerClass *class)
{
  WB_DEVICE_CLASS (class)->kind = WB_DEVICE_KIND_SCANNER;

  signals[SCAN] = g_signal_new ("scan", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                WB_TYPE_SCAN);
  signals[GARBAGE] = g_signal_new ("garbage", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
}

static void
wb_scanner_init (WbScanner *self)
{
}

void
wb_scanner_confirm (WbScanner *self, gboolean good)
{
  WbScannerClass *class = NULL;

  g_return_if_fail (WB_IS_SCANNER (self));

  class = WB_SCANNER_GET_CLASS (self);
  if (class->confirm != NULL && wb_device_get_state (WB_DEVICE (self)) == WB_DEVICE_STATE_READY)
    class->confirm (self, good);
}

void
_wb_scanner_take (WbScanner *self, const guint8 *bytes, gsize length, const char *symbology)
{
  g_autoptr(WbScan) scan = NULL;

  g_return_if_fail (WB_IS_SCANNER (self));

  scan = wb_scan_new (bytes, length, symbology, wb_device_get_id (WB_DEVICE (self)), g_get_monotonic_time ());
  if (scan != NULL)
    g_signal_emit (self, signals[SCAN], 0, scan);
  else
    _wb_scanner_take_garbage (self, length > WB_SCAN_MAX ? _ ("The scanner sent more than any barcode holds.")
                                                         : _ ("The scanner sent an empty code."));
}

void
_wb_scanner_take_garbage (WbScanner *self, const char *message)
{
  g_return_if_fail (WB_IS_SCANNER (self) && message != NULL);

  g_debug ("%s: %s", wb_device_get_id (WB_DEVICE (self)), message);
  g_signal_emit (self, signals[GARBAGE], 0, message);
}
