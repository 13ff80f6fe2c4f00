/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of one kind of thing: columns of its catalogue over a lazy list, sorted by a click on a
 * header and filtered by an expression, both in the database; with a bar of filters above, a bar for
 * the selection below, and a face of its own for empty, loading and error. In narrow windows rows
 * have two lines instead of columns. What a kind of thing needs beyond that is in its #WbTableSpec.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "db/wb-db.h"
#include "db/wb-rights.h"
#include "ui/wb-bitset-selection.h"
#include "ui/wb-cell.h"

G_BEGIN_DECLS

/**
 * WbTableSpec:
 * @catalogue: what is listed: "orders"
 * @topic: whose news to follow: "order"
 * @kind: what opening a row opens: "order"
 * @opens: (nullable): what a row opens, where that is not itself: "order"
 * @columns: names of the columns at first, the most important ones first, separated by spaces; as many
 *   are shown as there is room for
 * @extra: (nullable): names of fields that are read though not shown, for @mark
 * @summary: fields of a row in two lines: title, amount, detail, state; NULL for none; several, separated by spaces, stand one after
 *   the other
 * @look_title: of quick look: what it is called
 * @look_amount: (nullable): of quick look: the amount beside the title
 * @look_marks: (nullable): of quick look: fields that say how it stands
 * @look: of quick look: the facts, the most important ones first
 * @look_lines: (nullable): of quick look: a catalogue of what it consists of, found by its field of this @kind; name and quantity
 * @count_text: what to call so many rows: "48 213 orders"
 * @mark: (nullable): the colour at the start of a row; its data is the table, which knows columns: wb_table_get_index()
 * @icon_name: for the empty face
 * @empty_title: what the empty face says
 * @empty_text: what to do first
 *
 * All that is particular about the table of one kind of thing. Constant data.
 */
typedef struct
{
  const char *catalogue;
  const char *topic;
  const char *kind;
  const char *opens;
  const char *columns;
  const char *extra;
  const char *summary[WB_CELL_N_PARTS];
  const char *look_title;
  const char *look_amount;
  const char *look_marks;
  const char *look;
  const char *look_lines;
  char *(*count_text) (guint64 n_rows, gboolean more);
  WbCellMarkFunc mark;
  const char *icon_name;
  const char *empty_title;
  const char *empty_text;
} WbTableSpec;

#define WB_TYPE_TABLE (wb_table_get_type ())
G_DECLARE_FINAL_TYPE (WbTable, wb_table, WB, TABLE, GtkWidget)

/**
 * WbTable::open:
 * @self: the table
 * @id: which row
 *
 * Enter or a double click on a row.
 */

/**
 * WbTable::selection-changed:
 * @self: the table
 */

/**
 * WbTable::wants-filter:
 * @self: the table
 * @text: start of a clause: "status:"
 *
 * The user picked a field to filter by: the search box should go on from here.
 */

GtkWidget *wb_table_new (const WbTableSpec *spec, GSettings *settings);

void wb_table_set_db (WbTable *self, WbDb *db);
void wb_table_set_rights (WbTable *self, WbRights *rights, gboolean can_open);
void wb_table_set_context (WbTable *self, const WbFilterContext *context);

WbFilter *wb_table_get_filter (WbTable *self);
void wb_table_set_filter (WbTable *self, WbFilter *filter);
void wb_table_set_typed_filter (WbTable *self, WbFilter *filter);
void wb_table_commit_typed_filter (WbTable *self);
char *wb_table_take_last_clause (WbTable *self);

char *wb_table_dup_sort (WbTable *self);
gboolean wb_table_set_sort (WbTable *self, const char *sort, GError **error);

const WbCatalogue *wb_table_get_catalogue (WbTable *self);
const WbTableSpec *wb_table_get_spec (WbTable *self);
WbLazyList *wb_table_get_list (WbTable *self);
WbBitsetSelection *wb_table_get_selection (WbTable *self);
guint wb_table_get_index (WbTable *self, const char *field);
gint64 wb_table_get_focus_id (WbTable *self);
gboolean wb_table_get_narrow (WbTable *self);

void wb_table_set_row_menu (WbTable *self, GMenuModel *menu);
void wb_table_clear_bulk_widgets (WbTable *self);
void wb_table_add_bulk_widget (WbTable *self, GtkWidget *widget, gboolean when_narrow);

void wb_table_go_to (WbTable *self, guint position);
void wb_table_focus_rows (WbTable *self);
void wb_table_reload (WbTable *self);
void wb_table_clear_selection (WbTable *self);

G_END_DECLS
