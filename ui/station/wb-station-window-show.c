/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-weight.h"
#include "ui/station/wb-bench-page.h"
#include "ui/station/wb-station-window-private.h"
#include "ui/station/wb-weigh-page.h"

/* A window that nobody sees gets no frames, and is up to date all the same. */
#define NO_FRAME_MS 50

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
  if (wb_bench_get_choosing (self->bench) != WB_BENCH_CHOOSING_NOTHING)
    return "service";
  return page_of_step (wb_bench_get_state (self->bench)->step);
}

/* ── Parts ───────────────────────────────────────────────────────────────────────────────────── */

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
      box = wb_job_state_suggest_box (state, state->parcel);
      return box != NULL && state->parcel > 0 ? g_strdup_printf (_ ("Take “%s”"), box->name) : NULL;
    case WB_JOB_STEP_VERIFY:
      return state->mistake == NULL && wb_job_command_is_allowed (state, WB_JOB_COMMAND_CONFIRM)
                 ? g_strdup_printf (_ ("Parcel %u is packed"), wb_job_state_get_parcel_rank (state, state->parcel))
                 : NULL;
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
  g_autofree char *label = self->bench != NULL && wb_bench_get_mode (self->bench) != WB_BENCH_CLOSED &&
                                   wb_bench_get_choosing (self->bench) == WB_BENCH_CHOOSING_NOTHING
                               ? make_confirm_label (self->bench, state)
                               : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->confirm), label != NULL);
  gtk_button_set_label (self->confirm, label != NULL ? label : "");
}

/* The box that is being filled and what it holds: while pieces go in, and on the scale. */
static void
show_side (WbStationWindow *self, const WbJobState *state)
{
  gboolean wanted = state != NULL && wb_bench_get_choosing (self->bench) == WB_BENCH_CHOOSING_NOTHING &&
                    (state->step == WB_JOB_STEP_VERIFY ||
                     (state->step == WB_JOB_STEP_WEIGH && !self->narrow && !self->tight && wb_job_state_get_n_parcels (state) < 2));
  gboolean several = wanted && state->parcels->len > 1;
  gboolean full = FALSE;
  gboolean too_much = FALSE;
  const WbJobBox *box = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = g_strdup ("");
  gint64 low_g = 0;
  gint64 high_g = 0;

  if (wanted)
    box = wb_job_state_get_box (state, state->parcel);
  if (wanted && box == NULL)
    box = wb_job_state_suggest_box (state, state->parcel);
  too_much = wanted && box == NULL && state->line > 0;
  if (wanted && box == NULL && state->job->boxes->len > 0)
    box = g_ptr_array_index (state->job->boxes, state->job->boxes->len - 1);
  gtk_widget_set_visible (GTK_WIDGET (self->side_title), box != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->side_view), box != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->side_weight), box != NULL);
  /* there is room for one of them */
  if (self->narrow && box != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->camera_view), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->side), box != NULL || gtk_widget_get_visible (GTK_WIDGET (self->camera_view)));
  if (box == NULL)
    return;
  if (several)
    title = g_strdup_printf (_ ("Parcel %u: %s"), wb_job_state_get_parcel_rank (state, state->parcel), box->name);
  else
    title = g_strdup (box->name);
  full = state->step == WB_JOB_STEP_VERIFY && state->line > 0 &&
         !wb_job_state_has_room (state, state->parcel, state->line);
  if (full)
    {
      g_free (words);
      words = g_strdup (_ ("This one does not fit any more: “Another box”, or scan a larger one."));
    }
  else if (too_much)
    {
      g_free (words);
      words = g_strdup (_ ("It needs more than one box: fill this one, then “Another box”."));
    }
  else if (wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g))
    {
      g_autofree char *weight = wb_weight_to_string ((low_g + high_g) / 2);

      g_free (words);
      words = g_strdup_printf (_ ("will weigh about %s"), weight);
    }
  gtk_label_set_text (self->side_title, title);
  gtk_label_set_text (self->side_weight, words);
  if (full)
    gtk_widget_add_css_class (GTK_WIDGET (self->side_weight), "full");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->side_weight), "full");
  wb_box_view_show (self->side_view, state, state->parcel, box);
}

