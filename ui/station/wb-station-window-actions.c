/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-job-answer.h"
#include "ui/station/wb-station-settings.h"
#include "ui/station/wb-station-window-private.h"
#include "ui/wb-print-queue-window.h"

/* ── Inputs ──────────────────────────────────────────────────────────────────────────────────── */

void
_wb_station_window_scan (WbStationWindow *self, const char *text)
{
  if (self->bench != NULL)
    wb_bench_scan (self->bench, text);
}

static gboolean
is_right_weight (const WbJobState *state, gint64 weight_g)
{
  gint64 low_g = 0;
  gint64 high_g = 0;

  return wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g) && weight_g >= low_g && weight_g <= high_g;
}

/*
 * A weight that was doubted is believed when it comes again: that is for somebody to say, or to lay on the scale once more, not for a parcel
 * that lies there still, nor for one that lay there when the program was started again.
 */
static gboolean
is_nobodys_answer (WbStationWindow *self, const WbJobState *state, gint64 weight_g)
{
  return !is_right_weight (state, weight_g) &&
         (state->mistake != NULL || (self->lying_g > 0 && wb_job_answer_was_doubted (state, weight_g)));
}

/* A scale says a weight whenever something lies on it; it counts when one is asked for. */
void
_wb_station_window_weigh (WbStationWindow *self, gint64 weight_g)
{
  const WbJobState *state = self->bench != NULL ? wb_bench_get_state (self->bench) : NULL;
  g_autofree char *text = NULL;

  if (state == NULL || state->step != WB_JOB_STEP_WEIGH || is_nobodys_answer (self, state, weight_g))
    return;
  self->lying_g = weight_g;
  text = g_strdup_printf ("%" G_GINT64_FORMAT " g", weight_g);
  wb_bench_scan (self->bench, text);
}

static const struct
{
  const char *action;
  WbJobCommand command;
} commands[] = {
  { "bench.confirm", WB_JOB_COMMAND_CONFIRM }, { "bench.skip", WB_JOB_COMMAND_SKIP },
  { "bench.short", WB_JOB_COMMAND_SHORT },     { "bench.damaged", WB_JOB_COMMAND_DAMAGED },
  { "bench.undo", WB_JOB_COMMAND_UNDO },       { "bench.aside", WB_JOB_COMMAND_ASIDE },
  { "bench.help", WB_JOB_COMMAND_HELP },       { "bench.another", WB_JOB_COMMAND_ANOTHER },
  { "bench.weight-packing", WB_JOB_COMMAND_WEIGHT_PACKING },
  { "bench.weight-catalogue", WB_JOB_COMMAND_WEIGHT_CATALOGUE },
  { "bench.reprint", WB_JOB_COMMAND_REPRINT },
  { "bench.pick-list", WB_JOB_COMMAND_PICK_LIST },
  { "bench.leave", WB_JOB_COMMAND_LEAVE },
  { "bench.service", WB_JOB_COMMAND_SERVICE }, { "bench.photo", WB_JOB_COMMAND_PHOTO },
  { "bench.by-hand", WB_JOB_COMMAND_BY_HAND },
};

static void
command_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
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
    _wb_station_window_scan (self, text);
}

static void
save_label_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench == NULL)
    return;
  wb_bench_save_label (self->bench);
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
talk_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->voice != NULL)
    wb_bench_voice_talk (self->voice);
}

static void
print_commands_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench != NULL)
    wb_bench_print_commands (self->bench);
}

static void
print_queue_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench != NULL)
    gtk_window_present (GTK_WINDOW (wb_print_queue_window_new (GTK_WINDOW (self), wb_bench_get_print_queue (self->bench), self->rig)));
}

static void
settle_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench != NULL)
    wb_bench_settle (self->bench, g_str_equal (action, "bench.came-out"));
}

static void
choose_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench == NULL)
    return;
  if (parameter != NULL)
    wb_bench_choose (self->bench, g_variant_get_uint32 (parameter));
  else
    wb_bench_stop_choosing (self->bench);
}

static void
settings_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->keeper != NULL && wb_profile_keeper_get_station (self->keeper) != NULL)
    gtk_window_present (GTK_WINDOW (wb_station_settings_new (GTK_WINDOW (self), self->keeper, self->rig, self->devices)));
}

static void
change_station_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (self->bench == NULL)
    return;
  wb_bench_forget_station (self->bench);
  _wb_station_window_ask_for_place (self);
}

static void
fullscreen_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
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

/* ── Their names and keys ───────────────────────────────────────────────────────────────────────── */

void
_wb_station_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *action;
    guint key;
    GdkModifierType modifiers;
  } keys[] = {
    { "bench.help", GDK_KEY_F1, 0 },  { "bench.skip", GDK_KEY_F2, 0 },  { "bench.short", GDK_KEY_F3, 0 },
    { "bench.damaged", GDK_KEY_F4, 0 }, { "bench.undo", GDK_KEY_F5, 0 }, { "bench.another", GDK_KEY_F6, 0 }, { "bench.undo", GDK_KEY_z, GDK_CONTROL_MASK },
    { "bench.aside", GDK_KEY_F8, 0 }, { "bench.reprint", GDK_KEY_F9, 0 }, { "bench.fullscreen", GDK_KEY_F11, 0 },
    { "bench.pick-list", GDK_KEY_F7, 0 }, { "bench.photo", GDK_KEY_F12, 0 },
    { "bench.talk", GDK_KEY_Insert, 0 }, { "bench.talk", GDK_KEY_KP_Insert, 0 }, { "bench.settings", GDK_KEY_comma, GDK_CONTROL_MASK },
    { "bench.by-hand", GDK_KEY_h, GDK_CONTROL_MASK }, { "bench.stop-choosing", GDK_KEY_Escape, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_class_install_action (widget_class, commands[i].action, NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "bench.take", "x", take_cb);
  gtk_widget_class_install_action (widget_class, "bench.scan", "s", text_cb);
  gtk_widget_class_install_action (widget_class, "bench.type", "s", text_cb);
  gtk_widget_class_install_action (widget_class, "bench.station", "s", station_cb);
  gtk_widget_class_install_action (widget_class, "bench.save-label", NULL, save_label_cb);
  gtk_widget_class_install_action (widget_class, "bench.open-label", NULL, open_label_cb);
  gtk_widget_class_install_action (widget_class, "bench.fullscreen", NULL, fullscreen_cb);
  gtk_widget_class_install_action (widget_class, "bench.print-commands", NULL, print_commands_cb);
  gtk_widget_class_install_action (widget_class, "bench.talk", NULL, talk_cb);
  gtk_widget_class_install_action (widget_class, "bench.print-queue", NULL, print_queue_cb);
  gtk_widget_class_install_action (widget_class, "bench.came-out", NULL, settle_cb);
  gtk_widget_class_install_action (widget_class, "bench.print-it", NULL, settle_cb);
  gtk_widget_class_install_action (widget_class, "bench.choose", "u", choose_cb);
  gtk_widget_class_install_action (widget_class, "bench.stop-choosing", NULL, choose_cb);
  gtk_widget_class_install_action (widget_class, "bench.settings", NULL, settings_cb);
  gtk_widget_class_install_action (widget_class, "bench.change-station", NULL, change_station_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}
