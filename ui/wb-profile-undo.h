/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In a window of settings: says after each change of a station's profile that it was made, and offers to take it back (also Ctrl+Z).
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "ui/wb-profile-keeper.h"

G_BEGIN_DECLS

/**
 * wb_profile_undo_attach:
 * @window: in which the profile is changed
 * @keeper: of the profile
 *
 * Follows @keeper as long as @window lives.
 */
void wb_profile_undo_attach (AdwPreferencesWindow *window, WbProfileKeeper *keeper);

G_END_DECLS
