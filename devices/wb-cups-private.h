/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts that talk to a print server share. libcups blocks, so all of this runs in threads, on a connection of
 * the caller's own; nothing is kept.
 */
#pragma once

#include <cups/cups.h>

#include "devices/wb-printer-info.h"

G_BEGIN_DECLS

/**
 * _wb_cups_connect:
 * @server: (nullable): host, host:port or socket; NULL for the usual one
 *
 * Returns: (transfer full): a connection, for httpClose()
 */
http_t *_wb_cups_connect (const char *server, GError **error);

/**
 * _wb_cups_request:
 *
 * Returns: (transfer full): a request about a queue
 */
ipp_t *_wb_cups_request (ipp_op_t operation, const char *queue);

/**
 * _wb_cups_check:
 *
 * Turns what the server said last into one of our errors.
 *
 * Returns: TRUE when it was no error
 */
gboolean _wb_cups_check (const char *queue, GError **error);

/**
 * _wb_cups_dup_words:
 *
 * Returns: (transfer full): what the server said last, as one line of text
 */
char *_wb_cups_dup_words (void);

/**
 * _wb_cups_read_answer:
 * @answer: (nullable): attributes of printers, from a server that may not be one of ours
 *
 * Returns: (transfer full) (element-type WbPrinterInfo): those that can be asked by their name, sorted by that
 */
GPtrArray *_wb_cups_read_answer (ipp_t *answer);

/**
 * _wb_cups_read_printers:
 * @queue: (nullable): NULL for all queues
 * @with_options: also trays, media and resolutions
 *
 * Returns: (transfer full) (element-type WbPrinterInfo): what the server tells, sorted by queue
 */
GPtrArray *_wb_cups_read_printers (http_t *http, const char *queue, gboolean with_options, GError **error);

/**
 * _wb_cups_ask_printer:
 * @uri: of a printer that speaks IPP
 *
 * Asks the printer itself how it is, past the server.
 */
void _wb_cups_ask_printer (const char *uri, WbPrinterState *state, const char **words);

G_END_DECLS
