/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-weight.h"
#include "ui/station/wb-beep.h"
#include "ui/station/wb-box-page.h"
#include "ui/station/wb-box-view.h"
#include "ui/station/wb-edge-flash.h"
#include "ui/station/wb-idle-page.h"
#include "ui/station/wb-item-page.h"
#include "ui/station/wb-label-page.h"
#include "ui/station/wb-review-page.h"
#include "ui/station/wb-scan-wedge.h"
#include "ui/station/wb-station-ui.h"
#include "ui/station/wb-station-window.h"
#include "ui/station/wb-step-rail.h"
#include "ui/station/wb-weigh-page.h"

struct _WbStationWindow
{
  AdwApplicationWindow parent_instance;

  guint clock;

  /* Template widgets */
  GtkRevealer *offline;
  GtkLabel *offline_label;
  GtkLabel *number;
  GtkLabel *customer;
  GtkProgressBar *progress;
  GtkLabel *progress_label;
  GtkWidget *spacer;
  GtkLabel *timer;
  GtkWidget *lamp_scanner;
  GtkWidget *lamp_printer;
  GtkWidget *lamp_online;
  GtkLabel *lamp_online_label;
  WbStepRail *rail;
  GtkStack *stack;
  GtkLabel *waiting;
  GtkWidget *waiting_retry;
  GtkLabel *place_title;
  GtkFlowBox *places;
  GtkButton *confirm;
  GtkWidget *side;
  GtkLabel *side_title;
  WbBoxView *side_view;
  GtkLabel *side_weight;
  GtkWidget *bar;
  GtkWidget *work_buttons;
  GtkLabel *notice;
  GtkWidget *help;
  GtkWidget *aside;
  GtkWidget *panel;
  GtkLabel *panel_title;
  GtkLabel *panel_detail;
  GtkLabel *panel_expected;
  GtkButton *panel_button;
  WbEdgeFlash *flash;

  /* Owned references */
  WbBench *bench;
  WbScanWedge *wedge;
  WbBeep *beep;
  GSettings *settings;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbStationWindow, wb_station_window, ADW_TYPE_APPLICATION_WINDOW)

/* ── Which page ──────────────────────────────────────────────────────────────────────────────── */

static const char *
page_of_step (WbJobStep step)
{
  switch (step)
    {
    case WB_JOB_STEP_REVIEW:
      return "review";
    case WB_JOB_STEP_PICK:
    case WB_JOB_STEP_VERIFY:
      return "item";
    case WB_JOB_STEP_BOX:
      return "box";
    case WB_JOB_STEP_WEIGH:
      return "weigh";
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_FINAL:
    case WB_JOB_STEP_DONE:
    default:
      return "label";
    }
}

static const char *
current_page (WbStationWindow *self)
{
  if (self->bench == NULL)
    return "waiting";
  if (wb_bench_get_mode (self->bench) == WB_BENCH_CLOSED)
    return "place";
  if (wb_bench_get_state (self->bench) == NULL)
    return "idle";
  return page_of_step (wb_bench_get_state (self->bench)->step);
}

/* ── Parts ───────────────────────────────────────────────────────────────────────────────────── */

