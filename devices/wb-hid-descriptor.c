/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-device-error.h"
#include "devices/wb-hid-descriptor.h"

/* No device of ours comes near these; what goes beyond is broken or hostile. */
#define MAX_DESCRIPTOR 4096
#define MAX_FIELDS 512
#define MAX_USAGES 256
#define MAX_DEPTH 16
#define MAX_REPORT_BITS (64 * 1024 * 8)

enum
{
  TYPE_MAIN,
  TYPE_GLOBAL,
  TYPE_LOCAL,
};

enum
{
  MAIN_INPUT = 8,
  MAIN_OUTPUT = 9,
  MAIN_COLLECTION = 10,
  MAIN_FEATURE = 11,
  MAIN_END_COLLECTION = 12,
};

enum
{
  GLOBAL_USAGE_PAGE,
  GLOBAL_LOGICAL_MINIMUM,
  GLOBAL_LOGICAL_MAXIMUM,
  GLOBAL_PHYSICAL_MINIMUM,
  GLOBAL_PHYSICAL_MAXIMUM,
  GLOBAL_UNIT_EXPONENT,
  GLOBAL_UNIT,
  GLOBAL_REPORT_SIZE,
  GLOBAL_REPORT_ID,
  GLOBAL_REPORT_COUNT,
  GLOBAL_PUSH,
  GLOBAL_POP,
};

enum
{
  LOCAL_USAGE,
  LOCAL_USAGE_MINIMUM,
  LOCAL_USAGE_MAXIMUM,
};

enum
{
  INPUT_CONSTANT = 1 << 0,
  INPUT_VARIABLE = 1 << 1,
};

#define COLLECTION_APPLICATION 1

struct _WbHidDescriptor
{
  GPtrArray *fields;
  GArray *applications;
  gboolean has_report_ids;
};

typedef struct
{
  guint16 page;
  gint32 logical_minimum;
  gint32 logical_maximum;
  int unit_exponent;
  guint size;
  guint count;
  guint8 report_id;
} Globals;

typedef struct
{
  WbHidDescriptor *descriptor; /* what is made */
  gsize at;                    /* for messages */

  Globals globals;
  Globals pushed[MAX_DEPTH];
  guint n_pushed;

  GArray *usages; /* local; guint32, without a page when its upper half is 0 */
  guint32 usage_minimum;
  guint32 usage_maximum;
  gboolean has_range;

  guint32 collections[MAX_DEPTH]; /* usage of an application, 0 for any other */
  guint n_collections;
  guint offsets[WB_HID_N_KINDS][256]; /* bits used of each report */
} Parser;

static void
free_field (gpointer data)
{
  WbHidField *field = data;

  g_clear_pointer (&field->usages, g_array_unref);
  g_free (field);
}

static gboolean
refuse (const Parser *parser, GError **error, const char *what)
{
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("the device describes its reports wrongly at byte %u: %s"),
               (guint) parser->at, what);
  return FALSE;
}

static guint32
complete_usage (const Parser *parser, guint32 usage)
{
  return usage >> 16 != 0 ? usage : WB_HID_USAGE (parser->globals.page, usage);
}

static guint32
get_application (const Parser *parser)
{
  for (guint i = parser->n_collections; i > 0; i--)
    if (parser->collections[i - 1] != 0)
      return parser->collections[i - 1];
  return 0;
}

/* The i-th of the local usages; the last one goes on for all that follow. */
static guint32
get_usage (const Parser *parser, guint i)
{
  guint n_listed = parser->usages->len;

  if (i < n_listed)
    return complete_usage (parser, g_array_index (parser->usages, guint32, i));
  if (parser->has_range)
    {
      guint32 minimum = complete_usage (parser, parser->usage_minimum);
      guint32 maximum = complete_usage (parser, parser->usage_maximum);

      return minimum + MIN (i - n_listed, maximum - minimum);
    }
  return n_listed > 0 ? complete_usage (parser, g_array_index (parser->usages, guint32, n_listed - 1)) : 0;
}

static guint
count_usages (const Parser *parser)
{
  guint n = parser->usages->len;

  if (parser->has_range)
    n += complete_usage (parser, parser->usage_maximum) - complete_usage (parser, parser->usage_minimum) + 1;
  return n;
}

