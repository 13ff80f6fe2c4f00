/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include "ui/wb-ui.h"

#include "wb-ui-resources.h"

/**
 * wb_ui_register_resources:
 *
 * Makes the resources of this library known: a static library's constructor would be dropped by
 * the linker. Before GApplication::startup chains up, because that looks for the style sheet.
 * Safe to call again.
 */
void
wb_ui_register_resources (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      wb_ui_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

/* GTK 4.8 gives a button with a mnemonic its label twice, once with the underline: "_Open Open". What the label inside
 * says is enough. */
static gboolean
button_mapped_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  gpointer widget = g_value_get_object (&values[0]);

  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (widget) && gtk_button_get_label (widget) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  return TRUE;
}

/**
 * wb_ui_init:
 *
 * Everything before the first widget: resources, libadwaita, our icons in the theme of the default
 * display. Safe to call again. Main thread, after gtk_init() or in GApplication::startup.
 */
void
wb_ui_init (void)
{
  GdkDisplay *display = NULL;

  wb_ui_register_resources ();
  adw_init ();
  /* To look at the other way round without a locale that is written so. */
  if (g_strcmp0 (g_getenv ("WAYBILL_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  display = gdk_display_get_default ();
  if (display != NULL && g_object_get_data (G_OBJECT (display), "wb-icons") == NULL)
    {
      gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                        "/org/waybill/Waybill/icons");
      g_object_set_data (G_OBJECT (display), "wb-icons", (gpointer) "there");
      g_type_class_unref (g_type_class_ref (GTK_TYPE_BUTTON));
      g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, button_mapped_cb, NULL, NULL);
    }
}

static gboolean
has_graphics_card (const char *folder)
{
  g_autofree char *cards = g_build_filename (folder, "dri", NULL);
  g_autofree char *nvidia = g_build_filename (folder, "nvidia0", NULL);
  g_autoptr (GDir) dir = g_dir_open (cards, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return g_file_test (nvidia, G_FILE_TEST_EXISTS);
}

/**
 * wb_ui_choose_renderer:
 * @folder: where the system shows its devices: "/dev"
 *
 * For programs that have to answer at once. Where there is no graphics card, GTK would have OpenGL computed by the processor, which takes
 * many times as long for a frame as Cairo does; so Cairo it is. What GSK_RENDERER says already stays. First thing in main(), while there
 * is one thread.
 */
void
wb_ui_choose_renderer (const char *folder)
{
  g_return_if_fail (folder != NULL);

  if (!has_graphics_card (folder))
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
}

/**
 * wb_ui_get_build_dir:
 *
 * Returns: (transfer full) (nullable): the build directory when the running program lies in it,
 *   so that schemas and translations are found without an installation; NULL when installed
 */
char *
wb_ui_get_build_dir (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);

  if (exe == NULL || !g_str_has_prefix (exe, WB_BUILD_DIR "/"))
    return NULL;
  return g_strdup (WB_BUILD_DIR);
}

/**
 * wb_ui_settings_new:
 *
 * The settings of the desktop program, from the installed schema or from the build directory.
 *
 * Returns: (transfer full) (nullable): NULL when the schema is nowhere to be found, which is a
 *   broken installation; callers then live with their defaults
 */
GSettings *
wb_ui_settings_new (void)
{
  g_autofree char *build = wb_ui_get_build_dir ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *fallback = g_settings_schema_source_get_default ();

  if (build != NULL)
    {
      g_autofree char *dir = g_build_filename (build, "data", NULL);
      g_autoptr (GError) error = NULL;

      source = g_settings_schema_source_new_from_directory (dir, fallback, TRUE, &error);
      if (source == NULL)
        g_debug ("no compiled schemas in %s: %s", dir, error->message);
    }
  if (source == NULL && fallback != NULL)
    source = g_settings_schema_source_ref (fallback);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WB_APP_ID, TRUE);
  if (schema == NULL)
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}
