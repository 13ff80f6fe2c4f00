/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format "woocommerce-csv": WooCommerce's product export. A product is a row; a variable one is followed,
 * sooner or later, by a row for each variation that names it as its Parent, by SKU or as "id:744". Weights are
 * kilograms, sizes centimetres.
 */
#define G_LOG_DOMAIN "wb-import-woocommerce-csv"

#include "config.h"

#include <string.h>

#include "core/wb-import-format-private.h"

static const char *const headings[] = { "Type", "SKU", "Name", "Regular price", NULL };

/* Keys of products by all the names that variations may call them: "id:744" and the SKU. */
typedef struct
{
  GHashTable *keys;
} State;

typedef struct
{
  WbImportSource *source;
  WbImportRecord *record;
  const WbImportRow *parent;
} Build;

static gpointer
begin (WbImportSource *source,
       GError        **error)
{
  State *state = g_new0 (State, 1);

  state->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return state;
}

static void
end (gpointer data)
{
  State *state = data;

  g_hash_table_unref (state->keys);
  g_free (state);
}

static const char *
peek (WbImportSource    *source,
      const WbImportRow *row,
      const char        *heading)
{
  return wb_import_row_get_field (row, wb_import_source_find_column (source, heading));
}

/* "simple, downloadable, virtual" is of the type simple and is virtual. */
static gboolean
is_of_type (WbImportSource    *source,
            const WbImportRow *row,
            const char        *type)
{
  g_auto(GStrv) types = g_strsplit (peek (source, row, "Type"), ",", -1);

  for (guint i = 0; types[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (types[i]), type) == 0)
      return TRUE;
  return FALSE;
}

static char *
get_key (WbImportSource    *source,
         const WbImportRow *row)
{
  State *state = wb_import_source_get_state (source);
  const char *sku = peek (source, row, "SKU");
  g_autofree char *id = g_strconcat ("id:", peek (source, row, "ID"), NULL);
  const char *known = NULL;
  char *key = NULL;

  if (is_of_type (source, row, "variation"))
    {
      const char *parent = peek (source, row, "Parent");

      known = g_hash_table_lookup (state->keys, parent);
      return g_strdup (known != NULL ? known : parent);
    }
  if (*sku == '\0' && strcmp (id, "id:") == 0)
    return g_strdup ("");
  key = g_strdup (*sku != '\0' ? sku : id);
  /* variations that came first may have called it by its id */
  g_hash_table_insert (state->keys, g_strdup (key), g_strdup (key));
  if (strcmp (id, "id:") != 0)
    g_hash_table_insert (state->keys, g_steal_pointer (&id), g_strdup (key));
  return key;
}

static WbImportCell
cell_of (Build             *build,
         const WbImportRow *row,
         const char        *heading)
{
  return wb_import_source_get_cell (build->source, row, wb_import_source_find_column (build->source, heading));
}

static char *
take_text (Build             *build,
           const WbImportRow *row,
           const char        *heading)
{
  return wb_import_take_text (build->record, cell_of (build, row, heading), WB_IMPORT_NAME_LENGTH);
}

/* What a variation does not say itself it has from its parent. */
static WbImportCell
cell_or_parent (Build             *build,
                const WbImportRow *row,
                const char        *heading)
{
  WbImportCell cell = cell_of (build, row, heading);

  return wb_import_cell_is_empty (cell) && build->parent != NULL ? cell_of (build, build->parent, heading) : cell;
}

static void
take_options (Build             *build,
              const WbImportRow *row,
              WbImportVariant   *variant,
              GString           *values)
{
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *name_heading = g_strdup_printf ("Attribute %u name", i);
      g_autofree char *value_heading = g_strdup_printf ("Attribute %u value(s)", i);
      g_autofree char *name = take_text (build, row, name_heading);
      g_autofree char *value = take_text (build, row, value_heading);

      if (*name == '\0' || *value == '\0')
        continue;
      wb_import_variant_add_option (variant, name, value);
      g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "", value);
    }
}

static char *
make_code (Build             *build,
           const WbImportRow *row,
           const char        *values)
{
  const char *id = peek (build->source, row, "ID");
  char *code = NULL;

  if (*id != '\0')
    return g_strdup_printf ("%s-%s", build->record->product->code, id);
  code = g_strdup_printf ("%s-%s", build->record->product->code, *values != '\0' ? values : "variation");
  return g_strdelimit (code, ", ", '-');
}

