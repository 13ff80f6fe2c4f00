/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-acts.h"
#include "db/wb-db-error.h"
#include "ui/wb-deed.h"
#include "ui/wb-one-line.h"
#include "ui/wb-orders-page.h"
#include "ui/wb-tone.h"
#include "ui/wb-window.h"
#include "ui/wb-word.h"

struct _WbOrdersPage
{
  WbListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbOrdersPage, wb_orders_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_format_number ((gint64) n);

  /* Translators: %s is a number; "more than" while they are still being counted */
  return g_strdup_printf (more ? ngettext ("more than %s order", "more than %s orders", n)
                               : ngettext ("%s order", "%s orders", n),
                          number);
}

/* Red keeps the order from going on, amber wants to be looked at first, violet wants to be done differently. */
static const char *
mark_trouble (const WbRow *row, guint trouble)
{
  g_auto (GStrv) codes = wb_row_dup_tags (row, trouble);
  WbTone worst = WB_TONE_NONE;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      WbTone tone = wb_tone_of_code ("trouble", codes[i], NULL);

      if (worst == WB_TONE_NONE || tone == WB_TONE_NEGATIVE || (tone == WB_TONE_CAUTION && worst != WB_TONE_NEGATIVE))
        worst = tone;
    }
  return wb_tone_get_color_name (worst);
}

static const char *
mark (const WbRow *row, gpointer user_data)
{
  WbTable *table = user_data;
  guint held = wb_table_get_index (table, "held");
  guint trouble = wb_table_get_index (table, "trouble");
  guint rush = wb_table_get_index (table, "rush");
  guint gift = wb_table_get_index (table, "gift");
  guint status = wb_table_get_index (table, "status");
  guint n = wb_row_get_n_values (row);

  if (MAX (MAX (held, trouble), MAX (MAX (rush, gift), status)) >= n)
    return NULL;
  if (g_strcmp0 (wb_row_get_text (row, status), "pending") != 0
      && g_strcmp0 (wb_row_get_text (row, status), "processing") != 0)
    return NULL;
  if (wb_row_get_bool (row, held))
    return "wb_negative";
  if (!wb_row_is_null (row, trouble))
    return mark_trouble (row, trouble);
  if (wb_row_get_bool (row, rush))
    return "wb_caution";
  if (wb_row_get_bool (row, gift))
    return "wb_special";
  return NULL;
}

static const WbTableSpec spec = {
  .catalogue = "orders",
  .topic = "order",
  .kind = "order",
  .columns = "number ordered customer status total payment action ship shipping priority country channel pieces",
  .extra = "held trouble rush gift",
  .summary = { "customer", "total", "number", "status" },
  .look_title = "number",
  .look_amount = "total",
  .look_marks = "payment stage action reason",
  .look = "ordered ship shipping channel hold-reason recipient city country pieces weight notes assigned tracking po email",
  .look_lines = "lines",
  .count_text = count_text,
  .mark = mark,
  .icon_name = "wb-orders-symbolic",
  .empty_title = N_ ("No orders yet"),
  .empty_text = N_ ("Orders of your shop come in by “waybillctl import”; to look around first, "
                    "“waybillctl demo” makes a shop."),
};

/* What is done with the selected orders */

typedef enum
{
  ACT_MOVE,
  ACT_HOLD,
  ACT_RELEASE,
  ACT_RUSH,
  ACT_CANCEL,
} Act;

/* What was asked for, carried through two questions: which orders are these, and the act itself. */
typedef struct
{
  WbOrdersPage *page;
  WbDeed *deed;
  Act act;
  char *detail;
  gboolean rush;
} Asked;

