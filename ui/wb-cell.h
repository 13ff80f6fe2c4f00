/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One cell of a table: draws one value of a row itself, without child widgets, because a column view
 * makes two hundred rows of them and binds all of them again on every jump. What is not on screen
 * costs nothing: text is formatted and laid out when it is drawn. Main thread.
 *
 * A #WbCellColumn is what all cells of a column share, a #WbCellStyle what all cells of a table share.
 */
#pragma once

#include <gtk/gtk.h>

#include "core/wb-field.h"
#include "ui/wb-row-item.h"
#include "ui/wb-format.h"

G_BEGIN_DECLS

/**
 * WbCellStyle:
 * @values: how values are written
 * @compact: rows as low as can be
 * @icons: icons that were looked up, by name
 *
 * Shared by the cells of a table; counted.
 */
typedef struct
{
  WbFormatStyle values;
  gboolean compact;
  GHashTable *icons;
} WbCellStyle;

WbCellStyle *wb_cell_style_new (void);
WbCellStyle *wb_cell_style_ref (WbCellStyle *self);
void wb_cell_style_unref (WbCellStyle *self);
void wb_cell_style_forget_icons (WbCellStyle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCellStyle, wb_cell_style_unref)

/**
 * WbCellFlags:
 * @WB_CELL_PRIMARY: names the row: drawn stronger
 * @WB_CELL_MARK: carries the coloured mark of the row at its start
 * @WB_CELL_SUMMARY: the whole row in two lines, for narrow windows
 */
typedef enum
{
  WB_CELL_NONE = 0,
  WB_CELL_PRIMARY = 1 << 0,
  WB_CELL_MARK = 1 << 1,
  WB_CELL_SUMMARY = 1 << 2,
} WbCellFlags;

/* The parts of a row in two lines. */
typedef enum
{
  WB_CELL_PART_TITLE,
  WB_CELL_PART_AMOUNT,
  WB_CELL_PART_DETAIL,
  WB_CELL_PART_STATE,
  WB_CELL_N_PARTS,
} WbCellPart;

/* So many fields at most stand in one part, one after the other. */
#define WB_CELL_MAX_JOINED 4

typedef struct _WbCellColumn WbCellColumn;

/**
 * WbCellMarkFunc:
 * @row: a row
 * @user_data: of the column
 *
 * Returns: (transfer none) (nullable): the named colour of the row's mark
 */
typedef const char *(*WbCellMarkFunc) (const WbRow *row, gpointer user_data);

/**
 * WbCellColumn:
 * @field: what it shows; NULL for a summary
 * @index: which value of a row
 * @flags: how
 * @style: (owned): of the table
 * @parts: fields of each part of a summary, the first ones of its row; NULL where there is none
 * @part_index: which values of a row
 * @mark: (nullable): the colour at the start of a row
 * @mark_data: for @mark
 */
struct _WbCellColumn
{
  const WbField *field;
  guint index;
  WbCellFlags flags;
  WbCellStyle *style;
  const WbField *parts[WB_CELL_N_PARTS][WB_CELL_MAX_JOINED];
  guint part_index[WB_CELL_N_PARTS][WB_CELL_MAX_JOINED];
  WbCellMarkFunc mark;
  gpointer mark_data;
};

WbCellColumn *wb_cell_column_new (const WbField *field, guint index, WbCellFlags flags,
                                  WbCellStyle *style);
WbCellColumn *wb_cell_column_ref (WbCellColumn *self);
void wb_cell_column_unref (WbCellColumn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCellColumn, wb_cell_column_unref)

#define WB_TYPE_CELL (wb_cell_get_type ())
G_DECLARE_FINAL_TYPE (WbCell, wb_cell, WB, CELL, GtkWidget)

GtkWidget *wb_cell_new (WbCellColumn *column);

const WbField *wb_cell_get_field (WbCell *self);
WbRowItem *wb_cell_get_item (WbCell *self);
void wb_cell_set_item (WbCell *self, WbRowItem *item);
char *wb_cell_dup_text (WbCell *self);

G_END_DECLS
