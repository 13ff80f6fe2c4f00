/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats there are, one file each, for the table in wb-import-format.c.
 */
#pragma once

#include "core/wb-import-format.h"

extern const WbImportFormat _wb_import_csv;
extern const WbImportFormat _wb_import_shopify_csv;
extern const WbImportFormat _wb_import_shopify_json;
extern const WbImportFormat _wb_import_woocommerce_csv;
extern const WbImportFormat _wb_import_woocommerce_json;
