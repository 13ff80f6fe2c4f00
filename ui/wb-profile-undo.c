/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-profile-undo.h"

#define TOAST "wb-profile-toast"
#define TOAST_S 8

/* Kept by the window; the toast only while it is shown. */
static void
set_toast (AdwPreferencesWindow *window, AdwToast *toast)
{
  g_object_set_data_full (G_OBJECT (window), TOAST, toast != NULL ? g_object_ref (toast) : NULL, g_object_unref);
}

static void
dismissed_cb (AdwToast *toast, AdwPreferencesWindow *window)
{
  if (g_object_get_data (G_OBJECT (window), TOAST) == toast)
    set_toast (window, NULL);
}

/* The newest takes the place of the one before: it is what can be taken back. */
static void
edited_cb (WbProfileKeeper *keeper, AdwPreferencesWindow *window)
{
  AdwToast *before = g_object_get_data (G_OBJECT (window), TOAST);
  AdwToast *toast = adw_toast_new (_ ("The station’s settings are changed"));

  if (before != NULL)
    adw_toast_dismiss (before);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "profile.undo");
  adw_toast_set_timeout (toast, TOAST_S);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), window, 0);
  set_toast (window, toast);
  adw_preferences_window_add_toast (window, toast);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wb_profile_keeper_undo (user_data);
}

void
wb_profile_undo_attach (AdwPreferencesWindow *window, WbProfileKeeper *keeper)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) undo = g_simple_action_new ("undo", NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_return_if_fail (ADW_IS_PREFERENCES_WINDOW (window) && WB_IS_PROFILE_KEEPER (keeper));

  g_signal_connect_object (undo, "activate", G_CALLBACK (undo_cb), keeper, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (undo));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "profile", G_ACTION_GROUP (group));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("profile.undo")));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  g_signal_connect_object (keeper, "edited", G_CALLBACK (edited_cb), window, 0);
}