static void
set_lamp (GtkWidget *lamp, const char *style, const char *tooltip)
{
  static const char *const styles[] = { "ok", "busy", "bad" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (lamp, styles[i]);
    else
      gtk_widget_remove_css_class (lamp, styles[i]);
  gtk_widget_set_tooltip_text (lamp, tooltip);
}

static void
show_lamps (WbStationWindow *self)
{
  const char *message = "";
  WbPrinterState printer = WB_PRINTER_UNKNOWN;
  gboolean online = self->bench != NULL && wb_db_get_state (wb_bench_get_db (self->bench)) == WB_DB_STATE_ONLINE;

  if (self->bench != NULL)
    printer = wb_bench_get_printer_state (self->bench, &message);
  set_lamp (self->lamp_printer,
            printer == WB_PRINTER_READY || printer == WB_PRINTER_BUSY ? "ok"
            : printer == WB_PRINTER_UNKNOWN                           ? NULL
                                                                      : "bad",
            *message != '\0'      ? message
            : self->bench != NULL ? wb_printer_get_name (wb_bench_get_printer (self->bench))
                                  : NULL);
  set_lamp (self->lamp_online, online ? "ok" : "bad", NULL);
  gtk_label_set_text (self->lamp_online_label, online ? _ ("online") : _ ("offline"));
}

static void
show_offline (WbStationWindow *self)
{
  gboolean online = self->bench == NULL || wb_db_get_state (wb_bench_get_db (self->bench)) == WB_DB_STATE_ONLINE;
  g_autofree char *text = NULL;
  guint n_unsent = self->bench != NULL ? wb_bench_get_n_unsent (self->bench) : 0;

  if (!online)
    {
      text = n_unsent > 0 ? g_strdup_printf (ngettext ("The database is away. Go on: %u step is kept here and sent as soon as it is back.",
                                                       "The database is away. Go on: %u steps are kept here and sent as soon as it is back.",
                                                       n_unsent),
                                             n_unsent)
                          : g_strdup (_ ("The database is away. What you do is kept here and sent as soon as it is back."));
      gtk_label_set_text (self->offline_label, text);
    }
  gtk_revealer_set_reveal_child (self->offline, !online);
}

static void
show_progress (WbStationWindow *self, const WbJobState *state)
{
  guint total = state != NULL ? wb_job_state_get_to_send (state) : 0;
  guint done = 0;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), total > 0);
  gtk_widget_set_visible (self->spacer, total == 0);
  if (total == 0)
    {
      gtk_label_set_text (self->progress_label, "");
      return;
    }
  done = state->step == WB_JOB_STEP_PICK ? wb_job_state_get_picked (state) : wb_job_state_get_verified (state);
  words = g_strdup_printf (ngettext ("%u of %u piece", "%u of %u pieces", total), done, total);
  gtk_progress_bar_set_fraction (self->progress, (double) done / total);
  gtk_label_set_text (self->progress_label, words);
}

static void
show_timer (WbStationWindow *self)
{
  const WbJobState *state = self->bench != NULL ? wb_bench_get_state (self->bench) : NULL;
  gint64 seconds = 0;
  g_autofree char *text = NULL;

  if (state == NULL || state->started_us == 0)
    {
      gtk_label_set_text (self->timer, "");
      return;
    }
  seconds = MAX (0, (g_get_real_time () - state->started_us) / G_USEC_PER_SEC);
  text = seconds < 3600 ? g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60))
                        : g_strdup_printf (_ ("%d h %02d"), (int) MIN (seconds / 3600, 999), (int) (seconds / 60 % 60));
  gtk_label_set_text (self->timer, text);
}

static void
show_header (WbStationWindow *self, const WbJobState *state)
{
  const WbJobQueue *queue = self->bench != NULL ? wb_bench_get_queue (self->bench) : NULL;
  const char *station = self->bench != NULL ? wb_bench_get_station (self->bench) : NULL;
  g_autofree char *number = state != NULL ? g_strdup_printf ("#%s", state->job->number) : NULL;

  if (queue != NULL && queue->station != NULL)
    station = queue->station;
  gtk_label_set_text (self->number, number != NULL ? number : station != NULL ? station : _ ("Waybill Station"));
  gtk_label_set_text (self->customer, state != NULL ? state->job->customer : "");
  show_progress (self, state);
  show_timer (self);
  show_lamps (self);
  show_offline (self);
}