static char *
describe_photos (WbBench *bench)
{
  guint n = wb_bench_get_n_photos (bench);
  guint n_unsent = wb_bench_get_n_unsent_photos (bench);
  g_autofree char *taken = n > 0 ? g_strdup_printf (ngettext ("%u photo", "%u photos", n), n) : g_strdup ("");
  g_autofree char *unsent = NULL;

  if (n_unsent == 0 || wb_db_get_state (wb_bench_get_db (bench)) == WB_DB_STATE_ONLINE)
    return g_steal_pointer (&taken);
  unsent = g_strdup_printf (ngettext ("%u waits for the database", "%u wait for the database", n_unsent), n_unsent);
  return wb_facts_join (taken, unsent, NULL);
}

/* What the camera sees, while there is something to look at; a photo shows as soon as it is taken. */
static void
show_camera (WbStationWindow *self, const WbJobState *state)
{
  WbCamera *camera = self->devices != NULL ? wb_bench_devices_get_camera (self->devices) : NULL;
  const WbPhoto *photo = NULL;
  guint serial = 0;
  g_autofree char *caption = NULL;

  if (self->bench == NULL)
    return;
  wb_bench_set_camera (self->bench, camera);
  wb_camera_view_set_camera (self->camera_view, camera);
  /* a narrow screen needs its room for the list until the box is closed */
  gtk_widget_set_visible (GTK_WIDGET (self->camera_view),
                          camera != NULL && state != NULL && (!self->narrow || state->step >= WB_JOB_STEP_BOX));
  gtk_widget_set_visible (self->photo, camera != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.photo", wb_bench_can_take_photo (self->bench));
  caption = describe_photos (self->bench);
  wb_camera_view_set_caption (self->camera_view, caption);
  photo = wb_bench_get_photo (self->bench, &serial);
  if (photo != NULL && serial != self->shown_photo)
    wb_camera_view_show_photo (self->camera_view, photo);
  self->shown_photo = serial;
}

/* Whoever talks sees that it listens and what it understood. */
static void
show_voice (WbStationWindow *self)
{
  WbVoice *voice = self->devices != NULL ? wb_bench_devices_get_voice (self->devices) : NULL;

  if (self->voice == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->sense_buttons), FALSE);
      return;
    }
  wb_bench_voice_set_voice (self->voice, voice);
  gtk_widget_set_visible (self->talk, voice != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sense_buttons), voice != NULL || gtk_widget_get_visible (self->photo));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.talk", voice != NULL);
  if (wb_bench_voice_is_listening (self->voice))
    gtk_widget_add_css_class (self->talk, "suggested-action");
  else
    gtk_widget_remove_css_class (self->talk, "suggested-action");
  if (*wb_bench_voice_get_text (self->voice) == '\0' ||
      !(wb_bench_voice_is_listening (self->voice) || wb_bench_voice_is_asking (self->voice)))
    return;
  gtk_label_set_text (self->notice, wb_bench_voice_get_text (self->voice));
}

/* Why nobody may pack this order. */
static const char *
get_blocked (WbStationWindow *self, const WbJobState *state)
{
  const WbJobWork *work = self->bench != NULL ? wb_bench_get_work (self->bench) : NULL;

  return work != NULL && state != NULL && !state->is_aside ? work->blocked : NULL;
}

static gboolean
is_wrong (WbStationWindow *self, const WbJobState *state)
{
  return (state != NULL && state->mistake != NULL) || get_blocked (self, state) != NULL;
}

/* The panel has the focus while it is there: a screen reader says what is wrong, and Enter and Tab stay in it. */
static void
move_focus (WbStationWindow *self, gboolean is_shown)
{
  GtkWidget *before = is_shown ? gtk_window_get_focus (GTK_WINDOW (self)) : self->focus_before;

  if (is_shown)
    {
      g_set_weak_pointer (&self->focus_before, before);
      gtk_widget_grab_focus (GTK_WIDGET (self->panel_button));
    }
  else if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
}

