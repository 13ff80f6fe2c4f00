/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "core/wb-filter.h"
#include "db/wb-page-store.h"
#include "ui/wb-customer-editor.h"
#include "ui/wb-customer-page.h"
#include "ui/wb-detail-columns.h"
#include "ui/wb-detail-head.h"
#include "ui/wb-format.h"
#include "ui/wb-pill.h"
#include "ui/wb-prose.h"
#include "ui/wb-window.h"
#include "ui/wb-word.h"

/* So many of the latest orders are looked at here; the table has them all. */
#define MAX_ORDERS 12u

struct _WbCustomerPage
{
  WbDetailPage parent_instance;

  /* Borrowed references: children of the content */
  WbDetailHead *head;
  WbCard *orders;
  WbCard *favourites;
  WbCard *returns;
  WbCard *reach;
  WbCard *contacts;
  WbCard *value;
  WbCard *addresses;
  WbCard *tax;
  WbCard *more;

  /* Owned references */
  WbCustomer *customer;
  GtkSizeGroup *states;
  GtkSizeGroup *amounts;
};

G_DEFINE_FINAL_TYPE (WbCustomerPage, wb_customer_page, WB_TYPE_DETAIL_PAGE)

static void
show_head (WbCustomerPage *self)
{
  const WbCustomerHead *c = self->customer->customer;
  g_autofree char *since = wb_format_day (c->registered_at);
  g_autoptr(GString) facts = g_string_new (NULL);
  g_autofree char *full = wb_format_moment_full (c->registered_at);

  wb_facts_add (facts, c->number);
  if (since[0] != '\0')
    wb_facts_add_format (facts, _ ("since %s"), since);
  if (c->country[0] != '\0')
    wb_facts_add (facts, wb_format_country (c->country));
  for (guint i = 0; c->tags[i] != NULL; i++)
    wb_facts_add_format (facts, "#%s", c->tags[i]);

  wb_page_set_title (WB_PAGE (self), c->name);
  wb_detail_head_set_title (self->head, c->name);
  wb_detail_head_set_link (self->head, NULL, NULL);
  wb_detail_head_set_facts (self->head, facts->str, full);
  wb_detail_head_clear_marks (self->head);
  wb_detail_head_add_mark (self->head, "account", c->status);
  wb_detail_head_add_mark (self->head, "segment", c->segment);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customer.edit", wb_page_may (WB_PAGE (self), "customer_update"));
  wb_detail_head_set_primary (self->head, wb_page_may (WB_PAGE (self), "customer_update") ? _ ("Edit") : NULL, "customer.edit",
                              NULL);
}

/* ---- What was bought ------------------------------------------------------------------------ */

static void
add_order (WbCustomerPage *self, const WbCustomerOrder *order)
{
  g_autofree char *at = wb_format_moment (order->placed_at);
  g_autofree char *pieces = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d piece", "%d pieces",
                                                          (gulong) order->piece_count), (int) order->piece_count);
  g_autofree char *subtitle = wb_facts_join (at, pieces, NULL);
  g_autofree char *title = g_strdup_printf ("#%s", order->number[0] == '#' ? order->number + 1 : order->number);
  g_autofree char *total = wb_format_money (order->total_minor, order->currency);
  GtkWidget *suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *pill = wb_pill_new (order->held ? "stage" : "status", order->held ? "on_hold" : order->status);
  GtkWidget *money = gtk_label_new (total);

  gtk_label_set_xalign (GTK_LABEL (money), 1);
  gtk_widget_add_css_class (money, "numeric");
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_size_group_add_widget (self->states, pill);
  gtk_size_group_add_widget (self->amounts, money);
  gtk_box_append (GTK_BOX (suffix), pill);
  gtk_box_append (GTK_BOX (suffix), money);
  wb_card_add_link (self->orders, title, subtitle, suffix, "win.open", g_variant_new ("(sx)", "order", order->id));
}

