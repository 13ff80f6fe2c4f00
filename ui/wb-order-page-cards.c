/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "core/wb-hand-reason.h"
#include "ui/wb-format.h"
#include "ui/wb-order-page-private.h"
#include "ui/wb-pill.h"
#include "ui/wb-prose.h"
#include "ui/wb-word.h"

/* ---- Head ---------------------------------------------------------------------------------- */

static char *
describe (const WbOrderHead *o)
{
  GString *facts = g_string_new (NULL);
  g_autofree char *placed = wb_format_moment_said (o->placed_at);
  gboolean open = g_str_equal (o->status, "pending") || g_str_equal (o->status, "processing");

  wb_facts_add_format (facts, _ ("Placed %s"), placed);
  if (o->cancelled_at != NULL)
    {
      g_autofree char *at = wb_format_moment_said (o->cancelled_at);

      wb_facts_add_format (facts, _ ("cancelled %s"), at);
    }
  else if (open && o->ship_by != NULL)
    {
      g_autofree char *by = wb_format_moment_said (o->ship_by);

      wb_facts_add_format (facts, _ ("ship by %s"), by);
    }
  else if (o->shipped_at != NULL)
    {
      g_autofree char *at = wb_format_moment_said (o->shipped_at);

      wb_facts_add_format (facts, _ ("shipped %s"), at);
    }
  wb_facts_add (facts, o->shipping_method[0] != '\0' ? o->shipping_method : o->service);
  wb_facts_add (facts, o->channel);
  if (o->purchase_order[0] != '\0')
    wb_facts_add_format (facts, _ ("purchase order %s"), o->purchase_order);
  if (o->assigned_name[0] != '\0')
    wb_facts_add_format (facts, _ ("assigned to %s"), o->assigned_name);
  for (guint i = 0; o->tags[i] != NULL; i++)
    wb_facts_add_format (facts, "#%s", o->tags[i]);
  return g_string_free (facts, FALSE);
}

static void
add_alert (WbOrderPage *self, const char *style, const char *text, const char *detail)
{
  GtkWidget *alert = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = wb_card_label (text, "heading");

  gtk_widget_add_css_class (alert, "alert");
  if (style != NULL)
    gtk_widget_add_css_class (alert, style);
  gtk_box_append (GTK_BOX (alert), gtk_image_new_from_icon_name ("wb-mark-warning-symbolic"));
  gtk_box_append (GTK_BOX (words), label);
  if (detail != NULL && detail[0] != '\0')
    gtk_box_append (GTK_BOX (words), wb_prose_new (detail, NULL));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (alert), words);
  gtk_box_append (GTK_BOX (self->alerts), alert);
}

static void
show_alerts (WbOrderPage *self)
{
  const WbOrder *order = self->order;
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (self->alerts)) != NULL)
    gtk_box_remove (GTK_BOX (self->alerts), child);

  for (guint i = 0; i < order->holds->len; i++)
    {
      const WbOrderHold *hold = g_ptr_array_index (order->holds, i);
      g_autofree char *title = NULL;
      g_autofree char *since = NULL;
      g_autofree char *detail = NULL;

      if (hold->released_at != NULL)
        continue;
      since = wb_format_moment_said (hold->placed_at);
      title = g_strdup_printf (_ ("On hold: %s"), wb_word_text ("hold", hold->reason_code));
      detail = g_strdup_printf (_ ("%s%ssince %s by %s%s%s"), hold->note, hold->note[0] != '\0' ? " – " : "", since,
                                hold->placed_by, hold->owner[0] != '\0' ? _ (", to be resolved by ") : "", hold->owner);
      add_alert (self, "negative", title, detail);
    }
  for (guint i = 0; order->order->trouble[i] != NULL; i++)
    {
      const char *trouble = order->order->trouble[i];

      if (g_str_equal (trouble, "review") || g_str_equal (trouble, "instructions"))
        continue;
      add_alert (self, "caution", wb_word_text ("trouble", trouble), NULL);
    }
  if (order->order->cancelled_at != NULL && order->order->cancel_reason[0] != '\0')
    add_alert (self, NULL, _ ("Cancelled"), order->order->cancel_reason);
  gtk_widget_set_visible (self->alerts, gtk_widget_get_first_child (self->alerts) != NULL);
}

