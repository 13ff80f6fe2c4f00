/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format "csv": any table, by a mapping file (WbImportMap).
 */
#define G_LOG_DOMAIN "wb-import-csv"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-import-format-private.h"

typedef struct
{
  WbImportMap *map; /* borrowed from the options */
  int columns[WB_IMPORT_N_FIELDS];
} State;

/* The record at hand, so that helpers need not be told everything. */
typedef struct
{
  WbImportSource *source;
  State *state;
  WbImportRecord *record;
  GPtrArray *rows;
  GPtrArray *texts; /* owned: what cells borrow */
} Build;

static gpointer
begin (WbImportSource *source,
       GError        **error)
{
  g_autofree State *state = g_new0 (State, 1);

  state->map = wb_import_source_get_options (source)->map;
  for (guint i = 0; i < WB_IMPORT_N_FIELDS; i++)
    {
      const char *heading = wb_import_map_get_column (state->map, (WbImportField) i);

      state->columns[i] = heading != NULL ? wb_import_source_find_column (source, heading) : -1;
      if (heading != NULL && state->columns[i] < 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the file has no column ‘%s’, which the mapping file takes for %s",
                       heading, wb_import_field_to_name ((WbImportField) i));
          return NULL;
        }
    }
  return g_steal_pointer (&state);
}

/* What a field says on one row: the column's text, trimmed, or the constant. (transfer full) */
static char *
read_field (State             *state,
            const WbImportRow *row,
            WbImportField      field)
{
  const char *constant = wb_import_map_get_constant (state->map, field);
  g_autofree char *text = NULL;

  if (state->columns[field] < 0)
    return g_strdup (constant != NULL ? constant : "");
  text = g_strstrip (g_strdup (wb_import_row_get_field (row, state->columns[field])));
  if (*text == '\0' && constant != NULL)
    return g_strdup (constant);
  return wb_import_map_trim (state->map, field, text);
}

static char *
get_key (WbImportSource    *source,
         const WbImportRow *row)
{
  State *state = wb_import_source_get_state (source);

  switch (wb_import_map_get_content (state->map))
    {
    case WB_IMPORT_MAP_PRODUCTS:
      return read_field (state, row, WB_IMPORT_FIELD_PRODUCT_CODE);
    case WB_IMPORT_MAP_CUSTOMERS:
      return g_strdup ("");
    case WB_IMPORT_MAP_ORDERS:
    default:
      return read_field (state, row, WB_IMPORT_FIELD_ORDER_NUMBER);
    }
}

/* ---- Rules ------------------------------------------------------------------------------------------------- */

static gboolean
test_number (State        *state,
             WbImportTest  test,
             const char   *text)
{
  WbDecimal number = { 0 };

  if (!wb_decimal_parse (text, wb_import_map_get_numbers (state->map), &number, NULL))
    return FALSE;
  if (test == WB_IMPORT_TEST_ZERO)
    return number.mantissa == 0;
  return test == WB_IMPORT_TEST_NEGATIVE ? number.mantissa < 0 : number.mantissa > 0;
}

static gboolean
test_condition (State                   *state,
                const WbImportCondition *condition,
                const WbImportRow       *row)
{
  g_autofree char *text = read_field (state, row, condition->field);

  switch (condition->test)
    {
    case WB_IMPORT_TEST_IS: return strcmp (text, condition->value) == 0;
    case WB_IMPORT_TEST_PREFIX: return g_str_has_prefix (text, condition->value);
    case WB_IMPORT_TEST_SUFFIX: return g_str_has_suffix (text, condition->value);
    case WB_IMPORT_TEST_CONTAINS: return strstr (text, condition->value) != NULL;
    case WB_IMPORT_TEST_EMPTY: return *text == '\0';
    case WB_IMPORT_TEST_PRESENT: return *text != '\0';
    case WB_IMPORT_TEST_ZERO:
    case WB_IMPORT_TEST_NEGATIVE:
    case WB_IMPORT_TEST_POSITIVE:
    default:
      return test_number (state, condition->test, text);
    }
}

