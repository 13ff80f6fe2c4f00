/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-wedge.h"

#define GAP_US (35 * G_TIME_SPAN_MILLISECOND)
#define LEAST 4
/* Whoever types takes longer to reach for the scanner. What comes sooner behind typed keys is one of them: a scan that stalled. */
#define APART_US (250 * G_TIME_SPAN_MILLISECOND)
/* Nobody types so many keys so fast. */
#define LEAST_WITHOUT_END 8
/* An end that comes this late is still the end of such a scan, not an Enter that confirms what stands on the screen now. */
#define LATE_END_US (500 * G_TIME_SPAN_MILLISECOND)
/* No symbol holds more. */
#define MOST 8192

struct _WbWedge
{
  WbWedgeOptions options;
  WbWedgeFunc func;
  gpointer user_data;
  GString *held;
  guint n_held;
  gboolean same; /* all that is held is one letter: a key that somebody holds down repeats as fast as a scanner types */
  gboolean prefixed;
  gboolean apart; /* what is held began with a pause, or behind an end */
  gboolean ended;
  gint64 last_us;
  gint64 endless_us; /* last key of a scan that had no end yet; 0 when there is none */
};

static void
hold (WbWedge *self, gunichar letter)
{
  if (self->n_held == 0)
    self->same = TRUE;
  else
    self->same = self->same && g_utf8_get_char (self->held->str) == letter;
  g_string_append_unichar (self->held, letter);
  self->n_held++;
}

static void
give (WbWedge *self, gboolean is_scan)
{
  g_autofree char *text = g_strdup (self->held->str);

  g_string_truncate (self->held, 0);
  self->n_held = 0;
  self->prefixed = FALSE;
  if (*text != '\0')
    self->func (is_scan, text, self->user_data);
}

static void
give_late (WbWedge *self)
{
  gboolean is_scan = self->prefixed || (self->options.without_end && self->n_held >= LEAST_WITHOUT_END && !self->same);

  self->endless_us = is_scan ? self->last_us : 0;
  give (self, is_scan);
}

static gboolean
is_end (gunichar letter)
{
  return letter == WB_WEDGE_ENTER || letter == WB_WEDGE_TAB;
}

void
wb_wedge_options_read (WbWedgeOptions *options, GHashTable *texts)
{
  const char *prefix = texts != NULL ? g_hash_table_lookup (texts, "prefix") : NULL;
  const char *gap = texts != NULL ? g_hash_table_lookup (texts, "gap-ms") : NULL;
  guint64 ms = 0;

  g_return_if_fail (options != NULL);

  *options = (WbWedgeOptions){ 0 };
  if (prefix != NULL && g_utf8_validate (prefix, -1, NULL) && g_utf8_strlen (prefix, -1) == 1 && g_unichar_isgraph (g_utf8_get_char (prefix)))
    options->prefix = g_utf8_get_char (prefix);
  if (gap != NULL && g_ascii_string_to_unsigned (gap, 10, WB_WEDGE_LEAST_GAP_MS, WB_WEDGE_MOST_GAP_MS, &ms, NULL))
    options->gap_us = (gint64) ms * G_TIME_SPAN_MILLISECOND;
  options->without_end = texts != NULL && g_strcmp0 (g_hash_table_lookup (texts, "end"), "no") == 0;
}

WbWedge *
wb_wedge_new (const WbWedgeOptions *options, WbWedgeFunc func, gpointer user_data)
{
  WbWedge *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (WbWedge, 1);
  if (options != NULL)
    self->options = *options;
  if (self->options.gap_us <= 0)
    self->options.gap_us = GAP_US;
  if (self->options.least == 0)
    self->options.least = LEAST;
  self->func = func;
  self->user_data = user_data;
  self->held = g_string_new (NULL);
  self->ended = TRUE;
  return self;
}

void
wb_wedge_free (WbWedge *self)
{
  if (self == NULL)
    return;
  g_string_free (self->held, TRUE);
  g_free (self);
}

/* With a prefix a scan is what stands behind it, whatever was typed before. */
static void
begin (WbWedge *self)
{
  give_late (self);
  self->prefixed = TRUE;
}

void
wb_wedge_key (WbWedge *self, gunichar letter, gint64 at_us)
{
  gint64 before_us = 0;
  gboolean late = FALSE;

  g_return_if_fail (self != NULL && letter != 0);

  before_us = self->last_us;
  wb_wedge_wait (self, at_us);
  self->last_us = at_us;
  late = self->endless_us != 0 && self->n_held == 0 && is_end (letter) && at_us - self->endless_us < LATE_END_US;
  self->endless_us = 0;
  if (late)
    return;
  if (self->n_held == 0 && !self->prefixed)
    self->apart = self->ended || at_us - before_us >= APART_US;
  self->ended = is_end (letter);
  if (self->options.prefix != 0 && letter == self->options.prefix)
    begin (self);
  else if (self->options.prefix != 0 && !self->prefixed)
    {
      hold (self, letter);
      give (self, FALSE);
    }
  else if (is_end (letter) && (self->prefixed || (self->apart && self->n_held >= self->options.least)))
    give (self, TRUE);
  else if (is_end (letter) || letter == WB_WEDGE_BACKSPACE || self->n_held >= MOST)
    {
      hold (self, letter);
      give (self, FALSE);
    }
  else
    hold (self, letter);
}

void
wb_wedge_wait (WbWedge *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  if ((self->n_held > 0 || self->prefixed) && now_us - self->last_us > self->options.gap_us)
    give_late (self);
}

gint64
wb_wedge_get_deadline (const WbWedge *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_held > 0 || self->prefixed ? self->last_us + self->options.gap_us + 1 : 0;
}

const char *
wb_wedge_peek (const WbWedge *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->held->str;
}
