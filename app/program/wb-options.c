/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "app/program/wb-log.h"
#include "app/program/wb-options.h"
#include "app/program/wb-program.h"

#define UNDERSTOOD "wb-options-understood"

static const GOptionEntry common[] = {
  { "database", 'd', 0, G_OPTION_ARG_STRING, NULL,
    N_ ("The database: a libpq connection string, or “embedded”, or “embedded:FOLDER” (default: $WAYBILL_DATABASE, or embedded)"),
    N_ ("CONNINFO") },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Tell everything on standard error"), NULL },
  { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
  { 0 },
};

void
wb_options_add (GApplication *application, const GOptionEntry *own, const char *summary)
{
  if (own != NULL)
    g_application_add_main_option_entries (application, own);
  g_application_add_main_option_entries (application, common);
  g_application_set_option_context_summary (application, summary);
}

/* GTK would say so too, but not what to do; and not before the database is started. */
static gboolean
has_display (void)
{
  const char *display = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");
  g_autofree char *usual = g_build_filename (g_get_user_runtime_dir (), "wayland-0", NULL);

  return (display != NULL && *display != '\0') || (wayland != NULL && *wayland != '\0') ||
         g_file_test (usual, G_FILE_TEST_EXISTS) || g_getenv ("GDK_BACKEND") != NULL;
}

int
wb_options_handle (GApplication *application, GVariantDict *dict, char **database)
{
  g_autofree const char **rest = NULL;
  const char *where = NULL;

  g_object_set_data (G_OBJECT (application), UNDERSTOOD, application);
  if (g_variant_dict_contains (dict, "version"))
    {
      wb_program_print_version ();
      return 0;
    }
  if (g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &rest))
    return wb_options_misuse (_ ("what is “%s” for?"), rest[0]);
  if (g_variant_dict_contains (dict, "verbose"))
    wb_log_set_verbose (TRUE);
  if (!has_display ())
    {
      g_printerr (_ ("%s: there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); start it in a "
                     "desktop session\n"),
                  g_get_prgname ());
      return WB_OPTIONS_FAILED;
    }
  if (!g_variant_dict_lookup (dict, "database", "&s", &where))
    where = g_getenv ("WAYBILL_DATABASE");
  *database = g_strdup (where != NULL && *where != '\0' ? where : "embedded");
  return WB_OPTIONS_GO_ON;
}

int
wb_options_misuse (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s: %s\n", g_get_prgname (), text);
  g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());
  return WB_OPTIONS_MISUSE;
}

gboolean
wb_options_run_command_line (GApplicationClass *parent, GApplication *application, char ***arguments, int *status)
{
  gboolean done = parent->local_command_line (application, arguments, status);

  /* GApplication has said what it does not understand, and ends with 1 for that as for anything else. */
  if (done && *status == 1 && g_object_get_data (G_OBJECT (application), UNDERSTOOD) == NULL)
    {
      g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());
      *status = WB_OPTIONS_MISUSE;
    }
  return done;
}