/* Beside the title: all of them, in the table. */
static GtkWidget *
make_all_orders (const WbCustomerHead *c)
{
  g_autofree char *text = g_strdup_printf (_ ("All %d in the table"), (int) c->orders_count);
  g_autofree char *number = wb_filter_quote (c->number);
  g_autofree char *expression = g_strdup_printf ("customer.number:%s", number);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Show all orders of this customer in the table"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "orders", expression);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.find");
  return button;
}

static void
show_orders (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->orders);
  wb_card_set_suffix (self->orders, k->customer->orders_count > 0 ? make_all_orders (k->customer) : NULL);
  g_clear_object (&self->states);
  g_clear_object (&self->amounts);
  self->states = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->amounts = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  for (guint i = 0; i < MIN (k->orders->len, MAX_ORDERS); i++)
    add_order (self, g_ptr_array_index (k->orders, i));
  if (k->orders->len == 0)
    wb_card_add_empty (self->orders, _ ("Nothing bought yet."));
}

static void
show_favourites (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->favourites);
  for (guint i = 0; i < k->favourites->len; i++)
    {
      const WbCustomerFavourite *f = g_ptr_array_index (k->favourites, i);
      g_autofree char *last = wb_format_day (f->last_at);
      g_autofree char *number = wb_format_number (f->pieces);
      g_autofree char *times = g_strdup_printf ("%s ×", number);
      g_autofree char *pieces = wb_format_ltr (times);
      g_autofree char *bought = last[0] != '\0' ? g_strdup_printf (_ ("last bought %s"), last) : g_strdup ("");
      g_autofree char *subtitle = wb_facts_join (f->sku_code, bought, NULL);
      GtkWidget *figure = wb_card_figure (pieces, NULL);

      if (f->sku_id != 0)
        wb_card_add_link (self->favourites, f->name, subtitle, figure, "win.open", g_variant_new ("(sx)", "product", f->sku_id));
      else
        wb_card_add_row (self->favourites, f->name, subtitle, figure);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->favourites), k->favourites->len > 0);
}

static void
show_returns (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->returns);
  for (guint i = 0; i < k->returns->len; i++)
    {
      const WbCustomerReturn *r = g_ptr_array_index (k->returns, i);
      g_autofree char *credit = wb_format_money (r->credit_minor, r->currency);
      g_autofree char *at = wb_format_day (r->requested_at);
      g_autofree char *subtitle = wb_facts_join (at, r->reason, NULL);
      GtkWidget *figure = wb_card_figure (credit, NULL);

      if (r->order_id != 0)
        wb_card_add_link (self->returns, r->number, subtitle, figure, "win.open", g_variant_new ("(sx)", "order", r->order_id));
      else
        wb_card_add_row (self->returns, r->number, subtitle, figure);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->returns), k->returns->len > 0);
}

/* ---- Who that is ---------------------------------------------------------------------------- */

static void
show_reach (WbCustomerPage *self)
{
  const WbCustomerHead *c = self->customer->customer;

  wb_card_clear (self->reach);
  if (c->company[0] != '\0' && !g_str_equal (c->company, c->name))
    wb_card_add_pair (self->reach, _ ("Company"), c->company, NULL);
  if (c->email[0] != '\0')
    wb_card_add_pair (self->reach, _ ("E-mail"), c->email, NULL);
  if (c->phone[0] != '\0')
    wb_card_add_pair_ltr (self->reach, _ ("Phone"), c->phone);
  wb_card_add_pair (self->reach, _ ("Language"), wb_format_language (c->language), NULL);
  wb_card_add_pair (self->reach, _ ("May be mailed"), c->email_allowed ? _ ("Yes") : _ ("No"), NULL);
}

static void
show_contacts (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->contacts);
  for (guint i = 0; i < k->contacts->len; i++)
    {
      const WbContact *contact = g_ptr_array_index (k->contacts, i);
      g_autofree char *subtitle = wb_facts_join (contact->role, contact->email, contact->phone,
                                                 contact->main && k->contacts->len > 1 ? _ ("first contact") : "", NULL);

      wb_card_add_row (self->contacts, contact->name, subtitle, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->contacts), k->contacts->len > 0);
}

