/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-job-answer-private.h"
#include "core/wb-job-state-private.h"

/* GS1 General Specifications 7.12: two digits of a year are the nearest year that ends in them. Day 00 is the last. */
static GDateTime *
parse_expiry (const char *expiry)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint year = 0;
  gint month = 0;
  gint day = 0;
  gint century = g_date_time_get_year (now) / 100 * 100;

  if (expiry == NULL || strlen (expiry) != 6 || strspn (expiry, "0123456789") != 6)
    return NULL;
  year = century + (expiry[0] - '0') * 10 + expiry[1] - '0';
  if (year - g_date_time_get_year (now) >= 51)
    year -= 100;
  else if (year - g_date_time_get_year (now) <= -50)
    year += 100;
  month = (expiry[2] - '0') * 10 + expiry[3] - '0';
  day = (expiry[4] - '0') * 10 + expiry[5] - '0';
  if (month < 1 || month > 12)
    return NULL;
  if (day == 0)
    day = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
  return g_date_time_new_utc (year, month, day, 23, 59, 59);
}

static WbJobAnswer *
refuse_expired (const WbJobState *state, const WbJobLine *line, const WbGs1Scan *scan, const char *code)
{
  g_autoptr (GDateTime) expiry = parse_expiry (scan->expiry);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day = NULL;

  if (expiry == NULL || g_date_time_compare (expiry, now) >= 0)
    return NULL;
  day = g_date_time_format (expiry, "%x");
  return _wb_job_answer_wrong (state, code,
                               g_strdup_printf (_ ("This %s expired on %s. Set it aside and fetch another."), line->name, day));
}

/* Out of the nearest earlier box that has enough of it. */
static WbJobAnswer *
move_pieces (const WbJobState *state, guint number, guint pieces, const char *code)
{
  const WbJobLine *line = wb_job_get_line (state->job, number);
  guint rank = wb_job_state_get_parcel_rank (state, state->parcel);
  guint from = state->parcel - 1;
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  while (from > 0 && wb_job_state_get_in_parcel (state, from, number) < pieces)
    from--;
  if (from == 0)
    return _wb_job_answer_wrong (state, code, g_strdup_printf (_ ("The other parcels have no %s left for parcel %u."), line->name, rank));
  self = _wb_job_answer_good (g_strdup_printf (_ ("%u × %s into parcel %u"), pieces, line->name, rank));
  event = _wb_job_answer_add_line_event (self, WB_JOB_EVENT_MOVE, number, pieces, code);
  event->parcel = state->parcel;
  event->number = from;
  return self;
}

/* Lines that a code stands for, the one on the screen first. */
typedef struct
{
  guint number;
  guint pieces;
} Match;

static GArray *
find_matches (const WbJobState *state, const char *text, const WbJobLine *chosen)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (Match));
  Match match = { 0 };

  while ((match.number = wb_job_find_next_line (state->job, text, match.number, &match.pieces)) != 0)
    if (chosen != NULL && g_strcmp0 (wb_job_get_line (state->job, match.number)->sku, chosen->sku) != 0)
      continue;
    else if (match.number == state->line)
      g_array_prepend_val (matches, match);
    else
      g_array_append_val (matches, match);
  return matches;
}

/* NULL when all of them are one product. */
static WbJobAnswer *
ask_which (const WbJobState *state, GArray *matches, const char *code)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) names = g_string_new (NULL);
  WbJobAnswer *self = NULL;

  for (guint i = 0; i < matches->len; i++)
    {
      guint number = g_array_index (matches, Match, i).number;
      const WbJobLine *line = wb_job_get_line (state->job, number);
      gboolean known = FALSE;

      for (guint j = 0; j < lines->len && !known; j++)
        known = g_strcmp0 (wb_job_get_line (state->job, g_array_index (lines, guint, j))->sku, line->sku) == 0;
      if (known)
        continue;
      g_string_append_printf (names, "%s%s", lines->len > 0 ? _ (" and for ") : "", line->name);
      g_array_append_val (lines, number);
    }
  if (lines->len < 2)
    return NULL;
  self = _wb_job_answer_new (WB_JOB_ANSWER_REFUSED,
                             g_strdup_printf (_ ("“%.60s” stands for %s. Which one is it?"), wb_gs1_strip_aim (code, NULL), names->str), NULL);
  self->lines = g_steal_pointer (&lines);
  return self;
}

