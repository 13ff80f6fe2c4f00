/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a job in walking order: where each lies, how much of it, what is done, and which one
 * is in hand. Rows are kept from one update to the next and the one in hand is scrolled into view.
 * Main thread.
 */
#pragma once

#include "core/wb-job-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_LINE_LIST (wb_line_list_get_type ())
G_DECLARE_FINAL_TYPE (WbLineList, wb_line_list, WB, LINE_LIST, GtkWidget)

/**
 * wb_line_list_show:
 * @state: the job; read, not kept
 * @step: which count to show: review (none), pick or verify
 *
 * Shows the lines as they stand.
 */
void wb_line_list_show (WbLineList *self, const WbJobState *state, WbJobStep step);

G_END_DECLS
