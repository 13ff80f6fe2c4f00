/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a scanner that sends AIM symbology identifiers says of a symbol (General Specifications 7.8), as text of core/wb-scan.h:
 * "]E09520123456788", "]d201095201234567881\x1d0AB". For checking what a scanner sends, and for emulating one. Not for drawing symbols.
 *
 * Pure functions on text; any thread. Errors are WB_ERROR.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_gs1_symbol_check:
 * @scanned: what a scanner sent, with its AIM identifier
 *
 * Checks what can be: the number of an EAN or UPC symbol and its check digit, the elements of a GS1 symbol.
 *
 * Returns: (transfer none) (nullable): what the symbol is called: "EAN-13", "GS1 DataMatrix"
 */
const char *wb_gs1_symbol_check (const char *scanned, GError **error);

/**
 * wb_gs1_symbol_send:
 * @name: what the symbol is called, as wb_gs1_symbol_check() says
 * @data: what it holds; of a GS1 symbol an element string, of an EAN or UPC symbol its number or that as an element (01)
 * @composite: (nullable): element string of the two-dimensional part above it
 *
 * Returns: (transfer full): what a scanner sends; a second part begins with its own identifier behind a line end
 */
char *wb_gs1_symbol_send (const char *name, const char *data, const char *composite, GError **error);

G_END_DECLS
