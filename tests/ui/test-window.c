/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "db/wb-session-store.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"
#include "tests/wb-test.h"
#include "ui/wb-detail-page.h"
#include "ui/wb-list-page.h"
#include "ui/wb-ui.h"
#include "ui/wb-window.h"

#define N_ORDERS 300

/* The main window, signed in. */
typedef struct
{
  WbDb *db;
  WbDb *writer;
  WbSession *session;
  WbWindow *window;
} Fixture;

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static WbSession *
sign_in (WbDb *db)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSession *session = NULL;

  wb_session_store_sign_in_async (db, "test", "test", NULL, keep_result_cb, &result);
  wb_test_wait_until (result != NULL);
  session = wb_session_store_sign_in_finish (db, result, &error);
  g_assert_no_error (error);
  return session;
}

static gboolean
open_window (Fixture *f)
{
  f->db = wb_test_shop_open (N_ORDERS);
  if (f->db == NULL)
    return FALSE;
  f->writer = wb_test_db_open (NULL);
  f->session = sign_in (f->db);
  f->window = g_object_new (WB_TYPE_WINDOW, NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1200, 760);
  wb_window_set_session (f->window, f->session);
  wb_window_set_db (f->window, f->db);
  gtk_window_present (GTK_WINDOW (f->window));
  return TRUE;
}

static void
close_window (Fixture *f)
{
  WbWindow *window = g_object_ref (f->window);

  gtk_window_destroy (GTK_WINDOW (f->window));
  wb_test_drain ();
  wb_test_assert_finalized (&window);
  g_clear_pointer (&f->session, wb_session_free);
  g_clear_object (&f->writer);
  g_clear_object (&f->db);
  wb_test_drain ();
}

static GtkWidget *
get_focus (Fixture *f)
{
  return gtk_root_get_focus (GTK_ROOT (f->window));
}

static void
wait_for_rows (Fixture *f)
{
  WbLazyList *list = wb_table_get_list (wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f->window))));

  wb_test_wait_until (wb_lazy_list_is_complete (list));
}

/* Opening a page gives it the keyboard, going back gives it back. */
static void
test_focus (void)
{
  Fixture f = { 0 };
  gint64 id = 0;
  WbPage *page = NULL;
  WbTable *table = NULL;

  if (!open_window (&f))
    return;
  wait_for_rows (&f);
  table = wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f.window)));
  wb_table_focus_rows (table);
  id = wb_test_db_int (f.writer, "select id from wb.sales_order order by placed_at desc, id desc limit 1");
  g_assert_true (wb_window_open (f.window, "order", id));
  page = wb_window_get_page (f.window);
  g_assert_nonnull (get_focus (&f));
  g_assert_true (gtk_widget_is_ancestor (get_focus (&f), GTK_WIDGET (page)));
  wb_test_wait_until (wb_page_get_title (page) != NULL && *wb_page_get_title (page) == '#');
  wb_test_wait_until (gtk_widget_get_mapped (get_focus (&f)));
  g_assert_true (gtk_widget_is_ancestor (get_focus (&f), GTK_WIDGET (page)));
  /* From there Tab goes through the page, and not out of it at once. */
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f.window), GTK_DIR_TAB_FORWARD));
      g_assert_true (gtk_widget_is_ancestor (get_focus (&f), GTK_WIDGET (page)));
    }

  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.back", NULL);
  wb_test_wait_until (wb_window_get_page (f.window) != page);
  g_assert_true (gtk_widget_is_ancestor (get_focus (&f), GTK_WIDGET (table)));
  close_window (&f);
}

int
main (int argc, char **argv)
{
  /* While the real XDG directories can be seen: knowing an SVG by its looks takes the MIME database. */
  gtk_init ();
  g_free (g_content_type_guess ("icon.svg", NULL, 0, NULL));
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  g_test_add_func ("/window/focus", test_focus);
  return g_test_run ();
}
