/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-importer-private.h"

static void
free_item (WbImportItem *item)
{
  wb_import_record_free (item->record);
  g_free (item->json);
  g_free (item);
}

void
_wb_import_batch_free (WbImportBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->items);
  g_free (batch);
}

static void
weigh_order (WbImportItem *item)
{
  const WbImportOrder *order = item->record->order;
  gint64 goods = wb_import_order_get_goods (order);

  if (item->record->kind == WB_IMPORT_RETURN)
    goods = -goods;
  item->imported = wb_decimal_from_minor (goods, wb_currency_get_digits (order->currency));
  for (guint i = 0; i < order->charges->len; i++)
    if (((const WbImportCharge *) g_ptr_array_index (order->charges, i))->kind == WB_IMPORT_CHARGE_ADJUSTMENT)
      item->adjusted = TRUE;
}

/* Whether it matters what else is written meanwhile: stock goes to open orders in the order of the file, a return may
   be of an order, products and customers change what is there. */
static gboolean
depends_on_others (const WbImportRecord *record)
{
  const WbImportOrder *order = record->order;

  if (order == NULL)
    return TRUE;
  if (record->kind == WB_IMPORT_RETURN)
    return order->return_of != NULL && *order->return_of != '\0';
  for (guint i = 0; i < order->lines->len && order->cancelled_us == WB_IMPORT_NEVER; i++)
    {
      const WbImportLine *line = g_ptr_array_index (order->lines, i);

      if (line->shipped + line->cancelled < line->quantity)
        return TRUE;
    }
  return FALSE;
}

/* {"h": content hash, "d": document} */
static WbImportItem *
make_item (WbImportRecord *record,
           WbImportBatch  *batch)
{
  WbImportItem *item = g_new0 (WbImportItem, 1);
  g_autoptr(GString) document = NULL;
  g_autofree char *hash = NULL;

  item->record = record;
  if (record->refusals->len > 0)
    return item;
  if (record->order != NULL)
    weigh_order (item);
  batch->has_parties = batch->has_parties || record->order != NULL;
  batch->alone = batch->alone || depends_on_others (record);
  document = g_string_sized_new (4096);
  wb_import_record_to_json (record, document);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, document->str, (gssize) document->len);
  item->json = g_strdup_printf ("{\"h\":\"%s\",\"d\":%s}", hash, document->str);
  item->size = strlen (item->json);
  /* what it was made of is needed no more, but for its rows */
  g_clear_pointer (&record->order, wb_import_order_free);
  g_clear_pointer (&record->product, wb_import_product_free);
  g_clear_pointer (&record->customer, wb_import_customer_free);
  return item;
}

WbImportBatch *
_wb_import_batch_new (void)
{
  WbImportBatch *batch = g_new0 (WbImportBatch, 1);

  batch->items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  return batch;
}

void
_wb_import_batch_add (WbImportBatch  *batch,
                      WbImportRecord *record)
{
  WbImportItem *item = make_item (record, batch);

  batch->size += item->size;
  g_ptr_array_add (batch->items, item);
}

GPtrArray *
_wb_import_batch_list_sent (const WbImportBatch *batch)
{
  g_autoptr(GPtrArray) sent = g_ptr_array_new ();

  for (guint i = 0; i < batch->items->len; i++)
    {
      WbImportItem *item = g_ptr_array_index (batch->items, i);

      if (item->json != NULL)
        g_ptr_array_add (sent, item);
    }
  return g_steal_pointer (&sent);
}

char *
_wb_import_batch_to_json (const WbImportBatch *batch)
{
  g_autoptr(GString) records = g_string_sized_new (WB_IMPORT_BATCH_BYTES);

  for (guint i = 0; i < batch->items->len; i++)
    {
      const WbImportItem *item = g_ptr_array_index (batch->items, i);

      if (item->json == NULL)
        continue;
      g_string_append_c (records, records->len == 0 ? '[' : ',');
      g_string_append_len (records, item->json, (gssize) item->size);
    }
  if (records->len == 0)
    return NULL;
  g_string_append_c (records, ']');
  return g_string_free (g_steal_pointer (&records), FALSE);
}
