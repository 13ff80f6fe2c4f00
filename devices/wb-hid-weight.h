/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a USB HID scale's reports say ("HID Point of Sale Usage Tables" 1.02, usage page 0x8D). Pure;
 * any thread.
 */
#pragma once

#include "core/wb-scale-reading.h"
#include "devices/wb-hid-descriptor.h"

G_BEGIN_DECLS

#define WB_HID_PAGE_SCALE 0x8d

/**
 * wb_hid_weight_read:
 * @report: a whole report as it came, with its id if it has ids
 * @reading: (out caller-allocates): what it says; @at_us is not set
 *
 * Returns: whether it is a report of weight in a unit that parcels are weighed in
 */
gboolean wb_hid_weight_read (const WbHidDescriptor *descriptor, const guint8 *report, gsize length, WbScaleReading *reading);

/**
 * wb_hid_weight_make_zero:
 * @report_id: (out): of the report, also in the report
 * @feature: (out): whether it is sent as a feature
 *
 * Returns: (transfer full) (nullable): the report that sets the scale to zero, or NULL when it cannot be told to
 */
GBytes *wb_hid_weight_make_zero (const WbHidDescriptor *descriptor, guint8 *report_id, gboolean *feature);

G_END_DECLS
