/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl user …: who may log in, and what they may do. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <unistd.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "core/wb-badge.h"
#include "db/wb-staff.h"
#include "db/wb-station-store.h"
#include "devices/wb-label-pdf.h"

gboolean
wb_ctl_ask_new_password (const char *login, char **password)
{
  g_autofree char *prompt = g_strdup_printf (_ ("New password for %s: "), login);
  g_autofree char *again = NULL;

  *password = wb_ctl_ask_password (prompt);
  if (*password == NULL || **password == '\0')
    {
      g_printerr (_ ("%s: no password was given, so nothing was changed\n"), g_get_prgname ());
      return FALSE;
    }
  if (!isatty (STDIN_FILENO))
    return TRUE;
  /* Nobody has seen what was typed. */
  again = wb_ctl_ask_password (_ ("The same once more: "));
  if (g_strcmp0 (*password, again) == 0)
    return TRUE;
  g_printerr (_ ("%s: these were two different passwords, so nothing was changed\n"), g_get_prgname ());
  return FALSE;
}

gboolean
wb_ctl_add_user (WbCtl *ctl,
                 const char *login,
                 const char *display_name,
                 const char *const *roles,
                 const char *password,
                 GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbDb *db = wb_database_get_db (ctl->database);

  wb_staff_add_async (db, login, display_name, roles, password, ctl->cancellable, wb_ctl_result_cb,
                      &result);
  return wb_staff_add_finish (db, wb_ctl_wait (&result), error);
}

static int
add (WbCtl *ctl, int argc, char **argv)
{
  g_auto (GStrv) roles = NULL;
  g_autofree char *display_name = NULL;
  g_autofree char *password = NULL;
  gboolean ask = FALSE;
  g_autofree char *all = g_strjoinv (", ", (char **) wb_staff_get_roles ());
  g_autofree char *role_help = g_strdup_printf (_ ("What they may do: %s; may be given again"), all);
  const GOptionEntry entries[] = {
    { "role", 'r', 0, G_OPTION_ARG_STRING_ARRAY, &roles, role_help, N_ ("ROLE") },
    { "display-name", 'n', 0, G_OPTION_ARG_STRING, &display_name,
      N_ ("Who it is (default: the login)"), N_ ("NAME") },
    { "password-prompt", 'p', 0, G_OPTION_ARG_NONE, &ask,
      N_ ("Ask for a password to log in with (from a pipe: a line of stdin)"), NULL },
    { 0 },
  };
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (roles == NULL)
    return wb_ctl_misuse (ctl, _ ("a seat needs a --role: %s"), all);
  for (guint i = 0; roles[i] != NULL; i++)
    if (!g_strv_contains (wb_staff_get_roles (), roles[i]))
      return wb_ctl_misuse (ctl, _ ("there is no role “%s”; there are: %s"), roles[i], all);
  if (ask && !wb_ctl_ask_new_password (argv[1], &password))
    return WB_CTL_FAILED;
  if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error) == NULL ||
      !wb_ctl_add_user (ctl, argv[1], display_name, (const char *const *) roles, password, &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

static void
print_users_json (GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const WbStaff *staff = g_ptr_array_index (list, i);

      json_builder_begin_object (builder);
      wb_ctl_add_text (builder, "login", staff->login);
      wb_ctl_add_text (builder, "display_name", staff->display_name);
      wb_ctl_add_flag (builder, "active", staff->active);
      json_builder_set_member_name (builder, "roles");
      json_builder_begin_array (builder);
      for (guint r = 0; staff->roles != NULL && staff->roles[r] != NULL; r++)
        json_builder_add_string_value (builder, staff->roles[r]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  wb_ctl_print_json (builder);
}

static int
list_users (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  WbDatabase *database = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error);
  if (database == NULL)
    return wb_ctl_fail (ctl, error);
  wb_staff_list_async (wb_database_get_db (database), ctl->cancellable, wb_ctl_result_cb, &result);
  list = wb_staff_list_finish (wb_database_get_db (database), wb_ctl_wait (&result), &error);
  if (list == NULL)
    return wb_ctl_fail (ctl, error);
  if (ctl->json)
    {
      print_users_json (list);
      return WB_CTL_OK;
    }
  for (guint i = 0; i < list->len; i++)
    {
      const WbStaff *staff = g_ptr_array_index (list, i);
      g_autofree char *roles = g_strjoinv (", ", staff->roles);

      g_print ("%-20s %-28s %s%s\n", staff->login, staff->display_name, roles,
               staff->active ? "" : _ ("(switched off)"));
    }
  return WB_CTL_OK;
}

static int
remove_user (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbDatabase *database = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 1, 1, &argc, &argv, &status))
    return status;
  database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error);
  if (database == NULL)
    return wb_ctl_fail (ctl, error);
  wb_staff_remove_async (wb_database_get_db (database), argv[1], ctl->cancellable,
                         wb_ctl_result_cb, &result);
  if (!wb_staff_remove_finish (wb_database_get_db (database), wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

/* Their name as a card shows it. */
static char *
find_name (WbCtl *ctl, const char *login, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  WbDb *db = wb_database_get_db (ctl->database);

  wb_staff_list_async (db, ctl->cancellable, wb_ctl_result_cb, &result);
  list = wb_staff_list_finish (db, wb_ctl_wait (&result), error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_str_equal (((WbStaff *) g_ptr_array_index (list, i))->login, login))
      return g_strdup (((WbStaff *) g_ptr_array_index (list, i))->display_name);
  return list != NULL ? g_strdup (login) : NULL;
}

static gboolean
write_card (const char *path, const char *name, const char *code, GError **error)
{
  g_autoptr (WbLabel) card = wb_badge_layout (name, code, error);
  g_autoptr (GBytes) pdf = card != NULL ? wb_label_to_pdf (card, error) : NULL;

  return pdf != NULL && g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), error);
}

