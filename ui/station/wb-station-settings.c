/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-place.h"
#include "devices/wb-roll-model.h"
#include "ui/station/wb-station-settings.h"
#include "ui/wb-devices-page.h"
#include "ui/wb-profile-undo.h"

/* What comes out where: a row for the printer, one for its tray. */
typedef struct
{
  const char *document;
  const char *as_relative; /* (nullable): how it is called when it goes where its relative goes, without a printer of its own */
  AdwComboRow *printer;
  AdwComboRow *tray;
  char **trays; /* (nullable): as in the row behind the first choice */
} Route;

#define N_ROUTES 6

struct _WbStationSettings
{
  AdwPreferencesWindow parent_instance;

  gboolean filling;

  /* Template widgets */
  AdwPreferencesPage *printers;
  AdwPreferencesGroup *labels;
  AdwPreferencesGroup *papers;
  AdwComboRow *format;
  AdwComboRow *resolution;
  AdwComboRow *roll;
  GtkSwitch *sounds;
  Route routes[N_ROUTES];

  /* Owned references */
  WbProfileKeeper *keeper;
  WbDeviceRig *rig;
  WbBenchDevices *devices;
  GPtrArray *places; /* WbPrinterPlace, as in the rows behind the first choice */
  GPtrArray *rolls;  /* WbRollModel, as in the row behind the first choice */
};

