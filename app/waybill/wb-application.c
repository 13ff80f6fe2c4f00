/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybill"

#include "config.h"

#include <glib/gi18n.h>

#include "app/waybill/wb-application.h"
#include "ui/wb-preferences.h"
#include "ui/wb-ui.h"
#include "ui/wb-window.h"

struct _WbApplication
{
  AdwApplication parent_instance;

  /* Owned references */
  GSettings *settings;
  GtkCssProvider *text_css;
  char *database;
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
  const char *database = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("waybill %s\n", WB_VERSION);
      return 0;
    }
  if (!g_variant_dict_lookup (options, "database", "&s", &database))
    database = g_getenv ("WAYBILL_DATABASE");
  self->database = g_strdup (database != NULL && *database != '\0' ? database : "embedded");
  set_id_of_database (self);

  return -1;
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

static void
apply_text_scale (WbApplication *self)
{
  double scale = g_settings_get_double (self->settings, "text-scale");
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;

  g_ascii_formatd (number, sizeof number, "%.2f", scale);
  css = scale > 0.995 && scale < 1.005 ? g_strdup ("")
                                       : g_strdup_printf ("window { font-size: %sem; }", number);
  gtk_css_provider_load_from_data (self->text_css, css, -1);
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
  self->text_css = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (self->text_css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
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
new_window (WbApplication *self)
{
  gtk_window_present (GTK_WINDOW (wb_window_new (GTK_APPLICATION (self), self->settings)));
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

  if (self->settings != NULL)
    gtk_window_present (GTK_WINDOW (wb_preferences_new (parent, self->settings)));
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

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* One by one, so that each saves its state and may object. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = new_window_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "about", .activate = about_cb },
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
  g_clear_object (&self->text_css);
  g_clear_pointer (&self->database, g_free);

  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_application_finalize;
  application_class->handle_local_options = wb_application_handle_local_options;
  application_class->startup = wb_application_startup;
  application_class->activate = wb_application_activate;
}

static void
wb_application_init (WbApplication *self)
{
  static const GOptionEntry options[] = {
    { "database", 'd', 0, G_OPTION_ARG_STRING, NULL,
      N_ ("The database: a libpq connection string, or “embedded”, or “embedded:FOLDER” "
          "(default: $WAYBILL_DATABASE, or embedded)"),
      N_ ("CONNINFO") },
    { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { 0 }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
    G_APPLICATION (self), _ ("The office window of Waybill: orders, customers and products of a shop."));
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