/* Those of which enough lies in an earlier box; which of several products it is, only who holds it sees. */
static WbJobAnswer *
move_matches (const WbJobState *state, GArray *matches, const char *code)
{
  g_autoptr (WbJobAnswer) self = NULL;

  for (guint i = 0; i < matches->len;)
    {
      const Match *match = &g_array_index (matches, Match, i);
      g_autoptr (WbJobAnswer) one = move_pieces (state, match->number, match->pieces, code);
      gboolean good = one->kind == WB_JOB_ANSWER_GOOD;

      if (self == NULL || (good && self->kind != WB_JOB_ANSWER_GOOD))
        {
          g_clear_pointer (&self, wb_job_answer_free);
          self = g_steal_pointer (&one);
        }
      if (good)
        i++;
      else
        g_array_remove_index (matches, i);
    }
  if (self != NULL && self->kind == WB_JOB_ANSWER_GOOD)
    {
      WbJobAnswer *question = ask_which (state, matches, code);

      if (question != NULL)
        return question;
    }
  return g_steal_pointer (&self);
}

/* Leaves the lines that still miss something, and says how many pieces that are. */
static guint
count_missing (const WbJobState *state, GArray *matches)
{
  guint missing = 0;

  for (guint i = 0; i < matches->len;)
    {
      guint left = _wb_job_state_get_remaining (state, g_array_index (matches, Match, i).number);

      if (left == 0)
        {
          g_array_remove_index (matches, i);
          continue;
        }
      missing += left;
      i++;
    }
  return missing;
}

/* A serial number is of one piece: whoever reads it twice holds the same one. */
static gboolean
was_scanned (const WbJobState *state, const WbGs1Scan *scan, WbJobEventKind kind)
{
  g_autoptr (GHashTable) undone = scan->serial != NULL && scan->gtin[0] != '\0' ? _wb_job_state_find_undone (state) : NULL;

  for (guint i = 0; undone != NULL && i < state->events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (state->events, i);
      g_autoptr (WbGs1Scan) before = NULL;

      if (event->kind != kind || event->code == NULL || g_hash_table_contains (undone, event->id))
        continue;
      before = wb_gs1_scan_new (event->code);
      if (g_strcmp0 (before->serial, scan->serial) == 0 && g_str_equal (before->gtin, scan->gtin))
        return TRUE;
    }
  return FALSE;
}

static WbJobAnswer *
take_matches (const WbJobState *state, GArray *matches, const WbGs1Scan *scan, const char *code)
{
  const WbJobLine *line = wb_job_get_line (state->job, g_array_index (matches, Match, 0).number);
  gboolean picking = state->step == WB_JOB_STEP_PICK;
  WbJobAnswer *self = refuse_expired (state, line, scan, code);
  WbJobAnswer *question = NULL;
  guint missing = 0;
  guint pieces = 0;

  if (self != NULL)
    return self;
  if (state->is_dividing && !picking && state->line == 0)
    return move_matches (state, matches, code);
  if (was_scanned (state, scan, picking ? WB_JOB_EVENT_PICK : WB_JOB_EVENT_VERIFY))
    return _wb_job_answer_refuse (state, g_strdup_printf (_ ("This very piece was scanned already: its serial number is %.40s."), scan->serial));
  missing = count_missing (state, matches);
  if (missing == 0)
    return _wb_job_answer_wrong (state, code, g_strdup_printf (_ ("There are enough of %s already."), line->name));
  line = wb_job_get_line (state->job, g_array_index (matches, Match, 0).number);
  question = ask_which (state, matches, code);
  if (question != NULL)
    return question;
  pieces = g_array_index (matches, Match, 0).pieces;
  if (pieces > missing)
    return _wb_job_answer_wrong (state, code,
                                 g_strdup_printf (ngettext ("That is a pack of %u; only %u piece of %s is missing.",
                                                            "That is a pack of %u; only %u pieces of %s are missing.",
                                                            missing),
                                                  pieces, missing, line->name));
  self = _wb_job_answer_good (g_strdup_printf (ngettext ("%u × %s", "%u × %s", pieces), pieces, line->name));
  for (guint i = 0; i < matches->len && pieces > 0; i++)
    {
      guint number = g_array_index (matches, Match, i).number;
      guint taken = MIN (pieces, _wb_job_state_get_remaining (state, number));
      WbJobEvent *event = _wb_job_answer_add_line_event (self, picking ? WB_JOB_EVENT_PICK : WB_JOB_EVENT_VERIFY, number, taken, code);

      event->parcel = picking ? 0 : state->parcel;
      event->text = g_strdup (scan->lot);
      pieces -= taken;
    }
  return self;
}

WbJobAnswer *
_wb_job_answer_take_product (const WbJobState *state, const char *text, const WbJobLine *chosen)
{
  g_autoptr (GArray) matches = find_matches (state, text, chosen);
  g_autoptr (WbGs1Scan) scan = NULL;

  if (matches->len == 0)
    return NULL;
  scan = wb_gs1_scan_new (text);
  return take_matches (state, matches, scan, text);
}
