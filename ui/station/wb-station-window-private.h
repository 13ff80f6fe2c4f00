/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the window share: wb-station-window.c (life, which bench this is), wb-station-window-show.c (what is
 * shown), wb-station-window-header.c (lamps, order, time, person), wb-station-window-shape.c (how it fits on the screen)
 * and wb-station-window-actions.c (keys, buttons, scans).
 */
#pragma once

#include "ui/station/wb-beep.h"
#include "ui/station/wb-bench-voice.h"
#include "ui/station/wb-box-view.h"
#include "ui/station/wb-edge-flash.h"
#include "ui/station/wb-scan-wedge.h"
#include "ui/station/wb-shade.h"
#include "ui/station/wb-station-window.h"
#include "ui/station/wb-step-rail.h"
#include "ui/wb-camera-view.h"
#include "ui/wb-narrow-bin.h"

G_BEGIN_DECLS

struct _WbStationWindow
{
  AdwApplicationWindow parent_instance;

  guint clock;
  gulong frame_handler; /* the next frame shows what the bench is now */
  guint update_later;   /* the same, should there be no frame */
  gboolean is_answering; /* the next frame is that of an answer's colour */
  gboolean narrow;
  gboolean tight;
  gboolean crowded;
  int lamp_words_width;
  gboolean weighing; /* the bench asks for a weight */
  gint64 lying_g; /* was weighed, and not taken off since; 0: nothing, or what nobody asked for */
  WbScale *scale;
  guint shown_photo; /* serial */

  /* Template widgets */
  WbNarrowBin *bin;
  GtkBox *middle;
  GtkBox *work;
  GtkRevealer *offline;
  GtkLabel *offline_label;
  GtkBox *header;
  GtkLabel *number;
  GtkLabel *customer;
  GtkProgressBar *progress;
  GtkLabel *progress_label;
  GtkWidget *spacer;
  GtkLabel *timer;
  GtkWidget *person_box;
  GtkLabel *person;
  GtkWidget *lamp_scanner;
  GtkWidget *lamp_scanner_label;
  GtkWidget *lamp_scale;
  GtkWidget *lamp_scale_label;
  GtkWidget *lamp_nfc;
  GtkWidget *lamp_nfc_label;
  GtkWidget *lamp_camera;
  GtkWidget *lamp_camera_label;
  GtkWidget *lamp_voice;
  GtkWidget *lamp_voice_label;
  GtkWidget *lamp_printer;
  GtkWidget *lamp_printer_label;
  GtkWidget *lamp_online;
  GtkLabel *lamp_online_label;
  WbStepRail *rail;
  GtkWidget *page_scroll; /* a page that needs more than there is, in large letters, say */
  GtkStack *stack;
  GtkLabel *waiting;
  GtkWidget *waiting_retry;
  GtkLabel *place_title;
  GtkFlowBox *places;
  GtkButton *confirm;
  GtkBox *side;
  GtkLabel *side_title;
  WbBoxView *side_view;
  GtkLabel *side_weight;
  WbCameraView *camera_view;
  GtkBox *bar;
  GtkBox *work_buttons;
  GtkWidget *bar_spacer;
  GtkBox *sense_buttons;
  GtkBox *more_buttons;
  GtkWidget *talk;
  GtkWidget *photo;
  GtkLabel *notice;
  GtkWidget *panel;
  GtkWidget *focus_before;
  GtkLabel *panel_title;
  GtkLabel *panel_detail;
  GtkLabel *panel_expected;
  GtkWidget *panel_reasons;
  GtkButton *panel_button;
  WbEdgeFlash *flash;

  /* Owned references */
  GdkFrameClock *frames; /* (nullable): that @frame_handler waits for */
  WbBench *bench;
  WbScanWedge *wedge;
  WbBenchDevices *devices;
  WbBenchVoice *voice;
  WbProfileKeeper *keeper;
  WbDeviceRig *rig;
  WbBeep *beep;
  GSettings *settings;
  GCancellable *cancellable;
};

void _wb_station_window_update (WbStationWindow *self);

/**
 * _wb_station_window_queue_update:
 *
 * Shows what the bench is now with the next frame: once, however often it changes until then. A scan is followed by two or three
 * answers of the database before its frame is painted. The frame with the colour of an answer is left to that: then it is the next but one.
 */
void _wb_station_window_queue_update (WbStationWindow *self);
void _wb_station_window_forget_update (WbStationWindow *self);

/**
 * _wb_station_window_show_header:
 * @state: (nullable): of the order in hand
 *
 * Shows whose order it is, how far it is, who packs it, and what works and what does not.
 */
void _wb_station_window_show_header (WbStationWindow *self, const WbJobState *state);
void _wb_station_window_show_timer (WbStationWindow *self);
void _wb_station_window_set_shape (WbStationWindow *self, gboolean narrow, gboolean tight);
void _wb_station_window_install_actions (GtkWidgetClass *widget_class);
void _wb_station_window_ask_for_place (WbStationWindow *self);
void _wb_station_window_scan (WbStationWindow *self, const char *text);
void _wb_station_window_weigh (WbStationWindow *self, gint64 weight_g);

G_END_DECLS