void
_wb_order_page_show_head (WbOrderPage *self)
{
  const WbOrderHead *o = self->order->order;
  g_autofree char *facts = describe (o);
  g_autofree char *full = wb_format_moment_full (o->placed_at);
  g_autofree char *title = g_strdup_printf ("#%s", o->number[0] == '#' ? o->number + 1 : o->number);

  wb_page_set_title (WB_PAGE (self), title);
  wb_detail_head_set_title (self->head, title);
  wb_detail_head_set_link (self->head, o->customer_name, "order.open-customer");
  wb_detail_head_set_facts (self->head, facts, full);

  wb_detail_head_clear_marks (self->head);
  wb_detail_head_add_mark (self->head, "status", o->status);
  wb_detail_head_add_mark (self->head, "payment", o->payment_status);
  if (!g_str_equal (o->stage, o->status) && !g_str_equal (o->status, "cancelled"))
    wb_detail_head_add_mark (self->head, "stage", o->stage);
  if (g_str_equal (o->fulfilment_status, "partially_fulfilled") || g_str_has_suffix (o->fulfilment_status, "returned"))
    wb_detail_head_add_mark (self->head, "fulfilment", o->fulfilment_status);
  for (guint i = 0; o->priority_reasons[i] != NULL; i++)
    wb_detail_head_add_mark (self->head, "priority", o->priority_reasons[i]);
  if (o->gift)
    wb_detail_head_add_mark (self->head, "kind", "gift");
  show_alerts (self);
}

/* ---- Lines --------------------------------------------------------------------------------- */

static char *
describe_line (const WbOrderLine *line)
{
  GString *text = g_string_new (line->sku_code);
  gint64 open = line->quantity - line->shipped_qty - line->cancelled_qty;

  if (line->shipped_qty > 0 && line->shipped_qty < line->quantity)
    wb_facts_add_format (text, _ ("%d sent"), (int) line->shipped_qty);
  if (line->cancelled_qty > 0)
    wb_facts_add_format (text, _ ("%d cancelled"), (int) line->cancelled_qty);
  if (line->returned_qty > 0)
    wb_facts_add_format (text, _ ("%d returned"), (int) line->returned_qty);
  if (open > 0 && line->stocked && line->sku_id != 0 && line->reserved_qty < open)
    wb_facts_add_format (text, _ ("%d missing"), (int) (open - line->reserved_qty));
  if (line->gift_wrap)
    wb_facts_add (text, _ ("gift wrap"));
  if (line->gift_message[0] != '\0')
    wb_facts_add_format (text, "“%s”", line->gift_message);
  return g_string_free (text, FALSE);
}

static GtkWidget *
figure (const char *text, const char *style, GtkSizeGroup *column)
{
  GtkWidget *label = wb_card_figure (text, style);

  if (column != NULL)
    gtk_size_group_add_widget (column, label);
  return label;
}

static void
show_lines (WbOrderPage *self)
{
  const WbOrder *order = self->order;
  gboolean narrow = wb_detail_columns_get_narrow (self->columns);
  g_autoptr(GtkSizeGroup) prices = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr(GtkSizeGroup) totals = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autofree char *weight = wb_format_weight (order->order->weight_g);
  g_autofree char *sum = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d piece", "%d pieces",
                                                       (gulong) order->order->piece_count),
                                          (int) order->order->piece_count);
  g_autofree char *suffix = wb_facts_join (sum, weight, NULL);

  wb_card_clear (self->lines);
  wb_card_set_suffix (self->lines, wb_card_figure (suffix, "dim-label"));
  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbOrderLine *line = g_ptr_array_index (order->lines, i);
      g_autofree char *subtitle = describe_line (line);
      g_autofree char *price = wb_format_price (&line->unit_price, order->order->currency);
      g_autofree char *times = g_strdup_printf ("%d × %s", (int) line->quantity, price);
      g_autofree char *total = wb_format_money (line->net_minor, order->order->currency);
      GtkWidget *figures = gtk_box_new (narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, narrow ? 2 : 18);

      gtk_box_append (GTK_BOX (figures), figure (times, "dim-label", prices));
      gtk_box_append (GTK_BOX (figures), figure (total, NULL, totals));
      if (line->sku_id != 0)
        wb_card_add_link (self->lines, line->name, subtitle, figures, "win.open",
                          g_variant_new ("(sx)", "product", line->sku_id));
      else
        wb_card_add_row (self->lines, line->name, subtitle, figures);
    }
  if (order->lines->len == 0)
    wb_card_add_empty (self->lines, _ ("This order has no lines."));
}