static char *
make_confirm_label (WbBench *bench, const WbJobState *state)
{
  const WbJobBox *box = NULL;
  const WbJobLineState *line = NULL;
  guint left = 0;

  if (wb_bench_get_trouble (bench) != NULL)
    return g_strdup (_ ("Try again"));
  if (state == NULL)
    {
      const WbJobQueue *queue = wb_bench_get_queue (bench);

      if (wb_bench_get_mode (bench) == WB_BENCH_LOADING)
        return g_strdup (wb_bench_get_busy (bench));
      if (queue == NULL || (queue->n_open == 0 && queue->mine == NULL))
        return NULL;
      return g_strdup (queue->mine != NULL ? _ ("Go on") : _ ("Next order"));
    }
  switch (state->step)
    {
    case WB_JOB_STEP_REVIEW:
      return g_strdup (state->line > 0 ? _ ("I have read it") : _ ("Start"));
    case WB_JOB_STEP_PICK:
      line = wb_job_state_get_line (state, state->line);
      left = line != NULL ? line->to_send - line->picked : 0;
      return g_strdup_printf (left == 1 ? _ ("I have it") : _ ("I have all %u"), left);
    case WB_JOB_STEP_BOX:
      box = wb_job_state_suggest_box (state);
      return box != NULL && wb_job_state_get_to_send (state) > 0 ? g_strdup_printf (_ ("Take “%s”"), box->name) : NULL;
    case WB_JOB_STEP_VERIFY:
    case WB_JOB_STEP_WEIGH:
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_FINAL:
    case WB_JOB_STEP_DONE:
    default:
      return NULL;
    }
}

static void
show_confirm (WbStationWindow *self, const WbJobState *state)
{
  g_autofree char *label = self->bench != NULL && wb_bench_get_mode (self->bench) != WB_BENCH_CLOSED
                               ? make_confirm_label (self->bench, state)
                               : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->confirm), label != NULL);
  gtk_button_set_label (self->confirm, label != NULL ? label : "");
}

static void
show_side (WbStationWindow *self, const WbJobState *state)
{
  gboolean wanted = state != NULL && (state->step == WB_JOB_STEP_VERIFY || state->step == WB_JOB_STEP_WEIGH);
  const WbJobParcel *parcel = wanted && state->parcels->len > 0 ? wb_job_state_get_parcel (state, 1) : NULL;
  const WbJobBox *box = NULL;
  g_autofree char *title = NULL;
  g_autofree char *weight = g_strdup ("");
  gint64 low_g = 0;
  gint64 high_g = 0;

  if (wanted)
    box = parcel != NULL && parcel->box != NULL ? wb_job_find_box (state->job, parcel->box)
                                                : wb_job_state_suggest_box (state);
  gtk_widget_set_visible (self->side, box != NULL);
  if (box == NULL)
    return;
  title = g_strdup (box->name);
  if (wb_job_state_get_expected_weight (state, &low_g, &high_g))
    {
      g_autofree char *words = wb_weight_to_string ((low_g + high_g) / 2);

      g_free (weight);
      weight = g_strdup_printf (_ ("will weigh about %s"), words);
    }
  gtk_label_set_text (self->side_title, title);
  gtk_label_set_text (self->side_weight, weight);
  wb_box_view_show (self->side_view, state, box);
}

static void
show_panel (WbStationWindow *self, const WbJobState *state)
{
  const WbJobWork *work = self->bench != NULL ? wb_bench_get_work (self->bench) : NULL;
  const char *detail = self->bench != NULL ? wb_bench_get_detail (self->bench) : "";
  const WbJobEvent *mistake = state != NULL ? state->mistake : NULL;
  const char *blocked = work != NULL && state != NULL && !state->is_aside ? work->blocked : NULL;
  g_autofree char *expected = NULL;

  wb_edge_flash_set_wrong (self->flash, mistake != NULL || blocked != NULL);
  gtk_widget_set_visible (self->panel, mistake != NULL || blocked != NULL);
  if (mistake == NULL && blocked == NULL)
    return;
  if (mistake != NULL)
    {
      WbJobState calm = *state;

      calm.mistake = NULL;
      expected = wb_job_state_get_expectation (&calm);
    }
  gtk_label_set_text (self->panel_title, mistake != NULL ? mistake->text : blocked);
  gtk_label_set_text (self->panel_detail, mistake != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->panel_detail), mistake != NULL && *detail != '\0');
  gtk_label_set_text (self->panel_expected, expected != NULL ? expected : "");
  gtk_widget_set_visible (GTK_WIDGET (self->panel_expected), expected != NULL);
  gtk_button_set_label (self->panel_button, mistake != NULL ? _ ("Understood") : _ ("Put aside"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->panel_button),
                                  mistake != NULL ? "bench.confirm" : "bench.aside");
}

