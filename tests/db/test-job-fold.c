/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "core/wb-job-answer.h"
#include "db/wb-job-store.h"
#include "tests/db/wb-test-db.h"

/* The fold of core/wb-job-fold.c and wb.job_fold() in the database are two: whatever happens at a job, they must say
 * the same, or the parcels that leave the house are not those that a bench packed. */

#define N_LINES 3
#define LINE_ID(line) (100 + (line))

static const char *const definition = "{\"job_id\": 1, \"number\": \"10482\", \"steps\": \"%s\", \"lines\": ["
  "{\"line_id\": 101, \"sku\": \"TEA-B\", \"name\": \"Blue teapot\", \"quantity\": 2, \"weight_g\": 600, \"bins\": [{\"bin\": \"B-02-1\", \"walk\": 20}]},"
  "{\"line_id\": 102, \"sku\": \"TRY-O\", \"name\": \"Oak tray\", \"quantity\": 3, \"weight_g\": 200, \"codes\": [{\"code\": \"96385074\", \"quantity\": 2}]},"
  "{\"line_id\": 103, \"sku\": \"CUP-W\", \"name\": \"White cup\", \"quantity\": 4, \"weight_g\": 150}],"
  "\"instructions\": [{\"note_id\": 7, \"text\": \"Gift wrap\", \"must_acknowledge\": true}],"
  "\"boxes\": [{\"code\": \"BOX-S\", \"name\": \"Small\", \"tare_g\": 90}, {\"code\": \"BOX-M\", \"name\": \"Medium\", \"tare_g\": 200}]}";

static const char *const steps[] = { "review,pick,verify,box,weigh,label,final", "verify,box,weigh,label,final",
                                     "pick,box,label", "box,weigh,label,final" };

static const char *const scans[] = {
  "WB:CONFIRM", "WB:CONFIRM", "WB:CONFIRM", "TEA-B",  "TEA-B",      "TRY-O",      "TRY-O", "CUP-W", "CUP-W", "CUP-W",
  "96385074",   "B-02-1",     "BOX-S",      "BOX-M",  "WB:ANOTHER", "WB:ANOTHER", "0.5",   "1.5",   "1.5",   "junk",
  "WB:SKIP",    "WB:SHORT",   "WB:DAMAGED", "WB:UNDO", "WB:UNDO",   "T1",         "T2",    "T3",    "WB:WEIGHT-PACKING",
};

/* ── The same in words, from either side ─────────────────────────────────────────────────────── */

static char *
describe_state (const WbJobState *state)
{
  GString *words = g_string_new (NULL);

  for (guint i = 1; i <= N_LINES; i++)
    {
      const WbJobLineState *line = wb_job_state_get_line (state, i);

      g_string_append_printf (words, "line %u: %u %u %u %u %u\n", i, line->to_send, line->picked, line->verified,
                              line->missing, line->damaged);
    }
  for (guint i = 1; i <= state->parcels->len; i++)
    {
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, i);

      g_string_append_printf (words, "parcel %u: %s %" G_GINT64_FORMAT " %s %s %s %d", i,
                              parcel->box != NULL ? parcel->box : "-", parcel->weight_g,
                              parcel->tracking != NULL ? parcel->tracking : "-",
                              parcel->sscc != NULL ? parcel->sscc : "-",
                              parcel->print_job != NULL ? parcel->print_job : "-", parcel->is_final);
      for (guint l = 1; l <= N_LINES; l++)
        if (wb_job_state_get_in_parcel (state, i, l) > 0)
          g_string_append_printf (words, " %u×%u", wb_job_state_get_in_parcel (state, i, l), LINE_ID (l));
      g_string_append_c (words, '\n');
    }
  g_string_append_printf (words, "service %s, dividing %d", state->service != NULL ? state->service : "-",
                          state->is_dividing);
  return g_string_free (words, FALSE);
}

static const char *
member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : "-";
}

static int
number (JsonObject *object, const char *name)
{
  return (int) json_object_get_int_member_with_default (object, name, 0);
}

static char *
describe_fold (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);
  JsonObject *fold = NULL;
  JsonArray *lines = NULL;
  JsonArray *parcels = NULL;
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  fold = json_node_get_object (node);
  lines = json_object_get_array_member (fold, "lines");
  parcels = json_object_get_array_member (fold, "parcels");
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      g_string_append_printf (words, "line %u: %d %d %d %d %d\n", i + 1, number (line, "to_send"),
                              number (line, "picked"), number (line, "verified"), number (line, "missing"),
                              number (line, "damaged"));
    }
  for (guint i = 0; i < json_array_get_length (parcels); i++)
    {
      JsonObject *parcel = json_array_get_object_element (parcels, i);
      JsonArray *items = json_object_get_array_member (parcel, "items");

      g_string_append_printf (words, "parcel %d: %s %d %s %s %s %d", number (parcel, "parcel"), member (parcel, "box"),
                              number (parcel, "weight_g"), member (parcel, "tracking"), member (parcel, "sscc"),
                              member (parcel, "print_job"), json_object_get_boolean_member (parcel, "final"));
      for (guint k = 0; k < json_array_get_length (items); k++)
        {
          JsonObject *item = json_array_get_object_element (items, k);

          g_string_append_printf (words, " %d×%d", number (item, "quantity"), number (item, "line_id"));
        }
      g_string_append_c (words, '\n');
    }
  g_string_append_printf (words, "service %s, dividing %d", member (fold, "service"),
                          json_object_get_boolean_member (fold, "dividing"));
  return g_string_free (words, FALSE);
}

