/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a printer is, asked and waited for. Main thread.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * wb_test_query:
 * @printer: any printer
 * @message: (inout) (transfer full) (nullable): what it says; what was said before is freed
 *
 * Returns: how it is
 */
WbPrinterState wb_test_query (WbPrinter *printer, char **message);

G_END_DECLS
