/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format "shopify-json": what Shopify's Admin API answers and sends: orders, products and customers, one
 * or many.
 */
#define G_LOG_DOMAIN "wb-import-shopify-json"

#include "config.h"

#include <string.h>

#include "core/wb-import-format-private.h"
#include "core/wb-import-member.h"

static const char *const roots[] = { "orders", "order", "products", "product", "customers", "customer", NULL };

static void
take_address (const WbImportReading *build,
              const WbJson          *json,
              WbAddress             *address)
{
  WbImportCell country = wb_import_json_cell (json, "country_code");

  if (wb_json_get_type (json) != WB_JSON_OBJECT)
    return;
  address->name = wb_import_member_text (build, json, "name");
  address->company = wb_import_member_text (build, json, "company");
  address->line1 = wb_import_member_text (build, json, "address1");
  address->line2 = wb_import_member_text (build, json, "address2");
  address->city = wb_import_member_text (build, json, "city");
  address->region = wb_import_member_text (build, json, "province");
  address->postcode = wb_import_member_key (build, json, "zip");
  address->phone = wb_import_member_key (build, json, "phone");
  if (wb_import_cell_is_empty (country))
    country = wb_import_json_cell (json, "country");
  address->country = wb_import_take_country (build->record, country, NULL);
  if (*address->name == '\0')
    {
      g_free (address->name);
      address->name = wb_import_member_full_name (build, json);
    }
}

static void
take_customer (const WbImportReading *build,
               const WbJson          *json,
               WbImportCustomer      *customer)
{
  const WbJson *addresses = wb_json_get_member (json, "addresses");
  WbImportCell accepts = wb_import_json_cell (json, "accepts_marketing");

  customer->external_id = wb_import_member_key (build, json, "id");
  customer->name = wb_import_member_full_name (build, json);
  customer->email = wb_import_member_key (build, json, "email");
  customer->phone = wb_import_member_key (build, json, "phone");
  customer->note = wb_import_take_note (build->record, wb_import_json_cell (json, "note"));
  customer->registered_us = wb_import_member_time (build, json, "created_at");
  customer->has_email_allowed = wb_import_take_flag (build->record, accepts, &customer->email_allowed);
  wb_import_take_tags (build->record, wb_import_json_cell (json, "tags"), customer->tags);
  if (wb_json_get_length (addresses) == 0)
    addresses = NULL;
  for (guint i = 0; i < wb_json_get_length (addresses); i++)
    {
      WbAddress *address = g_new0 (WbAddress, 1);

      take_address (build, wb_json_get_element (addresses, i), address);
      g_ptr_array_add (customer->addresses, address);
    }
  if (addresses == NULL && wb_json_get_type (wb_json_get_member (json, "default_address")) == WB_JSON_OBJECT)
    {
      WbAddress *address = g_new0 (WbAddress, 1);

      take_address (build, wb_json_get_member (json, "default_address"), address);
      g_ptr_array_add (customer->addresses, address);
    }
}

/* ---- Orders ------------------------------------------------------------------------------------------------ */

static void
take_taxes (const WbImportReading *build,
            const WbJson          *list,
            int                    line,
            int                    charge)
{
  for (guint i = 0; i < wb_json_get_length (list); i++)
    {
      const WbJson *json = wb_json_get_element (list, i);
      g_autofree char *title = wb_import_member_text (build, json, "title");
      gint64 amount = wb_import_member_minor (build, json, "price");
      WbImportTax *tax = NULL;

      if (amount == 0)
        continue;
      tax = wb_import_order_add_tax (build->record->order, title, amount);
      tax->line = line;
      tax->charge = charge;
      wb_import_take_decimal (build->record, wb_import_json_cell (json, "rate"), NULL, &tax->rate);
    }
}

/* "discount_allocations" is what was really taken off a line; "total_discount" leaves out what was given on the order. */
static gint64
take_line_discount (const WbImportReading *build,
                    const WbJson          *json)
{
  const WbJson *allocations = wb_json_get_member (json, "discount_allocations");
  gint64 discount = 0;

  for (guint i = 0; i < wb_json_get_length (allocations); i++)
    discount += wb_import_member_minor (build, wb_json_get_element (allocations, i), "amount");
  return discount != 0 ? discount : wb_import_member_minor (build, json, "total_discount");
}