/* ── What happens ────────────────────────────────────────────────────────────────────────────── */

static void
take (WbJobState *state, WbJobAnswer *answer)
{
  wb_job_state_add_all (state, answer->events);
  wb_job_answer_free (answer);
}

/* What a person and the bench would do. */
static void
do_something (WbJobState *state, GRand *rand)
{
  g_autofree char *tracking = g_strdup_printf ("T%u", state->parcel);

  if (state->step == WB_JOB_STEP_LABEL && state->mistake == NULL && g_rand_int_range (rand, 0, 4) > 0)
    take (state, wb_job_state_get_parcel (state, state->parcel)->tracking == NULL
                     ? wb_job_answer_label (state, state->parcel, tracking, "106141411234567897")
                     : wb_job_answer_printed (state, state->parcel, "Zebra-1"));
  else if (g_rand_int_range (rand, 0, 30) == 0)
    take (state, wb_job_answer_service (state, "EXP", "Express", "asked for"));
  else
    take (state, wb_job_answer_scan (state, scans[g_rand_int_range (rand, 0, G_N_ELEMENTS (scans))]));
}

/* What nobody would: any event with anything in it. */
static void
do_anything (WbJobState *state, GRand *rand)
{
  static const char *const codes[] = { NULL, "BOX-S", "BOX-M", "T1", "" };
  static const WbJobEventKind often[] = { WB_JOB_EVENT_VERIFY, WB_JOB_EVENT_VERIFY, WB_JOB_EVENT_DAMAGED, WB_JOB_EVENT_ANOTHER,
                                          WB_JOB_EVENT_MOVE,   WB_JOB_EVENT_MOVE,   WB_JOB_EVENT_FILLED,  WB_JOB_EVENT_UNDO };
  g_autoptr (WbJobEvent) event = wb_job_event_new (g_rand_boolean (rand)
                                                       ? often[g_rand_int_range (rand, 0, G_N_ELEMENTS (often))]
                                                       : (WbJobEventKind) g_rand_int_range (rand, 0, WB_JOB_N_EVENT_KINDS));

  event->line = g_rand_int_range (rand, 0, N_LINES + 2);
  event->parcel = g_rand_int_range (rand, 0, 12) == 0 ? G_MAXINT : g_rand_int_range (rand, 0, 6);
  event->quantity = g_rand_int_range (rand, 0, 8) == 0 ? G_MAXINT : g_rand_int_range (rand, 0, 4);
  event->number = g_rand_int_range (rand, -1, 6);
  event->code = g_strdup (codes[g_rand_int_range (rand, 0, G_N_ELEMENTS (codes))]);
  if (event->kind == WB_JOB_EVENT_UNDO && state->events->len > 0)
    {
      const WbJobEvent *undone = g_ptr_array_index (state->events, g_rand_int_range (rand, 0, (gint) state->events->len));

      g_free (event->code);
      event->code = g_strdup (undone->id);
    }
  wb_job_state_add (state, event);
}

/* ── Comparing ───────────────────────────────────────────────────────────────────────────────── */

static WbDb *
open_shop (void)
{
  static gboolean made = FALSE;
  const char *command = "psql -Xqc 'create database shop' && export PGDATABASE=shop && tests/migrate && "
                        "psql -Xq -v ON_ERROR_STOP=1 -f tests/bench-shop.sql";
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *conninfo = NULL;

  if (wb_test_database () == NULL)
    return NULL;
  if (!made)
    {
      g_subprocess_launcher_set_cwd (launcher, g_getenv ("WAYBILL_TEST_SOURCE"));
      process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-ec", command, NULL);
      g_assert_no_error (error);
      g_subprocess_wait_check (process, NULL, &error);
      g_assert_no_error (error);
    }
  made = TRUE;
  conninfo = g_strdup_printf ("host=%s port=%s dbname=shop user=postgres", g_getenv ("PGHOST"), g_getenv ("PGPORT"));
  return wb_test_db_open (conninfo);
}

/* A job of its own at ST1, as the definition says. */
static gint64
claim_job (WbDb *db, const char *json)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autoptr (WbDbResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_test_db_run (db, "update wb.job set state = 'withdrawn', station_id = null where state in ('open', 'claimed', 'aside')");
  _wb_db_params_add_jsonb (params, json);
  result = wb_test_db_query (db, "insert into wb.job (order_id, warehouse_id, state, station_id, definition) "
                                 "select o.id, s.warehouse_id, 'claimed', s.id, $1 from wb.sales_order o, wb.station s "
                                 "where o.number = '10482' and s.code = 'ST1' returning id", params, &error);
  g_assert_no_error (error);
  return _wb_db_result_get_int64 (result, 0, 0);
}