static gboolean
test_rule (State              *state,
           const WbImportRule *rule,
           GPtrArray          *rows)
{
  for (guint i = 0; i < rule->conditions->len; i++)
    for (guint k = 0; k < rows->len; k++)
      if (!test_condition (state, g_ptr_array_index (rule->conditions, i), g_ptr_array_index (rows, k)))
        return FALSE;
  return TRUE;
}

static const WbImportRule *
find_rule (State     *state,
           GPtrArray *rows)
{
  GPtrArray *rules = wb_import_map_get_rules (state->map);

  for (guint i = 0; i < rules->len; i++)
    if (test_rule (state, g_ptr_array_index (rules, i), rows))
      return g_ptr_array_index (rules, i);
  return NULL;
}

/* ---- Fields ------------------------------------------------------------------------------------------------ */

/* The cell of a line's field. */
static WbImportCell
line_cell (Build             *build,
           const WbImportRow *row,
           WbImportField      field)
{
  WbImportCell cell = wb_import_source_get_cell (build->source, row, build->state->columns[field]);
  char *text = read_field (build->state, row, field);

  g_ptr_array_add (build->texts, text);
  cell.text = text;
  if (cell.column == NULL)
    cell.column = wb_import_field_to_name (field);
  return cell;
}

/* The cell of a field of the whole record: the first row that says anything. Another row that says something else
   makes it doubtful which is right. */
static WbImportCell
record_cell (Build        *build,
             WbImportField field)
{
  WbImportCell cell = line_cell (build, g_ptr_array_index (build->rows, 0), field);

  if (build->state->columns[field] < 0)
    return cell;
  for (guint i = 1; i < build->rows->len; i++)
    {
      const WbImportRow *row = g_ptr_array_index (build->rows, i);
      const char *raw = wb_import_row_get_field (row, build->state->columns[field]);
      WbImportCell other = { 0 };

      if (*raw == '\0' || strcmp (raw, wb_import_row_get_field (g_ptr_array_index (build->rows, i - 1),
                                                                build->state->columns[field])) == 0)
        continue;
      other = line_cell (build, row, field);
      if (*cell.text == '\0')
        cell = other;
      else if (strcmp (other.text, cell.text) != 0 && !wb_import_map_may_differ (build->state->map, field))
        {
          wb_import_record_refuse (build->record, row->line, cell.column, other.text,
                                   "line %" G_GUINT64_FORMAT " of the same order says ‘%s’", cell.line, cell.text);
          break;
        }
    }
  return cell;
}

static char *
take_text (Build        *build,
           WbImportField field,
           guint         max_length)
{
  WbImportCell cell = record_cell (build, field);

  return max_length >= WB_IMPORT_NOTE_LENGTH ? wb_import_take_note (build->record, cell)
                                             : wb_import_take_text (build->record, cell, max_length);
}

static gboolean
take_flag (Build        *build,
           WbImportField field)
{
  WbImportCell cell = record_cell (build, field);
  gboolean flag = FALSE;

  wb_import_take_flag (build->record, cell, &flag);
  return flag;
}

static gint64
take_time (Build        *build,
           WbImportField field)
{
  const WbImportOptions *options = wb_import_source_get_options (build->source);
  GTimeZone *zone = wb_import_map_get_zone (build->state->map);
  WbImportCell cell = record_cell (build, field);
  gint64 moment = WB_IMPORT_NEVER;

  wb_import_take_time (build->record, cell, wb_import_map_get_dates (build->state->map),
                       zone != NULL ? zone : options->zone, &moment);
  return moment;
}

static gboolean
take_minor (Build        *build,
            WbImportField field,
            const char   *currency,
            gint64       *minor)
{
  WbImportCell cell = record_cell (build, field);

  *minor = 0;
  return wb_import_take_minor (build->record, cell, wb_import_map_get_numbers (build->state->map), currency, minor);
}

static char *
take_country (Build        *build,
              WbImportField field)
{
  WbImportCell cell = record_cell (build, field);

  return wb_import_take_country (build->record, cell, wb_import_map_get_countries (build->state->map));
}

