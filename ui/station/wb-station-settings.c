/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-place.h"
#include "ui/station/wb-station-settings.h"
#include "ui/wb-devices-page.h"

struct _WbStationSettings
{
  AdwPreferencesWindow parent_instance;

  gboolean filling;

  /* Template widgets */
  AdwPreferencesPage *printers;
  AdwPreferencesGroup *labels;
  AdwComboRow *printer;
  AdwComboRow *format;
  AdwComboRow *resolution;
  AdwComboRow *paper;
  GtkSwitch *sounds;

  /* Owned references */
  WbProfileKeeper *keeper;
  WbDeviceRig *rig;
  WbBenchDevices *devices;
  GPtrArray *places; /* WbPrinterPlace, as in the rows behind the first choice */
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

static const char *
get_printer (WbStationSettings *self, AdwComboRow *row)
{
  const WbStationProfile *profile = wb_profile_keeper_get_profile (self->keeper);
  const WbStationRoute *route = wb_station_profile_get_route (
      profile, row == self->printer ? WB_STATION_DOCUMENT_LABEL : WB_STATION_DOCUMENT_PAPER);

  return route != NULL ? route->printer : "";
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

static const WbPrinterPlace *
get_place (WbStationSettings *self, guint selected)
{
  return selected >= 1 && selected <= self->places->len ? g_ptr_array_index (self->places, selected - 1) : NULL;
}

/* The first choice is no printer at all. One that is set and not there now stays a choice, or looking would change it. */
static void
fill (WbStationSettings *self, AdwComboRow *row)
{
  const char *chosen = get_printer (self, row);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (model, _ ("None: PDF files"));
  for (guint i = 1; i <= self->places->len; i++)
    {
      const WbPrinterPlace *place = get_place (self, i);

      gtk_string_list_append (model, place->title);
      if (g_str_equal (place->printer, chosen))
        selected = i;
    }
  if (*chosen != '\0' && selected == 0)
    {
      gtk_string_list_append (model, chosen);
      selected = self->places->len + 1;
    }
  self->filling = TRUE;
  if (!is_same_list (adw_combo_row_get_model (row), model))
    adw_combo_row_set_model (row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (row, selected);
  self->filling = FALSE;
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, WbStationSettings *self)
{
  guint selected = adw_combo_row_get_selected (row);
  const WbPrinterPlace *place = get_place (self, selected);
  const char *document = row == self->printer ? WB_STATION_DOCUMENT_LABEL : WB_STATION_DOCUMENT_PAPER;
  g_autoptr (WbStationProfile) profile = NULL;

  /* what stands behind the last one is what is set and not there */
  if (self->filling || (place == NULL && selected != 0))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  wb_station_device_set_text (&wb_station_profile_ensure_route (profile, document)->printer, place != NULL ? place->printer : "");
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
show (WbStationSettings *self)
{
  const WbStationProfile *profile = wb_profile_keeper_get_profile (self->keeper);
  const WbStationRoute *label = wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_LABEL);
  g_autofree char *dpi = g_strdup_printf ("%u", label != NULL ? label->dpi : 0);
  gboolean is_known = wb_profile_keeper_is_known (self->keeper);
  GtkWidget *rows[] = { GTK_WIDGET (self->printer), GTK_WIDGET (self->format), GTK_WIDGET (self->resolution), GTK_WIDGET (self->paper),
                        GTK_WIDGET (self->sounds) };

  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = wb_printer_places_list (self->rig);
  adw_preferences_group_set_description (self->labels, self->places->len > 0 ? NULL
                                                       : _ ("No printer yet: set one up in the system's settings, or name one on the network under Devices."));
  fill (self, self->printer);
  fill (self, self->paper);
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
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, printer);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, format);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, resolution);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, paper);
  gtk_widget_class_bind_template_child (widget_class, WbStationSettings, sounds);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_station_settings_init (WbStationSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_signal_connect_object (self->printer, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->format, "notify::selected", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->resolution, "notify::selected", G_CALLBACK (resolution_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sounds, "notify::active", G_CALLBACK (sounds_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_device_rig_get_hub (rig), "items-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return self;
}
