/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-answer CONNINFO [ROUNDS]: a packing bench with an order in hand, and a scanner on a serial line (a pseudo-terminal) that reads
 * right and wrong things in turn: how long from the last byte on the line until the main loop has the scan, from there until the frame
 * with its colour is on the screen, until the frame behind that with all the rest is, and until its sound is handed to the audio library
 * (which stands here: nothing of it is played). The same for a scanner that is a keyboard, with real keys (xdotool). Wants a screen (tests/xvfb) and the shop of tests/bench-shop.sql. Prints a
 * JSON line a figure; the reference is what a frame takes in which nothing new is painted.
 */
#include "config.h"

#include <adwaita.h>
#include <canberra.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "devices/wb-printer-folder.h"
#include "devices/wb-scanner.h"
#include "devices/wb-serial-backend.h"
#include "tests/bench/bench-times.h"
#include "ui/station/wb-station-ui.h"
#include "ui/station/wb-station-window.h"
#include "ui/wb-ui.h"

#define RIGHT "4006381333931"
#define WRONG "5012345678900"
/* A scanner is not as fast as this. */
#define PACE_MS 170
/* The flash of the last answer is over and has faded, so that the next one has to light up. */
#define DARK_MS 640

typedef struct
{
  GtkApplication *application; /* for its styles */
  WbDb *db;
  WbBench *bench;
  GtkWidget *window;
  char *folder;
  char *path;
  int line;
  GSubprocess *keys; /* xdotool, which reads commands */

  gint64 scanned_us;
  gint64 flashed_us;
  gint64 painted_us; /* of the first frame behind the flash */
  gint64 rest_us;    /* of the second */
  guint n_frames;
} Desk;

static gint64 sounded_us; /* read when its count has gone up */
static int n_sounds;

/* In place of the library's: the moment it is asked to play. */
int
ca_context_play (ca_context *context, uint32_t id, ...)
{
  sounded_us = g_get_monotonic_time ();
  g_atomic_int_inc (&n_sounds);
  g_main_context_wakeup (NULL);
  return CA_SUCCESS;
}

static void
painted_cb (Desk *desk)
{
  desk->n_frames++;
  if (desk->flashed_us == 0 || desk->rest_us != 0)
    return;
  gdk_display_sync (gdk_display_get_default ()); /* what it was told is on the screen */
  if (desk->painted_us == 0)
    desk->painted_us = g_get_monotonic_time ();
  else
    desk->rest_us = g_get_monotonic_time ();
}

static void
flash_cb (Desk *desk)
{
  desk->flashed_us = g_get_monotonic_time ();
}

static void
scan_cb (Desk *desk)
{
  desk->scanned_us = g_get_monotonic_time ();
}

