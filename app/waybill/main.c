/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybill"

#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "app/waybill/wb-application.h"
#include "ui/wb-ui.h"

static void
bind_translations (void)
{
  g_autofree char *build = wb_ui_get_build_dir ();
  g_autofree char *dir = NULL;

  dir = build != NULL ? g_build_filename (build, "data", "po", NULL) : g_strdup (LOCALEDIR);
  bindtextdomain (GETTEXT_PACKAGE, dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (WbApplication) application = NULL;

  setlocale (LC_ALL, "");
  bind_translations ();
  g_set_prgname (WB_APP_ID);

  application = wb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
