/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading and writing moments as files and services write them. A moment is microseconds since
 * 1970 in UTC, as in g_date_time_to_unix() × 1,000,000; what a person reads is formatted by
 * GDateTime elsewhere. A date whose day and month could be exchanged is refused unless the format
 * is given. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_TIME_US_PER_S G_GINT64_CONSTANT (1000000)

gboolean wb_time_parse      (const char *text,
                             const char *formats,
                             GTimeZone  *zone,
                             gint64     *moment_us,
                             GError    **error);
gboolean wb_time_check_formats (const char *formats,
                                GError    **error);
char    *wb_time_to_string  (gint64      moment_us);

G_END_DECLS
