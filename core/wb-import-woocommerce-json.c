/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format "woocommerce-json": orders as WooCommerce's REST API (v3) answers and sends them.
 */
#define G_LOG_DOMAIN "wb-import-woocommerce-json"

#include "config.h"

#include <string.h>

#include "core/wb-import-format-private.h"
#include "core/wb-import-member.h"

static const char *const roots[] = { "orders", "order", NULL };

/* Times come twice: in UTC and as the shop's clock showed them, both without offset. */
static gint64
take_time (const WbImportReading *build,
           const WbJson          *object,
           const char            *member)
{
  g_autofree char *utc = g_strconcat (member, "_gmt", NULL);
  gint64 moment = WB_IMPORT_NEVER;

  if (!wb_import_take_time (build->record, wb_import_json_cell (object, utc), NULL, NULL, &moment))
    wb_import_take_time (build->record, wb_import_json_cell (object, member), NULL,
                         wb_import_source_get_options (build->source)->zone, &moment);
  return moment;
}

static void
take_address (const WbImportReading *build,
              const WbJson          *json,
              WbAddress             *address)
{
  if (wb_json_get_type (json) != WB_JSON_OBJECT)
    return;
  address->name = wb_import_member_full_name (build, json);
  address->company = wb_import_member_text (build, json, "company");
  address->line1 = wb_import_member_text (build, json, "address_1");
  address->line2 = wb_import_member_text (build, json, "address_2");
  address->city = wb_import_member_text (build, json, "city");
  address->region = wb_import_member_text (build, json, "state");
  address->postcode = wb_import_member_key (build, json, "postcode");
  address->country = wb_import_take_country (build->record, wb_import_json_cell (json, "country"), NULL);
  address->phone = wb_import_member_key (build, json, "phone");
  address->email = wb_import_member_key (build, json, "email");
}

static void
take_customer (const WbImportReading *build,
               const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  WbImportCustomer *customer = &order->customer;

  customer->external_id = wb_import_member_key (build, json, "customer_id");
  if (strcmp (customer->external_id, "0") == 0)
    *customer->external_id = '\0'; /* a guest */
  customer->name = g_strdup (order->billing.name);
  customer->company = g_strdup (order->billing.company);
  customer->email = g_strdup (order->billing.email);
  customer->phone = g_strdup (order->billing.phone);
}

/* The API tells what a line came to, not what one cost: to the sixth decimal it is the same. */
static void
set_unit_price (WbImportLine    *line,
                const WbDecimal *subtotal)
{
  WbDecimal fine = { 0 };
  gint64 half = line->quantity / 2;

  if (line->quantity < 1 || !wb_decimal_rescale (subtotal, 6, &fine, NULL))
    return;
  fine.mantissa = (fine.mantissa >= 0 ? fine.mantissa + half : fine.mantissa - half) / line->quantity;
  line->unit_price = wb_decimal_normalise (fine);
}

static void
take_line (const WbImportReading *build,
           const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  WbImportLine *line = wb_import_order_add_line (order);
  WbImportCell subtotal = wb_import_json_cell (json, "subtotal");
  WbDecimal amount = { 0 };
  gint64 gross = 0;

  line->line = wb_json_get_line (json);
  line->external_id = wb_import_member_key (build, json, "id");
  line->sku = wb_import_member_key (build, json, "sku");
  line->name = wb_import_member_text (build, json, "name");
  wb_import_take_integer (build->record, wb_import_json_cell (json, "quantity"), NULL, &line->quantity);
  if (wb_import_take_decimal (build->record, subtotal, NULL, &amount))
    set_unit_price (line, &amount);
  else if (wb_import_cell_is_empty (subtotal))
    wb_import_record_refuse (build->record, line->line, "subtotal", NULL, "the line does not say what it comes to");
  if (wb_decimal_to_minor (&line->unit_price, line->quantity, wb_currency_get_digits (order->currency), &gross, NULL))
    line->discount_minor = MAX (gross - wb_import_member_minor (build, json, "total"), 0);
  wb_import_record_add_value (build->record, &line->unit_price, line->quantity);
}

/* Taxes by rate: what each came to, shipping's part with it. */
static void
take_taxes (const WbImportReading *build,
            const WbJson          *json)
{
  const WbJson *list = wb_json_get_member (json, "tax_lines");
  gint64 rest = wb_import_member_minor (build, json, "total_tax");

  for (guint i = 0; i < wb_json_get_length (list); i++)
    {
      const WbJson *line = wb_json_get_element (list, i);
      g_autofree char *label = wb_import_member_text (build, line, "label");
      gint64 amount = wb_import_member_minor (build, line, "tax_total")
                      + wb_import_member_minor (build, line, "shipping_tax_total");
      WbImportTax *tax = NULL;
      WbDecimal percent = { 0 };

      if (amount == 0)
        continue;
      tax = wb_import_order_add_tax (build->record->order, label, amount);
      tax->jurisdiction = wb_import_member_text (build, line, "rate_code");
      if (wb_import_take_decimal (build->record, wb_import_json_cell (line, "rate_percent"), NULL, &percent)
          && percent.scale + 2 <= WB_DECIMAL_MAX_SCALE)
        tax->rate = (WbDecimal) WB_DECIMAL_INIT (percent.mantissa, percent.scale + 2);
      rest -= amount;
    }
  /* each rate is rounded by itself: what the shop charged is the total */
  if (rest != 0)
    wb_import_order_add_tax (build->record->order, "Tax", rest);
}

