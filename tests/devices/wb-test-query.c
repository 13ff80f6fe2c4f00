/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/devices/wb-test-query.h"
#include "tests/wb-test.h"

WbPrinterState
wb_test_query (WbPrinter *printer, char **message)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_query_async (printer, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_free (g_steal_pointer (message));
  return wb_printer_query_finish (printer, result, message);
}
