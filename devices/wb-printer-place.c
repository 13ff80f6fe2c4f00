/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "devices/wb-printer-device.h"
#include "devices/wb-printer-place.h"

/* In routes a queue goes by its bare name. */
#define QUEUE_PREFIX "cups:"

#define PDF "pdf"

static void
place_free (gpointer data)
{
  WbPrinterPlace *place = data;

  g_free (place->printer);
  g_free (place->title);
  g_free (place->language);
  g_strfreev (place->trays);
  g_free (place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(WbPrinterPlace *const *) a)->title, (*(WbPrinterPlace *const *) b)->title);
}

static const char *
skip_prefix (const char *printer)
{
  return g_str_has_prefix (printer, QUEUE_PREFIX) ? printer + strlen (QUEUE_PREFIX) : printer;
}

/* What the station says of a printer where it sends documents there. */
static const WbStationRoute *
find_route (WbDeviceRig *rig, const char *printer)
{
  const WbStationProfile *profile = wb_device_rig_get_profile (rig);

  for (int i = 0; i < WB_PRINT_N_KINDS; i++)
    {
      const WbStationRoute *route = wb_station_profile_find_route (profile, wb_print_kind_get_word ((WbPrintKind) i));

      if (route != NULL && g_str_equal (skip_prefix (route->printer), printer) && wb_print_language_is_known (route->language))
        return route;
    }
  return NULL;
}

static void
describe (WbPrinterPlace *place, WbDeviceRig *rig, WbDevice *device)
{
  const WbPrinterInfo *info = wb_printer_device_get_info (WB_PRINTER_DEVICE (device));
  const char *option = wb_device_get_option (device, "language");
  const WbStationRoute *route = find_route (rig, place->printer);
  gboolean has_driver = info != NULL && !info->is_raw;

  if (wb_print_language_is_known (option))
    place->language = g_strdup (option);
  else if (route != NULL)
    place->language = g_strdup (route->language);
  else
    place->language = g_strdup (has_driver ? PDF : "zpl");
  place->knows_language = wb_print_language_is_known (option) || route != NULL || has_driver;
  place->takes_pdf = has_driver || g_str_equal (place->language, PDF);
  place->trays = info != NULL ? g_strdupv (info->trays) : NULL;
  if (route != NULL && route->dpi > 0)
    place->dpi = route->dpi;
  else if (info != NULL && info->dpi > 0)
    place->dpi = info->dpi;
  else
    place->dpi = (guint) g_ascii_strtoull (wb_device_get_option (device, "resolution"), NULL, 10);
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
      place->printer = g_strdup (skip_prefix (id));
      place->title = g_strdup (wb_device_rig_get_name (rig, device));
      describe (place, rig, device);
      g_ptr_array_add (places, place);
    }
  g_ptr_array_sort (places, compare_places);
  return places;
}

const WbPrinterPlace *
wb_printer_places_find (GPtrArray *places, const char *printer)
{
  g_return_val_if_fail (places != NULL && printer != NULL, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const WbPrinterPlace *place = g_ptr_array_index (places, i);

      if (g_str_equal (place->printer, skip_prefix (printer)))
        return place;
    }
  return NULL;
}

WbPrintRoute *
wb_printer_place_make_route (const WbPrinterPlace *self, WbPrintKind kind, const char *language)
{
  gboolean is_label = wb_print_kind_is_label (kind);
  gboolean wants_pdf = language != NULL ? g_str_equal (language, PDF) : !is_label;

  g_return_val_if_fail (self != NULL, NULL);

  return wb_print_route_new (self->printer, NULL, wants_pdf && self->takes_pdf ? PDF : self->language, self->dpi);
}
