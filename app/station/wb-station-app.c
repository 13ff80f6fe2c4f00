/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybill-station"

#include "config.h"

#include <glib/gi18n.h>

#include "app/program/wb-closing.h"
#include "app/program/wb-options.h"
#include "app/station/wb-station-app.h"
#include "db/wb-database.h"
#include "db/wb-session-store.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-printer-folder.h"
#include "ui/station/wb-bench.h"
#include "ui/station/wb-station-ui.h"
#include "ui/station/wb-station-window.h"
#include "ui/wb-profile-keeper.h"
#include "ui/wb-sign-in.h"
#include "ui/wb-ui.h"

struct _WbStationApp
{
  AdwApplication parent_instance;

  gboolean windowed;
  gboolean routes_are_final; /* the profile was read: what changes from now on, somebody changed */
  gboolean is_taking_over;

  /* Owned references */
  GSettings *settings;
  WbDatabase *database;
  WbBench *bench;
  WbDeviceRig *rig;
  WbProfileKeeper *keeper;
  WbPrintQueue *prints;
  WbStationWindow *window;
  char *where;
  char *station;
  char *printer;
  char *format;
  char *resolution;
  char *paper;
  char *routes; /* where documents went last */
  char *camera;
  char *microphone;
};

G_DEFINE_FINAL_TYPE (WbStationApp, wb_station_app, ADW_TYPE_APPLICATION)

/* ── Options ─────────────────────────────────────────────────────────────────────────────────── */

