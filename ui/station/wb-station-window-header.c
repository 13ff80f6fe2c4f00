/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-folder.h"
#include "ui/station/wb-station-window-private.h"
#include "ui/wb-format.h"

/* ── Lamps ───────────────────────────────────────────────────────────────────────────────────── */

static void
set_lamp (GtkWidget *lamp, const char *style, const char *tooltip)
{
  static const char *const styles[] = { "ok", "kept", "bad" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (lamp, styles[i]);
    else
      gtk_widget_remove_css_class (lamp, styles[i]);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (lamp), tooltip) != 0)
    gtk_widget_set_tooltip_text (lamp, tooltip);
}

/* One that works, or why it does not; the lamp of a kind shows once there is such a device, or the station has one. */
static void
show_device_lamp (WbStationWindow *self, GtkWidget *lamp, GtkWidget *label, WbDeviceKind kind, const char *word, const char *no_word)
{
  const char *message = NULL;
  WbBenchLamp state = wb_bench_devices_get_lamp (self->devices, kind, &message);
  gboolean is_bad = state == WB_BENCH_LAMP_TROUBLE || state == WB_BENCH_LAMP_MISSING;
  g_autofree char *words = is_bad ? wb_format_sentence (message) : g_strdup (message);

  set_lamp (lamp, is_bad ? "bad" : "ok", state != WB_BENCH_LAMP_NONE ? words : NULL);
  gtk_label_set_text (GTK_LABEL (label), state == WB_BENCH_LAMP_MISSING ? no_word : word);
  /* the keyboard is a scanner too */
  gtk_widget_set_visible (lamp, state != WB_BENCH_LAMP_NONE || kind == WB_DEVICE_KIND_SCANNER);
}

static void
show_device_lamps (WbStationWindow *self)
{
  if (self->devices == NULL)
    return;
  show_device_lamp (self, self->lamp_scanner, self->lamp_scanner_label, WB_DEVICE_KIND_SCANNER, _ ("scanner"), _ ("no scanner"));
  show_device_lamp (self, self->lamp_scale, self->lamp_scale_label, WB_DEVICE_KIND_SCALE, _ ("scale"), _ ("no scale"));
  show_device_lamp (self, self->lamp_nfc, self->lamp_nfc_label, WB_DEVICE_KIND_NFC, _ ("NFC"), _ ("no NFC"));
  show_device_lamp (self, self->lamp_camera, self->lamp_camera_label, WB_DEVICE_KIND_CAMERA, _ ("camera"), _ ("no camera"));
  show_device_lamp (self, self->lamp_voice, self->lamp_voice_label, WB_DEVICE_KIND_VOICE, _ ("voice"), _ ("no voice"));
}

/* A folder takes every label and prints none. */
static void
show_printer_lamp (WbStationWindow *self)
{
  const char *message = "";
  WbPrinterState state = wb_bench_get_printer_state (self->bench, &message);
  WbPrinter *printer = wb_bench_get_printer (self->bench);
  const char *name = printer != NULL ? wb_printer_get_name (printer) : "";
  gboolean is_bad = state > WB_PRINTER_BUSY;
  gboolean is_kept = !is_bad && WB_IS_PRINTER_FOLDER (printer);
  g_autofree char *kept = is_kept ? g_strdup_printf (_ ("Labels are not printed but kept as files in %s"), name) : NULL;

  set_lamp (self->lamp_printer, is_bad ? "bad" : is_kept ? "kept" : state != WB_PRINTER_UNKNOWN ? "ok" : NULL,
            is_kept ? kept : *message != '\0' ? message : name);
  /* What is wrong is read before anything is sent there. */
  gtk_label_set_text (GTK_LABEL (self->lamp_printer_label), is_bad && *message != '\0' ? message : is_kept ? _ ("no printer") : _ ("printer"));
}

static void
show_lamps (WbStationWindow *self)
{
  WbDbState state = self->bench != NULL ? wb_db_get_state (wb_bench_get_db (self->bench)) : WB_DB_STATE_OFFLINE;

  show_device_lamps (self);
  if (self->bench != NULL)
    show_printer_lamp (self);
  set_lamp (self->lamp_online, state == WB_DB_STATE_ONLINE ? "ok" : "bad", NULL);
  gtk_label_set_text (self->lamp_online_label, state == WB_DB_STATE_ONLINE      ? _ ("online")
                                               : state == WB_DB_STATE_READ_ONLY ? _ ("read-only")
                                                                                : _ ("offline"));
}

/*
 * Whose order it is and who packs it want to be read; what is well needs no word beside its lamp. The words go where there is no room for
 * all, on a small screen, with many devices or with large letters, and how wide they were is remembered for when they could come back.
 */
