/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/db/wb-test-db.h"

#include <string.h>

static WbDb *db;

/* One value through the server and back. */
static WbDbResult *
ask (const char *sql,
     WbDbParams *params)
{
  g_autoptr(GError) error = NULL;
  WbDbResult *result = wb_test_db_query (db, sql, params, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (_wb_db_result_get_n_rows (result), ==, 1);
  return result;
}

static void
test_open (void)
{
  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_ONLINE);
  g_assert_cmpstr (wb_db_get_state_message (db), ==, "");
  g_assert_cmpint (wb_db_get_server_version (db), >=, 150000);
  g_assert_cmpstr (wb_db_get_user (db), ==, "postgres");
  g_assert_null (wb_db_get_error (db));
}

static void
test_session_settings (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } cases[] = {
    { "search_path", "api, pg_temp" },
    { "TimeZone", "UTC" },
    { "statement_timeout", "10s" },
    { "client_encoding", "UTF8" },
    { "DateStyle", "ISO, YMD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(WbDbResult) result = NULL;

      _wb_db_params_add_text (params, cases[i].name);
      result = ask ("select current_setting($1)", params);
      g_assert_cmpstr (_wb_db_result_get_text (result, 0, 0), ==, cases[i].value);
    }
}

static void
test_params_scalars (void)
{
  static const gint64 numbers[] = { 0, 1, -1, 42, G_MAXINT64, G_MININT64 };
  static const char *const texts[] = { "", "a", "O'Reilly \\ \"x\"", "Zürich 東京 🚚", "line\nbreak\ttab", "'; drop table x;--" };
  g_autoptr(WbDbResult) nothing = NULL;
  g_autoptr(WbDbParams) none = _wb_db_params_new ();

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(WbDbResult) result = NULL;

      g_assert_cmpuint (_wb_db_params_add_int64 (params, numbers[i]), ==, 1);
      g_assert_cmpuint (_wb_db_params_add_bool (params, i % 2 == 0), ==, 2);
      result = ask ("select $1, $2", params);
      g_assert_cmpint (_wb_db_result_get_int64 (result, 0, 0), ==, numbers[i]);
      g_assert_cmpint (_wb_db_result_get_bool (result, 0, 1), ==, i % 2 == 0);
      g_assert_true (_wb_db_result_check (result, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(WbDbResult) result = NULL;

      _wb_db_params_add_text (params, texts[i]);
      _wb_db_params_add_text_len (params, texts[i], strlen (texts[i]));
      result = ask ("select $1::text, $2::text", params);
      g_assert_cmpstr (_wb_db_result_get_text (result, 0, 0), ==, texts[i]);
      g_assert_cmpstr (_wb_db_result_get_text (result, 0, 1), ==, texts[i]);
      g_assert_cmpuint (_wb_db_result_get_length (result, 0, 0), ==, strlen (texts[i]));
    }

  _wb_db_params_add_text (none, NULL);
  _wb_db_params_add_uuid (none, NULL);
  _wb_db_params_add_timestamp (none, NULL);
  _wb_db_params_add_bytea (none, NULL);
  _wb_db_params_add_jsonb (none, NULL);
  _wb_db_params_add_text_array (none, NULL, -1);
  _wb_db_params_add_null (none);
  nothing = ask ("select num_nulls($1::text, $2::uuid, $3::timestamptz, $4::bytea, $5::jsonb, $6::text[], $7::int)", none);
  g_assert_cmpint (_wb_db_result_get_int (nothing, 0, 0), ==, 7);
}

static void
test_params_fit_types (void)
{
  /* text goes undeclared, so that it fits what a column or a function wants */
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(WbDbResult) result = NULL;

  _wb_db_params_add_text (params, "12.3400");
  _wb_db_params_add_text (params, "2026-02-28");
  _wb_db_params_add_uuid (params, "5f0c1c1e-6f1e-4e0e-8c37-1d3f0a2b4c5d");
  _wb_db_params_add_jsonb (params, "{\"a\": [1, 2]}");
  result = ask ("select $1::numeric(20,6) as n, $2::date + 1 as d, $3 as u, $4->'a'->>1 as j", params);
  g_assert_cmpstr (_wb_db_result_get_numeric (result, 0, _wb_db_result_column (result, "n")), ==, "12.340000");
  g_assert_cmpstr (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "d")), ==, "2026-03-01");
  g_assert_cmpstr (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "u")), ==,
                   "5f0c1c1e-6f1e-4e0e-8c37-1d3f0a2b4c5d");
  g_assert_cmpstr (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "j")), ==, "2");
  g_assert_true (_wb_db_result_check (result, NULL));
}

