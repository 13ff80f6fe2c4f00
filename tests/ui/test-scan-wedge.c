/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose Enter is: the bench's, or the button's that somebody walked to. */
#include "config.h"

#include "tests/wb-test.h"
#include "ui/station/wb-scan-wedge.h"
#include "ui/wb-ui.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *buttons[3];
  WbScanWedge *wedge;
  GString *scans;
} Bench;

static void
scan_cb (Bench *self, const char *text)
{
  g_string_append_printf (self->scans, "%s;", text);
}

static void
bench_init (Bench *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = GTK_WINDOW (gtk_window_new ());
  self->scans = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      self->buttons[i] = gtk_button_new_with_label ("Do it");
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  gtk_window_set_child (self->window, box);
  self->wedge = wb_scan_wedge_new (self->window);
  g_signal_connect_swapped (self->wedge, "scan", G_CALLBACK (scan_cb), self);
  gtk_window_present (self->window);
  wb_test_wait_until (gtk_widget_get_mapped (self->buttons[2]));
}

static void
bench_clear (Bench *self)
{
  gtk_window_destroy (self->window);
  g_object_unref (self->wedge);
  g_string_free (self->scans, TRUE);
}

/* Whether the wedge took the key; what it leaves goes to the focus, as it does in a window. */
static gboolean
press (Bench *self, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->window));
  GtkEventController *keys = NULL;
  gboolean taken = FALSE;

  for (guint i = 0; keys == NULL && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        keys = controller;
    }
  g_assert_nonnull (keys);
  g_signal_emit_by_name (keys, "key-pressed", key, 0, 0, &taken);
  if (!taken && (key == GDK_KEY_Tab || key == GDK_KEY_Down))
    {
      gtk_widget_child_focus (GTK_WIDGET (self->window), key == GDK_KEY_Tab ? GTK_DIR_TAB_FORWARD : GTK_DIR_DOWN);
      gtk_window_set_focus_visible (self->window, TRUE);
    }
  g_signal_emit_by_name (keys, "key-released", key, 0, 0);
  return taken;
}

static void
test_walking (void)
{
  static const guint keys[] = { GDK_KEY_Tab, GDK_KEY_Down };
  Bench bench = { 0 };

  bench_init (&bench);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_window_set_focus (bench.window, bench.buttons[0]);
      g_assert_true (press (&bench, GDK_KEY_Return));
      g_assert_false (press (&bench, keys[i]));
      g_assert_true (gtk_window_get_focus (bench.window) == bench.buttons[1]);
      g_assert_false (press (&bench, GDK_KEY_Return));
      g_assert_false (press (&bench, GDK_KEY_space));
      /* GTK takes the ring away after a while; somebody who thinks is still there */
      gtk_window_set_focus_visible (bench.window, FALSE);
      g_assert_true (gtk_window_get_focus_visible (bench.window));
      g_assert_false (press (&bench, GDK_KEY_Return));
    }
  bench_clear (&bench);
}

/* What is scanned or typed gives Enter back to the big button, and takes the ring away. */
static void
test_scanned_meanwhile (void)
{
  Bench bench = { 0 };

  bench_init (&bench);
  gtk_window_set_focus (bench.window, bench.buttons[0]);
  press (&bench, GDK_KEY_Tab);
  g_assert_true (press (&bench, GDK_KEY_4));
  g_assert_true (press (&bench, GDK_KEY_2));
  g_assert_true (press (&bench, GDK_KEY_Return));
  g_assert_false (gtk_window_get_focus_visible (bench.window));
  wb_test_wait_until (bench.scans->len > 0);
  g_assert_cmpstr (bench.scans->str, ==, "42;");
  g_assert_true (press (&bench, GDK_KEY_space));
  g_assert_true (press (&bench, GDK_KEY_Return));
  bench_clear (&bench);
}

/* A focus that moved by itself is nobody's wish. */
static void
test_moved_by_itself (void)
{
  Bench bench = { 0 };

  bench_init (&bench);
  gtk_window_set_focus (bench.window, bench.buttons[0]);
  press (&bench, GDK_KEY_Tab);
  gtk_window_set_focus (bench.window, bench.buttons[2]);
  g_assert_true (press (&bench, GDK_KEY_Return));
  /* GTK shows the ring for any key, and a scan is keys: it would say that Enter is that button's */
  gtk_window_set_focus_visible (bench.window, TRUE);
  g_assert_false (gtk_window_get_focus_visible (bench.window));
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();

  g_test_add_func ("/scan-wedge/walking", test_walking);
  g_test_add_func ("/scan-wedge/scanned-meanwhile", test_scanned_meanwhile);
  g_test_add_func ("/scan-wedge/moved-by-itself", test_moved_by_itself);
  return g_test_run ();
}
