/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "devices/wb-printer-place.h"

/* In routes a queue goes by its bare name. */
#define QUEUE_PREFIX "cups:"

static void
place_free (gpointer data)
{
  WbPrinterPlace *place = data;

  g_free (place->printer);
  g_free (place->title);
  g_free (place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(WbPrinterPlace *const *) a)->title, (*(WbPrinterPlace *const *) b)->title);
}

GPtrArray *
wb_printer_places_list (WbDeviceRig *rig)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);
  GListModel *devices = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (rig), places);

  devices = G_LIST_MODEL (wb_device_rig_get_hub (rig));
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (WbDevice) device = g_list_model_get_item (devices, i);
      const char *id = wb_device_get_id (device);
      WbPrinterPlace *place = NULL;

      if (wb_device_get_kind (device) != WB_DEVICE_KIND_PRINTER)
        continue;
      place = g_new0 (WbPrinterPlace, 1);
      place->printer = g_strdup (g_str_has_prefix (id, QUEUE_PREFIX) ? id + strlen (QUEUE_PREFIX) : id);
      place->title = g_strdup (wb_device_rig_get_name (rig, device));
      g_ptr_array_add (places, place);
    }
  g_ptr_array_sort (places, compare_places);
  return places;
}