static void
show_panel (WbStationWindow *self, const WbJobState *state)
{
  const char *detail = self->bench != NULL ? wb_bench_get_detail (self->bench) : "";
  const WbJobEvent *mistake = state != NULL ? state->mistake : NULL;
  const char *blocked = get_blocked (self, state);
  g_autofree char *expected = NULL;
  g_autofree char *words = NULL;

  wb_edge_flash_set_wrong (self->flash, is_wrong (self, state));
  if (mistake == NULL && blocked == NULL)
    {
      if (gtk_widget_get_visible (self->panel))
        move_focus (self, FALSE);
      gtk_widget_set_visible (self->panel, FALSE);
      return;
    }
  if (mistake != NULL)
    {
      WbJobState calm = *state;

      calm.mistake = NULL;
      expected = wb_job_state_get_expectation (&calm);
    }
  gtk_label_set_text (self->panel_title, mistake != NULL ? mistake->text : blocked);
  if (gtk_widget_get_visible (self->panel) && strcmp (gtk_label_get_text (self->panel_detail), mistake != NULL ? detail : "") != 0)
    wb_shade_hold (WB_SHADE (self->panel));
  gtk_label_set_text (self->panel_detail, mistake != NULL ? detail : "");
  /* its line is there from the beginning */
  gtk_widget_set_visible (GTK_WIDGET (self->panel_detail), mistake != NULL && (*detail != '\0' || wb_bench_is_asking (self->bench)));
  gtk_label_set_text (self->panel_expected, expected != NULL ? expected : "");
  gtk_widget_set_visible (GTK_WIDGET (self->panel_expected), expected != NULL);
  gtk_widget_set_visible (self->panel_reasons,
                          mistake != NULL && wb_job_command_is_allowed (state, WB_JOB_COMMAND_WEIGHT_PACKING));
  gtk_button_set_label (self->panel_button, mistake == NULL        ? _ ("Put aside")
                                            : mistake->number > 0 ? _ ("Weigh again")
                                                                  : _ ("Understood"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->panel_button),
                                  mistake != NULL ? "bench.confirm" : "bench.aside");
  words = g_strjoin (" ", gtk_label_get_text (self->panel_title), gtk_label_get_text (self->panel_detail),
                     gtk_label_get_text (self->panel_expected), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->panel_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, g_strstrip (words), -1);
  if (gtk_widget_get_visible (self->panel))
    return;
  gtk_widget_set_visible (self->panel, TRUE);
  move_focus (self, TRUE);
}

static void
show_bar (WbStationWindow *self, const WbJobState *state)
{
  static const struct
  {
    const char *action;
    WbJobCommand command;
  } commands[] = {
    { "bench.skip", WB_JOB_COMMAND_SKIP },       { "bench.short", WB_JOB_COMMAND_SHORT },
    { "bench.undo", WB_JOB_COMMAND_UNDO },       { "bench.damaged", WB_JOB_COMMAND_DAMAGED },
    { "bench.aside", WB_JOB_COMMAND_ASIDE },     { "bench.help", WB_JOB_COMMAND_HELP },
    { "bench.another", WB_JOB_COMMAND_ANOTHER }, { "bench.reprint", WB_JOB_COMMAND_REPRINT },
    { "bench.service", WB_JOB_COMMAND_SERVICE }, { "bench.by-hand", WB_JOB_COMMAND_BY_HAND },
  };
  const char *typed = wb_scan_wedge_get_typed (self->wedge);
  gboolean weighing = state != NULL && state->step == WB_JOB_STEP_WEIGH;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), commands[i].action,
                                   state != NULL && wb_job_command_is_allowed (state, commands[i].command));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), state != NULL);
  if (*typed != '\0' && !weighing)
    {
      g_autofree char *words = g_strdup_printf ("⌨ %s", typed);

      gtk_label_set_text (self->notice, words);
    }
  else
    gtk_label_set_text (self->notice, self->bench != NULL ? wb_bench_get_notice (self->bench) : "");
}

/* Something may stay on the scale all day, a mat or a tote: what was weighed was taken off when not even half of it is left. */
static void
reading_cb (WbStationWindow *self, const WbScaleReading *reading)
{
  gint64 mg = 0;

  if (wb_scale_reading_get_mg (reading, &mg) && mg < self->lying_g * 1000 / 2)
    self->lying_g = 0;
}

