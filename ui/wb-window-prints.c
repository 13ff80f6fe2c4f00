/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: printing something of an order, and what waits to be printed. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-print-dialog.h"
#include "ui/wb-print-queue-window.h"
#include "ui/wb-window-private.h"

/* Looks for printers, to move jobs to, as long as the window is open. */
static void
queue_gone_cb (gpointer desk, GObject *window)
{
  wb_print_desk_end_looking (desk);
  g_object_unref (desk);
}

static void
queue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  WbPrintQueueWindow *window = NULL;

  window = wb_print_queue_window_new (GTK_WINDOW (self), wb_print_desk_get_queue (self->desk), wb_print_desk_get_rig (self->desk));
  wb_print_queue_window_set_place (window, _ ("What is printed from this computer stands here until it came out, and why when it does not."));
  wb_print_desk_begin_looking (self->desk);
  g_object_weak_ref (G_OBJECT (window), queue_gone_cb, g_object_ref (self->desk));
  gtk_window_present (GTK_WINDOW (window));
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  const char *document = NULL;
  gint64 order_id = 0;
  gint64 label_id = 0;

  g_variant_get (parameter, "(x&sx)", &order_id, &document, &label_id);
  gtk_window_present (GTK_WINDOW (wb_print_dialog_new (self, self->desk, self->settings, order_id, document, label_id)));
}

void
_wb_window_prints_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print-queue", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "win.print-order", "(xsx)", order_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.print-queue", NULL);
}

void
_wb_window_prints_init (WbWindow *self)
{
  wb_window_set_print_desk (self, NULL);
}

/**
 * wb_window_set_print_desk:
 * @desk: (nullable): what the program prints with; without one nothing is printed here
 */
void
wb_window_set_print_desk (WbWindow *self, WbPrintDesk *desk)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  g_set_object (&self->desk, desk);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print-queue", desk != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print-order", desk != NULL);
  _wb_window_update_labels (self);
}
