/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/wb-print-job-row.h"
#include "ui/wb-print-queue-window.h"

struct _WbPrintQueueWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListBox *list;

  /* Owned references */
  WbPrintQueue *queue;
  WbDeviceRig *rig;
};

G_DEFINE_FINAL_TYPE (WbPrintQueueWindow, wb_print_queue_window, ADW_TYPE_WINDOW)

static void
show_face (WbPrintQueueWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "jobs" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prints.clear", n > 0);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  WbPrintQueueWindow *self = user_data;

  return wb_print_job_row_new (self->queue, item, self->rig);
}

static void
clear_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_print_queue_clear (WB_PRINT_QUEUE_WINDOW (widget)->queue);
}

static void
wb_print_queue_window_dispose (GObject *object)
{
  WbPrintQueueWindow *self = WB_PRINT_QUEUE_WINDOW (object);

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_PRINT_QUEUE_WINDOW);
  g_clear_object (&self->queue);
  g_clear_object (&self->rig);
  G_OBJECT_CLASS (wb_print_queue_window_parent_class)->dispose (object);
}

static void
wb_print_queue_window_class_init (WbPrintQueueWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_print_queue_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-print-queue-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrintQueueWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPrintQueueWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, WbPrintQueueWindow, list);
  gtk_widget_class_install_action (widget_class, "prints.clear", NULL, clear_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_print_queue_window_init (WbPrintQueueWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WbPrintQueueWindow *
wb_print_queue_window_new (GtkWindow *parent, WbPrintQueue *queue, WbDeviceRig *rig)
{
  WbPrintQueueWindow *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && WB_IS_PRINT_QUEUE (queue) && WB_IS_DEVICE_RIG (rig), NULL);

  self = g_object_new (WB_TYPE_PRINT_QUEUE_WINDOW, "transient-for", parent, NULL);
  self->queue = g_object_ref (queue);
  self->rig = g_object_ref (rig);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (queue), make_row, self, NULL);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (show_face), self, G_CONNECT_SWAPPED);
  show_face (self);
  return self;
}

void
wb_print_queue_window_set_place (WbPrintQueueWindow *self, const char *words)
{
  g_return_if_fail (WB_IS_PRINT_QUEUE_WINDOW (self));

  adw_status_page_set_description (self->empty, words);
}
