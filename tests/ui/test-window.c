/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "db/wb-conninfo.h"
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

static WbSession *
sign_in (WbDb *db)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSession *session = NULL;

  wb_session_store_sign_in_async (db, "test", "test", NULL, wb_test_store_result, &result);
  wb_test_await (result);
  session = wb_session_store_sign_in_finish (db, result, &error);
  g_assert_no_error (error);
  return session;
}

/* @role: (nullable): NULL for the superuser that made the shop */
static gboolean
open_window (Fixture *f, const char *role)
{
  g_autofree char *conninfo = NULL;

  f->writer = wb_test_shop_open (N_ORDERS);
  if (f->writer == NULL)
    return FALSE;
  if (role != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("create role test_%s login in role wb_%s", role, role);
      g_autofree char *staff = g_strdup_printf ("insert into wb.staff (login, display_name) values ('test_%s', 'Test')", role);
      g_autofree char *user = g_strdup_printf ("test_%s", role);

      wb_test_db_run (f->writer, sql);
      wb_test_db_run (f->writer, staff);
      conninfo = wb_conninfo_set (wb_test_database (), "user", user);
    }
  f->db = wb_test_db_open (conninfo);
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

  if (!open_window (&f, NULL))
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

/* On a phone an order fits, although the list behind it was last laid out in a wide window. */
static void
test_narrow (void)
{
  Fixture f = { 0 };
  gint64 id = 0;
  WbPage *list = NULL;
  WbPage *page = NULL;

  if (!open_window (&f, NULL))
    return;
  wait_for_rows (&f);
  list = wb_window_get_page (f.window);
  id = wb_test_db_int (f.writer, "select id from wb.sales_order order by placed_at desc, id desc limit 1");
  g_assert_true (wb_window_open (f.window, "order", id));
  page = wb_window_get_page (f.window);
  wb_test_wait_until (wb_page_get_title (page) != NULL && *wb_page_get_title (page) == '#');
  wb_test_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (list)));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 360, 720);
  wb_test_wait_until (gtk_widget_get_width (GTK_WIDGET (f.window)) <= 360);
  wb_test_wait_until (gtk_widget_get_width (GTK_WIDGET (page)) <= 360);
  close_window (&f);
}

/* ---- Roles --------------------------------------------------------------------------------- */

typedef void (*Look) (GtkWidget *widget, gpointer data);

/* Everything that can be seen. */
static void
look_at_all (GtkWidget *widget, Look look, gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  look (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_at_all (child, look, data);
}

static void
assert_no_complaint (GtkWidget *widget, gpointer data)
{
  static const char *const complaints[] = { "Not for this seat", "This cannot be shown", "may not", "needs the role", "denied",
                                            "not allowed" };
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  for (gsize i = 0; i < G_N_ELEMENTS (complaints); i++)
    if (strstr (text, complaints[i]) != NULL)
      g_error ("as %s: “%s”", (const char *) data, text);
}

typedef struct
{
  const char *action;
  guint n;
} Count;

static void
count_action (GtkWidget *widget, gpointer data)
{
  Count *count = data;
  const char *action = GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  count->n += action != NULL && g_str_equal (action, count->action);
}

/* How many buttons of an action can be seen. */
static guint
n_offered (Fixture *f, const char *action)
{
  Count count = { action, 0 };

  look_at_all (GTK_WIDGET (f->window), count_action, &count);
  return count.n;
}

static gboolean
has_column (Fixture *f, const char *title)
{
  GListModel *columns = NULL;
  GtkWidget *page = GTK_WIDGET (wb_window_get_page (f->window));
  GtkColumnView *view = NULL;
  GQueue queue = G_QUEUE_INIT;

  g_queue_push_tail (&queue, page);
  while (view == NULL && !g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      if (GTK_IS_COLUMN_VIEW (widget))
        view = GTK_COLUMN_VIEW (widget);
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_queue_clear (&queue);
  g_assert_nonnull (view);
  columns = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return TRUE;
    }
  return FALSE;
}

static gint64
first_id (Fixture *f)
{
  WbLazyList *list = wb_table_get_list (wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f->window))));
  WbRowItem *item = wb_lazy_list_peek (list, 0);

  return item != NULL ? wb_row_item_get_id (item) : 0;
}

/* Opens a page of the sidebar, looks closer at its first row, and opens it where there is a page for it. */
static void
visit (Fixture *f, const char *role, const char *page, const char *kind, gboolean opens)
{
  WbTable *table = NULL;

  wb_window_show_page (f->window, page);
  wait_for_rows (f);
  wb_test_wait_until (first_id (f) != 0);
  table = wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f->window)));
  wb_table_go_to (table, 0);
  gtk_widget_activate_action (GTK_WIDGET (table), "table.quick-look", NULL);
  wb_test_drain ();
  look_at_all (GTK_WIDGET (f->window), assert_no_complaint, (gpointer) role);
  gtk_widget_activate_action (GTK_WIDGET (table), "table.quick-look", NULL);
  g_assert_true (wb_window_open (f->window, kind, first_id (f)) == opens);
  if (!opens)
    return;
  wb_test_wait_until (wb_page_get_title (wb_window_get_page (f->window)) != NULL
                      && *wb_page_get_title (wb_window_get_page (f->window)) != '\0');
  wb_test_drain ();
  look_at_all (GTK_WIDGET (f->window), assert_no_complaint, (gpointer) role);
}

