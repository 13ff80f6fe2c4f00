/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-row.h"

#include <string.h>

/* As text: values joined by a character that stands in none. */
#define TAG_SEPARATOR "\037"

struct _WbRow
{
  gatomicrefcount ref_count;
  guint n_values;
  gint64 id;
  GBytes *key;
  WbRowValue values[]; /* the texts follow */
};

G_DEFINE_BOXED_TYPE (WbRow, wb_row, wb_row_ref, wb_row_unref)

/**
 * wb_row_new:
 * @id: which thing
 * @key: (nullable): where it stands in its list
 * @values: (array length=n_values): its cells; copied
 * @n_values: their number
 *
 * Returns: (transfer full): a row
 */
WbRow *
wb_row_new (gint64 id,
            GBytes *key,
            const WbRowValue *values,
            guint n_values)
{
  gsize size = sizeof (WbRow) + n_values * sizeof (WbRowValue), text_size = 0;
  WbRow *self = NULL;
  char *at = NULL;

  for (guint i = 0; i < n_values; i++)
    if (values[i].type == WB_ROW_TEXT)
      text_size += strlen (values[i].text) + 1;

  self = g_malloc (size + text_size);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_values = n_values;
  self->id = id;
  self->key = key != NULL ? g_bytes_ref (key) : NULL;
  at = (char *) self + size;
  for (guint i = 0; i < n_values; i++)
    {
      self->values[i] = values[i];
      if (values[i].type != WB_ROW_TEXT)
        continue;
      self->values[i].text = at;
      at = stpcpy (at, values[i].text) + 1;
    }

  return self;
}

/**
 * wb_row_ref:
 * @self: a row
 *
 * Any thread. Returns: @self
 */
WbRow *
wb_row_ref (WbRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wb_row_unref:
 * @self: a row
 *
 * Any thread.
 */
void
wb_row_unref (WbRow *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

/**
 * wb_row_get_id:
 * @self: a row
 *
 * Returns: the id of the thing that it shows
 */
gint64
wb_row_get_id (const WbRow *self)
{
  return self->id;
}

/**
 * wb_row_get_key:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): where it stands in its list
 */
GBytes *
wb_row_get_key (const WbRow *self)
{
  return self->key;
}

/**
 * wb_row_get_n_values:
 * @self: a row
 *
 * Returns: how many columns it has
 */
guint
wb_row_get_n_values (const WbRow *self)
{
  return self->n_values;
}

/**
 * wb_row_get_value_type:
 * @self: a row
 * @column: which
 *
 * Returns: how that cell is held; %WB_ROW_NULL when it is empty or there is no such column
 */
WbRowValueType
wb_row_get_value_type (const WbRow *self,
                       guint column)
{
  return column < self->n_values ? self->values[column].type : WB_ROW_NULL;
}

/**
 * wb_row_is_null:
 * @self: a row
 * @column: which
 *
 * Returns: whether that cell is empty
 */
gboolean
wb_row_is_null (const WbRow *self,
                guint column)
{
  return wb_row_get_value_type (self, column) == WB_ROW_NULL;
}

/**
 * wb_row_get_int:
 * @self: a row
 * @column: which
 *
 * Returns: the integer: a count, grams, microseconds since 1970 UTC, days since 1970-01-01, 0 or 1;
 *   0 when there is none
 */
gint64
wb_row_get_int (const WbRow *self,
                guint column)
{
  return wb_row_get_value_type (self, column) == WB_ROW_INT ? self->values[column].number : 0;
}

/**
 * wb_row_get_text:
 * @self: a row
 * @column: which
 *
 * Returns: (transfer none): the text; "" when there is none
 */
const char *
wb_row_get_text (const WbRow *self,
                 guint column)
{
  return wb_row_get_value_type (self, column) == WB_ROW_TEXT ? self->values[column].text : "";
}

/**
 * wb_row_get_money:
 * @self: a row
 * @column: which
 * @currency: (out) (optional) (transfer none): ISO 4217 code; "" when there is no value
 *
 * Returns: minor units; millionths of the major unit for a field of %WB_FIELD_PRICE
 */
gint64
wb_row_get_money (const WbRow *self,
                  guint column,
                  const char **currency)
{
  gboolean is = wb_row_get_value_type (self, column) == WB_ROW_MONEY;

  if (currency != NULL)
    *currency = is ? self->values[column].currency : "";

  return is ? self->values[column].number : 0;
}

/**
 * wb_row_get_bool:
 * @self: a row
 * @column: which
 *
 * Returns: yes or no; no when there is no value
 */
gboolean
wb_row_get_bool (const WbRow *self,
                 guint column)
{
  return wb_row_get_int (self, column) != 0;
}

/**
 * wb_row_dup_tags:
 * @self: a row
 * @column: which, of a field of %WB_FIELD_TAGS or one with several values
 *
 * Returns: (transfer full): the values, %NULL-terminated
 */
char **
wb_row_dup_tags (const WbRow *self,
                 guint column)
{
  return g_strsplit (wb_row_get_text (self, column), TAG_SEPARATOR, 0);
}

static gboolean
values_equal (const WbRowValue *a,
              const WbRowValue *b)
{
  if (a->type != b->type)
    return FALSE;
  switch (a->type)
    {
    case WB_ROW_INT:
      return a->number == b->number;
    case WB_ROW_TEXT:
      return strcmp (a->text, b->text) == 0;
    case WB_ROW_MONEY:
      return a->number == b->number && strcmp (a->currency, b->currency) == 0;
    case WB_ROW_NULL:
    default:
      return TRUE;
    }
}

/**
 * wb_row_equal:
 * @a: a row
 * @b: another
 *
 * Returns: whether both show the same thing, at the same place, with the same cells
 */
gboolean
wb_row_equal (const WbRow *a,
              const WbRow *b)
{
  if (a == b)
    return TRUE;
  if (a->id != b->id || a->n_values != b->n_values || (a->key == NULL) != (b->key == NULL) ||
      (a->key != NULL && !g_bytes_equal (a->key, b->key)))
    return FALSE;
  for (guint i = 0; i < a->n_values; i++)
    if (!values_equal (&a->values[i], &b->values[i]))
      return FALSE;

  return TRUE;
}
