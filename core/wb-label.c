/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1.h"
#include "core/wb-label.h"

/* Module widths in the order they are tried: whole dots at 203 dots an inch, none below what a hand scanner reads. */
static const guint modules_um[] = { 500, 375, 250 };

/* What the quiet zones need beyond a label's margins, in modules. */
#define QUIET 4

/* Longest data of each symbol on a label. */
#define MAX_LINEAR 60
#define MAX_SQUARE 500

static void
element_free (gpointer data)
{
  WbLabelElement *element = data;

  g_free (element->text);
  g_free (element);
}

WbLabel *
wb_label_new (const char *name, guint width_um, guint height_um)
{
  WbLabel *self = g_new0 (WbLabel, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->width_um = width_um;
  self->height_um = height_um;
  self->elements = g_ptr_array_new_with_free_func (element_free);
  return self;
}

void
wb_label_free (WbLabel *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->elements);
  g_free (self->name);
  g_free (self);
}

static WbLabelElement *
add_element (WbLabel *self, WbLabelKind kind, guint x_um, guint y_um, guint width_um, guint height_um)
{
  WbLabelElement *element = g_new0 (WbLabelElement, 1);

  element->kind = kind;
  element->x_um = x_um;
  element->y_um = y_um;
  element->width_um = width_um;
  element->height_um = height_um;
  g_ptr_array_add (self->elements, element);
  return element;
}

/* One line that any printer and any font can be given: valid UTF-8 without control characters. */
static char *
clean_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_iscntrl (letter))
        g_string_append_c (line, ' ');
      else
        g_string_append_unichar (line, letter);
    }
  return g_strstrip (g_string_free (line, FALSE));
}

void
wb_label_add_text (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, WbLabelAlign align,
                   gboolean bold, const char *text)
{
  g_autofree char *line = NULL;
  WbLabelElement *element = NULL;

  g_return_if_fail (self != NULL);

  line = clean_line (text != NULL ? text : "");
  if (*line == '\0')
    return;
  element = add_element (self, WB_LABEL_TEXT, x_um, y_um, width_um, height_um);
  element->align = align;
  element->bold = bold;
  element->text = g_steal_pointer (&line);
}

void
wb_label_add_frame (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, guint line_um)
{
  g_return_if_fail (self != NULL);

  add_element (self, WB_LABEL_FRAME, x_um, y_um, width_um, height_um)->line_um = line_um;
}

void
wb_label_add_bar (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um)
{
  g_return_if_fail (self != NULL);

  add_element (self, WB_LABEL_BAR, x_um, y_um, width_um, height_um);
}

static gboolean
is_printable (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] < ' ' || data[i] > '~')
      return FALSE;
  return length > 0;
}

static gboolean
is_digits (const char *data)
{
  return *data != '\0' && strspn (data, "0123456789") == strlen (data);
}

/* Eleven modules a character, start and check included, thirteen for the stop. Only digits, an even number of them,
 * go two to a character. */
static guint
code_128_modules (const char *data, guint extra)
{
  gsize length = strlen (data);

  if (length > MAX_LINEAR)
    return 0;
  if (is_digits (data) && length % 2 == 0)
    length /= 2;
  return (guint) (length + 2 + extra) * 11 + 13;
}

guint
wb_label_symbol_modules (WbLabelSymbol symbol, const char *data)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (data != NULL, 0);

  switch (symbol)
    {
    case WB_LABEL_CODE_128:
      return is_printable (data, strlen (data)) ? code_128_modules (data, 0) : 0;
    case WB_LABEL_GS1_128:
      plain = g_strdelimit (g_strdup (data), "\x1d", ' ');
      return is_printable (plain, strlen (plain)) ? code_128_modules (plain, 1) : 0;
    case WB_LABEL_EAN_13:
      return strlen (data) == 13 && wb_gs1_check_number (data, NULL) ? 95 : 0;
    case WB_LABEL_QR:
      return *data != '\0' && strlen (data) <= MAX_SQUARE && g_utf8_validate (data, -1, NULL) ? 25 : 0;
    case WB_LABEL_DATAMATRIX:
      return strlen (data) <= MAX_SQUARE && is_printable (data, strlen (data)) ? 20 : 0;
    default:
      return 0;
    }
}

gboolean
wb_label_add_symbol (WbLabel *self, WbLabelSymbol symbol, guint x_um, guint y_um, guint width_um, guint height_um,
                     WbLabelAlign align, const char *data, GError **error)
{
  WbLabelElement *element = NULL;
  guint modules = 0;
  guint i = 0;

  g_return_val_if_fail (self != NULL && data != NULL, FALSE);

  modules = wb_label_symbol_modules (symbol, data);
  if (modules == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "no barcode of this kind can hold “%.60s”", data);
      return FALSE;
    }
  while (i < G_N_ELEMENTS (modules_um) && (modules + QUIET) * modules_um[i] > width_um)
    i++;
  if (i == G_N_ELEMENTS (modules_um))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "the barcode of “%.60s” would be too dense to read", data);
      return FALSE;
    }
  element = add_element (self, WB_LABEL_SYMBOL, x_um, y_um, width_um, height_um);
  element->symbol = symbol;
  element->align = align;
  element->module_um = modules_um[i];
  element->text = g_strdup (data);
  return TRUE;
}