static void
append (WbDb *db, gint64 job_id, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i += 500)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      for (guint k = i; k < MIN (events->len, i + 500); k++)
        g_ptr_array_add (some, events->pdata[k]);
      wb_job_store_append_async (db, job_id, "ST1", some, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      wb_job_store_done_finish (db, result, &error);
      g_assert_no_error (error);
    }
}

static void
compare (WbDb *db, gint64 job_id, const WbJobState *state)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autoptr (WbDbResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *here = describe_state (state);
  g_autofree char *there = NULL;

  _wb_db_params_add_int64 (params, job_id);
  result = wb_test_db_query (db, "select wb.job_fold($1)::text", params, &error);
  g_assert_no_error (error);
  there = describe_fold (_wb_db_result_get_text (result, 0, 0));
  if (!g_str_equal (here, there))
    {
      g_autofree char *events = wb_job_events_to_json (state->events);

      g_test_message ("%s", events);
    }
  g_assert_cmpstr (there, ==, here);
}

static void
run (WbDb *db, GRand *rand, guint n_runs, guint n_inputs, void (*input) (WbJobState *, GRand *))
{
  for (guint i = 0; i < n_runs; i++)
    {
      g_autofree char *json = g_strdup_printf (definition, steps[i % G_N_ELEMENTS (steps)]);
      g_autofree char *work_json = g_strdup_printf ("{\"job\": %s}", json);
      g_autoptr (GError) error = NULL;
      g_autoptr (WbJobWork) work = wb_job_work_from_json (work_json, &error);
      g_autoptr (WbJobState) state = NULL;
      gint64 job_id = claim_job (db, json);

      g_assert_no_error (error);
      state = wb_job_state_new (work->job);
      compare (db, job_id, state);
      for (guint k = 0; k < n_inputs; k++)
        {
          input (state, rand);
          if (k % 30 != 29)
            continue;
          append (db, job_id, state->events);
          compare (db, job_id, state);
        }
      /* The same events once more change nothing. */
      append (db, job_id, state->events);
      compare (db, job_id, state);
    }
}

static void
test_inputs (void)
{
  g_autoptr (WbDb) db = open_shop ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  if (db == NULL)
    return;
  run (db, rand, 60, 60, do_something);
  wb_db_close (db);
}

static void
test_anything (void)
{
  g_autoptr (WbDb) db = open_shop ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  if (db == NULL)
    return;
  run (db, rand, 60, 90, do_anything);
  wb_db_close (db);
}

/* Events as no bench writes them are taken for nothing. */
static void
test_nonsense (void)
{
  g_autoptr (WbDb) db = open_shop ();
  g_autofree char *json = g_strdup_printf (definition, steps[0]);
  g_autofree char *before = NULL;
  g_autoptr (WbDbResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *statement = NULL;
  gint64 job_id = 0;

  if (db == NULL)
    return;
  job_id = claim_job (db, json);
  statement = g_strdup_printf (
    "select api.job_append(%" G_GINT64_FORMAT ", 'ST1', jsonb_build_array("
    "jsonb_build_object('id', gen_random_uuid(), 'kind', 'verify', 'at_us', 1e6 * extract(epoch from now()), 'line', 'one', 'quantity', 1),"
    "jsonb_build_object('id', gen_random_uuid(), 'kind', 'verify', 'at_us', 1e6 * extract(epoch from now()), 'line', 1, 'quantity', 1e30),"
    "jsonb_build_object('id', gen_random_uuid(), 'kind', 'verify', 'at_us', 1e6 * extract(epoch from now()), 'line', 1, 'quantity', -3),"
    "jsonb_build_object('id', gen_random_uuid(), 'kind', 'weigh', 'at_us', 1e6 * extract(epoch from now()), 'parcel', jsonb_build_array(1)),"
    "jsonb_build_object('id', gen_random_uuid(), 'kind', 'dance', 'at_us', 1e6 * extract(epoch from now()))))", job_id);
  wb_test_db_run (db, statement);
  g_free (statement);
  statement = g_strdup_printf ("select wb.job_fold(%" G_GINT64_FORMAT ")::text", job_id);
  result = wb_test_db_query (db, statement, NULL, &error);
  g_assert_no_error (error);
  before = describe_fold (_wb_db_result_get_text (result, 0, 0));
  g_assert_cmpstr (before, ==, "line 1: 2 0 0 0 0\nline 2: 3 0 0 0 0\nline 3: 4 0 0 0 0\nservice -, dividing 0");
  wb_db_close (db);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/job-fold/inputs", test_inputs);
  g_test_add_func ("/job-fold/anything", test_anything);
  g_test_add_func ("/job-fold/nonsense", test_nonsense);
  return g_test_run ();
}