/* ---- Money --------------------------------------------------------------------------------- */

static void
add_amount (WbCard *card, const char *name, gint64 minor, const char *currency, const char *style)
{
  g_autofree char *text = wb_format_money (minor, currency);

  wb_card_add_pair (card, name, text, style);
}

static char *
percent (const WbDecimal *rate)
{
  WbDecimal hundred = { 0 };
  g_autofree char *text = NULL;

  if (!wb_decimal_multiply (rate, 100, &hundred, NULL))
    return g_strdup ("");
  hundred = wb_decimal_normalise (hundred);
  text = wb_decimal_to_string (&hundred);
  return g_strdup_printf (" %s %%", text);
}

static void
add_charges (WbOrderPage *self, const char *currency)
{
  const WbOrder *order = self->order;

  /* A discount that was given on each line is one discount. */
  for (guint i = 0; i < order->charges->len; i++)
    {
      const WbOrderCharge *charge = g_ptr_array_index (order->charges, i);
      gboolean discount = g_str_equal (charge->kind, "discount");
      const char *word = wb_word_text ("charge", charge->kind);
      g_autofree char *name = g_strconcat (word, charge->code[0] != '\0' ? " " : "", charge->code, NULL);
      gint64 sum = 0;
      gboolean first = TRUE;

      for (guint j = 0; j < order->charges->len; j++)
        {
          const WbOrderCharge *other = g_ptr_array_index (order->charges, j);

          if (!g_str_equal (other->kind, charge->kind) || !g_str_equal (other->code, charge->code))
            continue;
          first = first && j >= i;
          sum += other->amount_minor;
        }
      if (first)
        add_amount (self->money, name, discount ? -sum : sum, currency, NULL);
    }
}

static void
add_payments (WbOrderPage *self, const char *currency)
{
  const WbOrder *order = self->order;

  for (guint i = 0; i < order->payments->len; i++)
    {
      const WbOrderPayment *payment = g_ptr_array_index (order->payments, i);
      g_autofree char *at = wb_format_moment (payment->at);
      g_autofree char *name = wb_facts_join (wb_word_text ("money", payment->kind), at, payment->method, NULL);
      gboolean back = g_str_equal (payment->kind, "refund");

      add_amount (self->money, name, back ? -payment->amount_minor : payment->amount_minor, currency, "dim-label");
    }
}

static void
show_money (WbOrderPage *self)
{
  const WbOrder *order = self->order;
  const WbOrderHead *o = order->order;
  gint64 open = o->total_minor - o->captured_minor;

  wb_card_clear (self->money);
  wb_card_set_suffix (self->money, wb_pill_new ("payment", o->payment_status));
  add_amount (self->money, _ ("Goods"), o->goods_minor, o->currency, NULL);
  add_charges (self, o->currency);
  for (guint i = 0; i < order->taxes->len; i++)
    {
      const WbOrderTax *tax = g_ptr_array_index (order->taxes, i);
      /* many names say their rate: "VAT 20 %" */
      g_autofree char *rate = strchr (tax->name, '%') == NULL ? percent (&tax->rate) : g_strdup ("");
      g_autofree char *name = g_strdup_printf (o->tax_included ? _ ("of which %s%s") : "%s%s", tax->name, rate);

      add_amount (self->money, name, tax->amount_minor, o->currency, o->tax_included ? "dim-label" : NULL);
    }
  gtk_widget_add_css_class (wb_card_add_pair (self->money, "", "", NULL), "rule");
  add_amount (self->money, _ ("Total"), o->total_minor, o->currency, "heading");
  add_payments (self, o->currency);
  if (open > 0 && o->captured_minor > 0)
    add_amount (self->money, _ ("Still to pay"), open, o->currency, "heading");
}

/* ---- People and places --------------------------------------------------------------------- */

static void
add_address (WbCard *card, const WbAddress *address)
{
  g_autofree char *lines = wb_format_address (address, NULL);

  wb_card_add_text (card, lines);
}