static void
take_line (const WbImportReading *build,
           const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  WbImportLine *line = wb_import_order_add_line (order);
  const WbJson *properties = wb_json_get_member (json, "properties");
  WbImportCell shipping = wb_import_json_cell (json, "requires_shipping");

  line->line = wb_json_get_line (json);
  line->external_id = wb_import_member_key (build, json, "id");
  line->sku = wb_import_member_key (build, json, "sku");
  line->name = wb_import_member_text (build, json, "name");
  if (*line->name == '\0')
    {
      g_free (line->name);
      line->name = wb_import_member_text (build, json, "title");
    }
  line->quantity = wb_import_member_integer (build, json, "quantity");
  wb_import_take_decimal (build->record, wb_import_json_cell (json, "price"), NULL, &line->unit_price);
  line->weight_g = MAX (wb_import_member_integer (build, json, "grams"), 0);
  line->discount_minor = take_line_discount (build, json);
  wb_import_take_flag (build->record, shipping, &line->requires_shipping);
  wb_import_record_add_value (build->record, &line->unit_price, line->quantity);
  for (guint i = 0; i < wb_json_get_length (properties); i++)
    {
      const WbJson *property = wb_json_get_element (properties, i);
      char *name = wb_import_member_text (build, property, "name");
      char *value = wb_import_member_text (build, property, "value");

      if (line->properties == NULL)
        line->properties = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (line->properties, name);
      g_ptr_array_add (line->properties, value);
    }
  take_taxes (build, wb_json_get_member (json, "tax_lines"), (int) order->lines->len - 1, -1);
}

static int
find_line (const WbImportOrder *order,
           const char          *external_id)
{
  for (guint i = 0; i < order->lines->len && external_id != NULL; i++)
    if (strcmp (((const WbImportLine *) g_ptr_array_index (order->lines, i))->external_id, external_id) == 0)
      return (int) i;
  return -1;
}

static void
take_charges (const WbImportReading *build,
              const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  const WbJson *lines = wb_json_get_member (json, "shipping_lines");
  const WbJson *codes = wb_json_get_member (json, "discount_codes");
  gint64 discount = wb_import_member_minor (build, json, "total_discounts");

  for (guint i = 0; i < wb_json_get_length (lines); i++)
    {
      const WbJson *line = wb_json_get_element (lines, i);
      g_autofree char *title = wb_import_member_text (build, line, "title");
      WbImportCharge *charge = wb_import_order_add_charge (order, WB_IMPORT_CHARGE_SHIPPING, title,
                                                           wb_import_member_minor (build, line, "price"));

      charge->code = wb_import_member_text (build, line, "code");
      if (order->shipping_method == NULL)
        order->shipping_method = g_strdup (title);
      take_taxes (build, wb_json_get_member (line, "tax_lines"), -1, (int) order->charges->len - 1);
    }
  for (guint i = 0; i < order->lines->len; i++)
    discount -= ((const WbImportLine *) g_ptr_array_index (order->lines, i))->discount_minor;
  if (discount > 0)
    wb_import_order_add_charge (order, WB_IMPORT_CHARGE_DISCOUNT, "Discount", discount)->code
      = wb_json_get_length (codes) > 0 ? wb_import_member_text (build, wb_json_get_element (codes, 0), "code") : NULL;
  /* only where neither lines nor shipping name theirs */
  if (order->taxes->len == 0)
    take_taxes (build, wb_json_get_member (json, "tax_lines"), -1, -1);
  order->tax_included = wb_json_is_true (wb_json_get_member (json, "taxes_included"));
  if (!wb_import_member_is_null (json, "total_price"))
    {
      order->total_minor = wb_import_member_minor (build, json, "total_price");
      order->has_total = TRUE;
    }
}

