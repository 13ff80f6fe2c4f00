/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-json"

#include "config.h"

#include <string.h>

#include "core/wb-import-record.h"
#include "core/wb-json.h"
#include "core/wb-time.h"

/* What wb.import_orders() and its sisters in db/api/64-import-orders.sql take apart: names are short because there are
   a hundred thousand of them in a batch, and what was not said is left out. The content hash is made of this
   text, so a change here makes every record count as changed once: add names, do not rename. */

static void
add_name (GString    *json,
          const char *name)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (json, ',');
  g_string_append_c (json, '"');
  g_string_append (json, name);
  g_string_append (json, "\":");
}

static void
add_text (GString    *json,
          const char *name,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  add_name (json, name);
  wb_json_append_string (json, text);
}

static void
add_int (GString    *json,
         const char *name,
         gint64      number)
{
  char digits[24] = "";

  add_name (json, name);
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  g_string_append (json, digits);
}

static void
add_int_unless_zero (GString    *json,
                     const char *name,
                     gint64      number)
{
  if (number != 0)
    add_int (json, name, number);
}

static void
add_flag (GString    *json,
          const char *name,
          gboolean    flag)
{
  if (!flag)
    return;
  add_name (json, name);
  g_string_append (json, "true");
}

static void
add_decimal (GString         *json,
             const char      *name,
             const WbDecimal *value)
{
  g_autofree char *text = wb_decimal_to_string (value);

  add_name (json, name);
  g_string_append (json, text);
}

static void
add_time (GString    *json,
          const char *name,
          gint64      moment_us)
{
  g_autofree char *text = NULL;

  if (moment_us == WB_IMPORT_NEVER)
    return;
  text = wb_time_to_string (moment_us);
  add_text (json, name, text);
}

static void
begin (GString    *json,
       const char *name,
       char        bracket)
{
  if (name != NULL)
    add_name (json, name);
  else if (json->len > 0 && (json->str[json->len - 1] == '}' || json->str[json->len - 1] == ']'))
    g_string_append_c (json, ',');
  g_string_append_c (json, bracket);
}

static void
end (GString *json,
     char     bracket)
{
  g_string_append_c (json, bracket);
}

static void
add_texts (GString    *json,
           const char *name,
           GPtrArray  *texts)
{
  if (texts->len == 0)
    return;
  begin (json, name, '[');
  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      wb_json_append_string (json, g_ptr_array_index (texts, i));
    }
  end (json, ']');
}

/* Names and values in turn, as an object. */
static void
add_pairs (GString    *json,
           const char *name,
           GPtrArray  *pairs)
{
  if (pairs == NULL || pairs->len == 0)
    return;
  begin (json, name, '{');
  for (guint i = 0; i + 1 < pairs->len; i += 2)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      wb_json_append_string (json, g_ptr_array_index (pairs, i));
      g_string_append_c (json, ':');
      wb_json_append_string (json, g_ptr_array_index (pairs, i + 1));
    }
  end (json, '}');
}

static void
add_address (GString         *json,
             const char      *name,
             const WbAddress *address)
{
  if (wb_address_is_empty (address))
    return;
  begin (json, name, '{');
  add_text (json, "name", address->name);
  add_text (json, "company", address->company);
  add_text (json, "line1", address->line1);
  add_text (json, "line2", address->line2);
  add_text (json, "city", address->city);
  add_text (json, "region", address->region);
  add_text (json, "postcode", address->postcode);
  add_text (json, "country", address->country);
  add_text (json, "phone", address->phone);
  add_text (json, "email", address->email);
  end (json, '}');
}

static void
add_customer_members (GString                *json,
                      const WbImportCustomer *customer)
{
  add_text (json, "x", customer->external_id);
  add_text (json, "name", customer->name);
  add_text (json, "company", customer->company);
  add_text (json, "email", customer->email);
  add_text (json, "phone", customer->phone);
  add_text (json, "language", customer->language);
  add_text (json, "country", customer->country);
  add_text (json, "note", customer->note);
  add_text (json, "tax_number", customer->tax_number);
  add_texts (json, "tags", customer->tags);
  if (customer->has_email_allowed)
    {
      add_name (json, "email_allowed");
      g_string_append (json, customer->email_allowed ? "true" : "false");
    }
  add_time (json, "registered_at", customer->registered_us);
  if (customer->addresses->len > 0)
    {
      begin (json, "addresses", '[');
      for (guint i = 0; i < customer->addresses->len; i++)
        add_address (json, NULL, g_ptr_array_index (customer->addresses, i));
      end (json, ']');
    }
}

