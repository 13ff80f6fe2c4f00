/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a label printer says about itself when it is asked in its own language: ZPL's ~HS, TSPL's <ESC>!?, ESC/POS' DLE EOT. And
 * how much of a document can be sent before anything comes out of it. Pure functions on bytes; any thread.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * wb_printer_status_get_request:
 * @language: "zpl", "tspl", "escpos", …
 *
 * Returns: (nullable): what to send to be told; NULL for languages that have no such question
 */
const char *wb_printer_status_get_request (const char *language);

/**
 * wb_printer_status_parse:
 * @data: what the printer has answered so far
 * @length: of it
 * @state: (out): how it is
 * @words: (out) (transfer none): what is wrong, not yet translated, as "is out of paper"; "" when nothing is
 *
 * Returns: FALSE as long as the answer is not whole, or when it is none
 */
gboolean wb_printer_status_parse (const char *language, const guint8 *data, gsize length, WbPrinterState *state, const char **words);

/**
 * wb_print_language_count_harmless:
 * @data: a whole document
 * @length: of it
 *
 * Returns: how many of its bytes, from the first, a printer can have got without anything coming out
 */
gsize wb_print_language_count_harmless (const char *language, const guint8 *data, gsize length);

/**
 * wb_print_language_get_cancel:
 *
 * Returns: what makes a printer forget the beginning of a document that broke off, to be sent before the next one
 */
const char *wb_print_language_get_cancel (const char *language);

G_END_DECLS