static WbImportPayment *
take_transaction (const WbImportReading *build,
                  const WbJson          *json)
{
  static const struct
  {
    const char *kind;
    WbImportPaymentKind as;
  } kinds[] = {
    { "authorization", WB_IMPORT_PAYMENT_AUTHORISATION }, { "capture", WB_IMPORT_PAYMENT_CAPTURE },
    { "sale", WB_IMPORT_PAYMENT_CAPTURE }, { "void", WB_IMPORT_PAYMENT_VOID }, { "refund", WB_IMPORT_PAYMENT_REFUND },
  };
  gboolean success = wb_import_member_is_null (json, "status") || wb_import_member_says (json, "status", "success");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      WbImportPayment *payment = NULL;

      if (!wb_import_member_says (json, "kind", kinds[i].kind)
          || (!success && !wb_import_member_says (json, "status", "failure")))
        continue;
      payment = wb_import_order_add_payment (build->record->order, success ? kinds[i].as : WB_IMPORT_PAYMENT_FAILURE,
                                             wb_import_member_minor (build, json, "amount"),
                                             wb_import_member_time (build, json, "created_at"));
      payment->gateway = wb_import_member_key (build, json, "gateway");
      payment->method = g_strdup (payment->gateway);
      payment->reference = wb_import_member_key (build, json, "id");
      return payment;
    }
  return NULL;
}

/* The order alone does not list its transactions: its financial status and its refunds tell the same. */
static void
derive_payments (const WbImportReading *build,
                 const WbJson          *json,
                 gint64                 refunded)
{
  WbImportOrder *order = build->record->order;
  const WbJson *gateways = wb_json_get_member (json, "payment_gateway_names");
  gint64 at_us = wb_import_member_time (build, json, "processed_at");
  gint64 total = order->has_total ? order->total_minor : wb_import_order_get_total (order);
  gint64 outstanding = wb_import_member_minor (build, json, "total_outstanding");
  WbImportPayment *payment = NULL;

  if (wb_import_member_says (json, "financial_status", "authorized")
      || wb_import_member_says (json, "financial_status", "voided"))
    payment = wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_AUTHORISATION, total, at_us);
  else if (wb_import_member_says (json, "financial_status", "partially_paid"))
    payment = wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_CAPTURE, CLAMP (total - outstanding, 0, total), at_us);
  else if (wb_import_member_says (json, "financial_status", "paid")
           || wb_import_member_says (json, "financial_status", "refunded")
           || wb_import_member_says (json, "financial_status", "partially_refunded"))
    payment = wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_CAPTURE, total, at_us);
  if (payment != NULL && wb_json_get_length (gateways) > 0)
    {
      payment->gateway = g_strdup (wb_json_get_text (wb_json_get_element (gateways, 0)));
      payment->method = g_strdup (payment->gateway);
    }
  if (wb_import_member_says (json, "financial_status", "voided"))
    wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_VOID, total, wb_import_member_time (build, json, "cancelled_at"));
  if (wb_import_member_says (json, "financial_status", "refunded") && refunded == 0)
    wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_REFUND, total, wb_import_member_time (build, json, "updated_at"));
}

static void
take_refund_lines (const WbImportReading *build,
                   const WbJson          *refund,
                   WbImportPayment       *payment)
{
  WbImportOrder *order = build->record->order;
  const WbJson *lines = wb_json_get_member (refund, "refund_line_items");

  for (guint i = 0; i < wb_json_get_length (lines); i++)
    {
      const WbJson *json = wb_json_get_element (lines, i);
      int at = find_line (order, wb_json_get_text (wb_json_get_member (json, "line_item_id")));
      gint64 quantity = wb_import_member_integer (build, json, "quantity");
      WbImportLine *line = NULL;

      if (at < 0 || quantity < 0)
        continue;
      line = g_ptr_array_index (order->lines, at);
      /* what was never sent cannot come back: it was cancelled; checking the record tells the two apart */
      if (wb_import_member_says (json, "restock_type", "cancel"))
        line->cancelled = MIN (line->quantity, line->cancelled + quantity);
      else
        line->returned = MIN (line->quantity, line->returned + quantity);
      if (payment != NULL)
        wb_import_add_share (payment->shares, at, quantity, MAX (wb_import_member_minor (build, json, "subtotal"), 0));
    }
}