static void
show_bar (WbStationWindow *self, const WbJobState *state)
{
  static const struct
  {
    const char *action;
    WbJobCommand command;
  } commands[] = {
    { "bench.skip", WB_JOB_COMMAND_SKIP },   { "bench.short", WB_JOB_COMMAND_SHORT },
    { "bench.undo", WB_JOB_COMMAND_UNDO },   { "bench.damaged", WB_JOB_COMMAND_DAMAGED },
    { "bench.aside", WB_JOB_COMMAND_ASIDE }, { "bench.help", WB_JOB_COMMAND_HELP },
  };
  const char *typed = wb_scan_wedge_get_typed (self->wedge);
  gboolean weighing = state != NULL && state->step == WB_JOB_STEP_WEIGH;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), commands[i].action,
                                   state != NULL && wb_job_command_is_allowed (state, commands[i].command));
  gtk_widget_set_visible (self->work_buttons, state != NULL);
  gtk_widget_set_visible (self->help, state != NULL);
  gtk_widget_set_visible (self->aside, state != NULL);
  if (*typed != '\0' && !weighing)
    {
      g_autofree char *words = g_strdup_printf ("⌨ %s", typed);

      gtk_label_set_text (self->notice, words);
    }
  else
    gtk_label_set_text (self->notice, self->bench != NULL ? wb_bench_get_notice (self->bench) : "");
}

static void
update (WbStationWindow *self)
{
  const WbJobState *state = self->bench != NULL ? wb_bench_get_state (self->bench) : NULL;
  const char *page = current_page (self);
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, page);

  if (WB_IS_BENCH_PAGE (child))
    wb_bench_page_update (WB_BENCH_PAGE (child), self->bench, wb_scan_wedge_get_typed (self->wedge));
  gtk_stack_set_visible_child_name (self->stack, page);
  show_header (self, state);
  wb_step_rail_show (self->rail, state);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), state != NULL);
  show_side (self, state);
  show_confirm (self, state);
  show_bar (self, state);
  show_panel (self, state);
}

/* ── Which bench this is ─────────────────────────────────────────────────────────────────────── */

static void
add_place (WbStationWindow *self, const WbStationPlace *place)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (place->name);
  GtkWidget *subtitle = gtk_label_new (place->warehouse);

  gtk_widget_add_css_class (title, "button-title");
  gtk_widget_add_css_class (subtitle, "quiet");
  gtk_box_append (GTK_BOX (labels), title);
  gtk_box_append (GTK_BOX (labels), subtitle);
  gtk_widget_set_valign (labels, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), labels);
  gtk_widget_add_css_class (button, "bench-button");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bench.station");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place->code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, place->name, -1);
  gtk_flow_box_insert (self->places, button, -1);
}

static void
places_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStationWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = wb_job_store_stations_finish (WB_DB (source), result, &error);
  GtkFlowBoxChild *child = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  while ((child = gtk_flow_box_get_child_at_index (self->places, 0)) != NULL)
    gtk_flow_box_remove (self->places, GTK_WIDGET (child));
  if (places == NULL)
    gtk_label_set_text (self->place_title, error->message);
  else if (places->len == 0)
    gtk_label_set_text (self->place_title, _ ("No packing bench is set up yet. The office adds them in its settings."));
  else
    gtk_label_set_text (self->place_title, _ ("Which bench is this?"));
  gtk_flow_box_set_max_children_per_line (self->places, places != NULL ? CLAMP (places->len, 1, 4) : 1);
  for (guint i = 0; places != NULL && i < places->len; i++)
    add_place (self, g_ptr_array_index (places, i));
}

