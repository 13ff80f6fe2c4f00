/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-scan-source.h"

G_DEFINE_INTERFACE (WbScanSource, wb_scan_source, G_TYPE_OBJECT)

static guint scan_signal;

static void
wb_scan_source_default_init (WbScanSourceInterface *iface)
{
  scan_signal = g_signal_new ("scan", WB_TYPE_SCAN_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
}

void
wb_scan_source_emit (WbScanSource *self, const char *text)
{
  g_return_if_fail (WB_IS_SCAN_SOURCE (self) && text != NULL);

  g_signal_emit (self, scan_signal, 0, text);
}
