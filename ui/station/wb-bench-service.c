/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which carrier's service the parcels go by: what the database proposes and why, and choosing another one by hand. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-weight.h"
#include "db/wb-service-store.h"
#include "ui/station/wb-bench-private.h"

static const char *const reasons[] = {
  N_ ("The customer asked for it"),
  N_ ("The carrier does not come today"),
  N_ ("It is fragile"),
  N_ ("Another reason"),
};

/* ── What is proposed ────────────────────────────────────────────────────────────────────────── */

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  WbServiceChoice *choice = wb_service_store_choose_finish (WB_DB (source), result, &error);

  self->is_asking_service = FALSE;
  if (self->state == NULL)
    {
      g_clear_pointer (&choice, wb_service_choice_free);
      return;
    }
  if (choice == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("the service is not known yet: %s", error->message);
      return;
    }
  g_clear_pointer (&self->choice, wb_service_choice_free);
  self->choice = choice;
  _wb_bench_look_for_service (self);
  _wb_bench_changed (self);
}

static gboolean
is_wanted (WbBench *self)
{
  if (self->state == NULL || self->state->mistake != NULL || wb_job_state_get_n_parcels (self->state) == 0 ||
      (self->state->step != WB_JOB_STEP_BOX && self->state->step != WB_JOB_STEP_WEIGH && self->state->step != WB_JOB_STEP_LABEL))
    return FALSE;
  return wb_db_get_state (self->db) == WB_DB_STATE_ONLINE;
}

/* Asks again when boxes, weights or the choice changed since. */
void
_wb_bench_look_for_service (WbBench *self)
{
  g_autofree char *parcels = NULL;
  g_autofree char *question = NULL;

  if (!is_wanted (self) || self->is_asking_service)
    return;
  parcels = wb_job_weights_to_json (self->state);
  question = g_strdup_printf ("%s %s", parcels, self->state->service != NULL ? self->state->service : "");
  if (g_strcmp0 (question, self->service_question) == 0)
    return;
  g_free (self->service_question);
  self->service_question = g_steal_pointer (&question);
  self->is_asking_service = TRUE;
  wb_service_store_choose_async (self->db, self->work->job_id, self->station, parcels, self->state->service,
                                 self->cancellable, chosen_cb, g_object_ref (self));
}

void
_wb_bench_forget_service (WbBench *self)
{
  g_clear_pointer (&self->choice, wb_service_choice_free);
  g_clear_pointer (&self->service_question, g_free);
  self->choosing = WB_BENCH_CHOOSING_NOTHING;
}

const WbServiceChoice *
wb_bench_get_choice (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  return self->choice;
}

/* ── In words ────────────────────────────────────────────────────────────────────────────────── */

/* "2026-11-28" as people say it. */
static char *
describe_day (const char *day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00", day != NULL ? day : "");
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (midnight, utc);

  return date != NULL ? g_date_time_format (date, "%a %-d %b") : g_strdup ("");
}

static char *
describe_why (const WbServiceChoice *choice)
{
  g_autofree char *promised = choice->promised_by != NULL ? describe_day (choice->promised_by) : NULL;

  if (g_strcmp0 (choice->why, "own") == 0)
    return g_strdup (_ ("as the customer chose"));
  if (g_strcmp0 (choice->why, "chosen") == 0)
    return g_strdup (_ ("chosen here"));
  if (promised == NULL)
    return g_strdup (_ ("the cheapest"));
  if (g_strcmp0 (choice->why, "late") == 0)
    return g_strdup_printf (_ ("nothing arrives by %s any more: as the customer chose"), promised);
  if (g_strcmp0 (choice->why, "fastest") == 0)
    return g_strdup_printf (_ ("nothing arrives by %s any more: the fastest"), promised);
  return g_strdup_printf (_ ("the cheapest that arrives by %s"), promised);
}

char *
wb_bench_describe_service (WbBench *self)
{
  const WbServiceOffer *offer = NULL;
  g_autofree char *day = NULL;
  g_autofree char *arrives = NULL;
  g_autofree char *why = NULL;

  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  if (self->choice == NULL)
    return NULL;
  offer = wb_service_choice_find (self->choice, self->choice->key);
  if (offer == NULL)
    return g_strdup (self->choice->offers->len > 0
                         ? _ ("No service takes it like this: divide it with “Another box”.")
                         : _ ("No carrier goes there. Put the order aside and let the office know."));
  day = describe_day (self->choice->arrives_by);
  arrives = g_strdup_printf (_ ("arrives by %s"), day);
  why = describe_why (self->choice);
  return wb_facts_join (offer->name, *day != '\0' ? arrives : "", why, NULL);
}