static void
test_timestamps (void)
{
  static const struct
  {
    const char *written;
    const char *sql;
  } cases[] = {
    { "2026-11-23T03:16:20.123456Z", "2026-11-23 03:16:20.123456+00" },
    { "1999-12-31T23:59:59.999999Z", "1999-12-31 23:59:59.999999+00" },
    { "2026-03-29T02:30:00+02:00", "2026-03-29 00:30:00+00" },
    { "0476-09-04T00:00:00Z", "0476-09-04 00:00:00+00" },
  };
  g_autoptr(WbDbResult) other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GDateTime) when = g_date_time_new_from_iso8601 (cases[i].written, NULL);
      g_autoptr(GDateTime) back = NULL;
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(WbDbResult) result = NULL;

      _wb_db_params_add_timestamp (params, when);
      result = ask ("select $1, $1::text", params);
      back = _wb_db_result_get_timestamp (result, 0, 0);
      g_assert_true (_wb_db_result_check (result, NULL));
      g_assert_cmpstr (_wb_db_result_get_text (result, 0, 1), ==, cases[i].sql);
      g_assert_true (g_date_time_equal (when, back));
      g_assert_cmpint (g_date_time_get_utc_offset (back), ==, 0);
      g_assert_cmpint (g_date_time_get_microsecond (back), ==, g_date_time_get_microsecond (when));
    }

  other = ask ("select null::timestamptz, 'infinity'::timestamptz, '44-03-15 BC'::timestamptz, '12026-01-01'::timestamptz", NULL);
  g_assert_null (_wb_db_result_get_timestamp (other, 0, 0));
  g_assert_true (_wb_db_result_check (other, NULL));
  for (int column = 1; column < 4; column++)
    {
      g_autoptr(WbDbResult) again = ask ("select null::timestamptz, 'infinity'::timestamptz, '44-03-15 BC'::timestamptz,"
                                         " '12026-01-01'::timestamptz", NULL);
      g_assert_null (_wb_db_result_get_timestamp (again, 0, column));
      g_assert_false (_wb_db_result_check (again, NULL));
    }
}

static void
test_arrays (void)
{
  static const gint64 ids[] = { 1, -5, G_MAXINT64 };
  static const char *const texts[] = { "plain", "", "with \"quotes\" and \\", "a,b", "{brace}", "NULL", " ", NULL };
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GArray) back = NULL;
  g_autoptr(GArray) empty = NULL;
  g_auto(GStrv) strings = NULL;
  g_auto(GStrv) no_strings = NULL;

  _wb_db_params_add_int64_array (params, ids, G_N_ELEMENTS (ids));
  _wb_db_params_add_text_array (params, texts, -1);
  _wb_db_params_add_int64_array (params, NULL, 0);
  result = ask ("select $1, $2, $3, '{}'::text[], null::bigint[], array[1,null]::bigint[], array['a',null]::text[]", params);
  back = _wb_db_result_get_int64_array (result, 0, 0);
  g_assert_cmpmem (back->data, back->len * sizeof (gint64), ids, sizeof ids);
  strings = _wb_db_result_get_text_array (result, 0, 1);
  g_assert_cmpstrv (strings, texts);
  empty = _wb_db_result_get_int64_array (result, 0, 2);
  g_assert_cmpuint (empty->len, ==, 0);
  no_strings = _wb_db_result_get_text_array (result, 0, 3);
  g_assert_cmpuint (g_strv_length (no_strings), ==, 0);
  g_assert_null (_wb_db_result_get_int64_array (result, 0, 4));
  g_assert_true (_wb_db_result_check (result, NULL));
  g_assert_null (_wb_db_result_get_int64_array (result, 0, 5));
  g_assert_false (_wb_db_result_check (result, NULL));
}

