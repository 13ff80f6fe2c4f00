/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main window: the sidebar of pages, the page in front, detail pages on top of it, toasts.
 * It is there before the database is, and stays when the database goes. It decides nothing about
 * orders: pages do. Main thread.
 */
#pragma once

#include "core/wb-session.h"
#include "ui/wb-page.h"
#include "ui/wb-print-desk.h"

G_BEGIN_DECLS

#define WB_TYPE_WINDOW (wb_window_get_type ())
G_DECLARE_FINAL_TYPE (WbWindow, wb_window, WB, WINDOW, AdwApplicationWindow)

WbWindow *wb_window_new (GtkApplication *application, GSettings *settings);

void wb_window_set_db (WbWindow *self, WbDb *db);
const WbSession *wb_window_get_session (WbWindow *self);
void wb_window_set_session (WbWindow *self, const WbSession *session);
void wb_window_set_print_desk (WbWindow *self, WbPrintDesk *desk);
void wb_window_set_waiting (WbWindow *self, const char *text);

void wb_window_show_page (WbWindow *self, const char *name);
WbPage *wb_window_get_page (WbWindow *self);

void wb_window_find (WbWindow *self, const char *name, const char *expression);
gboolean wb_window_open (WbWindow *self, const char *kind, gint64 id);

void wb_window_toast (WbWindow *self, const char *text);
void wb_window_toast_undo (WbWindow *self, const char *text, const char *act);
void wb_window_toast_action (WbWindow *self, const char *text, const char *label, const char *action);
void wb_window_toast_failure (WbWindow *self, const GError *error);

void wb_window_wait_begin (WbWindow *self, const char *text, GCancellable *cancellable);
void wb_window_wait_end (WbWindow *self, GCancellable *cancellable);

G_END_DECLS