static void
show_deliver (WbOrderPage *self)
{
  const WbOrderAddresses *a = self->order->addresses;
  g_autofree char *shipping = NULL;
  g_autofree char *billing = NULL;

  wb_card_clear (self->deliver);
  if (a == NULL || a->shipping == NULL)
    {
      wb_card_add_empty (self->deliver, _ ("No address is known."));
      return;
    }
  add_address (self->deliver, a->shipping);
  if (a->shipping->phone[0] != '\0')
    wb_card_add_pair_ltr (self->deliver, _ ("Phone"), a->shipping->phone);
  if (a->billing == NULL)
    return;
  shipping = wb_format_address (a->shipping, NULL);
  billing = wb_format_address (a->billing, NULL);
  if (!g_str_equal (shipping, billing) && billing[0] != '\0')
    {
      GtkWidget *title = wb_card_label (_ ("Bill to"), "caption-heading");

      gtk_widget_add_css_class (title, "pair");
      wb_card_add (self->deliver, title);
      add_address (self->deliver, a->billing);
    }
}

static void
show_customer (WbOrderPage *self)
{
  const WbOrderCustomer *c = self->order->customer;
  g_autofree char *orders = NULL;
  g_autofree char *last = NULL;

  wb_card_clear (self->customer);
  wb_card_set_suffix (self->customer, c != NULL ? wb_pill_new ("segment", c->segment) : NULL);
  if (c == NULL)
    {
      wb_card_add_empty (self->customer, self->order->order->customer_email[0] != '\0'
                                             ? self->order->order->customer_email : _ ("Bought as a guest."));
      return;
    }
  orders = g_strdup_printf ("%d", (int) c->orders_count);
  last = wb_format_day (c->last_order_at);
  wb_card_add_pair (self->customer, _ ("Number"), c->number, NULL);
  if (c->email[0] != '\0')
    wb_card_add_pair (self->customer, _ ("E-mail"), c->email, NULL);
  if (c->phone[0] != '\0')
    wb_card_add_pair_ltr (self->customer, _ ("Phone"), c->phone);
  wb_card_add_pair (self->customer, _ ("Orders"), orders, NULL);
  add_amount (self->customer, _ ("Spent"), c->spent_minor, c->currency, NULL);
  if (last[0] != '\0')
    wb_card_add_pair (self->customer, _ ("Last order"), last, NULL);
  if (c->note[0] != '\0')
    wb_card_add_empty (self->customer, c->note);
}

static void
show_notes (WbOrderPage *self)
{
  const WbOrder *order = self->order;

  wb_card_clear (self->notes);
  for (guint i = 0; i < order->notes->len; i++)
    {
      const WbOrderNote *note = g_ptr_array_index (order->notes, i);
      g_autofree char *at = wb_format_moment (note->created_at);
      g_autofree char *subtitle = wb_facts_join (wb_word_text ("note", note->kind), at, note->created_by, NULL);
      GtkWidget *suffix = NULL;

      if (g_str_equal (note->kind, "instruction") && note->acknowledged_at == NULL
          && wb_page_may (WB_PAGE (self), "order_note_acknowledge"))
        {
          suffix = gtk_button_new_with_label (_ ("Acknowledge"));
          gtk_actionable_set_action_target (GTK_ACTIONABLE (suffix), "x", note->id);
          gtk_actionable_set_action_name (GTK_ACTIONABLE (suffix), "order.acknowledge");
        }
      else if (g_str_equal (note->kind, "internal") && wb_page_may (WB_PAGE (self), "order_note_remove"))
        {
          suffix = gtk_button_new_from_icon_name ("user-trash-symbolic");
          gtk_widget_add_css_class (suffix, "flat");
          gtk_widget_set_tooltip_text (suffix, _ ("Remove the note"));
          gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove the note"), -1);
          gtk_actionable_set_action_target (GTK_ACTIONABLE (suffix), "x", note->id);
          gtk_actionable_set_action_name (GTK_ACTIONABLE (suffix), "order.remove-note");
        }
      wb_card_add_said (self->notes, note->body, subtitle, suffix);
    }
}

/* ---- Shipments and returns ----------------------------------------------------------------- */

static char *
describe_parcel (const WbOrderParcel *parcel, guint number, guint n_parcels)
{
  GString *facts = g_string_new (NULL);
  g_autofree char *weight = wb_format_weight (parcel->weight_g);

  /* Boxes have names like "Box 2". */
  if (n_parcels > 1)
    wb_facts_add_format (facts, _ ("Parcel %u of %u"), number, n_parcels);
  wb_facts_add (facts, parcel->box);
  wb_facts_add (facts, weight);
  for (guint i = 0; i < parcel->items->len && i < 6; i++)
    {
      const WbParcelItem *item = g_ptr_array_index (parcel->items, i);

      wb_facts_add_format (facts, "%d × %s", (int) item->quantity, item->name);
    }
  if (parcel->events->len > 0)
    {
      const WbTrackingEvent *event = g_ptr_array_index (parcel->events, 0);
      g_autofree char *at = wb_format_moment (event->at);

      wb_facts_add_format (facts, "%s %s%s%s", wb_word_text ("tracking", event->code), at, event->place[0] != '\0' ? ", " : "",
                           event->place);
    }
  return g_string_free (facts, FALSE);
}

