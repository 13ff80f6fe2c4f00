/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Countries by their ISO 3166-1 codes. Constant data; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *wb_country_get_name (const char *code);
guint wb_country_get_number (const char *code);

G_END_DECLS
