/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The label on screen: the dots that the printer burns, zoomed, heard, and what there is to see when it cannot be drawn. */
#include "config.h"

#include <string.h>

#include "core/wb-label-templates.h"
#include "devices/wb-label-pdf.h"
#include "tests/wb-test.h"
#include "ui/wb-label-preview.h"
#include "ui/wb-ui.h"

static WbLabel *
make_label (void)
{
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new ("en");
  g_autoptr (WbLabelValues) sample = wb_label_document_sample (wb_label_document_find ("test"));

  return wb_label_template_layout (wb_label_templates_find (templates, "test"), sample, NULL);
}

/* Dot for dot what goes to a printer that is sent dots. */
static void
test_dots (void)
{
  static const guint resolutions[] = { 203, 300 };
  g_autoptr (WbLabelPreview) preview = g_object_ref_sink (WB_LABEL_PREVIEW (wb_label_preview_new ()));

  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      g_autoptr (WbLabel) label = make_label ();
      g_auto (WbLabelBitmap) bitmap = { 0 };
      g_autofree guint8 *pixels = NULL;
      GdkTexture *texture = NULL;
      guint n_black = 0;

      g_assert_true (wb_label_to_bitmap (label, resolutions[i], wb_label_rasterise, NULL, &bitmap, NULL));
      wb_label_preview_set_label (preview, make_label (), resolutions[i]);
      wb_test_wait_until (wb_label_preview_get_paintable (preview) != NULL &&
                          gdk_paintable_get_intrinsic_width (wb_label_preview_get_paintable (preview)) == (int) bitmap.width);
      texture = GDK_TEXTURE (wb_label_preview_get_paintable (preview));
      g_assert_cmpint (gdk_texture_get_height (texture), ==, (int) bitmap.height);
      pixels = g_malloc ((gsize) bitmap.width * bitmap.height * 4);
      gdk_texture_download (texture, pixels, (gsize) bitmap.width * 4);
      for (guint y = 0; y < bitmap.height; y++)
        for (guint x = 0; x < bitmap.width; x++)
          {
            guint8 value = pixels[((gsize) y * bitmap.width + x) * 4 + 1];

            g_assert_cmpuint (value, ==, wb_label_bitmap_is_black (&bitmap, x, y) ? 0x00 : 0xff);
            n_black += value == 0;
          }
      g_assert_cmpuint (n_black, >, 2000);
    }
}

static void
test_zoom (void)
{
  GtkWidget *window = gtk_window_new ();
  WbLabelPreview *preview = WB_LABEL_PREVIEW (wb_label_preview_new ());

  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (preview));
  gtk_window_present (GTK_WINDOW (window));
  wb_label_preview_set_label (preview, make_label (), 203);
  wb_test_wait_until (wb_label_preview_get_paintable (preview) != NULL && gtk_widget_get_width (GTK_WIDGET (preview)) > 0);
  g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.zoom-in", NULL);
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.zoom-in", NULL);
  g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.zoom-out", NULL);
  g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.zoom-fit", NULL);
  g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, 0);
  wb_label_preview_set_zoom (preview, 100);
  g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, 8);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_drain ();
}

static GtkWidget *
find_button (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), words) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_button (child, words);
  return found;
}

/* The same by what everybody sees: each button does what it says, only while there is something to do, and is within the widget also
 * where that is narrow. */
static void
test_buttons (void)
{
  static const struct
  {
    const char *button;
    guint zoom;
    const char *percent;
  } presses[] = {
    { "Dot for dot", 1, "100 %" }, { "Larger", 2, "200 %" }, { "Larger", 3, "300 %" }, { "Smaller", 2, "200 %" },
    { "The whole label", 0, "100 %" }, { "Larger", 1, "100 %" }, { "Smaller", 0, "100 %" },
  };
  GtkWidget *window = gtk_window_new ();
  WbLabelPreview *preview = WB_LABEL_PREVIEW (wb_label_preview_new ());
  GtkWidget *actual = find_button (GTK_WIDGET (preview), "Dot for dot");
  graphene_rect_t bounds = GRAPHENE_RECT_INIT_ZERO;

  gtk_window_set_default_size (GTK_WINDOW (window), 200, 300);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (preview));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_is_sensitive (actual));
  wb_label_preview_set_label (preview, make_label (), 203);
  wb_test_wait_until (wb_label_preview_get_paintable (preview) != NULL && gtk_widget_get_width (GTK_WIDGET (preview)) > 0);
  g_assert_false (gtk_widget_is_sensitive (find_button (GTK_WIDGET (preview), "Smaller")));
  g_assert_false (gtk_widget_is_sensitive (find_button (GTK_WIDGET (preview), "The whole label")));
  for (guint i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      GtkWidget *button = find_button (GTK_WIDGET (preview), presses[i].button);

      g_assert_true (gtk_widget_is_sensitive (button));
      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpuint (wb_label_preview_get_zoom (preview), ==, presses[i].zoom);
      g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (actual)), ==, presses[i].percent);
      wb_test_drain ();
      g_assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (preview), &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, 0);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (GTK_WIDGET (preview)));
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (GTK_WIDGET (preview)));
    }
  wb_label_preview_set_zoom (preview, 8);
  g_assert_false (gtk_widget_is_sensitive (find_button (GTK_WIDGET (preview), "Larger")));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_drain ();
}

static void
test_heard (void)
{
  g_autoptr (WbLabel) label = make_label ();
  g_autofree char *words = wb_label_preview_describe (label);

  g_assert_nonnull (strstr (words, "Zebra_ZD421. Packing 3"));
  g_assert_nonnull (strstr (words, "Code 128: WT0912"));
  g_assert_nonnull (strstr (words, "Data Matrix: WT0912"));
}

/* A label that is replaced while it is drawn is not shown after the new one; nothing is shown of one that cannot be drawn. */
static void
test_replaced (void)
{
  g_autoptr (WbLabelPreview) preview = g_object_ref_sink (WB_LABEL_PREVIEW (wb_label_preview_new ()));
  WbLabel *bad = wb_label_new ("bad", WB_LABEL_MM (50), WB_LABEL_MM (50));

  for (guint i = 0; i < 20; i++)
    wb_label_preview_set_label (preview, make_label (), 600);
  wb_label_preview_set_label (preview, make_label (), 203);
  wb_test_wait_until (wb_label_preview_get_paintable (preview) != NULL);
  wb_test_drain ();
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (wb_label_preview_get_paintable (preview)), ==, 400);
  wb_label_add_symbol (bad, WB_LABEL_GS1_128, 0, 0, WB_LABEL_MM (50), WB_LABEL_MM (10), WB_LABEL_LEFT, "00106141411234567890", NULL);
  wb_label_preview_set_label (preview, bad, 203);
  wb_test_wait_until (wb_label_preview_get_paintable (preview) == NULL);
  wb_label_preview_set_label (preview, NULL, 203);
  g_assert_null (wb_label_preview_get_paintable (preview));
  /* whoever still draws holds it */
  wb_test_wait_until (G_OBJECT (preview)->ref_count == 1);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_ui_init ();
  g_test_add_func ("/label-preview/dots", test_dots);
  g_test_add_func ("/label-preview/zoom", test_zoom);
  g_test_add_func ("/label-preview/buttons", test_buttons);
  g_test_add_func ("/label-preview/heard", test_heard);
  g_test_add_func ("/label-preview/replaced", test_replaced);
  return g_test_run ();
}