G_DEFINE_FINAL_TYPE (WbStationSettings, wb_station_settings, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const formats[] = { "zpl", "epl", "tspl", "escpos", "pdf", NULL };
static const char *const resolutions[] = { "203", "300", "600", NULL };

/* ── What is set ─────────────────────────────────────────────────────────────────────────────── */

static guint
find_choice (const char *const *names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

/* What was not touched stays as it was, also where these rows do not know it. */
static void
language_cb (WbStationSettings *self)
{
  guint selected = adw_combo_row_get_selected (self->format);
  g_autoptr (WbStationProfile) profile = NULL;

  if (self->filling || selected >= g_strv_length ((char **) formats))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_device_set_text (&wb_station_profile_ensure_route (profile, WB_STATION_DOCUMENT_LABEL)->language, formats[selected]);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
resolution_cb (WbStationSettings *self)
{
  guint selected = adw_combo_row_get_selected (self->resolution);
  g_autoptr (WbStationProfile) profile = NULL;

  if (self->filling || selected >= g_strv_length ((char **) resolutions))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_profile_ensure_route (profile, WB_STATION_DOCUMENT_LABEL)->dpi = (guint) g_ascii_strtoull (resolutions[selected], NULL, 10);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* The first choice leaves it to the printer; one behind the last is what is set and has no file here. */
static void
roll_cb (WbStationSettings *self)
{
  guint selected = adw_combo_row_get_selected (self->roll);
  g_autoptr (WbStationProfile) profile = NULL;
  g_autofree char *media = NULL;

  if (self->filling || selected > self->rolls->len)
    return;
  if (selected > 0)
    media = wb_label_media_to_string (&((const WbRollModel *) g_ptr_array_index (self->rolls, selected - 1))->media);
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_device_set_text (&wb_station_profile_ensure_route (profile, WB_STATION_DOCUMENT_LABEL)->media, media != NULL ? media : "");
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
sounds_cb (WbStationSettings *self)
{
  g_autoptr (WbStationProfile) profile = NULL;

  if (self->filling)
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_profile_set_sounds (profile, gtk_switch_get_active (self->sounds));
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* ── Printers ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
is_same_list (GListModel *model, GtkStringList *other)
{
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  if (n != g_list_model_get_n_items (G_LIST_MODEL (other)))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), gtk_string_list_get_string (other, i)))
      return FALSE;
  return TRUE;
}

/* What stands before the printers: where its relative goes, for what has no printer of its own; no printer at all. */
static guint
count_first (const Route *route)
{
  return route->as_relative != NULL ? 2 : 1;
}

static const WbPrinterPlace *
get_place (WbStationSettings *self, const Route *route, guint selected)
{
  guint first = count_first (route);

  return selected >= first && selected - first < self->places->len ? g_ptr_array_index (self->places, selected - first) : NULL;
}

static void
set_choices (WbStationSettings *self, AdwComboRow *row, GtkStringList *model, guint selected)
{
  self->filling = TRUE;
  if (!is_same_list (adw_combo_row_get_model (row), model))
    adw_combo_row_set_model (row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (row, selected);
  self->filling = FALSE;
}

/* One that is set and not there now stays a choice, or looking would change it. */
static void
fill_printers (WbStationSettings *self, const Route *route)
{
  const WbStationRoute *said = wb_station_profile_find_route (wb_profile_keeper_get_profile (self->keeper), route->document);
  const char *chosen = said != NULL ? said->printer : "";
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint first = count_first (route);
  guint selected = said != NULL ? first - 1 : 0;

  if (route->as_relative != NULL)
    gtk_string_list_append (model, route->as_relative);
  gtk_string_list_append (model, _ ("None: PDF files"));
  for (guint i = 0; i < self->places->len; i++)
    {
      const WbPrinterPlace *place = g_ptr_array_index (self->places, i);

      gtk_string_list_append (model, place->title);
      if (g_str_equal (place->printer, chosen))
        selected = first + i;
    }
  if (*chosen != '\0' && selected < first)
    {
      gtk_string_list_append (model, chosen);
      selected = self->places->len + first;
    }
  set_choices (self, route->printer, model, selected);
}

/* "tray-1", as printers say it, is "Tray 1" to people. */
static char *
make_tray_title (const char *tray)
{
  char *title = g_strdup (tray);

  if (g_str_equal (tray, "manual"))
    {
      g_free (title);
      return g_strdup (_ ("By hand"));
    }
  g_strdelimit (title, "-_", ' ');
  *title = g_ascii_toupper (*title);
  return title;
}

static char **
list_trays (const WbPrinterPlace *place, const char *chosen)
{
  g_autoptr (GStrvBuilder) trays = g_strv_builder_new ();
  gboolean is_there = *chosen == '\0';

  for (guint i = 0; place != NULL && place->trays != NULL && place->trays[i] != NULL; i++)
    {
      /* what the first choice says already */
      if (g_str_equal (place->trays[i], "auto"))
        continue;
      g_strv_builder_add (trays, place->trays[i]);
      is_there = is_there || g_str_equal (place->trays[i], chosen);
    }
  if (!is_there)
    g_strv_builder_add (trays, chosen);
  return g_strv_builder_end (trays);
}

/* Printers with one tray have no choice. */
static void
fill_trays (WbStationSettings *self, Route *route)
{
  const WbStationRoute *said = wb_station_profile_find_route (wb_profile_keeper_get_profile (self->keeper), route->document);
  const WbPrinterPlace *place = said != NULL ? wb_printer_places_find (self->places, said->printer) : NULL;
  const char *chosen = said != NULL ? said->tray : "";
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  g_strfreev (route->trays);
  route->trays = list_trays (place, chosen);
  gtk_string_list_append (model, _ ("As the printer likes"));
  for (guint i = 0; route->trays[i] != NULL; i++)
    {
      g_autofree char *title = make_tray_title (route->trays[i]);

      gtk_string_list_append (model, title);
      if (g_str_equal (route->trays[i], chosen))
        selected = i + 1;
    }
  set_choices (self, route->tray, model, selected);
  gtk_widget_set_visible (GTK_WIDGET (route->tray), g_strv_length (route->trays) > (*chosen == '\0' ? 1 : 0));
}

static Route *
find_row (WbStationSettings *self, AdwComboRow *row)
{
  for (guint i = 0; i < N_ROUTES; i++)
    if (self->routes[i].printer == row || self->routes[i].tray == row)
      return &self->routes[i];
  return NULL;
}

/* Trays are the printer's own, and so is what it is told in, where anybody says what that is. */
static void
set_printer (WbStationRoute *said, const WbPrinterPlace *place)
{
  WbPrintKind kind = WB_PRINT_PAPER;

  wb_station_device_set_text (&said->printer, place != NULL ? place->printer : "");
  wb_station_device_set_text (&said->tray, "");
  if (place == NULL || !wb_print_kind_from_word (said->document, &kind) || !wb_print_kind_is_label (kind))
    return;
  if (place->knows_language)
    wb_station_device_set_text (&said->language, place->language);
  if (place->dpi > 0)
    said->dpi = place->dpi;
}

static void
printer_cb (AdwComboRow *row, GParamSpec *pspec, WbStationSettings *self)
{
  const Route *route = find_row (self, row);
  guint selected = adw_combo_row_get_selected (row);
  const WbPrinterPlace *place = get_place (self, route, selected);
  g_autoptr (WbStationProfile) profile = NULL;

  /* what stands behind the last one is what is set and not there */
  if (self->filling || (place == NULL && selected >= count_first (route)))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  if (route->as_relative != NULL && selected == 0)
    wb_station_profile_remove_route (profile, route->document);
  else
    set_printer (wb_station_profile_ensure_route (profile, route->document), place);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
tray_cb (AdwComboRow *row, GParamSpec *pspec, WbStationSettings *self)
{
  const Route *route = find_row (self, row);
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (WbStationProfile) profile = NULL;

  if (self->filling || selected > g_strv_length (route->trays))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_device_set_text (&wb_station_profile_ensure_route (profile, route->document)->tray, selected > 0 ? route->trays[selected - 1] : "");
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* What lies in it matters where a printer is told so: not where its driver knows, and not on paper without end. */
static void
fill_rolls (WbStationSettings *self, const WbStationRoute *label)
{
  const char *chosen = label != NULL ? label->media : "";
  const char *language = label != NULL && *label->language != '\0' ? label->language : formats[0];
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (model, _ ("As the printer is set"));
  for (guint i = 0; i < self->rolls->len; i++)
    {
      const WbRollModel *roll = g_ptr_array_index (self->rolls, i);
      g_autofree char *media = wb_label_media_to_string (&roll->media);

      gtk_string_list_append (model, roll->name);
      if (g_str_equal (media, chosen))
        selected = i + 1;
    }
  if (*chosen != '\0' && selected == 0)
    {
      gtk_string_list_append (model, chosen);
      selected = self->rolls->len + 1;
    }
  set_choices (self, self->roll, model, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->roll), g_strcmp0 (language, "pdf") != 0 && g_strcmp0 (language, "escpos") != 0);
}

static void
show (WbStationSettings *self)
{
  const WbStationProfile *profile = wb_profile_keeper_get_profile (self->keeper);
  const WbStationRoute *label = wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_LABEL);
  g_autofree char *dpi = g_strdup_printf ("%u", label != NULL ? label->dpi : 0);
  gboolean is_known = wb_profile_keeper_is_known (self->keeper);
  GtkWidget *rows[] = { GTK_WIDGET (self->format), GTK_WIDGET (self->resolution), GTK_WIDGET (self->roll), GTK_WIDGET (self->sounds) };

  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = wb_printer_places_list (self->rig);
  adw_preferences_group_set_description (self->labels, self->places->len > 0 ? NULL
                                                       : _ ("No printer yet: set one up in the system's settings, or name one on the network under Devices."));
  for (guint i = 0; i < N_ROUTES; i++)
    {
      fill_printers (self, &self->routes[i]);
      fill_trays (self, &self->routes[i]);
      gtk_widget_set_sensitive (GTK_WIDGET (self->routes[i].printer), is_known);
      gtk_widget_set_sensitive (GTK_WIDGET (self->routes[i].tray), is_known);
    }
  fill_rolls (self, label);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->format, find_choice (formats, label != NULL ? label->language : NULL));
  adw_combo_row_set_selected (self->resolution, find_choice (resolutions, dpi));
  gtk_switch_set_active (self->sounds, wb_station_profile_get_sounds (profile));
  self->filling = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_sensitive (rows[i], is_known);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_station_settings_dispose (GObject *object)
{
  WbStationSettings *self = WB_STATION_SETTINGS (object);

  if (self->devices != NULL)
    wb_bench_devices_set_paused (self->devices, FALSE);
  g_clear_object (&self->devices);
  g_clear_object (&self->keeper);
  g_clear_object (&self->rig);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->rolls, g_ptr_array_unref);
  for (guint i = 0; i < N_ROUTES; i++)
    g_clear_pointer (&self->routes[i].trays, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_STATION_SETTINGS);
  G_OBJECT_CLASS (wb_station_settings_parent_class)->dispose (object);
}

static void
wb_station_settings_class_init (WbStationSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_station_settings_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-station-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, printers);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, labels);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, papers);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, format);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, resolution);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, roll);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, sounds);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_route (WbStationSettings *self, guint i, AdwPreferencesGroup *group, const char *document, const char *title,
           const char *as_relative)
{
  Route *route = &self->routes[i];

  *route = (Route){ document, as_relative, ADW_COMBO_ROW (adw_combo_row_new ()), ADW_COMBO_ROW (adw_combo_row_new ()), NULL };
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (route->printer), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (route->tray), _ ("Tray"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (route->tray), title);
  adw_preferences_group_add (group, GTK_WIDGET (route->printer));
  adw_preferences_group_add (group, GTK_WIDGET (route->tray));
}

