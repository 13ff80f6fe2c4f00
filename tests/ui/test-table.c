/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-proxy.h"
#include "tests/db/wb-test-shop.h"
#include "tests/wb-test.h"
#include "ui/wb-banner.h"
#include "ui/wb-list-page.h"
#include "ui/wb-orders-page.h"
#include "ui/wb-page-frame.h"
#include "ui/wb-prints-page.h"
#include "ui/wb-products-page.h"
#include "ui/wb-ui.h"

#define N_ORDERS 5000

/* A page with orders in a window of its own, and a second way into the database to change things. */
typedef struct
{
  WbDb *db;
  WbDb *writer;
  GtkWidget *window;
  GtkWidget *frame;
  WbListPage *page;
  WbTable *table;
  WbLazyList *list;
} Fixture;

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
n_rows (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->list));
}

static gboolean
open_kind (Fixture *f, WbDb *db, GType kind)
{
  if (db == NULL)
    return FALSE;
  f->db = db;
  f->page = g_object_new (kind, "title", "Rows", NULL);
  f->table = wb_list_page_get_table (f->page);
  f->list = wb_table_get_list (f->table);
  f->window = adw_window_new ();
  f->frame = wb_page_frame_new (WB_PAGE (f->page), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1100, 700);
  adw_window_set_content (ADW_WINDOW (f->window), f->frame);
  gtk_window_present (GTK_WINDOW (f->window));
  wb_page_set_db (WB_PAGE (f->page), db);
  return TRUE;
}

static gboolean
open_with (Fixture *f, WbDb *db)
{
  return open_kind (f, db, wb_orders_page_get_type ());
}

static gboolean
open_page (Fixture *f)
{
  if (!open_with (f, wb_test_shop_open (N_ORDERS)))
    return FALSE;
  f->writer = wb_test_db_open (NULL);
  wb_test_wait_until (wb_lazy_list_is_complete (f->list));
  return TRUE;
}

static void
close_page (Fixture *f)
{
  WbLazyList *list = g_object_ref (f->list);
  WbTable *table = g_object_ref (f->table);
  WbListPage *page = g_object_ref (f->page);

  gtk_window_destroy (GTK_WINDOW (f->window));
  wb_test_drain ();
  wb_test_assert_finalized (&page);
  wb_test_assert_finalized (&table);
  wb_test_assert_finalized (&list);
  g_clear_object (&f->writer);
  g_clear_object (&f->db);
  wb_test_drain ();
}

static gint64
id_at (Fixture *f, guint position)
{
  WbRowItem *item = wb_lazy_list_peek (f->list, position);

  return item != NULL ? wb_row_item_get_id (item) : 0;
}

static gint64
ask (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gint64
ask (Fixture *f, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return wb_test_db_int (f->writer, sql);
}

static void
change (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
change (Fixture *f, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  wb_test_db_run (f->writer, sql);
  wb_test_db_run (f->writer, "select api.wake ()");
}

static void
settle (Fixture *f)
{
  wb_test_wait_until (!wb_lazy_list_is_loading (f->list) && wb_lazy_list_is_complete (f->list));
}

/* Waits until a row that is on screen has been read. */
static void
wait_for_row (Fixture *f, guint position)
{
  wb_test_wait_until (wb_lazy_list_peek (f->list, position) != NULL);
}

/* What a click on a header does. */
static void
click_header (Fixture *f, const char *title)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_widget (GTK_WIDGET (f->table), GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) != 0)
        continue;
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      wb_test_wait_until (!wb_lazy_list_is_complete (f->list));
      settle (f);
      return;
    }
  g_assert_not_reached ();
}

static void
test_rows (void)
{
  Fixture f = { 0 };

  if (!open_page (&f))
    return;
  g_assert_cmpuint (n_rows (&f), ==, N_ORDERS);
  for (guint i = 0; i < 50; i += 7)
    g_assert_cmpint (id_at (&f, i), ==,
                     ask (&f, "select id from wb.sales_order order by placed_at desc, id desc "
                              "limit 1 offset %u", i));
  close_page (&f);
}

