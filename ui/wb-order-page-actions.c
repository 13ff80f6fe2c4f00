/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-acts.h"
#include "ui/wb-deed.h"
#include "ui/wb-one-line.h"
#include "ui/wb-order-page-private.h"
#include "ui/wb-word.h"

static WbDeed *
begin (WbOrderPage *self, const char *doing, const char *said)
{
  WbDeed *deed = wb_deed_new (GTK_WIDGET (self), doing);

  wb_deed_set_said (deed, said);
  return deed;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbDeed) deed = user_data;
  g_autoptr(WbActResult) done = wb_deed_finish (deed, source, result);

  if (done != NULL)
    wb_deed_tell (deed, NULL, done);
  wb_detail_page_read (WB_DETAIL_PAGE (wb_deed_get_origin (deed)));
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  WbDeed *deed = begin (self, _ ("Holding the order…"), _ ("The order is on hold"));

  wb_acts_order_hold_async (wb_page_get_db (WB_PAGE (self)), &id, 1, g_variant_get_string (parameter, NULL), "",
                            wb_deed_get_cancellable (deed), acted_cb, deed);
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  WbDeed *deed = begin (self, _ ("Releasing the order…"), _ ("The order is released"));

  wb_acts_order_release_async (wb_page_get_db (WB_PAGE (self)), &id, 1, "", wb_deed_get_cancellable (deed), acted_cb, deed);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  const char *stage = g_variant_get_string (parameter, NULL);
  g_autofree char *said = g_strdup_printf (_ ("The order is in “%s”"), wb_word_text ("stage", stage));
  WbDeed *deed = begin (self, _ ("Moving the order…"), said);

  wb_acts_order_move_async (wb_page_get_db (WB_PAGE (self)), &id, 1, stage, "", wb_deed_get_cancellable (deed), acted_cb,
                            deed);
}

static void
rush_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  gint64 id = wb_page_get_id (WB_PAGE (self));
  gboolean rush = self->order != NULL && !self->order->order->rush;
  WbDeed *deed = begin (self, _ ("Changing the urgency…"),
                        rush ? _ ("The order is a rush order") : _ ("The order is no rush order any more"));

  wb_acts_order_rush_async (wb_page_get_db (WB_PAGE (self)), &id, 1, rush, wb_deed_get_cancellable (deed), acted_cb, deed);
}

static void
cancel_response_cb (AdwMessageDialog *dialog, const char *response, WbOrderPage *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  gint64 id = wb_page_get_id (WB_PAGE (self));

  WbDeed *deed = NULL;

  if (!g_str_equal (response, "cancel-order"))
    return;
  deed = begin (self, _ ("Cancelling the order…"), _ ("The order is cancelled"));
  wb_acts_order_cancel_async (wb_page_get_db (WB_PAGE (self)), &id, 1, gtk_editable_get_text (entry),
                              wb_deed_get_cancellable (deed), acted_cb, deed);
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
  wb_one_line_keep (GTK_EDITABLE (entry));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
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
print_returns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.print-return-labels", "x", wb_page_get_id (WB_PAGE (widget)));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.print-order", "(xsx)", wb_page_get_id (WB_PAGE (widget)), "", (gint64) 0);
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
  WbDeed *deed = begin (self, _ ("Acknowledging…"), _ ("The instruction is acknowledged"));

  wb_acts_note_acknowledge_async (wb_page_get_db (WB_PAGE (self)), g_variant_get_int64 (parameter),
                                  wb_deed_get_cancellable (deed), acted_cb, deed);
}

static void
remove_note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderPage *self = WB_ORDER_PAGE (widget);
  WbDeed *deed = begin (self, _ ("Removing the note…"), _ ("The note is removed"));

  wb_acts_note_remove_async (wb_page_get_db (WB_PAGE (self)), g_variant_get_int64 (parameter),
                             wb_deed_get_cancellable (deed), acted_cb, deed);
}

/* What was typed goes only when the database has it. */
static void
note_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbDeed) deed = user_data;
  WbOrderPage *self = WB_ORDER_PAGE (wb_deed_get_origin (deed));
  g_autoptr(WbActResult) done = wb_deed_finish (deed, source, result);

  if (done != NULL)
    wb_deed_tell (deed, _ ("The note is kept"), done);
  if (self->history == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->note_box), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->note_box));
  if (done == NULL)
    return;
  wb_note_box_set_text (self->note_box, "");
  wb_detail_page_read (WB_DETAIL_PAGE (self));
}

void
_wb_order_page_add_note (WbOrderPage *self)
{
  g_autofree char *text = wb_note_box_dup_text (self->note_box);
  WbDb *db = wb_page_get_db (WB_PAGE (self));
  WbDeed *deed = NULL;

  if (text[0] == '\0' || db == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->note_box), FALSE);
  deed = wb_deed_new (GTK_WIDGET (self), _ ("Keeping the note…"));
  wb_acts_note_add_async (db, wb_page_get_id (WB_PAGE (self)), "internal", text, wb_deed_get_cancellable (deed),
                          note_added_cb, deed);
}

