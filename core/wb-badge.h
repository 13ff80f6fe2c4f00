/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A person's badge: what its barcode says, and how it looks on a card. Whose badge it is stands in the database alone.
 *
 * Pure functions, any thread.
 */
#pragma once

#include "core/wb-label.h"

G_BEGIN_DECLS

/** What badges begin with that a shop makes for itself; any other code may be a badge too. */
#define WB_BADGE_PREFIX "WB:STAFF:"

/**
 * wb_badge_new_code:
 *
 * Returns: (transfer full): a code that nobody has yet and nobody guesses
 */
char *wb_badge_new_code (void);

/**
 * wb_badge_layout:
 * @name: of the person
 * @code: what the barcode says
 *
 * Fails with %WB_ERROR_INVALID or %WB_ERROR_LIMIT when no barcode on a card can hold @code.
 *
 * Returns: (transfer full): a card as the template "badge" has it, 86 × 54 mm
 */
WbLabel *wb_badge_layout (const char *name, const char *code, GError **error);

G_END_DECLS
