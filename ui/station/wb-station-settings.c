/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-cups.h"
#include "ui/station/wb-station-settings.h"
#include "ui/station/wb-station-ui.h"

struct _WbStationSettings
{
  AdwPreferencesWindow parent_instance;

  gboolean filling;

  /* Template widgets */
  AdwPreferencesGroup *labels;
  AdwComboRow *printer;
  AdwComboRow *format;
  AdwComboRow *resolution;
  AdwComboRow *paper;
  GtkSwitch *sounds;

  /* Owned references */
  GSettings *settings;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbStationSettings, wb_station_settings, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const formats[] = { "zpl", "pdf", NULL };
static const char *const resolutions[] = { "203", "300", "600", NULL };

static gboolean
get_choice_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *names = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
set_choice_cb (const GValue *value, const GVariantType *expected_type, gpointer user_data)
{
  const char *const *names = user_data;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((char **) names) ? g_variant_new_string (names[selected]) : NULL;
}

static void
bind_choice (WbStationSettings *self, const char *key, AdwComboRow *row, const char *const *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, get_choice_cb,
                                set_choice_cb, (gpointer) names, NULL);
}

/* ── Queues ──────────────────────────────────────────────────────────────────────────────────── */

static const char *
key_of (WbStationSettings *self, AdwComboRow *row)
{
  return row == self->printer ? "printer" : "paper-printer";
}

/* The first choice is no printer at all. One that is set and not there any more stays a choice, or looking would change it. */
static void
fill (WbStationSettings *self, AdwComboRow *row, const char *const *queues)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, key_of (self, row));
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;
  gboolean found = FALSE;

  gtk_string_list_append (model, _ ("None: keep them as PDF files"));
  for (guint i = 0; queues != NULL && queues[i] != NULL; i++)
    {
      gtk_string_list_append (model, queues[i]);
      if (g_str_equal (queues[i], chosen))
        {
          selected = i + 1;
          found = TRUE;
        }
    }
  if (*chosen != '\0' && !found)
    {
      gtk_string_list_append (model, chosen);
      selected = g_list_model_get_n_items (G_LIST_MODEL (model)) - 1;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (row, selected);
  self->filling = FALSE;
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, WbStationSettings *self)
{
  guint selected = adw_combo_row_get_selected (row);
  GtkStringObject *item = adw_combo_row_get_selected_item (row);

  if (self->filling || item == NULL)
    return;
  g_settings_set_string (self->settings, key_of (self, row), selected == 0 ? "" : gtk_string_object_get_string (item));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStationSettings) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) queues = wb_printer_cups_list_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      words = wb_station_ui_make_sentence (error->message);
      adw_preferences_group_set_description (self->labels, words);
      return;
    }
  if (queues[0] == NULL)
    adw_preferences_group_set_description (self->labels,
                                           _ ("No printer is set up on this machine yet: do that in the system's settings."));
  fill (self, self->printer, (const char *const *) queues);
  fill (self, self->paper, (const char *const *) queues);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_station_settings_dispose (GObject *object)
{
  WbStationSettings *self = WB_STATION_SETTINGS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_STATION_SETTINGS);
  G_OBJECT_CLASS (wb_station_settings_parent_class)->dispose (object);
}

static void
wb_station_settings_class_init (WbStationSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_station_settings_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-station-settings.ui");
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
  self->cancellable = g_cancellable_new ();
}

WbStationSettings *
wb_station_settings_new (GtkWindow *parent, GSettings *settings)
{
  WbStationSettings *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && G_IS_SETTINGS (settings), NULL);

  self = g_object_new (WB_TYPE_STATION_SETTINGS, "transient-for", parent, NULL);
  self->settings = g_object_ref (settings);
  bind_choice (self, "printer-format", self->format, formats);
  bind_choice (self, "printer-resolution", self->resolution, resolutions);
  g_settings_bind (settings, "sounds", self->sounds, "active", G_SETTINGS_BIND_DEFAULT);
  fill (self, self->printer, NULL);
  fill (self, self->paper, NULL);
  g_signal_connect_object (self->printer, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  wb_printer_cups_list_async (NULL, self->cancellable, listed_cb, g_object_ref (self));
  return self;
}
