/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format "shopify-csv": Shopify's order export. One row a line item; what belongs to the order stands on its
 * first row only, the rows of an order follow each other and share the Name.
 */
#define G_LOG_DOMAIN "wb-import-shopify-csv"

#include "config.h"

#include <string.h>

#include "core/wb-import-format-private.h"

static const char *const headings[] = {
  "Name", "Created at", "Currency", "Subtotal", "Total", "Lineitem quantity", "Lineitem name", "Lineitem price", NULL,
};

typedef struct
{
  WbImportSource *source;
  WbImportRecord *record;
  const WbImportRow *first;
} Build;

static char *
get_key (WbImportSource    *source,
         const WbImportRow *row)
{
  return g_strdup (wb_import_row_get_field (row, wb_import_source_find_column (source, "Name")));
}

static WbImportCell
cell_of (Build             *build,
         const WbImportRow *row,
         const char        *heading)
{
  return wb_import_source_get_cell (build->source, row, wb_import_source_find_column (build->source, heading));
}

static char *
take_text (Build      *build,
           const char *heading)
{
  return wb_import_take_text (build->record, cell_of (build, build->first, heading), WB_IMPORT_NAME_LENGTH);
}

static gint64
take_minor (Build      *build,
            const char *heading)
{
  gint64 minor = 0;

  wb_import_take_minor (build->record, cell_of (build, build->first, heading), NULL, build->record->order->currency, &minor);
  return minor;
}

static gint64
take_time (Build      *build,
           const char *heading)
{
  gint64 moment = WB_IMPORT_NEVER;

  wb_import_take_time (build->record, cell_of (build, build->first, heading), NULL,
                       wb_import_source_get_options (build->source)->zone, &moment);
  return moment;
}

static gboolean
says (Build      *build,
      const char *heading,
      const char *text)
{
  WbImportCell cell = cell_of (build, build->first, heading);

  return cell.text != NULL && g_ascii_strcasecmp (cell.text, text) == 0;
}

static char *
take_with_prefix (Build      *build,
                  const char *prefix,
                  const char *part)
{
  g_autofree char *heading = g_strconcat (prefix, " ", part, NULL);

  return take_text (build, heading);
}

static void
take_address (Build      *build,
              const char *prefix,
              WbAddress  *address)
{
  g_autofree char *country = g_strconcat (prefix, " Country", NULL);
  g_autofree char *zip = take_with_prefix (build, prefix, "Zip");

  address->name = take_with_prefix (build, prefix, "Name");
  address->company = take_with_prefix (build, prefix, "Company");
  address->line1 = take_with_prefix (build, prefix, "Address1");
  address->line2 = take_with_prefix (build, prefix, "Address2");
  if (*address->line1 == '\0')
    {
      g_free (address->line1);
      address->line1 = take_with_prefix (build, prefix, "Street");
    }
  address->city = take_with_prefix (build, prefix, "City");
  address->region = take_with_prefix (build, prefix, "Province");
  address->country = wb_import_take_country (build->record, cell_of (build, build->first, country), NULL);
  address->phone = take_with_prefix (build, prefix, "Phone");
  /* Shopify writes an apostrophe before postcodes so that spreadsheets leave their zeros alone */
  address->postcode = g_strdup (*zip == '\'' ? zip + 1 : zip);
}