static void
asked_free (Asked *asked)
{
  g_clear_object (&asked->page);
  g_clear_pointer (&asked->deed, wb_deed_free);
  g_clear_pointer (&asked->detail, g_free);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static char *
say_doing (Act act, gint64 n)
{
  gulong count = (gulong) MAX (n, 0);
  g_autofree char *number = wb_format_number (n);

  switch (act)
    {
    case ACT_MOVE:
      return g_strdup_printf (ngettext ("Moving %s order…", "Moving %s orders…", count), number);
    case ACT_HOLD:
      return g_strdup_printf (ngettext ("Holding %s order…", "Holding %s orders…", count), number);
    case ACT_RELEASE:
      return g_strdup_printf (ngettext ("Releasing %s order…", "Releasing %s orders…", count), number);
    case ACT_RUSH:
      return g_strdup_printf (ngettext ("Changing the urgency of %s order…", "Changing the urgency of %s orders…", count),
                              number);
    case ACT_CANCEL:
      return g_strdup_printf (ngettext ("Cancelling %s order…", "Cancelling %s orders…", count), number);
    }
  return g_strdup ("");
}

static char *
say_done (const Asked *asked, gint64 n)
{
  gulong count = (gulong) MAX (n, 0);
  g_autofree char *number = wb_format_number (n);

  switch (asked->act)
    {
    case ACT_MOVE:
      return g_strdup_printf (ngettext ("%s order moved", "%s orders moved", count), number);
    case ACT_HOLD:
      return g_strdup_printf (ngettext ("%s order is on hold", "%s orders are on hold", count),
                              number);
    case ACT_RELEASE:
      return g_strdup_printf (ngettext ("%s order released", "%s orders released", count), number);
    case ACT_RUSH:
      if (asked->rush)
        return g_strdup_printf (ngettext ("%s order is rush now", "%s orders are rush now", count),
                                number);
      return g_strdup_printf (ngettext ("%s order is not rush any more",
                                        "%s orders are not rush any more", count),
                              number);
    case ACT_CANCEL:
      return g_strdup_printf (ngettext ("%s order cancelled", "%s orders cancelled", count), number);
    }
  return g_strdup ("");
}

/* One sentence: what was done, and why some were not. */
static char *
say_result (const Asked *asked, const WbActResult *done)
{
  g_autofree char *said = say_done (asked, done->done);
  g_autofree char *number = NULL;
  const WbActRefusal *first = NULL;

  if (done->refused->len == 0)
    return done->done > 0 ? g_steal_pointer (&said) : g_strdup (_ ("There was nothing to do"));
  first = g_ptr_array_index (done->refused, 0);
  number = wb_format_number (done->refused->len);
  if (done->done == 0 && done->refused->len == 1)
    {
      /* Translators: number of an order, why nothing was done with it */
      g_autofree char *text = g_strdup_printf (_ ("%s: %s"), first->number, first->why);

      return wb_format_sentence (text);
    }
  /* Translators: what was done; how many were not; the first of them; why */
  return g_strdup_printf (_ ("%s; %s not, %s: %s"), said, number, first->number, first->why);
}

static void
acted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (WbActResult) done = wb_deed_finish (asked->deed, object, result);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (asked->page));
  g_autofree char *said = NULL;

  if (done == NULL)
    return;
  said = say_result (asked, done);
  if (done->done > 0)
    wb_deed_tell (asked->deed, said, done);
  else if (WB_IS_WINDOW (root))
    wb_window_toast (WB_WINDOW (root), said);
}

/* Nobody knows which orders were meant: nothing is done, and that is said. */
static void
say_not_collected (WbOrdersPage *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (error == NULL || !WB_IS_WINDOW (root))
    return;
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    wb_window_toast (WB_WINDOW (root), _ ("The list changed meanwhile. Nothing was done; please select again."));
  else
    wb_window_toast_failure (WB_WINDOW (root), error);
}

