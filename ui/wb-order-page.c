/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-narrow-bin.h"
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
narrow_cb (WbNarrowBin *bin, GParamSpec *pspec, WbOrderPage *self)
{
  gboolean narrow = wb_narrow_bin_get_narrow (bin);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->right, narrow ? -1 : 330, -1);
}

static void
note_activate_cb (WbOrderPage *self)
{
  _wb_order_page_add_note (self);
}

static GtkWidget *
build_head (WbOrderPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->number = wb_card_label (NULL, "title-1");
  gtk_label_set_selectable (GTK_LABEL (self->number), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->number), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_box_append (GTK_BOX (title), self->number);

  self->customer_link = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->customer_link, "flat");
  gtk_widget_add_css_class (self->customer_link, "customer-link");
  gtk_widget_set_valign (self->customer_link, GTK_ALIGN_BASELINE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->customer_link), "order.open-customer");
  gtk_box_append (GTK_BOX (title), self->customer_link);
  gtk_box_append (GTK_BOX (words), title);

  self->pills = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->pills), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->pills), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->pills), 14);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->pills), 4);
  gtk_widget_set_halign (self->pills, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), self->pills);

  self->facts = wb_card_label (NULL, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->facts), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->facts), TRUE);
  gtk_box_append (GTK_BOX (words), self->facts);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (head), words);

  self->primary = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->primary, "suggested-action");
  gtk_widget_set_valign (self->primary, GTK_ALIGN_START);
  gtk_widget_set_visible (self->primary, FALSE);
  gtk_box_append (GTK_BOX (buttons), self->primary);

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu, _ ("What to do with this order"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What to do with this order"), -1);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (buttons), self->menu);
  gtk_box_append (GTK_BOX (head), buttons);
  return head;
}

static WbCard *
add_card (GtkWidget *column, const char *title)
{
  GtkWidget *card = wb_card_new (title);

  gtk_box_append (GTK_BOX (column), card);
  return WB_CARD (card);
}

static GtkWidget *
build_note_entry (WbOrderPage *self)
{
  self->note_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note_entry), _ ("Write a note"));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->note_entry), GTK_ENTRY_ICON_SECONDARY, "document-send-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->note_entry), GTK_ENTRY_ICON_SECONDARY, _ ("Keep the note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note"), -1);
  gtk_widget_add_css_class (self->note_entry, "note-entry");
  g_signal_connect_object (self->note_entry, "activate", G_CALLBACK (note_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note_entry, "icon-release", G_CALLBACK (note_activate_cb), self, G_CONNECT_SWAPPED);
  return self->note_entry;
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
  GtkWidget *bin = wb_narrow_bin_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_add_css_class (content, "detail");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1240);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  wb_narrow_bin_set_child (WB_NARROW_BIN (bin), clamp);
  g_signal_connect_object (bin, "notify::narrow", G_CALLBACK (narrow_cb), self, 0);

  gtk_box_append (GTK_BOX (content), build_head (self));
  self->alerts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (content), self->alerts);

  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_hexpand (self->left, TRUE);
  self->right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_size_request (self->right, 330, -1);
  gtk_box_append (GTK_BOX (self->columns), self->left);
  gtk_box_append (GTK_BOX (self->columns), self->right);
  gtk_box_append (GTK_BOX (content), self->columns);

  self->lines = add_card (self->left, _ ("Lines"));
  self->shipments = add_card (self->left, _ ("Shipments"));
  self->history = add_card (self->left, _ ("History"));
  self->money = add_card (self->right, _ ("Money"));
  self->deliver = add_card (self->right, _ ("Deliver to"));
  self->notes = add_card (self->right, _ ("Notes"));
  wb_card_set_footer (self->notes, build_note_entry (self));
  self->customer = add_card (self->right, _ ("Customer"));

  wb_detail_page_set_content (WB_DETAIL_PAGE (self), bin);
}