static void
test_sort (void)
{
  static const struct
  {
    const char *title;
    const char *sort;
    const char *order;
  } clicks[] = {
    { "Total", "-total", "total_minor desc, id desc" },
    { "Total", "total", "total_minor, id" },
    { "Customer", "customer", NULL },
    { "Order", "-number", "number desc, id desc" },
  };
  Fixture f = { 0 };

  if (!open_page (&f))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (clicks); i++)
    {
      g_autofree char *sort = NULL;

      click_header (&f, clicks[i].title);
      sort = wb_table_dup_sort (f.table);
      g_assert_cmpstr (sort, ==, clicks[i].sort);
      g_assert_cmpuint (n_rows (&f), ==, N_ORDERS);
      if (clicks[i].order != NULL)
        g_assert_cmpint (id_at (&f, 3), ==,
                         ask (&f, "select id from wb.sales_order order by %s limit 1 offset 3",
                              clicks[i].order));
    }
  close_page (&f);
}

static void
test_filter (void)
{
  Fixture f = { 0 };
  GtkWidget *chips = NULL;

  if (!open_page (&f))
    return;
  wb_list_page_set_search (f.page, "status:processing");
  wb_test_wait_until (n_rows (&f) != N_ORDERS);
  settle (&f);
  g_assert_cmpuint (n_rows (&f), ==,
                    ask (&f, "select count(*) from wb.sales_order where status = 'processing'"));
  /* Enter makes it a chip, and the rows stay. */
  g_signal_emit_by_name (find_widget (wb_page_get_title_widget (WB_PAGE (f.page)),
                                      g_type_from_name ("WbFilterEntry")),
                         "committed");
  g_assert_cmpstr (wb_list_page_get_search (f.page), ==, "");
  wb_test_drain ();
  g_assert_cmpuint (wb_filter_get_n_clauses (wb_table_get_filter (f.table)), ==, 1);
  chips = find_widget (GTK_WIDGET (f.table), g_type_from_name ("WbFilterChips"));
  g_assert_true (gtk_widget_get_visible (chips));
  g_assert_cmpuint (n_rows (&f), ==,
                    ask (&f, "select count(*) from wb.sales_order where status = 'processing'"));
  g_signal_emit_by_name (chips, "remove", 0u);
  wb_test_wait_until (n_rows (&f) == N_ORDERS);
  g_assert_false (gtk_widget_get_visible (chips));
  close_page (&f);
}

static void
test_filter_error (void)
{
  Fixture f = { 0 };
  GtkWidget *entry = NULL;
  GtkWidget *problem = NULL;

  if (!open_page (&f))
    return;
  entry = find_widget (wb_page_get_title_widget (WB_PAGE (f.page)), GTK_TYPE_TEXT);
  wb_list_page_set_search (f.page, "status:processing");
  wb_test_wait_until (n_rows (&f) != N_ORDERS);
  settle (&f);
  wb_list_page_set_search (f.page, "status:processing total:>abc");
  wb_test_drain ();
  /* The rows are those of the last expression that was one; the wrong word is underlined. */
  g_assert_cmpuint (n_rows (&f), ==,
                    ask (&f, "select count(*) from wb.sales_order where status = 'processing'"));
  {
    PangoAttrList *attributes = gtk_text_get_attributes (GTK_TEXT (entry));
    g_autoptr (PangoAttrIterator) iter = NULL;
    gboolean found = FALSE;

    g_assert_nonnull (attributes);
    iter = pango_attr_list_get_iterator (attributes);
    do
      {
        PangoAttribute *attribute = pango_attr_iterator_get (iter, PANGO_ATTR_UNDERLINE);

        if (attribute == NULL)
          continue;
        found = TRUE;
        g_assert_cmpuint (attribute->start_index, ==, strlen ("status:processing total:>"));
        g_assert_cmpuint (attribute->end_index, ==, strlen ("status:processing total:>abc"));
      }
    while (pango_attr_iterator_next (iter));
    g_assert_true (found);
  }
  problem = gtk_widget_get_ancestor (entry, g_type_from_name ("WbFilterEntry"));
  {
    g_autoptr (GError) error = NULL;

    g_object_get (problem, "error", &error, NULL);
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, "abc"));
  }
  close_page (&f);
}