static void
add_lines (GString             *json,
           const WbImportOrder *order)
{
  begin (json, "lines", '[');
  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbImportLine *line = g_ptr_array_index (order->lines, i);

      begin (json, NULL, '{');
      add_text (json, "x", line->external_id);
      add_text (json, "sku", line->sku);
      add_text (json, "name", line->name);
      add_int (json, "q", line->quantity);
      add_decimal (json, "price", &line->unit_price);
      add_int_unless_zero (json, "discount", line->discount_minor);
      add_int_unless_zero (json, "weight", line->weight_g);
      add_flag (json, "service", !line->requires_shipping);
      add_int_unless_zero (json, "shipped", line->shipped);
      add_int_unless_zero (json, "cancelled", line->cancelled);
      add_int_unless_zero (json, "returned", line->returned);
      add_text (json, "gift", line->gift_message);
      add_pairs (json, "props", line->properties);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_charges (GString             *json,
             const WbImportOrder *order)
{
  static const char *const kinds[] = { "shipping", "fee", "discount", "adjustment" };

  if (order->charges->len == 0)
    return;
  begin (json, "charges", '[');
  for (guint i = 0; i < order->charges->len; i++)
    {
      const WbImportCharge *charge = g_ptr_array_index (order->charges, i);

      begin (json, NULL, '{');
      add_text (json, "kind", kinds[charge->kind]);
      add_text (json, "code", charge->code);
      add_text (json, "name", charge->name);
      add_int (json, "amount", charge->amount_minor);
      if (charge->line >= 0)
        add_int (json, "line", charge->line + 1);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_taxes (GString             *json,
           const WbImportOrder *order)
{
  if (order->taxes->len == 0)
    return;
  begin (json, "taxes", '[');
  for (guint i = 0; i < order->taxes->len; i++)
    {
      const WbImportTax *tax = g_ptr_array_index (order->taxes, i);

      begin (json, NULL, '{');
      add_text (json, "name", tax->name);
      add_text (json, "jurisdiction", tax->jurisdiction);
      if (tax->rate.mantissa != 0)
        add_decimal (json, "rate", &tax->rate);
      add_int (json, "amount", tax->amount_minor);
      if (tax->line >= 0)
        add_int (json, "line", tax->line + 1);
      if (tax->charge >= 0)
        add_int (json, "charge", tax->charge + 1);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_shares (GString *json,
            GArray  *shares)
{
  if (shares->len == 0)
    return;
  begin (json, "lines", '[');
  for (guint i = 0; i < shares->len; i++)
    {
      const WbImportShare *share = &g_array_index (shares, WbImportShare, i);

      begin (json, NULL, '{');
      add_int (json, "line", share->line + 1);
      add_int (json, "q", share->quantity);
      add_int_unless_zero (json, "amount", share->amount_minor);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_payments (GString             *json,
              const WbImportOrder *order)
{
  static const char *const kinds[] = { "authorisation", "capture", "void", "refund", "failure" };

  if (order->payments->len == 0)
    return;
  begin (json, "payments", '[');
  for (guint i = 0; i < order->payments->len; i++)
    {
      const WbImportPayment *payment = g_ptr_array_index (order->payments, i);

      begin (json, NULL, '{');
      add_text (json, "kind", kinds[payment->kind]);
      add_int (json, "amount", payment->amount_minor);
      add_text (json, "method", payment->method);
      add_text (json, "gateway", payment->gateway);
      add_text (json, "reference", payment->reference);
      add_time (json, "at", payment->at_us != WB_IMPORT_NEVER ? payment->at_us : order->placed_us);
      add_shares (json, payment->shares);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_shipments (GString             *json,
               const WbImportOrder *order)
{
  if (order->shipments->len == 0)
    return;
  begin (json, "shipments", '[');
  for (guint i = 0; i < order->shipments->len; i++)
    {
      const WbImportShipment *shipment = g_ptr_array_index (order->shipments, i);

      begin (json, NULL, '{');
      add_text (json, "x", shipment->external_id);
      add_text (json, "carrier", shipment->carrier);
      add_time (json, "at", shipment->shipped_us != WB_IMPORT_NEVER ? shipment->shipped_us : order->placed_us);
      add_time (json, "delivered_at", shipment->delivered_us);
      add_texts (json, "tracking", shipment->trackings);
      add_shares (json, shipment->shares);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_notes (GString             *json,
           const WbImportOrder *order)
{
  static const char *const kinds[] = { "internal", "customer", "gift" };

  if (order->notes->len == 0)
    return;
  begin (json, "notes", '[');
  for (guint i = 0; i < order->notes->len; i++)
    {
      const WbImportNote *note = g_ptr_array_index (order->notes, i);

      begin (json, NULL, '{');
      add_text (json, "kind", kinds[note->kind]);
      add_text (json, "body", note->body);
      end (json, '}');
    }
  end (json, ']');
}

static void
add_order_members (GString             *json,
                   const WbImportOrder *order)
{
  add_text (json, "x", order->external_id);
  add_text (json, "number", order->number);
  add_text (json, "return_of", order->return_of);
  add_time (json, "at", order->placed_us);
  add_text (json, "currency", order->currency);
  add_flag (json, "tax_included", order->tax_included);
  add_flag (json, "test", order->test);
  add_flag (json, "rush", order->rush);
  add_flag (json, "gift", order->gift);
  begin (json, "customer", '{');
  add_customer_members (json, &order->customer);
  end (json, '}');
  add_address (json, "billing", &order->billing);
  add_address (json, "shipping", &order->shipping);
  add_text (json, "method", order->shipping_method);
  add_text (json, "po", order->purchase_order);
  add_text (json, "reason", order->reason);
  add_time (json, "cancelled_at", order->cancelled_us);
  add_text (json, "cancel_reason", order->cancel_reason);
  add_texts (json, "tags", order->tags);
  add_lines (json, order);
  add_charges (json, order);
  add_taxes (json, order);
  add_payments (json, order);
  add_shipments (json, order);
  add_notes (json, order);
}

static void
add_variants (GString               *json,
              const WbImportProduct *product)
{
  begin (json, "variants", '[');
  for (guint i = 0; i < product->variants->len; i++)
    {
      const WbImportVariant *variant = g_ptr_array_index (product->variants, i);

      begin (json, NULL, '{');
      add_text (json, "x", variant->external_id);
      add_text (json, "code", variant->code);
      add_text (json, "name", variant->name);
      add_pairs (json, "options", variant->options);
      add_int_unless_zero (json, "weight", variant->weight_g);
      add_int_unless_zero (json, "length", variant->length_mm);
      add_int_unless_zero (json, "width", variant->width_mm);
      add_int_unless_zero (json, "height", variant->height_mm);
      if (variant->has_price)
        {
          add_decimal (json, "price", &variant->price);
          add_text (json, "currency", variant->currency);
        }
      if (variant->stock >= 0)
        add_int (json, "stock", variant->stock);
      add_flag (json, "service", !variant->stocked);
      add_flag (json, "inactive", !variant->active);
      begin (json, "barcodes", '[');
      for (guint k = 0; k < variant->barcodes->len; k++)
        {
          const WbImportBarcode *barcode = g_ptr_array_index (variant->barcodes, k);

          begin (json, NULL, '{');
          add_text (json, "code", barcode->code);
          add_int (json, "q", barcode->quantity);
          end (json, '}');
        }
      end (json, ']');
      end (json, '}');
    }
  end (json, ']');
}

/**
 * wb_import_record_to_json:
 * @json: is appended to
 *
 * Writes a record that was checked as one JSON object, always the same for the same content.
 */
void
wb_import_record_to_json (WbImportRecord *self,
                          GString        *json)
{
  const WbImportProduct *product = self->product;

  g_string_append_c (json, '{');
  add_text (json, "kind", wb_import_kind_to_name (self->kind));
  if (self->order != NULL)
    add_order_members (json, self->order);
  else if (self->customer != NULL)
    add_customer_members (json, self->customer);
  else if (product != NULL)
    {
      add_text (json, "x", product->external_id);
      add_text (json, "code", product->code);
      add_text (json, "name", product->name);
      add_text (json, "description", product->description);
      add_text (json, "brand", product->brand);
      add_text (json, "category", product->category);
      add_flag (json, "inactive", !product->active);
      add_variants (json, product);
    }
  g_string_append_c (json, '}');
}
