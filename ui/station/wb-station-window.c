/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-box-page.h"
#include "ui/station/wb-idle-page.h"
#include "ui/station/wb-item-page.h"
#include "ui/station/wb-label-page.h"
#include "ui/station/wb-review-page.h"
#include "ui/station/wb-service-page.h"
#include "ui/station/wb-station-window-private.h"
#include "ui/station/wb-tile.h"
#include "ui/station/wb-weigh-page.h"
#include "ui/wb-format.h"

G_DEFINE_FINAL_TYPE (WbStationWindow, wb_station_window, ADW_TYPE_APPLICATION_WINDOW)

/* ── Which bench this is ─────────────────────────────────────────────────────────────────────── */

static void
add_place (WbStationWindow *self, const WbStationPlace *place)
{
  gtk_flow_box_insert (self->places, wb_tile_new (place->name, place->warehouse, "bench.station", g_variant_new_string (place->code)), -1);
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

void
_wb_station_window_ask_for_place (WbStationWindow *self)
{
  wb_job_store_stations_async (wb_bench_get_db (self->bench), self->cancellable, places_cb, g_object_ref (self));
}

/* ── What the bench tells ────────────────────────────────────────────────────────────────────── */

static void
flash_cb (WbStationWindow *self, int kind)
{
  gboolean sounds = self->keeper == NULL || wb_station_profile_get_sounds (wb_profile_keeper_get_profile (self->keeper));

  if (self->devices != NULL && (kind == WB_JOB_ANSWER_GOOD || kind == WB_JOB_ANSWER_REFUSED || kind == WB_JOB_ANSWER_WRONG))
    wb_bench_devices_confirm (self->devices, kind == WB_JOB_ANSWER_GOOD);
  if (kind == WB_JOB_ANSWER_GOOD)
    wb_edge_flash_good (self->flash);
  else if (kind == WB_JOB_ANSWER_REFUSED)
    wb_edge_flash_refused (self->flash);
  if (sounds)
    wb_beep_play (self->beep, kind == WB_JOB_ANSWER_GOOD ? WB_BEEP_GOOD : WB_BEEP_WRONG);
  self->is_answering = TRUE;
  _wb_station_window_queue_update (self);
}

static void
shape_cb (WbStationWindow *self)
{
  _wb_station_window_set_shape (self, wb_narrow_bin_get_narrow (self->bin), wb_narrow_bin_get_tight (self->bin));
}

static gboolean
tick_cb (gpointer user_data)
{
  _wb_station_window_show_timer (user_data);
  return G_SOURCE_CONTINUE;
}

void
wb_station_window_set_waiting (WbStationWindow *self, const char *text, gboolean can_retry)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (WB_IS_STATION_WINDOW (self) && text != NULL);

  sentence = wb_format_sentence (text);
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
  self->voice = wb_bench_voice_new (bench);
  g_signal_connect_object (self->voice, "changed", G_CALLBACK (_wb_station_window_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "changed", G_CALLBACK (_wb_station_window_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "flash", G_CALLBACK (flash_cb), self, G_CONNECT_SWAPPED);
  if (wb_bench_get_mode (bench) == WB_BENCH_CLOSED)
    {
      station = self->settings != NULL ? g_settings_get_string (self->settings, "station") : g_strdup ("");
      if (*station != '\0')
        wb_bench_set_station (bench, station);
      else
        _wb_station_window_ask_for_place (self);
    }
  _wb_station_window_update (self);
}

void
wb_station_window_add_source (WbStationWindow *self, WbScanSource *source)
{
  g_return_if_fail (WB_IS_STATION_WINDOW (self) && WB_IS_SCAN_SOURCE (source));

  g_signal_connect_object (source, "scan", G_CALLBACK (_wb_station_window_scan), self, G_CONNECT_SWAPPED);
}

static void
weight_cb (WbStationWindow *self, gint64 weight_g)
{
  _wb_station_window_weigh (self, weight_g);
}

static void
tap_cb (WbStationWindow *self, const WbNfcTag *tag, const char *role)
{
  if (self->bench != NULL)
    wb_bench_tap (self->bench, tag, role);
}

static void
badge_cb (WbStationWindow *self, const char *text)
{
  if (self->bench != NULL)
    wb_bench_badge (self->bench, text);
}

static void
profile_cb (WbStationWindow *self)
{
  const WbStationDevice *said = wb_station_profile_find_device (wb_profile_keeper_get_profile (self->keeper), WB_WEDGE_DEVICE);
  WbWedgeOptions options = { 0 };

  wb_wedge_options_read (&options, said != NULL ? said->options : NULL);
  wb_scan_wedge_set_options (self->wedge, &options);
}

void
wb_station_window_set_profile (WbStationWindow *self, WbProfileKeeper *keeper, WbDeviceRig *rig)
{
  g_return_if_fail (WB_IS_STATION_WINDOW (self) && WB_IS_PROFILE_KEEPER (keeper) && WB_IS_DEVICE_RIG (rig));

  g_set_object (&self->keeper, keeper);
  g_set_object (&self->rig, rig);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (profile_cb), self, G_CONNECT_SWAPPED);
  profile_cb (self);
}

void
wb_station_window_set_devices (WbStationWindow *self, WbBenchDevices *devices)
{
  g_return_if_fail (WB_IS_STATION_WINDOW (self) && WB_IS_BENCH_DEVICES (devices) && self->devices == NULL);

  self->devices = g_object_ref (devices);
  wb_station_window_add_source (self, WB_SCAN_SOURCE (devices));
  g_signal_connect_object (devices, "weight", G_CALLBACK (weight_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (devices, "tap", G_CALLBACK (tap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (devices, "badge", G_CALLBACK (badge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (devices, "changed", G_CALLBACK (_wb_station_window_queue_update), self, G_CONNECT_SWAPPED);
  _wb_station_window_update (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_station_window_dispose (GObject *object)
{
  WbStationWindow *self = WB_STATION_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  _wb_station_window_forget_update (self);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_weak_pointer (&self->scale);
  g_clear_object (&self->bench);
  g_clear_object (&self->wedge);
  g_clear_object (&self->devices);
  g_clear_object (&self->voice);
  g_clear_object (&self->keeper);
  g_clear_object (&self->rig);
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

/* Nothing behind the red panel can be walked to. */
static gboolean
wb_station_window_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WbStationWindow *self = WB_STATION_WINDOW (widget);

  if (!gtk_widget_get_visible (self->panel))
    return GTK_WIDGET_CLASS (wb_station_window_parent_class)->focus (widget, direction);
  if (gtk_widget_child_focus (self->panel, direction))
    return TRUE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  return gtk_widget_child_focus (self->panel, direction);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, middle);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, work);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, offline_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, header);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, number);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, customer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, spacer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, timer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, person_box);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, person);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_scanner);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_scanner_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_scale);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_scale_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_nfc);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_nfc_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_camera);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_camera_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_voice);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_voice_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_printer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_printer_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_online);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, lamp_online_label);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, page_scroll);
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
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, camera_view);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, work_buttons);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, bar_spacer);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, sense_buttons);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, more_buttons);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, talk);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, photo);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_title);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_detail);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_expected);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_reasons);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, WbStationWindow, flash);
}