static void
take_tags (Build        *build,
           WbImportField field,
           GPtrArray    *tags)
{
  WbImportCell cell = record_cell (build, field);

  wb_import_take_tags (build->record, cell, tags);
}

/* Both kinds of address have their fields in the same order. */
static void
take_address (Build        *build,
              WbImportField first,
              WbAddress    *address)
{
  WbImportField at = first;

  address->name = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->company = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->line1 = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->line2 = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->city = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->region = take_text (build, at++, WB_IMPORT_NAME_LENGTH);
  address->postcode = take_text (build, at++, WB_IMPORT_KEY_LENGTH);
  address->country = take_country (build, at++);
  address->phone = take_text (build, at++, WB_IMPORT_KEY_LENGTH);
  address->email = take_text (build, at++, WB_IMPORT_KEY_LENGTH);
}

static void
take_customer (Build            *build,
               WbImportCustomer *customer)
{
  WbImportField allowed = WB_IMPORT_FIELD_CUSTOMER_EMAIL_ALLOWED;

  customer->external_id = take_text (build, WB_IMPORT_FIELD_CUSTOMER_ID, WB_IMPORT_KEY_LENGTH);
  customer->name = take_text (build, WB_IMPORT_FIELD_CUSTOMER_NAME, WB_IMPORT_NAME_LENGTH);
  customer->company = take_text (build, WB_IMPORT_FIELD_CUSTOMER_COMPANY, WB_IMPORT_NAME_LENGTH);
  customer->email = take_text (build, WB_IMPORT_FIELD_CUSTOMER_EMAIL, WB_IMPORT_KEY_LENGTH);
  customer->phone = take_text (build, WB_IMPORT_FIELD_CUSTOMER_PHONE, WB_IMPORT_KEY_LENGTH);
  customer->language = take_text (build, WB_IMPORT_FIELD_CUSTOMER_LANGUAGE, 10);
  customer->country = take_country (build, WB_IMPORT_FIELD_CUSTOMER_COUNTRY);
  customer->note = take_text (build, WB_IMPORT_FIELD_CUSTOMER_NOTE, WB_IMPORT_NOTE_LENGTH);
  customer->tax_number = take_text (build, WB_IMPORT_FIELD_CUSTOMER_TAX_NUMBER, WB_IMPORT_KEY_LENGTH);
  take_tags (build, WB_IMPORT_FIELD_CUSTOMER_TAGS, customer->tags);
  customer->has_email_allowed = build->state->columns[allowed] >= 0
                                || wb_import_map_get_constant (build->state->map, allowed) != NULL;
  customer->email_allowed = take_flag (build, allowed);
  customer->registered_us = take_time (build, WB_IMPORT_FIELD_CUSTOMER_REGISTERED_AT);
}

/* ---- Orders ------------------------------------------------------------------------------------------------ */

static void
take_currency (Build      *build,
               const char *fallback,
               char       *currency)
{
  const char *preset = wb_import_map_get_currency (build->state->map);
  WbImportCell cell = record_cell (build, WB_IMPORT_FIELD_ORDER_CURRENCY);

  g_strlcpy (currency, preset != NULL ? preset : fallback != NULL ? fallback : "", WB_CURRENCY_SIZE);
  wb_import_take_currency (build->record, cell, currency);
}

