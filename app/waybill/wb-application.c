/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybill"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/program/wb-closing.h"
#include "app/program/wb-options.h"
#include "app/waybill/wb-application.h"
#include "db/wb-database.h"
#include "db/wb-session-store.h"
#include "ui/wb-preferences.h"
#include "ui/wb-print-desk.h"
#include "ui/wb-sign-in.h"
#include "ui/wb-ui.h"
#include "ui/wb-window.h"

/* What GTK takes when nobody says anything. */
#define DEFAULT_DPI (96 * 1024)

struct _WbApplication
{
  AdwApplication parent_instance;

  /* Owned references */
  GSettings *settings;
  WbDatabase *store;
  WbSession *session;
  WbPrintDesk *desk;
  char *database;

  int text_dpi; /* of the desktop, in 1024ths */
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

/* The default database has the plain id, so that the desktop finds its file; others get their own. */
static void
set_id_of_database (WbApplication *self)
{
  g_autofree char *sum = NULL;
  g_autofree char *id = NULL;

  if (g_str_equal (self->database, "embedded"))
    return;
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->database, -1);
  sum[16] = '\0';
  id = g_strdup_printf ("%s.db%s", WB_APP_ID, sum);
  g_application_set_application_id (G_APPLICATION (self), id);
}

static int
wb_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  WbApplication *self = WB_APPLICATION (application);
  int status = wb_options_handle (application, options, &self->database);

  if (status == WB_OPTIONS_GO_ON)
    set_id_of_database (self);
  return status;
}

static gboolean
wb_application_local_command_line (GApplication *application, char ***arguments, int *status)
{
  return wb_options_run_command_line (G_APPLICATION_CLASS (wb_application_parent_class), application, arguments, status);
}

static void
apply_color_scheme (WbApplication *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (name, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (name, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

/* By the resolution of fonts, not by a style sheet: many sizes there are in points, which would stay as they are. */
static void
apply_text_scale (WbApplication *self)
{
  double scale = g_settings_get_double (self->settings, "text-scale");

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (self->text_dpi * scale + 0.5), NULL);
}

static void
watch_settings (WbApplication *self)
{
  g_autoptr (GAction) scheme = NULL;

  self->settings = wb_ui_settings_new ();
  if (self->settings == NULL)
    {
      g_printerr (_ ("waybill: the settings schema %s is not installed; settings are not kept\n"),
                  WB_APP_ID);
      return;
    }
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &self->text_dpi, NULL);
  if (self->text_dpi <= 0)
    self->text_dpi = DEFAULT_DPI;
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::text-scale", G_CALLBACK (apply_text_scale),
                           self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  apply_text_scale (self);

  scheme = g_settings_create_action (self->settings, "color-scheme");
  g_action_map_add_action (G_ACTION_MAP (self), scheme);
}

static void
give_database (WbApplication *self, WbWindow *window)
{
  if (self->session == NULL)
    return;
  wb_window_set_session (window, self->session);
  wb_window_set_print_desk (window, self->desk);
  wb_window_set_db (window, wb_database_get_db (self->store));
}

static void
new_window (WbApplication *self)
{
  WbWindow *window = wb_window_new (GTK_APPLICATION (self), self->settings);

  give_database (self, window);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- The database -------------------------------------------------------------------------- */

static void open_database (WbApplication *self);

static void
quit_later_cb (gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;

  if (self->store != NULL) /* its windows were not closed meanwhile */
    g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);
}

static void
answered_cb (gboolean again, const char *password, gpointer user_data)
{
  WbApplication *self = user_data;

  if (!again)
    {
      /* not from inside the dialog, which is still on its way out */
      g_idle_add_once (quit_later_cb, g_object_ref (self));
      return;
    }
  if (self->store == NULL)
    return;
  if (password != NULL && wb_database_get_db (self->store) != NULL)
    wb_db_set_password (wb_database_get_db (self->store), password);
  open_database (self);
}

static void
show_problem (WbApplication *self, GError *error)
{
  g_autofree char *name = wb_database_dup_name (self->store);

  gtk_window_present (GTK_WINDOW (wb_sign_in_new (gtk_application_get_active_window (GTK_APPLICATION (self)), error, name,
                                                  answered_cb, g_object_ref (self), g_object_unref)));
}

/* What was left to print goes on as soon as it is known for whom it is noted. */
static void
open_desk (WbApplication *self)
{
  /* one for each database, as the program runs once for each */
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  g_autofree char *name = g_strconcat ("office-prints", g_str_has_prefix (id, WB_APP_ID) ? id + strlen (WB_APP_ID) : "", NULL);
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "waybill", name, NULL);

  if (self->desk == NULL)
    self->desk = wb_print_desk_new (folder, NULL);
  wb_print_desk_set_db (self->desk, wb_database_get_db (self->store));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSession) session = wb_session_store_sign_in_finish (WB_DB (source), result, &error);

  if (self->store == NULL)
    return;
  if (session == NULL)
    {
      show_problem (self, error);
      return;
    }
  g_clear_pointer (&self->session, wb_session_free);
  self->session = g_steal_pointer (&session);
  open_desk (self);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (WB_IS_WINDOW (l->data))
      give_database (self, l->data);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *seat = NULL;

  if (!wb_database_open_finish (WB_DATABASE (source), result, &error))
    {
      if (self->store != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  if (self->store == NULL)
    return;
  seat = g_strdup_printf ("waybill@%s", g_get_host_name ());
  wb_session_store_sign_in_async (wb_database_get_db (self->store), seat, "waybill", NULL, signed_in_cb,
                                  g_object_ref (self));
}

static void
progress_cb (WbApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (WB_IS_WINDOW (l->data) && self->session == NULL)
      wb_window_set_waiting (l->data, wb_database_get_progress (self->store));
}

static void
open_database (WbApplication *self)
{
  wb_database_open_async (self->store, WB_DATABASE_FLAGS_NONE, NULL, opened_cb, g_object_ref (self));
}

/* The windows are gone; the last program takes the embedded server down with it. */
static void
wb_application_shutdown (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
  g_autoptr (WbDatabase) store = g_steal_pointer (&self->store);
  g_autoptr (GError) error = NULL;

  if (self->desk != NULL)
    wb_print_desk_set_db (self->desk, NULL);
  g_clear_object (&self->desk);

  if (store != NULL && !wb_closing_run (store, &error))
    g_debug ("the database did not close well: %s", error->message);
  G_APPLICATION_CLASS (wb_application_parent_class)->shutdown (application);
}

/* The button of the banner. */
static void
connect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbApplication *self = user_data;
  WbDb *db = wb_database_get_db (self->store);

  if (self->session == NULL)
    open_database (self);
  else if (db != NULL && wb_db_get_state (db) == WB_DB_STATE_OFFLINE)
    wb_db_retry_now (db);
  else if (db != NULL)
    wb_db_open_async (db, NULL, NULL, NULL);
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  new_window (user_data);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *preferences = NULL;

  if (self->settings == NULL)
    return;
  preferences = wb_preferences_new (parent, self->settings);
  if (self->session != NULL && wb_session_may (self->session, "station_profile_set"))
    wb_preferences_add_devices (WB_PREFERENCES (preferences), wb_database_get_db (self->store));
  if (self->session != NULL && wb_session_may (self->session, "setting_set"))
    wb_preferences_add_shop (WB_PREFERENCES (preferences), wb_database_get_db (self->store));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  const char *developers[] = { _ ("The Waybill contributors"), NULL };

  adw_show_about_window (parent, "application-name", _ ("Waybill"), "application-icon", WB_APP_ID,
                         "version", WB_VERSION, "developer-name", _ ("The Waybill contributors"),
                         "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Orders and customers of a shop, from the first click to the label on the "
                            "box."),
                         NULL);
}

