/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of WbWindow, shared by wb-window.c, wb-window-toasts.c, wb-window-prints.c and wb-window-actions.c.
 */
#pragma once

#include "ui/wb-page-frame.h"
#include "ui/wb-wait-bar.h"
#include "ui/wb-window.h"

G_BEGIN_DECLS

struct _WbWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwFlap *flap;
  GtkListBox *navigation;
  GtkLabel *seat;
  AdwLeaflet *content;
  GtkWidget *root;
  GtkStack *pages;
  WbWaitBar *wait_bar;

  /* Borrowed references */
  const WbSession *session;

  /* Owned references */
  WbDb *db;
  WbPrintDesk *desk; /* (nullable) */
  GSettings *settings;
  AdwToast *undo_toast;
  char *last_act;
  char *notice;
  GCancellable *cancellable;

  guint drop_source;
};

void _wb_window_actions_class_init (GtkWidgetClass *widget_class);
void _wb_window_labels_class_init (GtkWidgetClass *widget_class);
void _wb_window_update_labels (WbWindow *self);
void _wb_window_prints_class_init (GtkWidgetClass *widget_class);
void _wb_window_prints_init (WbWindow *self);
void _wb_window_actions_init (WbWindow *self);
void _wb_window_update_actions (WbWindow *self);

gboolean _wb_window_back (WbWindow *self);
WbPageFrame *_wb_window_get_frame (WbWindow *self);

G_END_DECLS
