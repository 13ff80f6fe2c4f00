/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-scan.h"

G_DEFINE_BOXED_TYPE (WbScan, wb_scan, wb_scan_copy, wb_scan_free)

/* Modifiers that make another symbology of it come before the symbology itself. */
static const struct
{
  const char *symbology;
  const char *name;
} names[] = {
  { "C1", "GS1-128" },  { "C2", "GS1-128" },         { "C", "Code 128" },          { "E4", "EAN-8" },
  { "E", "EAN/UPC" },   { "Q3", "GS1 QR Code" },     { "Q", "QR Code" },           { "d2", "GS1 DataMatrix" },
  { "d", "DataMatrix" }, { "e0", "GS1 DataBar" },     { "e", "GS1 Composite" },     { "A", "Code 39" },
  { "F", "Codabar" },   { "G", "Code 93" },          { "I", "Interleaved 2 of 5" }, { "L", "PDF417" },
  { "M", "MSI" },       { "U", "MaxiCode" },         { "z", "Aztec" },             { "J", "GS1 DotCode" },
};

static gboolean
is_end (guint8 byte)
{
  return byte == '\r' || byte == '\n' || byte == '\0';
}

static void
take_symbology (WbScan *self, const char *symbology)
{
  if (*symbology == ']')
    symbology++;
  for (guint i = 0; i < 2 && g_ascii_isalnum (symbology[i]); i++)
    self->symbology[i] = symbology[i];
}

static char *
make_text (const guint8 *bytes, gsize length)
{
  g_autoptr(GString) text = g_string_sized_new (length);
  gboolean is_utf8 = g_utf8_validate_len ((const char *) bytes, length, NULL);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\0')
      g_string_append_unichar (text, 0xfffd);
    else if (is_utf8 || bytes[i] < 0x80)
      g_string_append_c (text, (char) bytes[i]);
    else
      g_string_append_unichar (text, bytes[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

WbScan *
wb_scan_new (const guint8 *bytes, gsize length, const char *symbology, const char *source, gint64 at_us)
{
  g_autoptr(WbScan) self = g_new0 (WbScan, 1);

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  while (length > 0 && is_end (bytes[length - 1]))
    length--;
  if (length >= 3 && bytes[0] == ']' && g_ascii_isalpha (bytes[1]) && g_ascii_isalnum (bytes[2]))
    {
      take_symbology (self, (const char *) bytes);
      bytes += 3;
      length -= 3;
    }
  else if (symbology != NULL)
    take_symbology (self, symbology);
  if (length == 0 || length > WB_SCAN_MAX)
    return NULL;
  self->text = make_text (bytes, length);
  self->source = g_strdup (source != NULL ? source : "");
  self->at_us = at_us;
  return g_steal_pointer (&self);
}

WbScan *
wb_scan_copy (const WbScan *self)
{
  WbScan *copy = g_new0 (WbScan, 1);

  copy->text = g_strdup (self->text);
  memcpy (copy->symbology, self->symbology, sizeof copy->symbology);
  copy->source = g_strdup (self->source);
  copy->at_us = self->at_us;
  return copy;
}

void
wb_scan_free (WbScan *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->source);
  g_free (self);
}

char *
wb_scan_to_string (const WbScan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return *self->symbology != '\0' ? g_strconcat ("]", self->symbology, self->text, NULL) : g_strdup (self->text);
}

const char *
wb_scan_symbology_name (const char *symbology)
{
  g_return_val_if_fail (symbology != NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (*symbology != '\0' && g_str_has_prefix (symbology, names[i].symbology))
      return names[i].name;
  return "";
}
