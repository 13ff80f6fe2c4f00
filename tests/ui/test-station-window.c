/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a bench: at every step, on every screen that stands at one, all of it is on the screen. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"
#include "ui/station/wb-station-ui.h"
#include "ui/station/wb-station-window-private.h"
#include "ui/station/wb-weigh-page.h"
#include "ui/wb-ui.h"

/* A scale is there in most of these places; the keypad of the step without one needs the most room. */
typedef struct
{
  const char *name;
  int width;
  int height;
} Screen;

static const Screen screens[] = {
  { "tablet-upright", 600, 960 },     { "small-tablet-upright", 600, 800 }, { "tablet", 960, 600 },
  { "old-panel", 1024, 768 },         { "panel", 1280, 800 },               { "notebook", 1366, 768 },
  { "full-hd", 1920, 1080 },
};

/* What is scanned to come to the next step. */
static const char *const ways[][8] = {
  { NULL },
  { "WB:CONFIRM", NULL },
  { "A-04-2", "B-02-1", NULL },
  { "4006381333931", "4006381333931", "96385074", NULL },
  { "WB-BOX-M", NULL },
  { "1.60", NULL },
};

/* One that shows as many digits as scales at a bench do. */
#define TEST_TYPE_SCALE (test_scale_get_type ())
G_DECLARE_FINAL_TYPE (TestScale, test_scale, TEST, SCALE, WbScale)

struct _TestScale
{
  WbScale parent_instance;
};

G_DEFINE_FINAL_TYPE (TestScale, test_scale, WB_TYPE_SCALE)

static void
test_scale_class_init (TestScaleClass *klass)
{
}

static void
test_scale_init (TestScale *self)
{
  const WbScaleReading reading = { .state = WB_SCALE_STATE_MOVING, .mantissa = 28888, .exponent = -3, .unit = WB_SCALE_UNIT_KG };

  _wb_scale_take (WB_SCALE (self), &reading);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/waybill/Station/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static WbStationWindow *
show_bench (WbBench *bench)
{
  WbStationWindow *window = wb_station_window_new (NULL, NULL);

  wb_station_window_set_bench (window, bench);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
count_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n = user_data;

  *n += 1;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* Until what was changed is laid out. */
static void
settle (GtkWidget *widget)
{
  guint n_frames = 0;
  guint id = gtk_widget_add_tick_callback (widget, count_frame_cb, &n_frames, NULL);

  wb_test_wait_until (n_frames > 4);
  gtk_widget_remove_tick_callback (widget, id);
}

/* Without the frame, which is part of the window's size. */
static void
set_size (WbStationWindow *window, int width, int height)
{
  GtkWidget *bin = GTK_WIDGET (window->bin);
  static int frame_width = -1;
  static int frame_height = -1;

  if (frame_width < 0)
    {
      gtk_window_set_default_size (GTK_WINDOW (window), 1400, 1000);
      settle (bin);
      frame_width = 1400 - gtk_widget_get_width (bin);
      frame_height = 1000 - gtk_widget_get_height (bin);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), width + frame_width, height + frame_height);
  settle (bin);
  g_assert_cmpint (gtk_widget_get_width (bin), ==, width);
  g_assert_cmpint (gtk_widget_get_height (bin), ==, height);
}

/* Whatever somebody reads or touches lies within the window, but for what a list scrolls. */
static void
assert_inside (GtkWidget *widget, GtkWidget *root, const char *where)
{
  graphene_rect_t r;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_IMAGE (widget))
    {
      g_assert_true (gtk_widget_compute_bounds (widget, root, &r));
      if (r.origin.x < -0.5f || r.origin.y < -0.5f || r.origin.x + r.size.width > (float) gtk_widget_get_width (root) + 0.5f ||
          r.origin.y + r.size.height > (float) gtk_widget_get_height (root) + 0.5f)
        {
          g_test_message ("%s: %s \"%s\" is at %g, %g and %g × %g in a window of %d × %d", where, G_OBJECT_TYPE_NAME (widget),
                          GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "", (double) r.origin.x, (double) r.origin.y,
                          (double) r.size.width, (double) r.size.height, gtk_widget_get_width (root), gtk_widget_get_height (root));
          g_test_fail ();
        }
    }
  if (GTK_IS_SCROLLED_WINDOW (widget) && !gtk_widget_has_css_class (widget, "page-scroll"))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_inside (child, root, where);
}