/* What a role may not see or do is not there: no page, no column, no button, and so no refusal. */
static void
test_role (gconstpointer data)
{
  const struct
  {
    const char *role;
    gboolean customers;
    gboolean orders_open;
    gboolean money;
    gboolean edits;
  } roles[] = {
    { "sales", TRUE, TRUE, TRUE, TRUE },      { "support", TRUE, TRUE, TRUE, TRUE },
    { "analyst", TRUE, TRUE, TRUE, FALSE },  { "packer", FALSE, FALSE, FALSE, FALSE },
    { "manager", TRUE, TRUE, TRUE, TRUE },
  };
  guint i = GPOINTER_TO_UINT (data);
  const char *role = roles[i].role;
  Fixture f = { 0 };

  if (!open_window (&f, role))
    return;
  visit (&f, role, "orders", "order", roles[i].orders_open);
  if (roles[i].orders_open)
    gtk_widget_activate_action (GTK_WIDGET (f.window), "win.back", NULL);
  wb_window_show_page (f.window, "orders");
  wb_test_wait_until (has_column (&f, "Status"));
  g_assert_true (has_column (&f, "Total") == roles[i].money);
  g_assert_true (has_column (&f, "Order"));
  gtk_selection_model_select_all (
    GTK_SELECTION_MODEL (wb_table_get_selection (wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f.window))))));
  wb_test_drain ();
  g_assert_cmpuint (n_offered (&f, "orders.release"), ==, roles[i].edits ? 1 : 0);
  g_assert_cmpuint (n_offered (&f, "orders.rush"), ==, roles[i].edits ? 1 : 0);
  wb_test_wait_until (!wb_lazy_list_is_loading (
    wb_table_get_list (wb_list_page_get_table (WB_LIST_PAGE (wb_window_get_page (f.window))))));
  look_at_all (GTK_WIDGET (f.window), assert_no_complaint, (gpointer) role);

  /* A number is found by everybody; what is typed about a person finds nothing rather than an error. */
  {
    WbListPage *page = WB_LIST_PAGE (wb_window_get_page (f.window));
    WbLazyList *list = wb_table_get_list (wb_list_page_get_table (page));
    gint64 id = first_id (&f);
    gint64 number = wb_test_db_int (f.writer, "select regexp_replace (number, '\\D', '', 'g')::bigint from wb.sales_order "
                                              "order by placed_at desc, id desc limit 1");
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

    wb_list_page_set_search (page, text);
    wb_test_wait_until (!wb_lazy_list_is_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
    g_assert_cmpint (first_id (&f), ==, id);
    wb_list_page_set_search (page, "somebody@example.org");
    wb_test_wait_until (!wb_lazy_list_is_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
    look_at_all (GTK_WIDGET (f.window), assert_no_complaint, (gpointer) role);
    wb_list_page_set_search (page, "");
  }

  visit (&f, role, "products", "product", TRUE);
  if (roles[i].customers)
    {
      visit (&f, role, "customers", "customer", TRUE);
      g_assert_cmpuint (n_offered (&f, "customer.edit"), ==, roles[i].edits ? 1 : 0);
    }
  else
    {
      /* No row of the sidebar, no number key, no way from elsewhere. */
      g_assert_false (wb_window_open (f.window, "customer", 1));
      gtk_widget_activate_action (GTK_WIDGET (f.window), "win.page", "s", "customers");
      g_assert_cmpstr (wb_page_get_title (wb_window_get_page (f.window)), !=, "Customers");
    }
  close_window (&f);
}

typedef struct
{
  const char *text;
  gboolean is_there;
} Sought;

static void
seek_label (GtkWidget *widget, gpointer data)
{
  Sought *sought = data;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), sought->text))
    sought->is_there = TRUE;
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  Sought sought = { text, FALSE };

  look_at_all (widget, seek_label, &sought);
  return sought.is_there;
}

/* That an order is a gift stands at its head, beside how it stands. */
static void
test_gift (void)
{
  Fixture f = { 0 };
  gint64 id = 0;
  g_autofree char *sql = NULL;

  if (!open_window (&f, NULL))
    return;
  wait_for_rows (&f);
  id = wb_test_db_int (f.writer, "select id from wb.sales_order where not gift and status = 'processing' order by id desc limit 1");
  g_assert_true (wb_window_open (f.window, "order", id));
  wb_test_wait_until (shows (GTK_WIDGET (wb_window_get_page (f.window)), "Processing"));
  g_assert_false (shows (GTK_WIDGET (wb_window_get_page (f.window)), "Gift"));
  sql = g_strdup_printf ("update wb.sales_order set gift = true where id = %" G_GINT64_FORMAT, id);
  wb_test_db_run (f.writer, sql);
  wb_test_db_run (f.writer, "select api.wake ()");
  wb_test_wait_until (shows (GTK_WIDGET (wb_window_get_page (f.window)), "Gift"));
  close_window (&f);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  g_test_add_func ("/window/focus", test_focus);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/gift", test_gift);
  g_test_add_data_func ("/window/as-sales", GUINT_TO_POINTER (0), test_role);
  g_test_add_data_func ("/window/as-support", GUINT_TO_POINTER (1), test_role);
  g_test_add_data_func ("/window/as-analyst", GUINT_TO_POINTER (2), test_role);
  g_test_add_data_func ("/window/as-packer", GUINT_TO_POINTER (3), test_role);
  g_test_add_data_func ("/window/as-manager", GUINT_TO_POINTER (4), test_role);
  return g_test_run ();
}
