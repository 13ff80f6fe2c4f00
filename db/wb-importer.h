/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brings an import file into the database: reads and checks records in a worker thread while batches
 * before are being written, each batch one act (api.import_records()), so that a run that is killed is
 * finished by running it again and a second run changes nothing. Two batches are written side by side
 * when neither depends on the other (closed orders; the customers and products they name are made before,
 * api.import_parties()). A dry run does all of it in one transaction that is never committed. Rows that were
 * refused go to a file that can be mended and fed again. Formats are in core/ (wb-import-format.h). Main
 * thread; memory is bounded by four batches.
 */
#pragma once

#include "core/wb-import-format.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbImporterOptions:
 * @format: what the file is
 * @format_options: how to read it
 * @channel: code of the sales channel it is from; made if there is none
 * @source: what to call the file, in the audit trail
 * @dry_run: do everything and undo it: the report says what would happen
 * @create_products: make products for codes that nobody knows
 * @refused_path: (nullable): where refused rows go; the file is made when there are any, not in a dry run
 */
typedef struct
{
  const WbImportFormat *format;
  WbImportOptions format_options;
  const char *channel;
  const char *source;
  gboolean dry_run;
  gboolean create_products;
  const char *refused_path;
} WbImporterOptions;

/**
 * WbImporterCount:
 *
 * What became of the records of one kind.
 */
typedef struct
{
  guint64 created;
  guint64 updated;
  guint64 left;
  guint64 refused;
} WbImporterCount;

/**
 * WbImporterReport:
 * @kinds: by WbImportKind; under %WB_IMPORT_NOTHING what was refused before it was known to be anything
 * @lines_read: rows of the table, or lines of orders in JSON; always @lines_accepted + @lines_refused
 * @value_read: exact sum of quantity × price, returns negative; always @value_accepted + @value_refused
 * @imported: what was accepted comes to with each line rounded by the rounding rule, in major units
 * @adjusted: orders that got an adjustment because their parts do not come to the total they state
 * @skus: products made for codes that nobody knew, or imported
 * @refusals: (element-type WbImportRefusal): the first thousand
 */
typedef struct
{
  WbImporterCount kinds[WB_IMPORT_CUSTOMER + 1];
  guint64 lines_read;
  guint64 lines_accepted;
  guint64 lines_refused;
  WbDecimal value_read;
  WbDecimal value_accepted;
  WbDecimal value_refused;
  WbDecimal imported;
  guint64 adjusted;
  guint64 skus;
  guint64 customers;
  guint64 bytes_read;
  guint64 n_refusals;
  GPtrArray *refusals;
} WbImporterReport;

#define WB_TYPE_IMPORTER (wb_importer_get_type ())
G_DECLARE_FINAL_TYPE (WbImporter, wb_importer, WB, IMPORTER, GObject)

/**
 * WbImporter::progress:
 * @self: the importer
 *
 * A batch was written: look at the report.
 */

WbImporter             *wb_importer_new        (WbDb                    *db);
void                    wb_importer_run_async  (WbImporter              *self,
                                                GInputStream            *stream,
                                                const WbImporterOptions *options,
                                                GCancellable            *cancellable,
                                                GAsyncReadyCallback      callback,
                                                gpointer                 user_data);
gboolean                wb_importer_run_finish (WbImporter              *self,
                                                GAsyncResult            *result,
                                                GError                 **error);
const WbImporterReport *wb_importer_get_report (WbImporter              *self);

G_END_DECLS
