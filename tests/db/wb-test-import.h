/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Importing in tests: an empty shop in a database of its own, a file brought into it, and everything that the
 * report says about that in one line, so that two runs can be compared.
 */
#pragma once

#include "db/wb-importer.h"

G_BEGIN_DECLS

/**
 * WbTestImport:
 * @map: (nullable): text of the mapping file, for the format csv
 * @cancel_at_progress: (nullable): is cancelled when the first batch is in
 */
typedef struct
{
  const char *format;
  const char *map;
  const char *channel;
  const char *currency;
  gboolean dry_run;
  gboolean create_products;
  const char *refused_path;
  GCancellable *cancel_at_progress;
} WbTestImport;

WbDb  *wb_test_import_shop        (const char         *database,
                                   char              **conninfo);
char  *wb_test_import_run         (WbDb               *shop,
                                   const WbTestImport *how,
                                   const char         *text,
                                   gssize              length);
gint64 wb_test_import_fingerprint (WbDb               *shop);

G_END_DECLS
