/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parcels of an order that goes out in several: box, weight and contents of each, which one is in hand and which
 * ones are done. Empty while there is only one. Main thread.
 */
#pragma once

#include "core/wb-job-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_PARCEL_LIST (wb_parcel_list_get_type ())
G_DECLARE_FINAL_TYPE (WbParcelList, wb_parcel_list, WB, PARCEL_LIST, GtkBox)

/**
 * wb_parcel_list_show:
 * @state: the job; read, not kept
 *
 * Shows the parcels as they are.
 */
void wb_parcel_list_show (WbParcelList *self, const WbJobState *state);

G_END_DECLS
