/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels from a desk, in a real window, on a printer that stops taking them in the middle. */
#include "config.h"

#include <string.h>

#include "db/wb-session-store.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"
#include "tests/devices/wb-test-socket.h"
#include "tests/wb-test.h"
#include "ui/wb-label-dialog-private.h"
#include "ui/wb-narrow-bin.h"
#include "ui/wb-ui.h"

/* Totes 1 to 60: three jobs of twenty. */
#define N_LABELS 60
#define JOB 20

typedef struct
{
  WbDb *db;
  WbDb *writer;
  WbSession *session;
  WbWindow *window;
  WbTestSocket *printer;
  WbPrintDesk *desk;
  WbLabelDialog *dialog;
} Office;

static gboolean
office_open (Office *office)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *sql = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  office->writer = wb_test_shop_open (1);
  if (office->writer == NULL)
    return FALSE;
  office->printer = wb_test_socket_new ();
  sql = g_strdup_printf ("insert into wb.station (code, name, warehouse_id, profile) values ('ST1', 'Desk', 1, "
                         "'{\"documents\": {\"sticker\": {\"printer\": \"socket:%s\", \"language\": \"zpl\", \"dpi\": 203}}}') "
                         "on conflict (code) do update set profile = excluded.profile",
                         wb_test_socket_get_address (office->printer));
  wb_test_db_run (office->writer, sql);
  office->db = wb_test_db_open (NULL);
  wb_session_store_sign_in_async (office->db, "test", "test", NULL, wb_test_store_result, &result);
  wb_test_await (result);
  office->session = wb_session_store_sign_in_finish (office->db, result, &error);
  g_assert_no_error (error);
  office->window = g_object_new (WB_TYPE_WINDOW, NULL);
  wb_window_set_session (office->window, office->session);
  wb_window_set_db (office->window, office->db);
  gtk_window_present (GTK_WINDOW (office->window));
  office->desk = wb_print_desk_new (folder, folder);
  wb_print_desk_set_db (office->desk, office->db);
  return TRUE;
}

static void
office_close (Office *office)
{
  gtk_window_destroy (GTK_WINDOW (office->window));
  wb_test_drain ();
  wb_test_wait_until (G_OBJECT (office->desk)->ref_count == 1);
  wb_print_desk_set_db (office->desk, NULL);
  g_clear_object (&office->desk);
  g_clear_pointer (&office->session, wb_session_free);
  g_clear_object (&office->writer);
  g_clear_object (&office->db);
  wb_test_drain ();
  wb_test_socket_free (office->printer);
}

/* Opens the dialog at sixty totes for the printer, @width pixels wide. */
static void
open_dialog (Office *office, int width)
{
  WbLabelDialog *dialog = WB_LABEL_DIALOG (wb_label_dialog_new (office->window, office->desk, NULL));

  office->dialog = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &office->dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog), width, 620);
  gtk_window_present (GTK_WINDOW (dialog));
  adw_combo_row_set_selected (dialog->subject, 1);
  g_assert_true (_wb_label_dialog_get_subject (dialog) == &_wb_label_totes);
  gtk_spin_button_set_value (dialog->high, N_LABELS);
  wb_test_wait_until (dialog->items->len == N_LABELS);
  wb_test_wait_until (strstr (wb_printer_row_get_name (dialog->printer), wb_test_socket_get_address (office->printer)) != NULL);
}

/* As the button does; whether it can be. */
static gboolean
act (WbLabelDialog *dialog, const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (dialog->print_text), action, NULL);
}

/* The job that was begun last. */
static WbPrintJobState
get_last_state (Office *office)
{
  g_autoptr (WbPrintJob) job = g_list_model_get_item (G_LIST_MODEL (wb_print_desk_get_queue (office->desk)), 0);

  return wb_print_job_get_state (job);
}

static gboolean
says (WbLabelDialog *dialog, const char *text)
{
  return gtk_widget_get_visible (GTK_WIDGET (dialog->trouble)) && strstr (gtk_label_get_text (dialog->trouble), text) != NULL;
}

/* Twenty came out, and the printer takes no more. */
static void
print_until_it_stalls (Office *office)
{
  g_assert_true (act (office->dialog, "labels.print"));
  wb_test_wait_until (wb_test_socket_get_n_labels (office->printer) >= JOB);
  wb_test_socket_set_fault (office->printer, WB_TEST_FAULT_STALL, 100);
  wb_test_wait_until (strcmp (gtk_progress_bar_get_text (office->dialog->bar), "20 of 60") == 0);
}