static void
test_nothing (void)
{
  Fixture f = { 0 };
  GtkStack *faces = NULL;

  if (!open_page (&f))
    return;
  faces = GTK_STACK (find_widget (GTK_WIDGET (f.table), GTK_TYPE_STACK));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (faces), ==, "rows");
  wb_list_page_set_search (f.page, "number:no-such-number");
  wb_test_wait_until (n_rows (&f) == 0);
  wb_test_wait_until (g_strcmp0 (gtk_stack_get_visible_child_name (faces), "nothing") == 0);
  gtk_widget_activate_action (GTK_WIDGET (f.table), "table.clear-filter", NULL);
  wb_test_wait_until (n_rows (&f) == N_ORDERS);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (faces), ==, "rows");
  g_assert_cmpstr (wb_list_page_get_search (f.page), ==, "");
  close_page (&f);
}

static void
test_jump (void)
{
  Fixture f = { 0 };

  if (!open_page (&f))
    return;
  for (guint position = 0; position < N_ORDERS; position += 1234)
    {
      wb_table_go_to (f.table, position);
      wait_for_row (&f, position);
      g_assert_cmpint (id_at (&f, position), ==,
                       ask (&f, "select id from wb.sales_order order by placed_at desc, id desc "
                                "limit 1 offset %u", position));
      g_assert_cmpint (wb_table_get_focus_id (f.table), ==, id_at (&f, position));
    }
  close_page (&f);
}

static double
get_scroll (Fixture *f)
{
  GtkWidget *view = find_widget (GTK_WIDGET (f->table), GTK_TYPE_COLUMN_VIEW);

  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
}

static void
test_news (void)
{
  Fixture f = { 0 };
  gint64 chosen = 0;
  double scroll = 0;

  if (!open_page (&f))
    return;
  wb_table_go_to (f.table, 1000);
  wait_for_row (&f, 1000);
  wait_for_row (&f, 990);
  chosen = id_at (&f, 1000);
  wb_test_wait_until (get_scroll (&f) > 0);
  scroll = get_scroll (&f);

  /* A new order at the top: everything moves down by one row, and on screen nothing moves at all. */
  change (&f, "insert into wb.sales_order (number, channel_id, currency, placed_at) "
              "values ('NEW-1', 1, 'GBP', '2030-01-01')");
  wb_test_wait_until (n_rows (&f) == N_ORDERS + 1);
  g_assert_cmpint (id_at (&f, 1001), ==, chosen);
  g_assert_cmpint (wb_table_get_focus_id (f.table), ==, chosen);
  wb_test_wait_until (get_scroll (&f) > scroll);

  /* A change in sight, in place. */
  change (&f, "update wb.sales_order set customer_name = 'Somebody Else' where id = %" G_GINT64_FORMAT,
          chosen);
  {
    guint column = wb_table_get_index (f.table, "customer");

    wb_test_wait_until (
      g_strcmp0 (wb_row_get_text (wb_row_item_get_row (wb_lazy_list_peek (f.list, 1001)), column),
                 "Somebody Else")
      == 0);
  }

  /* It becomes the latest of all and takes the selection along. */
  change (&f, "update wb.sales_order set placed_at = '2031-01-01' where id = %" G_GINT64_FORMAT,
          chosen);
  wb_test_wait_until (id_at (&f, 1001) != chosen);
  wb_table_go_to (f.table, 0);
  wb_test_wait_until (id_at (&f, 0) == chosen);
  g_assert_cmpint (wb_table_get_focus_id (f.table), ==, chosen);

  change (&f, "delete from wb.sales_order where number = 'NEW-1'");
  wb_test_wait_until (n_rows (&f) == N_ORDERS);
  close_page (&f);
}

