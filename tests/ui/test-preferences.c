/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the settings. */
#include "config.h"

#include <adwaita.h>

#include "tests/wb-test.h"
#include "ui/wb-preferences.h"
#include "ui/wb-ui.h"

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/waybill/Waybill/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* The last one that is shown, in the order of the screen. */
static GtkWidget *
find_last (GtkWidget *widget, const char *type)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inside = find_last (child, type);

      if (inside != NULL)
        found = inside;
    }
  return found;
}

static float
get_bottom (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t r;

  return gtk_widget_compute_bounds (widget, window, &r) ? r.origin.y + r.size.height : G_MAXFLOAT;
}

/* What comes up from below has come, and what was laid out anew is scrolled to its end. */
static gboolean
is_settled (GtkWidget *window, GtkWidget *toast, GtkAdjustment *adjustment)
{
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  gtk_adjustment_set_value (adjustment, end);
  return end > 0 && get_bottom (toast, window) < (float) gtk_widget_get_height (window) - 12;
}

/* Scrolled to its end, nothing lies below a toast. */
static void
test_toast (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.waybill.Waybill");
  GtkWidget *window = wb_preferences_new (NULL, settings);
  GtkWidget *toast = NULL;
  GtkWidget *scroll = NULL;
  GtkWidget *group = NULL;
  GtkAdjustment *adjustment = NULL;
  graphene_rect_t r;

  gtk_window_set_default_size (GTK_WINDOW (window), 500, 420);
  gtk_window_present (GTK_WINDOW (window));
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new ("The station’s settings are changed"));
  wb_test_wait_until ((toast = find_last (window, "AdwToastWidget")) != NULL && gtk_widget_get_height (toast) > 0);
  scroll = find_last (window, "GtkScrolledWindow");
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroll));
  wb_test_wait_until (is_settled (window, toast, adjustment));
  group = find_last (window, "AdwPreferencesGroup");
  g_assert_true (gtk_widget_compute_bounds (toast, window, &r));
  /* once the last group has moved to where it is scrolled to */
  wb_test_wait_until (get_bottom (group, window) < (float) gtk_widget_get_height (window));
  g_assert_cmpfloat (get_bottom (group, window), <=, r.origin.y);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_drain ();
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  load_style ();
  g_test_add_func ("/preferences/scrolls-past-a-toast", test_toast);
  return g_test_run ();
}
