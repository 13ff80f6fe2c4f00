/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-twins"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/twins/wb-twin-line.h"
#include "devices/twins/wb-twin-scale.h"
#include "devices/wb-device-error.h"

#define MAX_COMMAND 64

struct _WbTwinScale
{
  WbTwinLine *line;
  GString *received;
  gboolean is_sics;
  WbScaleState state;
  gint64 load_g;
  gint64 zero_g; /* what it calls nothing */
  gint64 tare_g;
};

static gint64
get_net (WbTwinScale *self)
{
  return self->load_g - self->zero_g - self->tare_g;
}

static char *
format_kg (gint64 grams, gboolean pad)
{
  gint64 size = ABS (grams);

  return g_strdup_printf (pad ? "%s%02" G_GINT64_FORMAT ".%03d" : "%s%" G_GINT64_FORMAT ".%03d", grams < 0 ? "-" : "", size / 1000,
                          (int) (size % 1000));
}

/* ---- Mettler Toledo SICS --------------------------------------------------------------------------- */

static void
answer_sics (WbTwinScale *self, const char *command)
{
  g_autofree char *number = format_kg (get_net (self), FALSE);
  g_autofree char *answer = NULL;
  gboolean at_rest = self->state == WB_SCALE_STATE_STABLE;

  if (strcmp (command, "SI") == 0 || strcmp (command, "S") == 0)
    switch (self->state)
      {
      case WB_SCALE_STATE_STABLE:
      case WB_SCALE_STATE_MOVING:
        answer = g_strdup_printf ("S %c %10s kg\r\n", at_rest ? 'S' : 'D', number);
        break;
      case WB_SCALE_STATE_OVERLOAD:
        answer = g_strdup ("S +\r\n");
        break;
      case WB_SCALE_STATE_UNDERLOAD:
        answer = g_strdup ("S -\r\n");
        break;
      case WB_SCALE_STATE_NEEDS_ZERO:
      case WB_SCALE_STATE_FAULT:
      default:
        answer = g_strdup ("S I\r\n");
        break;
      }
  else if (strcmp (command, "Z") == 0 && at_rest)
    {
      self->zero_g = self->load_g;
      self->tare_g = 0;
      answer = g_strdup ("Z A\r\n");
    }
  else if (strcmp (command, "T") == 0 && at_rest)
    {
      g_autofree char *tare = NULL;

      self->tare_g = self->load_g - self->zero_g;
      tare = format_kg (self->tare_g, FALSE);
      answer = g_strdup_printf ("T S %10s kg\r\n", tare);
    }
  else if (strcmp (command, "TAC") == 0)
    {
      self->tare_g = 0;
      answer = g_strdup ("TAC A\r\n");
    }
  else
    answer = g_strdup (strlen (command) == 1 && strchr ("ZT", *command) != NULL ? "Z I\r\n" : "ES\r\n");
  wb_twin_line_say (self->line, answer, -1);
}

static void
take_sics (WbTwinScale *self)
{
  char *end = NULL;

  while ((end = strpbrk (self->received->str, "\r\n")) != NULL)
    {
      g_autofree char *command = g_strndup (self->received->str, (gsize) (end - self->received->str));

      g_string_erase (self->received, 0, end - self->received->str + 1);
      if (*command != '\0')
        answer_sics (self, command);
    }
}

/* ---- Toledo 8217 ------------------------------------------------------------------------------------- */

static void
answer_toledo (WbTwinScale *self, char command)
{
  /* one bit a trouble; bit 6 makes it a letter */
  static const char flags[] = { [WB_SCALE_STATE_MOVING] = 'A', [WB_SCALE_STATE_OVERLOAD] = 'B', [WB_SCALE_STATE_UNDERLOAD] = 'D',
                                [WB_SCALE_STATE_NEEDS_ZERO] = 'H', [WB_SCALE_STATE_FAULT] = '@' };
  g_autofree char *answer = NULL;

  if (command == 'Z' && self->state == WB_SCALE_STATE_STABLE)
    {
      self->zero_g = self->load_g;
      self->tare_g = 0;
    }
  else if (command == 'T' && self->state == WB_SCALE_STATE_STABLE)
    self->tare_g = self->load_g - self->zero_g;
  else if (command == 'C')
    self->tare_g = 0;
  else if (command == 'W' && self->state == WB_SCALE_STATE_STABLE && get_net (self) >= 0)
    {
      g_autofree char *number = format_kg (get_net (self), TRUE);

      answer = g_strdup_printf ("\002%s%s\r", number, self->tare_g != 0 ? "N" : "");
    }
  else if (command == 'W')
    answer = g_strdup_printf ("\002?%c\r", self->state == WB_SCALE_STATE_STABLE ? flags[WB_SCALE_STATE_UNDERLOAD] : flags[self->state]);
  if (answer != NULL)
    wb_twin_line_say (self->line, answer, -1);
}

/* ---- The line ---------------------------------------------------------------------------------------- */

static void
received_cb (WbTwinLine *line, const char *bytes, gsize length, gpointer user_data)
{
  WbTwinScale *self = user_data;

  if (!self->is_sics)
    {
      for (gsize i = 0; i < length; i++)
        answer_toledo (self, bytes[i]);
      return;
    }
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != '\0')
      g_string_append_c (self->received, bytes[i]);
  take_sics (self);
  if (self->received->len > MAX_COMMAND)
    g_string_truncate (self->received, 0);
}

WbTwinScale *
wb_twin_scale_new (const char *path, const char *protocol, GError **error)
{
  g_autoptr(WbTwinScale) self = g_new0 (WbTwinScale, 1);

  g_return_val_if_fail (path != NULL && protocol != NULL, NULL);

  self->received = g_string_new (NULL);
  self->is_sics = strcmp (protocol, "serial-sics") == 0;
  if (!self->is_sics && strcmp (protocol, "serial-8217") != 0)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("no scale speaks “%s”"), protocol);
      return NULL;
    }
  self->line = wb_twin_line_new (path, received_cb, self, error);
  return self->line != NULL ? g_steal_pointer (&self) : NULL;
}

void
wb_twin_scale_free (WbTwinScale *self)
{
  if (self == NULL)
    return;
  wb_twin_line_free (self->line);
  g_string_free (self->received, TRUE);
  g_free (self);
}

void
wb_twin_scale_put (WbTwinScale *self, WbScaleState state, gint64 weight_g)
{
  g_return_if_fail (self != NULL);

  self->state = state;
  self->load_g = weight_g;
}
