/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: printing labels of products, places, totes, people and returns. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-label-dialog.h"
#include "ui/wb-window-private.h"

static void
labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (wb_label_dialog_new (self, self->desk, self->settings)));
}

static void
products_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  gsize n = 0;
  const gint64 *skus = g_variant_get_fixed_array (parameter, &n, sizeof (gint64));

  if (n > 0)
    gtk_window_present (GTK_WINDOW (wb_label_dialog_new_for_products (self, self->desk, self->settings, skus, (guint) n)));
}

static void
returns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (wb_label_dialog_new_for_returns (self, self->desk, self->settings, g_variant_get_int64 (parameter))));
}

void
_wb_window_labels_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print-labels", NULL, labels_action);
  gtk_widget_class_install_action (widget_class, "win.print-product-labels", "ax", products_action);
  gtk_widget_class_install_action (widget_class, "win.print-return-labels", "x", returns_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.print-labels", NULL);
}

/* Only where there is something to print with, for who may. */
void
_wb_window_update_labels (WbWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.print-labels", self->desk != NULL && wb_session_may (self->session, "label_places"));
  gtk_widget_action_set_enabled (widget, "win.print-product-labels", self->desk != NULL && wb_session_may (self->session, "label_products"));
  gtk_widget_action_set_enabled (widget, "win.print-return-labels", self->desk != NULL && wb_session_may (self->session, "label_returns"));
}