static void
collected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_lazy_list_collect_ids_finish (WB_LAZY_LIST (object), result, &error);
  WbDb *db = wb_page_get_db (WB_PAGE (asked->page));
  GCancellable *cancellable = wb_deed_get_cancellable (asked->deed);
  const gint64 *first = NULL;

  if (ids == NULL || ids->len == 0 || db == NULL)
    {
      say_not_collected (asked->page, error);
      return;
    }
  first = (const gint64 *) (gconstpointer) ids->data;
  switch (asked->act)
    {
    case ACT_MOVE:
      wb_acts_order_move_async (db, first, ids->len, asked->detail, "", cancellable, acted_cb, asked);
      break;
    case ACT_HOLD:
      wb_acts_order_hold_async (db, first, ids->len, asked->detail, "", cancellable, acted_cb, asked);
      break;
    case ACT_RELEASE:
      wb_acts_order_release_async (db, first, ids->len, "", cancellable, acted_cb, asked);
      break;
    case ACT_RUSH:
      wb_acts_order_rush_async (db, first, ids->len, asked->rush, cancellable, acted_cb, asked);
      break;
    case ACT_CANCEL:
      wb_acts_order_cancel_async (db, first, ids->len, asked->detail, cancellable, acted_cb, asked);
      break;
    }
  asked = NULL;
}

static void
act (WbOrdersPage *self, Act what, const char *detail, gboolean rush)
{
  WbTable *table = wb_list_page_get_table (WB_LIST_PAGE (self));
  g_autoptr (GtkBitset) selected = NULL;
  guint n = wb_bitset_selection_count (wb_table_get_selection (table));
  g_autofree char *doing = say_doing (what, n);
  Asked *asked = NULL;

  if (n == 0)
    return;
  asked = g_new0 (Asked, 1);
  asked->deed = wb_deed_new (GTK_WIDGET (self), doing);
  asked->page = g_object_ref (self);
  asked->act = what;
  asked->detail = g_strdup (detail);
  asked->rush = rush;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (wb_table_get_selection (table)));
  wb_lazy_list_collect_ids_async (wb_table_get_list (table), selected, wb_deed_get_cancellable (asked->deed),
                                  collected_cb, asked);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (WB_ORDERS_PAGE (widget), ACT_MOVE, g_variant_get_string (parameter, NULL), FALSE);
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (WB_ORDERS_PAGE (widget), ACT_HOLD, g_variant_get_string (parameter, NULL), FALSE);
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (WB_ORDERS_PAGE (widget), ACT_RELEASE, NULL, FALSE);
}

static void
rush_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (WB_ORDERS_PAGE (widget), ACT_RUSH, NULL, g_variant_get_boolean (parameter));
}

static void
cancel_response_cb (WbOrdersPage *self, const char *response, AdwMessageDialog *dialog)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "cancel-orders"))
    act (self, ACT_CANCEL, gtk_editable_get_text (GTK_EDITABLE (entry)), FALSE);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *table = wb_list_page_get_table (WB_LIST_PAGE (widget));
  guint n = wb_bitset_selection_count (wb_table_get_selection (table));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = NULL;
  g_autofree char *number = wb_format_number (n);
  g_autofree char *title = g_strdup_printf (ngettext ("Cancel %s order?", "Cancel %s orders?", n),
                                            number);

  if (n == 0 || !GTK_IS_WINDOW (root))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), title,
                                   _ ("What was set aside for them is free again. It can be undone."));
  wb_one_line_keep (GTK_EDITABLE (entry));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep them"),
                                    "cancel-orders", _ ("_Cancel orders"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-orders",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel-orders");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- What this seat may do ------------------------------------------------------------------ */

static GMenuModel *
make_word_menu (const char *domain, const char *const *codes, const char *action)
{
  GMenu *menu = g_menu_new ();
  guint n = 0;
  const WbWord *words = wb_word_list (domain, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (codes != NULL && !g_strv_contains (codes, words[i].code))
        continue;
      item = g_menu_item_new (_ (words[i].text), NULL);
      g_menu_item_set_action_and_target (item, action, "s", words[i].code);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* Stages that orders are moved to by hand. */
static GMenuModel *
make_move_menu (void)
{
  static const char *const stages[] = { "new", "verified", "production", "ready_to_pack", NULL };

  return make_word_menu ("stage", stages, "orders.move");
}

static void
append_rush (GMenu *menu, const char *label, gboolean rush)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "orders.rush", "b", rush);
  g_menu_append_item (menu, item);
}

