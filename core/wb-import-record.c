/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-record"

#include "config.h"

#include <string.h>

#include "core/wb-import-record.h"

/* Ten million million of anything is a wrong column, and far enough from what 64 bits hold. */
#define MAX_MINOR G_GINT64_CONSTANT (1000000000000000)
/* what the database keeps of a unit price */
#define MAX_PRICE_SCALE 6

/**
 * wb_import_kind_to_name:
 *
 * Returns: (transfer none): "order", "return", "product", "customer" or ""
 */
const char *
wb_import_kind_to_name (WbImportKind kind)
{
  switch (kind)
    {
    case WB_IMPORT_ORDER: return "order";
    case WB_IMPORT_RETURN: return "return";
    case WB_IMPORT_PRODUCT: return "product";
    case WB_IMPORT_CUSTOMER: return "customer";
    case WB_IMPORT_NOTHING:
    default: return "";
    }
}

static void
free_refusal (WbImportRefusal *refusal)
{
  g_free (refusal->column);
  g_free (refusal->value);
  g_free (refusal->reason);
  g_free (refusal);
}

/**
 * wb_import_row_new:
 * @fields: (array length=n_fields): copied
 *
 * Returns: (transfer full): a row; g_free() it
 */
WbImportRow *
wb_import_row_new (guint64            line,
                   const char *const *fields,
                   guint              n_fields)
{
  WbImportRow *row = NULL;
  gsize size = 0;
  char *p = NULL;

  for (guint i = 0; i < n_fields; i++)
    size += strlen (fields[i]) + 1;
  row = g_malloc (sizeof *row + n_fields * sizeof (char *) + size);
  row->line = line;
  row->n_fields = n_fields;
  p = (char *) (row->fields + n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      row->fields[i] = p;
      p = g_stpcpy (p, fields[i]) + 1;
    }
  return row;
}

/**
 * wb_import_row_get_field:
 * @i: number of the column, -1 for one the file does not have
 *
 * Returns: (transfer none): the field, "" where there is none
 */
const char *
wb_import_row_get_field (const WbImportRow *self,
                         int                i)
{
  return i >= 0 && (guint) i < self->n_fields ? self->fields[i] : "";
}

/**
 * wb_import_record_new:
 * @key: (nullable): how the file calls it
 *
 * Returns: (transfer full): an empty record of that kind
 */
WbImportRecord *
wb_import_record_new (WbImportKind kind,
                      const char  *key,
                      guint64      line)
{
  WbImportRecord *self = g_new0 (WbImportRecord, 1);

  self->kind = kind;
  self->key = g_strdup (key != NULL ? key : "");
  self->line = line;
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) free_refusal);
  if (kind == WB_IMPORT_ORDER || kind == WB_IMPORT_RETURN)
    self->order = wb_import_order_new ();
  else if (kind == WB_IMPORT_PRODUCT)
    self->product = wb_import_product_new ();
  else if (kind == WB_IMPORT_CUSTOMER)
    self->customer = wb_import_customer_new ();
  return self;
}

/**
 * wb_import_record_free:
 * @self: (nullable) (transfer full): a record
 */
void
wb_import_record_free (WbImportRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->raw);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->refusals);
  wb_import_order_free (self->order);
  wb_import_product_free (self->product);
  wb_import_customer_free (self->customer);
  g_free (self);
}

/**
 * wb_import_record_refuse:
 * @line: of the file; 0 for the record's own
 * @column: (nullable): heading or member
 * @value: (nullable): what stands there; only its beginning is kept
 * @reason_format: printf() format
 *
 * Says that the record cannot be taken, and why. There may be several reasons: all are told at once.
 */
void
wb_import_record_refuse (WbImportRecord *self,
                         guint64         line,
                         const char     *column,
                         const char     *value,
                         const char     *reason_format,
                         ...)
{
  WbImportRefusal *refusal = g_new0 (WbImportRefusal, 1);
  va_list args;

  refusal->line = line != 0 ? line : self->line;
  refusal->column = g_strdup (column);
  if (value != NULL && g_utf8_strlen (value, -1) > 100)
    {
      g_autofree char *start = g_utf8_substring (value, 0, 100);

      refusal->value = g_strconcat (start, "…", NULL);
    }
  else
    refusal->value = g_strdup (value);
  va_start (args, reason_format);
  refusal->reason = g_strdup_vprintf (reason_format, args);
  va_end (args);
  g_ptr_array_add (self->refusals, refusal);
}

/**
 * wb_import_record_add_value:
 *
 * Counts quantity × price of one line as it was read, for reconciling a file with what was imported. What does
 * not fit is left out: such a line is refused elsewhere.
 */
