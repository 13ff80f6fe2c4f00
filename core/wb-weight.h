/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Weights as people type them and read them. Kept as whole grams everywhere; this is only the way
 * in and out. Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Heavier than any parcel; what is more is a slip of the finger or a barcode. */
#define WB_WEIGHT_MAX_G 1000000

/**
 * wb_weight_parse:
 * @text: "1.84", "1,84 kg", "1840 g"; without a unit it is kilograms, as on the display of a scale
 * @weight_g: (out): grams, rounded half up
 *
 * Fails with %WB_ERROR_INVALID (not a weight) or %WB_ERROR_RANGE (zero, negative, beyond
 * %WB_WEIGHT_MAX_G).
 */
gboolean wb_weight_parse (const char *text,
                          gint64     *weight_g,
                          GError    **error);

/**
 * wb_weight_to_string:
 * @weight_g: grams
 *
 * Returns: (transfer full): "1.84 kg"; below a kilogram "640 g"
 */
char *wb_weight_to_string (gint64 weight_g);

G_END_DECLS
