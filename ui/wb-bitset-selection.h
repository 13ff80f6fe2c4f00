/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A selection over a lazy list: which positions, as a GtkBitset, so that selecting a million rows
 * costs nothing and reads none; and which ids, as far as rows were seen, so that a selected row stays
 * selected when it moves. (GtkMultiSelection holds every selected item, 400 MiB for a million.)
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/wb-lazy-list.h"

G_BEGIN_DECLS

#define WB_TYPE_BITSET_SELECTION (wb_bitset_selection_get_type ())
G_DECLARE_FINAL_TYPE (WbBitsetSelection, wb_bitset_selection, WB, BITSET_SELECTION, GObject)

WbBitsetSelection *wb_bitset_selection_new (WbLazyList *list);

guint wb_bitset_selection_count (WbBitsetSelection *self);
gboolean wb_bitset_selection_get_single (WbBitsetSelection *self, guint *position);
GArray *wb_bitset_selection_dup_ids (WbBitsetSelection *self);
gboolean wb_bitset_selection_foreach (WbBitsetSelection *self, GFunc func, gpointer user_data);

G_END_DECLS
