/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-order"

#include "config.h"

#include "core/wb-import-order.h"

static void
free_line (WbImportLine *line)
{
  g_free (line->external_id);
  g_free (line->sku);
  g_free (line->name);
  g_free (line->gift_message);
  g_clear_pointer (&line->properties, g_ptr_array_unref);
  g_free (line);
}

static void
free_charge (WbImportCharge *charge)
{
  g_free (charge->code);
  g_free (charge->name);
  g_free (charge);
}

static void
free_tax (WbImportTax *tax)
{
  g_free (tax->name);
  g_free (tax->jurisdiction);
  g_free (tax);
}

static void
free_payment (WbImportPayment *payment)
{
  g_free (payment->method);
  g_free (payment->gateway);
  g_free (payment->reference);
  g_array_unref (payment->shares);
  g_free (payment);
}

static void
free_shipment (WbImportShipment *shipment)
{
  g_free (shipment->external_id);
  g_free (shipment->carrier);
  g_ptr_array_unref (shipment->trackings);
  g_array_unref (shipment->shares);
  g_free (shipment);
}

static void
free_note (WbImportNote *note)
{
  g_free (note->body);
  g_free (note);
}

static void
init_customer (WbImportCustomer *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_address_free);
  self->registered_us = WB_IMPORT_NEVER;
}

/**
 * wb_import_customer_new:
 *
 * Returns: (transfer full): a customer of whom nothing is known
 */
WbImportCustomer *
wb_import_customer_new (void)
{
  WbImportCustomer *self = g_new0 (WbImportCustomer, 1);

  init_customer (self);
  return self;
}

/* Frees the members of a struct that lives in another one. */
static void
clear_customer (WbImportCustomer *self)
{
  g_clear_pointer (&self->external_id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->company, g_free);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->tax_number, g_free);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
}

/**
 * wb_import_customer_free:
 * @self: (nullable) (transfer full): a customer from the heap
 */
void
wb_import_customer_free (WbImportCustomer *self)
{
  if (self == NULL)
    return;
  clear_customer (self);
  g_free (self);
}

/**
 * wb_import_order_new:
 *
 * Returns: (transfer full): an empty order
 */
WbImportOrder *
wb_import_order_new (void)
{
  WbImportOrder *self = g_new0 (WbImportOrder, 1);

  init_customer (&self->customer);
  self->placed_us = WB_IMPORT_NEVER;
  self->cancelled_us = WB_IMPORT_NEVER;
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) free_line);
  self->charges = g_ptr_array_new_with_free_func ((GDestroyNotify) free_charge);
  self->taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_tax);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify) free_payment);
  self->shipments = g_ptr_array_new_with_free_func ((GDestroyNotify) free_shipment);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_note);
  return self;
}

/**
 * wb_import_order_free:
 * @self: (nullable) (transfer full): an order
 */
void
wb_import_order_free (WbImportOrder *self)
{
  if (self == NULL)
    return;
  g_free (self->external_id);
  g_free (self->number);
  g_free (self->return_of);
  g_free (self->shipping_method);
  g_free (self->purchase_order);
  g_free (self->reason);
  g_free (self->cancel_reason);
  clear_customer (&self->customer);
  wb_address_clear (&self->billing);
  wb_address_clear (&self->shipping);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->charges);
  g_ptr_array_unref (self->taxes);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->shipments);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * wb_import_order_add_line:
 *
 * Returns: (transfer none): a new line at the end, of one thing that is sent
 */
WbImportLine *
wb_import_order_add_line (WbImportOrder *self)
{
  WbImportLine *line = g_new0 (WbImportLine, 1);

  line->requires_shipping = TRUE;
  g_ptr_array_add (self->lines, line);
  return line;
}

/**
 * wb_import_order_add_charge:
 *
 * Returns: (transfer none): a charge on the whole order
 */
WbImportCharge *
wb_import_order_add_charge (WbImportOrder     *self,
                            WbImportChargeKind kind,
                            const char        *name,
                            gint64             amount_minor)
{
  WbImportCharge *charge = g_new0 (WbImportCharge, 1);

  charge->kind = kind;
  charge->line = -1;
  charge->name = g_strdup (name);
  charge->amount_minor = amount_minor;
  g_ptr_array_add (self->charges, charge);
  return charge;
}

/**
 * wb_import_order_add_tax:
 *
 * Returns: (transfer none): a tax on the whole order
 */
