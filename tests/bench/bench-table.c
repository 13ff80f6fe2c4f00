/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-table CONNINFO [ROUNDS]: the order table as people see it, over a database that is there: from the question until
 * rows are painted, after opening, after each sort, and after jumps to any place. Wants a screen (tests/xvfb). Prints a
 * JSON line a figure; the reference is the time until the same frame is painted without any new rows.
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "ui/wb-list-page.h"
#include "ui/wb-orders-page.h"
#include "ui/wb-ui.h"

typedef struct
{
  WbDb *db;
  GtkWidget *window;
  WbTable *table;
  WbLazyList *list;
  guint n_frames;
} Bench;

static void
painted_cb (Bench *bench)
{
  bench->n_frames++;
}

static void
turn_until_painted (Bench *bench)
{
  guint n = bench->n_frames;

  gtk_widget_queue_draw (bench->window);
  while (bench->n_frames == n)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the rows from @position on are there and painted, in milliseconds since @start. */
static double
wait_for_rows (Bench *bench, guint position, gint64 start)
{
  while (wb_lazy_list_is_loading (bench->list) || wb_lazy_list_peek (bench->list, position) == NULL
         || wb_lazy_list_is_skeleton (bench->list))
    g_main_context_iteration (NULL, TRUE);
  turn_until_painted (bench);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
p95 (GArray *times)
{
  g_array_sort (times, compare_times);
  return g_array_index (times, double, (times->len * 95 + 99) / 100 - 1);
}

static void
report (const char *name, GArray *times, double reference, const char *note)
{
  g_print ("{\"name\":\"%s\",\"value\":%.1f,\"unit\":\"ms\",\"reference\":%.1f,\"n\":%u,\"note\":\"%s\"}\n",
           name, p95 (times), reference, times->len, note);
}

static double
measure_frame (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 20; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      turn_until_painted (bench);
      ms = (double) (g_get_monotonic_time () - start) / 1000.0;
      g_array_append_val (times, ms);
    }
  return p95 (times);
}

static void
measure_sorts (Bench *bench, guint rounds, double frame)
{
  static const char *const sorts[] = { "-total", "customer", "number", "-ship", "status", "-priority",
                                       "-ordered" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < rounds * G_N_ELEMENTS (sorts); i++)
    {
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      if (!wb_table_set_sort (bench->table, sorts[i % G_N_ELEMENTS (sorts)], NULL))
        continue;
      while (!wb_lazy_list_is_loading (bench->list))
        g_main_context_iteration (NULL, TRUE);
      ms = wait_for_rows (bench, 0, start);
      g_array_append_val (times, ms);
    }
  report ("table-sort-painted", times, frame, "from the click until rows are painted");
}

static void
measure_jumps (Bench *bench, guint rounds, double frame)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n = 0;

  while (!wb_lazy_list_is_complete (bench->list))
    g_main_context_iteration (NULL, TRUE);
  n = g_list_model_get_n_items (G_LIST_MODEL (bench->list));
  for (guint i = 0; i < rounds * 10; i++)
    {
      guint position = (guint) g_rand_int_range (random, 0, (gint32) n);
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      wb_table_go_to (bench->table, position);
      ms = wait_for_rows (bench, position, start);
      g_array_append_val (times, ms);
    }
  report ("table-jump-painted", times, frame, "to any place, until rows are painted");
}

static void
report_memory (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return;
  line = g_strstr_len (status, -1, "VmHWM:");
  if (line != NULL)
    g_print ("{\"name\":\"table-memory\",\"value\":%.0f,\"unit\":\"MB\",\"n\":1,\"note\":\"at most, all of the process\"}\n",
             g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024.0);
}

int
main (int argc, char **argv)
{
  guint64 rounds = 5;
  g_autoptr (GArray) opening = g_array_new (FALSE, FALSE, sizeof (double));
  Bench bench = { 0 };
  WbListPage *page = NULL;
  double frame = 0;
  double ms = 0;
  gint64 start = 0;

  if (argc < 2 || (argc > 2 && !g_ascii_string_to_unsigned (argv[2], 10, 1, 1000, &rounds, NULL)))
    {
      g_printerr ("Usage: bench-table CONNINFO [ROUNDS]\n");
      return 2;
    }
  wb_ui_init ();
  bench.db = wb_db_new (argv[1]);
  wb_db_open_async (bench.db, NULL, NULL, NULL);
  while (wb_db_get_state (bench.db) != WB_DB_STATE_ONLINE)
    {
      g_main_context_iteration (NULL, TRUE);
      if (wb_db_get_state (bench.db) == WB_DB_STATE_FAILED)
        {
          g_printerr ("bench-table: %s\n", wb_db_get_state_message (bench.db));
          return 1;
        }
    }
  page = g_object_new (wb_orders_page_get_type (), "title", "Orders", NULL);
  bench.table = wb_list_page_get_table (page);
  bench.list = wb_table_get_list (bench.table);
  bench.window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (bench.window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (bench.window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench.window), "after-paint",
                            G_CALLBACK (painted_cb), &bench);
  turn_until_painted (&bench);
  turn_until_painted (&bench);

  start = g_get_monotonic_time ();
  wb_page_set_db (WB_PAGE (page), bench.db);
  ms = wait_for_rows (&bench, 0, start);
  g_array_append_val (opening, ms);
  frame = measure_frame (&bench);
  report ("table-open-painted", opening, frame, "from the question until rows are painted");
  measure_sorts (&bench, (guint) rounds, frame);
  measure_jumps (&bench, (guint) rounds, frame);
  report_memory ();
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.db);
  return 0;
}
