/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a job's state share: wb-job-state.c (life, comparing, asking), wb-job-fold.c
 * (events into state) and wb-job-parcel.c (what is in the boxes).
 */
#pragma once

#include "core/wb-job-state.h"

G_BEGIN_DECLS

void _wb_job_parcel_free (gpointer data);
WbJobLineState *_wb_job_state_peek_line (const WbJobState *self, guint number);
WbJobParcel *_wb_job_state_peek_parcel (const WbJobState *self, guint number);
GHashTable *_wb_job_state_find_undone (const WbJobState *self);
gboolean _wb_job_event_is_undoable (WbJobEventKind kind);
void _wb_job_state_fold (WbJobState *self);

G_END_DECLS
