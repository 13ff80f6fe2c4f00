/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-writer-private.h"
#include "core/wb-label-zpl.h"
#include "core/wb-maxicode.h"

/* ^BY and ^BQ take no wider module than this; at 600 dots an inch a symbol then is a little smaller than laid out. */
#define MAX_MODULE_DOTS 10

/* The printer's font 0 is about this wide for its height, in hundredths; used to narrow what would not fit. */
#define UPPER_WIDTH 64
#define LOWER_WIDTH 52
#define THIN_WIDTH 30

/* ">" begins a word of Code 128. */
static const WbLabelCode128 code_128 = { ">:", ">;", ">8", '>', ">0", FALSE };

/* What is special to the printer goes as hexadecimal; ^FH_ announces that. */
static void
append_field (GString *zpl, const char *text)
{
  g_string_append (zpl, "^FH_^FD");
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    {
      if (*c == '^' || *c == '~' || *c == '_' || *c == '\\' || *c < ' ' || *c == 0x7f)
        g_string_append_printf (zpl, "_%02X", *c);
      else
        g_string_append_c (zpl, (char) *c);
    }
  g_string_append (zpl, "^FS\n");
}

/* Latin with its extensions, Greek and Cyrillic, and the signs of common typography. */
static gboolean
printer_has_letters (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter > 0x24f && !(letter >= 0x386 && letter <= 0x3ce) && !(letter >= 0x400 && letter <= 0x45f) &&
          !(letter >= 0x2013 && letter <= 0x2026) && letter != 0x20ac)
        return FALSE;
    }
  return TRUE;
}

static guint
estimate_width (const char *text, guint height)
{
  guint64 hundredths = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter < 128 && strchr (" .,:;!'|iljtf()[]", (int) letter) != NULL)
        hundredths += THIN_WIDTH;
      else
        hundredths += g_unichar_isupper (letter) || g_unichar_isdigit (letter) ? UPPER_WIDTH : LOWER_WIDTH;
    }
  return (guint) (hundredths * height / 100);
}

/* How it finds where a label ends the printer knows by itself, unless somebody says what lies in it. */
static void
begin (WbLabelWriter *self, const WbLabel *label)
{
  static const char *const tracking[] = { [WB_LABEL_FEED_GAP] = "^MNY", [WB_LABEL_FEED_MARK] = "^MNM", [WB_LABEL_FEED_CONTINUOUS] = "^MNN" };
  const WbLabelMedia *media = self->media;
  guint height_um = media != NULL && media->feed != WB_LABEL_FEED_CONTINUOUS ? media->height_um : label->height_um;

  g_string_append_printf (self->bytes, "^XA\n^CI28^LH0,0^PON%s^PW%u^LL%u\n", media != NULL ? tracking[media->feed] : "",
                          wb_label_dots (label->width_um, self->dpi), wb_label_dots (height_um, self->dpi));
}

static void
put_bitmap (WbLabelWriter *self, const WbLabelBitmap *bitmap)
{
  guint row = bitmap->width / 8;
  guint total = row * bitmap->height;

  g_string_append_printf (self->bytes, "^FO%u,%u^GFA,%u,%u,%u,", bitmap->x, bitmap->y, total, total, row);
  for (guint i = 0; i < total; i++)
    g_string_append_printf (self->bytes, "%02X", bitmap->bits[i]);
  g_string_append (self->bytes, "^FS\n");
}

static gboolean
put_text (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  guint height = MAX (dots->height, 8);
  guint needed = estimate_width (element->text, height);
  guint letter_width = height;

  if (!printer_has_letters (element->text))
    return FALSE;
  if (needed > dots->width && needed > 0)
    letter_width = MAX ((guint) ((guint64) height * dots->width / needed), 6);
  if (element->align == WB_LABEL_RIGHT)
    g_string_append_printf (self->bytes, "^FO%u,%u,1", dots->x + dots->width, dots->y);
  else
    g_string_append_printf (self->bytes, "^FO%u,%u", dots->x, dots->y);
  g_string_append_printf (self->bytes, "^A0N,%u,%u", height, letter_width);
  if (element->align == WB_LABEL_CENTRE)
    g_string_append_printf (self->bytes, "^FB%u,1,0,C", dots->width);
  append_field (self->bytes, element->text);
  /* The font has one weight: a second strike, a little to the right, is what bold means on a label. */
  if (element->bold && element->align == WB_LABEL_LEFT)
    {
      g_string_append_printf (self->bytes, "^FO%u,%u^A0N,%u,%u", dots->x + MAX (self->dpi / 203, 1), dots->y, height,
                              letter_width);
      append_field (self->bytes, element->text);
    }
  return TRUE;
}