static void
test_bytea (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new ("\0\1\xff\\x'", 6);
  g_autoptr(GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr(GBytes) back = NULL;
  g_autoptr(GBytes) nothing = NULL;
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(WbDbResult) result = NULL;

  _wb_db_params_add_bytea (params, bytes);
  _wb_db_params_add_bytea (params, empty);
  result = ask ("select $1, $2, $2 is null", params);
  back = _wb_db_result_get_bytea (result, 0, 0);
  nothing = _wb_db_result_get_bytea (result, 0, 1);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
  g_assert_false (_wb_db_result_get_bool (result, 0, 2));
  g_assert_true (_wb_db_result_check (result, NULL));
}

static void
test_big_parameter (void)
{
  const gsize size = 32 * 1024 * 1024;
  g_autofree guint8 *data = g_malloc (size);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) back = NULL;
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(WbDbResult) result = NULL;
  WbTestTicker *ticker = NULL;

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 2654435761u >> 24);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  ticker = wb_test_ticker_start ();
  _wb_db_params_add_bytea (params, bytes);
  result = ask ("select length($1), md5($1)", params);
  /* libpq copies a statement into its buffer as a whole */
  wb_test_ticker_stop (ticker, 250);
  back = g_bytes_ref (bytes);
  g_assert_cmpint (_wb_db_result_get_int64 (result, 0, 0), ==, (gint64) size);
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, back);
  g_assert_cmpstr (_wb_db_result_get_text (result, 0, 1), ==, md5);
}