static void
show_scale (WbStationWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, "weigh");
  WbScale *scale = self->devices != NULL ? wb_bench_devices_get_scale (self->devices) : NULL;

  wb_weigh_page_set_scale (WB_WEIGH_PAGE (page), scale);
  if (scale == self->scale)
    return;
  if (self->scale != NULL)
    g_signal_handlers_disconnect_by_func (self->scale, reading_cb, self);
  g_set_weak_pointer (&self->scale, scale);
  if (scale != NULL)
    g_signal_connect_object (scale, "reading", G_CALLBACK (reading_cb), self, G_CONNECT_SWAPPED);
}

/* What is on the scale already when its weight is asked for does not have to be lifted once more. */
static void
weigh_what_lies_there (WbStationWindow *self, const WbJobState *state)
{
  gboolean weighing = state != NULL && state->step == WB_JOB_STEP_WEIGH;
  gboolean begins = weighing && !self->weighing;
  const WbJobParcel *parcel = begins ? wb_job_state_get_parcel (state, state->parcel) : NULL;
  gint64 weight_g = begins && self->devices != NULL ? wb_bench_devices_get_weight_g (self->devices) : 0;

  self->weighing = weighing;
  if (begins)
    self->lying_g = parcel != NULL ? parcel->doubted_g : 0;
  if (weight_g > 0)
    _wb_station_window_weigh (self, weight_g);
}

void
_wb_station_window_forget_update (WbStationWindow *self)
{
  /* a window that was closed has ended its frames, and with them who waited for one */
  if (self->frame_handler != 0 && g_signal_handler_is_connected (self->frames, self->frame_handler))
    g_signal_handler_disconnect (self->frames, self->frame_handler);
  self->frame_handler = 0;
  g_clear_object (&self->frames);
  g_clear_handle_id (&self->update_later, g_source_remove);
}

static gboolean
later_cb (gpointer user_data)
{
  WbStationWindow *self = user_data;

  self->update_later = 0;
  _wb_station_window_update (self);
  return G_SOURCE_REMOVE;
}

/*
 * The edges and their sign are painted by themselves, in a few milliseconds; all the rest, a panel over everything not least, comes with the
 * frame behind that, or the colour would wait for it.
 */
static void
before_paint_cb (WbStationWindow *self)
{
  if (!self->is_answering)
    {
      _wb_station_window_update (self);
      return;
    }
  self->is_answering = FALSE;
  wb_edge_flash_set_wrong (self->flash, is_wrong (self, self->bench != NULL ? wb_bench_get_state (self->bench) : NULL));
  gdk_frame_clock_request_phase (self->frames, GDK_FRAME_CLOCK_PHASE_BEFORE_PAINT);
}

void
_wb_station_window_queue_update (WbStationWindow *self)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->update_later == 0)
    self->update_later = g_timeout_add (NO_FRAME_MS, later_cb, self);
  if (frames == NULL || self->frame_handler != 0)
    return;
  /* before styles are looked at: a tick callback is behind that, so what it changes would be shown one frame later */
  self->frames = g_object_ref (frames);
  self->frame_handler = g_signal_connect_swapped (frames, "before-paint", G_CALLBACK (before_paint_cb), self);
  gdk_frame_clock_request_phase (frames, GDK_FRAME_CLOCK_PHASE_BEFORE_PAINT);
}

void
_wb_station_window_update (WbStationWindow *self)
{
  const WbJobState *state = self->bench != NULL ? wb_bench_get_state (self->bench) : NULL;
  const char *page = current_page (self);
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, page);

  _wb_station_window_forget_update (self);
  self->is_answering = FALSE;
  if (WB_IS_BENCH_PAGE (child))
    wb_bench_page_update (WB_BENCH_PAGE (child), self->bench, wb_scan_wedge_get_typed (self->wedge));
  gtk_stack_set_visible_child_name (self->stack, page);
  _wb_station_window_show_header (self, state);
  wb_step_rail_show (self->rail, state);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), state != NULL);
  show_camera (self, state);
  show_scale (self);
  show_side (self, state);
  show_confirm (self, state);
  show_bar (self, state);
  show_voice (self);
  show_panel (self, state);
  weigh_what_lies_there (self, state);
}
