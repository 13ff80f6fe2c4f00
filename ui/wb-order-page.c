/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-order-page-private.h"

G_DEFINE_FINAL_TYPE (WbOrderPage, wb_order_page, WB_TYPE_DETAIL_PAGE)

static void
history_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbOrderPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) changes = wb_page_store_history_finish (WB_DB (source), result, &error);

  if (changes == NULL)
    {
      g_debug ("the history cannot be read: %s", error->message);
      return;
    }
  if (self->history == NULL)
    return;
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = g_steal_pointer (&changes);
  _wb_order_page_show_history (self);
}

static void
wb_order_page_read (WbDetailPage *page, WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  wb_page_store_order_async (db, id, cancellable, callback, user_data);
  wb_page_store_history_async (db, id, 0, cancellable, history_read_cb, g_object_ref (page));
}

static gboolean
wb_order_page_show (WbDetailPage *page, WbDb *db, GAsyncResult *result, GError **error)
{
  WbOrderPage *self = WB_ORDER_PAGE (page);
  WbOrder *order = wb_page_store_order_finish (db, result, error);

  if (order == NULL)
    return FALSE;

  g_clear_pointer (&self->order, wb_order_free);
  self->order = order;
  _wb_order_page_show_head (self);
  _wb_order_page_show_cards (self);
  _wb_order_page_update_actions (self);
  return TRUE;
}

static void
note_kept_cb (WbOrderPage *self)
{
  _wb_order_page_add_note (self);
}

static void
narrow_cb (WbOrderPage *self)
{
  if (self->order != NULL)
    _wb_order_page_show_cards (self);
}

static void
wb_order_page_dispose (GObject *object)
{
  WbOrderPage *self = WB_ORDER_PAGE (object);

  self->history = NULL;
  g_clear_pointer (&self->order, wb_order_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);

  G_OBJECT_CLASS (wb_order_page_parent_class)->dispose (object);
}

static void
wb_order_page_class_init (WbOrderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  WbDetailPageClass *detail_class = WB_DETAIL_PAGE_CLASS (klass);

  object_class->dispose = wb_order_page_dispose;
  detail_class->topic = "order";
  detail_class->read = wb_order_page_read;
  detail_class->show = wb_order_page_show;

  _wb_order_page_install_actions (widget_class);
}

static void
wb_order_page_init (WbOrderPage *self)
{
  WbDetailColumns *columns = WB_DETAIL_COLUMNS (wb_detail_columns_new ());

  self->columns = columns;
  g_signal_connect_object (columns, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  self->head = WB_DETAIL_HEAD (wb_detail_head_new ());
  wb_detail_columns_add_top (columns, GTK_WIDGET (self->head));
  self->alerts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  wb_detail_columns_add_top (columns, self->alerts);

  self->lines = wb_detail_columns_add_card (columns, FALSE, _ ("Lines"));
  self->shipments = wb_detail_columns_add_card (columns, FALSE, _ ("Shipments"));
  self->photos = wb_detail_columns_add_card (columns, FALSE, _ ("Photos"));
  self->photo_strip = WB_PHOTO_STRIP (wb_photo_strip_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->photos), FALSE);
  wb_card_set_footer (self->photos, GTK_WIDGET (self->photo_strip));
  self->history = wb_detail_columns_add_card (columns, FALSE, _ ("History"));
  self->money = wb_detail_columns_add_card (columns, TRUE, _ ("Money"));
  self->deliver = wb_detail_columns_add_card (columns, TRUE, _ ("Deliver to"));
  self->notes = wb_detail_columns_add_card (columns, TRUE, _ ("Notes"));
  self->note_box = WB_NOTE_BOX (wb_note_box_new ());
  g_signal_connect_object (self->note_box, "kept", G_CALLBACK (note_kept_cb), self, G_CONNECT_SWAPPED);
  wb_card_set_footer (self->notes, GTK_WIDGET (self->note_box));
  self->customer = wb_detail_columns_add_card (columns, TRUE, _ ("Customer"));

  wb_detail_page_set_content (WB_DETAIL_PAGE (self), GTK_WIDGET (columns));
}
