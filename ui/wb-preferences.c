/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-devices-page.h"
#include "ui/wb-preferences.h"
#include "ui/wb-profile-undo.h"
#include "ui/wb-shop-page.h"

struct _WbPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  AdwComboRow *scheme;
  AdwComboRow *density;
  GtkSpinButton *text_scale;
  GtkSwitch *relative_times;
  GtkSwitch *quick_look;

  /* Owned references */
  GSettings *settings;
  WbDeviceRig *rig;
};

G_DEFINE_FINAL_TYPE (WbPreferences, wb_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const schemes[] = { "system", "light", "dark", NULL };
static const char *const densities[] = { "comfortable", "compact", NULL };

static gboolean
get_choice_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *names = user_data;
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
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

  if (selected >= g_strv_length ((char **) names))
    return NULL;
  return g_variant_new_string (names[selected]);
}

static gboolean
get_percent_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_double (variant) * 100.0);
  return TRUE;
}

static GVariant *
set_percent_cb (const GValue *value, const GVariantType *expected_type, gpointer user_data)
{
  return g_variant_new_double (g_value_get_double (value) / 100.0);
}

static void
reset_columns_clicked_cb (WbPreferences *self)
{
  g_settings_reset (self->settings, "tables");
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    adw_toast_new (_ ("All lists show their first columns again")));
}

static void
wb_preferences_dispose (GObject *object)
{
  WbPreferences *self = WB_PREFERENCES (object);

  g_clear_object (&self->settings);
  if (self->rig != NULL)
    wb_device_hub_stop (wb_device_rig_get_hub (self->rig));
  g_clear_object (&self->rig);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PREFERENCES);

  G_OBJECT_CLASS (wb_preferences_parent_class)->dispose (object);
}

static void
wb_preferences_class_init (WbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, scheme);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, density);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, text_scale);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, relative_times);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, quick_look);
  gtk_widget_class_bind_template_callback (widget_class, reset_columns_clicked_cb);
}

static void
wb_preferences_init (WbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_preferences_new:
 * @parent: (nullable): the window it belongs to
 * @settings: the program's settings
 *
 * Returns: (transfer none): the window, owned by GTK until it is closed
 */
GtkWidget *
wb_preferences_new (GtkWindow *parent, GSettings *settings)
{
  WbPreferences *self = g_object_new (WB_TYPE_PREFERENCES, "transient-for", parent, "modal",
                                      parent != NULL, NULL);

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self->settings = g_object_ref (settings);
  g_settings_bind_with_mapping (settings, "color-scheme", self->scheme, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_choice_cb, set_choice_cb,
                                (gpointer) schemes, NULL);
  g_settings_bind_with_mapping (settings, "density", self->density, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_choice_cb, set_choice_cb,
                                (gpointer) densities, NULL);
  g_settings_bind_with_mapping (settings, "text-scale", self->text_scale, "value",
                                G_SETTINGS_BIND_DEFAULT, get_percent_cb, set_percent_cb, NULL, NULL);
  g_settings_bind (settings, "relative-times", self->relative_times, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quick-look", self->quick_look, "active", G_SETTINGS_BIND_DEFAULT);

  return GTK_WIDGET (self);
}

void
wb_preferences_add_devices (WbPreferences *self, WbDb *db)
{
  g_autoptr (WbProfileKeeper) keeper = NULL;
  GtkWidget *page = NULL;

  g_return_if_fail (WB_IS_PREFERENCES (self) && WB_IS_DB (db) && self->rig == NULL);

  self->rig = wb_device_rig_new ();
  wb_device_hub_start (wb_device_rig_get_hub (self->rig));
  keeper = wb_profile_keeper_new (db, NULL);
  page = wb_devices_page_new (self->rig, keeper, TRUE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  wb_profile_undo_attach (ADW_PREFERENCES_WINDOW (self), keeper);
}

void
wb_preferences_add_shop (WbPreferences *self, WbDb *db)
{
  g_return_if_fail (WB_IS_PREFERENCES (self) && WB_IS_DB (db));

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (wb_shop_page_new (db)));
}
