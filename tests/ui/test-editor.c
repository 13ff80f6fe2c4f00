/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "db/wb-page-store.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"
#include "tests/wb-test.h"
#include "ui/wb-customer-editor.h"
#include "ui/wb-ui.h"

/* The editor of one customer, and a second way to change it. */
typedef struct
{
  WbDb *db;
  WbDb *writer;
  WbCustomerEditor *editor;
  gint64 id;
  char *act;
} Fixture;

static WbCustomer *
read_customer (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbCustomer *customer = NULL;

  wb_page_store_customer_async (f->writer, f->id, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  customer = wb_page_store_customer_finish (f->writer, result, &error);
  g_assert_no_error (error);
  return customer;
}

static void
saved_cb (WbCustomerEditor *editor, const char *act, Fixture *f)
{
  g_free (f->act);
  f->act = g_strdup (act);
}

static void
open_editor (Fixture *f)
{
  g_autoptr (WbCustomer) customer = read_customer (f);

  f->editor = WB_CUSTOMER_EDITOR (wb_customer_editor_new (NULL, f->db, customer->customer));
  g_object_add_weak_pointer (G_OBJECT (f->editor), (gpointer *) &f->editor);
  g_signal_connect (f->editor, "saved", G_CALLBACK (saved_cb), f);
  gtk_window_present (GTK_WINDOW (f->editor));
  g_clear_pointer (&f->act, g_free);
}

static gboolean
open_all (Fixture *f)
{
  f->db = wb_test_shop_open (100);
  if (f->db == NULL)
    return FALSE;
  f->writer = wb_test_db_open (NULL);
  f->id = wb_test_db_int (f->writer, "select min(id) from wb.customer");
  return TRUE;
}

static void
close_all (Fixture *f)
{
  wb_test_wait_until (f->editor == NULL);
  g_clear_pointer (&f->act, g_free);
  g_clear_object (&f->writer);
  g_clear_object (&f->db);
  wb_test_drain ();
}

static GtkWidget *
child (Fixture *f, const char *name)
{
  GtkWidget *widget = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->editor), WB_TYPE_CUSTOMER_EDITOR, name));

  g_assert_nonnull (widget);
  return widget;
}

static void
type_text (Fixture *f, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (child (f, name)), text);
}

static void
type_note (Fixture *f, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (child (f, "note"))), text, -1);
}

static void
save (Fixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->editor), "editor.save", NULL);
}

/* Whatever people type or paste arrives letter by letter, in every box. */
static void
test_odd_texts (void)
{
  Fixture f = { 0 };
  g_autofree char *long_text = g_strnfill (10000, 'x');
  const char *const texts[] = {
    "'; drop table wb.customer; --", "\"); select pg_sleep(10); --", "$1 %s %n \\ \\u0000", "{\"a\": [1]}",
    "🦆👩‍👩‍👧‍👦 Ünïcødé ﷽", "שלום עולם", "مرحبا \u202eabc\u202c", "tab\there", "\x01\x02\x1b[31m", long_text,
    "null", "NULL", "", " spaces  stay ",
  };

  if (!open_all (&f))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WbCustomer) customer = NULL;
      g_autofree char *name = g_strconcat ("n", texts[i], NULL);
      g_autofree char *lines = g_strconcat (texts[i], "\nsecond line\r\nthird", NULL);
      g_autofree char *note = g_strdup_printf ("%" G_GSIZE_FORMAT "%s", i, lines);

      open_editor (&f);
      type_text (&f, "name", name);
      type_text (&f, "company", texts[i]);
      type_text (&f, "phone", texts[i]);
      type_note (&f, note);
      save (&f);
      wb_test_wait_until (f.editor == NULL || gtk_widget_get_visible (child (&f, "problem")));
      g_assert_null (f.editor);
      customer = read_customer (&f);
      g_assert_cmpstr (customer->customer->name, ==, name);
      g_assert_cmpstr (customer->customer->company, ==, texts[i]);
      g_assert_cmpstr (customer->customer->phone, ==, texts[i]);
      g_assert_cmpstr (customer->customer->note, ==, note);
    }
  close_all (&f);
}

/* Line breaks pasted into a box of one line become blanks. */
static void
test_newline (void)
{
  Fixture f = { 0 };

  if (!open_all (&f))
    return;
  open_editor (&f);
  type_text (&f, "company", "two \n\n lines\r\n");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (&f, "company"))), ==, "two lines");
  save (&f);
  close_all (&f);
}

/* What the database refuses is said, and what was typed stays. */
static void
test_refused (void)
{
  Fixture f = { 0 };

  if (!open_all (&f))
    return;
  open_editor (&f);
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (&f, "status")), 2);
  type_text (&f, "status_reason", "");
  type_text (&f, "name", "Somebody Else");
  save (&f);
  wb_test_wait_until (gtk_widget_get_visible (child (&f, "problem")));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (child (&f, "problem_label"))), ==, "A change of status needs a reason.");
  g_assert_false (gtk_widget_get_visible (child (&f, "merge")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (&f, "name"))), ==, "Somebody Else");
  type_text (&f, "status_reason", "pays late");
  save (&f);
  close_all (&f);
}

/* Somebody else was faster: both changes get in. */
static void
test_conflict (void)
{
  Fixture f = { 0 };
  g_autoptr (WbCustomer) customer = NULL;
  g_autofree char *sql = NULL;

  if (!open_all (&f))
    return;
  open_editor (&f);
  type_text (&f, "company", "Mine Ltd");
  sql = g_strdup_printf ("select api.customer_update (gen_random_uuid (), %" G_GINT64_FORMAT ", (select version from "
                         "wb.customer where id = %" G_GINT64_FORMAT "), '{\"phone\": \"0800 THEIRS\", \"company\": \"Theirs\"}')",
                         f.id, f.id);
  wb_test_db_run (f.writer, sql);
  save (&f);
  wb_test_wait_until (gtk_widget_get_visible (child (&f, "merge")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (&f, "company"))), ==, "Mine Ltd");

  gtk_widget_activate_action (GTK_WIDGET (f.editor), "editor.merge", NULL);
  wb_test_wait_until (!gtk_widget_get_visible (child (&f, "merge")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (&f, "phone"))), ==, "0800 THEIRS");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (&f, "company"))), ==, "Mine Ltd");
  save (&f);
  wb_test_wait_until (f.editor == NULL);
  g_assert_nonnull (f.act);
  customer = read_customer (&f);
  g_assert_cmpstr (customer->customer->phone, ==, "0800 THEIRS");
  g_assert_cmpstr (customer->customer->company, ==, "Mine Ltd");
  close_all (&f);
}

/* Nothing changed: it closes without a question and without an act. Something changed: it asks. */
static void
test_leave (void)
{
  Fixture f = { 0 };
  g_autoptr (GListModel) windows = NULL;
  GtkWindow *question = NULL;

  if (!open_all (&f))
    return;
  open_editor (&f);
  save (&f);
  wb_test_wait_until (f.editor == NULL);
  g_assert_null (f.act);

  open_editor (&f);
  type_text (&f, "name", "Half typed");
  gtk_window_close (GTK_WINDOW (f.editor));
  g_assert_nonnull (f.editor);
  windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        question = window;
    }
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  close_all (&f);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  g_test_add_func ("/editor/odd-texts", test_odd_texts);
  g_test_add_func ("/editor/newline", test_newline);
  g_test_add_func ("/editor/refused", test_refused);
  g_test_add_func ("/editor/conflict", test_conflict);
  g_test_add_func ("/editor/leave", test_leave);
  return g_test_run ();
}
