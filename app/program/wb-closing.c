/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/program/wb-closing.h"

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

gboolean
wb_closing_run (WbDatabase *database, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_return_val_if_fail (WB_IS_DATABASE (database), FALSE);

  wb_database_close_async (database, closed_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wb_database_close_finish (database, result, error);
}
