/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small mark: a symbol and a word in the colour that says what it means. For a status, a stage, a
 * trouble. Words come from wb-word.h. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_PILL (wb_pill_get_type ())
G_DECLARE_FINAL_TYPE (WbPill, wb_pill, WB, PILL, GtkWidget)

GtkWidget *wb_pill_new (const char *domain,
                        const char *code);
void wb_pill_set (WbPill *self,
                  const char *domain,
                  const char *code);

G_END_DECLS
