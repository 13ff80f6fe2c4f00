/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-job-answer.h"
#include "core/wb-wedge.h"
#include "ui/station/wb-scan-wedge.h"
#include "ui/station/wb-tile.h"

/* Longer than any code; what runs on and on is a stuck key. */
#define MAX_TYPED 4096
/* Held keys that are shown. */
#define MOST_SHOWN 1

struct _WbScanWedge
{
  GObject parent_instance;

  /* Borrowed references */
  GtkWindow *window;

  /* Owned references */
  GString *typed;
  WbWedge *wedge;
  WbWedgeOptions options;
  char *shown;
  guint wait;
  /* somebody walks over the buttons, and a key that does so is down */
  gboolean is_walking;
  gboolean is_stepping;
};

enum
{
  PROP_0,
  PROP_TYPED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (WbScanWedge, wb_scan_wedge, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SCAN_SOURCE, NULL))

/*
 * What is held is shown too: a key answers at once, whatever it turns out to be. Only keys that follow each other as fast as nobody
 * types wait until that is known, or painting them would hold up the answer to the scan that they are.
 */
static void
show (WbScanWedge *self)
{
  const char *held = wb_wedge_peek (self->wedge);
  char *shown = NULL;

  if (g_utf8_strlen (held, -1) > MOST_SHOWN)
    return;
  shown = g_strconcat (self->typed->str, held, NULL);
  if (g_strcmp0 (shown, self->shown) == 0)
    {
      g_free (shown);
      return;
    }
  g_free (self->shown);
  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TYPED]);
}

static void
clear (WbScanWedge *self)
{
  g_string_truncate (self->typed, 0);
}

static void
append (WbScanWedge *self, gunichar letter)
{
  if (self->typed->len < MAX_TYPED)
    g_string_append_unichar (self->typed, letter);
}

static void
take_back (WbScanWedge *self)
{
  const char *last = g_utf8_find_prev_char (self->typed->str, self->typed->str + self->typed->len);

  if (last != NULL)
    g_string_truncate (self->typed, (gsize) (last - self->typed->str));
}

static void
enter (WbScanWedge *self)
{
  g_autofree char *text = g_strdup (self->typed->str);

  clear (self);
  show (self);
  wb_scan_source_emit (WB_SCAN_SOURCE (self),
                       *text != '\0' ? text : wb_job_command_get_code (WB_JOB_COMMAND_CONFIRM));
}

static void
type (WbScanWedge *self, const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (*c == '\b')
        take_back (self);
      else if (*c == '\n')
        enter (self);
      else if (*c != '\t')
        append (self, g_utf8_get_char (c));
    }
}

/* A scan in the middle of something typed leaves that as it was. */
static void
known_cb (gboolean is_scan, const char *text, gpointer user_data)
{
  WbScanWedge *self = user_data;

  if (is_scan)
    wb_scan_source_emit (WB_SCAN_SOURCE (self), text);
  else
    type (self, text);
}

static gboolean
waited_cb (gpointer user_data)
{
  WbScanWedge *self = user_data;

  self->wait = 0;
  wb_wedge_wait (self->wedge, wb_wedge_get_deadline (self->wedge));
  show (self);
  return G_SOURCE_REMOVE;
}

/* The ring about the button goes too: what is seen is where Enter goes. */
static void
stop_walking (WbScanWedge *self)
{
  if (!self->is_walking)
    return;
  self->is_walking = FALSE;
  gtk_window_set_focus_visible (self->window, FALSE);
}

/* The time is the keys', not ours: what waits in the queue is looked at before any waiting is over. */
static void
feed (WbScanWedge *self, gunichar letter, guint32 time_ms)
{
  g_autoptr (WbScanWedge) alive = g_object_ref (self);
  gint64 at_us = time_ms != GDK_CURRENT_TIME ? (gint64) time_ms * G_TIME_SPAN_MILLISECOND : g_get_monotonic_time ();

  stop_walking (self);
  g_clear_handle_id (&self->wait, g_source_remove);
  wb_wedge_key (self->wedge, letter, at_us);
  if (wb_wedge_get_deadline (self->wedge) != 0)
    self->wait = g_timeout_add_full (G_PRIORITY_LOW, (guint) ((wb_wedge_get_deadline (self->wedge) - at_us) / G_TIME_SPAN_MILLISECOND) + 1,
                                     waited_cb, self, NULL);
  show (self);
}