static const GOptionEntry options[] = {
  { "station", 's', 0, G_OPTION_ARG_STRING, NULL, N_ ("Code of the bench this is (default: as chosen before)"),
    N_ ("CODE") },
  { "printer", 'p', 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Print queue for labels (default: as the station has it; without one, labels are kept as PDF files)"), N_ ("QUEUE") },
  { "printer-format", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What the label printer understands: zpl or pdf"),
    N_ ("FORMAT") },
  { "printer-resolution", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Dots an inch of the label printer: 203, 300 or 600"),
    N_ ("DPI") },
  { "paper-printer", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Print queue for pick lists and sheets (default: as the station has it; without one, they are kept as PDF files)"), N_ ("QUEUE") },
  { "camera", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("A camera that is not plugged in here, as a GStreamer source"), N_ ("SOURCE") },
  { "microphone", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("A microphone that is not found by itself, as a GStreamer source; it listens hands-free"),
    N_ ("SOURCE") },
  { "windowed", 'w', 0, G_OPTION_ARG_NONE, NULL, N_ ("Do not fill the screen"), NULL },
  { 0 },
};

static const char *const resolutions[] = { "203", "300", "600", NULL };

static char *
get_option (GVariantDict *dict, const char *name)
{
  const char *value = "";

  g_variant_dict_lookup (dict, name, "&s", &value);
  return g_strdup (value);
}

static int
wb_station_app_handle_local_options (GApplication *application, GVariantDict *dict)
{
  WbStationApp *self = WB_STATION_APP (application);
  int status = wb_options_handle (application, dict, &self->where);

  if (status != WB_OPTIONS_GO_ON)
    return status;
  self->windowed = g_variant_dict_contains (dict, "windowed");
  self->settings = wb_station_ui_settings_new ();
  self->station = get_option (dict, "station");
  self->printer = get_option (dict, "printer");
  self->format = get_option (dict, "printer-format");
  if (*self->format != '\0' && !g_str_equal (self->format, "zpl") && !g_str_equal (self->format, "pdf"))
    return wb_options_misuse (_ ("--printer-format is zpl or pdf, not “%s”"), self->format);
  self->resolution = get_option (dict, "printer-resolution");
  if (*self->resolution != '\0' && !g_strv_contains (resolutions, self->resolution))
    return wb_options_misuse (_ ("--printer-resolution is 203, 300 or 600, not “%s”"), self->resolution);
  self->paper = get_option (dict, "paper-printer");
  self->camera = get_option (dict, "camera");
  self->microphone = get_option (dict, "microphone");
  return WB_OPTIONS_GO_ON;
}

static gboolean
wb_station_app_local_command_line (GApplication *application, char ***arguments, int *status)
{
  return wb_options_run_command_line (G_APPLICATION_CLASS (wb_station_app_parent_class), application, arguments, status);
}

/* ── What the station is made of ─────────────────────────────────────────────────────────────── */

static WbPrinter *
make_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *path = g_build_filename (documents != NULL ? documents : g_get_user_data_dir (),
                                            _ ("Waybill labels"), NULL);

  return wb_printer_folder_new (path);
}

/* What the command line says goes before the profile, until somebody changes that. */
static const char *
choose (const char *option, const char *profile)
{
  return option != NULL && *option != '\0' ? option : profile;
}

static guint
get_dpi (WbStationApp *self, const WbStationRoute *route)
{
  if (*self->resolution != '\0')
    return (guint) g_ascii_strtoull (self->resolution, NULL, 10);
  return route != NULL && route->dpi > 0 ? route->dpi : 203;
}

/* Says where a kind of document goes: as the command line has it, else as the station has it. */
static void
set_route (WbStationApp *self, WbPrintKind kind, const WbStationRoute *route, const char *printer, const char *language)
{
  g_autoptr (WbPrintRoute) here = NULL;

  if (route != NULL || *printer != '\0')
    here = wb_print_route_new (choose (printer, route != NULL ? route->printer : ""), route != NULL ? route->tray : NULL,
                               choose (language, route != NULL ? route->language : ""), get_dpi (self, route));
  if (here != NULL && route != NULL)
    wb_print_route_set_media (here, route->media);
  wb_print_queue_set_route (self->prints, kind, here);
}

/* Paper as it is usual where the program runs. */
static void
set_paper (WbStationApp *self)
{
  GtkPaperSize *size = gtk_paper_size_new (NULL);
  guint width_um = (guint) (gtk_paper_size_get_width (size, GTK_UNIT_MM) * 1000);
  guint height_um = (guint) (gtk_paper_size_get_height (size, GTK_UNIT_MM) * 1000);

  wb_bench_set_paper (self->bench, NULL, width_um, height_um);
  gtk_paper_size_free (size);
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* Where documents go, as one text to compare. */
static char *
describe_routes (const WbStationProfile *profile)
{
  static const char *const documents[] = { WB_STATION_DOCUMENT_LABEL, WB_STATION_DOCUMENT_PAPER, WB_STATION_DOCUMENT_PICK_LIST,
                                           WB_STATION_DOCUMENT_PACKING_SLIP, WB_STATION_DOCUMENT_COMMAND_SHEET, WB_STATION_DOCUMENT_STICKER,
                                           WB_STATION_DOCUMENT_TEST };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      const WbStationRoute *route = wb_station_profile_get_route (profile, documents[i]);

      if (route != NULL)
        g_string_append_printf (text, "%s\n%s\n%s\n%s\n%u\n%s\n", documents[i], route->printer, route->tray, route->language, route->dpi,
                                route->media);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @profile: (nullable): before it is known the command line alone counts. */
static void
set_routes (WbStationApp *self, const WbStationProfile *profile)
{
  for (guint i = 0; i < WB_PRINT_N_KINDS; i++)
    {
      const WbStationRoute *route = profile != NULL ? wb_station_profile_find_route (profile, wb_print_kind_get_word ((WbPrintKind) i)) : NULL;

      set_route (self, (WbPrintKind) i, route, i == WB_PRINT_LABEL ? self->printer : i == WB_PRINT_PAPER ? self->paper : "",
                 i == WB_PRINT_LABEL ? self->format : "");
    }
}

static void
set_printers (WbStationApp *self)
{
  const WbStationProfile *profile = wb_profile_keeper_get_profile (self->keeper);
  const WbStationRoute *label = wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_LABEL);
  g_autofree char *routes = describe_routes (profile);

  if (g_strcmp0 (self->routes, routes) == 0)
    return;
  if (self->routes_are_final)
    {
      set_text (&self->printer, "");
      set_text (&self->format, "");
      set_text (&self->resolution, "");
      set_text (&self->paper, "");
    }
  set_text (&self->routes, routes);
  set_routes (self, profile);
  wb_bench_set_printer (self->bench, wb_print_queue_get_printer (self->prints, WB_PRINT_LABEL), get_dpi (self, label));
}

/* Before there were profiles each machine knew its own printers: they become the station's, once, and only then are forgotten here. */
static const char *const old_keys[] = { "printer", "printer-format", "printer-resolution", "paper-printer", "sounds" };

static gboolean
has_old_settings (WbStationApp *self)
{
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (old_keys) && self->settings != NULL; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_user_value (self->settings, old_keys[i]);

      found = found || value != NULL;
    }
  return found;
}

static void
take_over_settings (WbStationApp *self)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  g_autofree char *printer = g_settings_get_string (self->settings, "printer");
  g_autofree char *format = g_settings_get_string (self->settings, "printer-format");
  g_autofree char *resolution = g_settings_get_string (self->settings, "printer-resolution");
  g_autofree char *paper = g_settings_get_string (self->settings, "paper-printer");
  WbStationRoute *label = wb_station_profile_ensure_route (profile, WB_STATION_DOCUMENT_LABEL);

  wb_station_device_set_text (&label->printer, printer);
  wb_station_device_set_text (&label->language, format);
  label->dpi = (guint) g_ascii_strtoull (resolution, NULL, 10);
  if (*paper != '\0')
    wb_station_device_set_text (&wb_station_profile_ensure_route (profile, WB_STATION_DOCUMENT_PAPER)->printer, paper);
  if (!g_settings_get_boolean (self->settings, "sounds"))
    wb_station_profile_set_sounds (profile, FALSE);
  self->is_taking_over = TRUE;
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
profile_cb (WbStationApp *self)
{
  const WbStationProfile *profile = wb_profile_keeper_get_profile (self->keeper);

  if (self->bench == NULL)
    return;
  if (self->is_taking_over && wb_profile_keeper_is_known (self->keeper) && wb_profile_keeper_is_written (self->keeper))
    {
      self->is_taking_over = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (old_keys); i++)
        g_settings_reset (self->settings, old_keys[i]);
    }
  wb_device_rig_set_profile (self->rig, profile);
  set_printers (self);
  self->routes_are_final = self->routes_are_final || wb_profile_keeper_is_known (self->keeper);
  if (wb_profile_keeper_is_known (self->keeper) && !self->is_taking_over && has_old_settings (self) &&
      wb_station_profile_find_route (profile, WB_STATION_DOCUMENT_LABEL) == NULL &&
      wb_station_profile_find_route (profile, WB_STATION_DOCUMENT_PAPER) == NULL)
    take_over_settings (self);
}

