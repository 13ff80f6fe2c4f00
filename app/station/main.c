/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/program/wb-program.h"
#include "app/station/wb-station-app.h"
#include "ui/wb-ui.h"

int
main (int argc, char **argv)
{
  g_autoptr (WbStationApp) app = NULL;

  wb_ui_choose_renderer ("/dev");
  wb_program_start ("waybill-station");
  app = wb_station_app_new ();
  wb_program_quit_on_signals (G_APPLICATION (app));
  return g_application_run (G_APPLICATION (app), argc, argv);
}