/* What cannot be given is remembered, the first such thing, and nothing crashes. */
static void
test_mishaps (void)
{
  static const struct
  {
    const char *sql;
    const char *getter;
    const char *message;
  } cases[] = {
    { "select 'x'::text as a", "int64", "unexpected result: column “a” of row 0 has another type (25)" },
    { "select null::int as a", "int64", "unexpected result: column “a” of row 0 is null" },
    { "select 9223372036854775808::numeric as a", "int64", "unexpected result: column “a” of row 0 is not a whole number of 64 bits" },
    { "select 1.5 as a", "int64", "unexpected result: column “a” of row 0 is not a whole number of 64 bits" },
    { "select 3000000000 as a", "int", "unexpected result: column “a” of row 0 is not a whole number of 32 bits" },
    { "select 1 as a", "bool", "unexpected result: column “a” of row 0 has another type (23)" },
    { "select 'NaN'::numeric as a", "numeric", "unexpected result: column “a” of row 0 is not a finite number" },
    { "select '1.5'::float8 as a", "numeric", "unexpected result: column “a” of row 0 has another type (701)" },
    { "select '2026-01-01'::date as a", "timestamp", "unexpected result: column “a” of row 0 has another type (1082)" },
    { "select 1 as b", "int64", "unexpected result: no column “a”" },
    { "select 1 as a limit 0", "int64", "unexpected result: column “a” of row 0 does not exist" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) result = wb_test_db_query (db, cases[i].sql, NULL, &error);
      int column = _wb_db_result_column (result, "a");

      g_assert_no_error (error);
      if (g_str_equal (cases[i].getter, "int64"))
        g_assert_cmpint (_wb_db_result_get_int64 (result, 0, column), ==, 0);
      else if (g_str_equal (cases[i].getter, "int"))
        g_assert_cmpint (_wb_db_result_get_int (result, 0, column), ==, 0);
      else if (g_str_equal (cases[i].getter, "bool"))
        g_assert_false (_wb_db_result_get_bool (result, 0, column));
      else if (g_str_equal (cases[i].getter, "numeric"))
        g_assert_null (_wb_db_result_get_numeric (result, 0, column));
      else
        g_assert_null (_wb_db_result_get_timestamp (result, 0, column));
      g_assert_false (_wb_db_result_check (result, &error));
      g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_nulls (void)
{
  g_autoptr(WbDbResult) result = ask ("select null::int, null::bool, null::text, 7", NULL);

  g_assert_true (_wb_db_result_is_null (result, 0, 0));
  g_assert_false (_wb_db_result_is_null (result, 0, 3));
  g_assert_cmpint (_wb_db_result_get_int64_or (result, 0, 0, -1), ==, -1);
  g_assert_cmpint (_wb_db_result_get_int64_or (result, 0, 3, -1), ==, 7);
  g_assert_cmpint (_wb_db_result_get_int_or (result, 0, 0, -2), ==, -2);
  g_assert_true (_wb_db_result_get_bool_or (result, 0, 1, TRUE));
  g_assert_null (_wb_db_result_get_text_or_null (result, 0, 2));
  g_assert_cmpint (_wb_db_result_find_column (result, "nowhere"), ==, -1);
  g_assert_true (_wb_db_result_check (result, NULL));
}

/* SQLSTATE → code; messages that a person may read. */
static void
test_errors (void)
{
  static const struct
  {
    const char *state;
    WbDbError code;
    const char *message;
  } cases[] = {
    { "WB001", WB_DB_ERROR_NOT_FOUND, "its own words" },
    { "WB002", WB_DB_ERROR_CONFLICT, "its own words" },
    { "WB003", WB_DB_ERROR_DENIED, "its own words" },
    { "WB004", WB_DB_ERROR_REFUSED, "its own words" },
    { "WB005", WB_DB_ERROR_CONFLICT, "its own words" },
    { "25006", WB_DB_ERROR_READ_ONLY, "the database is read-only at the moment" },
    { "40001", WB_DB_ERROR_CONFLICT, "somebody else changed the same thing at the same moment" },
    { "40P01", WB_DB_ERROR_CONFLICT, "two changes waited for each other and this one was undone" },
    { "42501", WB_DB_ERROR_DENIED, "this user may not do that" },
    { "53100", WB_DB_ERROR_DISK, "the disk of the database server is full" },
    { "55P03", WB_DB_ERROR_CONFLICT, "somebody else is working on it just now" },
    { "57014", WB_DB_ERROR_TIMEOUT, "it took longer than allowed and was stopped" },
    { "23505", WB_DB_ERROR_REFUSED, "the same exists already" },
    { "22003", WB_DB_ERROR_REFUSED, "its own words" },
    { "XX000", WB_DB_ERROR_FAILED, "its own words" },
    { "P0001", WB_DB_ERROR_FAILED, "its own words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) result = NULL;
      g_autofree char *sql = g_strdup_printf (
        "do $$ begin raise exception 'its own words' using errcode = '%s', detail = 'a.code',"
        " constraint = 'some_check'; end $$", cases[i].state);

      result = wb_test_db_query (db, sql, NULL, &error);
      g_assert_null (result);
      g_assert_error (error, WB_DB_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (wb_db_error_get_sqlstate (error), ==, cases[i].state);
      g_assert_cmpstr (wb_db_error_get_detail (error), ==, "a.code");
      g_assert_cmpstr (wb_db_error_get_constraint (error), ==, "some_check");
      g_assert_nonnull (strstr (wb_db_error_get_original (error), "its own words"));
    }
  /* the connection is as good as before */
  g_assert_cmpint (wb_test_db_int (db, "select 5"), ==, 5);
}

static void
test_not_errors_of_ours (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_null (wb_db_error_get_sqlstate (error));
  g_assert_null (wb_db_error_get_detail (NULL));
  g_assert_null (wb_db_error_get_original (error));
  g_assert_false (wb_db_error_is_passing (error));
  g_assert_false (wb_db_error_is_passing (NULL));
}

static void
test_bad_statements (void)
{
  static const char *const statements[] = {
    "selekt 1", "", "select 1; select 2", "copy (select 1) to stdout", "create temp table c (a int); copy c from stdin",
    "select $1", "select 'a' || $1::int",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) result = wb_test_db_query (db, statements[i], NULL, &error);

      if (*statements[i] != '\0')
        g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
      g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
    }
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from pg_stat_activity where application_name like '%@%'"), <=, 7);
}

static void
test_invalid_text (void)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = NULL;

  _wb_db_params_add_text (params, "\xff\xfe");
  result = wb_test_db_query (db, "select $1::text", params, &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
}

static void
count_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = _wb_db_query_finish (WB_DB (source), result, &error);

  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

/* A hundred at once over four connections, all answered. */
static void
test_many (void)
{
  guint n = 0;

  for (guint i = 0; i < 100; i++)
    _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select pg_sleep(0.002)", NULL, NULL, count_cb, &n);
  wb_test_wait_until (n == 100);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from pg_stat_activity where application_name like '%@%'"), <=, 7);
}

/* The server's side of a cancel: the statement is gone, and only that one. */
static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;
  const char *count_sql = "select count(*) from pg_stat_activity where query like 'select pg_sleep(3600%' and state = 'active'";

  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select pg_sleep(3600)", NULL, cancellable,
                      wb_test_store_result, &result);
  wb_test_wait_until (wb_test_db_int (db, count_sql) == 1);
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1 from pg_sleep(0.3)", NULL, NULL,
                      wb_test_store_result, &other);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_null (_wb_db_query_finish (db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_test_db_int (db, count_sql), ==, 0);
  wb_test_await (other);
  g_clear_error (&error);
  rows = _wb_db_query_finish (db, other, &error);
  g_assert_no_error (error);
}

static void
test_cancel_waiting (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) blocker = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) late = NULL;
  g_autoptr(GAsyncResult) blocked = NULL;
  g_autoptr(GAsyncResult) blocked_too = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select pg_sleep(3600)", NULL, blocker,
                      wb_test_store_result, &blocked);
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select pg_sleep(3600)", NULL, blocker,
                      wb_test_store_result, &blocked_too);
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1", NULL, cancellable,
                      wb_test_store_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_null (_wb_db_query_finish (db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* cancelled before it was made */
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1", NULL, cancellable, wb_test_store_result, &late);
  wb_test_await (late);
  g_clear_error (&error);
  g_assert_null (_wb_db_query_finish (db, late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_cancel (blocker);
  wb_test_await (blocked);
  wb_test_await (blocked_too);
}

/* Whoever cancels at just any moment gets one answer, and the next statement is not hit. */
static void
test_cancel_races (void)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select pg_sleep(0.003)", NULL, cancellable,
                          wb_test_store_result, &result);
      for (guint turn = 0; turn < i / 2 && result == NULL; turn++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      wb_test_await (result);
      rows = _wb_db_query_finish (db, result, &error);
      if (rows == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (wb_test_db_int (db, "select 1 from pg_sleep(0.001)"), ==, 1);
    }
}

static void
test_timeout (void)
{
  g_autoptr(WbDb) impatient = wb_db_new (wb_test_database ());
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = NULL;

  _wb_db_get_tuning (impatient)->statement_ms = 50;
  wb_test_db_try_open (impatient, &error);
  g_assert_no_error (error);
  result = wb_test_db_query (impatient, "select pg_sleep(3600)", NULL, &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT);
  g_assert_true (wb_db_error_is_passing (error));
  g_assert_cmpint (wb_test_db_int (impatient, "select 1"), ==, 1);
  wb_test_assert_finalized (&impatient);
}

static void
test_close_under_way (void)
{
  g_autoptr(WbDb) other = wb_test_db_open (NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) late = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) late_error = NULL;

  _wb_db_query_async (other, WB_DB_LANE_BULK, WB_DB_FLAG_IDEMPOTENT, "select pg_sleep(3601)", NULL, NULL,
                      wb_test_store_result, &result);
  wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_stat_activity where query = 'select pg_sleep(3601)'") == 1);
  wb_db_close (other);
  wb_test_await (result);
  g_assert_null (_wb_db_query_finish (other, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_db_get_state (other), ==, WB_DB_STATE_OFFLINE);
  /* on the server too */
  wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_stat_activity where query = 'select pg_sleep(3601)'") == 0);

  _wb_db_query_async (other, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &late);
  wb_test_await (late);
  g_assert_null (_wb_db_query_finish (other, late, &late_error));
  g_assert_error (late_error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_clear_object (&result);
  g_clear_object (&late);
  wb_test_assert_finalized (&other);
}

int
main (int argc,
      char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  db = g_getenv ("WAYBILL_TEST_DATABASE") != NULL ? wb_test_db_open (NULL) : NULL;
  if (db == NULL)
    return wb_test_skip_all ("no database server (run under tests/cluster)");
  g_test_add_func ("/query/open", test_open);
  g_test_add_func ("/query/session-settings", test_session_settings);
  g_test_add_func ("/query/params/scalars", test_params_scalars);
  g_test_add_func ("/query/params/fit-types", test_params_fit_types);
  g_test_add_func ("/query/params/timestamps", test_timestamps);
  g_test_add_func ("/query/params/arrays", test_arrays);
  g_test_add_func ("/query/params/bytea", test_bytea);
  g_test_add_func ("/query/params/32-megabytes", test_big_parameter);
  g_test_add_func ("/query/result/mishaps", test_mishaps);
  g_test_add_func ("/query/result/nulls", test_nulls);
  g_test_add_func ("/query/errors/states", test_errors);
  g_test_add_func ("/query/errors/foreign", test_not_errors_of_ours);
  g_test_add_func ("/query/errors/bad-statements", test_bad_statements);
  g_test_add_func ("/query/errors/invalid-text", test_invalid_text);
  g_test_add_func ("/query/many", test_many);
  g_test_add_func ("/query/cancel/on-the-server", test_cancel);
  g_test_add_func ("/query/cancel/waiting", test_cancel_waiting);
  g_test_add_func ("/query/cancel/races", test_cancel_races);
  g_test_add_func ("/query/timeout", test_timeout);
  g_test_add_func ("/query/close-under-way", test_close_under_way);
  status = g_test_run ();
  wb_test_assert_finalized (&db);
  return status;
}
