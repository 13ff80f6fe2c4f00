/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-product"

#include "config.h"

#include "core/wb-import-product.h"

static void
free_barcode (WbImportBarcode *barcode)
{
  g_free (barcode->code);
  g_free (barcode);
}

static void
free_variant (WbImportVariant *variant)
{
  g_free (variant->external_id);
  g_free (variant->code);
  g_free (variant->name);
  g_ptr_array_unref (variant->options);
  g_ptr_array_unref (variant->barcodes);
  g_free (variant);
}

/**
 * wb_import_product_new:
 *
 * Returns: (transfer full): a product without variants
 */
WbImportProduct *
wb_import_product_new (void)
{
  WbImportProduct *self = g_new0 (WbImportProduct, 1);

  self->active = TRUE;
  self->variants = g_ptr_array_new_with_free_func ((GDestroyNotify) free_variant);
  return self;
}

/**
 * wb_import_product_free:
 * @self: (nullable) (transfer full): a product
 */
void
wb_import_product_free (WbImportProduct *self)
{
  if (self == NULL)
    return;
  g_free (self->external_id);
  g_free (self->code);
  g_free (self->name);
  g_free (self->description);
  g_free (self->brand);
  g_free (self->category);
  g_ptr_array_unref (self->variants);
  g_free (self);
}

/**
 * wb_import_product_add_variant:
 *
 * Returns: (transfer none): a new variant, a thing on a shelf of which nothing is known
 */
WbImportVariant *
wb_import_product_add_variant (WbImportProduct *self)
{
  WbImportVariant *variant = g_new0 (WbImportVariant, 1);

  variant->stock = -1;
  variant->stocked = TRUE;
  variant->active = TRUE;
  variant->options = g_ptr_array_new_with_free_func (g_free);
  variant->barcodes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_barcode);
  g_ptr_array_add (self->variants, variant);
  return variant;
}

/**
 * wb_import_variant_add_option:
 *
 * Says how it differs from the others: "Colour", "Blue".
 */
void
wb_import_variant_add_option (WbImportVariant *self,
                              const char      *name,
                              const char      *value)
{
  g_ptr_array_add (self->options, g_strdup (name));
  g_ptr_array_add (self->options, g_strdup (value));
}

/**
 * wb_import_variant_add_barcode:
 * @code: (nullable): the code; nothing is added for an empty one
 * @quantity: pieces it stands for
 */
void
wb_import_variant_add_barcode (WbImportVariant *self,
                               const char      *code,
                               int              quantity)
{
  WbImportBarcode *barcode = NULL;

  if (code == NULL || *code == '\0')
    return;
  barcode = g_new0 (WbImportBarcode, 1);
  barcode->code = g_strdup (code);
  barcode->quantity = quantity;
  g_ptr_array_add (self->barcodes, barcode);
}