static void
show_lamp_words (WbStationWindow *self)
{
  GtkWidget *words[] = { self->lamp_scanner_label, self->lamp_scale_label, self->lamp_nfc_label, self->lamp_camera_label, self->lamp_voice_label,
                         self->lamp_printer_label, GTK_WIDGET (self->lamp_online_label) };
  gboolean small = self->narrow || self->tight;
  int width = gtk_widget_get_width (GTK_WIDGET (self->bin));
  int needed = 0;
  int all = 0;

  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  self->crowded = width > 0 && needed + (self->crowded ? self->lamp_words_width : 0) > width;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *lamp = gtk_widget_get_parent (words[i]);
      gboolean is_well = !gtk_widget_has_css_class (lamp, "bad");
      int word = 0;

      if (gtk_widget_get_visible (words[i]) && gtk_widget_get_visible (lamp) && is_well)
        gtk_widget_measure (words[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &word, NULL, NULL);
      all += word > 0 ? word + gtk_box_get_spacing (GTK_BOX (lamp)) : 0;
      gtk_widget_set_visible (words[i], !small && !(self->crowded && is_well));
    }
  if (all > 0)
    self->lamp_words_width = all;
}

/* ── The order, the time, the person ─────────────────────────────────────────────────────────── */

static void
show_offline (WbStationWindow *self)
{
  WbDbState state = self->bench == NULL ? WB_DB_STATE_ONLINE : wb_db_get_state (wb_bench_get_db (self->bench));
  gboolean online = state == WB_DB_STATE_ONLINE;
  g_autofree char *text = NULL;
  guint n_unsent = self->bench != NULL ? wb_bench_get_n_unsent (self->bench) : 0;

  if (!online)
    {
      text = n_unsent > 0 ? g_strdup_printf (ngettext ("The database is away. Go on: %u step is kept here and sent as soon as it is back.",
                                                       "The database is away. Go on: %u steps are kept here and sent as soon as it is back.",
                                                       n_unsent),
                                             n_unsent)
                          : state == WB_DB_STATE_READ_ONLY
                          ? g_strdup (wb_db_get_state_message (wb_bench_get_db (self->bench)))
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
  if (g_strcmp0 (gtk_label_get_text (self->progress_label), words) != 0)
    gtk_progress_bar_set_fraction (self->progress, (double) done / total);
  gtk_label_set_text (self->progress_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), !self->narrow);
}

void
_wb_station_window_show_timer (WbStationWindow *self)
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

/* "AB" for Ada Byron; NULL for nobody. */
static char *
initials_of (const char *person)
{
  g_auto (GStrv) words = g_strsplit_set (person != NULL ? person : "", " -", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && (text->len == 0 || words[i + 1] == NULL))
      g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (words[i])));
  return g_string_free (text, text->len == 0);
}

/* Who works here; where people have badges, also that nobody has scanned one. Beside an order on a narrow screen in short: its
 * customer needs the room. */
static void
show_person (WbStationWindow *self)
{
  gboolean opened = self->bench != NULL && wb_bench_get_station (self->bench) != NULL;
  const char *person = opened ? wb_bench_get_person (self->bench) : NULL;
  gboolean missed = opened && person == NULL && wb_bench_has_badges (self->bench);

  const char *text = person != NULL ? person : _ ("scan your badge");
  gboolean brief = self->narrow && opened && wb_bench_get_state (self->bench) != NULL;
  g_autofree char *initials = brief ? initials_of (person) : NULL;

  gtk_widget_set_visible (self->person_box, person != NULL || missed);
  gtk_widget_set_tooltip_text (self->person_box, text);
  gtk_label_set_text (self->person, brief ? initials : text);
  gtk_widget_set_visible (GTK_WIDGET (self->person), !brief || initials != NULL);
  if (missed)
    gtk_widget_add_css_class (self->person_box, "missed");
  else
    gtk_widget_remove_css_class (self->person_box, "missed");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.leave", person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.pick-list", opened && wb_bench_get_state (self->bench) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.print-commands", opened);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.settings", opened && self->keeper != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.change-station",
                                 opened && wb_bench_get_mode (self->bench) == WB_BENCH_IDLE);
}

void
_wb_station_window_show_header (WbStationWindow *self, const WbJobState *state)
{
  const WbJobQueue *queue = self->bench != NULL ? wb_bench_get_queue (self->bench) : NULL;
  const char *station = self->bench != NULL ? wb_bench_get_station (self->bench) : NULL;
  g_autofree char *number = state != NULL ? g_strdup_printf ("#%s", state->job->number) : NULL;

  if (queue != NULL && queue->station != NULL)
    station = queue->station;
  gtk_label_set_text (self->number, number != NULL ? number : station != NULL ? station : _ ("Waybill Station"));
  gtk_label_set_text (self->customer, state != NULL ? state->job->customer : "");
  show_progress (self, state);
  show_person (self);
  _wb_station_window_show_timer (self);
  show_lamps (self);
  show_lamp_words (self);
  show_offline (self);
}
