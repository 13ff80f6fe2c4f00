/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks whether a printer on the network is there and, where its language has a question for it, how it is. Nothing is
 * printed by that. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * WbPrinterProbe:
 * @state: READY, BUSY, PAUSED, ATTENTION or OFFLINE
 * @words: (transfer none): what is wrong, not yet translated, as "is out of paper"; "" when nothing is
 * @has_answered: it said so itself, in its language
 */
typedef struct
{
  WbPrinterState state;
  const char *words;
  gboolean has_answered;
} WbPrinterProbe;

/**
 * wb_printer_probe_async:
 * @host: name or address
 * @language: (nullable): NULL does not ask, and looks only whether somebody takes the connection
 * @patience_ms: how long to wait for the connection, and then for the answer
 *
 * Finish with wb_printer_probe_finish(), which fails only when it was cancelled: who cannot be reached is OFFLINE.
 */
void wb_printer_probe_async (const char *host, guint16 port, const char *language, guint patience_ms, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_printer_probe_finish (GAsyncResult *result, WbPrinterProbe *probe, GError **error);

G_END_DECLS