void
wb_import_record_add_value (WbImportRecord  *self,
                            const WbDecimal *unit_price,
                            gint64           quantity)
{
  WbDecimal product = { 0 };
  WbDecimal sum = { 0 };

  if (wb_decimal_multiply (unit_price, quantity, &product, NULL) && wb_decimal_add (&self->value, &product, &sum, NULL))
    self->value = sum;
}

/* ---- Checking ---------------------------------------------------------------------------------------------- */

static void
check_line (WbImportRecord *self,
            WbImportLine   *line,
            guint           digits)
{
  g_autofree char *price = wb_decimal_to_string (&line->unit_price);
  gint64 gross = 0;

  line->unit_price = wb_decimal_normalise (line->unit_price);
  if (line->quantity < 1 || line->quantity > G_MAXINT32)
    {
      g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity);

      wb_import_record_refuse (self, line->line, "quantity", quantity,
                               line->quantity < 1 ? "a line needs a quantity of at least 1" : "the quantity is too large");
    }
  if (line->unit_price.mantissa < 0)
    wb_import_record_refuse (self, line->line, "price", price, "a price cannot be negative");
  if (line->unit_price.scale > MAX_PRICE_SCALE)
    wb_import_record_refuse (self, line->line, "price", price, "a price may have at most six decimals");
  if (!wb_decimal_to_minor (&line->unit_price, line->quantity, digits, &gross, NULL) || gross > MAX_MINOR)
    wb_import_record_refuse (self, line->line, "price", price, "quantity × price is too large");
  if ((line->sku == NULL || *line->sku == '\0') && (line->name == NULL || *line->name == '\0'))
    wb_import_record_refuse (self, line->line, "name", NULL, "the line says neither SKU nor name");
  if (line->discount_minor < 0 || line->discount_minor > gross)
    wb_import_record_refuse (self, line->line, "discount", NULL, "the discount is larger than the line, or negative");
}

/* After this each shipment says what is in it, each line how much was sent, and the two agree. */
static void
settle_shipments (WbImportRecord *self)
{
  WbImportOrder *order = self->order;
  g_autofree gint64 *sent = g_new0 (gint64, order->lines->len + 1);

  for (guint i = 0; i < order->shipments->len; i++)
    {
      WbImportShipment *shipment = g_ptr_array_index (order->shipments, i);

      for (guint k = 0; k < shipment->shares->len; k++)
        {
          const WbImportShare *share = &g_array_index (shipment->shares, WbImportShare, k);

          sent[share->line] += share->quantity;
        }
    }
  for (guint i = 0; i < order->shipments->len; i++)
    {
      WbImportShipment *shipment = g_ptr_array_index (order->shipments, i);

      for (guint k = 0; k < order->lines->len && shipment->shares->len <= k; k++)
        {
          WbImportLine *line = g_ptr_array_index (order->lines, k);
          gint64 rest = line->quantity - line->cancelled - sent[k];

          if (shipment->shares->len == k && rest > 0)
            {
              wb_import_add_share (shipment->shares, (int) k, rest, 0);
              sent[k] += rest;
            }
        }
    }
  for (guint k = 0; k < order->lines->len; k++)
    {
      WbImportLine *line = g_ptr_array_index (order->lines, k);

      line->shipped = MAX (line->shipped, sent[k]);
    }
}

static void
check_pieces (WbImportRecord *self)
{
  gint64 pieces = 0;

  for (guint i = 0; i < self->order->lines->len; i++)
    {
      WbImportLine *line = g_ptr_array_index (self->order->lines, i);

      pieces += line->quantity;
      /* what came back before it was sent was not sent at all */
      if (line->returned > line->shipped)
        {
          line->cancelled = MIN (line->quantity - line->shipped, line->cancelled + line->returned - line->shipped);
          line->returned = line->shipped;
        }
      if (line->shipped + line->cancelled > line->quantity)
        wb_import_record_refuse (self, line->line, "quantity", NULL, "more was sent or cancelled than ordered");
    }
  if (pieces > G_MAXINT32)
    wb_import_record_refuse (self, 0, "quantity", NULL, "the order has more than 2,147,483,647 pieces");
}

static void
check_payments (WbImportRecord *self)
{
  gint64 captured = 0;
  gint64 refunded = 0;

  for (guint i = 0; i < self->order->payments->len; i++)
    {
      const WbImportPayment *payment = g_ptr_array_index (self->order->payments, i);

      if (payment->amount_minor < 0 || payment->amount_minor > MAX_MINOR)
        wb_import_record_refuse (self, 0, "payment", NULL, "a payment is negative or too large");
      else if (payment->kind == WB_IMPORT_PAYMENT_CAPTURE)
        captured += payment->amount_minor;
      else if (payment->kind == WB_IMPORT_PAYMENT_REFUND)
        refunded += payment->amount_minor;
    }
  if (refunded > captured)
    wb_import_record_refuse (self, 0, "refund", NULL, "more was refunded than was paid");
}