static void
wb_station_window_class_init (WbStationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_station_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_station_window_finalize;
  widget_class->focus = wb_station_window_focus;
  g_type_ensure (WB_TYPE_NARROW_BIN);
  g_type_ensure (WB_TYPE_STEP_RAIL);
  g_type_ensure (WB_TYPE_BOX_VIEW);
  g_type_ensure (WB_TYPE_CAMERA_VIEW);
  g_type_ensure (WB_TYPE_EDGE_FLASH);
  g_type_ensure (WB_TYPE_SHADE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-station-window.ui");
  bind_children (widget_class);
  _wb_station_window_install_actions (widget_class);
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
  g_signal_connect_object (self->wedge, "notify::typed", G_CALLBACK (_wb_station_window_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bin, "notify::narrow", G_CALLBACK (shape_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bin, "notify::tight", G_CALLBACK (shape_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_idle_page_new ()), "idle");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_review_page_new ()), "review");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_item_page_new ()), "item");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_box_page_new ()), "box");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_weigh_page_new ()), "weigh");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_label_page_new ()), "label");
  gtk_stack_add_named (self->stack, GTK_WIDGET (wb_service_page_new ()), "service");
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
}

WbStationWindow *
wb_station_window_new (GtkApplication *application, GSettings *settings)
{
  WbStationWindow *self = g_object_new (WB_TYPE_STATION_WINDOW, "application", application, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  _wb_station_window_update (self);
  return self;
}
