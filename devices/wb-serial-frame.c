/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <string.h>

#include "devices/wb-serial-frame.h"

#define STX 0x02
#define ETX 0x03

struct _WbSerialFrame
{
  GByteArray *message;
  gsize max;
  int prefix; /* -1: none */
  int suffix; /* -1: none */
  gboolean is_inside;
  gboolean is_too_long; /* was told of; the rest is dropped */
};

static int
byte_of_word (const char *word)
{
  static const struct
  {
    const char *word;
    int byte;
  } words[] = { { "cr", '\r' }, { "lf", '\n' }, { "tab", '\t' }, { "etx", ETX }, { "stx", STX } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return words[i].byte;
  return -1;
}

WbSerialFrame *
wb_serial_frame_new (const char *prefix, const char *suffix, gsize max)
{
  WbSerialFrame *self = g_new0 (WbSerialFrame, 1);

  self->message = g_byte_array_new ();
  self->max = max;
  self->prefix = byte_of_word (prefix);
  self->suffix = byte_of_word (suffix);
  self->is_inside = self->prefix < 0;
  return self;
}

void
wb_serial_frame_free (WbSerialFrame *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->message);
  g_free (self);
}

static void
begin (WbSerialFrame *self, gboolean is_inside)
{
  g_byte_array_set_size (self->message, 0);
  self->is_inside = is_inside;
  self->is_too_long = FALSE;
}

static void
end (WbSerialFrame *self, WbSerialFrameFunc message, gpointer user_data)
{
  g_autoptr(GByteArray) whole = g_steal_pointer (&self->message);
  gboolean tell = !self->is_too_long && (whole->len > 0 || self->prefix >= 0);

  /* anew first: who is told may stop listening */
  self->message = g_byte_array_new ();
  begin (self, self->prefix < 0);
  if (tell)
    message (whole->len > 0 ? whole->data : (const guint8 *) "", whole->len, TRUE, user_data);
}

void
wb_serial_frame_take (WbSerialFrame *self, const guint8 *bytes, gsize length, WbSerialFrameFunc message, gpointer user_data)
{
  g_return_if_fail (self != NULL && (bytes != NULL || length == 0) && message != NULL);

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = bytes[i];

      if (byte == self->prefix)
        begin (self, TRUE);
      else if (!self->is_inside)
        continue;
      else if (byte == self->suffix)
        end (self, message, user_data);
      else if (byte == '\n' && self->suffix == '\r' && self->message->len == 0)
        continue; /* the second half of the last end */
      else if (self->message->len < self->max)
        g_byte_array_append (self->message, &byte, 1);
      else if (!self->is_too_long)
        {
          self->is_too_long = TRUE;
          message (self->message->data, self->message->len, FALSE, user_data);
        }
    }
}

void
wb_serial_frame_end (WbSerialFrame *self, WbSerialFrameFunc message, gpointer user_data)
{
  g_return_if_fail (self != NULL && message != NULL);

  if (self->suffix < 0 && self->is_inside && (self->message->len > 0 || self->is_too_long))
    end (self, message, user_data);
}

gboolean
wb_serial_frame_ends_by_silence (const WbSerialFrame *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->suffix < 0;
}