static void
take_line (Build              *build,
           const WbImportRow  *row,
           const WbImportRule *rule)
{
  const WbDecimalSyntax *numbers = wb_import_map_get_numbers (build->state->map);
  WbImportOrder *order = build->record->order;
  WbImportLine *line = wb_import_order_add_line (order);
  WbImportCell quantity = line_cell (build, row, WB_IMPORT_FIELD_LINE_QUANTITY);
  WbImportCell price = line_cell (build, row, WB_IMPORT_FIELD_LINE_UNIT_PRICE);

  line->line = row->line;
  line->sku = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_SKU),
                                   WB_IMPORT_KEY_LENGTH);
  line->name = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_NAME),
                                    WB_IMPORT_NAME_LENGTH);
  line->external_id = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_ID),
                                           WB_IMPORT_KEY_LENGTH);
  line->gift_message = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_GIFT_MESSAGE),
                                            WB_IMPORT_NAME_LENGTH);
  wb_import_take_minor (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_DISCOUNT), numbers,
                        order->currency, &line->discount_minor);
  wb_import_take_scaled (build->record, line_cell (build, row, WB_IMPORT_FIELD_LINE_WEIGHT_G), numbers, 1, 1,
                         &line->weight_g);
  line->requires_shipping = !wb_import_map_is_service (build->state->map, line->sku);
  if (wb_import_cell_is_empty (quantity))
    wb_import_record_refuse (build->record, row->line, quantity.column, NULL, "the quantity is missing");
  if (wb_import_cell_is_empty (price))
    wb_import_record_refuse (build->record, row->line, price.column, NULL, "the price is missing");
  wb_import_take_integer (build->record, quantity, numbers, &line->quantity);
  wb_import_take_decimal (build->record, price, numbers, &line->unit_price);
  wb_import_record_add_value (build->record, &line->unit_price, line->quantity);
  if (rule != NULL && rule->negate && line->quantity > -G_MAXINT64)
    line->quantity = -line->quantity;
  if ((rule == NULL || rule->outcome != WB_IMPORT_RULE_REFUSE) && (line->quantity < 1 || line->quantity > G_MAXINT32)
      && !wb_import_cell_is_empty (quantity) && build->record->refusals->len == 0)
    wb_import_record_refuse (build->record, row->line, quantity.column, quantity.text,
                             line->quantity < 1 ? "a quantity of at least 1 is expected" : "the quantity is too large");
  if ((rule == NULL || rule->outcome != WB_IMPORT_RULE_REFUSE) && line->unit_price.mantissa < 0)
    wb_import_record_refuse (build->record, row->line, price.column, price.text, "a price cannot be negative");
}

static void
take_amounts (Build *build)
{
  WbImportOrder *order = build->record->order;
  const char *currency = order->currency;
  g_autofree char *tax_name = take_text (build, WB_IMPORT_FIELD_ORDER_TAX_NAME, WB_IMPORT_NAME_LENGTH);
  gint64 minor = 0;

  if (take_minor (build, WB_IMPORT_FIELD_ORDER_SHIPPING, currency, &minor) && minor != 0)
    wb_import_order_add_charge (order, WB_IMPORT_CHARGE_SHIPPING, order->shipping_method, minor);
  if (take_minor (build, WB_IMPORT_FIELD_ORDER_FEE, currency, &minor) && minor != 0)
    wb_import_order_add_charge (order, WB_IMPORT_CHARGE_FEE, "Fee", minor);
  if (take_minor (build, WB_IMPORT_FIELD_ORDER_DISCOUNT, currency, &minor) && minor != 0)
    {
      /* some write what is taken off with a minus */
      WbImportCharge *discount = wb_import_order_add_charge (order, WB_IMPORT_CHARGE_DISCOUNT, "Discount", ABS (minor));

      discount->code = take_text (build, WB_IMPORT_FIELD_ORDER_DISCOUNT_CODE, WB_IMPORT_KEY_LENGTH);
    }
  if (take_minor (build, WB_IMPORT_FIELD_ORDER_TAX, currency, &minor) && minor != 0)
    wb_import_order_add_tax (order, tax_name, minor);
  order->has_total = take_minor (build, WB_IMPORT_FIELD_ORDER_TOTAL, currency, &order->total_minor);
}

