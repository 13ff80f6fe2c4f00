/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-media.h"

/* No label printer takes more. */
#define MAX_WIDTH_UM 250000
#define MAX_HEIGHT_UM 1000000
#define MAX_GAP_UM 30000
#define TOLERANCE_UM 500

static const char *const feeds[] = { "gap", "mark", "continuous" };

/* Whether @word is "gap", "mark" or "continuous". */
static gboolean
parse_feed (const char *word, WbLabelFeed *feed)
{
  g_return_val_if_fail (word != NULL && feed != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    if (strcmp (word, feeds[i]) == 0)
      {
        *feed = (WbLabelFeed) i;
        return TRUE;
      }
  return FALSE;
}

/* "101.6": at most three places behind the point. */
static gboolean
read_mm (const char *text, guint *um)
{
  gsize whole = strspn (text, "0123456789");
  gsize behind = text[whole] == '.' ? strspn (text + whole + 1, "0123456789") : 0;
  guint value = 0;

  if (whole < 1 || whole > 4 || (text[whole] == '.' && (behind < 1 || behind > 3)) || text[whole + (behind > 0 ? behind + 1 : 0)] != '\0')
    return FALSE;
  for (gsize i = 0; i < whole; i++)
    value = value * 10 + (guint) (text[i] - '0');
  for (gsize i = 0; i < 3; i++)
    value = value * 10 + (i < behind ? (guint) (text[whole + 1 + i] - '0') : 0);
  *um = value;
  return TRUE;
}

static gboolean
read_size (const char *word, WbLabelMedia *media)
{
  g_auto (GStrv) sides = g_strsplit (word, "x", 3);

  return g_strv_length (sides) == 2 && read_mm (sides[0], &media->width_um) && read_mm (sides[1], &media->height_um);
}

static gboolean
is_possible (const WbLabelMedia *media)
{
  if (media->width_um == 0 || media->width_um > MAX_WIDTH_UM || media->height_um > MAX_HEIGHT_UM || media->gap_um > MAX_GAP_UM)
    return FALSE;
  return media->feed == WB_LABEL_FEED_CONTINUOUS || (media->height_um > 0 && media->gap_um > 0);
}

gboolean
wb_label_media_parse (const char *text, WbLabelMedia *media, GError **error)
{
  g_auto (GStrv) words = NULL;
  WbLabelMedia read = { 0 };
  gboolean good = FALSE;
  guint n = 0;

  g_return_val_if_fail (text != NULL && media != NULL, FALSE);

  words = g_strsplit (text, " ", 4);
  n = g_strv_length (words);
  if (n >= 2 && parse_feed (words[0], &read.feed))
    good = read.feed == WB_LABEL_FEED_CONTINUOUS ? n == 2 && read_mm (words[1], &read.width_um)
                                                 : n == 3 && read_size (words[1], &read) && read_mm (words[2], &read.gap_um);
  if (!good)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("“%.60s” says no roll of labels: write “gap 101.6x152.4 3”, “mark 100x50 4” or “continuous 80”, in millimetres"), text);
  else if (!is_possible (&read))
    g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, _ ("“%.60s” fits no label printer"), text);
  else
    {
      *media = read;
      return TRUE;
    }
  return FALSE;
}

/* Without zeros at the end, and with a point in every language. */
static void
append_mm (GString *text, guint um)
{
  g_string_append_printf (text, "%u", um / 1000);
  if (um % 1000 == 0)
    return;
  g_string_append_printf (text, ".%03u", um % 1000);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
}

char *
wb_label_media_to_string (const WbLabelMedia *self)
{
  GString *text = NULL;

  g_return_val_if_fail (self != NULL && (gsize) self->feed < G_N_ELEMENTS (feeds), NULL);

  text = g_string_new (feeds[self->feed]);
  g_string_append_c (text, ' ');
  append_mm (text, self->width_um);
  if (self->feed == WB_LABEL_FEED_CONTINUOUS)
    return g_string_free (text, FALSE);
  g_string_append_c (text, 'x');
  append_mm (text, self->height_um);
  g_string_append_c (text, ' ');
  append_mm (text, self->gap_um);
  return g_string_free (text, FALSE);
}

gboolean
wb_label_media_takes (const WbLabelMedia *self, const WbLabel *label, GError **error)
{
  g_autoptr (GString) sizes = NULL;

  g_return_val_if_fail (self != NULL && label != NULL, FALSE);

  if (label->width_um <= self->width_um + TOLERANCE_UM &&
      (self->feed == WB_LABEL_FEED_CONTINUOUS || label->height_um <= self->height_um + TOLERANCE_UM))
    return TRUE;
  sizes = g_string_new (NULL);
  append_mm (sizes, label->width_um);
  g_string_append (sizes, " × ");
  append_mm (sizes, label->height_um);
  if (self->feed == WB_LABEL_FEED_CONTINUOUS)
    {
      g_autoptr (GString) roll = g_string_new (NULL);

      append_mm (roll, self->width_um);
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, _ ("the label has %s mm and the roll in the printer is %s mm wide"), sizes->str, roll->str);
    }
  else
    {
      g_autoptr (GString) roll = g_string_new (NULL);

      append_mm (roll, self->width_um);
      g_string_append (roll, " × ");
      append_mm (roll, self->height_um);
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, _ ("the label has %s mm and those in the printer have %s mm"), sizes->str, roll->str);
    }
  return FALSE;
}
