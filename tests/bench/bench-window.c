/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/bench/bench-window.h"

#include "ui/wb-list-page.h"
#include "ui/wb-orders-page.h"
#include "ui/wb-ui.h"

static void
painted_cb (BenchWindow *self)
{
  self->n_frames++;
}

static gboolean
connect_db (BenchWindow *self, const char *conninfo)
{
  self->db = wb_db_new (conninfo);
  wb_db_open_async (self->db, NULL, NULL, NULL);
  while (wb_db_get_state (self->db) != WB_DB_STATE_ONLINE)
    {
      g_main_context_iteration (NULL, TRUE);
      if (wb_db_get_state (self->db) != WB_DB_STATE_FAILED)
        continue;
      g_printerr ("%s: %s\n", g_get_prgname (), wb_db_get_state_message (self->db));
      return FALSE;
    }
  return TRUE;
}

gboolean
bench_window_open (BenchWindow *self, const char *conninfo)
{
  wb_ui_init ();
  if (!connect_db (self, conninfo))
    return FALSE;
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (self->window), "after-paint",
                            G_CALLBACK (painted_cb), self);
  bench_window_renew (self);
  return TRUE;
}

void
bench_window_renew (BenchWindow *self)
{
  self->page = g_object_new (wb_orders_page_get_type (), "title", "Orders", NULL);
  self->table = wb_list_page_get_table (WB_LIST_PAGE (self->page));
  self->list = wb_table_get_list (self->table);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  bench_window_turn_until_painted (self);
  bench_window_turn_until_painted (self);
}

void
bench_window_close (BenchWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->db);
}

void
bench_window_ask (BenchWindow *self)
{
  wb_page_set_db (self->page, self->db);
}

void
bench_window_turn_until_painted (BenchWindow *self)
{
  guint n = self->n_frames;

  gtk_widget_queue_draw (self->window);
  while (self->n_frames == n)
    g_main_context_iteration (NULL, TRUE);
}

double
bench_window_wait_for_rows (BenchWindow *self, guint position, gint64 start)
{
  while (wb_lazy_list_is_loading (self->list) || wb_lazy_list_peek (self->list, position) == NULL
         || wb_lazy_list_is_skeleton (self->list))
    g_main_context_iteration (NULL, TRUE);
  bench_window_turn_until_painted (self);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

double
bench_window_wait_for_answer (BenchWindow *self, gint64 start)
{
  while (wb_lazy_list_is_loading (self->list))
    g_main_context_iteration (NULL, TRUE);
  bench_window_turn_until_painted (self);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

double
bench_window_measure_frame (BenchWindow *self)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 20; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      bench_window_turn_until_painted (self);
      ms = (double) (g_get_monotonic_time () - start) / 1000.0;
      g_array_append_val (times, ms);
    }
  return bench_percentile (times, 95);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
bench_percentile (GArray *times, guint percent)
{
  g_array_sort (times, compare_times);
  return g_array_index (times, double, (times->len * percent + 99) / 100 - 1);
}