/* ---- What can be done now ------------------------------------------------------------------ */

static gboolean
is_open (const WbOrderHead *o)
{
  return g_str_equal (o->status, "pending") || g_str_equal (o->status, "processing");
}

static gboolean
can_cancel (WbOrderPage *self)
{
  return is_open (self->order->order) && self->order->shipments->len == 0 && wb_page_may (WB_PAGE (self), "order_cancel");
}

/* Something of it went out. */
static gboolean
can_return (WbOrderPage *self)
{
  return self->order->shipments->len > 0 && wb_page_may (WB_PAGE (self), "label_returns");
}

/* Only what can be done with this order, by this seat. */
static GMenuModel *
build_menu (WbOrderPage *self)
{
  const WbOrderHead *o = self->order->order;
  gboolean open = is_open (o);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) holds = g_menu_new ();
  g_autoptr(GMenu) stages = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) print = g_menu_new ();
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
  if (open && wb_page_may (WB_PAGE (self), "order_rush"))
    g_menu_append (first, o->rush ? _ ("No _rush any more") : _ ("Mark as _rush"), "order.rush");
  if (g_menu_model_get_n_items (G_MENU_MODEL (stages)) > 0 && wb_page_may (WB_PAGE (self), "order_move"))
    g_menu_append_submenu (first, _ ("_Move to"), G_MENU_MODEL (stages));
  if (open && wb_page_may (WB_PAGE (self), "order_hold"))
    g_menu_append_submenu (first, _ ("_Hold"), G_MENU_MODEL (holds));
  if (o->held && wb_page_may (WB_PAGE (self), "order_release"))
    g_menu_append (first, _ ("_Release"), "order.release");
  if (wb_page_may (WB_PAGE (self), "order_papers"))
    g_menu_append (print, _ ("_Print…"), "order.print");
  if (can_return (self))
    g_menu_append (print, _ ("Print return _labels…"), "order.print-returns");
  if (can_cancel (self))
    g_menu_append (last, _ ("_Cancel order…"), "order.cancel");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (print));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
_wb_order_page_update_actions (WbOrderPage *self)
{
  const WbOrderHead *o = self->order->order;
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(GMenuModel) menu = build_menu (self);
  WbPage *page = WB_PAGE (self);
  gboolean open = is_open (o);
  const char *const *stages = (const char *const *) self->order->transitions;
  gboolean move = wb_page_may (page, "order_move");

  wb_detail_head_set_menu (self->head, _ ("What to do with this order"), menu);
  gtk_widget_action_set_enabled (widget, "order.hold", open && wb_page_may (page, "order_hold"));
  gtk_widget_action_set_enabled (widget, "order.release", o->held && wb_page_may (page, "order_release"));
  gtk_widget_action_set_enabled (widget, "order.rush", open && wb_page_may (page, "order_rush"));
  gtk_widget_action_set_enabled (widget, "order.cancel", can_cancel (self));
  gtk_widget_action_set_enabled (widget, "order.move", move);
  gtk_widget_action_set_enabled (widget, "order.print", wb_page_may (page, "order_papers"));
  gtk_widget_action_set_enabled (widget, "order.print-returns", can_return (self));
  gtk_widget_action_set_enabled (widget, "order.open-customer", o->customer_id != 0 && wb_page_may (page, "customer_page"));
  gtk_widget_action_set_enabled (widget, "order.acknowledge", wb_page_may (page, "order_note_acknowledge"));
  gtk_widget_action_set_enabled (widget, "order.remove-note", wb_page_may (page, "order_note_remove"));
  gtk_widget_set_visible (GTK_WIDGET (self->note_box), wb_page_may (page, "order_note_add"));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), self->order->notes->len > 0 || wb_page_may (page, "order_note_add"));

  if (o->held && !wb_page_may (page, "order_release"))
    wb_detail_head_set_primary (self->head, NULL, NULL, NULL);
  else if (o->held)
    wb_detail_head_set_primary (self->head, _ ("Release"), "order.release", NULL);
  else if (!move)
    wb_detail_head_set_primary (self->head, NULL, NULL, NULL);
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
  gtk_widget_class_install_action (widget_class, "order.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "order.print-returns", NULL, print_returns_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "order.print-returns", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "order.print", NULL);
  gtk_widget_class_install_action (widget_class, "order.open-customer", NULL, open_customer_action);
  gtk_widget_class_install_action (widget_class, "order.acknowledge", "x", acknowledge_action);
  gtk_widget_class_install_action (widget_class, "order.remove-note", "x", remove_note_action);
}
