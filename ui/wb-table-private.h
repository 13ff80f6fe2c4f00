/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of WbTable: wb-table.c asks, wb-table-faces.c shows how that went, wb-table-columns.c has
 * columns, sorting and what is kept of them, wb-table-filter.c the filter, wb-table-bulk.c the bar of the selection, wb-table-actions.c what one
 * can do with keys and menus.
 */
#pragma once

#include <adwaita.h>

#include "db/wb-list-query.h"
#include "ui/wb-filter-chips.h"
#include "ui/wb-table.h"

G_BEGIN_DECLS

typedef struct
{
  WbTable *table;
  const WbField *field;
  GtkColumnViewColumn *column;
} WbTableColumn;

struct _WbTable
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkMenuButton *add_filter;
  GtkSearchEntry *field_search;
  GtkListBox *field_list;
  WbFilterChips *chips;
  GtkWidget *clear;
  GtkLabel *count;
  GtkWidget *cancel;
  GtkMenuButton *columns_button;
  GtkListBox *columns_list;
  GtkStack *faces;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  AdwStatusPage *empty;
  AdwStatusPage *nothing;
  AdwStatusPage *failed;
  GtkProgressBar *progress;
  GtkRevealer *bulk;
  GtkLabel *bulk_text;
  GtkLabel *bulk_sums;
  GtkBox *bulk_box;
  GtkPopoverMenu *menu;

  /* Owned references */
  GMenuModel *row_menu; /* what a page adds to the menu of a row */

  /* Borrowed references */
  const WbTableSpec *spec;
  const WbCatalogue *catalogue;
  GtkWidget *rows; /* the GtkListView inside of the view */

  /* Owned references */
  GSettings *settings;
  WbDb *db;
  WbLazyList *list;
  WbBitsetSelection *selection;
  WbCellStyle *style;
  WbRights *rights;   /* NULL: everything */
  GPtrArray *columns; /* WbTableColumn of what is shown */
  GPtrArray *read;    /* const WbField: what rows have, in the order of their values */
  WbFilter *filter;
  WbFilter *typed;
  GCancellable *sums_cancellable; /* of the sum that is asked for */

  WbFilterContext context;
  WbListSort sorts[WB_LIST_MAX_SORTS];
  guint n_sorts;
  const WbField *probed;
  guint query_source;
  guint fit_source;
  guint rescale_source;
  guint valid_source;
  guint progress_source;
  guint sums_source;
  guint waited_ms;
  int width;
  double kept_scroll;
  gboolean sums_outdated;
  gboolean probing;
  gboolean setting;
  gboolean chosen;
  gboolean can_open;
  gboolean narrow;
  gboolean mapped_once;
};

/* wb-table.c */
void _wb_table_query_later (WbTable *self);

/* wb-table-filter.c */
void _wb_table_filter_class_init (GtkWidgetClass *widget_class);
void _wb_table_update_chips (WbTable *self);

/* wb-table-faces.c */
void _wb_table_show_failure (WbTable *self, const GError *error);
void _wb_table_update_faces (WbTable *self);

/* wb-table-bulk.c */
void _wb_table_update_bulk (WbTable *self);
void _wb_table_bulk_news (WbTable *self);
void _wb_table_bulk_stop (WbTable *self);
void _wb_table_keep_scroll (WbTable *self);

/* wb-table-columns.c */
void _wb_table_columns_start (WbTable *self);
void _wb_table_columns_restrict (WbTable *self);
void _wb_table_columns_stop (WbTable *self);
void _wb_table_columns_fit (WbTable *self, int width);
void _wb_table_columns_show (WbTable *self, const WbField *field, gboolean show);
gboolean _wb_table_columns_shows (WbTable *self, const WbField *field);
void _wb_table_columns_reset (WbTable *self);
void _wb_table_columns_restyle (WbTable *self);
void _wb_table_columns_rescale (WbTable *self);
void _wb_table_columns_show_sort (WbTable *self);
guint _wb_table_columns_read (WbTable *self, const WbField *field);

/* wb-table-actions.c */
void _wb_table_actions_class_init (GtkWidgetClass *widget_class);
void _wb_table_actions_init (WbTable *self);
void _wb_table_actions_start (WbTable *self);
void _wb_table_actions_restrict (WbTable *self);
void _wb_table_update_actions (WbTable *self);

G_END_DECLS
