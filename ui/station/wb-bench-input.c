/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-gs1.h"
#include "db/wb-station-store.h"
#include "ui/station/wb-bench-private.h"

/* ── Inputs ──────────────────────────────────────────────────────────────────────────────────── */

static char *
describe (const WbCodeInfo *info)
{
  if (g_strcmp0 (info->kind, "product") == 0 && info->bin != NULL)
    return g_strdup_printf (_ ("It is %s (%s) and belongs in %s."), info->name, info->sku, info->bin);
  if (g_strcmp0 (info->kind, "product") == 0)
    return g_strdup_printf (_ ("It is %s (%s)."), info->name, info->sku);
  if (g_strcmp0 (info->kind, "bin") == 0)
    return g_strdup_printf (_ ("It is the shelf %s."), info->name);
  if (g_strcmp0 (info->kind, "box") == 0)
    return g_strdup_printf (_ ("It is a box: %s."), info->name);
  if (g_strcmp0 (info->kind, "parcel") == 0)
    return g_strdup_printf (_ ("It is a parcel of order %s."), info->name);
  return g_strdup ("");
}

/* Two things with one code: which one it is sees only who holds it. */
static char *
describe_all (GPtrArray *things)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++)
    {
      g_autofree char *one = describe (g_ptr_array_index (things, i));

      g_string_append_printf (words, "%s%s", i > 0 ? _ (" Or: ") : "", one);
    }
  return g_string_free (words, FALSE);
}

typedef struct
{
  WbBench *bench;
  char *text; /* what the answer is about: id of a mistake, a code, or words to fall back on */
} Asking;

static Asking *
asking_new (WbBench *bench, const char *text)
{
  Asking *self = g_new0 (Asking, 1);

  self->bench = g_object_ref (bench);
  self->text = g_strdup (text);
  return self;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (WbBench) self = asking->bench;
  g_autofree char *event_id = asking->text;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) things = wb_job_store_find_code_finish (WB_DB (source), result, &error);
  g_autofree char *detail = NULL;

  if (things == NULL)
    g_debug ("what was scanned is not known: %s", error->message);
  if (self->state == NULL || self->state->mistake == NULL || g_strcmp0 (self->state->mistake->id, event_id) != 0)
    return;
  self->is_asking = FALSE;
  if (things == NULL)
    {
      _wb_bench_changed (self);
      return;
    }
  detail = things->len > 0 ? describe_all (things) : g_strdup (_ ("Nobody here knows this code."));
  _wb_bench_set_detail (self, detail);
  _wb_bench_changed (self);
}

/* Stops at once with what is known here; what the thing is and where it belongs follows from the database. */
static void
ask_what_it_is (WbBench *self)
{
  const WbJobEvent *mistake = self->state->mistake;

  _wb_bench_set_detail (self, "");
  self->is_asking = FALSE;
  if (mistake == NULL || mistake->code == NULL || mistake->number > 0 ||
      wb_job_find_line (self->work->job, mistake->code, NULL) > 0)
    return;
  self->is_asking = TRUE;
  wb_job_store_find_code_async (self->db, self->station, mistake->code, self->cancellable, found_cb, asking_new (self, mistake->id));
}

void
_wb_bench_take_answer (WbBench *self, WbJobAnswer *answer)
{
  g_autofree char *words = NULL;

  _wb_bench_flash (self, answer->kind);
  if (answer->kind == WB_JOB_ANSWER_REFUSED && *answer->expected != '\0')
    words = g_strdup_printf ("%s %s", answer->message, answer->expected);
  else
    words = g_strdup (answer->message);
  _wb_bench_set_notice (self, words);
  _wb_bench_append (self, answer);
  if (answer->kind == WB_JOB_ANSWER_WRONG)
    ask_what_it_is (self);
  if (answer->kind == WB_JOB_ANSWER_GOOD && self->trouble != NULL && self->state->step != WB_JOB_STEP_LABEL)
    _wb_bench_set_trouble (self, NULL, FALSE);
  _wb_bench_advance (self);
}

static gboolean
is_stopped (WbBench *self)
{
  return self->work->blocked != NULL;
}

/* Commands that are the bench's, not the order's. */
static gboolean
do_by_itself (WbBench *self, WbJobCommand command)
{
  if (command == WB_JOB_COMMAND_REPRINT && wb_bench_can_reprint (self))
    wb_bench_reprint (self);
  else if (command == WB_JOB_COMMAND_PHOTO)
    wb_bench_take_photo (self);
  else if (command == WB_JOB_COMMAND_PICK_LIST)
    wb_bench_print_pick_list (self);
  else if (command == WB_JOB_COMMAND_LEAVE)
    wb_bench_leave (self);
  else if (command == WB_JOB_COMMAND_SERVICE)
    wb_bench_choose_service (self);
  else if (command == WB_JOB_COMMAND_BY_HAND && self->state != NULL && !is_stopped (self) &&
           wb_job_command_is_allowed (self->state, command))
    _wb_bench_count_by_hand (self);
  else if (self->choosing != WB_BENCH_CHOOSING_NOTHING && command == WB_JOB_COMMAND_UNDO)
    wb_bench_stop_choosing (self);
  else
    return FALSE;
  return TRUE;
}