static void
take_facts (Build *build)
{
  WbImportOrder *order = build->record->order;
  gint64 paid_us = take_time (build, WB_IMPORT_FIELD_ORDER_PAID_AT);
  gint64 shipped_us = take_time (build, WB_IMPORT_FIELD_ORDER_SHIPPED_AT);
  gint64 delivered_us = take_time (build, WB_IMPORT_FIELD_ORDER_DELIVERED_AT);
  gboolean delivered = take_flag (build, WB_IMPORT_FIELD_ORDER_DELIVERED) || delivered_us != WB_IMPORT_NEVER;

  if (take_flag (build, WB_IMPORT_FIELD_ORDER_PAID) || paid_us != WB_IMPORT_NEVER)
    {
      gint64 total = order->has_total ? order->total_minor : wb_import_order_get_total (order);
      WbImportPayment *payment = wb_import_order_add_payment (order, WB_IMPORT_PAYMENT_CAPTURE, MAX (total, 0), paid_us);

      payment->method = take_text (build, WB_IMPORT_FIELD_ORDER_PAYMENT_METHOD, WB_IMPORT_KEY_LENGTH);
      payment->reference = take_text (build, WB_IMPORT_FIELD_ORDER_PAYMENT_REFERENCE, WB_IMPORT_KEY_LENGTH);
    }
  if (take_flag (build, WB_IMPORT_FIELD_ORDER_SHIPPED) || delivered || shipped_us != WB_IMPORT_NEVER)
    {
      WbImportShipment *shipment = wb_import_order_add_shipment (order);
      char *tracking = take_text (build, WB_IMPORT_FIELD_ORDER_TRACKING, WB_IMPORT_KEY_LENGTH);

      if (shipped_us != WB_IMPORT_NEVER)
        shipment->shipped_us = shipped_us;
      if (delivered)
        shipment->delivered_us = delivered_us != WB_IMPORT_NEVER ? delivered_us : shipment->shipped_us;
      shipment->carrier = take_text (build, WB_IMPORT_FIELD_ORDER_CARRIER, WB_IMPORT_KEY_LENGTH);
      if (*tracking != '\0')
        g_ptr_array_add (shipment->trackings, tracking);
      else
        g_free (tracking);
    }
}

static void
take_notes (Build *build)
{
  g_autofree char *internal = take_text (build, WB_IMPORT_FIELD_ORDER_NOTE, WB_IMPORT_NOTE_LENGTH);
  g_autofree char *customer = take_text (build, WB_IMPORT_FIELD_ORDER_CUSTOMER_NOTE, WB_IMPORT_NOTE_LENGTH);

  wb_import_order_add_note (build->record->order, WB_IMPORT_NOTE_INTERNAL, internal);
  wb_import_order_add_note (build->record->order, WB_IMPORT_NOTE_CUSTOMER, customer);
}

static void
take_order (Build              *build,
            const WbImportRule *rule)
{
  WbImportOrder *order = build->record->order;

  order->number = take_text (build, WB_IMPORT_FIELD_ORDER_NUMBER, WB_IMPORT_KEY_LENGTH);
  order->external_id = take_text (build, WB_IMPORT_FIELD_ORDER_ID, WB_IMPORT_KEY_LENGTH);
  order->placed_us = take_time (build, WB_IMPORT_FIELD_ORDER_PLACED_AT);
  take_currency (build, wb_import_source_get_options (build->source)->currency, order->currency);
  order->tax_included = take_flag (build, WB_IMPORT_FIELD_ORDER_TAX_INCLUDED);
  order->test = take_flag (build, WB_IMPORT_FIELD_ORDER_TEST);
  order->rush = take_flag (build, WB_IMPORT_FIELD_ORDER_RUSH);
  order->gift = take_flag (build, WB_IMPORT_FIELD_ORDER_GIFT);
  order->shipping_method = take_text (build, WB_IMPORT_FIELD_ORDER_SHIPPING_METHOD, WB_IMPORT_NAME_LENGTH);
  order->purchase_order = take_text (build, WB_IMPORT_FIELD_ORDER_PURCHASE_ORDER, WB_IMPORT_KEY_LENGTH);
  order->return_of = take_text (build, WB_IMPORT_FIELD_ORDER_RETURN_OF, WB_IMPORT_KEY_LENGTH);
  order->reason = take_text (build, WB_IMPORT_FIELD_ORDER_REASON, WB_IMPORT_NAME_LENGTH);
  order->cancelled_us = take_time (build, WB_IMPORT_FIELD_ORDER_CANCELLED_AT);
  order->cancel_reason = take_text (build, WB_IMPORT_FIELD_ORDER_CANCEL_REASON, WB_IMPORT_NAME_LENGTH);
  take_tags (build, WB_IMPORT_FIELD_ORDER_TAGS, order->tags);
  take_customer (build, &order->customer);
  take_address (build, WB_IMPORT_FIELD_BILLING_NAME, &order->billing);
  take_address (build, WB_IMPORT_FIELD_SHIPPING_NAME, &order->shipping);
  for (guint i = 0; i < build->rows->len; i++)
    take_line (build, g_ptr_array_index (build->rows, i), rule);
  take_amounts (build);
  if (build->record->kind == WB_IMPORT_ORDER)
    take_facts (build);
  take_notes (build);
}