static void
test_selection (void)
{
  Fixture f = { 0 };
  GtkSelectionModel *selection = NULL;

  if (!open_page (&f))
    return;
  selection = GTK_SELECTION_MODEL (wb_table_get_selection (f.table));
  gtk_selection_model_select_all (selection);
  g_assert_cmpuint (wb_bitset_selection_count (wb_table_get_selection (f.table)), ==, N_ORDERS);
  gtk_widget_activate_action (GTK_WIDGET (f.table), "table.select-none", NULL);
  g_assert_cmpuint (wb_bitset_selection_count (wb_table_get_selection (f.table)), ==, 0);
  close_page (&f);
}

static void
test_narrow (void)
{
  Fixture f = { 0 };

  if (!open_page (&f))
    return;
  wb_test_wait_until (gtk_widget_get_width (GTK_WIDGET (f.table)) > 700);
  wb_test_drain ();
  g_assert_false (wb_table_get_narrow (f.table));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 360, 700);
  wb_test_wait_until (wb_table_get_narrow (f.table));
  g_assert_cmpint (gtk_widget_get_width (f.window), <=, 420);
  g_assert_cmpuint (n_rows (&f), ==, N_ORDERS);
  gtk_window_set_default_size (GTK_WINDOW (f.window), 1100, 700);
  wb_test_wait_until (!wb_table_get_narrow (f.table));
  close_page (&f);
}

