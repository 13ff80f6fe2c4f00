/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-template-private.h"

/* Filling in one template. */
typedef struct
{
  const WbLabelTemplate *template;
  const WbLabelValues *values;
  WbLabel *label;
} Filler;

/* A field of a row has its value there, everything else on the label itself. */
static const char *
get_value (const Filler *filler, const WbLabelValues *row, const char *name)
{
  const char *value = row != NULL ? wb_label_values_get (row, name) : "";

  return *value != '\0' ? value : wb_label_values_get (filler->values, name);
}

/* What a value stands in, so that it stays one value whatever is in it. */
typedef enum
{
  PLAIN,
  ELEMENTS, /* "(01)…(10)…": an opening bracket begins the next element */
  FIELDS,   /* "…|…" of a MaxiCode: a bar begins the next field, and so does a control character in the symbol */
} Setting;

static Setting
get_setting (const WbLabelPart *part, const WbSymbology *symbology)
{
  const WbLabelPiece *first = part->pieces->len > 0 ? g_ptr_array_index (part->pieces, 0) : NULL;

  if (symbology->form == WB_SYMBOL_HEXAGONS)
    return FIELDS;
  return symbology->prepare != NULL && first != NULL && first->literal != NULL && *first->literal == '(' ? ELEMENTS : PLAIN;
}

static void
append_value (GString *text, const char *value, Setting setting)
{
  for (const char *c = value; *c != '\0'; c++)
    {
      if (setting == ELEMENTS && (*c == '(' || *c == '\\'))
        g_string_append_c (text, '\\');
      g_string_append_c (text, setting == FIELDS && (*c == '|' || g_ascii_iscntrl (*c)) ? ' ' : *c);
    }
}

/* Words with the fields filled in; fills @filled when a field had a value, or there was none to fill in. */
static char *
fill_in (const Filler *filler, GPtrArray *pieces, const WbLabelValues *row, Setting setting, gboolean *filled)
{
  GString *text = g_string_new (NULL);
  gboolean has_fields = FALSE;
  gboolean has_values = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    {
      const WbLabelPiece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *value = NULL;

      if (piece->field == NULL)
        {
          g_string_append (text, piece->literal);
          continue;
        }
      value = wb_label_field_format (piece->field->type, get_value (filler, row, piece->field->name), piece->format);
      has_fields = TRUE;
      has_values = has_values || *value != '\0';
      append_value (text, value, setting);
    }
  *filled = has_values || !has_fields;
  return g_string_free (text, FALSE);
}

static gboolean
holds (const Filler *filler, const WbLabelPart *part, const WbLabelValues *row)
{
  for (guint i = 0; i < part->conditions->len; i++)
    {
      const WbLabelCondition *condition = g_ptr_array_index (part->conditions, i);
      const char *value = get_value (filler, row, condition->field->name);
      gboolean is_so = condition->value != NULL ? strcmp (value, condition->value) == 0 : *value != '\0';

      if (condition->field->type == WB_LABEL_FIELD_ROWS)
        is_so = wb_label_values_get_rows (filler->values, condition->field->name) != NULL;
      if (is_so == condition->is_not)
        return FALSE;
    }
  return TRUE;
}

/* ---- Lines ------------------------------------------------------------------------------------- */

/* Breaks a line where a word ends, so that none is longer than @most letters if that can be. */
static void
wrap_line (const char *line, guint most, GPtrArray *lines)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (text->str, -1) + 1 + g_utf8_strlen (words[i], -1);

      if (text->len > 0 && length > (glong) most)
        {
          g_ptr_array_add (lines, g_strdup (text->str));
          g_string_truncate (text, 0);
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
    }
  g_ptr_array_add (lines, g_strdup (text->str));
}

static GPtrArray *
split_lines (const WbLabelPart *part, const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) raw = g_strsplit (text, "\n", -1);

  for (guint i = 0; raw[i] != NULL; i++)
    {
      if (part->wrap > 0)
        wrap_line (raw[i], part->wrap, lines);
      else
        g_ptr_array_add (lines, g_strdup (raw[i]));
    }
  return lines;
}