/* A panel is as broad as its words need, and in the middle; only where there is little room is it a column. */
static void
assert_broad (WbStationWindow *window, const char *where)
{
  GtkWidget *box = gtk_widget_get_first_child (window->panel);
  GtkWidget *button = GTK_WIDGET (window->panel_button);
  graphene_rect_t r;
  int natural = 0;

  g_assert_true (gtk_widget_compute_bounds (box, window->panel, &r));
  gtk_widget_measure (GTK_WIDGET (window->panel_title), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (gtk_widget_get_width (window->panel) > 1000 && gtk_widget_get_width (button) < MIN (natural, gtk_widget_get_width (window->panel) - 240) - 40)
    {
      g_test_message ("%s: %d wide, where its title would be %d", where, gtk_widget_get_width (button), natural);
      g_test_fail ();
    }
  g_assert_cmpfloat (ABS (r.origin.y + r.size.height / 2 - (float) gtk_widget_get_height (window->panel) / 2), <=, 2);
}

/* What was wrong covers everything on every screen: its sentences, the reasons to choose from, and the button that acknowledges it. */
static void
assert_mistake_fits (WbStationWindow *window, WbBench *bench, const char *code, GtkWidget *part)
{
  wb_bench_scan (bench, code);
  wb_test_wait_until (gtk_widget_get_visible (window->panel) && gtk_widget_get_visible (part));
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autofree char *where = g_strdup_printf ("the mistake %s on %s", code, screens[i].name);

      set_size (window, screens[i].width, screens[i].height);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window->panel_button)));
      g_assert_true (gtk_widget_get_mapped (part));
      assert_inside (window->panel, GTK_WIDGET (window->bin), where);
      assert_broad (window, where);
    }
  wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
}

static void
test_fits (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbScale) scale = g_object_new (TEST_TYPE_SCALE, NULL);
  WbStationWindow *window = NULL;
  GtkAdjustment *scroll = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));
  window = show_bench (bench);
  for (guint step = 0; step < G_N_ELEMENTS (ways) + 1; step++)
    {
      if (step == 1)
        wb_test_bench_next (bench, "10482");
      else if (step > 1)
        wb_test_bench_scan_all (bench, ways[step - 1]);
      for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
        {
          const char *page = gtk_stack_get_visible_child_name (window->stack);
          g_autofree char *where = g_strdup_printf ("%s on %s", page, screens[i].name);

          set_size (window, screens[i].width, screens[i].height);
          if (WB_IS_WEIGH_PAGE (gtk_stack_get_visible_child (window->stack)))
            {
              wb_weigh_page_set_scale (WB_WEIGH_PAGE (gtk_stack_get_visible_child (window->stack)), scale);
              settle (GTK_WIDGET (window));
            }
          scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window->page_scroll));
          if (gtk_adjustment_get_upper (scroll) > gtk_adjustment_get_page_size (scroll) + 0.5)
            {
              g_test_message ("%s: %g of %g", where, gtk_adjustment_get_page_size (scroll), gtk_adjustment_get_upper (scroll));
              g_test_fail ();
            }
          assert_inside (GTK_WIDGET (window->bin), GTK_WIDGET (window->bin), where);
        }
      if (wb_test_bench_get_step (bench) == WB_JOB_STEP_VERIFY)
        assert_mistake_fits (window, bench, "5012345678900", GTK_WIDGET (window->panel_detail));
      if (wb_test_bench_get_step (bench) == WB_JOB_STEP_WEIGH)
        assert_mistake_fits (window, bench, "9.99", GTK_WIDGET (window->panel_reasons));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_stored (bench);
  wb_test_bench_shop_close (&shop);
}

