/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of a list: an id, the key by which it sorts, and a value for each column that was asked
 * for. Immutable, one block of memory, counted atomically; any thread may hold and read one. It knows
 * nothing of fields: who asked for the columns knows which is which.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WB_TYPE_ROW (wb_row_get_type ())

typedef struct _WbRow WbRow;

/**
 * WbRowValueType: how a cell is held. Times, days, weights and yes/no are %WB_ROW_INT.
 */
typedef enum
{
  WB_ROW_NULL,
  WB_ROW_INT,
  WB_ROW_TEXT,
  WB_ROW_MONEY,
} WbRowValueType;

/**
 * WbRowValue:
 * @type: which of the others count
 * @number: the integer; minor units of a money; microseconds, days, grams, 0 or 1
 * @currency: ISO 4217 code of a money
 * @text: (nullable): the text; copied by wb_row_new()
 *
 * A cell on its way into a row.
 */
typedef struct
{
  WbRowValueType type;
  char currency[4];
  gint64 number;
  const char *text;
} WbRowValue;

GType wb_row_get_type (void);
WbRow *wb_row_new (gint64 id,
                   GBytes *key,
                   const WbRowValue *values,
                   guint n_values);
WbRow *wb_row_ref (WbRow *self);
void wb_row_unref (WbRow *self);

gint64 wb_row_get_id (const WbRow *self);
GBytes *wb_row_get_key (const WbRow *self);
guint wb_row_get_n_values (const WbRow *self);
WbRowValueType wb_row_get_value_type (const WbRow *self,
                                      guint column);
gboolean wb_row_is_null (const WbRow *self,
                         guint column);
gint64 wb_row_get_int (const WbRow *self,
                       guint column);
const char *wb_row_get_text (const WbRow *self,
                             guint column);
gint64 wb_row_get_money (const WbRow *self,
                         guint column,
                         const char **currency);
gboolean wb_row_get_bool (const WbRow *self,
                          guint column);
char **wb_row_dup_tags (const WbRow *self,
                        guint column);
gboolean wb_row_equal (const WbRow *a,
                       const WbRow *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRow, wb_row_unref)

G_END_DECLS