static int
give_badge (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;
  g_autofree char *code = NULL;
  g_autofree char *name = NULL;
  gboolean none = FALSE;
  const GOptionEntry entries[] = {
    { "code", 'c', 0, G_OPTION_ARG_STRING, &code, N_ ("What stands on a badge they have already (default: a new one)"), N_ ("CODE") },
    { "pdf", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_ ("Draw a card with it into FILE"), N_ ("FILE") },
    { "none", 0, 0, G_OPTION_ARG_NONE, &none, N_ ("Take the badge away"), NULL },
    { 0 },
  };
  WbDatabase *database = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (none && (code != NULL || path != NULL))
    return wb_ctl_misuse (ctl, _ ("--none goes with no other option"));
  if (code == NULL)
    code = none ? g_strdup ("") : wb_badge_new_code ();
  database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error);
  if (database == NULL)
    return wb_ctl_fail (ctl, error);
  name = find_name (ctl, argv[1], &error);
  /* The card first: a badge that cannot be drawn is not given. */
  if (name == NULL || (path != NULL && !write_card (path, name, code, &error)))
    return wb_ctl_fail (ctl, error);
  wb_station_store_set_badge_async (wb_database_get_db (database), argv[1], code, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_station_store_enter_finish (wb_database_get_db (database), wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  if (!none)
    g_print ("%s\n", code);
  return WB_CTL_OK;
}

const WbCtlCommand wb_ctl_user_commands[] = {
  { "user add", "NAME", N_ ("Adds a seat: login, roles, name"), add },
  { "user badge", "NAME", N_ ("Gives somebody a badge to scan at a bench, and prints what it says"), give_badge },
  { "user list", "", N_ ("Lists the seats"), list_users },
  { "user remove", "NAME", N_ ("Takes a seat's rights away; what it did stays recorded"),
    remove_user },
  { 0 },
};
