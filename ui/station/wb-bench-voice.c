/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/station/wb-bench-voice.h"

struct _WbBenchVoice
{
  GObject parent_instance;

  gboolean is_asking;
  WbVoiceMeaning asked; /* what will be done: a command or a weight */
  WbJobCommand asked_command;

  /* Owned references */
  WbBench *bench;
  WbVoice *voice;
  GSignalGroup *signals;
  char *asked_digits;
  char *text;
  char *said; /* the last sentence, to say it again */
};

G_DEFINE_FINAL_TYPE (WbBenchVoice, wb_bench_voice, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (WbBenchVoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_text (WbBenchVoice *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
}

static void
speak (WbBenchVoice *self, const char *sentence)
{
  g_free (self->said);
  self->said = g_strdup (sentence);
  wb_voice_say (self->voice, sentence);
}

/* ── What can be said ────────────────────────────────────────────────────────────────────────── */

static void
set_words (WbBenchVoice *self)
{
  WbVoiceWords words = { 0 };

  if (self->voice == NULL)
    return;
  wb_voice_words_for (wb_bench_get_state (self->bench), &words);
  words.question = self->is_asking;
  wb_voice_set_words (self->voice, &words);
}

static void
forget_question (WbBenchVoice *self)
{
  self->is_asking = FALSE;
  g_clear_pointer (&self->asked_digits, g_free);
}

/* A question about what was there a moment ago is none any more. */
static void
bench_cb (WbBenchVoice *self)
{
  const WbJobState *state = wb_bench_get_state (self->bench);

  if (self->is_asking && self->asked == WB_VOICE_COMMAND && state != NULL && !wb_job_command_is_allowed (state, self->asked_command))
    forget_question (self);
  if (self->is_asking && self->asked == WB_VOICE_WEIGHT && (state == NULL || state->step != WB_JOB_STEP_WEIGH))
    forget_question (self);
  set_words (self);
}

/* ── Doing it ────────────────────────────────────────────────────────────────────────────────── */

/* What came of it, and what is next. */
static void
tell (WbBenchVoice *self)
{
  const WbJobState *state = wb_bench_get_state (self->bench);
  const char *notice = wb_bench_get_notice (self->bench);
  g_autofree char *next = state != NULL ? wb_job_state_get_expectation (state) : g_strdup ("");
  g_autofree char *sentence = g_strstrip (g_strdup_printf ("%s %s", state != NULL && state->mistake != NULL ? state->mistake->text
                                                                                                             : notice,
                                                           next));

  speak (self, sentence);
}

static void
do_command (WbBenchVoice *self, WbJobCommand command)
{
  forget_question (self);
  wb_bench_command (self->bench, command);
  tell (self);
}

static void
do_weight (WbBenchVoice *self, const char *digits)
{
  g_autofree char *text = g_strdup (digits);

  forget_question (self);
  wb_bench_scan (self->bench, text);
  tell (self);
}

static void
ask (WbBenchVoice *self, WbVoiceMeaning meaning, WbJobCommand command, const char *digits)
{
  g_autofree char *question = meaning == WB_VOICE_COMMAND
                                  ? g_strdup_printf (_ ("%s: yes or no?"), wb_job_command_get_title (command))
                                  : g_strdup_printf (_ ("%s kilograms: yes or no?"), digits);

  self->is_asking = TRUE;
  self->asked = meaning;
  self->asked_command = command;
  g_free (self->asked_digits);
  self->asked_digits = g_strdup (digits);
  set_text (self, question);
  speak (self, question);
  wb_voice_listen (self->voice);
}

/* Looks at nothing but the digits: who stands at another shelf reads others. */
static void
check_shelf (WbBenchVoice *self, const char *digits)
{
  const WbJobState *state = wb_bench_get_state (self->bench);
  const WbJobLine *line = state != NULL ? wb_job_get_line (state->job, state->line) : NULL;
  g_autofree char *wrong = NULL;

  if (line == NULL || state->step != WB_JOB_STEP_PICK || line->check_digits == NULL)
    return;
  if (g_str_equal (line->check_digits, digits))
    {
      do_command (self, WB_JOB_COMMAND_CONFIRM);
      return;
    }
  wrong = g_strdup_printf (_ ("That is another shelf. Go to %s."), line->bin != NULL ? line->bin : "");
  set_text (self, wrong);
  speak (self, wrong);
}

/* Calling somebody, taking a photo and printing change nothing about the order. */
static gboolean
is_harmless (WbJobCommand command)
{
  return command == WB_JOB_COMMAND_HELP || command == WB_JOB_COMMAND_PHOTO || command == WB_JOB_COMMAND_PICK_LIST;
}

static void
answer (WbBenchVoice *self, gboolean yes)
{
  g_autofree char *digits = g_strdup (self->asked_digits);

  if (!self->is_asking)
    return;
  if (!yes)
    {
      forget_question (self);
      set_text (self, _ ("Then not."));
      speak (self, _ ("Then not."));
    }
  else if (self->asked == WB_VOICE_COMMAND)
    do_command (self, self->asked_command);
  else
    do_weight (self, digits);
}

static void
heard_cb (WbBenchVoice *self, WbVoiceHeard *heard)
{
  g_autofree char *shown = *heard->text != '\0' && heard->meaning != WB_VOICE_NOTHING ? g_strdup_printf ("“%s”", heard->text)
                                                                                        : g_strdup (_ ("Not understood"));

  set_text (self, shown);
  switch (heard->meaning)
    {
    case WB_VOICE_COMMAND:
      if (is_harmless (heard->command))
        do_command (self, heard->command);
      else
        ask (self, WB_VOICE_COMMAND, heard->command, NULL);
      break;
    case WB_VOICE_CHECK:
      check_shelf (self, heard->digits);
      break;
    case WB_VOICE_WEIGHT:
      ask (self, WB_VOICE_WEIGHT, WB_JOB_COMMAND_CONFIRM, heard->digits);
      break;
    case WB_VOICE_YES:
    case WB_VOICE_NO:
      answer (self, heard->meaning == WB_VOICE_YES);
      break;
    case WB_VOICE_AGAIN:
      if (self->said != NULL)
        wb_voice_say (self->voice, self->said);
      break;
    case WB_VOICE_WAKE:
      set_text (self, _ ("Listening …"));
      break;
    case WB_VOICE_NOTHING:
    default:
      break;
    }
  set_words (self);
  changed (self);
}

/* Nobody said yes while it listened: that is a no. */
static void
voice_cb (WbBenchVoice *self)
{
  if (self->is_asking && !wb_voice_is_listening (self->voice) && !wb_voice_is_speaking (self->voice))
    {
      forget_question (self);
      set_text (self, "");
      set_words (self);
    }
  changed (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_bench_voice_dispose (GObject *object)
{
  WbBenchVoice *self = WB_BENCH_VOICE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->voice);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (wb_bench_voice_parent_class)->dispose (object);
}

static void
wb_bench_voice_finalize (GObject *object)
{
  WbBenchVoice *self = WB_BENCH_VOICE (object);

  g_free (self->asked_digits);
  g_free (self->text);
  g_free (self->said);
  G_OBJECT_CLASS (wb_bench_voice_parent_class)->finalize (object);
}

static void
wb_bench_voice_class_init (WbBenchVoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_bench_voice_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_bench_voice_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_BENCH_VOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_bench_voice_init (WbBenchVoice *self)
{
  self->text = g_strdup ("");
  self->signals = g_signal_group_new (WB_TYPE_VOICE);
  g_signal_group_connect_swapped (self->signals, "heard", G_CALLBACK (heard_cb), self);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (voice_cb), self);
}

WbBenchVoice *
wb_bench_voice_new (WbBench *bench)
{
  WbBenchVoice *self = NULL;

  g_return_val_if_fail (WB_IS_BENCH (bench), NULL);

  self = g_object_new (WB_TYPE_BENCH_VOICE, NULL);
  self->bench = g_object_ref (bench);
  g_signal_connect_object (bench, "changed", G_CALLBACK (bench_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
wb_bench_voice_set_voice (WbBenchVoice *self, WbVoice *voice)
{
  g_return_if_fail (WB_IS_BENCH_VOICE (self) && (voice == NULL || WB_IS_VOICE (voice)));

  if (!g_set_object (&self->voice, voice))
    return;
  forget_question (self);
  set_text (self, "");
  g_signal_group_set_target (self->signals, voice);
  set_words (self);
  changed (self);
}

void
wb_bench_voice_talk (WbBenchVoice *self)
{
  g_return_if_fail (WB_IS_BENCH_VOICE (self));

  if (self->voice == NULL)
    return;
  if (wb_device_get_state (WB_DEVICE (self->voice)) == WB_DEVICE_STATE_READY)
    set_text (self, _ ("Listening …"));
  else
    set_text (self, wb_device_get_message (WB_DEVICE (self->voice)));
  set_words (self);
  wb_voice_listen (self->voice);
  changed (self);
}

const char *
wb_bench_voice_get_text (WbBenchVoice *self)
{
  g_return_val_if_fail (WB_IS_BENCH_VOICE (self), "");

  return self->text;
}

gboolean
wb_bench_voice_is_listening (WbBenchVoice *self)
{
  g_return_val_if_fail (WB_IS_BENCH_VOICE (self), FALSE);

  return self->voice != NULL && wb_voice_is_listening (self->voice);
}

gboolean
wb_bench_voice_is_asking (WbBenchVoice *self)
{
  g_return_val_if_fail (WB_IS_BENCH_VOICE (self), FALSE);

  return self->is_asking;
}