static void
show_value (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;
  const WbCustomerHead *c = k->customer;
  g_autofree char *orders = wb_format_number (c->orders_count);
  g_autofree char *last = wb_format_day (c->last_order_at);

  wb_card_clear (self->value);
  wb_card_add_pair (self->value, _ ("Orders"), orders, NULL);
  for (guint i = 0; i < k->spent->len; i++)
    {
      const WbCustomerSpent *spent = g_ptr_array_index (k->spent, i);
      g_autofree char *sum = wb_format_money (spent->spent_minor, spent->currency);
      g_autofree char *name = k->spent->len > 1 ? g_strdup_printf (_ ("Spent in %s"), spent->currency) : g_strdup (_ ("Spent"));

      wb_card_add_pair (self->value, name, sum, "heading");
    }
  if (last[0] != '\0')
    wb_card_add_pair (self->value, _ ("Last order"), last, NULL);
  if (c->payment_terms_days > 0)
    {
      g_autofree char *terms = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days",
                                                             (gulong) c->payment_terms_days), (int) c->payment_terms_days);

      wb_card_add_pair (self->value, _ ("Payment terms"), terms, NULL);
    }
}

/* What an address is for, and when: "Delivery · until 2025-03-01". */
static char *
describe_address (const WbCustomerAddress *a)
{
  g_autoptr(GString) text = g_string_new (a->label[0] != '\0' ? a->label : wb_word_text ("usage", a->usage));

  if (a->label[0] != '\0' && !g_str_equal (a->usage, "both"))
    wb_facts_add (text, wb_word_text ("usage", a->usage));
  if (a->preferred && a->current)
    wb_facts_add (text, _ ("preferred"));
  if (a->current && a->valid_to[0] != '\0')
    wb_facts_add_format (text, _ ("until %s"), a->valid_to);
  else if (!a->current && a->valid_to[0] != '\0')
    wb_facts_add_format (text, _ ("ended %s"), a->valid_to);
  else if (!a->current)
    wb_facts_add_format (text, _ ("from %s"), a->valid_from);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_address (const WbCustomerAddress *a)
{
  WbAddress address = { a->name, a->company, a->line1, a->line2, a->city, a->region, a->postcode, a->country, NULL, NULL };
  g_autofree char *lines = wb_format_address (&address, NULL);
  g_autofree char *what = describe_address (a);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = wb_card_label (what, "caption");
  GtkWidget *prose = wb_prose_new (lines, a->current ? NULL : "dim-label");

  gtk_widget_add_css_class (caption, "dim-label");
  wb_prose_set_selectable (WB_PROSE (prose), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), prose);
  return box;
}

static void
show_addresses (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->addresses);
  for (guint i = 0; i < k->addresses->len; i++)
    {
      const WbCustomerAddress *a = g_ptr_array_index (k->addresses, i);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_widget_add_css_class (row, "row");
      gtk_box_append (GTK_BOX (row), make_address (a));
      wb_card_add (self->addresses, row);
    }
  if (k->addresses->len == 0)
    wb_card_add_empty (self->addresses, _ ("No address is known."));
}

static void
show_tax_numbers (WbCustomerPage *self)
{
  const WbCustomer *k = self->customer;

  wb_card_clear (self->tax);
  for (guint i = 0; i < k->tax_numbers->len; i++)
    {
      const WbTaxNumber *t = g_ptr_array_index (k->tax_numbers, i);
      g_autofree char *when = wb_format_day (t->verified_at);
      g_autofree char *verified = when[0] != '\0' ? g_strdup_printf (_ ("checked %s"), when) : g_strdup (_ ("not checked"));
      g_autofree char *subtitle = wb_facts_join (wb_word_text ("taxnumber", t->kind), wb_format_country (t->country), verified, NULL);

      wb_card_add_row (self->tax, t->number, subtitle, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tax), k->tax_numbers->len > 0);
}