/* Where labels are kept as files, no printer is well: the lamp says so, and where they are. */
static void
test_printer_lamp (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  WbStationWindow *window = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  window = show_bench (bench);
  wb_test_wait_until (wb_bench_get_printer_state (bench, NULL) == WB_PRINTER_READY);
  wb_test_wait_until (g_str_equal (gtk_label_get_text (GTK_LABEL (window->lamp_printer_label)), "no printer"));
  g_assert_true (gtk_widget_has_css_class (window->lamp_printer, "kept"));
  g_assert_false (gtk_widget_has_css_class (window->lamp_printer, "ok"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (window->lamp_printer), shop.folder));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_shop_close (&shop);
}

/* ── What a change touches ───────────────────────────────────────────────────────────────────────── */

typedef struct
{
  guint n_layouts;
  guint n_paints;
  guint n_frames;
} Frames;

static void
layout_cb (Frames *frames)
{
  frames->n_layouts++;
}

static void
paint_cb (Frames *frames)
{
  frames->n_paints++;
}

static void
after_paint_cb (Frames *frames)
{
  frames->n_frames++;
}

static void
watch_frames (Frames *frames, GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_swapped (clock, "layout", G_CALLBACK (layout_cb), frames);
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (paint_cb), frames);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), frames);
}

/* One more, whether there is anything to show in it or not. */
static void
take_frame (Frames *frames, GtkWidget *window)
{
  *frames = (Frames){ 0 };
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (window), GDK_FRAME_CLOCK_PHASE_BEFORE_PAINT);
  wb_test_wait_until (frames->n_frames > 0);
}

/* The clock on the screen goes on, and the database answers when it likes: so one of several. */
static void
assert_nothing_new (Frames *frames, WbStationWindow *window)
{
  for (guint i = 0; i < 10; i++)
    {
      take_frame (frames, GTK_WIDGET (window));
      *frames = (Frames){ 0 };
      _wb_station_window_update (window);
      take_frame (frames, GTK_WIDGET (window));
      if (frames->n_layouts == 0 && frames->n_paints == 0)
        return;
    }
  g_test_message ("%s: %u layouts, %u paints", gtk_stack_get_visible_child_name (window->stack), frames->n_layouts, frames->n_paints);
  g_test_fail ();
}

static void
test_nothing_new (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  WbStationWindow *window = NULL;
  Frames frames = { 0 };

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  window = show_bench (bench);
  settle (GTK_WIDGET (window));
  watch_frames (&frames, GTK_WIDGET (window));
  for (guint step = 0; step < G_N_ELEMENTS (ways) + 1; step++)
    {
      if (step == 1)
        wb_test_bench_next (bench, "10482");
      else if (step > 1)
        wb_test_bench_scan_all (bench, ways[step - 1]);
      wb_test_bench_stored (bench);
      settle (GTK_WIDGET (window));
      assert_nothing_new (&frames, window);
      if (wb_test_bench_get_step (bench) != WB_JOB_STEP_VERIFY)
        continue;
      wb_bench_scan (bench, "5012345678900");
      g_assert_nonnull (wb_bench_get_state (bench)->mistake);
      wb_test_bench_stored (bench);
      settle (GTK_WIDGET (window));
      assert_nothing_new (&frames, window);
      wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_shop_close (&shop);
}

/* Something changes, and the window is closed before the frame in which that would be shown: nobody waits for that frame then. */
static gboolean
is_whole (GtkLabel *label)
{
  return !pango_layout_is_ellipsized (gtk_label_get_layout (label));
}

/* Whose order it is and who packs it are read before the words of lamps that are well: those go when a bench has many devices. */
static void
test_lamps (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  WbStationWindow *window = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));
  window = show_bench (bench);
  wb_test_bench_next (bench, "10482");
  set_size (window, 1280, 800);
  gtk_widget_set_visible (window->lamp_scale, FALSE);
  gtk_widget_set_visible (window->lamp_nfc, FALSE);
  gtk_widget_set_visible (window->lamp_camera, FALSE);
  gtk_widget_set_visible (window->lamp_voice, FALSE);
  _wb_station_window_update (window);
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_visible (window->lamp_scanner_label));
  gtk_widget_set_visible (window->lamp_scale, TRUE);
  gtk_widget_set_visible (window->lamp_nfc, TRUE);
  gtk_widget_set_visible (window->lamp_camera, TRUE);
  gtk_widget_set_visible (window->lamp_voice, TRUE);
  _wb_station_window_update (window);
  settle (GTK_WIDGET (window));
  g_assert_true (is_whole (window->customer));
  g_assert_true (is_whole (window->person));
  g_assert_false (gtk_widget_get_visible (window->lamp_scanner_label));
  g_assert_true (gtk_widget_get_visible (window->lamp_scanner));
  set_size (window, 1920, 1080);
  _wb_station_window_update (window);
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_visible (window->lamp_scanner_label));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_stored (bench);
  wb_test_bench_shop_close (&shop);
}

