/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-folder.h"
#include "devices/wb-printer-open.h"
#include "devices/wb-printer-socket.h"

static const char *
skip (const char *text, const char *prefix)
{
  return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : NULL;
}

WbPrinter *
wb_printer_open (const WbPrintRoute *route, WbPrintKind kind, const char *server, WbPrintLedger *ledger, const char *folder,
                 GError **error)
{
  const char *language = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (route != NULL && WB_IS_PRINT_LEDGER (ledger) && folder != NULL, NULL);

  language = wb_print_route_get_language (route, kind);
  if (*route->printer == '\0')
    return wb_printer_folder_new (folder);
  if ((rest = skip (route->printer, "socket://")) != NULL || (rest = skip (route->printer, "socket:")) != NULL)
    return wb_printer_socket_new (rest, language, ledger, error);
  rest = skip (route->printer, "cups:");
  return wb_printer_cups_new_for_language (rest != NULL ? rest : route->printer, server, language);
}