char *
wb_bench_describe_offer (const WbServiceOffer *offer, const WbServiceChoice *choice)
{
  g_autofree char *arrives = describe_day (offer->arrives_by);

  if (g_strcmp0 (offer->why_not, "weight") == 0)
    {
      g_autofree char *most = wb_weight_to_string (offer->most);

      return g_strdup_printf (_ ("takes at most %s"), most);
    }
  if (g_strcmp0 (offer->why_not, "length") == 0)
    return g_strdup_printf (_ ("takes at most %u cm"), offer->most / 10);
  if (offer->why_not != NULL)
    return g_strdup_printf (_ ("takes at most %u cm of length and girth"), offer->most / 10);
  if (choice->promised_by != NULL && g_strcmp0 (offer->arrives_by, choice->promised_by) > 0)
    return g_strdup_printf (_ ("arrives by %s: too late"), arrives);
  return g_strdup_printf (_ ("arrives by %s"), arrives);
}

/* ── Choosing by hand ────────────────────────────────────────────────────────────────────────── */

WbBenchChoosing
wb_bench_get_choosing (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), WB_BENCH_CHOOSING_NOTHING);

  return self->choosing;
}

static void
refuse (WbBench *self, const char *words)
{
  _wb_bench_set_notice (self, words);
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

void
wb_bench_choose_service (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (self->state == NULL || !wb_job_command_is_allowed (self->state, WB_JOB_COMMAND_SERVICE))
    refuse (self, _ ("The service cannot be changed now."));
  else if (self->choice == NULL || self->choice->offers->len == 0)
    refuse (self, _ ("There is no other service to choose."));
  else
    {
      self->choosing = WB_BENCH_CHOOSING_SERVICE;
      _wb_bench_set_notice (self, _ ("Touch a service, or type its number."));
      _wb_bench_changed (self);
    }
}

void
wb_bench_stop_choosing (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (self->choosing == WB_BENCH_CHOOSING_NOTHING)
    return;
  self->choosing = WB_BENCH_CHOOSING_NOTHING;
  _wb_bench_set_notice (self, "");
  _wb_bench_changed (self);
}

const char *
_wb_bench_get_service_reason (WbBench *self, guint number)
{
  return number >= 1 && number <= G_N_ELEMENTS (reasons) ? _ (reasons[number - 1]) : NULL;
}

static void
choose_offer (WbBench *self, guint number)
{
  const WbServiceOffer *offer = number >= 1 && number <= self->choice->offers->len
                                    ? g_ptr_array_index (self->choice->offers, number - 1)
                                    : NULL;
  g_autofree char *words = NULL;

  if (offer == NULL)
    refuse (self, _ ("There is no service with this number."));
  else if (offer->why_not != NULL)
    {
      g_autofree char *limit = wb_bench_describe_offer (offer, self->choice);

      words = g_strdup_printf ("%s %s", offer->name, limit);
      refuse (self, words);
    }
  else
    {
      g_free (self->chosen_service);
      self->chosen_service = g_strdup (offer->key);
      _wb_bench_ask_why (self, WB_BENCH_CHOOSING_REASON);
    }
}

void
_wb_bench_send_by_service (WbBench *self, guint number)
{
  const WbServiceOffer *offer = self->choice != NULL ? wb_service_choice_find (self->choice, self->chosen_service) : NULL;
  g_autoptr (WbJobAnswer) answer = NULL;

  if (offer == NULL)
    {
      refuse (self, _ ("This service is not offered any more."));
      return;
    }
  answer = wb_job_answer_service (self->state, offer->key, offer->name, _wb_bench_get_service_reason (self, number));
  _wb_bench_set_trouble (self, NULL, FALSE);
  _wb_bench_take_answer (self, answer);
}

void
wb_bench_choose (WbBench *self, guint number)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (self->choosing == WB_BENCH_CHOOSING_SERVICE && self->choice != NULL)
    choose_offer (self, number);
  else
    _wb_bench_take_choice (self, number);
}