static void
test_closed_meanwhile (void)
{
  WbStationWindow *window = wb_station_window_new (NULL, NULL);

  gtk_window_present (GTK_WINDOW (window));
  settle (GTK_WIDGET (window));
  _wb_station_window_queue_update (window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_wait_until (window == NULL);
}

/* ── What is said of an order ────────────────────────────────────────────────────────────────────── */

static void
collect_facts (GtkWidget *widget, GPtrArray *facts)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "fact"))
    g_ptr_array_add (facts, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_facts (child, facts);
}

/* Each fact is one thing on one line, whatever stands in it. */
static void
test_facts (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *number = NULL;
  WbStationWindow *window = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  number = wb_test_bench_ask (&shop, "update wb.sales_order set priority_reasons = array[E'rush:\\ttoday\\nby noon', 'vip'] "
                                     "where number = '10482' returning number");
  g_assert_cmpstr (number, ==, "10482");
  bench = wb_test_bench_open (&shop, "ST1");
  window = show_bench (bench);
  wb_test_bench_next (bench, "10482");
  _wb_station_window_update (window);
  collect_facts (gtk_stack_get_visible_child (window->stack), facts);
  g_assert_cmpuint (facts->len, ==, 4); /* how many pieces, by when, and these */
  g_assert_cmpstr (g_ptr_array_index (facts, 2), ==, "rush: today by noon");
  g_assert_cmpstr (g_ptr_array_index (facts, 3), ==, "vip");
  wb_test_bench_stored (bench);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_shop_close (&shop);
}

static GtkWidget *
find_styled (GtkWidget *widget, const char *style)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, style) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, style);
  return found;
}

static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkLabel *found = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/* Nobody says "I have read it" of what is cut off: it is there to its end, and the page scrolls. */
static void
test_long_instruction (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *length = NULL;
  WbStationWindow *window = NULL;
  GtkLabel *label = NULL;
  GtkAdjustment *adjustment = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  length = wb_test_bench_ask (&shop, "update wb.order_note set body = repeat('Each piece in blue paper. ', 60) || 'The tag is in the drawer.' "
                                     "where kind = 'instruction' returning length(body)");
  g_assert_cmpstr (length, ==, "1585");
  bench = wb_test_bench_open (&shop, "ST1");
  window = show_bench (bench);
  wb_test_bench_next (bench, "10482");
  _wb_station_window_update (window);
  set_size (window, 1280, 720);
  label = find_label (find_styled (gtk_stack_get_visible_child (window->stack), "here"));
  g_assert_true (g_str_has_suffix (gtk_label_get_text (label), "in the drawer."));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window->page_scroll));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, gtk_adjustment_get_page_size (adjustment));
  wb_test_bench_stored (bench);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_shop_close (&shop);
}

/* ── What covers everything ──────────────────────────────────────────────────────────────────────── */

/* What was painted, frame by frame: bit 0 is the red of the edges, bit 1 the panel, bit 2 the sign. */
typedef struct
{
  WbStationWindow *window;
  GArray *painted;
} Covers;

