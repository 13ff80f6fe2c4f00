/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a USB HID POS scanner's reports say ("HID Point of Sale Usage Tables" 1.02, usage page 0x8C),
 * put together where a code is longer than one report. Pure; any thread.
 */
#pragma once

#include "devices/wb-hid-descriptor.h"

G_BEGIN_DECLS

#define WB_HID_PAGE_SCANNER 0x8c

typedef struct _WbHidScan WbHidScan;

/**
 * WbHidScanResult:
 * @WB_HID_SCAN_NOTHING: not a scan: another report, an empty one
 * @WB_HID_SCAN_PART: more follows
 * @WB_HID_SCAN_WHOLE: a code is there: wb_hid_scan_get()
 * @WB_HID_SCAN_GARBAGE: it says what cannot be
 */
typedef enum
{
  WB_HID_SCAN_NOTHING,
  WB_HID_SCAN_PART,
  WB_HID_SCAN_WHOLE,
  WB_HID_SCAN_GARBAGE,
} WbHidScanResult;

/**
 * wb_hid_scan_new:
 * @descriptor: (transfer none): what the device says of its reports; must stay
 *
 * Returns: (transfer full): an empty one
 */
WbHidScan *wb_hid_scan_new (const WbHidDescriptor *descriptor);
void wb_hid_scan_free (WbHidScan *self);

/**
 * wb_hid_scan_take:
 * @report: a whole report as it came from the device, with its id if it has ids
 *
 * A code that was not completed is forgotten when a report does not continue it.
 */
WbHidScanResult wb_hid_scan_take (WbHidScan *self, const guint8 *report, gsize length);

/**
 * wb_hid_scan_get:
 * @length: (out): how many bytes
 * @symbology: (out): AIM identifier as sent ("]E0"), or ""
 *
 * Returns: (transfer none): the code, until the next report
 */
const guint8 *wb_hid_scan_get (WbHidScan *self, gsize *length, const char **symbology);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHidScan, wb_hid_scan_free)

G_END_DECLS