static void
ask_for_place (WbStationWindow *self)
{
  wb_job_store_stations_async (wb_bench_get_db (self->bench), self->cancellable, places_cb, g_object_ref (self));
}

static void
station_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);
  const char *station = g_variant_get_string (parameter, NULL);

  if (self->bench == NULL)
    return;
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "station", station);
  wb_bench_set_station (self->bench, station);
}

/* ── Inputs ──────────────────────────────────────────────────────────────────────────────────── */

static void
scan_cb (WbStationWindow *self, const char *text)
{
  if (self->bench != NULL)
    wb_bench_scan (self->bench, text);
}

static void
command_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const struct
  {
    const char *action;
    WbJobCommand command;
  } commands[] = {
    { "bench.confirm", WB_JOB_COMMAND_CONFIRM }, { "bench.skip", WB_JOB_COMMAND_SKIP },
    { "bench.short", WB_JOB_COMMAND_SHORT },     { "bench.damaged", WB_JOB_COMMAND_DAMAGED },
    { "bench.undo", WB_JOB_COMMAND_UNDO },       { "bench.aside", WB_JOB_COMMAND_ASIDE },
    { "bench.help", WB_JOB_COMMAND_HELP },
  };
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (commands) && self->bench != NULL; i++)
    if (g_str_equal (action, commands[i].action))
      wb_bench_command (self->bench, commands[i].command);
}

static void
take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench != NULL)
    wb_bench_take (self->bench, g_variant_get_int64 (parameter));
}

static void
text_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);
  const char *text = g_variant_get_string (parameter, NULL);

  if (g_str_equal (action, "bench.type"))
    wb_scan_wedge_type (self->wedge, text);
  else
    scan_cb (self, text);
}

static void
label_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench == NULL)
    return;
  if (g_str_equal (action, "bench.save-label"))
    wb_bench_save_label (self->bench);
  else
    wb_bench_reprint (self->bench);
}

static void
open_label_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);
  const WbJobState *state = self->bench != NULL ? wb_bench_get_state (self->bench) : NULL;
  const WbJobParcel *parcel = state != NULL ? wb_job_state_get_parcel (state, state->parcel) : NULL;
  g_autofree char *uri = NULL;

  if (parcel == NULL || parcel->print_job == NULL || !g_path_is_absolute (parcel->print_job))
    return;
  uri = g_filename_to_uri (parcel->print_job, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
fullscreen_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

/* ── What the bench tells ────────────────────────────────────────────────────────────────────── */

static void
flash_cb (WbStationWindow *self, int kind)
{
  gboolean sounds = self->settings == NULL || g_settings_get_boolean (self->settings, "sounds");

  if (kind == WB_JOB_ANSWER_GOOD)
    wb_edge_flash_good (self->flash);
  else if (kind == WB_JOB_ANSWER_REFUSED)
    wb_edge_flash_refused (self->flash);
  if (sounds)
    wb_beep_play (self->beep, kind == WB_JOB_ANSWER_GOOD ? WB_BEEP_GOOD : WB_BEEP_WRONG);
}

static gboolean
tick_cb (gpointer user_data)
{
  show_timer (user_data);
  return G_SOURCE_CONTINUE;
}

void
wb_station_window_set_waiting (WbStationWindow *self, const char *text, gboolean can_retry)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (WB_IS_STATION_WINDOW (self) && text != NULL);

  sentence = wb_station_ui_make_sentence (text);
  gtk_label_set_text (self->waiting, sentence);
  gtk_widget_set_visible (self->waiting_retry, can_retry);
}

void
wb_station_window_set_bench (WbStationWindow *self, WbBench *bench)
{
  g_autofree char *station = NULL;

  g_return_if_fail (WB_IS_STATION_WINDOW (self) && WB_IS_BENCH (bench));
  g_return_if_fail (self->bench == NULL);

  self->bench = g_object_ref (bench);
  g_signal_connect_object (bench, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "flash", G_CALLBACK (flash_cb), self, G_CONNECT_SWAPPED);
  if (wb_bench_get_mode (bench) == WB_BENCH_CLOSED)
    {
      station = self->settings != NULL ? g_settings_get_string (self->settings, "station") : g_strdup ("");
      if (*station != '\0')
        wb_bench_set_station (bench, station);
      else
        ask_for_place (self);
    }
  update (self);
}

