/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-import-field.h"

/* In the order of WbImportField. */
static const char *const names[WB_IMPORT_N_FIELDS] = {
  "order.id", "order.number", "order.placed_at", "order.currency", "order.tax_included", "order.test", "order.rush",
  "order.gift", "order.shipping_method", "order.purchase_order", "order.note", "order.customer_note", "order.tags",
  "order.total", "order.shipping", "order.fee", "order.discount", "order.discount_code", "order.tax", "order.tax_name",
  "order.paid", "order.paid_at", "order.payment_method", "order.payment_reference", "order.shipped", "order.shipped_at",
  "order.delivered", "order.delivered_at", "order.tracking", "order.carrier", "order.cancelled_at",
  "order.cancel_reason", "order.return_of", "order.reason",
  "customer.id", "customer.name", "customer.company", "customer.email", "customer.phone", "customer.language",
  "customer.country", "customer.note", "customer.tags", "customer.tax_number", "customer.email_allowed",
  "customer.registered_at",
  "billing.name", "billing.company", "billing.line1", "billing.line2", "billing.city", "billing.region",
  "billing.postcode", "billing.country", "billing.phone", "billing.email",
  "shipping.name", "shipping.company", "shipping.line1", "shipping.line2", "shipping.city", "shipping.region",
  "shipping.postcode", "shipping.country", "shipping.phone", "shipping.email",
  "line.id", "line.sku", "line.name", "line.quantity", "line.unit_price", "line.discount", "line.weight_g",
  "line.gift_message",
  "product.id", "product.code", "product.name", "product.description", "product.brand", "product.category",
  "product.active",
  "sku.code", "sku.name", "sku.price", "sku.barcode", "sku.stock", "sku.weight_g", "sku.weight_kg", "sku.length_cm",
  "sku.width_cm", "sku.height_cm", "sku.length_mm", "sku.width_mm", "sku.height_mm",
};

/**
 * wb_import_field_to_name:
 *
 * Returns: (transfer none): the field's name in mapping files
 */
const char *
wb_import_field_to_name (WbImportField field)
{
  return names[field];
}

/**
 * wb_import_field_from_name:
 * @name: as it stands in a mapping file
 * @field: (out): which field
 *
 * Returns: whether there is such a field
 */
gboolean
wb_import_field_from_name (const char *name, WbImportField *field)
{
  for (guint i = 0; i < WB_IMPORT_N_FIELDS; i++)
    if (strcmp (names[i], name) == 0)
      {
        *field = (WbImportField) i;
        return TRUE;
      }
  return FALSE;
}
