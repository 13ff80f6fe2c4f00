/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <string.h>

#include "ui/station/wb-station-ui.h"
#include "ui/wb-ui.h"

#include "wb-station-resources.h"

/**
 * wb_station_ui_register_resources:
 *
 * Makes the resources of the bench known, before GApplication::startup chains up. Safe to call again.
 */
void
wb_station_ui_register_resources (void)
{
  static gsize done = 0;

  wb_ui_register_resources ();
  if (g_once_init_enter (&done))
    {
      wb_station_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

/**
 * wb_station_ui_settings_new:
 *
 * The settings of the bench, from the installed schema or from the build directory.
 *
 * Returns: (transfer full) (nullable): NULL when the schema is nowhere to be found
 */
GSettings *
wb_station_ui_settings_new (void)
{
  g_autofree char *build = wb_ui_get_build_dir ();
  g_autofree char *dir = build != NULL ? g_build_filename (build, "data", NULL) : NULL;
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (dir != NULL)
    source = g_settings_schema_source_new_from_directory (dir, usual, TRUE, NULL);
  if (source == NULL && usual != NULL)
    source = g_settings_schema_source_ref (usual);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WB_STATION_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
