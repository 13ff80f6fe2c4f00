/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What waits to be printed here, what prints, what did not come out and why; with what can be done about it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "devices/wb-device-rig.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_QUEUE_WINDOW (wb_print_queue_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintQueueWindow, wb_print_queue_window, WB, PRINT_QUEUE_WINDOW, AdwWindow)

/**
 * wb_print_queue_window_new:
 * @parent: over which it lies
 * @queue: (transfer none): what it shows
 * @rig: where a job can be moved to
 *
 * Returns: (transfer none): a window that its toolkit owns; present it
 */
WbPrintQueueWindow *wb_print_queue_window_new (GtkWindow *parent, WbPrintQueue *queue, WbDeviceRig *rig);

/**
 * wb_print_queue_window_set_place:
 * @words: what stands here, where this is no bench
 */
void wb_print_queue_window_set_place (WbPrintQueueWindow *self, const char *words);

G_END_DECLS
