/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include "tests/db/wb-test-db.h"

#include <stdio.h>

/* Sanitizers make everything some three times slower. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOWNESS 4
#else
#define SLOWNESS 1
#endif

struct _WbTestTicker
{
  guint id;
  guint n;
  gint64 last_us;
  gint64 worst_us;
};

gboolean
wb_test_db_try_open (WbDb *db,
                     GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_db_open_async (db, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_db_open_finish (db, result, error);
}

WbDb *
wb_test_db_open (const char *conninfo)
{
  g_autoptr(GError) error = NULL;
  WbDb *db = NULL;

  if (conninfo == NULL)
    conninfo = wb_test_database ();
  if (conninfo == NULL)
    return NULL;
  db = wb_db_new (conninfo);
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  return db;
}

WbDbResult *
wb_test_db_query (WbDb *db,
                  const char *sql,
                  WbDbParams *params,
                  GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, sql, params, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_query_finish (db, result, error);
}

void
wb_test_db_run (WbDb *db,
                const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = wb_test_db_query (db, sql, NULL, &error);

  g_assert_no_error (error);
}

gint64
wb_test_db_int (WbDb *db,
                const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = wb_test_db_query (db, sql, NULL, &error);
  gint64 value = 0;

  g_assert_no_error (error);
  value = _wb_db_result_get_int64 (result, 0, 0);
  _wb_db_result_check (result, &error);
  g_assert_no_error (error);
  return value;
}

char *
wb_test_db_text (WbDb *db,
                 const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = wb_test_db_query (db, sql, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (_wb_db_result_get_n_rows (result) > 0 ? _wb_db_result_get_text_or_null (result, 0, 0) : NULL);
}

void
wb_test_db_add_news (WbDb *db)
{
  static const char *const statements[] = {
    "create schema if not exists api",
    "create schema if not exists wb",
    "create table wb.news (seq bigint generated always as identity primary key,"
    " txid xid8 not null default pg_current_xact_id(), topic text not null, ids bigint[])",
    "create table wb.act (id uuid primary key)",
    "create function api.news_since (since text)"
    " returns table (seq bigint, topic text, ids bigint[], horizon text) language plpgsql stable as $$ begin"
    " if since is not null then return query select n.seq, n.topic, n.ids, null::text from wb.news n"
    " where n.txid >= since::xid8 order by n.seq; end if;"
    " return query select null::bigint, null::text, null::bigint[], pg_snapshot_xmin(pg_current_snapshot())::text;"
    " end $$",
    "create function api.wake () returns void language sql as $$ select pg_notify('wb', '') $$",
    "create function api.note (act uuid, topic text, ids bigint[]) returns boolean language plpgsql as $$ begin"
    " insert into wb.act values (act) on conflict do nothing; if not found then return false; end if;"
    " insert into wb.news (topic, ids) values (topic, ids); return true; end $$",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    wb_test_db_run (db, statements[i]);
}

/* The time, without that in which this thread could have run but others had the processor. */
static gint64
get_own_us (void)
{
  g_autofree char *text = NULL;
  gint64 ran_ns = 0;
  gint64 waited_ns = 0;

  if (g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL))
    sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &ran_ns, &waited_ns);
  return g_get_monotonic_time () - waited_ns / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  WbTestTicker *self = user_data;
  gint64 now = get_own_us ();

  self->worst_us = MAX (self->worst_us, now - self->last_us);
  self->last_us = now;
  self->n++;
  return G_SOURCE_CONTINUE;
}

WbTestTicker *
wb_test_ticker_start (void)
{
  WbTestTicker *self = g_new0 (WbTestTicker, 1);

  self->last_us = get_own_us ();
  self->id = g_timeout_add (10, tick_cb, self);
  return self;
}

void
wb_test_ticker_stop (WbTestTicker *self,
                     guint max_ms)
{
  tick_cb (self);
  g_source_remove (self->id);
  g_test_message ("%u ticks, at most %.1f ms apart", self->n, (double) self->worst_us / 1000);
  g_assert_cmpint (self->worst_us, <, (gint64) max_ms * 1000 * SLOWNESS);
  g_free (self);
}
