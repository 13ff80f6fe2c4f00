/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gmodule.h>

#include "devices/wb-device-error.h"
#include "devices/wb-library.h"

gboolean
wb_library_open (const char *file, const char *missing, const WbLibrarySymbol *symbols, GError **error)
{
  GModule *module = NULL;

  g_return_val_if_fail (file != NULL && missing != NULL && symbols != NULL, FALSE);

  module = g_module_open (file, G_MODULE_BIND_LOCAL);
  if (module == NULL)
    g_debug ("%s: %s", file, g_module_error ());
  for (guint i = 0; module != NULL && symbols[i].name != NULL; i++)
    if (!g_module_symbol (module, symbols[i].name, symbols[i].function))
      {
        g_debug ("%s has no %s", file, symbols[i].name);
        g_module_close (module);
        module = NULL;
      }
  if (module == NULL)
    {
      g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, missing);
      return FALSE;
    }
  g_module_make_resident (module);
  g_module_close (module);
  return TRUE;
}