static void
collect_texts (GtkWidget *widget, GString *texts)
{
  if (WB_IS_CELL (widget))
    {
      g_autofree char *text = wb_cell_dup_text (WB_CELL (widget));

      g_string_append_printf (texts, "%s\n", text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

static gboolean
shows (Fixture *f, const char *words)
{
  g_autoptr (GString) texts = g_string_new (NULL);

  collect_texts (GTK_WIDGET (f->table), texts);
  return strstr (texts->str, words) != NULL;
}

/* What was printed again says who wanted it and why also where there is one column. */
static void
test_narrow_prints (void)
{
  Fixture f = { 0 };
  g_autoptr (WbDb) db = wb_test_shop_open (N_ORDERS);

  if (db == NULL)
    return;
  wb_test_db_run (db, "insert into wb.staff (login, display_name) values ('torn_mary', 'Mary Miller')");
  wb_test_db_run (db, "insert into wb.print (document, document_id, title, printer, person, reason, copy) values "
                      "('command-sheet', 'narrow-1', 'Commands', 'Zebra 1', 'torn_mary', '', 1), "
                      "('command-sheet', 'narrow-2', 'Commands', 'Zebra 1', 'torn_mary', 'It was torn', 2)");
  open_kind (&f, g_steal_pointer (&db), wb_prints_page_get_type ());
  gtk_window_set_default_size (GTK_WINDOW (f.window), 360, 700);
  wb_test_wait_until (wb_table_get_narrow (f.table));
  wb_test_wait_until (shows (&f, "Command barcodes\302\240\302\240·  Mary Miller\302\240\302\240·  It was torn\302\240\302\240·  Zebra 1\n"));
  g_assert_true (shows (&f, "Command barcodes\302\240\302\240·  Mary Miller\302\240\302\240·  Zebra 1\n"));
  close_page (&f);
}

static void
test_banner (void)
{
  g_autoptr (WbTestProxy) proxy = NULL;
  g_autoptr (WbDb) shop = wb_test_shop_open (N_ORDERS);
  g_autofree char *conninfo = NULL;
  Fixture f = { 0 };
  WbBanner *banner = NULL;

  if (shop == NULL)
    return;
  proxy = wb_test_proxy_new (g_getenv ("PGHOST"));
  conninfo = g_strdup_printf ("%s host=%s", wb_test_database (), wb_test_proxy_get_socket (proxy));
  open_with (&f, wb_test_db_open (conninfo));
  f.writer = g_object_ref (shop);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  banner = WB_BANNER (find_widget (f.frame, WB_TYPE_BANNER));
  g_assert_false (wb_banner_get_revealed (banner));

  wb_test_proxy_refuse (proxy, TRUE);
  wb_test_proxy_cut (proxy);
  wb_test_wait_until (wb_banner_get_revealed (banner));
  g_assert_cmpstr (wb_banner_get_text (banner), !=, "");
  /* What was read stays to be looked at. */
  g_assert_cmpuint (n_rows (&f), ==, N_ORDERS);
  g_assert_cmpint (id_at (&f, 0), !=, 0);

  /* Meanwhile an order goes away; it is noticed as soon as the connection is back. */
  change (&f, "update wb.sales_order set customer_name = 'Changed Meanwhile' where id = %" G_GINT64_FORMAT,
          id_at (&f, 5));
  wb_test_proxy_refuse (proxy, FALSE);
  wb_db_retry_now (f.db);
  wb_test_wait_until (!wb_banner_get_revealed (banner));
  {
    guint column = wb_table_get_index (f.table, "customer");

    wb_test_wait_until (
      g_strcmp0 (wb_row_get_text (wb_row_item_get_row (wb_lazy_list_peek (f.list, 5)), column),
                 "Changed Meanwhile")
      == 0);
  }
  close_page (&f);
}

static void
test_before_database (void)
{
  Fixture f = { 0 };
  WbDb *db = wb_test_shop_open (N_ORDERS);

  if (db == NULL)
    return;
  f.page = g_object_new (wb_products_page_get_type (), "title", "Products", NULL);
  f.table = wb_list_page_get_table (f.page);
  f.list = wb_table_get_list (f.table);
  f.window = adw_window_new ();
  f.frame = wb_page_frame_new (WB_PAGE (f.page), FALSE);
  adw_window_set_content (ADW_WINDOW (f.window), f.frame);
  gtk_window_present (GTK_WINDOW (f.window));
  wb_test_wait_until (gtk_widget_get_width (GTK_WIDGET (f.table)) > 0);
  /* Skeleton rows that nobody can select. */
  g_assert_true (wb_lazy_list_is_skeleton (f.list));
  g_assert_cmpuint (n_rows (&f), >, 20);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (wb_table_get_selection (f.table)));
  g_assert_cmpuint (wb_bitset_selection_count (wb_table_get_selection (f.table)), ==, 0);
  f.db = db;
  wb_page_set_db (WB_PAGE (f.page), db);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  g_assert_cmpuint (n_rows (&f), ==, 400);
  close_page (&f);
}

/* The label of the bar that has a style class, once it is there. */
static GtkWidget *
find_styled (GtkWidget *widget, const char *style)
{
  if (gtk_widget_has_css_class (widget, style))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_styled (child, style);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What the database says the orders come to, as the bar writes it. */
static char *
expected_sums (Fixture *f, const char *where)
{
  static const char *const currencies[] = { "EUR", "GBP", "JPY", "KWD" };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      g_autofree char *money = NULL;
      gint64 n = ask (f, "select count(*) from wb.sales_order where currency = '%s' and %s", currencies[i], where);

      if (n == 0)
        continue;
      money = wb_format_money (ask (f, "select sum(total_minor)::bigint from wb.sales_order where currency = '%s' and %s",
                                    currencies[i], where),
                               currencies[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\302\240\302\240·  " : "", money);
    }
  return g_string_free (text, FALSE);
}

static void
test_sums (void)
{
  Fixture f = { 0 };
  GtkWidget *label = NULL;
  g_autofree char *all = NULL;
  g_autofree char *changed = NULL;

  if (!open_page (&f))
    return;
  label = find_styled (GTK_WIDGET (f.table), "sums");
  all = expected_sums (&f, "true");
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (wb_table_get_selection (f.table)));
  /* Not seen is not known: nothing is said until the server has. */
  g_assert_true (gtk_widget_has_css_class (label, "skeleton"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "");
  wb_test_wait_until (!gtk_widget_has_css_class (label, "skeleton"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, all);
  g_assert_false (gtk_widget_has_css_class (label, "skeleton"));

  /* An amount changes far out of sight. */
  change (&f, "update wb.sales_order set total_minor = total_minor + 100000, goods_minor = goods_minor + 100000 where id = "
              "(select id from wb.sales_order order by placed_at, id limit 1)");
  changed = expected_sums (&f, "true");
  g_assert_cmpstr (all, !=, changed);
  wb_test_wait_until (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), changed) == 0);
  close_page (&f);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDbResult) answer = _wb_db_query_finish (WB_DB (source), result, &error);

  g_assert_null (answer);
  *(gboolean *) user_data = TRUE;
}

#define WAITING "select count(*) from pg_locks where not granted and relation = 'wb.sales_order'::regclass"
#define HELD "select count(*) from pg_locks where granted and mode = 'AccessExclusiveLock' and relation = 'wb.sales_order'::regclass"

/* A question that the server cannot answer: it shows, it can be cancelled, and the server stops. */
static void
test_cancel (void)
{
  Fixture f = { 0 };
  g_autoptr (GCancellable) lock = g_cancellable_new ();
  g_autoptr (WbFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *cancel = NULL;
  gboolean unlocked = FALSE;

  if (!open_page (&f))
    return;
  cancel = find_button (GTK_WIDGET (f.table), "table.cancel");
  g_assert_false (gtk_widget_get_visible (cancel));
  _wb_db_query_async (f.writer, WB_DB_LANE_BULK, WB_DB_FLAG_NONE,
                      "do $$ begin lock table wb.sales_order in access exclusive mode; perform pg_sleep(600); end $$", NULL,
                      lock, locked_cb, &unlocked);
  wb_test_wait_until (ask (&f, HELD) == 1);

  filter = wb_filter_parse (wb_table_get_catalogue (f.table), "status:processing", NULL, &error);
  g_assert_no_error (error);
  wb_table_set_filter (f.table, filter);
  wb_test_wait_until (ask (&f, WAITING) > 0);
  wb_test_wait_until (gtk_widget_get_visible (cancel));
  g_assert_true (wb_lazy_list_is_loading (f.list));

  gtk_widget_activate_action (cancel, "table.cancel", NULL);
  g_assert_false (wb_lazy_list_is_loading (f.list));
  g_assert_false (gtk_widget_get_visible (cancel));
  g_assert_true (gtk_widget_get_mapped (find_button (GTK_WIDGET (f.table), "table.reload")));
  wb_test_wait_until (ask (&f, WAITING) == 0);
  g_assert_cmpint (ask (&f, HELD), ==, 1);

  g_cancellable_cancel (lock);
  wb_test_wait_until (unlocked);
  gtk_widget_activate_action (GTK_WIDGET (f.table), "table.reload", NULL);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  g_assert_cmpuint (n_rows (&f), ==, ask (&f, "select count(*) from wb.sales_order where status = 'processing'"));
  g_assert_false (gtk_widget_get_mapped (find_button (GTK_WIDGET (f.table), "table.reload")));
  close_page (&f);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();

  g_test_add_func ("/table/shows-skeletons-before-the-database", test_before_database);
  g_test_add_func ("/table/shows-the-first-rows", test_rows);
  g_test_add_func ("/table/sorts-in-the-database", test_sort);
  g_test_add_func ("/table/filters-and-keeps-chips", test_filter);
  g_test_add_func ("/table/says-where-a-filter-is-wrong", test_filter_error);
  g_test_add_func ("/table/says-that-nothing-was-found", test_nothing);
  g_test_add_func ("/table/jumps", test_jump);
  g_test_add_func ("/table/follows-news-without-moving", test_news);
  g_test_add_func ("/table/selects-all", test_selection);
  g_test_add_func ("/table/has-two-lines-a-row-when-narrow", test_narrow);
  g_test_add_func ("/table/says-who-and-why-when-narrow", test_narrow_prints);
  g_test_add_func ("/table/keeps-rows-while-the-server-is-away", test_banner);

  g_test_add_func ("/table/adds-up-the-selection", test_sums);
  g_test_add_func ("/table/cancels-what-takes-long", test_cancel);

  return g_test_run ();
}
