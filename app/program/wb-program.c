/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <signal.h>

#include <glib-unix.h>

#include "app/program/wb-log.h"
#include "app/program/wb-program.h"

gboolean
wb_program_is_built (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);

  return exe != NULL && g_str_has_prefix (exe, WB_BUILD_DIR "/");
}

/* Translations lie beside the program in a build, and where they were installed otherwise. */
static char *
find_translations (void)
{
  if (wb_program_is_built ())
    return g_build_filename (WB_BUILD_DIR, "data", "po", NULL);
  return g_strdup (LOCALEDIR);
}

void
wb_program_start (const char *name)
{
  g_autofree char *translations = find_translations ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (name);
  wb_log_set_up ();
}

/* Each is heard once; what follows does what the signal does by itself. */
static gboolean
quit_cb (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
wb_program_quit_on_signals (GApplication *application)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], quit_cb, application);
}

void
wb_program_print_version (void)
{
  g_print ("%s %s\n", g_get_prgname (), WB_VERSION);
}