static GString *
symbol_data (const WbSymbology *symbology, const char *data)
{
  if (symbology->form == WB_SYMBOL_MATRIX && symbology->data == WB_SYMBOL_GS1)
    {
      /* The control character of ^BX is "@", and "@1" FNC1, which also ends a value of open length. */
      GString *text = g_string_new ("@1");

      _wb_label_append_elements (text, data, "@1");
      return text;
    }
  if (symbology->form == WB_SYMBOL_MATRIX && g_str_has_prefix (symbology->zpl, "^BQ"))
    return g_string_prepend (g_string_new (data), "MA,");
  if (symbology->data == WB_SYMBOL_CODABAR)
    return g_string_new_len (data + 1, (gssize) strlen (data) - 2);
  return _wb_label_symbol_data (symbology, &code_128, data);
}

/* ^BD with its mode; in its data the service stands first. */
static gboolean
put_maxicode (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  g_autoptr (WbMaxicode) code = wb_maxicode_parse (element->text);
  g_autofree char *postcode = NULL;
  g_autofree char *data = NULL;

  if (code == NULL)
    return FALSE;
  postcode = wb_maxicode_pad_postcode (code);
  data = g_strconcat (code->service, code->country, postcode, code->message, NULL);
  g_string_append_printf (self->bytes, "^FO%u,%u^BD%u,1,1", dots->x + wb_label_align_offset (element->align, dots->width, dots->used),
                          dots->y, code->mode);
  append_field (self->bytes, data);
  return TRUE;
}

/* The command of a table, %h and %m filled in. */
static void
append_command (GString *zpl, const char *command, guint height, guint module)
{
  for (const char *c = command; *c != '\0'; c++)
    {
      if (*c != '%')
        g_string_append_c (zpl, *c);
      else
        g_string_append_printf (zpl, "%u", *++c == 'h' ? height : module);
    }
}

/* Whether the printer can make it: its language has the symbology, in that size and with those letters. */
static gboolean
has_symbol (const WbSymbology *symbology, const WbLabelElement *element, guint module)
{
  if (symbology->zpl == NULL)
    return FALSE;
  if (symbology->form == WB_SYMBOL_LINEAR)
    return TRUE;
  if (g_str_has_prefix (symbology->zpl, "^BX"))
    return strchr (element->text, '@') == NULL;
  return module <= MAX_MODULE_DOTS;
}

static gboolean
put_symbol (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  gboolean linear = symbology->form == WB_SYMBOL_LINEAR;
  guint module = linear ? MIN (dots->module, MAX_MODULE_DOTS) : dots->module;
  guint used = dots->used / dots->module * module;
  g_autoptr (GString) data = NULL;

  if (symbology->form == WB_SYMBOL_HEXAGONS)
    return put_maxicode (self, element, dots);
  if (!has_symbol (symbology, element, module))
    return FALSE;
  g_string_append_printf (self->bytes, "^FO%u,%u", dots->x + wb_label_align_offset (element->align, dots->width, used),
                          dots->y);
  if (linear)
    g_string_append_printf (self->bytes, "^BY%u,%u,%u", module, MAX (symbology->wide, 2), dots->height);
  append_command (self->bytes, symbology->zpl, dots->height, module);
  if (symbology->data == WB_SYMBOL_CODABAR)
    g_string_append_printf (self->bytes, ",%c,%c", element->text[0], element->text[strlen (element->text) - 1]);
  data = symbol_data (symbology, element->text);
  append_field (self->bytes, data->str);
  return TRUE;
}

static void
put_rectangle (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  guint line = element->kind == WB_LABEL_BAR ? MIN (dots->width, dots->height) : dots->line;

  g_string_append_printf (self->bytes, "^FO%u,%u^GB%u,%u,%u^FS\n", dots->x, dots->y, dots->width, dots->height, line);
}

static void
end (WbLabelWriter *self)
{
  g_string_append (self->bytes, "^PQ1,0,1,N\n^XZ\n");
}

GBytes *
wb_label_to_zpl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  static const WbLabelVerbs verbs = { begin, put_text, put_symbol, put_bitmap, put_rectangle, end };

  return _wb_label_write (self, &verbs, dpi, media, rasterise, user_data, error);
}
