/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <string.h>

#include "devices/wb-hid-weight.h"
#include "devices/wb-usb-interface.h"

#define USAGE(id) WB_HID_USAGE (WB_HID_PAGE_SCALE, id)
#define USAGE_WEIGHT USAGE (0x40)
#define USAGE_SCALING USAGE (0x41)
#define USAGE_UNIT USAGE (0x50)
#define N_UNITS 12
#define USAGE_STATUS USAGE (0x70)
#define N_STATUSES 8
#define USAGE_ZERO USAGE (0x80)

/* Codes of the tables: 0x71 to 0x78, and 0x51 to 0x5c. */
static const WbScaleState states[N_STATUSES + 1] = {
  [1] = WB_SCALE_STATE_FAULT,     [2] = WB_SCALE_STATE_STABLE, /* at zero */
  [3] = WB_SCALE_STATE_MOVING,    [4] = WB_SCALE_STATE_STABLE,
  [5] = WB_SCALE_STATE_UNDERLOAD, [6] = WB_SCALE_STATE_OVERLOAD,
  [7] = WB_SCALE_STATE_FAULT, /* wants to be calibrated */
  [8] = WB_SCALE_STATE_NEEDS_ZERO,
};

/* A code that stands as one of several usages, or as a bare number where the device lists none. */
static gboolean
read_code (const WbHidDescriptor *descriptor, guint8 report_id, guint32 first, guint n, const guint8 *report, gsize length,
           gint64 *code)
{
  const WbHidField *field = NULL;
  guint32 usage = 0;

  for (guint i = 0; i <= n && field == NULL; i++)
    field = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, report_id, first + i);
  if (field == NULL || !wb_hid_field_read (field, report, length, 0, code))
    return FALSE;
  if (field->usages != NULL && field->usages->len > 1)
    {
      usage = wb_hid_field_read_usage (field, report, length, 0);
      *code = usage >= first && usage <= first + n ? usage - first : 0;
    }
  return TRUE;
}

static gboolean
unit_of_code (gint64 code, WbScaleUnit *unit)
{
  switch (code)
    {
    case 1:
      *unit = WB_SCALE_UNIT_MG;
      return TRUE;
    case 2:
      *unit = WB_SCALE_UNIT_G;
      return TRUE;
    case 3:
      *unit = WB_SCALE_UNIT_KG;
      return TRUE;
    case 11:
      *unit = WB_SCALE_UNIT_OZ;
      return TRUE;
    case 12:
      *unit = WB_SCALE_UNIT_LB;
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
wb_hid_weight_read (const WbHidDescriptor *descriptor, const guint8 *report, gsize length, WbScaleReading *reading)
{
  const WbHidField *weight = NULL;
  const WbHidField *scaling = NULL;
  guint8 report_id = 0;
  gint64 status = 0;
  gint64 unit = 0;
  gint64 exponent = 0;

  g_return_val_if_fail (descriptor != NULL && (report != NULL || length == 0) && reading != NULL, FALSE);

  memset (reading, 0, sizeof *reading);
  if (length == 0)
    return FALSE;
  if (wb_hid_descriptor_has_report_ids (descriptor))
    {
      report_id = report[0];
      report++;
      length--;
    }
  weight = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, report_id, USAGE_WEIGHT);
  scaling = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, report_id, USAGE_SCALING);
  if (weight == NULL || !wb_hid_field_read (weight, report, length, 0, &reading->mantissa)
      || !read_code (descriptor, report_id, USAGE_STATUS, N_STATUSES, report, length, &status)
      || !read_code (descriptor, report_id, USAGE_UNIT, N_UNITS, report, length, &unit))
    return FALSE;
  if (scaling != NULL && !wb_hid_field_read (scaling, report, length, 0, &exponent))
    return FALSE;
  /* where the descriptor forgets the sign of a byte */
  if (scaling != NULL && scaling->bit_size == 8 && exponent > 127)
    exponent -= 256;
  if (status < 1 || status > N_STATUSES || exponent < -6 || exponent > 6)
    return FALSE;
  reading->state = states[status];
  reading->exponent = (int) exponent;
  return unit_of_code (unit, &reading->unit);
}

GBytes *
wb_hid_weight_make_zero (const WbHidDescriptor *descriptor, guint8 *report_id, gboolean *feature)
{
  const WbHidField *zero = NULL;
  g_autofree guint8 *report = NULL;
  gsize size = 0;

  g_return_val_if_fail (descriptor != NULL && report_id != NULL && feature != NULL, NULL);

  zero = wb_hid_descriptor_find (descriptor, WB_HID_OUTPUT, -1, USAGE_ZERO);
  if (zero == NULL)
    zero = wb_hid_descriptor_find (descriptor, WB_HID_FEATURE, -1, USAGE_ZERO);
  if (zero == NULL)
    return NULL;
  size = wb_hid_descriptor_get_report_size (descriptor, zero->kind, zero->report_id);
  if (size >= WB_USB_REPORT_MAX)
    return NULL;
  report = g_malloc0 (size + 1);
  report[0] = zero->report_id;
  wb_hid_field_write (zero, report + 1, size, 0, 1);
  *report_id = zero->report_id;
  *feature = zero->kind == WB_HID_FEATURE;
  return zero->report_id != 0 ? g_bytes_new (report, size + 1) : g_bytes_new (report + 1, size);
}