/* All that this seat may do with orders; @rest: without what has a button of its own in the bar. */
static GMenuModel *
make_menu (WbOrdersPage *self, gboolean rest)
{
  WbPage *page = WB_PAGE (self);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) stages = make_move_menu ();
  g_autoptr (GMenuModel) reasons = make_word_menu ("hold", NULL, "orders.hold");

  if (!rest && wb_page_may (page, "order_move"))
    g_menu_append_submenu (menu, _ ("_Move to"), stages);
  if (!rest && wb_page_may (page, "order_hold"))
    g_menu_append_submenu (menu, _ ("_Hold"), reasons);
  if (!rest && wb_page_may (page, "order_release"))
    g_menu_append (menu, _ ("_Release"), "orders.release");
  if (!rest && wb_page_may (page, "order_rush"))
    append_rush (menu, _ ("Mark as _rush"), TRUE);
  if (wb_page_may (page, "order_rush"))
    append_rush (menu, _ ("_No rush any more"), FALSE);
  if (rest)
    g_menu_append (menu, _ ("_Copy"), "table.copy");
  if (wb_page_may (page, "order_cancel"))
    g_menu_append (menu, _ ("_Cancel…"), "orders.cancel");
  return G_MENU_MODEL (menu);
}

static void
add_menu_button (WbTable *table, GMenuModel *menu, const char *label, gboolean when_narrow)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  if (label != NULL)
    {
      g_auto (GStrv) words = g_strsplit (label, "_", -1);
      g_autofree char *plain = g_strjoinv ("", words);

      gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
      gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
    }
  else
    {
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
      gtk_widget_set_tooltip_text (button, _ ("More"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More"), -1);
    }
  wb_table_add_bulk_widget (table, button, when_narrow);
}

static void
add_button (WbTable *table, const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  wb_table_add_bulk_widget (table, button, FALSE);
}

static void
wb_orders_page_seat_changed (WbListPage *list_page)
{
  WbPage *page = WB_PAGE (list_page);
  WbTable *table = wb_list_page_get_table (list_page);
  g_autoptr (GMenuModel) stages = make_move_menu ();
  g_autoptr (GMenuModel) reasons = make_word_menu ("hold", NULL, "orders.hold");
  g_autoptr (GMenuModel) all = make_menu (WB_ORDERS_PAGE (page), FALSE);
  g_autoptr (GMenuModel) rest = make_menu (WB_ORDERS_PAGE (page), TRUE);

  wb_table_clear_bulk_widgets (table);
  if (wb_page_may (page, "order_move"))
    add_menu_button (table, stages, _ ("_Move"), FALSE);
  if (wb_page_may (page, "order_hold"))
    add_menu_button (table, reasons, _ ("_Hold"), FALSE);
  if (wb_page_may (page, "order_release"))
    add_button (table, _ ("_Release"), "orders.release", NULL);
  if (wb_page_may (page, "order_rush"))
    add_button (table, _ ("R_ush"), "orders.rush", g_variant_new_boolean (TRUE));
  add_menu_button (table, rest, NULL, FALSE);
  add_menu_button (table, all, NULL, TRUE);
  wb_table_set_row_menu (table, g_menu_model_get_n_items (all) > 0 ? all : NULL);
}

static void
wb_orders_page_class_init (WbOrdersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
  WB_LIST_PAGE_CLASS (klass)->seat_changed = wb_orders_page_seat_changed;

  gtk_widget_class_install_action (widget_class, "orders.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "orders.hold", "s", hold_action);
  gtk_widget_class_install_action (widget_class, "orders.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "orders.rush", "b", rush_action);
  gtk_widget_class_install_action (widget_class, "orders.cancel", NULL, cancel_action);
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
}