static gint64
take_refunds (const WbImportReading *build,
              const WbJson          *json)
{
  const WbJson *refunds = wb_json_get_member (json, "refunds");
  gint64 refunded = 0;

  for (guint i = 0; i < wb_json_get_length (refunds); i++)
    {
      const WbJson *refund = wb_json_get_element (refunds, i);
      const WbJson *transactions = wb_json_get_member (refund, "transactions");
      WbImportPayment *last = NULL;

      for (guint k = 0; k < wb_json_get_length (transactions); k++)
        {
          WbImportPayment *payment = take_transaction (build, wb_json_get_element (transactions, k));

          if (payment != NULL && payment->kind == WB_IMPORT_PAYMENT_REFUND)
            {
              refunded += payment->amount_minor;
              last = payment;
            }
        }
      take_refund_lines (build, refund, last);
    }
  return refunded;
}

static void
take_payments (const WbImportReading *build,
               const WbJson          *json)
{
  const WbJson *transactions = wb_json_get_member (json, "transactions");
  gint64 refunded = 0;

  if (wb_json_get_length (transactions) == 0)
    {
      refunded = take_refunds (build, json);
      derive_payments (build, json, refunded);
      return;
    }
  for (guint i = 0; i < wb_json_get_length (transactions); i++)
    if (!wb_import_member_says (wb_json_get_element (transactions, i), "kind", "refund"))
      take_transaction (build, wb_json_get_element (transactions, i));
  if (take_refunds (build, json) == 0)
    for (guint i = 0; i < wb_json_get_length (transactions); i++)
      if (wb_import_member_says (wb_json_get_element (transactions, i), "kind", "refund"))
        take_transaction (build, wb_json_get_element (transactions, i));
}

static void
take_fulfilments (const WbImportReading *build,
                  const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  const WbJson *list = wb_json_get_member (json, "fulfillments");

  for (guint i = 0; i < wb_json_get_length (list); i++)
    {
      const WbJson *fulfilment = wb_json_get_element (list, i);
      const WbJson *lines = wb_json_get_member (fulfilment, "line_items");
      const WbJson *numbers = wb_json_get_member (fulfilment, "tracking_numbers");
      WbImportShipment *shipment = NULL;
      gint64 at_us = WB_IMPORT_NEVER;

      if (!wb_import_member_says (fulfilment, "status", "success") && !wb_import_member_is_null (fulfilment, "status"))
        continue;
      shipment = wb_import_order_add_shipment (order);
      shipment->external_id = wb_import_member_key (build, fulfilment, "id");
      shipment->carrier = wb_import_member_text (build, fulfilment, "tracking_company");
      at_us = wb_import_member_time (build, fulfilment, "created_at");
      if (at_us != WB_IMPORT_NEVER)
        shipment->shipped_us = at_us;
      if (wb_import_member_says (fulfilment, "shipment_status", "delivered"))
        shipment->delivered_us = wb_import_member_time (build, fulfilment, "updated_at");
      for (guint k = 0; k < wb_json_get_length (numbers); k++)
        g_ptr_array_add (shipment->trackings, g_strdup (wb_json_get_text (wb_json_get_element (numbers, k))));
      if (numbers == NULL && !wb_import_member_is_null (fulfilment, "tracking_number"))
        g_ptr_array_add (shipment->trackings, wb_import_member_text (build, fulfilment, "tracking_number"));
      for (guint k = 0; k < wb_json_get_length (lines); k++)
        {
          const WbJson *item = wb_json_get_element (lines, k);
          int at = find_line (order, wb_json_get_text (wb_json_get_member (item, "id")));
          gint64 quantity = wb_import_member_integer (build, item, "quantity");

          if (at >= 0 && quantity > 0)
            wb_import_add_share (shipment->shares, at, quantity, 0);
        }
    }
  if (wb_json_get_length (list) == 0 && wb_import_member_says (json, "fulfillment_status", "fulfilled"))
    wb_import_order_add_shipment (order);
}

