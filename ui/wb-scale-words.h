/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scale shows, in words for whoever stands before it. Main thread. */
#pragma once

#include "devices/wb-scale.h"

G_BEGIN_DECLS

/**
 * wb_scale_words_get_number:
 *
 * Returns: (transfer full): what it shows, in its own unit and precision: "1.840 kg"; "–" when it shows no number
 */
char *wb_scale_words_get_number (WbScale *scale);

/**
 * wb_scale_words_get_state:
 * @is_trouble: (out) (optional): whether somebody has to do something before it can weigh
 *
 * Returns: how far the number can be trusted, and what to do when it cannot; in the language of the program
 */
const char *wb_scale_words_get_state (WbScale *scale, gboolean *is_trouble);

G_END_DECLS
