/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-conninfo.h"
#include "db/wb-migrate.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-import.h"

/**
 * wb_test_import_shop:
 * @database: its name; made anew
 * @conninfo: (out): how another program finds it
 *
 * Returns: (transfer full) (nullable): a migrated database with one warehouse; NULL without a server
 */
WbDb *
wb_test_import_shop (const char *database,
                     char      **conninfo)
{
  g_autoptr(WbDb) server = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *create = g_strdup_printf ("create database %s", database);
  WbDb *shop = NULL;

  if (wb_test_database () == NULL)
    return NULL;
  *conninfo = wb_conninfo_set (wb_test_database (), "dbname", database);
  server = wb_test_db_open (NULL);
  wb_test_db_run (server, create);
  shop = wb_test_db_open (*conninfo);
  wb_migrate_async (shop, NULL, NULL, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_migrate_finish (shop, result, &error);
  g_assert_no_error (error);
  wb_test_db_run (shop, "insert into wb.warehouse (code, name) values ('MAIN', 'Main')");
  return shop;
}

static void
progress_cb (WbImporter *importer,
             gpointer    cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
tell_value (GString         *told,
            const char      *name,
            const WbDecimal *value)
{
  g_autofree char *text = wb_decimal_to_string (value);

  g_string_append_printf (told, " %s %s", name, text);
}

/* "orders 2/0/1/0": created, updated, left, refused. */
static char *
describe (const WbImporterReport *report)
{
  static const char *const kinds[] = { "others", "orders", "returns", "products", "customers" };
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const WbImporterCount *n = &report->kinds[i];

      if (n->created + n->updated + n->left + n->refused > 0)
        g_string_append_printf (told, "%s %d/%d/%d/%d ", kinds[i], (int) n->created, (int) n->updated, (int) n->left,
                                (int) n->refused);
    }
  g_string_append_printf (told, "lines %d=%d+%d", (int) report->lines_read, (int) report->lines_accepted,
                          (int) report->lines_refused);
  tell_value (told, "value", &report->value_read);
  tell_value (told, "accepted", &report->value_accepted);
  tell_value (told, "imported", &report->imported);
  g_string_append_printf (told, " adjusted %d skus %d customers %d", (int) report->adjusted, (int) report->skus,
                          (int) report->customers);
  for (guint i = 0; i < report->refusals->len; i++)
    {
      const WbImportRefusal *refusal = g_ptr_array_index (report->refusals, i);

      g_string_append_printf (told, "; %d %s: %s", (int) refusal->line, refusal->column != NULL ? refusal->column : "",
                              refusal->reason);
    }
  return g_string_free (told, FALSE);
}

/**
 * wb_test_import_run:
 *
 * Returns: (transfer full): all that the report says in one line, or "failed: …"
 */
char *
wb_test_import_run (WbDb               *shop,
                    const WbTestImport *how,
                    const char         *text,
                    gssize              length)
{
  g_autoptr(GInputStream) stream
    = g_memory_input_stream_new_from_data (text, length >= 0 ? length : (gssize) strlen (text), NULL);
  g_autoptr(WbImporter) importer = wb_importer_new (shop);
  g_autoptr(WbImportMap) map = how->map != NULL ? wb_import_map_new (how->map, strlen (how->map), NULL) : NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  const WbImporterReport *report = wb_importer_get_report (importer);
  WbImporterOptions options = {
    .format = wb_import_format_find (how->format, NULL),
    .format_options = { .map = map, .currency = how->currency },
    .channel = how->channel,
    .source = "test",
    .dry_run = how->dry_run,
    .create_products = how->create_products,
    .refused_path = how->refused_path,
  };

  g_assert_nonnull (options.format);
  if (how->cancel_at_progress != NULL)
    g_signal_connect (importer, "progress", G_CALLBACK (progress_cb), how->cancel_at_progress);
  wb_importer_run_async (importer, stream, &options, how->cancel_at_progress, wb_test_store_result, &result);
  wb_test_await (result);
  if (!wb_importer_run_finish (importer, result, &error))
    return g_strconcat ("failed: ", error->message, NULL);
  g_assert_cmpuint (report->lines_read, ==, report->lines_accepted + report->lines_refused);
  return describe (report);
}

/**
 * wb_test_import_fingerprint:
 *
 * Returns: a number that changes whenever anything of the shop does
 */
gint64
wb_test_import_fingerprint (WbDb *shop)
{
  return wb_test_db_int (shop,
                         "select hashtext(string_agg(t, ' ')) from ("
                         "select string_agg(o::text, ',' order by id) t from wb.sales_order o union all "
                         "select string_agg(o::text, ',' order by id) from wb.order_line o union all "
                         "select string_agg(o::text, ',' order by id) from wb.payment o union all "
                         "select string_agg(o::text, ',' order by id) from wb.shipment o union all "
                         "select string_agg(o::text, ',' order by id) from wb.rma o union all "
                         "select string_agg(o::text, ',' order by id) from wb.customer o union all "
                         "select string_agg(o::text, ',' order by id) from wb.product o union all "
                         "select string_agg(o::text, ',' order by id) from wb.sku o union all "
                         "select count(*)::text from wb.customer_ref union all "
                         "select count(*)::text from wb.sales_channel union all "
                         "select count(*)::text from audit.change) x");
}
