/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of an importer share: wb-importer.c (the run: reading ahead, batches on their way, dry runs),
 * wb-import-batch.c (records as they are sent) and wb-importer-report.c (what became of them). A batch is made by the
 * worker thread and belongs to the main thread from then on; the report is the main thread's.
 */
#pragma once

#include "db/wb-importer.h"

G_BEGIN_DECLS

/* No more is sent at once, but for one record that is larger. */
#define WB_IMPORT_BATCH_BYTES (4 * 1024 * 1024)

/* A record on its way: read by the worker, sent and answered on the main thread. */
typedef struct
{
  WbImportRecord *record;
  char *json;            /* NULL for what was refused when it was read */
  gsize size;
  WbDecimal imported;
  gboolean adjusted;
} WbImportItem;

/* What is sent as one act. */
typedef struct
{
  GPtrArray *items;      /* WbImportItem, in the order of the file */
  gsize size;            /* bytes of their JSON */
  gboolean last;
  gboolean has_parties;  /* there are orders or returns in it: they are somebody's */
  gboolean alone;        /* what is in it depends on what was written before */
} WbImportBatch;

WbImportBatch *_wb_import_batch_new (void);
void _wb_import_batch_free (WbImportBatch *batch);

/**
 * _wb_import_batch_add:
 * @record: (transfer full): keeps its rows only
 *
 * Adds the record and, unless it was refused, its JSON with the hash of its contents.
 */
void _wb_import_batch_add (WbImportBatch  *batch,
                           WbImportRecord *record);

/**
 * _wb_import_batch_list_sent:
 *
 * Returns: (transfer container) (element-type WbImportItem): those that are sent, as the answer counts them
 */
GPtrArray *_wb_import_batch_list_sent (const WbImportBatch *batch);

/**
 * _wb_import_batch_to_json:
 *
 * Returns: (transfer full) (nullable): what is sent, %NULL when all of it was refused
 */
char *_wb_import_batch_to_json (const WbImportBatch *batch);

void _wb_importer_report_init (WbImporterReport *self);
void _wb_importer_report_clear (WbImporterReport *self);

/**
 * _wb_importer_report_count:
 * @outcome: of a record that was not refused: c (created), u (updated) or l (left as it was)
 *
 * Adds what became of a record.
 */
void _wb_importer_report_count (WbImporterReport *self,
                                WbImportItem     *item,
                                char              outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportBatch, _wb_import_batch_free)

G_END_DECLS