static void
add_unscanned (WbOrderPage *self, const WbUnscanned *unscanned)
{
  const char *why = wb_hand_reason_find_title (unscanned->why);
  g_autofree char *what = unscanned->sku_code[0] != '\0' ? g_strdup_printf ("%d × %s", (int) unscanned->quantity, unscanned->name)
                                                         : g_strdup (_ ("Label"));
  g_autofree char *subtitle = wb_facts_join (what, why, NULL);
  GtkWidget *row = wb_card_add_row (self->shipments, _ ("Counted by hand"), subtitle, NULL);

  gtk_widget_add_css_class (row, "inner");
}

static void
add_shipment (WbOrderPage *self, const WbOrderShipment *shipment)
{
  g_autofree char *at = wb_format_moment (shipment->shipped_at != NULL ? shipment->shipped_at : shipment->created_at);
  /* Most services begin with their carrier's name. */
  gboolean is_named = g_str_has_prefix (shipment->service, shipment->carrier);
  g_autofree char *by = g_strdup_printf ("%s %s", is_named ? "" : shipment->carrier, shipment->service);
  g_autofree char *subtitle = wb_facts_join (by, at, shipment->warehouse, NULL);

  wb_card_add_row (self->shipments, shipment->number, subtitle, wb_pill_new ("shipment", shipment->status));
  for (guint i = 0; i < shipment->parcels->len; i++)
    {
      const WbOrderParcel *parcel = g_ptr_array_index (shipment->parcels, i);
      g_autofree char *text = describe_parcel (parcel, i + 1, shipment->parcels->len);
      GtkWidget *row = wb_card_add_row (self->shipments, parcel->tracking[0] != '\0' ? parcel->tracking : _ ("Parcel"), text,
                                        NULL);

      gtk_widget_add_css_class (row, "inner");
    }
  for (guint i = 0; i < shipment->unscanned->len; i++)
    add_unscanned (self, g_ptr_array_index (shipment->unscanned, i));
}

static void
show_shipments (WbOrderPage *self)
{
  const WbOrder *order = self->order;

  wb_card_clear (self->shipments);
  for (guint i = 0; i < order->shipments->len; i++)
    add_shipment (self, g_ptr_array_index (order->shipments, i));
  if (order->job != NULL)
    {
      const char *text = g_str_equal (order->job->state, "open") ? _ ("Waits for a packing bench")
                         : g_str_equal (order->job->state, "aside") ? _ ("Put aside while packing") : _ ("Being packed");
      g_autofree char *at = wb_format_moment (order->job->claimed_at);
      g_autofree char *who = wb_facts_join (order->job->station, order->job->staff, at, NULL);

      wb_card_add_row (self->shipments, text, who, wb_pill_new ("stage", order->order->stage));
    }
  for (guint i = 0; i < order->returns->len; i++)
    {
      const WbOrderReturn *back = g_ptr_array_index (order->returns, i);
      g_autofree char *title = g_strdup_printf (_ ("Return %s"), back->number);
      g_autofree char *credit = wb_format_money (back->credit_minor, order->order->currency);

      wb_card_add_row (self->shipments, title, back->reason, figure (credit, NULL, NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->shipments),
                          order->shipments->len > 0 || order->job != NULL || order->returns->len > 0);
}

/* ---- Photos ---------------------------------------------------------------------------------- */

static void
show_photos (WbOrderPage *self)
{
  GPtrArray *files = self->order->files;

  gtk_widget_set_visible (GTK_WIDGET (self->photos), files->len > 0);
  if (files->len > 0)
    wb_photo_strip_show (self->photo_strip, wb_page_get_db (WB_PAGE (self)), files, wb_page_may (WB_PAGE (self), "attachment_remove"));
}

void
_wb_order_page_show_cards (WbOrderPage *self)
{
  show_lines (self);
  show_shipments (self);
  show_photos (self);
  show_money (self);
  show_deliver (self);
  show_customer (self);
  show_notes (self);
  _wb_order_page_show_history (self);
}
