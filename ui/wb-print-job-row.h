/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job of the print queue: what it is, how far it is, what is wrong, and what can be done about it. Main thread. */
#pragma once

#include <adwaita.h>

#include "devices/wb-device-rig.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_JOB_ROW (wb_print_job_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintJobRow, wb_print_job_row, WB, PRINT_JOB_ROW, GtkListBoxRow)

/**
 * wb_print_job_row_new:
 * @rig: where it can be moved to
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *wb_print_job_row_new (WbPrintQueue *queue, WbPrintJob *job, WbDeviceRig *rig);

G_END_DECLS