/* Another station is made of other things. */
static void
bench_cb (WbStationApp *self)
{
  if (g_strcmp0 (wb_profile_keeper_get_station (self->keeper), wb_bench_get_station (self->bench)) == 0)
    return;
  self->routes_are_final = FALSE;
  self->is_taking_over = FALSE;
  wb_profile_keeper_set_station (self->keeper, wb_bench_get_station (self->bench));
}

/* ── From the database to the bench ──────────────────────────────────────────────────────────── */

static void
open_bench (WbStationApp *self)
{
  WbDb *db = wb_database_get_db (self->database);
  g_autoptr (WbPrinter) spare = make_folder ();
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "waybill", NULL);
  g_autofree char *spool = g_build_filename (folder, "prints", NULL);

  self->prints = wb_print_queue_new (spool, NULL, NULL);
  set_routes (self, NULL);
  self->bench = wb_bench_new (db, wb_print_queue_get_printer (self->prints, WB_PRINT_LABEL), spare, NULL);
  wb_bench_set_print_queue (self->bench, self->prints);
  wb_bench_set_printer (self->bench, wb_print_queue_get_printer (self->prints, WB_PRINT_LABEL), get_dpi (self, NULL));
  set_paper (self);
  self->keeper = wb_profile_keeper_new (db, folder);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (profile_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bench, "changed", G_CALLBACK (bench_cb), self, G_CONNECT_SWAPPED);
  wb_station_window_set_profile (self->window, self->keeper, self->rig);
  if (*self->station != '\0')
    wb_bench_set_station (self->bench, self->station);
  wb_station_window_set_bench (self->window, self->bench);
}

static gboolean
may_pack (const WbSession *session)
{
  static const char *const able[] = { "admin", "manager", "packer" };

  for (guint i = 0; i < G_N_ELEMENTS (able); i++)
    if (wb_session_has_role (session, able[i]))
      return TRUE;
  return FALSE;
}

static void open_database (WbStationApp *self);

static void
quit_later_cb (gpointer user_data)
{
  g_autoptr (WbStationApp) self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
answered_cb (gboolean again, const char *password, gpointer user_data)
{
  WbStationApp *self = user_data;

  if (self->window == NULL)
    return;
  if (!again)
    {
      /* not from inside the dialog, which is still on its way out */
      g_idle_add_once (quit_later_cb, g_object_ref (self));
      return;
    }
  if (password != NULL && wb_database_get_db (self->database) != NULL)
    wb_db_set_password (wb_database_get_db (self->database), password);
  open_database (self);
}

/* The page says what is wrong, and a button there tries again; a password is asked for. */
static void
show_problem (WbStationApp *self, const GError *error)
{
  g_autofree char *why = wb_sign_in_explain (error);
  g_autofree char *name = wb_database_dup_name (self->database);

  wb_station_window_set_waiting (self->window, why, TRUE);
  if (wb_sign_in_wants_password (error))
    gtk_window_present (GTK_WINDOW (wb_sign_in_new (GTK_WINDOW (self->window), error, name, answered_cb, g_object_ref (self),
                                                    g_object_unref)));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStationApp) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSession) session = wb_session_store_sign_in_finish (WB_DB (source), result, &error);

  if (self->window == NULL)
    return;
  if (session == NULL)
    show_problem (self, error);
  else if (!may_pack (session))
    wb_station_window_set_waiting (self->window, _ ("This login may not pack. An administrator gives it the role “packer”."),
                                   TRUE);
  else if (self->bench == NULL)
    open_bench (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStationApp) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *seat = NULL;

  if (!wb_database_open_finish (WB_DATABASE (source), result, &error))
    {
      if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  if (self->window == NULL)
    return;
  seat = *self->station != '\0' ? g_strdup (self->station) : g_strdup_printf ("station@%s", g_get_host_name ());
  wb_session_store_sign_in_async (wb_database_get_db (self->database), seat, "waybill-station", NULL, signed_in_cb,
                                  g_object_ref (self));
}