static void
take_line (Build             *build,
           const WbImportRow *row)
{
  WbImportOrder *order = build->record->order;
  WbImportCell quantity = cell_of (build, row, "Lineitem quantity");
  WbImportCell price = cell_of (build, row, "Lineitem price");
  WbImportCell status = cell_of (build, row, "Lineitem fulfillment status");
  gboolean shipping = TRUE;
  WbImportLine *line = NULL;

  /* a payment or refund may have a row of its own that names no item */
  if (wb_import_cell_is_empty (quantity) && wb_import_cell_is_empty (cell_of (build, row, "Lineitem name")))
    return;
  line = wb_import_order_add_line (order);
  line->line = row->line;
  line->sku = wb_import_take_text (build->record, cell_of (build, row, "Lineitem sku"), WB_IMPORT_KEY_LENGTH);
  line->name = wb_import_take_text (build->record, cell_of (build, row, "Lineitem name"), WB_IMPORT_NAME_LENGTH);
  wb_import_take_integer (build->record, quantity, NULL, &line->quantity);
  wb_import_take_decimal (build->record, price, NULL, &line->unit_price);
  wb_import_take_minor (build->record, cell_of (build, row, "Lineitem discount"), NULL, order->currency,
                        &line->discount_minor);
  wb_import_take_flag (build->record, cell_of (build, row, "Lineitem requires shipping"), &shipping);
  line->requires_shipping = shipping;
  if (wb_import_cell_is_empty (price))
    wb_import_record_refuse (build->record, row->line, price.column, NULL, "the price is missing");
  if (line->quantity < 1 && build->record->refusals->len == 0)
    wb_import_record_refuse (build->record, row->line, quantity.column, quantity.text, "a quantity of at least 1 is expected");
  if (status.text != NULL && strcmp (status.text, "fulfilled") == 0)
    line->shipped = line->quantity;
  wb_import_record_add_value (build->record, &line->unit_price, line->quantity);
}

/* The export does not say whether prices include tax; its own sums do. */
static void
take_amounts (Build *build)
{
  WbImportOrder *order = build->record->order;
  g_autofree char *method = take_text (build, "Shipping Method");
  g_autofree char *code = take_text (build, "Discount Code");
  gint64 subtotal = take_minor (build, "Subtotal");
  gint64 shipping = take_minor (build, "Shipping");
  gint64 taxes = take_minor (build, "Taxes");
  gint64 discount = wb_import_order_get_goods (order) - subtotal;
  gint64 named = 0;

  order->total_minor = take_minor (build, "Total");
  order->has_total = TRUE;
  order->tax_included = taxes > 0 && order->total_minor == subtotal + shipping;
  order->shipping_method = g_strdup (method);
  if (shipping != 0)
    wb_import_order_add_charge (order, WB_IMPORT_CHARGE_SHIPPING, method, shipping);
  /* the subtotal is after discounts: what the lines do not say themselves was given on the order */
  for (guint i = 0; i < order->lines->len; i++)
    discount -= ((const WbImportLine *) g_ptr_array_index (order->lines, i))->discount_minor;
  if (discount > 0)
    wb_import_order_add_charge (order, WB_IMPORT_CHARGE_DISCOUNT, "Discount", discount)->code = g_strdup (code);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name_heading = g_strdup_printf ("Tax %u Name", i);
      g_autofree char *value_heading = g_strdup_printf ("Tax %u Value", i);
      g_autofree char *name = take_text (build, name_heading);
      gint64 amount = take_minor (build, value_heading);

      if (amount == 0 || named + amount > taxes)
        continue;
      wb_import_order_add_tax (order, name, amount);
      named += amount;
    }
  if (taxes > named)
    wb_import_order_add_tax (order, "Tax", taxes - named);
}

static void
add_payment (Build              *build,
             WbImportPaymentKind kind,
             gint64              amount,
             gint64              at_us)
{
  WbImportPayment *payment = wb_import_order_add_payment (build->record->order, kind, amount, at_us);

  payment->method = wb_import_take_text (build->record, cell_of (build, build->first, "Payment Method"),
                                         WB_IMPORT_KEY_LENGTH);
  payment->gateway = g_strdup (payment->method);
  payment->reference = wb_import_take_text (build->record, cell_of (build, build->first, "Payment Reference"),
                                            WB_IMPORT_NAME_LENGTH);
}

static void
take_payments (Build *build)
{
  WbImportOrder *order = build->record->order;
  gint64 paid_us = take_time (build, "Paid at");
  gint64 refunded = take_minor (build, "Refunded Amount");
  gint64 outstanding = take_minor (build, "Outstanding Balance");
  gint64 total = order->total_minor;

  if (says (build, "Financial Status", "authorized"))
    add_payment (build, WB_IMPORT_PAYMENT_AUTHORISATION, total, paid_us);
  else if (says (build, "Financial Status", "voided"))
    {
      add_payment (build, WB_IMPORT_PAYMENT_AUTHORISATION, total, paid_us);
      add_payment (build, WB_IMPORT_PAYMENT_VOID, total, paid_us);
    }
  else if (says (build, "Financial Status", "partially_paid"))
    add_payment (build, WB_IMPORT_PAYMENT_CAPTURE, CLAMP (total - outstanding, 0, total), paid_us);
  else if (says (build, "Financial Status", "paid") || says (build, "Financial Status", "refunded")
           || says (build, "Financial Status", "partially_refunded"))
    add_payment (build, WB_IMPORT_PAYMENT_CAPTURE, total, paid_us);
  if (says (build, "Financial Status", "refunded") && refunded == 0)
    refunded = total;
  if (refunded > 0 && !says (build, "Financial Status", "voided"))
    add_payment (build, WB_IMPORT_PAYMENT_REFUND, refunded, paid_us);
}

