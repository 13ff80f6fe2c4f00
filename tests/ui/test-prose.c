/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of any length in a window: as wide as it is given, as high as that makes it, and measured without a search. */
#include "config.h"

#include <gtk/gtk.h>

#include "tests/wb-test.h"
#include "ui/wb-prose.h"
#include "ui/wb-ui.h"

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum = 0;

  gtk_widget_measure (widget, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

static char *
letter (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "seven words are in this sentence here. ");
  return g_string_free (text, FALSE);
}

/* A box asks how wide a text must be for some tens of heights; a label lays the whole text out for each, more than once. */
static void
test_width_without_search (void)
{
  g_autofree char *text = letter ();
  GtkWidget *prose = g_object_ref_sink (wb_prose_new (text, NULL));
  int natural = 0;
  int other = 0;
  int narrowest = measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, &natural);

  g_assert_cmpint (narrowest, >, 0);
  g_assert_cmpint (natural, >, narrowest);
  g_assert_cmpint (natural, <, 1000);
  for (int height = 100; height < 100000; height *= 3)
    {
      g_assert_cmpint (measure (prose, GTK_ORIENTATION_HORIZONTAL, height, &other), ==, narrowest);
      g_assert_cmpint (other, ==, natural);
    }
  g_object_unref (prose);
}

/* Narrower is higher, and without a width it is as high as where it likes to be, not as a column of single letters. */
static void
test_height_follows_width (void)
{
  g_autofree char *text = letter ();
  GtkWidget *prose = g_object_ref_sink (wb_prose_new (text, NULL));
  int natural = 0;
  int narrowest = measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, &natural);
  int wide = measure (prose, GTK_ORIENTATION_VERTICAL, natural, NULL);
  int narrow = measure (prose, GTK_ORIENTATION_VERTICAL, narrowest, NULL);

  g_assert_cmpint (wide, >, 100);
  g_assert_cmpint (narrow, >, 2 * wide);
  g_assert_cmpint (measure (prose, GTK_ORIENTATION_VERTICAL, -1, NULL), ==, wide);
  g_object_unref (prose);
}

/* A short one takes no more room than it needs. */
static void
test_short (void)
{
  GtkWidget *prose = g_object_ref_sink (wb_prose_new ("Yes", NULL));
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("Yes"));
  int natural = 0;
  int needed = 0;

  measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, &natural);
  measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &needed);
  g_assert_cmpint (natural, ==, needed);
  g_object_unref (prose);
  g_object_unref (label);
}

/* A very long one shows its beginning, and the rest when somebody wants it. */
static void
test_very_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  GtkWidget *prose = g_object_ref_sink (wb_prose_new (text, NULL));
  GtkWidget *label = gtk_widget_get_first_child (prose);
  GtkWidget *more = gtk_widget_get_next_sibling (label);
  int beginning = measure (prose, GTK_ORIENTATION_VERTICAL, 600, NULL);

  g_assert_true (gtk_widget_get_visible (more));
  g_assert_true (g_str_has_suffix (gtk_label_get_text (GTK_LABEL (label)), "…"));
  g_assert_cmpint (beginning, >, measure (label, GTK_ORIENTATION_VERTICAL, 600, NULL));
  g_signal_emit_by_name (more, "clicked");
  g_assert_false (gtk_widget_get_visible (more));
  g_assert_cmpint (g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1), >=, 100000);
  g_assert_cmpint (measure (prose, GTK_ORIENTATION_VERTICAL, 600, NULL), >, 20 * beginning);
  g_object_unref (prose);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();

  g_test_add_func ("/prose/width-without-search", test_width_without_search);
  g_test_add_func ("/prose/height-follows-width", test_height_follows_width);
  g_test_add_func ("/prose/short", test_short);
  g_test_add_func ("/prose/very-long", test_very_long);
  return g_test_run ();
}