void
wb_station_window_add_source (WbStationWindow *self, WbScanSource *source)
{
  g_return_if_fail (WB_IS_STATION_WINDOW (self) && WB_IS_SCAN_SOURCE (source));

  g_signal_connect_object (source, "scan", G_CALLBACK (scan_cb), self, G_CONNECT_SWAPPED);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_station_window_dispose (GObject *object)
{
  WbStationWindow *self = WB_STATION_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->bench);
  g_clear_object (&self->wedge);
  g_clear_object (&self->beep);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_STATION_WINDOW);
  G_OBJECT_CLASS (wb_station_window_parent_class)->dispose (object);
}

static void
wb_station_window_finalize (GObject *object)
{
  WbStationWindow *self = WB_STATION_WINDOW (object);

  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_station_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *action;
    guint key;
    GdkModifierType modifiers;
  } keys[] = {
    { "bench.help", GDK_KEY_F1, 0 },  { "bench.skip", GDK_KEY_F2, 0 },  { "bench.short", GDK_KEY_F3, 0 },
    { "bench.damaged", GDK_KEY_F4, 0 }, { "bench.undo", GDK_KEY_F5, 0 }, { "bench.undo", GDK_KEY_z, GDK_CONTROL_MASK },
    { "bench.aside", GDK_KEY_F8, 0 }, { "bench.reprint", GDK_KEY_F9, 0 }, { "bench.fullscreen", GDK_KEY_F11, 0 },
  };

  gtk_widget_class_install_action (widget_class, "bench.confirm", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.skip", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.short", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.damaged", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.undo", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.aside", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.help", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.take", "x", take_cb);
  gtk_widget_class_install_action (widget_class, "bench.scan", "s", text_cb);
  gtk_widget_class_install_action (widget_class, "bench.type", "s", text_cb);
  gtk_widget_class_install_action (widget_class, "bench.station", "s", station_cb);
  gtk_widget_class_install_action (widget_class, "bench.save-label", NULL, label_cb);
  gtk_widget_class_install_action (widget_class, "bench.reprint", NULL, label_cb);
  gtk_widget_class_install_action (widget_class, "bench.open-label", NULL, open_label_cb);
  gtk_widget_class_install_action (widget_class, "bench.fullscreen", NULL, fullscreen_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, offline_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, number);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, customer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, spacer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, timer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_scanner);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_printer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_online);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_online_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, waiting);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, waiting_retry);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, place_title);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, places);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, confirm);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, side);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, side_title);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, side_view);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, side_weight);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, work_buttons);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, help);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, aside);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_title);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_detail);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_expected);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, flash);
}

static void
wb_station_window_class_init (WbStationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_station_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_station_window_finalize;
  g_type_ensure (WB_TYPE_STEP_RAIL);
  g_type_ensure (WB_TYPE_BOX_VIEW);
  g_type_ensure (WB_TYPE_EDGE_FLASH);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-station-window.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
wb_station_window_init (WbStationWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "station");
  self->cancellable = g_cancellable_new ();
  self->beep = wb_beep_new ();
  self->wedge = wb_scan_wedge_new (GTK_WINDOW (self));
  wb_station_window_add_source (self, WB_SCAN_SOURCE (self->wedge));
  g_signal_connect_object (self->wedge, "notify::typed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_idle_page_new ()), "idle");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_review_page_new ()), "review");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_item_page_new ()), "item");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_box_page_new ()), "box");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_weigh_page_new ()), "weigh");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_label_page_new ()), "label");
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
}

WbStationWindow *
wb_station_window_new (GtkApplication *application, GSettings *settings)
{
  WbStationWindow *self = g_object_new (WB_TYPE_STATION_WINDOW, "application", application, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  update (self);
  return self;
}