/* As large as the number of lines allows. */
static void
add_lines (const Filler *filler, const WbLabelPart *part, const char *text)
{
  g_autoptr (GPtrArray) lines = split_lines (part, text);
  guint most = part->most > 1 ? part->most : lines->len;
  guint n_lines = MAX (MIN (lines->len, most), 1);
  guint step = MIN (part->pitch_um, part->height_um / n_lines);
  guint height = part->line_percent > 0 ? step * part->line_percent / 100 : MIN (part->line_um, step);

  for (guint i = 0; i < n_lines && i < lines->len; i++)
    {
      gboolean bold = part->bold || (part->bold_first && i == 0) || (part->bold_last && i + 1 == n_lines);

      wb_label_add_text (filler->label, part->x_um, part->y_um + i * step, part->width_um, height, part->align, bold,
                         g_ptr_array_index (lines, i));
    }
}

/* ---- Elements ---------------------------------------------------------------------------------- */

/* The first kind of barcode that holds it; what the first one says is wrong is told when none does. */
static gboolean
add_symbol (const Filler *filler, const WbLabelPart *part, const WbLabelValues *row, guint y_um, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < part->symbols->len; i++)
    {
      WbLabelSymbol symbol = g_array_index (part->symbols, WbLabelSymbol, i);
      gboolean filled = FALSE;
      g_autofree char *data = fill_in (filler, part->pieces, row, get_setting (part, wb_symbology_get (symbol)), &filled);

      if (!filled || *data == '\0')
        return TRUE;
      if (wb_label_add_symbol (filler->label, symbol, part->x_um, y_um, part->width_um, part->height_um, part->align, data,
                               first == NULL ? &first : NULL))
        return TRUE;
    }
  g_propagate_prefixed_error (error, g_steal_pointer (&first), "%s: [%s]: ", filler->template->file, part->group);
  return FALSE;
}

static gboolean
add_part (const Filler *filler, const WbLabelPart *part, const WbLabelValues *row, guint y_um, GError **error)
{
  g_autofree char *text = NULL;
  gboolean filled = TRUE;

  if (!holds (filler, part, row))
    return TRUE;
  wb_label_set_turn (filler->label, part->turn);
  if (part->type == WB_LABEL_PART_SYMBOL)
    return add_symbol (filler, part, row, y_um, error);
  if (part->pieces != NULL)
    text = fill_in (filler, part->pieces, row, PLAIN, &filled);
  if (!filled)
    return TRUE;
  if (part->type == WB_LABEL_PART_TEXT)
    wb_label_add_text (filler->label, part->x_um, y_um, part->width_um, part->height_um, part->align, part->bold, text);
  else if (part->type == WB_LABEL_PART_LINES)
    add_lines (filler, part, text);
  else if (part->type == WB_LABEL_PART_FRAME)
    wb_label_add_frame (filler->label, part->x_um, y_um, part->width_um, part->height_um, part->line_um);
  else if (part->type == WB_LABEL_PART_BAR)
    wb_label_add_bar (filler->label, part->x_um, y_um, part->width_um, part->height_um);
  else if (part->image != NULL)
    wb_label_add_image (filler->label, part->x_um, y_um, part->width_um, part->height_um, part->align, part->image);
  return TRUE;
}

static gboolean
add_rows (const Filler *filler, const WbLabelPart *part, GError **error)
{
  GPtrArray *rows = wb_label_values_get_rows (filler->values, part->repeat->name);

  for (guint i = 0; rows != NULL && i < rows->len && i < part->most; i++)
    if (!add_part (filler, part, g_ptr_array_index (rows, i), part->y_um + i * part->pitch_um, error))
      return FALSE;
  return TRUE;
}

WbLabel *
wb_label_template_layout (const WbLabelTemplate *self, const WbLabelValues *values, GError **error)
{
  Filler filler = { self, values, NULL };
  g_autoptr (WbLabel) label = NULL;
  g_autofree char *name = NULL;
  gboolean filled = FALSE;

  g_return_val_if_fail (self != NULL && values != NULL, NULL);

  name = fill_in (&filler, self->job, NULL, PLAIN, &filled);
  label = wb_label_new (name, self->width_um, self->height_um);
  filler.label = label;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const WbLabelPart *part = g_ptr_array_index (self->parts, i);

      if (!(part->repeat != NULL ? add_rows (&filler, part, error) : add_part (&filler, part, NULL, part->y_um, error)))
        return NULL;
    }
  wb_label_set_turn (label, 0);
  return g_steal_pointer (&label);
}
