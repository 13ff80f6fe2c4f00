/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clauses of a filter, each a chip that can be taken away or taken up again for editing. Shows;
 * whoever owns the filter decides. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "core/wb-filter.h"

G_BEGIN_DECLS

#define WB_TYPE_FILTER_CHIPS (wb_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterChips, wb_filter_chips, WB, FILTER_CHIPS, GtkWidget)

/**
 * WbFilterChips::remove:
 * @self: the chips
 * @clause: which
 *
 * The user wants to be rid of a clause.
 */

/**
 * WbFilterChips::edit:
 * @self: the chips
 * @clause: which
 *
 * The user wants to change a clause.
 */

void wb_filter_chips_set_filter (WbFilterChips *self, WbFilter *filter,
                                 const WbFilterContext *context);

G_END_DECLS