static void
take_charges (const WbImportReading *build,
              const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  const WbJson *shipping = wb_json_get_member (json, "shipping_lines");
  const WbJson *fees = wb_json_get_member (json, "fee_lines");
  const WbJson *coupons = wb_json_get_member (json, "coupon_lines");

  for (guint i = 0; i < wb_json_get_length (shipping); i++)
    {
      const WbJson *line = wb_json_get_element (shipping, i);
      g_autofree char *title = wb_import_member_text (build, line, "method_title");
      WbImportCharge *charge = wb_import_order_add_charge (order, WB_IMPORT_CHARGE_SHIPPING, title,
                                                           wb_import_member_minor (build, line, "total"));

      charge->code = wb_import_member_key (build, line, "method_id");
      if (order->shipping_method == NULL)
        order->shipping_method = g_strdup (title);
    }
  for (guint i = 0; i < wb_json_get_length (fees); i++)
    {
      const WbJson *line = wb_json_get_element (fees, i);
      g_autofree char *name = wb_import_member_text (build, line, "name");

      wb_import_order_add_charge (order, WB_IMPORT_CHARGE_FEE, name, wb_import_member_minor (build, line, "total"));
    }
  /* coupons are already off the lines' totals: only their codes are news */
  for (guint i = 0; i < wb_json_get_length (coupons); i++)
    {
      g_autofree char *code = wb_import_member_key (build, wb_json_get_element (coupons, i), "code");

      if (*code != '\0')
        g_ptr_array_add (order->tags, g_strconcat ("coupon:", code, NULL));
    }
  take_taxes (build, json);
  order->total_minor = wb_import_member_minor (build, json, "total");
  order->has_total = TRUE;
}

static void
add_payment (const WbImportReading *build,
             const WbJson          *json,
             WbImportPaymentKind    kind,
             gint64                 amount,
             gint64                 at_us)
{
  WbImportPayment *payment = wb_import_order_add_payment (build->record->order, kind, amount, at_us);

  payment->method = wb_import_member_text (build, json, "payment_method_title");
  payment->gateway = wb_import_member_key (build, json, "payment_method");
  payment->reference = wb_import_member_text (build, json, "transaction_id");
}

static void
take_payments (const WbImportReading *build,
               const WbJson          *json)
{
  WbImportOrder *order = build->record->order;
  const WbJson *refunds = wb_json_get_member (json, "refunds");
  gint64 paid_us = take_time (build, json, "date_paid");
  gint64 changed_us = take_time (build, json, "date_modified");
  gint64 refunded = 0;

  if (paid_us != WB_IMPORT_NEVER || wb_import_member_says (json, "status", "completed")
      || wb_import_member_says (json, "status", "processing") || wb_import_member_says (json, "status", "refunded"))
    add_payment (build, json, WB_IMPORT_PAYMENT_CAPTURE, order->total_minor, paid_us);
  else if (wb_import_member_says (json, "status", "failed"))
    add_payment (build, json, WB_IMPORT_PAYMENT_FAILURE, order->total_minor, changed_us);
  for (guint i = 0; i < wb_json_get_length (refunds); i++)
    {
      const WbJson *refund = wb_json_get_element (refunds, i);
      gint64 amount = ABS (wb_import_member_minor (build, refund, "total"));
      WbImportPayment *payment = wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_REFUND, amount, changed_us);

      payment->reference = wb_import_member_key (build, refund, "id");
      refunded += amount;
    }
  if (wb_import_member_says (json, "status", "refunded") && refunded == 0)
    add_payment (build, json, WB_IMPORT_PAYMENT_REFUND, order->total_minor, changed_us);
  if (wb_import_member_says (json, "status", "cancelled") || wb_import_member_says (json, "status", "trash"))
    order->cancelled_us = changed_us != WB_IMPORT_NEVER ? changed_us : order->placed_us;
  if (wb_import_member_says (json, "status", "completed"))
    {
      gint64 completed_us = take_time (build, json, "date_completed");
      WbImportShipment *shipment = wb_import_order_add_shipment (order);

      if (completed_us != WB_IMPORT_NEVER)
        shipment->shipped_us = completed_us;
    }
}

static WbImportRecord *
read_order (WbImportSource *source,
            const char     *root,
            const WbJson   *json)
{
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_ORDER, wb_json_get_text (wb_json_get_member (json, "number")),
                                                 wb_json_get_line (json));
  const WbImportReading build = { source, record };
  WbImportOrder *order = record->order;
  const WbJson *lines = wb_json_get_member (json, "line_items");
  g_autofree char *note = NULL;

  order->external_id = wb_import_member_key (&build, json, "id");
  order->number = wb_import_member_key (&build, json, "number");
  if (*order->number == '\0')
    {
      g_free (order->number);
      order->number = g_strdup (order->external_id);
    }
  order->placed_us = take_time (&build, json, "date_created");
  wb_import_member_currency (&build, json, "currency", order->currency);
  take_address (&build, wb_json_get_member (json, "billing"), &order->billing);
  take_address (&build, wb_json_get_member (json, "shipping"), &order->shipping);
  take_customer (&build, json);
  for (guint i = 0; i < wb_json_get_length (lines); i++)
    take_line (&build, wb_json_get_element (lines, i));
  take_charges (&build, json);
  take_payments (&build, json);
  note = wb_import_take_note (record, wb_import_json_cell (json, "customer_note"));
  wb_import_order_add_note (order, WB_IMPORT_NOTE_CUSTOMER, note);
  record->n_lines = MAX (order->lines->len, 1);
  return record;
}

const WbImportFormat _wb_import_woocommerce_json = {
  .name = "woocommerce-json",
  .summary = "WooCommerce: orders of the REST API (v3)",
  .roots = roots,
  .read = read_order,
};
