/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pick list on paper: what to fetch for one order, in walking order, with bin, quantity, room for a picture and a box to
 * tick, and the order's number as a barcode that a bench takes. Says what stands where; printing is elsewhere.
 *
 * Pure functions, any thread.
 */
#pragma once

#include "core/wb-job-state.h"
#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * WbPickListFacts:
 * @service: (nullable): carrier and service
 * @ship_by: (nullable): when it has to leave, in words
 * @printed: (nullable): when and where it was printed, in words
 *
 * What a list says beside its lines.
 */
typedef struct
{
  const char *service;
  const char *ship_by;
  const char *printed;
} WbPickListFacts;

/**
 * wb_pick_list_layout:
 * @state: a job
 * @facts: what else to say
 * @width_um: of the paper
 * @height_um: of the paper
 *
 * What is still to be fetched; of a job that is past that, everything it sends.
 *
 * Returns: (transfer full) (element-type WbLabel): the pages, at least one
 */
GPtrArray *wb_pick_list_layout (const WbJobState *state, const WbPickListFacts *facts, guint width_um, guint height_um,
                                GError **error);

G_END_DECLS
