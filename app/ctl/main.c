/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl: everything an administrator does, one command each. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "app/program/wb-closing.h"
#include "app/program/wb-program.h"

/* In the order of --help. */
static const WbCtlCommand *const groups[] = {
  wb_ctl_database_commands,
  wb_ctl_demo_commands,
  wb_ctl_setting_commands,
  wb_ctl_user_commands,
  wb_ctl_import_commands,
  wb_ctl_device_commands,
  wb_ctl_label_commands,
  wb_ctl_doctor_commands,
};

static void
print_help (const char *group)
{
  gsize length = group != NULL ? strlen (group) : 0;

  g_print (_ ("Usage:\n  %s COMMAND [OPTION…]\n\n"), g_get_prgname ());
  g_print ("%s\n", _ ("Commands:"));
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const WbCtlCommand *c = groups[g]; c->name != NULL; c++)
      if (group == NULL || (strncmp (c->name, group, length) == 0 && c->name[length] == ' '))
        g_print ("  %-20s %s\n", c->name, _ (c->summary));
  g_print (_ ("\nEach has its own --help. All take --database CONNINFO (or $WAYBILL_DATABASE), "
              "--json and --verbose.\n"));
}

/* Whether the words that begin @argv are the name of @command; how many there are. */
static guint
count_words (const WbCtlCommand *command, int argc, char **argv)
{
  g_auto (GStrv) words = g_strsplit (command->name, " ", -1);
  guint n = g_strv_length (words);

  if ((guint) argc < n)
    return 0;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (words[i], argv[i]))
      return 0;
  return n;
}

static const WbCtlCommand *
find_command (int argc, char **argv, guint *n_words)
{
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const WbCtlCommand *c = groups[g]; c->name != NULL; c++)
      if ((*n_words = count_words (c, argc, argv)) > 0)
        return c;
  return NULL;
}

static gboolean
is_group (const char *word)
{
  gsize length = strlen (word);

  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    if (strncmp (groups[g]->name, word, length) == 0 && groups[g]->name[length] == ' ')
      return TRUE;
  return FALSE;
}

/* Options may stand before the command; they are moved behind it. */
static int
count_leading_options (int argc, char **argv)
{
  int i = 1;

  while (i < argc && argv[i][0] == '-')
    i += g_str_equal (argv[i], "--database") || g_str_equal (argv[i], "-d") ? 2 : 1;
  return MIN (i, argc) - 1;
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "help") || g_str_equal (word, "--help") || g_str_equal (word, "-h");
}

static int
explain (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : NULL;
  gboolean asks = word != NULL && is_help (word);

  if (word != NULL && (g_str_equal (word, "--version") || g_str_equal (word, "-V")))
    {
      wb_program_print_version ();
      return WB_CTL_OK;
    }
  if (asks || (word != NULL && is_group (word) && argc > 2 && is_help (argv[2])))
    {
      print_help (asks ? (argc > 2 ? argv[2] : NULL) : word);
      return WB_CTL_OK;
    }
  if (word != NULL && is_group (word))
    {
      g_printerr (_ ("%s: “%s” has these commands:\n"), g_get_prgname (), word);
      print_help (word);
    }
  else if (word != NULL)
    g_printerr (_ ("%s: there is no command “%s”; try “%s --help”\n"), g_get_prgname (), word,
                g_get_prgname ());
  else
    print_help (NULL);
  return WB_CTL_USAGE;
}

/* The first time: give up in good order. The second: at once. */
static gboolean
interrupted_cb (gpointer user_data)
{
  GCancellable *cancellable = user_data;

  if (g_cancellable_is_cancelled (cancellable))
    _exit (130);
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

static void
close_database (WbCtl *ctl)
{
  g_autoptr (GError) error = NULL;

  if (ctl->database != NULL && !wb_closing_run (ctl->database, &error))
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  g_clear_object (&ctl->database);
}

static int
run_command (const WbCtlCommand *command, int argc, char **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WbCtl ctl = { .command = command, .cancellable = cancellable };
  guint interrupt = g_unix_signal_add (SIGINT, interrupted_cb, cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, interrupted_cb, cancellable);
  int status = command->run (&ctl, argc, argv);

  close_database (&ctl);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_free (ctl.where);
  return status;
}

int
main (int argc, char **argv)
{
  g_autofree char **rest = g_new0 (char *, (gsize) argc + 1);
  const WbCtlCommand *command = NULL;
  int leading = count_leading_options (argc, argv);
  guint n_words = 0;
  int n = 0;

  wb_program_start ("waybillctl");
  command = find_command (argc - 1 - leading, argv + 1 + leading, &n_words);
  if (command == NULL)
    return explain (argc - leading > 1 ? argc - leading : argc,
                    argc - leading > 1 ? argv + leading : argv);

  rest[n++] = argv[0];
  for (int i = 1; i <= leading; i++)
    rest[n++] = argv[i];
  for (int i = 1 + leading + (int) n_words; i < argc; i++)
    rest[n++] = argv[i];
  return run_command (command, n, rest);
}
