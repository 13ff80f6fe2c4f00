/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <math.h>
#include <string.h>

#include "devices/wb-speech-gate.h"

#define STEP_MS 20
/* What is kept of before somebody spoke, and how long they may pause. */
#define BEFORE_MS 300
#define AFTER_MS 420
/* Shorter is a click, longer is no command. */
#define SHORTEST_MS 140
#define LONGEST_MS 6000
/* So much louder than the room, and never softer than that. */
#define OPEN_DB 9.0
#define FLOOR_DB 24.0
/* The room is the softest of the last seconds; it rises slowly and falls at once. */
#define RISE_DB 0.06
#define FALL_DB 1.5

struct _WbSpeechGate
{
  guint step;
  guint before;
  guint after;
  guint longest;
  guint shortest;

  GArray *heard; /* gint16: the utterance, or what may become its beginning */
  gint16 *part;  /* a step that is not whole yet */
  guint n_part;
  double room_db;
  gboolean knows_room;
  gboolean is_open;
  guint n_loud;    /* steps in this utterance */
  guint n_quiet;   /* samples since it was loud last */
};

WbSpeechGate *
wb_speech_gate_new (guint rate)
{
  WbSpeechGate *self = g_new0 (WbSpeechGate, 1);

  self->step = rate * STEP_MS / 1000;
  self->before = rate * BEFORE_MS / 1000;
  self->after = rate * AFTER_MS / 1000;
  self->longest = rate / 1000 * LONGEST_MS;
  self->shortest = SHORTEST_MS / STEP_MS;
  self->heard = g_array_new (FALSE, FALSE, sizeof (gint16));
  self->part = g_new (gint16, self->step);
  return self;
}

void
wb_speech_gate_free (WbSpeechGate *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heard);
  g_free (self->part);
  g_free (self);
}

static double
loudness (const gint16 *samples, guint n)
{
  double mean = 0;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    mean += samples[i];
  mean /= n;
  for (guint i = 0; i < n; i++)
    sum += (samples[i] - mean) * (samples[i] - mean);
  return 10 * log10 (sum / n + 1);
}

static void
learn_room (WbSpeechGate *self, double db)
{
  if (!self->knows_room)
    self->room_db = db;
  else if (db < self->room_db)
    self->room_db = MAX (db, self->room_db - FALL_DB);
  else
    self->room_db += MIN (RISE_DB, db - self->room_db);
  self->knows_room = TRUE;
}

static void
forget_beginning (WbSpeechGate *self)
{
  if (self->heard->len > self->before)
    g_array_remove_range (self->heard, 0, self->heard->len - self->before);
}

static void
shut (WbSpeechGate *self, WbSpeechFunc func, gpointer user_data)
{
  gboolean is_speech = self->n_loud >= self->shortest && self->heard->len <= self->longest;

  self->is_open = FALSE;
  if (is_speech)
    func ((const gint16 *) (gpointer) self->heard->data, self->heard->len, user_data);
  g_array_set_size (self->heard, 0);
}

static void
take_step (WbSpeechGate *self, WbSpeechFunc func, gpointer user_data)
{
  double db = loudness (self->part, self->step);
  gboolean is_loud = self->knows_room && db > MAX (self->room_db + OPEN_DB, FLOOR_DB);

  learn_room (self, db);
  g_array_append_vals (self->heard, self->part, self->step);
  if (is_loud && !self->is_open)
    {
      self->is_open = TRUE;
      self->n_loud = 0;
      self->n_quiet = 0;
    }
  if (!self->is_open)
    {
      forget_beginning (self);
      return;
    }
  self->n_loud += is_loud ? 1 : 0;
  self->n_quiet = is_loud ? 0 : self->n_quiet + self->step;
  if (self->n_quiet >= self->after || self->heard->len > self->longest)
    shut (self, func, user_data);
}

void
wb_speech_gate_take (WbSpeechGate *self, const gint16 *samples, gsize n, WbSpeechFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL && samples != NULL && func != NULL);

  while (n > 0)
    {
      guint take = (guint) MIN (n, self->step - self->n_part);

      memcpy (self->part + self->n_part, samples, take * sizeof *samples);
      self->n_part += take;
      samples += take;
      n -= take;
      if (self->n_part < self->step)
        return;
      self->n_part = 0;
      take_step (self, func, user_data);
    }
}

void
wb_speech_gate_forget (WbSpeechGate *self)
{
  self->is_open = FALSE;
  self->n_part = 0;
  g_array_set_size (self->heard, 0);
}
