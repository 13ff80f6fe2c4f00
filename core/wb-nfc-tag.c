/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-nfc-tag.h"

G_DEFINE_BOXED_TYPE (WbNfcTag, wb_nfc_tag, wb_nfc_tag_copy, wb_nfc_tag_free)

WbNfcTag *
wb_nfc_tag_new (const guint8 *uid, gsize length, char type)
{
  WbNfcTag *self = g_new0 (WbNfcTag, 1);
  g_autoptr(GString) text = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02X", uid[i]);
  self->uid = g_string_free (g_steal_pointer (&text), FALSE);
  self->type = type;
  self->at_us = g_get_monotonic_time ();
  return self;
}

WbNfcTag *
wb_nfc_tag_copy (const WbNfcTag *self)
{
  WbNfcTag *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->text = g_strdup (self->text);
  copy->problem = g_strdup (self->problem);
  return copy;
}

void
wb_nfc_tag_free (WbNfcTag *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->text);
  g_free (self->problem);
  g_free (self);
}
