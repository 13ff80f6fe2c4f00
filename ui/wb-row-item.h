/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A place in a lazy list: stays the same object while the row it stands for is read, read again or
 * moves, so that widgets and selection can hold on to it. Without a row it is loading and shown as a
 * skeleton. Rows themselves (core/wb-row.h) are immutable values. Main thread.
 */
#pragma once

#include <glib-object.h>

#include "core/wb-row.h"

G_BEGIN_DECLS

#define WB_TYPE_ROW_ITEM (wb_row_item_get_type ())
G_DECLARE_FINAL_TYPE (WbRowItem, wb_row_item, WB, ROW_ITEM, GObject)

WbRowItem *wb_row_item_new (WbRow *row);

WbRow *wb_row_item_get_row (WbRowItem *self);
void wb_row_item_set_row (WbRowItem *self, WbRow *row);
gint64 wb_row_item_get_id (WbRowItem *self);
gboolean wb_row_item_is_loading (WbRowItem *self);

gpointer wb_row_item_get_owner (WbRowItem *self);
void wb_row_item_set_owner (WbRowItem *self, gpointer owner);

G_END_DECLS
