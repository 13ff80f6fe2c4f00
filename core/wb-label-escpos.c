/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-escpos.h"
#include "core/wb-label-writer-private.h"

/* Rows of dots that a printer's buffer takes at once. */
#define MAX_ROWS 255

#define MIN_MODULE_DOTS 2
#define MAX_MODULE_DOTS 6
#define MAX_MATRIX_DOTS 16
#define MAX_BAR_HEIGHT 255

static const WbLabelFont fonts[] = { { "A", 12, 24 } };

/* "{" begins a word of Code 128. */
static const WbLabelCode128 words = { "{B", "{C", "{1", '{', "{{", TRUE };

/* Elements that share rows, and nothing else does. */
typedef struct
{
  guint top;
  guint bottom;
  GPtrArray *elements;
} Band;

typedef struct
{
  GByteArray *bytes;
  guint dpi;
  guint width;
  guint at;
  WbLabelRasteriser rasterise;
  gpointer user_data;
} Writer;

static void
band_free (gpointer data)
{
  Band *band = data;

  g_ptr_array_unref (band->elements);
  g_free (band);
}

static int
compare_tops (gconstpointer a, gconstpointer b)
{
  const WbLabelElement *first = *(const WbLabelElement *const *) a;
  const WbLabelElement *second = *(const WbLabelElement *const *) b;

  return first->y_um < second->y_um ? -1 : first->y_um > second->y_um;
}

static GPtrArray *
make_bands (const WbLabel *label, guint dpi)
{
  GPtrArray *bands = g_ptr_array_new_with_free_func (band_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < label->elements->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (label->elements, i));
  g_ptr_array_sort (sorted, compare_tops);
  for (guint i = 0; i < sorted->len; i++)
    {
      WbLabelElement *element = g_ptr_array_index (sorted, i);
      Band *last = bands->len > 0 ? g_ptr_array_index (bands, bands->len - 1) : NULL;
      guint top = wb_label_dots (element->y_um, dpi);
      guint bottom = top + MAX (wb_label_dots (element->height_um, dpi), 1);

      if (last == NULL || top >= last->bottom)
        {
          last = g_new0 (Band, 1);
          last->top = top;
          last->elements = g_ptr_array_new ();
          g_ptr_array_add (bands, last);
        }
      last->bottom = MAX (last->bottom, bottom);
      g_ptr_array_add (last->elements, element);
    }
  return bands;
}

/* ---- What the printer is told ------------------------------------------------------------------ */

static void
put (Writer *writer, const char *bytes, gsize length)
{
  g_byte_array_append (writer->bytes, (const guint8 *) bytes, (guint) length);
}

static void
put_byte (Writer *writer, guint byte)
{
  guint8 value = (guint8) byte;

  g_byte_array_append (writer->bytes, &value, 1);
}

static void
put_word (Writer *writer, guint word)
{
  put_byte (writer, word & 0xff);
  put_byte (writer, word >> 8);
}

/* Rows of dots, GS v 0, as many at once as a printer takes. */
static void
put_rows (Writer *writer, const WbLabelBitmap *bitmap)
{
  gsize stride = bitmap->width / 8;

  for (guint row = 0; row < bitmap->height; row += MAX_ROWS)
    {
      guint n_rows = MIN (MAX_ROWS, bitmap->height - row);

      put (writer, "\x1dv0\0", 4);
      put_word (writer, (guint) stride);
      put_word (writer, n_rows);
      put (writer, (const char *) bitmap->bits + row * stride, n_rows * stride);
    }
}

static void
put_blank (Writer *writer, guint until)
{
  g_auto (WbLabelBitmap) blank = { 0 };

  if (until <= writer->at)
    return;
  wb_label_bitmap_init (&blank, 8, until - writer->at);
  put_rows (writer, &blank);
  writer->at = until;
}

static gboolean
put_band (Writer *writer, const Band *band, GError **error)
{
  g_auto (WbLabelBitmap) rows = { 0 };

  put_blank (writer, band->top);
  wb_label_bitmap_init (&rows, writer->width, band->bottom - writer->at);
  rows.y = writer->at;
  for (guint i = 0; i < band->elements->len; i++)
    if (!wb_label_bitmap_draw (&rows, g_ptr_array_index (band->elements, i), writer->dpi, writer->rasterise,
                               writer->user_data, error))
      return FALSE;
  put_rows (writer, &rows);
  writer->at = band->bottom;
  return TRUE;
}

/* ---- What it prints by itself ------------------------------------------------------------------ */

