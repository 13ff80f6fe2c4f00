/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-printer-place.h"
#include "ui/wb-print-choice.h"

#define SOCKET "socket:"

static void
choice_free (gpointer data)
{
  WbPrintChoice *choice = data;

  g_free (choice->title);
  g_free (choice->station);
  wb_print_route_free (choice->route);
  g_free (choice);
}

static void
add (GPtrArray *choices, const char *title, const char *station, WbPrintRoute *route)
{
  WbPrintChoice *choice = g_new0 (WbPrintChoice, 1);

  choice->title = g_strdup (title);
  choice->station = g_strdup (station);
  choice->route = route;
  g_ptr_array_add (choices, choice);
}

/* A station's printer, when it can be reached from here. */
static void
add_station (GPtrArray *choices, GPtrArray *places, const WbStation *station, WbPrintKind kind)
{
  const WbStationRoute *said = wb_station_profile_get_route (station->profile, wb_print_kind_get_word (kind));
  const WbPrinterPlace *place = said != NULL ? wb_printer_places_find (places, said->printer) : NULL;
  g_autoptr (WbPrintRoute) route = NULL;
  g_autofree char *title = NULL;
  const char *name = NULL;

  if (said == NULL || *said->printer == '\0' || (place == NULL && !g_str_has_prefix (said->printer, SOCKET)))
    return;
  route = wb_print_route_new (said->printer, said->tray, said->language, said->dpi);
  wb_print_route_set_media (route, said->media);
  if (!wb_print_kind_is_label (kind) && !g_str_equal (wb_print_route_get_language (route, kind), "pdf"))
    return;
  name = place != NULL ? place->title : said->printer + strlen (SOCKET);
  /* Translators: a station and the printer that it prints on */
  title = g_strdup_printf (_ ("%s: %s"), station->name, name);
  add (choices, title, station->code, g_steal_pointer (&route));
}

/* What a station says of a printer that this machine has, too: the language of a queue that takes any bytes is known nowhere else. */
static const WbStationRoute *
find_said (GPtrArray *stations, GPtrArray *places, const WbPrinterPlace *place)
{
  for (guint i = 0; stations != NULL && i < stations->len; i++)
    for (int kind = 0; kind < WB_PRINT_N_KINDS; kind++)
      {
        const WbStation *station = g_ptr_array_index (stations, i);
        const WbStationRoute *said = wb_station_profile_find_route (station->profile, wb_print_kind_get_word ((WbPrintKind) kind));

        if (said != NULL && wb_print_language_is_known (said->language) && wb_printer_places_find (places, said->printer) == place)
          return said;
      }
  return NULL;
}

static gboolean
has_printer (GPtrArray *choices, GPtrArray *places, const WbPrinterPlace *place)
{
  for (guint i = 0; i < choices->len; i++)
    if (wb_printer_places_find (places, ((const WbPrintChoice *) g_ptr_array_index (choices, i))->route->printer) == place)
      return TRUE;
  return FALSE;
}

static void
add_place (GPtrArray *choices, GPtrArray *places, GPtrArray *stations, const WbPrinterPlace *place, WbPrintKind kind)
{
  const WbStationRoute *said = place->takes_pdf ? NULL : find_said (stations, places, place);
  WbPrintRoute *route = NULL;

  if (has_printer (choices, places, place) || (!wb_print_kind_is_label (kind) && !place->takes_pdf))
    return;
  route = said != NULL ? wb_print_route_new (place->printer, NULL, said->language, said->dpi) : wb_printer_place_make_route (place, kind, NULL);
  wb_print_route_set_media (route, said != NULL ? said->media : NULL);
  add (choices, place->title, "", route);
}

GPtrArray *
wb_print_choices_list (WbDeviceRig *rig, GPtrArray *stations, WbPrintKind kind)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);
  g_autoptr (GPtrArray) places = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (rig), choices);

  places = wb_printer_places_list (rig);
  for (guint i = 0; stations != NULL && i < stations->len; i++)
    add_station (choices, places, g_ptr_array_index (stations, i), kind);
  for (guint i = 0; i < places->len; i++)
    add_place (choices, places, stations, g_ptr_array_index (places, i), kind);
  add (choices, _ ("Keep it as a PDF file"), "", wb_print_route_new ("", NULL, NULL, 0));
  return choices;
}