static void
wb_station_settings_init (WbStationSettings *self)
{
  GtkWidget *after[] = { NULL, NULL, NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  /* a group can only append: the printer comes before what it is told in */
  after[0] = g_object_ref (GTK_WIDGET (self->format));
  after[1] = g_object_ref (GTK_WIDGET (self->resolution));
  after[2] = g_object_ref (GTK_WIDGET (self->roll));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    adw_preferences_group_remove (self->labels, after[i]);
  add_route (self, 0, self->labels, WB_STATION_DOCUMENT_LABEL, _ ("Label printer"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      adw_preferences_group_add (self->labels, after[i]);
      g_object_unref (after[i]);
    }
  add_route (self, 1, self->labels, WB_STATION_DOCUMENT_STICKER, _ ("Other labels"), _ ("As the label printer"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->routes[1].printer), _ ("Products, shelves …"));
  add_route (self, 2, self->papers, WB_STATION_DOCUMENT_PAPER, _ ("Office printer"), NULL);
  add_route (self, 3, self->papers, WB_STATION_DOCUMENT_PICK_LIST, _ ("Pick lists"), _ ("As other papers"));
  add_route (self, 4, self->papers, WB_STATION_DOCUMENT_PACKING_SLIP, _ ("Packing slips"), _ ("As other papers"));
  add_route (self, 5, self->papers, WB_STATION_DOCUMENT_COMMAND_SHEET, _ ("Command barcodes"), _ ("As other papers"));
}

WbStationSettings *
wb_station_settings_new (GtkWindow *parent, WbProfileKeeper *keeper, WbDeviceRig *rig, WbBenchDevices *devices)
{
  WbStationSettings *self = NULL;
  g_autoptr (AdwPreferencesPage) printers = NULL;
  GtkWidget *page = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && WB_IS_PROFILE_KEEPER (keeper) && WB_IS_DEVICE_RIG (rig), NULL);

  self = g_object_new (WB_TYPE_STATION_SETTINGS, "transient-for", parent, NULL);
  self->keeper = g_object_ref (keeper);
  self->rig = g_object_ref (rig);
  self->rolls = wb_roll_models_new (NULL); /* may block: small files */
  if (devices != NULL)
    {
      self->devices = g_object_ref (devices);
      wb_bench_devices_set_paused (devices, TRUE);
    }
  page = wb_devices_page_new (rig, keeper, FALSE);
  /* devices come first */
  printers = g_object_ref (self->printers);
  adw_preferences_window_remove (ADW_PREFERENCES_WINDOW (self), printers);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), printers);
  show (self);
  for (guint i = 0; i < N_ROUTES; i++)
    {
      g_signal_connect_object (self->routes[i].printer, "notify::selected", G_CALLBACK (printer_cb), self, 0);
      g_signal_connect_object (self->routes[i].tray, "notify::selected", G_CALLBACK (tray_cb), self, 0);
    }
  wb_profile_undo_attach (ADW_PREFERENCES_WINDOW (self), keeper);
  g_signal_connect_object (self->format, "notify::selected", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->resolution, "notify::selected", G_CALLBACK (resolution_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->roll, "notify::selected", G_CALLBACK (roll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sounds, "notify::active", G_CALLBACK (sounds_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_device_rig_get_hub (rig), "items-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return self;
}
