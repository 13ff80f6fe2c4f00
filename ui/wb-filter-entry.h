/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search box: an expression of core/wb-filter.h, with completion, and with what is wrong said where
 * it is wrong. While the text is not an expression the last one that was stays in force. Knows one
 * catalogue and no rows. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "core/wb-filter.h"

G_BEGIN_DECLS

#define WB_TYPE_FILTER_ENTRY (wb_filter_entry_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterEntry, wb_filter_entry, WB, FILTER_ENTRY, GtkWidget)

/**
 * WbFilterEntry::committed:
 * @self: the box
 *
 * Enter was pressed on an expression.
 */

/**
 * WbFilterEntry::leave:
 * @self: the box
 *
 * The user wants to go on with what was found (Down, Escape in an empty box).
 */

/**
 * WbFilterEntry::erase:
 * @self: the box
 *
 * Backspace in an empty box: take back what was committed last.
 */

GtkWidget *wb_filter_entry_new (const WbCatalogue *catalogue);

void wb_filter_entry_set_context (WbFilterEntry *self, const WbFilterContext *context);

const char *wb_filter_entry_get_text (WbFilterEntry *self);
void wb_filter_entry_set_text (WbFilterEntry *self, const char *text);

WbFilter *wb_filter_entry_get_filter (WbFilterEntry *self);

void wb_filter_entry_begin (WbFilterEntry *self, const char *text);

G_END_DECLS