static void
covers_painted_cb (Covers *covers)
{
  guint now = (gtk_widget_has_css_class (GTK_WIDGET (covers->window->flash), "wrong") ? 1 : 0) |
              (gtk_widget_get_mapped (covers->window->panel) ? 2 : 0) |
              (gtk_widget_get_mapped (gtk_widget_get_first_child (GTK_WIDGET (covers->window->flash))) ? 4 : 0);

  g_array_append_val (covers->painted, now);
}

static gboolean
picks_panel (WbStationWindow *window)
{
  return gtk_widget_pick (gtk_widget_get_parent (GTK_WIDGET (window->bin)), 8, 8, GTK_PICK_DEFAULT) == window->panel;
}

/* A mistake is red with the very next frame, and cannot be overlooked, nor touched past, from the one behind that until it is understood. */
static void
test_covers (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (GArray) painted = g_array_new (FALSE, FALSE, sizeof (guint));
  WbStationWindow *window = NULL;
  Covers covers = { 0 };

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  window = show_bench (bench);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, ways[1]);
  wb_test_bench_scan_all (bench, ways[2]);
  settle (GTK_WIDGET (window));
  g_assert_false (picks_panel (window));
  covers = (Covers){ window, painted };
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (covers_painted_cb), &covers);
  wb_bench_scan (bench, "5012345678900");
  wb_test_wait_until (painted->len > 1);
  g_assert_cmpuint (g_array_index (painted, guint, 0) & 1, ==, 1);
  g_assert_cmpuint (g_array_index (painted, guint, 1), ==, 7);
  g_assert_true (picks_panel (window));
  wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
  wb_test_wait_until (!gtk_widget_get_mapped (window->panel));
  g_assert_false (picks_panel (window));
  wb_test_bench_stored (bench);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_bench_shop_close (&shop);
}

/* ── On which machine ────────────────────────────────────────────────────────────────────────────── */

/* A machine without a graphics card draws by itself; one with a card is left to GTK, and so is whoever chose already. */
static void
test_renderer (void)
{
  g_autofree char *before = g_strdup (g_getenv ("GSK_RENDERER"));
  g_autofree char *folder = g_dir_make_tmp ("wb-renderer-XXXXXX", NULL);
  g_autofree char *cards = g_build_filename (folder, "dri", NULL);
  g_autofree char *screen = g_build_filename (cards, "card0", NULL);
  g_autofree char *card = g_build_filename (cards, "renderD128", NULL);

  g_unsetenv ("GSK_RENDERER");
  wb_ui_choose_renderer (folder);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "cairo");
  g_assert_cmpint (g_mkdir (cards, 0700), ==, 0);
  g_assert_true (g_file_set_contents (screen, "", 0, NULL));
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  wb_ui_choose_renderer (folder);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "gl");
  g_unsetenv ("GSK_RENDERER");
  wb_ui_choose_renderer (folder);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "cairo");
  g_assert_true (g_file_set_contents (card, "", 0, NULL));
  g_unsetenv ("GSK_RENDERER");
  wb_ui_choose_renderer (folder);
  g_assert_null (g_getenv ("GSK_RENDERER"));
  if (before != NULL)
    g_setenv ("GSK_RENDERER", before, TRUE);
  g_unlink (card);
  g_unlink (screen);
  g_rmdir (cards);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  wb_station_ui_register_resources ();
  wb_ui_init ();
  load_style ();

  g_test_add_func ("/station-window/fits", test_fits);
  g_test_add_func ("/station-window/labels-in-a-folder", test_printer_lamp);
  g_test_add_func ("/station-window/nothing-new", test_nothing_new);
  g_test_add_func ("/station-window/lamps", test_lamps);
  g_test_add_func ("/station-window/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/station-window/facts", test_facts);
  g_test_add_func ("/station-window/long-instruction", test_long_instruction);
  g_test_add_func ("/station-window/covers", test_covers);
  g_test_add_func ("/station-window/renderer", test_renderer);
  return g_test_run ();
}