static void
progress_cb (WbStationApp *self)
{
  const char *progress = wb_database_get_progress (self->database);

  if (self->window != NULL && self->bench == NULL && *progress != '\0')
    wb_station_window_set_waiting (self->window, progress, FALSE);
}

static void
open_database (WbStationApp *self)
{
  wb_station_window_set_waiting (self->window, _ ("Opening the database …"), FALSE);
  wb_database_open_async (self->database, WB_DATABASE_FLAGS_NONE, NULL, opened_cb, g_object_ref (self));
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbStationApp *self = user_data;

  if (self->bench == NULL && self->window != NULL)
    open_database (self);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbStationApp *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

/* What is plugged in, now or later, and what the command line names. */
static void
open_devices (WbStationApp *self)
{
  g_autoptr (WbBenchDevices) devices = NULL;

  self->rig = wb_device_rig_new ();
  if (*self->camera != '\0')
    wb_device_rig_add_camera (self->rig, _ ("Camera"), self->camera);
  if (*self->microphone != '\0')
    wb_device_rig_add_microphone (self->rig, _ ("Microphone"), self->microphone);
  wb_device_hub_start (wb_device_rig_get_hub (self->rig));
  devices = wb_bench_devices_new_for_rig (self->rig);
  wb_station_window_set_devices (self->window, devices);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_station_app_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "retry", .activate = retry_cb },
    { .name = "quit", .activate = quit_cb },
  };
  static const char *const quit_keys[] = { "<Control>q", NULL };
  WbStationApp *self = WB_STATION_APP (application);

  wb_station_ui_register_resources ();
  G_APPLICATION_CLASS (wb_station_app_parent_class)->startup (application);
  wb_ui_init ();
  gtk_window_set_default_icon_name (WB_STATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  self->database = wb_database_new (self->where);
  g_signal_connect_object (self->database, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
}

static void
wb_station_app_activate (GApplication *application)
{
  WbStationApp *self = WB_STATION_APP (application);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }
  g_set_weak_pointer (&self->window, wb_station_window_new (GTK_APPLICATION (self), self->settings));
  if (!self->windowed)
    gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  open_database (self);
  open_devices (self);
}

/* The window is gone; the last program takes the embedded server down with it. */
static void
wb_station_app_shutdown (GApplication *application)
{
  WbStationApp *self = WB_STATION_APP (application);
  g_autoptr (GError) error = NULL;

  /* the window, if it is still there, has the bench, which hears that the database is closed */
  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_func (self->bench, bench_cb, self);
  g_clear_object (&self->bench);
  g_clear_object (&self->prints);
  g_clear_object (&self->keeper);
  if (self->rig != NULL)
    wb_device_hub_stop (wb_device_rig_get_hub (self->rig));
  g_clear_object (&self->rig);
  if (self->database != NULL && !wb_closing_run (self->database, &error))
    g_debug ("the database did not close well: %s", error->message);
  G_APPLICATION_CLASS (wb_station_app_parent_class)->shutdown (application);
}

static void
wb_station_app_finalize (GObject *object)
{
  WbStationApp *self = WB_STATION_APP (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->database);
  g_clear_weak_pointer (&self->window);
  g_free (self->where);
  g_free (self->station);
  g_free (self->printer);
  g_free (self->format);
  g_free (self->resolution);
  g_free (self->paper);
  g_free (self->routes);
  g_free (self->camera);
  g_free (self->microphone);
  G_OBJECT_CLASS (wb_station_app_parent_class)->finalize (object);
}

static void
wb_station_app_class_init (WbStationAppClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_station_app_finalize;
  application_class->local_command_line = wb_station_app_local_command_line;
  application_class->handle_local_options = wb_station_app_handle_local_options;
  application_class->startup = wb_station_app_startup;
  application_class->activate = wb_station_app_activate;
  application_class->shutdown = wb_station_app_shutdown;
}

static void
wb_station_app_init (WbStationApp *self)
{
  wb_options_add (G_APPLICATION (self), options,
                  _ ("A packing bench: takes orders from the queue to the shipped parcel by scans."));
}

/**
 * wb_station_app_new:
 *
 * Returns: (transfer full): the program, ready for g_application_run()
 */
WbStationApp *
wb_station_app_new (void)
{
  return g_object_new (WB_TYPE_STATION_APP, "application-id", WB_STATION_ID, "resource-base-path",
                       "/org/waybill/Station", "flags", G_APPLICATION_NON_UNIQUE, NULL);
}
