/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of what an import refused: the rows as they were, with columns that say why, to be mended in
 * any spreadsheet or editor and imported again (the added columns are passed over). For JSON, the
 * records with a member "refused". Made when the first thing is written. Blocks; for worker threads.
 */
#pragma once

#include "core/wb-import-format.h"

G_BEGIN_DECLS

typedef struct _WbImportRefused WbImportRefused;

WbImportRefused *_wb_import_refused_new   (const char      *path,
                                           WbImportSource  *source);
void             _wb_import_refused_free  (WbImportRefused *self);
gboolean         _wb_import_refused_add   (WbImportRefused *self,
                                           WbImportRecord  *record,
                                           GError         **error);
gboolean         _wb_import_refused_close (WbImportRefused *self,
                                           GError         **error);

G_END_DECLS
