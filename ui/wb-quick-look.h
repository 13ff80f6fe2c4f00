/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A closer look at the selected row, beside the table: everything that is known about it in one
 * column, what is empty left out. Reads the row by itself and again when it changes. For all there is to do with
 * it there is its page. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "db/wb-db.h"
#include "ui/wb-table.h"

G_BEGIN_DECLS

#define WB_TYPE_QUICK_LOOK (wb_quick_look_get_type ())
G_DECLARE_FINAL_TYPE (WbQuickLook, wb_quick_look, WB, QUICK_LOOK, GtkWidget)

/**
 * WbQuickLook::open:
 * @self: the pane
 * @id: of what it shows
 *
 * The user wants the whole page.
 */

/**
 * WbQuickLook::closed:
 * @self: the pane
 *
 * The user wants it out of the way.
 */

GtkWidget *wb_quick_look_new (const WbTableSpec *spec);

void wb_quick_look_set_rights (WbQuickLook *self, WbRights *rights, gboolean can_open);
void wb_quick_look_set_db (WbQuickLook *self, WbDb *db);
void wb_quick_look_set_id (WbQuickLook *self, gint64 id, guint n_selected);
void wb_quick_look_reload (WbQuickLook *self);

G_END_DECLS