WbImportTax *
wb_import_order_add_tax (WbImportOrder *self,
                         const char    *name,
                         gint64         amount_minor)
{
  WbImportTax *tax = g_new0 (WbImportTax, 1);

  tax->line = -1;
  tax->charge = -1;
  tax->name = g_strdup (name != NULL && *name != '\0' ? name : "Tax");
  tax->amount_minor = amount_minor;
  g_ptr_array_add (self->taxes, tax);
  return tax;
}

/**
 * wb_import_order_add_payment:
 * @at_us: when, or %WB_IMPORT_NEVER to take the order's date
 *
 * Returns: (transfer none): a payment
 */
WbImportPayment *
wb_import_order_add_payment (WbImportOrder      *self,
                             WbImportPaymentKind kind,
                             gint64              amount_minor,
                             gint64              at_us)
{
  WbImportPayment *payment = g_new0 (WbImportPayment, 1);

  payment->kind = kind;
  payment->amount_minor = amount_minor;
  payment->at_us = at_us != WB_IMPORT_NEVER ? at_us : self->placed_us;
  payment->shares = g_array_new (FALSE, FALSE, sizeof (WbImportShare));
  g_ptr_array_add (self->payments, payment);
  return payment;
}

/**
 * wb_import_order_add_shipment:
 *
 * Returns: (transfer none): a shipment, sent when the order was placed until somebody says better
 */
WbImportShipment *
wb_import_order_add_shipment (WbImportOrder *self)
{
  WbImportShipment *shipment = g_new0 (WbImportShipment, 1);

  shipment->shipped_us = self->placed_us;
  shipment->delivered_us = WB_IMPORT_NEVER;
  shipment->trackings = g_ptr_array_new_with_free_func (g_free);
  shipment->shares = g_array_new (FALSE, FALSE, sizeof (WbImportShare));
  g_ptr_array_add (self->shipments, shipment);
  return shipment;
}

/**
 * wb_import_order_add_note:
 * @body: (nullable): what it says; nothing is added for an empty one
 */
void
wb_import_order_add_note (WbImportOrder   *self,
                          WbImportNoteKind kind,
                          const char      *body)
{
  WbImportNote *note = NULL;

  if (body == NULL || *body == '\0')
    return;
  note = g_new0 (WbImportNote, 1);
  note->kind = kind;
  note->body = g_strdup (body);
  g_ptr_array_add (self->notes, note);
}

/**
 * wb_import_add_share:
 * @shares: of a payment or shipment
 */
void
wb_import_add_share (GArray *shares,
                     int     line,
                     gint64  quantity,
                     gint64  amount_minor)
{
  WbImportShare share = { line, quantity, amount_minor };

  g_array_append_val (shares, share);
}

/**
 * wb_import_order_get_goods:
 *
 * Returns: the sum of the lines' totals by the rounding rule, before discounts; what does not fit counts 0
 * (wb_import_record_check() refuses it)
 */
gint64
wb_import_order_get_goods (const WbImportOrder *self)
{
  guint digits = wb_currency_get_digits (self->currency);
  gint64 goods = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const WbImportLine *line = g_ptr_array_index (self->lines, i);
      gint64 gross = 0;

      if (wb_decimal_to_minor (&line->unit_price, line->quantity, digits, &gross, NULL)
          && __builtin_add_overflow (goods, gross, &goods))
        return 0;
    }
  return goods;
}

/**
 * wb_import_order_get_total:
 *
 * Returns: what the parts come to: goods less discounts and with charges, and taxes where they are not in
 * the prices
 */
gint64
wb_import_order_get_total (const WbImportOrder *self)
{
  gint64 total = wb_import_order_get_goods (self);

  for (guint i = 0; i < self->lines->len; i++)
    total -= ((const WbImportLine *) g_ptr_array_index (self->lines, i))->discount_minor;
  for (guint i = 0; i < self->charges->len; i++)
    {
      const WbImportCharge *charge = g_ptr_array_index (self->charges, i);

      total += charge->kind == WB_IMPORT_CHARGE_DISCOUNT ? -charge->amount_minor : charge->amount_minor;
    }
  for (guint i = 0; i < self->taxes->len && !self->tax_included; i++)
    total += ((const WbImportTax *) g_ptr_array_index (self->taxes, i))->amount_minor;
  return total;
}

/**
 * wb_import_order_balance:
 *
 * When the channel says another total than its parts come to, adds the difference as an adjustment, so that
 * what is owed is what the customer was told.
 */
void
wb_import_order_balance (WbImportOrder *self)
{
  gint64 missing = 0;

  if (!self->has_total)
    return;
  missing = self->total_minor - wb_import_order_get_total (self);
  if (missing != 0)
    wb_import_order_add_charge (self, WB_IMPORT_CHARGE_ADJUSTMENT, "Difference to the channel’s total", missing);
}
