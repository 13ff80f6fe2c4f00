/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl demo: the demo shop. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <unistd.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "db/wb-demo.h"

#define DEFAULT_ORDERS 2000
#define MOST_ORDERS 20000000

typedef struct
{
  gboolean terminal;
  char *step; /* told last */
} Teller;

/* One line that changes on a terminal, a line a step elsewhere (when asked to tell). */
static void
tell_cb (const char *step, double fraction, gpointer user_data)
{
  Teller *teller = user_data;

  if (teller->terminal)
    g_printerr ("\r\033[K%3d %%  %s", (int) (fraction * 100), step);
  else if (g_strcmp0 (step, teller->step) != 0)
    g_printerr ("%s\n", step);
  g_free (teller->step);
  teller->step = g_strdup (step);
}

static gboolean
make (WbCtl *ctl, const WbDemoOptions *options, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Teller teller = { .terminal = isatty (STDERR_FILENO) };
  gboolean tells = teller.terminal || ctl->verbose;
  WbDb *db = wb_database_get_db (ctl->database);
  gboolean made = FALSE;

  wb_demo_make_async (db, options, tells ? tell_cb : NULL, &teller, ctl->cancellable,
                      wb_ctl_result_cb, &result);
  made = wb_demo_make_finish (db, wb_ctl_wait (&result), error);
  if (teller.terminal && teller.step != NULL)
    g_printerr ("\r\033[K");
  g_free (teller.step);
  return made;
}

static void
tell_made (WbCtl *ctl, const WbDemoOptions *options, gint64 took_us)
{
  if (ctl->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      wb_ctl_add_number (builder, "orders", options->orders);
      wb_ctl_add_number (builder, "seed", options->seed);
      wb_ctl_add_number (builder, "milliseconds", took_us / 1000);
      json_builder_end_object (builder);
      wb_ctl_print_json (builder);
    }
  else
    {
      g_autofree char *seconds = g_strdup_printf ("%.1f", (double) took_us / G_USEC_PER_SEC);

      g_print (_ ("The demo shop is open: %" G_GINT64_FORMAT " orders, made in %s s.\n"),
               options->orders, seconds);
    }
}

static int
demo (WbCtl *ctl, int argc, char **argv)
{
  WbDemoOptions options = { .orders = DEFAULT_ORDERS, .seed = 1 };
  g_autofree char *now = NULL;
  gboolean if_empty = FALSE;
  gint64 began = 0;
  const GOptionEntry entries[] = {
    { "orders", 'n', 0, G_OPTION_ARG_INT64, &options.orders,
      N_ ("How many orders (default 2000); a million takes minutes"), N_ ("N") },
    { "customers", 'c', 0, G_OPTION_ARG_INT64, &options.customers,
      N_ ("How many customers (default: as many as fit the orders)"), N_ ("N") },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &options.seed,
      N_ ("Which shop: the same number gives the same one (default 1)"), N_ ("S") },
    { "now", 0, 0, G_OPTION_ARG_STRING, &now,
      N_ ("The moment at which its history ends, such as 2026-11-27T15:00Z (default: now)"),
      N_ ("TIME") },
    { "if-empty", 0, 0, G_OPTION_ARG_NONE, &if_empty,
      N_ ("Leave a database alone that is not empty, without complaint"), NULL },
    { 0 },
  };
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (options.orders < 1 || options.orders > MOST_ORDERS)
    return wb_ctl_misuse (ctl, _ ("--orders must be 1 to %d"), MOST_ORDERS);
  if (options.customers < 0 || options.customers > MOST_ORDERS)
    return wb_ctl_misuse (ctl, _ ("--customers must be 1 to %d"), MOST_ORDERS);
  options.now = now;
  if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_MIGRATE, &error) == NULL)
    return wb_ctl_fail (ctl, error);
  began = g_get_monotonic_time ();
  if (make (ctl, &options, &error))
    {
      tell_made (ctl, &options, g_get_monotonic_time () - began);
      return WB_CTL_OK;
    }
  if (if_empty && g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED) &&
      g_strcmp0 (wb_db_error_get_detail (error), "not-empty") == 0)
    {
      g_error_free (error);
      return WB_CTL_OK;
    }
  return wb_ctl_fail (ctl, error);
}

const WbCtlCommand wb_ctl_demo_commands[] = {
  { "demo", "", N_ ("Fills an empty database with a believable shop"), demo },
  { 0 },
};