/* How far it is is seen, nothing else can be begun meanwhile, and Stop ends it: what was not sent stays where it is. */
static void
test_stop (void)
{
  Office office = { 0 };

  if (!office_open (&office))
    return;
  open_dialog (&office, 920);
  /* no rows of other subjects */
  g_assert_true (gtk_widget_get_visible (office.dialog->prefix));
  g_assert_false (gtk_widget_get_visible (office.dialog->price_row));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (office.dialog->person)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (office.dialog->zone)));
  g_assert_false (gtk_revealer_get_reveal_child (office.dialog->progress));
  print_until_it_stalls (&office);
  g_assert_true (gtk_revealer_get_reveal_child (office.dialog->progress));
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (office.dialog->bar), 1. / 3, 0.001);
  g_assert_false (gtk_widget_get_sensitive (office.dialog->form));
  g_assert_true (act (office.dialog, "labels.stop"));
  g_assert_true (says (office.dialog, "Stopped."));
  g_assert_false (gtk_revealer_get_reveal_child (office.dialog->progress));
  g_assert_true (gtk_widget_get_sensitive (office.dialog->form));
  g_assert_false (_wb_label_dialog_is_printing (office.dialog));
  /* the rest never goes out, and what had begun is told for what it is */
  wb_test_wait_until (get_last_state (&office) == WB_PRINT_JOB_CANCELLED || get_last_state (&office) == WB_PRINT_JOB_DOUBT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wb_print_desk_get_queue (office.desk))), ==, 2);
  g_assert_cmpuint (wb_test_socket_get_n_labels (office.printer), ==, JOB);
  gtk_window_close (GTK_WINDOW (office.dialog));
  wb_test_wait_until (office.dialog == NULL);
  office_close (&office);
}

/* Closed in the middle, it stops as well. */
static void
test_closed (void)
{
  Office office = { 0 };

  if (!office_open (&office))
    return;
  open_dialog (&office, 920);
  print_until_it_stalls (&office);
  gtk_window_close (GTK_WINDOW (office.dialog));
  wb_test_wait_until (office.dialog == NULL);
  wb_test_wait_until (get_last_state (&office) == WB_PRINT_JOB_CANCELLED || get_last_state (&office) == WB_PRINT_JOB_DOUBT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wb_print_desk_get_queue (office.desk))), ==, 2);
  g_assert_cmpuint (wb_test_socket_get_n_labels (office.printer), ==, JOB);
  office_close (&office);
}

/* Where nobody is in the way, all come out, and the dialog goes. */
static void
test_all (void)
{
  Office office = { 0 };

  if (!office_open (&office))
    return;
  open_dialog (&office, 920);
  g_assert_true (act (office.dialog, "labels.print"));
  wb_test_wait_until (office.dialog == NULL);
  wb_test_wait_until (wb_test_socket_get_n_labels (office.printer) == N_LABELS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wb_print_desk_get_queue (office.desk))), ==, 3);
  office_close (&office);
}

/* Whether all of a widget is in sight. */
static gboolean
is_in_sight (WbLabelDialog *dialog, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, GTK_WIDGET (dialog), &bounds) && bounds.size.width > 50 && bounds.size.height > 50 && bounds.origin.x >= 0 &&
         bounds.origin.y >= 0 && bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (GTK_WIDGET (dialog)) &&
         bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (GTK_WIDGET (dialog));
}

/* A window of any width shows the label, whatever was scrolled, and leaves room for the rows, also where the label is a tall one. */
static void
test_narrow (void)
{
  static const int widths[] = { 360, 500, 920 };
  Office office = { 0 };

  if (!office_open (&office))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkAdjustment *scrolled = NULL;

      open_dialog (&office, widths[i]);
      wb_label_preview_set_label (office.dialog->preview, wb_label_new ("tall", WB_LABEL_MM (100), WB_LABEL_MM (150)), 203);
      wb_test_wait_until (wb_narrow_bin_get_narrow (WB_NARROW_BIN (office.dialog->bin)) == (widths[i] < 640));
      wb_test_wait_until (is_in_sight (office.dialog, GTK_WIDGET (office.dialog->preview)));
      scrolled = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (office.dialog->side));
      gtk_adjustment_set_value (scrolled, gtk_adjustment_get_upper (scrolled));
      wb_test_wait_until (wb_label_preview_get_paintable (office.dialog->preview) != NULL);
      wb_test_drain ();
      g_assert_true (is_in_sight (office.dialog, GTK_WIDGET (office.dialog->preview)));
      g_assert_cmpint (gtk_widget_get_height (office.dialog->side), >=, 220);
      gtk_window_close (GTK_WINDOW (office.dialog));
      wb_test_wait_until (office.dialog == NULL);
    }
  office_close (&office);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  g_test_add_func ("/label-dialog/stop", test_stop);
  g_test_add_func ("/label-dialog/closed", test_closed);
  g_test_add_func ("/label-dialog/all", test_all);
  g_test_add_func ("/label-dialog/narrow", test_narrow);
  return g_test_run ();
}
