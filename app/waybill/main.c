/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybill"

#include "config.h"

#include "app/program/wb-program.h"
#include "app/waybill/wb-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (WbApplication) application = NULL;

  wb_program_start ("waybill");

  application = wb_application_new ();
  wb_program_quit_on_signals (G_APPLICATION (application));
  return g_application_run (G_APPLICATION (application), argc, argv);
}