static void
check_order (WbImportRecord *self)
{
  WbImportOrder *order = self->order;
  guint digits = wb_currency_get_digits (order->currency);

  if (order->number == NULL || *order->number == '\0')
    wb_import_record_refuse (self, 0, "number", NULL, "the %s has no number", wb_import_kind_to_name (self->kind));
  if (order->external_id == NULL || *order->external_id == '\0')
    {
      g_free (order->external_id);
      order->external_id = g_strdup (order->number);
    }
  if (!wb_currency_is_known (order->currency))
    wb_import_record_refuse (self, 0, "currency", order->currency, "it is not a currency of ISO 4217");
  if (order->placed_us == WB_IMPORT_NEVER && self->refusals->len == 0)
    wb_import_record_refuse (self, 0, "date", NULL, "the %s has no date", wb_import_kind_to_name (self->kind));
  if (order->lines->len == 0 && self->refusals->len == 0)
    wb_import_record_refuse (self, 0, NULL, NULL, "the %s has no lines", wb_import_kind_to_name (self->kind));
  for (guint i = 0; i < order->lines->len; i++)
    check_line (self, g_ptr_array_index (order->lines, i), digits);
  for (guint i = 0; i < order->charges->len; i++)
    {
      const WbImportCharge *charge = g_ptr_array_index (order->charges, i);

      if (ABS (charge->amount_minor) > MAX_MINOR || (charge->kind == WB_IMPORT_CHARGE_DISCOUNT && charge->amount_minor < 0))
        wb_import_record_refuse (self, 0, "charge", NULL, "an amount is too large, or a discount negative");
    }
  if (self->refusals->len > 0 || self->kind == WB_IMPORT_RETURN)
    return;
  settle_shipments (self);
  check_pieces (self);
  check_payments (self);
  wb_import_order_balance (order);
  if (wb_import_order_get_total (order) < 0)
    wb_import_record_refuse (self, 0, "total", NULL, "the order comes to less than nothing");
}

static void
check_product (WbImportRecord *self)
{
  WbImportProduct *product = self->product;

  if (product->name == NULL || *product->name == '\0')
    wb_import_record_refuse (self, 0, "name", NULL, "the product has no name");
  if (product->code == NULL || *product->code == '\0')
    wb_import_record_refuse (self, 0, "code", NULL, "the product has no code");
  for (guint i = 0; i < product->variants->len; i++)
    {
      WbImportVariant *variant = g_ptr_array_index (product->variants, i);

      if (variant->code == NULL || *variant->code == '\0')
        wb_import_record_refuse (self, variant->line, "SKU", NULL, "the variant has no SKU");
      variant->price = wb_decimal_normalise (variant->price);
      if (variant->price.mantissa < 0 || variant->price.scale > MAX_PRICE_SCALE)
        wb_import_record_refuse (self, variant->line, "price", NULL, "a price is negative or finer than six decimals");
      if (*variant->currency != '\0' && !wb_currency_is_known (variant->currency))
        wb_import_record_refuse (self, variant->line, "currency", variant->currency, "it is not a currency of ISO 4217");
      if (MAX (MAX (variant->weight_g, variant->length_mm), MAX (variant->width_mm, variant->height_mm)) > G_MAXINT32
          || MIN (MIN (variant->weight_g, variant->length_mm), MIN (variant->width_mm, variant->height_mm)) < 0
          || variant->stock > G_MAXINT32)
        wb_import_record_refuse (self, variant->line, "size", NULL, "a weight, a size or the stock is out of range");
    }
}

/**
 * wb_import_record_check:
 *
 * The last step of reading: looks at the whole, adds refusals for what does not hold together, and completes
 * what follows from the rest (what a shipment holds, the adjustment to the stated total).
 *
 * Returns: whether the record can be imported
 */
gboolean
wb_import_record_check (WbImportRecord *self)
{
  if (self->order != NULL)
    check_order (self);
  else if (self->product != NULL)
    check_product (self);
  else if (self->customer != NULL && (self->customer->name == NULL || *self->customer->name == '\0')
           && (self->customer->email == NULL || *self->customer->email == '\0'))
    wb_import_record_refuse (self, 0, "name", NULL, "the customer has neither name nor e-mail address");
  return self->refusals->len == 0;
}