static WbHidField *
add_field (Parser *parser, WbHidReportKind kind, guint32 usage, guint count, guint flags)
{
  const Globals *globals = &parser->globals;
  WbHidField *field = g_new0 (WbHidField, 1);
  guint *offset = &parser->offsets[kind][globals->report_id];

  field->kind = kind;
  field->application = get_application (parser);
  field->usage = usage;
  field->report_id = globals->report_id;
  field->bit_offset = *offset;
  field->bit_size = globals->size;
  field->count = count;
  field->logical_minimum = globals->logical_minimum;
  field->logical_maximum = globals->logical_maximum;
  field->unit_exponent = globals->unit_exponent;
  field->is_constant = (flags & INPUT_CONSTANT) != 0;
  *offset += globals->size * count;
  g_ptr_array_add (parser->descriptor->fields, field);
  return field;
}

static gboolean
add_fields (Parser *parser, WbHidReportKind kind, guint flags, GError **error)
{
  const Globals *globals = &parser->globals;
  GPtrArray *fields = parser->descriptor->fields;

  if (globals->count == 0)
    return TRUE;
  if (globals->size == 0 || globals->size > 32)
    return refuse (parser, error, _ ("elements of no size, or of more than 32 bits"));
  if (globals->count > MAX_REPORT_BITS / globals->size
      || parser->offsets[kind][globals->report_id] + globals->size * globals->count > MAX_REPORT_BITS)
    return refuse (parser, error, _ ("a report of more than 64 KiB"));
  if ((flags & (INPUT_VARIABLE | INPUT_CONSTANT)) == 0)
    {
      WbHidField *field = add_field (parser, kind, get_usage (parser, 0), globals->count, flags);
      guint n = MIN (count_usages (parser), MAX_USAGES);

      field->usages = g_array_new (FALSE, FALSE, sizeof (guint32));
      for (guint i = 0; i < n; i++)
        {
          guint32 usage = get_usage (parser, i);

          g_array_append_val (field->usages, usage);
        }
      return TRUE;
    }
  /* one field for each run of the same usage: "56 bytes of data" is one */
  for (guint done = 0; done < globals->count;)
    {
      guint n_usages = count_usages (parser);
      guint32 usage = get_usage (parser, done);
      guint run = n_usages == 0 || done + 1 >= n_usages ? globals->count - done : 1;

      if (fields->len >= MAX_FIELDS)
        return refuse (parser, error, _ ("more than 512 fields"));
      add_field (parser, kind, usage, run, flags);
      done += run;
    }
  return TRUE;
}

static gboolean
begin_collection (Parser *parser, guint32 kind, GError **error)
{
  guint32 usage = kind == COLLECTION_APPLICATION ? get_usage (parser, 0) : 0;

  if (parser->n_collections == MAX_DEPTH)
    return refuse (parser, error, _ ("collections nested too deeply"));
  parser->collections[parser->n_collections++] = usage;
  if (usage != 0)
    g_array_append_val (parser->descriptor->applications, usage);
  return TRUE;
}

static gboolean
take_main (Parser *parser, guint tag, guint32 value, GError **error)
{
  gboolean ok = TRUE;

  switch (tag)
    {
    case MAIN_INPUT:
      ok = add_fields (parser, WB_HID_INPUT, value, error);
      break;
    case MAIN_OUTPUT:
      ok = add_fields (parser, WB_HID_OUTPUT, value, error);
      break;
    case MAIN_FEATURE:
      ok = add_fields (parser, WB_HID_FEATURE, value, error);
      break;
    case MAIN_COLLECTION:
      ok = begin_collection (parser, value, error);
      break;
    case MAIN_END_COLLECTION:
      if (parser->n_collections == 0)
        return refuse (parser, error, _ ("a collection ends that never began"));
      parser->n_collections--;
      break;
    default:
      break;
    }
  g_array_set_size (parser->usages, 0);
  parser->has_range = FALSE;
  parser->usage_minimum = parser->usage_maximum = 0;
  return ok;
}

