/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words from outside: what a device, a server or somebody on the network says may be any bytes, and goes into windows, labels and names.
 *
 * Plain values, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WB_CLEAN_MAX:
 *
 * Bytes of a line that nobody needs to be longer.
 */
#define WB_CLEAN_MAX 1023

/**
 * wb_clean_line:
 * @bytes: what was said
 * @length: of that, or -1 when it ends with a NUL
 * @most: bytes of the result
 *
 * Returns: (transfer full): one line of valid UTF-8 without control characters and without blanks at its ends; what is no UTF-8 is
 *   replaced, and no letter is cut in two
 */
char *wb_clean_line (const char *bytes, gssize length, gsize most);

/**
 * wb_clean_visible:
 * @text: UTF-8 or not
 *
 * For a terminal, which takes some control characters for commands, and for people, who want to know that they are there.
 *
 * Returns: (transfer full): the same with a sign for each of them, as "␛" for ESC and "␝" for GS
 */
char *wb_clean_visible (const char *text);

G_END_DECLS
