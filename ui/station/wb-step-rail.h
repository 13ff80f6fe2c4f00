/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a job, top to bottom: what is done has a tick, where we are an arrow. Main thread.
 */
#pragma once

#include "core/wb-job-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_STEP_RAIL (wb_step_rail_get_type ())
G_DECLARE_FINAL_TYPE (WbStepRail, wb_step_rail, WB, STEP_RAIL, GtkBox)

/**
 * wb_step_rail_show:
 * @state: (nullable): the job; read, not kept
 *
 * Shows where it stands.
 */
void wb_step_rail_show (WbStepRail *self, const WbJobState *state);

/**
 * wb_step_rail_set_narrow:
 * @narrow: one row from left to right, of which only the step in hand has its name, instead of a column
 */
void wb_step_rail_set_narrow (WbStepRail *self, gboolean narrow);

G_END_DECLS
