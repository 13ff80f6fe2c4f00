/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-acts.h"
#include "db/wb-db-error.h"
#include "ui/wb-order-page-private.h"
#include "ui/wb-window.h"
#include "ui/wb-word.h"

/* What was asked for, carried until the database has done it. */
typedef struct
{
  WbOrderPage *page;
  char *said;
} Asked;

static Asked *
ask (WbOrderPage *self, const char *said)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->page = g_object_ref (self);
  asked->said = g_strdup (said);
  return asked;
}

static WbWindow *
get_window (WbOrderPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return WB_IS_WINDOW (root) ? WB_WINDOW (root) : NULL;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr(WbOrderPage) self = asked->page;
  g_autofree char *said = asked->said;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbActResult) done = wb_acts_finish (WB_DB (source), result, &error);
  WbWindow *window = get_window (self);

  g_free (asked);
  if (window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (done == NULL)
    wb_window_toast (window, error->message);
  else if (done->refused->len > 0)
    wb_window_toast (window, ((WbActRefusal *) g_ptr_array_index (done->refused, 0))->why);
  else
    wb_window_toast_undo (window, said, done->act_id);
  wb_detail_page_read (WB_DETAIL_PAGE (self));
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));

  wb_acts_order_hold_async (wb_page_get_db (WB_PAGE (self)), &id, 1, g_variant_get_string (parameter, NULL), "", NULL,
                            acted_cb, ask (self, _ ("The order is on hold")));
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));

  wb_acts_order_release_async (wb_page_get_db (WB_PAGE (self)), &id, 1, "", NULL, acted_cb,
                               ask (self, _ ("The order is released")));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  const char *stage = g_variant_get_string (parameter, NULL);
  g_autofree char *said = g_strdup_printf (_ ("The order is in “%s”"), wb_word_text ("stage", stage));

  wb_acts_order_move_async (wb_page_get_db (WB_PAGE (self)), &id, 1, stage, "", NULL, acted_cb, ask (self, said));
}

static void
rush_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  gboolean rush = self->order != NULL && !self->order->order->rush;

  wb_acts_order_rush_async (wb_page_get_db (WB_PAGE (self)), &id, 1, rush, NULL, acted_cb,
                            ask (self, rush ? _ ("The order is a rush order") : _ ("The order is no rush order any more")));
}

static void
cancel_response_cb (AdwMessageDialog *dialog, const char *response, WbOrderPage *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  gint64 id = wb_page_get_id (WB_PAGE (self));

  if (!g_str_equal (response, "cancel-order"))
    return;
  wb_acts_order_cancel_async (wb_page_get_db (WB_PAGE (self)), &id, 1, gtk_editable_get_text (entry), NULL, acted_cb,
                              ask (self, _ ("The order is cancelled")));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  GtkWidget *dialog = NULL;
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *title = g_strdup_printf (_ ("Cancel order %s?"), self->order->order->number);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), title,
                                   _ ("Its pieces go back into stock. It can be undone."));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep it"), "cancel-order", _ ("_Cancel order"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-order", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel-order");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);

  if (self->order != NULL && self->order->order->customer_id != 0)
    gtk_widget_activate_action (widget, "win.open", "(sx)", "customer", self->order->order->customer_id);
}

static void
acknowledge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);

  wb_acts_note_acknowledge_async (wb_page_get_db (WB_PAGE (self)), g_variant_get_int64 (parameter), NULL, acted_cb,
                                  ask (self, _ ("The instruction is acknowledged")));
}

static void
remove_note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);

  wb_acts_note_remove_async (wb_page_get_db (WB_PAGE (self)), g_variant_get_int64 (parameter), NULL, acted_cb,
                             ask (self, _ ("The note is removed")));
}

/* What was typed goes only when the database has it. */
static void
note_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbOrderPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbActResult) done = wb_acts_finish (WB_DB (source), result, &error);
  WbWindow *window = get_window (self);

  if (self->history == NULL || window == NULL)
    return;
  gtk_widget_set_sensitive (self->note_entry, TRUE);
  if (done == NULL)
    {
      wb_window_toast (window, error->message);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->note_entry), "");
  wb_window_toast_undo (window, _ ("The note is kept"), done->act_id);
  wb_detail_page_read (WB_DETAIL_PAGE (self));
}