static gboolean
put_text (Writer *writer, const WbLabelElement *element)
{
  WbLabelDots dots = _wb_label_measure (element, writer->dpi);
  WbLabelType type = { 0 };
  g_autofree char *latin = _wb_label_choose_letters (element, &dots, fonts, G_N_ELEMENTS (fonts), &type);

  if (latin == NULL)
    return FALSE;
  put_blank (writer, dots.y + (dots.height - type.height) / 2);
  put (writer, "\x1d!", 2);
  put_byte (writer, (type.across - 1) << 4 | (type.up - 1));
  put (writer, element->bold ? "\x1b" "E\1" : "\x1b" "E\0", 3);
  put (writer, "\x1b$", 2);
  put_word (writer, dots.x + wb_label_align_offset (element->align, dots.width, type.width));
  put (writer, latin, strlen (latin));
  put_byte (writer, '\n');
  writer->at += type.height;
  return TRUE;
}

static void
put_bars (Writer *writer, const WbSymbology *symbology, const char *text)
{
  gboolean code_128 = symbology->data == WB_SYMBOL_CODE_128 || symbology->data == WB_SYMBOL_GS1;
  g_autoptr (GString) data = code_128 ? _wb_label_symbol_data (symbology, &words, text) : g_string_new (text);

  put (writer, "\x1dk", 2);
  put_byte (writer, symbology->escpos);
  put_byte (writer, (guint) data->len);
  put (writer, data->str, data->len);
}

/* QR of model 2 at level M: its kind, its size, its data, and out. */
static void
put_square (Writer *writer, guint module, const char *text)
{
  put (writer, "\x1d(k\4\0\x31\x41\x32\0", 9);
  put (writer, "\x1d(k\3\0\x31\x43", 7);
  put_byte (writer, module);
  put (writer, "\x1d(k\3\0\x31\x45\x31", 8);
  put (writer, "\x1d(k", 3);
  put_word (writer, (guint) strlen (text) + 3);
  put (writer, "\x31\x50\x30", 3);
  put (writer, text, strlen (text));
  put (writer, "\x1d(k\3\0\x31\x51\x30", 8);
}

static gboolean
put_symbol (Writer *writer, const WbLabelElement *element, gboolean is_last)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  gboolean linear = symbology->form == WB_SYMBOL_LINEAR;
  WbLabelDots dots = _wb_label_measure (element, writer->dpi);
  /* The printer's wide bars are two and a half narrow ones, whatever is laid out. */
  guint used = symbology->wide == 2 ? dots.used * 5 / 4 : dots.used;

  if (symbology->escpos == 0 || used > dots.width || dots.height > MAX_BAR_HEIGHT * (linear ? 1u : 8u) ||
      dots.module < MIN_MODULE_DOTS || dots.module > (linear ? MAX_MODULE_DOTS : MAX_MATRIX_DOTS))
    return FALSE;
  /* Only the printer knows how high its matrix comes out: nothing may follow. */
  if (!linear && !is_last)
    return FALSE;
  put_blank (writer, dots.y);
  put (writer, "\x1dL", 2);
  put_word (writer, dots.x + wb_label_align_offset (element->align, dots.width, used));
  if (linear)
    {
      put (writer, "\x1dH\0\x1dh", 5);
      put_byte (writer, dots.height);
      put (writer, "\x1dw", 2);
      put_byte (writer, dots.module);
      put_bars (writer, symbology, element->text);
    }
  else
    put_square (writer, dots.module, element->text);
  put (writer, "\x1dL\0\0", 4);
  writer->at += dots.height;
  return TRUE;
}

/* Positions are in dots only where the printer can be told so. */
static gboolean
put_alone (Writer *writer, const Band *band, gboolean is_last)
{
  const WbLabelElement *element = g_ptr_array_index (band->elements, 0);

  if (band->elements->len != 1 || element->turn != 0 || writer->dpi > 255)
    return FALSE;
  if (element->kind == WB_LABEL_TEXT)
    return put_text (writer, element);
  return element->kind == WB_LABEL_SYMBOL && put_symbol (writer, element, is_last);
}

GBytes *
wb_label_to_escpos (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GPtrArray) bands = NULL;
  Writer writer = { bytes, dpi, 0, 0, rasterise, user_data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dpi >= 100 && dpi <= 1200, NULL);

  writer.width = wb_label_dots (self->width_um, dpi);
  bands = make_bands (self, dpi);
  /* Begin anew, letters of Windows-1252, lines as high as their letters, positions in dots. */
  put (&writer, "\x1b@\x1bt\x10\x1b" "3\0", 8);
  if (dpi <= 255)
    {
      put (&writer, "\x1dP", 2);
      put_byte (&writer, dpi);
      put_byte (&writer, dpi);
    }
  for (guint i = 0; i < bands->len; i++)
    {
      const Band *band = g_ptr_array_index (bands, i);

      if (!put_alone (&writer, band, i + 1 == bands->len) && !put_band (&writer, band, error))
        return NULL;
    }
  put_blank (&writer, wb_label_dots (self->height_um, dpi));
  /* To the cutter, and off. */
  put (&writer, "\x1dVB\0", 4);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