static void
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
turn_for (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add_once (ms, over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_line (Desk *desk)
{
  char name[256] = "";
  int slave = -1;
  struct termios raw = { 0 };

  if (openpty (&desk->line, &slave, name, NULL, NULL) != 0)
    g_error ("there is no pseudo-terminal");
  tcgetattr (slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (slave, TCSANOW, &raw);
  desk->path = g_strdup (name);
}

/* Everything a station has, without the program around it. */
static void
open_desk (Desk *desk, const char *conninfo)
{
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_serial_backend_new (models);
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr (WbBenchDevices) devices = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autofree char *id = NULL;

  desk->folder = g_dir_make_tmp ("wb-answer-XXXXXX", NULL);
  desk->db = wb_db_new (conninfo);
  wb_db_open_async (desk->db, NULL, NULL, NULL);
  printer = wb_printer_folder_new (desk->folder);
  desk->bench = wb_bench_new (desk->db, printer, NULL, desk->folder);
  g_signal_connect_swapped (desk->bench, "flash", G_CALLBACK (flash_cb), desk);
  open_line (desk);
  wb_serial_backend_add_port (WB_SERIAL_BACKEND (backend), desk->path, "serial-scanner", NULL);
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  id = g_strconcat ("serial:", desk->path, NULL);
  while (wb_device_hub_find (hub, id) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (wb_device_hub_find (hub, id), "scan", G_CALLBACK (scan_cb), desk);
  desk->window = GTK_WIDGET (wb_station_window_new (desk->application, NULL));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (desk->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (desk->window), "after-paint", G_CALLBACK (painted_cb), desk);
  devices = wb_bench_devices_new (hub);
  wb_station_window_set_devices (WB_STATION_WINDOW (desk->window), devices);
  wb_station_window_set_bench (WB_STATION_WINDOW (desk->window), desk->bench);
  wb_bench_set_station (desk->bench, "ST1");
}

static void
wait_for_step (Desk *desk, WbJobStep step)
{
  while (wb_bench_get_state (desk->bench) == NULL || wb_bench_get_state (desk->bench)->step != step)
    g_main_context_iteration (NULL, TRUE);
}

/* The next order, up to where its pieces are scanned into the box. */
static void
take_order (Desk *desk)
{
  while (wb_bench_get_mode (desk->bench) != WB_BENCH_IDLE || wb_bench_get_queue (desk->bench) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wb_bench_command (desk->bench, WB_JOB_COMMAND_CONFIRM);
  while (wb_bench_get_mode (desk->bench) != WB_BENCH_WORKING)
    g_main_context_iteration (NULL, TRUE);
  while (wb_bench_get_state (desk->bench)->step < WB_JOB_STEP_VERIFY)
    wb_bench_command (desk->bench, WB_JOB_COMMAND_CONFIRM);
  wait_for_step (desk, WB_JOB_STEP_VERIFY);
}

static void
measure_frame (Desk *desk, GArray *times)
{
  for (guint i = 0; i < 50; i++)
    {
      gint64 start_us = 0;
      guint before = desk->n_frames;

      turn_for (40); /* or it would wait for its turn among the frames */
      before = desk->n_frames;
      start_us = g_get_monotonic_time ();
      gtk_widget_queue_draw (desk->window);
      while (desk->n_frames == before)
        g_main_context_iteration (NULL, TRUE);
      gdk_display_sync (gdk_display_get_default ());
      bench_times_add_us (times, g_get_monotonic_time () - start_us);
    }
}

static void
say (int fd, const char *text)
{
  if (write (fd, text, strlen (text)) != (gssize) strlen (text))
    g_error ("the line takes nothing any more");
}

/* Types the code, and then its end: when that was said. */
static gint64
scan (Desk *desk, const char *code, gboolean by_keys)
{
  GOutputStream *keys = by_keys ? g_subprocess_get_stdin_pipe (desk->keys) : NULL;
  gint64 end_us = 0;

  if (by_keys)
    {
      g_autofree char *command = g_strdup_printf ("type --delay 1 %s\n", code);

      g_output_stream_write_all (keys, command, strlen (command), NULL, NULL, NULL);
      turn_for (25); /* until they are typed; longer than the keys of a scan may be apart, and they would be none */
      end_us = g_get_monotonic_time ();
      g_output_stream_write_all (keys, "key --delay 0 Return\n", 21, NULL, NULL, NULL);
      return end_us;
    }
  say (desk->line, code);
  turn_for (2);
  end_us = g_get_monotonic_time ();
  say (desk->line, "\r");
  return end_us;
}

typedef struct
{
  GArray *event;
  GArray *colour;
  GArray *rest;
  GArray *sound;
} Answers;

static void
answers_init (Answers *answers)
{
  answers->event = bench_times_new ();
  answers->colour = bench_times_new ();
  answers->rest = bench_times_new ();
  answers->sound = bench_times_new ();
}

static void
answers_clear (Answers *answers)
{
  g_array_unref (answers->event);
  g_array_unref (answers->colour);
  g_array_unref (answers->rest);
  g_array_unref (answers->sound);
}

static void
measure_scan (Desk *desk, const char *code, gboolean by_keys, Answers *answers)
{
  int before = g_atomic_int_get (&n_sounds);
  gint64 said_us = 0;
  gint64 event_us = 0;

  desk->scanned_us = desk->flashed_us = desk->painted_us = desk->rest_us = 0;
  said_us = scan (desk, code, by_keys);
  while (desk->rest_us == 0 || g_atomic_int_get (&n_sounds) == before)
    g_main_context_iteration (NULL, TRUE);
  event_us = by_keys ? desk->flashed_us : desk->scanned_us;
  bench_times_add_us (answers->event, event_us - said_us);
  bench_times_add_us (answers->colour, desk->painted_us - event_us);
  bench_times_add_us (answers->rest, desk->rest_us - event_us);
  bench_times_add_us (answers->sound, sounded_us - event_us);
}

/* A right thing, which is taken back, and a wrong one, which is understood. */
static void
measure_round (Desk *desk, gboolean by_keys, Answers *right, Answers *wrong)
{
  measure_scan (desk, RIGHT, by_keys, right);
  turn_for (PACE_MS);
  wb_bench_command (desk->bench, WB_JOB_COMMAND_UNDO);
  turn_for (DARK_MS);
  measure_scan (desk, WRONG, by_keys, wrong);
  turn_for (PACE_MS);
  wb_bench_command (desk->bench, WB_JOB_COMMAND_CONFIRM);
  turn_for (DARK_MS);
}

static void
measure (Desk *desk, guint rounds)
{
  Answers right;
  Answers wrong;
  Answers keys;
  g_autoptr (GArray) frames = bench_times_new ();

  answers_init (&right);
  answers_init (&wrong);
  answers_init (&keys);
  measure_round (desk, FALSE, &right, &wrong);
  /* the first of each makes widgets and fills caches */
  answers_clear (&right);
  answers_clear (&wrong);
  answers_init (&right);
  answers_init (&wrong);
  for (guint i = 0; i < rounds; i++)
    measure_round (desk, FALSE, &right, &wrong);
  for (guint i = 0; i < rounds / 2 && desk->keys != NULL; i++)
    measure_round (desk, TRUE, &keys, &keys);
  measure_frame (desk, frames);
  bench_times_report ("answer-event", right.event, frames, "from the last byte on a serial line to the main loop of a bench at work; bar: 5 ms");
  bench_times_report ("answer-right-colour", right.colour, frames, "from there until the upper edge of the dark screen is lit; bar: 16 ms; reference: a frame with nothing new");
  bench_times_report ("answer-right-rest", right.rest, frames, "and until all edges, the sign and the page show it: the next frame, 17 ms after that one");
  bench_times_report ("answer-right-sound", right.sound, frames, "until its sound is handed to the audio library; bar: 16 ms");
  bench_times_report ("answer-wrong-colour", wrong.colour, frames, "the red edge; bar: 16 ms");
  bench_times_report ("answer-wrong-rest", wrong.rest, frames, "all edges and the red panel, over everything: the next frame");
  bench_times_report ("answer-wrong-sound", wrong.sound, frames, "bar: 16 ms");
  if (keys.event->len > 0)
    {
      bench_times_report ("answer-keys-event", keys.event, frames, "from xdotool's command to press Enter to the bench's answer");
      bench_times_report ("answer-keys-colour", keys.colour, frames, "bar: 16 ms");
    }
  answers_clear (&right);
  answers_clear (&wrong);
  answers_clear (&keys);
}

int
main (int argc, char **argv)
{
  guint64 rounds = 50;
  Desk desk = { 0 };

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc < 2 || (argc > 2 && !g_ascii_string_to_unsigned (argv[2], 10, 1, 10000, &rounds, NULL)))
    {
      g_printerr ("Usage: bench-answer CONNINFO [ROUNDS]\n");
      return 2;
    }
  /* without any audio the library is not asked at all */
  g_setenv ("PULSE_SERVER", "nowhere", TRUE);
  g_setenv ("CANBERRA_DRIVER", "null", TRUE);
  wb_station_ui_register_resources ();
  desk.application = GTK_APPLICATION (adw_application_new ("org.waybill.Station", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (desk.application), NULL, NULL);
  wb_ui_init ();
  desk.keys = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, NULL, "xdotool", "-", NULL);
  open_desk (&desk, argv[1]);
  take_order (&desk);
  turn_for (500);
  measure (&desk, (guint) rounds);
  if (desk.keys != NULL)
    g_subprocess_force_exit (desk.keys);
  return 0;
}
