/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "core/wb-scan.h"
#include "devices/wb-hid-scan.h"

#define USAGE_BYTE_COUNT WB_HID_USAGE (0x01, 0x3b)
#define USAGE_SYMBOLOGY WB_HID_USAGE (WB_HID_PAGE_SCANNER, 0xfb)
#define USAGE_DATA WB_HID_USAGE (WB_HID_PAGE_SCANNER, 0xfe)
#define USAGE_CONTINUED WB_HID_USAGE (WB_HID_PAGE_SCANNER, 0xff)

struct _WbHidScan
{
  const WbHidDescriptor *descriptor;
  GByteArray *code;
  char symbology[4];
  gboolean is_whole; /* what is there was handed out */
};

WbHidScan *
wb_hid_scan_new (const WbHidDescriptor *descriptor)
{
  WbHidScan *self = g_new0 (WbHidScan, 1);

  self->descriptor = descriptor;
  self->code = g_byte_array_new ();
  return self;
}

void
wb_hid_scan_free (WbHidScan *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->code);
  g_free (self);
}

static void
forget (WbHidScan *self)
{
  g_byte_array_set_size (self->code, 0);
  self->symbology[0] = '\0';
  self->is_whole = FALSE;
}

/* Where the length stands: as "byte count" in the standard; makers write it as a single byte of their own before the data. */
static const WbHidField *
find_length (const WbHidScan *self, const WbHidField *data)
{
  const WbHidField *field = wb_hid_descriptor_find (self->descriptor, WB_HID_INPUT, data->report_id, USAGE_BYTE_COUNT);
  GPtrArray *fields = wb_hid_descriptor_get_fields (self->descriptor);

  for (guint i = 0; field == NULL && i < fields->len; i++)
    {
      const WbHidField *other = g_ptr_array_index (fields, i);

      if (other->kind == WB_HID_INPUT && other->report_id == data->report_id && other->bit_offset == 0 && other->bit_size == 8 && other->count == 1
          && other->usage != USAGE_SYMBOLOGY)
        field = other;
    }
  return field;
}

/* Three characters, in one field or in three one behind the other. */
static void
read_symbology (WbHidScan *self, const WbHidField *data, const guint8 *report, gsize length)
{
  const WbHidField *field = wb_hid_descriptor_find (self->descriptor, WB_HID_INPUT, data->report_id, USAGE_SYMBOLOGY);

  for (guint i = 0; field != NULL && field->bit_size == 8 && i < 3; i++)
    {
      WbHidField element = *field;
      gint64 value = 0;

      element.bit_offset += 8 * i;
      element.count = 1;
      if (!wb_hid_field_read (&element, report, length, 0, &value))
        return;
      self->symbology[i] = value > ' ' && value < 0x7f ? (char) value : '\0';
      self->symbology[i + 1] = '\0';
    }
}

WbHidScanResult
wb_hid_scan_take (WbHidScan *self, const guint8 *report, gsize length)
{
  const WbHidField *data = NULL;
  const WbHidField *field = NULL;
  guint8 report_id = 0;
  gint64 n = 0;
  gint64 more = 0;

  g_return_val_if_fail (self != NULL && (report != NULL || length == 0), WB_HID_SCAN_NOTHING);

  if (length == 0)
    return WB_HID_SCAN_NOTHING;
  if (self->is_whole)
    forget (self);
  if (wb_hid_descriptor_has_report_ids (self->descriptor))
    {
      report_id = report[0];
      report++;
      length--;
    }
  data = wb_hid_descriptor_find (self->descriptor, WB_HID_INPUT, report_id, USAGE_DATA);
  if (data == NULL || data->bit_size != 8 || data->bit_offset % 8 != 0)
    return WB_HID_SCAN_NOTHING;
  field = find_length (self, data);
  if (field == NULL || !wb_hid_field_read (field, report, length, 0, &n))
    n = data->count;
  if (n < 0 || n > data->count || data->bit_offset / 8 + (gsize) n > length || self->code->len + (gsize) n > WB_SCAN_MAX)
    {
      forget (self);
      return WB_HID_SCAN_GARBAGE;
    }
  field = wb_hid_descriptor_find (self->descriptor, WB_HID_INPUT, report_id, USAGE_CONTINUED);
  if (field != NULL)
    wb_hid_field_read (field, report, length, 0, &more);
  if (self->code->len == 0)
    read_symbology (self, data, report, length);
  g_byte_array_append (self->code, report + data->bit_offset / 8, (guint) n);
  if (more != 0)
    return WB_HID_SCAN_PART;
  self->is_whole = TRUE;
  return self->code->len > 0 ? WB_HID_SCAN_WHOLE : WB_HID_SCAN_NOTHING;
}

const guint8 *
wb_hid_scan_get (WbHidScan *self, gsize *length, const char **symbology)
{
  g_return_val_if_fail (self != NULL && length != NULL && symbology != NULL, NULL);

  *length = self->code->len;
  *symbology = self->symbology;
  return self->code->data;
}