/* Rows that are refused as a whole: only what they come to is read, for the account of the file. */
static void
take_refused (Build              *build,
              const WbImportRule *rule)
{
  for (guint i = 0; i < build->rows->len; i++)
    {
      const WbImportRow *row = g_ptr_array_index (build->rows, i);
      g_autofree char *quantity = read_field (build->state, row, WB_IMPORT_FIELD_LINE_QUANTITY);
      g_autofree char *price = read_field (build->state, row, WB_IMPORT_FIELD_LINE_UNIT_PRICE);
      const WbDecimalSyntax *numbers = wb_import_map_get_numbers (build->state->map);
      WbDecimal pieces = { 0 };
      WbDecimal each = { 0 };

      if (wb_decimal_parse (quantity, numbers, &pieces, NULL) && wb_decimal_parse (price, numbers, &each, NULL)
          && wb_decimal_normalise (pieces).scale == 0)
        wb_import_record_add_value (build->record, &each, wb_decimal_normalise (pieces).mantissa);
    }
  wb_import_record_refuse (build->record, 0, wb_import_map_get_column (build->state->map, WB_IMPORT_FIELD_ORDER_NUMBER),
                           build->record->key, "%s", rule->reason);
}

/* ---- Products and customers -------------------------------------------------------------------------------- */

static void
take_size (Build             *build,
           const WbImportRow *row,
           WbImportField      coarse,
           gint64             factor,
           WbImportField      fine,
           gint64            *value)
{
  const WbDecimalSyntax *numbers = wb_import_map_get_numbers (build->state->map);

  wb_import_take_scaled (build->record, line_cell (build, row, coarse), numbers, factor, 1, value);
  wb_import_take_scaled (build->record, line_cell (build, row, fine), numbers, 1, 1, value);
}

static void
take_variant (Build             *build,
              const WbImportRow *row)
{
  const WbDecimalSyntax *numbers = wb_import_map_get_numbers (build->state->map);
  WbImportProduct *product = build->record->product;
  WbImportVariant *variant = wb_import_product_add_variant (product);
  g_autofree char *barcode = NULL;

  variant->line = row->line;
  variant->code = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_SKU_CODE),
                                       WB_IMPORT_KEY_LENGTH);
  variant->name = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_SKU_NAME),
                                       WB_IMPORT_NAME_LENGTH);
  if (*variant->code == '\0' && build->rows->len == 1)
    {
      g_free (variant->code);
      variant->code = g_strdup (product->code);
    }
  take_currency (build, wb_import_source_get_options (build->source)->currency, variant->currency);
  variant->has_price = wb_import_take_decimal (build->record, line_cell (build, row, WB_IMPORT_FIELD_SKU_PRICE),
                                               numbers, &variant->price);
  barcode = wb_import_take_text (build->record, line_cell (build, row, WB_IMPORT_FIELD_SKU_BARCODE),
                                 WB_IMPORT_KEY_LENGTH);
  wb_import_variant_add_barcode (variant, barcode, 1);
  wb_import_take_integer (build->record, line_cell (build, row, WB_IMPORT_FIELD_SKU_STOCK), numbers,
                          &variant->stock);
  take_size (build, row, WB_IMPORT_FIELD_SKU_WEIGHT_KG, 1000, WB_IMPORT_FIELD_SKU_WEIGHT_G, &variant->weight_g);
  take_size (build, row, WB_IMPORT_FIELD_SKU_LENGTH_CM, 10, WB_IMPORT_FIELD_SKU_LENGTH_MM, &variant->length_mm);
  take_size (build, row, WB_IMPORT_FIELD_SKU_WIDTH_CM, 10, WB_IMPORT_FIELD_SKU_WIDTH_MM, &variant->width_mm);
  take_size (build, row, WB_IMPORT_FIELD_SKU_HEIGHT_CM, 10, WB_IMPORT_FIELD_SKU_HEIGHT_MM, &variant->height_mm);
  variant->stocked = !wb_import_map_is_service (build->state->map, variant->code);
}