static gboolean
take_global (Parser *parser, guint tag, guint32 value, gint32 number, GError **error)
{
  Globals *globals = &parser->globals;

  switch (tag)
    {
    case GLOBAL_USAGE_PAGE:
      globals->page = (guint16) value;
      break;
    case GLOBAL_LOGICAL_MINIMUM:
      globals->logical_minimum = number;
      break;
    case GLOBAL_LOGICAL_MAXIMUM:
      /* many devices write 255 as one byte; with a minimum of 0 it cannot mean -1 */
      globals->logical_maximum = globals->logical_minimum >= 0 && number < 0 ? (gint32) MIN (value, G_MAXINT32) : number;
      break;
    case GLOBAL_UNIT_EXPONENT:
      globals->unit_exponent = value <= 7 ? (int) value : value <= 15 ? (int) value - 16 : CLAMP (number, -8, 7);
      break;
    case GLOBAL_REPORT_SIZE:
      globals->size = MIN (value, G_MAXUINT16);
      break;
    case GLOBAL_REPORT_COUNT:
      globals->count = MIN (value, MAX_REPORT_BITS);
      break;
    case GLOBAL_REPORT_ID:
      if (value == 0 || value > 255)
        return refuse (parser, error, _ ("a report number that is not between 1 and 255"));
      globals->report_id = (guint8) value;
      parser->descriptor->has_report_ids = TRUE;
      break;
    case GLOBAL_PUSH:
      if (parser->n_pushed == MAX_DEPTH)
        return refuse (parser, error, _ ("too many settings put aside"));
      parser->pushed[parser->n_pushed++] = *globals;
      break;
    case GLOBAL_POP:
      if (parser->n_pushed == 0)
        return refuse (parser, error, _ ("settings taken back that were never put aside"));
      *globals = parser->pushed[--parser->n_pushed];
      break;
    default:
      break;
    }
  return TRUE;
}

static gboolean
take_local (Parser *parser, guint tag, guint32 value, GError **error)
{
  switch (tag)
    {
    case LOCAL_USAGE:
      if (parser->usages->len >= MAX_USAGES)
        return refuse (parser, error, _ ("more than 256 usages"));
      g_array_append_val (parser->usages, value);
      break;
    case LOCAL_USAGE_MINIMUM:
      parser->usage_minimum = value;
      break;
    case LOCAL_USAGE_MAXIMUM:
      parser->usage_maximum = value;
      if (complete_usage (parser, value) < complete_usage (parser, parser->usage_minimum)
          || complete_usage (parser, value) - complete_usage (parser, parser->usage_minimum) >= G_MAXUINT16)
        return refuse (parser, error, _ ("a range of usages that ends before it begins"));
      parser->has_range = TRUE;
      break;
    default:
      break;
    }
  return TRUE;
}

static gboolean
take_item (Parser *parser, guint type, guint tag, const guint8 *data, guint size, GError **error)
{
  guint32 value = 0;
  gint32 number = 0;

  for (guint i = 0; i < size; i++)
    value |= (guint32) data[i] << (8 * i);
  number = size == 1 ? (gint8) value : size == 2 ? (gint16) value : (gint32) value;
  switch (type)
    {
    case TYPE_MAIN:
      return take_main (parser, tag, value, error);
    case TYPE_GLOBAL:
      return take_global (parser, tag, value, number, error);
    case TYPE_LOCAL:
      return take_local (parser, tag, value, error);
    default:
      return TRUE;
    }
}