static void
take_fulfilment (Build *build)
{
  WbImportOrder *order = build->record->order;
  gint64 fulfilled_us = take_time (build, "Fulfilled at");
  WbImportShipment *shipment = NULL;

  if (says (build, "Fulfillment Status", "fulfilled"))
    for (guint i = 0; i < order->lines->len; i++)
      ((WbImportLine *) g_ptr_array_index (order->lines, i))->shipped
        = ((WbImportLine *) g_ptr_array_index (order->lines, i))->quantity;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbImportLine *line = g_ptr_array_index (order->lines, i);

      if (line->shipped <= 0)
        continue;
      if (shipment == NULL)
        shipment = wb_import_order_add_shipment (order);
      wb_import_add_share (shipment->shares, (int) i, line->shipped, 0);
    }
  if (shipment != NULL && fulfilled_us != WB_IMPORT_NEVER)
    shipment->shipped_us = fulfilled_us;
}

static void
take_customer (Build *build)
{
  WbImportCustomer *customer = &build->record->order->customer;
  WbImportCell accepts = cell_of (build, build->first, "Accepts Marketing");

  customer->email = wb_import_take_text (build->record, cell_of (build, build->first, "Email"), WB_IMPORT_KEY_LENGTH);
  customer->name = take_text (build, "Billing Name");
  if (*customer->name == '\0')
    {
      g_free (customer->name);
      customer->name = take_text (build, "Shipping Name");
    }
  customer->company = take_text (build, "Billing Company");
  customer->phone = take_text (build, "Phone");
  customer->has_email_allowed = wb_import_take_flag (build->record, accepts, &customer->email_allowed);
}

static WbImportRecord *
build_record (WbImportSource *source,
              const char     *key,
              GPtrArray      *rows)
{
  const WbImportRow *first = g_ptr_array_index (rows, 0);
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_ORDER, key, first->line);
  Build build = { source, record, first };
  WbImportOrder *order = record->order;
  g_autofree char *notes = NULL;

  order->number = wb_import_take_text (record, cell_of (&build, first, "Name"), WB_IMPORT_KEY_LENGTH);
  order->external_id = wb_import_take_text (record, cell_of (&build, first, "Id"), WB_IMPORT_KEY_LENGTH);
  order->placed_us = take_time (&build, "Created at");
  if (!wb_import_take_currency (record, cell_of (&build, first, "Currency"), order->currency)
      && wb_import_source_get_options (source)->currency != NULL)
    g_strlcpy (order->currency, wb_import_source_get_options (source)->currency, WB_CURRENCY_SIZE);
  order->cancelled_us = take_time (&build, "Cancelled at");
  take_customer (&build);
  take_address (&build, "Billing", &order->billing);
  take_address (&build, "Shipping", &order->shipping);
  wb_import_take_tags (record, cell_of (&build, first, "Tags"), order->tags);
  for (guint i = 0; i < rows->len; i++)
    take_line (&build, g_ptr_array_index (rows, i));
  take_amounts (&build);
  take_payments (&build);
  take_fulfilment (&build);
  notes = wb_import_take_note (record, cell_of (&build, first, "Notes"));
  wb_import_order_add_note (order, WB_IMPORT_NOTE_CUSTOMER, notes);
  return record;
}

const WbImportFormat _wb_import_shopify_csv = {
  .name = "shopify-csv",
  .summary = "Shopify: orders exported as CSV",
  .is_table = TRUE,
  .headings = headings,
  .rows_belong = TRUE,
  .get_key = get_key,
  .build = build_record,
};