static WbImportRecord *
read_order (WbImportSource *source,
            const WbJson   *json)
{
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_ORDER, wb_json_get_text (wb_json_get_member (json, "name")),
                                                 wb_json_get_line (json));
  const WbImportReading build = { source, record };
  WbImportOrder *order = record->order;
  const WbJson *lines = wb_json_get_member (json, "line_items");
  g_autofree char *note = NULL;

  order->external_id = wb_import_member_key (&build, json, "id");
  order->number = wb_import_member_key (&build, json, "name");
  order->placed_us = wb_import_member_time (&build, json, "created_at");
  wb_import_member_currency (&build, json, "currency", order->currency);
  order->test = wb_json_is_true (wb_json_get_member (json, "test"));
  take_customer (&build, wb_json_get_member (json, "customer"), &order->customer);
  take_address (&build, wb_json_get_member (json, "billing_address"), &order->billing);
  take_address (&build, wb_json_get_member (json, "shipping_address"), &order->shipping);
  if (*order->customer.email == '\0')
    {
      g_free (order->customer.email);
      order->customer.email = wb_import_member_key (&build, json, "email");
    }
  order->cancelled_us = wb_import_member_time (&build, json, "cancelled_at");
  order->cancel_reason = wb_import_member_text (&build, json, "cancel_reason");
  wb_import_take_tags (record, wb_import_json_cell (json, "tags"), order->tags);
  for (guint i = 0; i < wb_json_get_length (lines); i++)
    take_line (&build, wb_json_get_element (lines, i));
  take_charges (&build, json);
  take_payments (&build, json);
  take_fulfilments (&build, json);
  note = wb_import_take_note (record, wb_import_json_cell (json, "note"));
  wb_import_order_add_note (order, WB_IMPORT_NOTE_CUSTOMER, note);
  record->n_lines = MAX (order->lines->len, 1);
  return record;
}

/* ---- Products ---------------------------------------------------------------------------------------------- */

static void
take_weight (const WbImportReading *build,
             const WbJson          *json,
             WbImportVariant       *variant)
{
  static const struct
  {
    const char *unit;
    gint64 numerator;
    gint64 denominator;
  } units[] = { { "g", 1, 1 }, { "kg", 1000, 1 }, { "lb", 45359237, 100000 }, { "oz", 2834952, 100000 } };

  if (!wb_import_member_is_null (json, "grams"))
    {
      wb_import_take_scaled (build->record, wb_import_json_cell (json, "grams"), NULL, 1, 1, &variant->weight_g);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (wb_import_member_says (json, "weight_unit", units[i].unit))
      wb_import_take_scaled (build->record, wb_import_json_cell (json, "weight"), NULL, units[i].numerator,
                             units[i].denominator, &variant->weight_g);
}

static void
take_variant (const WbImportReading *build,
              const WbJson          *product_json,
              const WbJson          *json)
{
  WbImportProduct *product = build->record->product;
  WbImportVariant *variant = wb_import_product_add_variant (product);
  const WbJson *options = wb_json_get_member (product_json, "options");
  g_autofree char *title = wb_import_member_text (build, json, "title");
  g_autofree char *barcode = wb_import_member_key (build, json, "barcode");
  WbImportCell shipping = wb_import_json_cell (json, "requires_shipping");

  variant->line = wb_json_get_line (json);
  variant->external_id = wb_import_member_key (build, json, "id");
  variant->code = wb_import_member_key (build, json, "sku");
  if (*variant->code == '\0')
    {
      /* the shop has no number for it, so it gets the one that nobody else has */
      g_free (variant->code);
      variant->code = g_strdup_printf ("%s-%s", product->code, variant->external_id);
    }
  variant->name = strcmp (title, "Default Title") == 0 || *title == '\0' ? g_strdup (product->name)
                                                                         : g_strdup_printf ("%s – %s", product->name, title);
  for (guint i = 0; i < 3 && i < wb_json_get_length (options); i++)
    {
      char member[] = { 'o', 'p', 't', 'i', 'o', 'n', (char) ('1' + i), '\0' };
      g_autofree char *name = wb_import_member_text (build, wb_json_get_element (options, i), "name");
      g_autofree char *value = wb_import_member_text (build, json, member);

      if (*value != '\0' && strcmp (value, "Default Title") != 0)
        wb_import_variant_add_option (variant, name, value);
    }
  variant->has_price = wb_import_take_decimal (build->record, wb_import_json_cell (json, "price"), NULL, &variant->price);
  if (wb_import_source_get_options (build->source)->currency != NULL)
    g_strlcpy (variant->currency, wb_import_source_get_options (build->source)->currency, WB_CURRENCY_SIZE);
  wb_import_take_integer (build->record, wb_import_json_cell (json, "inventory_quantity"), NULL, &variant->stock);
  variant->stock = MAX (variant->stock, -1);
  wb_import_take_flag (build->record, shipping, &variant->stocked);
  take_weight (build, json, variant);
  wb_import_variant_add_barcode (variant, barcode, 1);
}

/* Descriptions come as HTML. What is shown here is text: tags become spaces, the five entities what they stand for. */
static char *
strip_tags (const char *html)
{
  static const char *const entities[] = { "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&nbsp;", " ", "&amp;", "&" };
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *p = html; *p != '\0'; p++)
    {
      if (*p == '<')
        in_tag = TRUE;
      else if (*p == '>' && in_tag)
        {
          in_tag = FALSE;
          if (text->len > 0 && text->str[text->len - 1] != ' ')
            g_string_append_c (text, ' ');
        }
      else if (!in_tag)
        g_string_append_c (text, *p);
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i += 2)
    g_string_replace (text, entities[i], entities[i + 1], 0);
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

static WbImportRecord *
read_product (WbImportSource *source,
              const WbJson   *json)
{
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_PRODUCT, wb_json_get_text (wb_json_get_member (json, "handle")),
                                                 wb_json_get_line (json));
  const WbImportReading build = { source, record };
  WbImportProduct *product = record->product;
  const WbJson *variants = wb_json_get_member (json, "variants");
  g_autofree char *html = wb_import_take_note (record, wb_import_json_cell (json, "body_html"));

  product->external_id = wb_import_member_key (&build, json, "id");
  product->code = wb_import_member_key (&build, json, "handle");
  if (*product->code == '\0')
    {
      g_free (product->code);
      product->code = g_strdup (product->external_id);
    }
  product->name = wb_import_member_text (&build, json, "title");
  product->description = strip_tags (html);
  product->brand = wb_import_member_text (&build, json, "vendor");
  product->category = wb_import_member_text (&build, json, "product_type");
  product->active = wb_import_member_is_null (json, "status") || wb_import_member_says (json, "status", "active");
  for (guint i = 0; i < wb_json_get_length (variants); i++)
    take_variant (&build, json, wb_json_get_element (variants, i));
  record->n_lines = MAX (product->variants->len, 1);
  return record;
}