static void
take_product (Build *build)
{
  WbImportProduct *product = build->record->product;
  WbImportCell active = record_cell (build, WB_IMPORT_FIELD_PRODUCT_ACTIVE);

  product->external_id = take_text (build, WB_IMPORT_FIELD_PRODUCT_ID, WB_IMPORT_KEY_LENGTH);
  product->code = take_text (build, WB_IMPORT_FIELD_PRODUCT_CODE, WB_IMPORT_KEY_LENGTH);
  product->name = take_text (build, WB_IMPORT_FIELD_PRODUCT_NAME, WB_IMPORT_NAME_LENGTH);
  product->description = take_text (build, WB_IMPORT_FIELD_PRODUCT_DESCRIPTION, WB_IMPORT_NOTE_LENGTH);
  product->brand = take_text (build, WB_IMPORT_FIELD_PRODUCT_BRAND, WB_IMPORT_NAME_LENGTH);
  product->category = take_text (build, WB_IMPORT_FIELD_PRODUCT_CATEGORY, WB_IMPORT_NAME_LENGTH);
  wb_import_take_flag (build->record, active, &product->active);
  if (*product->name == '\0')
    {
      g_free (product->name);
      product->name = g_strdup (product->code);
    }
  for (guint i = 0; i < build->rows->len; i++)
    take_variant (build, g_ptr_array_index (build->rows, i));
}

static void
take_plain_customer (Build *build)
{
  WbAddress *address = g_new0 (WbAddress, 1);

  take_customer (build, build->record->customer);
  take_address (build, WB_IMPORT_FIELD_SHIPPING_NAME, address);
  if (wb_address_is_empty (address))
    wb_address_free (address);
  else
    g_ptr_array_add (build->record->customer->addresses, address);
  g_free (build->record->key);
  build->record->key = g_strdup (*build->record->customer->external_id != '\0' ? build->record->customer->external_id
                                                                               : build->record->customer->email);
}

static WbImportRecord *
build_record (WbImportSource *source,
              const char     *key,
              GPtrArray      *rows)
{
  const WbImportRow *first = g_ptr_array_index (rows, 0);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Build build = { .source = source, .state = wb_import_source_get_state (source), .rows = rows, .texts = texts };
  WbImportMapContent content = wb_import_map_get_content (build.state->map);
  const WbImportRule *rule = find_rule (build.state, rows);

  if (rule != NULL && rule->outcome == WB_IMPORT_RULE_REFUSE)
    {
      build.record = wb_import_record_new (WB_IMPORT_NOTHING, key, first->line);
      take_refused (&build, rule);
    }
  else if (content == WB_IMPORT_MAP_PRODUCTS)
    {
      build.record = wb_import_record_new (WB_IMPORT_PRODUCT, key, first->line);
      take_product (&build);
    }
  else if (content == WB_IMPORT_MAP_CUSTOMERS)
    {
      build.record = wb_import_record_new (WB_IMPORT_CUSTOMER, key, first->line);
      take_plain_customer (&build);
    }
  else
    {
      build.record = wb_import_record_new (rule != NULL && rule->outcome == WB_IMPORT_RULE_RETURN ? WB_IMPORT_RETURN
                                                                                                  : WB_IMPORT_ORDER,
                                           key, first->line);
      take_order (&build, rule);
    }
  return build.record;
}

const WbImportFormat _wb_import_csv = {
  .name = "csv",
  .summary = "any table, by a mapping file that says what its columns are",
  .needs_map = TRUE,
  .is_table = TRUE,
  .rows_belong = TRUE,
  .begin = begin,
  .end = g_free,
  .get_key = get_key,
  .build = build_record,
};