static gpointer
copy_window (gconstpointer window, gpointer unused)
{
  return g_object_ref ((gpointer) window);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  GList *windows = g_list_copy_deep (gtk_application_get_windows (application), copy_window, NULL);

  /* Dialogs first: in GTK 4.8 one that outlives the window it belongs to follows a dead pointer. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) != NULL)
      gtk_window_destroy (l->data);
  /* One by one, so that each saves its state and may object. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == NULL)
      gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = new_window_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "about", .activate = about_cb },
  { .name = "connect", .activate = connect_cb },
  { .name = "quit", .activate = quit_cb },
};

static void
set_accels (WbApplication *self)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.new-window", { "<Control>n", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "app.quit", { "<Control>q", NULL } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  /* First of all, so that the server comes up while the toolkit does. */
  self->store = wb_database_new (self->database);
  g_signal_connect_object (self->store, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  open_database (self);

  wb_ui_register_resources ();
  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);

  wb_ui_init ();
  gtk_window_set_default_icon_name (WB_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (self);
  watch_settings (self);
}

static void
wb_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    new_window (WB_APPLICATION (application));
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->session, wb_session_free);
  g_clear_pointer (&self->database, g_free);

  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_application_finalize;
  application_class->local_command_line = wb_application_local_command_line;
  application_class->handle_local_options = wb_application_handle_local_options;
  application_class->startup = wb_application_startup;
  application_class->activate = wb_application_activate;
  application_class->shutdown = wb_application_shutdown;
}

static void
wb_application_init (WbApplication *self)
{
  wb_options_add (G_APPLICATION (self), NULL, _ ("The office window of Waybill: orders, customers and products of a shop."));
}

/**
 * wb_application_new:
 *
 * Returns: (transfer full): the program, ready for g_application_run()
 */
WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION, "application-id", WB_APP_ID, "resource-base-path",
                       "/org/waybill/Waybill", NULL);
}
