/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that somebody at the bench answers by touch or with a number: why, and which. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-hand-reason.h"
#include "core/wb-print-reason.h"
#include "ui/station/wb-bench-private.h"

static const char *
get_print_reason (WbBench *self, guint number)
{
  return wb_print_reason_get (number);
}

static const char *
get_hand_reason (WbBench *self, guint number)
{
  return wb_hand_reason_get_title (number);
}

static void
count_by_hand (WbBench *self, guint number)
{
  g_autoptr (WbJobAnswer) answer = wb_job_answer_by_hand (self->state, wb_hand_reason_get_word (number));

  self->hand_line = self->state->line;
  self->hand_reason = number;
  _wb_bench_take_answer (self, answer);
}

static const struct
{
  WbBenchChoosing choosing;
  const char *title;
  const char *notice;
  const char *(*get_reason) (WbBench *self, guint number);
  void (*take) (WbBench *self, guint number);
} questions[] = {
  { WB_BENCH_CHOOSING_REASON, N_ ("Why this service?"), N_ ("Why this one? Touch the reason, or type its number."),
    _wb_bench_get_service_reason, _wb_bench_send_by_service },
  { WB_BENCH_CHOOSING_REPRINT, N_ ("Why is it printed again?"), N_ ("Why again? Touch the reason, or type its number."),
    get_print_reason, _wb_bench_print_again },
  { WB_BENCH_CHOOSING_BY_HAND, N_ ("Why can it not be scanned?"), N_ ("Why not? Touch the reason, or type its number."),
    get_hand_reason, count_by_hand },
  { WB_BENCH_CHOOSING_PRODUCT, N_ ("Which one do you have?"), N_ ("Which one do you have? Touch it, or type its number."),
    _wb_bench_get_asked_product, _wb_bench_take_product },
};

void
_wb_bench_ask_why (WbBench *self, WbBenchChoosing choosing)
{
  self->choosing = choosing;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (questions[i].choosing == choosing)
      _wb_bench_set_notice (self, _ (questions[i].notice));
  _wb_bench_changed (self);
}

/* The second of ten pieces without a barcode has none for the same reason. */
void
_wb_bench_count_by_hand (WbBench *self)
{
  if (self->state->line > 0 && self->hand_line == self->state->line)
    count_by_hand (self, self->hand_reason);
  else
    _wb_bench_ask_why (self, WB_BENCH_CHOOSING_BY_HAND);
}

/* Another number, or a code that was scanned meanwhile: the question stays. */
void
_wb_bench_take_choice (WbBench *self, guint number)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (questions[i].choosing != self->choosing)
        continue;
      if (questions[i].get_reason (self, number) == NULL)
        {
          _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
          _wb_bench_ask_why (self, self->choosing);
          return;
        }
      self->choosing = WB_BENCH_CHOOSING_NOTHING;
      _wb_bench_set_notice (self, "");
      questions[i].take (self, number);
      _wb_bench_changed (self);
      return;
    }
}

const char *
wb_bench_get_question (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (questions[i].choosing == self->choosing)
      return _ (questions[i].title);
  return NULL;
}

const char *
wb_bench_get_reason (WbBench *self, guint number)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (questions[i].choosing == self->choosing)
      return questions[i].get_reason (self, number);
  return NULL;
}