static void
show_remarks (WbCustomerPage *self)
{
  const WbCustomerHead *c = self->customer->customer;

  wb_card_clear (self->more);
  if (c->note[0] != '\0')
    wb_card_add_text (self->more, c->note);
  if (c->status_reason[0] != '\0')
    wb_card_add_row (self->more, wb_word_text ("account", c->status), c->status_reason, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->more), c->note[0] != '\0' || c->status_reason[0] != '\0');
}

static void
wb_customer_page_read (WbDetailPage *page, WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  wb_page_store_customer_async (db, id, cancellable, callback, user_data);
}

static gboolean
wb_customer_page_show (WbDetailPage *page, WbDb *db, GAsyncResult *result, GError **error)
{
  WbCustomerPage *self = WB_CUSTOMER_PAGE (page);
  WbCustomer *customer = wb_page_store_customer_finish (db, result, error);

  if (customer == NULL)
    return FALSE;

  g_clear_pointer (&self->customer, wb_customer_free);
  self->customer = customer;
  show_head (self);
  show_orders (self);
  show_favourites (self);
  show_returns (self);
  show_reach (self);
  show_contacts (self);
  show_value (self);
  show_addresses (self);
  show_tax_numbers (self);
  show_remarks (self);
  return TRUE;
}

static void
saved_cb (WbCustomerPage *self, const char *act)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (WB_IS_WINDOW (root))
    wb_window_toast_undo (WB_WINDOW (root), _ ("The customer is saved"), act);
  wb_detail_page_read (WB_DETAIL_PAGE (self));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerPage *self = WB_CUSTOMER_PAGE (widget);
  GtkWidget *editor = NULL;

  if (self->customer == NULL)
    return;
  editor = wb_customer_editor_new (GTK_WINDOW (gtk_widget_get_root (widget)), wb_page_get_db (WB_PAGE (self)),
                                   self->customer->customer);
  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
wb_customer_page_dispose (GObject *object)
{
  WbCustomerPage *self = WB_CUSTOMER_PAGE (object);

  g_clear_pointer (&self->customer, wb_customer_free);
  g_clear_object (&self->states);
  g_clear_object (&self->amounts);

  G_OBJECT_CLASS (wb_customer_page_parent_class)->dispose (object);
}

static void
wb_customer_page_class_init (WbCustomerPageClass *klass)
{
  WbDetailPageClass *detail_class = WB_DETAIL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_page_dispose;
  detail_class->topic = "customer";
  detail_class->read = wb_customer_page_read;
  detail_class->show = wb_customer_page_show;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "customer.edit", NULL, edit_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_e, GDK_CONTROL_MASK, "customer.edit", NULL);
}

static void
wb_customer_page_init (WbCustomerPage *self)
{
  WbDetailColumns *columns = WB_DETAIL_COLUMNS (wb_detail_columns_new ());

  self->head = WB_DETAIL_HEAD (wb_detail_head_new ());
  wb_detail_columns_add_top (columns, GTK_WIDGET (self->head));
  self->orders = wb_detail_columns_add_card (columns, FALSE, _ ("Orders"));
  self->favourites = wb_detail_columns_add_card (columns, FALSE, _ ("Bought most"));
  self->returns = wb_detail_columns_add_card (columns, FALSE, _ ("Returns"));
  self->reach = wb_detail_columns_add_card (columns, TRUE, _ ("How to reach"));
  self->contacts = wb_detail_columns_add_card (columns, TRUE, _ ("Contacts"));
  self->value = wb_detail_columns_add_card (columns, TRUE, _ ("Value"));
  self->addresses = wb_detail_columns_add_card (columns, TRUE, _ ("Addresses"));
  self->tax = wb_detail_columns_add_card (columns, TRUE, _ ("Tax numbers"));
  self->more = wb_detail_columns_add_card (columns, TRUE, _ ("Remarks"));
  wb_detail_page_set_content (WB_DETAIL_PAGE (self), GTK_WIDGET (columns));
}