/* A menu is open: Enter and Escape are the menu's, while a scan is still a scan. */
static gboolean
is_in_menu (WbScanWedge *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/* Enter and the space bar are the button's that somebody walked to. */
static gboolean
is_at_button (WbScanWedge *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (*self->shown != '\0' || focus == NULL)
    return FALSE;
  return (self->is_walking && (GTK_IS_BUTTON (focus) || WB_IS_TILE (focus))) || is_in_menu (self);
}

static gboolean
is_step (guint key)
{
  static const guint steps[] = { GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab, GDK_KEY_KP_Tab, GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Up, GDK_KEY_Down,
                                 GDK_KEY_Home, GDK_KEY_End };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (key == steps[i])
      return TRUE;
  return FALSE;
}

static gboolean
take_key (WbScanWedge *self, guint key, GdkModifierType state, guint32 time_ms)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  gboolean empty = *self->shown == '\0';

  /* Scanners send FNC1 within a GS1 code as Ctrl+] (GS). */
  if ((state & GDK_CONTROL_MASK) != 0 && key == GDK_KEY_bracketright)
    {
      feed (self, WB_GS1_GS, time_ms);
      return TRUE;
    }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter || key == GDK_KEY_Linefeed)
    {
      if (is_at_button (self))
        return FALSE;
      feed (self, WB_WEDGE_ENTER, time_ms);
      return TRUE;
    }
  if (key == GDK_KEY_Tab && *wb_wedge_peek (self->wedge) != '\0')
    {
      feed (self, WB_WEDGE_TAB, time_ms);
      return TRUE;
    }
  /* with nothing to take back it is the window's */
  if (key == GDK_KEY_Escape && empty)
    {
      stop_walking (self);
      return FALSE;
    }
  if (key == GDK_KEY_BackSpace || key == GDK_KEY_Escape)
    {
      feed (self, WB_WEDGE_BACKSPACE, time_ms);
      if (key == GDK_KEY_Escape)
        clear (self);
      show (self);
      return TRUE;
    }
  if (is_step (key))
    self->is_walking = self->is_stepping = TRUE;
  if (letter == 0 || g_unichar_iscntrl (letter))
    return FALSE;
  if (letter == ' ' && empty)
    return !is_at_button (self);
  feed (self, letter, time_ms);
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbScanWedge *self)
{
  return take_key (self, key, state, gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller)));
}

static void
key_released_cb (WbScanWedge *self)
{
  self->is_stepping = FALSE;
}

/* Where the focus went by itself, because what had it is gone, nobody has walked. */
static void
focus_cb (WbScanWedge *self)
{
  if (!self->is_stepping)
    stop_walking (self);
}

/*
 * GTK takes the ring away when no key was pressed for a while: somebody who thinks is still there. And it shows it for any key, of which a
 * scan has many: only where Enter goes there is one.
 */
static void
focus_visible_cb (WbScanWedge *self)
{
  gboolean is_due = self->is_walking || is_in_menu (self);

  if (gtk_window_get_focus_visible (self->window) != is_due)
    gtk_window_set_focus_visible (self->window, is_due);
}

static void
wb_scan_wedge_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbScanWedge *self = WB_SCAN_WEDGE (object);

  switch (prop_id)
    {
    case PROP_TYPED:
      g_value_set_string (value, self->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_scan_wedge_finalize (GObject *object)
{
  WbScanWedge *self = WB_SCAN_WEDGE (object);

  g_clear_handle_id (&self->wait, g_source_remove);
  wb_wedge_free (self->wedge);
  g_string_free (self->typed, TRUE);
  g_free (self->shown);
  G_OBJECT_CLASS (wb_scan_wedge_parent_class)->finalize (object);
}

static void
wb_scan_wedge_class_init (WbScanWedgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_scan_wedge_get_property;
  object_class->finalize = wb_scan_wedge_finalize;
  properties[PROP_TYPED] = g_param_spec_string ("typed", NULL, NULL, "",
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wb_scan_wedge_init (WbScanWedge *self)
{
  self->typed = g_string_new (NULL);
  self->shown = g_strdup ("");
  self->wedge = wb_wedge_new (NULL, known_cb, self);
}

WbScanWedge *
wb_scan_wedge_new (GtkWindow *window)
{
  WbScanWedge *self = NULL;
  GtkEventController *keys = NULL;
  GtkGesture *touch = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (WB_TYPE_SCAN_WEDGE, NULL);
  self->window = window;
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  touch = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (touch), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (stop_walking), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (touch));
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::focus-visible", G_CALLBACK (focus_visible_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
wb_scan_wedge_get_typed (WbScanWedge *self)
{
  g_return_val_if_fail (WB_IS_SCAN_WEDGE (self), NULL);

  return self->shown;
}

void
wb_scan_wedge_set_options (WbScanWedge *self, const WbWedgeOptions *options)
{
  g_return_if_fail (WB_IS_SCAN_WEDGE (self) && options != NULL);

  if (options->gap_us == self->options.gap_us && options->least == self->options.least && options->prefix == self->options.prefix &&
      options->without_end == self->options.without_end)
    return;
  g_clear_handle_id (&self->wait, g_source_remove);
  type (self, wb_wedge_peek (self->wedge));
  wb_wedge_free (self->wedge);
  self->options = *options;
  self->wedge = wb_wedge_new (&self->options, known_cb, self);
  show (self);
}

void
wb_scan_wedge_type (WbScanWedge *self, const char *text)
{
  g_return_if_fail (WB_IS_SCAN_WEDGE (self) && text != NULL);

  type (self, text);
  show (self);
}
