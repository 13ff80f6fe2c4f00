/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one station is made of, kept current: read from the database and again when it changes there, from a file while the
 * database is away, and written when somebody changes it here. Whoever follows it listens to #WbProfileKeeper::changed. Main thread; nothing blocks.
 */
#pragma once

#include "db/wb-station-store.h"

G_BEGIN_DECLS

#define WB_TYPE_PROFILE_KEEPER (wb_profile_keeper_get_type ())
G_DECLARE_FINAL_TYPE (WbProfileKeeper, wb_profile_keeper, WB, PROFILE_KEEPER, GObject)

/**
 * WbProfileKeeper::changed:
 *
 * The station, its profile, or what there is to say about it is another one.
 */

/**
 * WbProfileKeeper::edited:
 *
 * Somebody changed it here, which wb_profile_keeper_undo() takes back.
 */

/**
 * wb_profile_keeper_new:
 * @folder: (nullable): where the last profile of a station is kept for when the database is away; %NULL keeps none
 *
 * Returns: (transfer full): a keeper of no station
 */
WbProfileKeeper *wb_profile_keeper_new (WbDb *db, const char *folder);

/**
 * wb_profile_keeper_set_station:
 * @station: (nullable): code of a station
 *
 * The one before is let go of: what was not written yet is not written any more.
 */
void wb_profile_keeper_set_station (WbProfileKeeper *self, const char *station);
const char *wb_profile_keeper_get_station (WbProfileKeeper *self);

/**
 * wb_profile_keeper_get_profile:
 *
 * Returns: (transfer none): what the station is made of; an empty profile until that is known
 */
const WbStationProfile *wb_profile_keeper_get_profile (WbProfileKeeper *self);

/**
 * wb_profile_keeper_is_known:
 *
 * Returns: whether the profile came from the database, so that it may be changed; %FALSE while it is read, and with what a file has
 */
gboolean wb_profile_keeper_is_known (WbProfileKeeper *self);

/**
 * wb_profile_keeper_is_written:
 *
 * Returns: whether all that was set here is in the database
 */
gboolean wb_profile_keeper_is_written (WbProfileKeeper *self);

/**
 * wb_profile_keeper_get_trouble:
 *
 * Returns: (transfer none) (nullable): why it cannot be read or was not written, as an error says it
 */
const char *wb_profile_keeper_get_trouble (WbProfileKeeper *self);

/**
 * wb_profile_keeper_set_profile:
 * @profile: a changed copy of the one that is kept
 *
 * Counts at once, and is written in the background. When somebody else was quicker, theirs counts and the trouble says so. Does
 * nothing unless wb_profile_keeper_is_known().
 */
void wb_profile_keeper_set_profile (WbProfileKeeper *self, const WbStationProfile *profile);

/**
 * wb_profile_keeper_undo:
 *
 * Takes back what was changed here last. Does nothing when nothing was, or when somebody else changed it since: theirs counts.
 */
void wb_profile_keeper_undo (WbProfileKeeper *self);
WbDb *wb_profile_keeper_get_db (WbProfileKeeper *self);

G_END_DECLS