void
_wb_order_page_add_note (WbOrderPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note_entry))));
  WbDb *db = wb_page_get_db (WB_PAGE (self));

  if (text[0] == '\0' || db == NULL)
    return;
  gtk_widget_set_sensitive (self->note_entry, FALSE);
  wb_acts_note_add_async (db, wb_page_get_id (WB_PAGE (self)), "internal", text, NULL, note_added_cb, g_object_ref (self));
}

/* ---- What can be done now ------------------------------------------------------------------ */

static GMenuModel *
build_menu (WbOrderPage *self)
{
  const WbOrderHead *o = self->order->order;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) holds = g_menu_new ();
  g_autoptr(GMenu) stages = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();
  guint n = 0;
  const WbWord *reasons = wb_word_list ("hold", &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_ (reasons[i].text), NULL);

      g_menu_item_set_action_and_target (item, "order.hold", "s", reasons[i].code);
      g_menu_append_item (holds, item);
    }
  for (guint i = 0; self->order->transitions[i] != NULL; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (wb_word_text ("stage", self->order->transitions[i]), NULL);

      g_menu_item_set_action_and_target (item, "order.move", "s", self->order->transitions[i]);
      g_menu_append_item (stages, item);
    }
  g_menu_append (first, o->rush ? _ ("No _rush any more") : _ ("Mark as _rush"), "order.rush");
  if (g_menu_model_get_n_items (G_MENU_MODEL (stages)) > 0)
    g_menu_append_submenu (first, _ ("_Move to"), G_MENU_MODEL (stages));
  g_menu_append_submenu (first, _ ("_Hold"), G_MENU_MODEL (holds));
  g_menu_append (first, _ ("_End the hold"), "order.release");
  g_menu_append (last, _ ("_Cancel order…"), "order.cancel");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
_wb_order_page_update_actions (WbOrderPage *self)
{
  const WbOrderHead *o = self->order->order;
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(GMenuModel) menu = build_menu (self);
  gboolean open = g_str_equal (o->status, "pending") || g_str_equal (o->status, "processing");
  const char *const *stages = (const char *const *) self->order->transitions;

  wb_detail_head_set_menu (self->head, _ ("What to do with this order"), menu);
  gtk_widget_action_set_enabled (widget, "order.hold", open);
  gtk_widget_action_set_enabled (widget, "order.release", o->held);
  gtk_widget_action_set_enabled (widget, "order.rush", open);
  gtk_widget_action_set_enabled (widget, "order.cancel", open && self->order->shipments->len == 0);
  gtk_widget_action_set_enabled (widget, "order.open-customer", o->customer_id != 0);

  if (o->held)
    wb_detail_head_set_primary (self->head, _ ("End the hold"), "order.release", NULL);
  else if (g_str_equal (o->stage, "new") && g_strv_contains (stages, "verified"))
    wb_detail_head_set_primary (self->head, _ ("Accept unpaid"), "order.move", g_variant_new_string ("verified"));
  else if (g_str_equal (o->stage, "production"))
    wb_detail_head_set_primary (self->head, _ ("Production finished"), "order.move", g_variant_new_string ("ready_to_pack"));
  else if (g_str_equal (o->stage, "shipped"))
    wb_detail_head_set_primary (self->head, _ ("Mark as delivered"), "order.move", g_variant_new_string ("delivered"));
  else
    wb_detail_head_set_primary (self->head, NULL, NULL, NULL);
}

void
_wb_order_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "order.hold", "s", hold_action);
  gtk_widget_class_install_action (widget_class, "order.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "order.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "order.rush", NULL, rush_action);
  gtk_widget_class_install_action (widget_class, "order.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "order.open-customer", NULL, open_customer_action);
  gtk_widget_class_install_action (widget_class, "order.acknowledge", "x", acknowledge_action);
  gtk_widget_class_install_action (widget_class, "order.remove-note", "x", remove_note_action);
}
