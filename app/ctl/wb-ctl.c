/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "app/program/wb-log.h"
#include "app/program/wb-program.h"

#define PASSWORD_TRIES 3

static GOptionContext *
new_context (WbCtl *ctl, const GOptionEntry *entries, gboolean *version)
{
  g_autofree char *usage = NULL;
  GOptionContext *context = NULL;
  const GOptionEntry common[] = {
    { "database", 'd', 0, G_OPTION_ARG_STRING, &ctl->where,
      N_ ("The database: a libpq connection string, “embedded” or “embedded:FOLDER” "
          "(default: $WAYBILL_DATABASE, or embedded)"),
      N_ ("CONNINFO") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_ ("Answer in JSON, for scripts"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &ctl->verbose, N_ ("Tell what is being done"), NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, version, N_ ("Print the version and exit"), NULL },
    { 0 },
  };

  usage = g_strjoin (" ", ctl->command->name, ctl->command->arguments, NULL);
  context = g_option_context_new (usage);
  g_option_context_set_summary (context, _ (ctl->command->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  return context;
}

gboolean
wb_ctl_parse (WbCtl *ctl,
              const GOptionEntry *entries,
              int min,
              int max,
              int *argc,
              char ***argv,
              int *status)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  gboolean version = FALSE;

  context = new_context (ctl, entries, &version);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *status = wb_ctl_misuse (ctl, "%s", error->message);
      return FALSE;
    }
  if (version)
    {
      wb_program_print_version ();
      *status = WB_CTL_OK;
      return FALSE;
    }
  /* What stands behind a lone -- is an argument, the dashes are not. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (*argv + 1, *argv + 2, sizeof (char *) * (gsize) (*argc - 1));
      (*argc)--;
    }
  if (*argc - 1 < min)
    {
      *status = wb_ctl_misuse (ctl, _ ("something is missing: %s"), ctl->command->arguments);
      return FALSE;
    }
  if (max >= 0 && *argc - 1 > max)
    {
      *status = wb_ctl_misuse (ctl, _ ("what is “%s” for?"), (*argv)[max + 1]);
      return FALSE;
    }
  wb_log_set_verbose (ctl->verbose);
  return TRUE;
}

static void
progress_cb (WbDatabase *database, GParamSpec *pspec, WbCtl *ctl)
{
  const char *text = wb_database_get_progress (database);

  if (*text != '\0' && (ctl->verbose || isatty (STDERR_FILENO)))
    g_printerr ("%s\n", text);
}

WbDatabase *
wb_ctl_get_database (WbCtl *ctl)
{
  if (ctl->database == NULL)
    {
      ctl->database = wb_database_new (ctl->where);
      g_signal_connect (ctl->database, "notify::progress", G_CALLBACK (progress_cb), ctl);
    }
  return ctl->database;
}

static gboolean
open_once (WbCtl *ctl, WbDatabaseFlags flags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_database_open_async (ctl->database, flags, ctl->cancellable, wb_ctl_result_cb, &result);
  return wb_database_open_finish (ctl->database, wb_ctl_wait (&result), error);
}

WbDatabase *
wb_ctl_open (WbCtl *ctl, WbDatabaseFlags flags, GError **error)
{
  WbDatabase *database = wb_ctl_get_database (ctl);

  for (guint i = 0;; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *name = NULL;
      g_autofree char *prompt = NULL;
      g_autofree char *password = NULL;

      if (open_once (ctl, flags, &local_error))
        return database;
      if (i < PASSWORD_TRIES && isatty (STDIN_FILENO) &&
          g_error_matches (local_error, WB_DB_ERROR, WB_DB_ERROR_AUTH) &&
          !wb_database_is_embedded (database))
        {
          g_printerr ("%s\n", local_error->message);
          name = wb_database_dup_name (database);
          prompt = g_strdup_printf (_ ("Password for %s: "), name);
          password = wb_ctl_ask_password (prompt);
        }
      if (password == NULL || *password == '\0')
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      wb_db_set_password (wb_database_get_db (database), password);
    }
}

void
wb_ctl_result_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

GAsyncResult *
wb_ctl_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

int
wb_ctl_fail (WbCtl *ctl, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr (_ ("%s: cancelled\n"), g_get_prgname ());
  else
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  if (wb_db_error_get_hint (error) != NULL)
    g_printerr ("%s\n", wb_db_error_get_hint (error));
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    g_printerr ("%s\n", _ ("“waybillctl doctor” looks closer."));
  g_error_free (error);
  return WB_CTL_FAILED;
}

int
wb_ctl_misuse (WbCtl *ctl, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s: %s\n", g_get_prgname (), text);
  g_printerr (_ ("Try “%s %s --help”.\n"), g_get_prgname (), ctl->command->name);
  return WB_CTL_USAGE;
}

char *
wb_ctl_ask_password (const char *prompt)
{
  struct termios before, quiet;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char line[1024];
  char *answer = NULL;

  if (is_terminal)
    {
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
      /* not before: who answers at once would be seen, and what they typed thrown away */
      g_printerr ("%s", prompt);
    }
  if (fgets (line, sizeof line, stdin) != NULL)
    answer = g_strndup (line, strcspn (line, "\r\n"));
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  explicit_bzero (line, sizeof line);
  return answer;
}

void
wb_ctl_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

void
wb_ctl_add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
wb_ctl_add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
wb_ctl_add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}