WbHidDescriptor *
wb_hid_descriptor_parse (const guint8 *data, gsize length, GError **error)
{
  g_autoptr(WbHidDescriptor) self = g_new0 (WbHidDescriptor, 1);
  g_autoptr(GArray) usages = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree Parser *parser = g_new0 (Parser, 1);

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  self->fields = g_ptr_array_new_with_free_func (free_field);
  self->applications = g_array_new (FALSE, FALSE, sizeof (guint32));
  parser->descriptor = self;
  parser->usages = usages;
  if (length == 0 || length > MAX_DESCRIPTOR)
    {
      refuse (parser, error, _ ("it is empty, or longer than 4096 bytes"));
      return NULL;
    }
  while (parser->at < length)
    {
      guint8 prefix = data[parser->at];
      gboolean is_long = prefix == 0xfe;
      guint size = (prefix & 3) == 3 ? 4 : prefix & 3;
      gsize header = is_long ? 3 : 1;

      if (is_long)
        size = parser->at + 1 < length ? data[parser->at + 1] : 0;
      if (length - parser->at < header + size)
        {
          refuse (parser, error, _ ("it ends in the middle of an item"));
          return NULL;
        }
      if (!is_long && !take_item (parser, (prefix >> 2) & 3, prefix >> 4, data + parser->at + 1, size, error))
        return NULL;
      parser->at += header + size;
    }
  if (parser->n_collections > 0)
    {
      refuse (parser, error, _ ("a collection never ends"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
wb_hid_descriptor_free (WbHidDescriptor *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->applications, g_array_unref);
  g_free (self);
}

GPtrArray *
wb_hid_descriptor_get_fields (const WbHidDescriptor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields;
}

gboolean
wb_hid_descriptor_has_page (const WbHidDescriptor *self, guint16 page)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->applications->len; i++)
    if (g_array_index (self->applications, guint32, i) >> 16 == page)
      return TRUE;
  return FALSE;
}

gboolean
wb_hid_descriptor_has_report_ids (const WbHidDescriptor *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_report_ids;
}

const WbHidField *
wb_hid_descriptor_find (const WbHidDescriptor *self, WbHidReportKind kind, int report_id, guint32 usage)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const WbHidField *field = g_ptr_array_index (self->fields, i);

      if (field->kind != kind || (report_id >= 0 && field->report_id != report_id) || field->is_constant)
        continue;
      if (field->usage == usage)
        return field;
      for (guint k = 0; field->usages != NULL && k < field->usages->len; k++)
        if (g_array_index (field->usages, guint32, k) == usage)
          return field;
    }
  return NULL;
}

gsize
wb_hid_descriptor_get_report_size (const WbHidDescriptor *self, WbHidReportKind kind, guint8 report_id)
{
  gsize bits = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const WbHidField *field = g_ptr_array_index (self->fields, i);

      if (field->kind == kind && field->report_id == report_id)
        bits = MAX (bits, field->bit_offset + (gsize) field->bit_size * field->count);
    }
  return (bits + 7) / 8;
}

gboolean
wb_hid_field_read (const WbHidField *self, const guint8 *report, gsize length, guint index, gint64 *value)
{
  guint first = 0;
  guint64 bits = 0;

  g_return_val_if_fail (self != NULL && (report != NULL || length == 0) && value != NULL, FALSE);

  first = self->bit_offset + index * self->bit_size;
  if (index >= self->count || (first + self->bit_size + 7) / 8 > length)
    return FALSE;
  for (guint i = 0; i < self->bit_size; i++)
    bits |= (guint64) ((report[(first + i) / 8] >> ((first + i) % 8)) & 1) << i;
  if (self->logical_minimum < 0 && (bits >> (self->bit_size - 1)) != 0)
    *value = (gint64) bits - ((gint64) 1 << self->bit_size);
  else
    *value = (gint64) bits;
  return TRUE;
}

void
wb_hid_field_write (const WbHidField *self, guint8 *report, gsize length, guint index, gint64 value)
{
  guint first = 0;

  g_return_if_fail (self != NULL && report != NULL);

  first = self->bit_offset + index * self->bit_size;
  if (index >= self->count || (first + self->bit_size + 7) / 8 > length)
    return;
  for (guint i = 0; i < self->bit_size; i++)
    {
      guint8 bit = (guint8) (1 << ((first + i) % 8));

      if (((guint64) value >> i) & 1)
        report[(first + i) / 8] |= bit;
      else
        report[(first + i) / 8] &= (guint8) ~bit;
    }
}

guint32
wb_hid_field_read_usage (const WbHidField *self, const guint8 *report, gsize length, guint index)
{
  gint64 value = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->usages == NULL || !wb_hid_field_read (self, report, length, index, &value))
    return 0;
  value -= self->logical_minimum;
  return value >= 0 && value < self->usages->len ? g_array_index (self->usages, guint32, value) : 0;
}
