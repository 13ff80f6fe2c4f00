/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a window tells of a document that is printed: that it goes to the printer, that the printer wants something from somebody, that it
 * came out after all, or why it does not. Says each once, as toasts; the queue (wb-print-queue-window.h) has all the rest. Main thread.
 */
#pragma once

#include "devices/wb-print-queue.h"
#include "ui/wb-window.h"

G_BEGIN_DECLS

/**
 * wb_print_telling_follow:
 * @window: where it is told; nothing is told any more when that is gone
 * @id: of a document that @queue has
 * @what: what it is called: "Packing slip"
 * @where: what its printer is called
 * @knows_delay: that it waits, and why, was told already
 *
 * Tells what becomes of it until it is over.
 */
void wb_print_telling_follow (WbWindow *window, WbPrintQueue *queue, const char *id, const char *what, const char *where, gboolean knows_delay);

G_END_DECLS
