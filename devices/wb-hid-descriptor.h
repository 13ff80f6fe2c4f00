/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HID report descriptors: what the reports of a device mean, as it says itself. Follows "Device Class
 * Definition for Human Interface Devices (HID)", 1.11, section 6.2.2.
 *
 * A pure function on hostile bytes; any thread. Not for talking to devices (wb-usb-interface.h).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A usage with its page, as it is written in tables: WB_HID_USAGE (0x8c, 0xfe). */
#define WB_HID_USAGE(page, id) (((guint32) (page) << 16) | (guint32) (id))

/**
 * WbHidReportKind:
 * @WB_HID_INPUT: what the device sends
 * @WB_HID_OUTPUT: what it is sent
 * @WB_HID_FEATURE: what can be set and read
 */
typedef enum
{
  WB_HID_INPUT,
  WB_HID_OUTPUT,
  WB_HID_FEATURE,
} WbHidReportKind;

#define WB_HID_N_KINDS (WB_HID_FEATURE + 1)

/**
 * WbHidField:
 * @kind: of its report
 * @application: usage of the application collection it stands in
 * @usage: what it is; of an array, the first of its usages
 * @usages: (element-type guint32): of an array, what its values name; NULL otherwise
 * @report_id: of the report it stands in; 0 when the device numbers no reports
 * @bit_offset: from the beginning of the report, behind the report id
 * @bit_size: of one element, 1 to 32
 * @count: how many elements, one behind the other
 * @logical_minimum: least value; negative says that values are signed
 * @logical_maximum: largest value
 * @unit_exponent: -8 to 7
 * @is_constant: padding
 *
 * Elements of a report that mean the same.
 */
typedef struct
{
  WbHidReportKind kind;
  guint32 application;
  guint32 usage;
  GArray *usages;
  guint8 report_id;
  guint bit_offset;
  guint bit_size;
  guint count;
  gint32 logical_minimum;
  gint32 logical_maximum;
  int unit_exponent;
  gboolean is_constant;
} WbHidField;

typedef struct _WbHidDescriptor WbHidDescriptor;

/**
 * wb_hid_descriptor_parse:
 *
 * Fails with %WB_DEVICE_ERROR_REFUSED and says where the descriptor is wrong.
 *
 * Returns: (transfer full): what it says
 */
WbHidDescriptor *wb_hid_descriptor_parse (const guint8 *data, gsize length, GError **error);
void wb_hid_descriptor_free (WbHidDescriptor *self);

/**
 * wb_hid_descriptor_get_fields:
 *
 * Returns: (transfer none) (element-type WbHidField): fields in the order of the descriptor
 */
GPtrArray *wb_hid_descriptor_get_fields (const WbHidDescriptor *self);

/**
 * wb_hid_descriptor_has_page:
 * @page: of an application collection
 *
 * Returns: whether the device has one of that page
 */
gboolean wb_hid_descriptor_has_page (const WbHidDescriptor *self, guint16 page);

/**
 * wb_hid_descriptor_has_report_ids:
 *
 * Returns: whether reports begin with their id
 */
gboolean wb_hid_descriptor_has_report_ids (const WbHidDescriptor *self);

/**
 * wb_hid_descriptor_find:
 * @report_id: of the report, or -1 for any
 * @usage: see WB_HID_USAGE(); of an array, any of its usages
 *
 * Returns: (transfer none) (nullable): the first such field
 */
const WbHidField *wb_hid_descriptor_find (const WbHidDescriptor *self, WbHidReportKind kind, int report_id, guint32 usage);

/**
 * wb_hid_descriptor_get_report_size:
 *
 * Returns: bytes of a report, without its id
 */
gsize wb_hid_descriptor_get_report_size (const WbHidDescriptor *self, WbHidReportKind kind, guint8 report_id);

/**
 * wb_hid_field_read:
 * @report: behind the report id
 * @index: which element, from 0
 * @value: (out): it, with its sign
 *
 * Returns: whether @report is long enough and the field has so many elements
 */
gboolean wb_hid_field_read (const WbHidField *self, const guint8 *report, gsize length, guint index, gint64 *value);

/**
 * wb_hid_field_read_usage:
 *
 * What an array's element names. Where an element is outside the usages there are, it names nothing.
 *
 * Returns: a usage, or 0
 */
guint32 wb_hid_field_read_usage (const WbHidField *self, const guint8 *report, gsize length, guint index);

/**
 * wb_hid_field_write:
 * @report: behind the report id
 *
 * Puts a value into a report that is being made. One that the report is too short for is left out.
 */
void wb_hid_field_write (const WbHidField *self, guint8 *report, gsize length, guint index, gint64 value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHidDescriptor, wb_hid_descriptor_free)

G_END_DECLS