static void
take_variant (Build             *build,
              const WbImportRow *row)
{
  WbImportProduct *product = build->record->product;
  WbImportVariant *variant = wb_import_product_add_variant (product);
  g_autoptr(GString) values = g_string_new (NULL);
  g_autofree char *barcode = take_text (build, row, "GTIN, UPC, EAN, or ISBN");
  const char *currency = wb_import_source_get_options (build->source)->currency;
  gboolean variation = is_of_type (build->source, row, "variation");
  WbImportCell price = cell_or_parent (build, row, "Regular price");

  take_options (build, row, variant, values);
  variant->line = row->line;
  variant->external_id = wb_import_take_text (build->record, cell_of (build, row, "ID"), WB_IMPORT_KEY_LENGTH);
  variant->code = wb_import_take_text (build->record, cell_of (build, row, "SKU"), WB_IMPORT_KEY_LENGTH);
  if (*variant->code == '\0')
    {
      g_free (variant->code);
      variant->code = variation ? make_code (build, row, values->str) : g_strdup (product->code);
    }
  variant->name = variation && values->len > 0 ? g_strdup_printf ("%s – %s", product->name, values->str)
                                               : g_strdup (product->name);
  variant->has_price = wb_import_take_decimal (build->record, price, NULL, &variant->price);
  if (currency != NULL)
    g_strlcpy (variant->currency, currency, WB_CURRENCY_SIZE);
  wb_import_take_integer (build->record, cell_of (build, row, "Stock"), NULL, &variant->stock);
  variant->stock = MAX (variant->stock, -1);
  wb_import_take_scaled (build->record, cell_or_parent (build, row, "Weight (kg)"), NULL, 1000, 1, &variant->weight_g);
  wb_import_take_scaled (build->record, cell_or_parent (build, row, "Length (cm)"), NULL, 10, 1, &variant->length_mm);
  wb_import_take_scaled (build->record, cell_or_parent (build, row, "Width (cm)"), NULL, 10, 1, &variant->width_mm);
  wb_import_take_scaled (build->record, cell_or_parent (build, row, "Height (cm)"), NULL, 10, 1, &variant->height_mm);
  variant->stocked = !is_of_type (build->source, row, "virtual") && !is_of_type (build->source, row, "external")
                     && !is_of_type (build->source, row, "downloadable");
  wb_import_variant_add_barcode (variant, barcode, 1);
}

/* The first of its categories, which are parted by commas. */
static char *
take_category (Build             *build,
               const WbImportRow *row)
{
  char *categories = take_text (build, row, "Categories");
  char *comma = strchr (categories, ',');

  if (comma != NULL)
    *comma = '\0';
  return g_strstrip (categories);
}

static const WbImportRow *
find_parent (WbImportSource *source,
             GPtrArray      *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!is_of_type (source, g_ptr_array_index (rows, i), "variation"))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static void
take_product (Build *build)
{
  WbImportProduct *product = build->record->product;
  const WbImportRow *row = build->parent;
  gboolean published = TRUE;

  product->external_id = wb_import_take_text (build->record, cell_of (build, row, "ID"), WB_IMPORT_KEY_LENGTH);
  product->name = take_text (build, row, "Name");
  product->code = wb_import_take_text (build->record, cell_of (build, row, "SKU"), WB_IMPORT_KEY_LENGTH);
  if (*product->code == '\0')
    {
      /* grouped and external products often have no SKU; their name in the file is as good as any */
      g_free (product->code);
      product->code = *product->external_id != '\0' ? g_strconcat ("woo-", product->external_id, NULL)
                                                    : g_strdelimit (g_utf8_strdown (product->name, -1), " ,;/", '-');
    }
  product->description = wb_import_take_note (build->record, cell_of (build, row, "Short description"));
  product->brand = take_text (build, row, "Brands");
  product->category = take_category (build, row);
  if (g_strcmp0 (peek (build->source, row, "Published"), "-1") != 0)
    wb_import_take_flag (build->record, cell_of (build, row, "Published"), &published);
  product->active = published;
}

static WbImportRecord *
build_record (WbImportSource *source,
              const char     *key,
              GPtrArray      *rows)
{
  const WbImportRow *first = g_ptr_array_index (rows, 0);
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_PRODUCT, key, first->line);
  Build build = { source, record, find_parent (source, rows) };

  if (build.parent == NULL)
    {
      wb_import_record_refuse (record, 0, "Parent", key, "a variation names a product that is not in the file");
      return record;
    }
  take_product (&build);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbImportRow *row = g_ptr_array_index (rows, i);

      /* a variable product is on no shelf, its variations are; a grouped one only lists others */
      if (row == build.parent && (is_of_type (source, row, "variable") || is_of_type (source, row, "grouped")))
        continue;
      if (row != build.parent && !is_of_type (source, row, "variation"))
        wb_import_record_refuse (record, row->line, "SKU", key, "the product is in the file twice: on line %" G_GUINT64_FORMAT
                                 " and on line %" G_GUINT64_FORMAT, build.parent->line, row->line);
      else
        take_variant (&build, row);
    }
  return record;
}

const WbImportFormat _wb_import_woocommerce_csv = {
  .name = "woocommerce-csv",
  .summary = "WooCommerce: products exported as CSV",
  .is_table = TRUE,
  .headings = headings,
  .group_gap = 100000,
  .begin = begin,
  .end = end,
  .get_key = get_key,
  .build = build_record,
};
