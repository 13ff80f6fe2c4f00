/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scanners that play a keyboard, in the settings: how they are told from typing (core/wb-wedge.h), kept in the station's profile, and a
 * place to scan into that says what such a scan looked like. Main thread.
 */
#pragma once

#include "ui/wb-profile-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_WEDGE_ROW (wb_wedge_row_get_type ())
G_DECLARE_FINAL_TYPE (WbWedgeRow, wb_wedge_row, WB, WEDGE_ROW, AdwExpanderRow)

/**
 * wb_wedge_row_new:
 * @keeper: the station's profile; changed by what is set here
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *wb_wedge_row_new (WbProfileKeeper *keeper);

G_END_DECLS