void
wb_bench_command (WbBench *self, WbJobCommand command)
{
  g_autoptr (WbJobAnswer) answer = NULL;

  g_return_if_fail (WB_IS_BENCH (self));

  if (do_by_itself (self, command))
    return;
  /* Any other command goes on without choosing. */
  self->choosing = WB_BENCH_CHOOSING_NOTHING;
  if (self->mode == WB_BENCH_IDLE && command == WB_JOB_COMMAND_CONFIRM)
    {
      _wb_bench_set_notice (self, "");
      _wb_bench_fetch (self, 0);
      return;
    }
  if (self->mode != WB_BENCH_WORKING)
    return;
  if (command == WB_JOB_COMMAND_CONFIRM && self->trouble != NULL && self->state->mistake == NULL)
    {
      wb_bench_retry (self);
      return;
    }
  if (command == WB_JOB_COMMAND_ASIDE)
    _wb_bench_set_trouble (self, NULL, FALSE);
  else if (is_stopped (self) && command != WB_JOB_COMMAND_HELP)
    {
      _wb_bench_set_notice (self, self->work->blocked);
      _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
      _wb_bench_changed (self);
      return;
    }
  answer = wb_job_answer_command (self->state, command);
  _wb_bench_take_answer (self, answer);
}

/* ── A code without an order in hand ─────────────────────────────────────────────────────────── */

static void
say_no_order (WbBench *self, const char *words)
{
  _wb_bench_set_notice (self, words);
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

static void
thing_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (WbBench) self = asking->bench;
  g_autofree char *no_order = asking->text;
  g_autoptr (GPtrArray) things = wb_job_store_find_code_finish (WB_DB (source), result, NULL);
  g_autofree char *words = NULL;

  if (self->mode != WB_BENCH_IDLE)
    return;
  words = things != NULL && things->len > 0 ? describe_all (things) : g_strdup (no_order);
  say_no_order (self, words);
}

static void
order_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (WbBench) self = asking->bench;
  g_autofree char *code = asking->text;
  g_autoptr (GError) error = NULL;
  gint64 job_id = wb_job_store_find_job_finish (WB_DB (source), result, &error);

  if (self->mode != WB_BENCH_IDLE || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (job_id != 0)
    {
      _wb_bench_set_notice (self, "");
      _wb_bench_fetch (self, job_id);
    }
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND))
    wb_job_store_find_code_async (self->db, self->station, code, self->cancellable, thing_found_cb,
                                  asking_new (self, error->message));
  else
    say_no_order (self, error->message);
}

/* An order's number, from its pick list or its slip, or what stands on its parcel; anything else is told for what it is. */
static void
find_order (WbBench *self, const char *text)
{
  wb_job_store_find_job_async (self->db, self->station, text, self->cancellable, order_found_cb, asking_new (self, text));
}

/* ── Scans ───────────────────────────────────────────────────────────────────────────────────── */

/* The number of a choice; 0 when it is something else that was scanned. */
static guint
read_number (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (wb_gs1_strip_aim (text, NULL)));
  gsize length = strlen (plain);

  if (length < 1 || length > 2 || strspn (plain, "0123456789") != length)
    return 0;
  return (guint) g_ascii_strtoull (plain, NULL, 10);
}

/* Another code of the thing in hand says which it is, too, and what could not be scanned a moment ago was, after all. */
static gboolean
is_scanned_after_all (WbBench *self, const char *text)
{
  return self->choosing == WB_BENCH_CHOOSING_PRODUCT ||
         (self->choosing == WB_BENCH_CHOOSING_BY_HAND && wb_job_state_names (self->state, text));
}

void
wb_bench_scan (WbBench *self, const char *text)
{
  g_autoptr (WbJobAnswer) answer = NULL;
  WbJobCommand command = WB_JOB_COMMAND_CONFIRM;
  gboolean is_of_order = FALSE;
  guint number = 0;

  g_return_if_fail (WB_IS_BENCH (self) && text != NULL);

  /* what belongs to the order comes before what is a command or a badge by chance */
  is_of_order = self->mode == WB_BENCH_WORKING && wb_job_state_names (self->state, text);
  if (!is_of_order && wb_job_command_from_code (text, &command))
    {
      wb_bench_command (self, command);
      return;
    }
  if (!is_of_order && _wb_bench_take_badge (self, text))
    return;
  number = read_number (text);
  if (number == 0 && is_scanned_after_all (self, text))
    self->choosing = WB_BENCH_CHOOSING_NOTHING;
  if (self->choosing != WB_BENCH_CHOOSING_NOTHING)
    {
      wb_bench_choose (self, number);
      return;
    }
  if (self->mode == WB_BENCH_WORKING && !is_stopped (self))
    {
      answer = wb_job_answer_scan (self->state, text);
      if (answer->lines != NULL)
        _wb_bench_ask_which (self, text, answer);
      else
        _wb_bench_take_answer (self, answer);
      return;
    }
  if (self->mode == WB_BENCH_IDLE && self->station != NULL && *wb_gs1_strip_aim (text, NULL) != '\0')
    {
      find_order (self, text);
      return;
    }
  if (self->mode == WB_BENCH_WORKING)
    _wb_bench_set_notice (self, self->work->blocked);
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

void
wb_bench_take (WbBench *self, gint64 job_id)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (self->mode == WB_BENCH_IDLE)
    _wb_bench_fetch (self, job_id);
}

void
wb_bench_retry (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  _wb_bench_set_trouble (self, NULL, FALSE);
  if (self->mode == WB_BENCH_IDLE)
    _wb_bench_fetch (self, self->wanted_job);
  else
    {
      _wb_bench_send_events (self);
      _wb_bench_advance (self);
    }
}
