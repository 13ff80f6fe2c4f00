/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The strip under the header bar that tells when the database is away, coming back or read-only,
 * and what happens meanwhile. Follows its database by itself; empty and without height when all
 * is well. (AdwBanner came with libadwaita 1.3.) Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BANNER (wb_banner_get_type ())
G_DECLARE_FINAL_TYPE (WbBanner, wb_banner, WB, BANNER, GtkWidget)

void wb_banner_set_notice (WbBanner *self, const char *notice);
gboolean wb_banner_get_revealed (WbBanner *self);
const char *wb_banner_get_text (WbBanner *self);

G_END_DECLS
