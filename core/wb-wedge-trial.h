/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One scan of a scanner that plays a keyboard, looked at: how fast its keys came, what it begins and ends with, and whether
 * core/wb-wedge.h tells it from typing with these options. For whoever sets such a scanner up. Any one thread.
 */
#pragma once

#include "core/wb-wedge.h"

G_BEGIN_DECLS

typedef struct _WbWedgeTrial WbWedgeTrial;

/**
 * WbWedgeLook:
 * @n_letters: that it has, without its end
 * @mean_us: from one key to the next; 0 for less than two
 * @longest_us: the longest pause between two
 * @first: the first letter: what a prefix would be
 * @end: WB_WEDGE_ENTER, WB_WEDGE_TAB, or 0 for neither
 * @scan: (nullable): what it is read as; %NULL when it would be taken for typing
 */
typedef struct
{
  guint n_letters;
  gint64 mean_us;
  gint64 longest_us;
  gunichar first;
  gunichar end;
  char *scan;
} WbWedgeLook;

/**
 * wb_wedge_trial_new:
 * @options: (nullable): as the station has them; copied
 *
 * Returns: (transfer full): a trial without keys
 */
WbWedgeTrial *wb_wedge_trial_new (const WbWedgeOptions *options);
void wb_wedge_trial_free (WbWedgeTrial *self);

/**
 * wb_wedge_trial_key:
 * @letter: as of wb_wedge_key()
 * @at_us: as of wb_wedge_key()
 */
void wb_wedge_trial_key (WbWedgeTrial *self, gunichar letter, gint64 at_us);

/**
 * wb_wedge_trial_end:
 *
 * Nothing came for a while: that was it. The next key begins another one.
 *
 * Returns: (transfer none) (nullable): how it was; valid until the next key; %NULL when there was none
 */
const WbWedgeLook *wb_wedge_trial_end (WbWedgeTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWedgeTrial, wb_wedge_trial_free)

G_END_DECLS
