/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws a box and what goes into it, seen from a corner above: what is in it, where the next piece
 * goes, and the rest as outlines. A picture of one way that fits, not an order. Main thread.
 */
#pragma once

#include "core/wb-job-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_BOX_VIEW (wb_box_view_get_type ())
G_DECLARE_FINAL_TYPE (WbBoxView, wb_box_view, WB, BOX_VIEW, GtkWidget)

/**
 * wb_box_view_show:
 * @state: (nullable): the job; read, not kept
 * @parcel: number of the parcel
 * @box: (nullable): the box it is in, or would be in
 *
 * Shows what is in the box, where the next piece goes, and what is still to come.
 */
void wb_box_view_show (WbBoxView *self, const WbJobState *state, guint parcel, const WbJobBox *box);

G_END_DECLS