static WbImportRecord *
read_customer (WbImportSource *source,
               const WbJson   *json)
{
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_CUSTOMER, wb_json_get_text (wb_json_get_member (json, "id")),
                                                 wb_json_get_line (json));
  const WbImportReading build = { source, record };

  take_customer (&build, json, record->customer);
  record->n_lines = 1;
  return record;
}

static WbImportRecord *
read_record (WbImportSource *source,
             const char     *root,
             const WbJson   *json)
{
  WbImportRecord *record = NULL;

  if (g_str_has_prefix (root, "order") || wb_json_get_member (json, "line_items") != NULL)
    return read_order (source, json);
  if (g_str_has_prefix (root, "product") || wb_json_get_member (json, "variants") != NULL)
    return read_product (source, json);
  if (g_str_has_prefix (root, "customer") || wb_json_get_member (json, "orders_count") != NULL)
    return read_customer (source, json);
  record = wb_import_record_new (WB_IMPORT_NOTHING, NULL, wb_json_get_line (json));
  record->n_lines = 1;
  /* {"draft_order": {…}}: what it is stands before it */
  if (wb_json_get_type (json) == WB_JSON_OBJECT && wb_json_get_length (json) == 1)
    wb_import_record_refuse (record, 0, NULL, wb_json_get_name (json, 0), "only orders, products and customers can be imported");
  else
    wb_import_record_refuse (record, 0, NULL, NULL, "this is no order, product or customer of Shopify");
  return record;
}

const WbImportFormat _wb_import_shopify_json = {
  .name = "shopify-json",
  .summary = "Shopify: orders, products and customers of the Admin API",
  .roots = roots,
  .read = read_record,
};
