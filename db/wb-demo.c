/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-demo"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "db/wb-db-private.h"
#include "db/wb-demo.h"
#include "db/waybill-db-resources.h"

/* A file of db/demo. One whose answer has a column "left" is run again until that is 0. */
typedef struct
{
  const char *file;
  const char *title;
  guint weight; /* of the whole time, in a thousandth, with many orders */
} Step;

static const Step steps[] = {
  { "01-begin.sql", N_ ("Making room"), 2 },
  { "02-shop.sql", N_ ("Building warehouses"), 1 },
  { "03-carriers.sql", N_ ("Hiring carriers"), 1 },
  { "04-catalogue.sql", N_ ("Filling the catalogue"), 1 },
  { "05-people.sql", N_ ("Finding people"), 1 },
  { "06-customers.sql", N_ ("Welcoming customers"), 70 },
  { "07-orders.sql", N_ ("Planning orders"), 60 },
  { "08-batch.sql", N_ ("Planning orders"), 1 },
  { "09-orders.sql", N_ ("Taking orders"), 560 },
  { "10-index.sql", N_ ("Building indexes"), 150 },
  { "11-stock.sql", N_ ("Stocking the shelves"), 25 },
  { "12-open.sql", N_ ("Getting into trouble"), 20 },
  { "13-work.sql", N_ ("Packing"), 25 },
  { "14-keys.sql", N_ ("Checking everything"), 50 },
  { "15-end.sql", N_ ("Counting"), 33 },
};

static const char settings_sql[] =
    "select set_config ('waybill.demo_orders', $1::bigint::text, true),"
    "       set_config ('waybill.demo_customers', $2::bigint::text, true),"
    "       set_config ('waybill.demo_seed', $3::bigint::text, true),"
    "       set_config ('waybill.demo_now', coalesce ($4::text, ''), true)";

typedef struct
{
  WbDbSession *session;
  WbDbParams *settings;
  WbDemoProgress progress;
  gpointer progress_data;
  gsize next;        /* step under way */
  gint64 began_us;   /* when its present run did */
  guint done;        /* weight of the steps behind */
  gint64 left_first; /* what the step under way had left after its first run; 0 before */
  double part;       /* how much of it is done */
} Demo;

static void
free_demo (Demo *demo)
{
  g_clear_object (&demo->session);
  g_clear_pointer (&demo->settings, _wb_db_params_unref);
  g_free (demo);
}

/* Gives the connection back at once, and with it the transaction. */
static void
fail (GTask *task, GError *error)
{
  Demo *demo = g_task_get_task_data (task);

  g_clear_object (&demo->session);
  g_task_return_error (task, error);
}

static void run_step (GTask *task);

/* Finishes a step, @file's or (NULL) one of our own. NULL: it failed, and the task has been told. */
static WbDbResult *
finish_step (GTask *task, GAsyncResult *result, const char *file)
{
  Demo *demo = g_task_get_task_data (task);
  GError *error = NULL;
  WbDbResult *rows = _wb_db_query_finish (_wb_db_session_get_db (demo->session), result, &error);

  if (rows != NULL)
    return rows;
  if (file != NULL && !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED))
    g_prefix_error (&error, "db/demo/%s: ", file);
  fail (task, error);
  return NULL;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Demo *demo = g_task_get_task_data (task);
  WbDb *db = _wb_db_session_get_db (demo->session);
  g_autoptr (WbDbResult) rows = finish_step (task, result, NULL);

  if (rows == NULL)
    return;
  _wb_db_wake (db);
  g_clear_object (&demo->session);
  g_task_return_boolean (task, TRUE);
}

/* What the step says is left to do of it. */
static gint64
read_left (WbDbResult *rows)
{
  int column = _wb_db_result_find_column (rows, "left");

  if (column < 0 || _wb_db_result_get_n_rows (rows) != 1)
    return 0;
  return _wb_db_result_get_int64_or (rows, 0, column, 0);
}

static void
count_left (Demo *demo, gint64 left)
{
  if (left > 0)
    {
      if (demo->left_first == 0)
        demo->left_first = left;
      demo->part = 1.0 - (double) left / (double) demo->left_first;
      return;
    }
  demo->done += steps[demo->next].weight;
  demo->next++;
  demo->left_first = 0;
  demo->part = 0;
}

static void
step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Demo *demo = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, steps[demo->next].file);

  if (rows == NULL)
    return;
  g_debug ("db/demo/%s: %" G_GINT64_FORMAT " ms", steps[demo->next].file,
           (g_get_monotonic_time () - demo->began_us) / 1000);
  count_left (demo, read_left (rows));
  if (demo->next < G_N_ELEMENTS (steps))
    {
      run_step (g_steal_pointer (&task));
      return;
    }
  if (demo->progress != NULL)
    demo->progress (_ ("Writing it down"), 1, demo->progress_data);
  _wb_db_session_script_async (demo->session, "commit", g_task_get_cancellable (task), committed_cb,
                               g_object_ref (task));
}

/* Takes the task. */
static void
run_step (GTask *task)
{
  Demo *demo = g_task_get_task_data (task);
  const Step *step = &steps[demo->next];
  g_autofree char *path = g_strconcat ("/org/waybill/db/demo/", step->file, NULL);
  g_autoptr (GBytes) sql = NULL;
  GError *error = NULL;
  guint all = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    all += steps[i].weight;
  sql = g_resource_lookup_data (waybill_db_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                &error);
  if (sql == NULL)
    {
      fail (task, error);
      g_object_unref (task);
      return;
    }
  if (demo->progress != NULL)
    demo->progress (_ (step->title), (demo->done + demo->part * step->weight) / all,
                    demo->progress_data);
  demo->began_us = g_get_monotonic_time ();
  /* A resource ends in a NUL byte that its size does not count. */
  _wb_db_session_script_async (demo->session, g_bytes_get_data (sql, NULL),
                               g_task_get_cancellable (task), step_cb, task);
}

static void
settings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbDbResult) rows = finish_step (task, result, NULL);

  if (rows != NULL)
    run_step (g_steal_pointer (&task));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Demo *demo = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, NULL);

  if (rows == NULL)
    return;
  _wb_db_session_query_async (demo->session, settings_sql, demo->settings,
                              g_task_get_cancellable (task), settings_cb, g_object_ref (task));
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Demo *demo = g_task_get_task_data (task);
  GError *error = NULL;

  demo->session = _wb_db_session_finish (WB_DB (source), result, &error);
  if (demo->session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  _wb_db_session_script_async (demo->session, "begin", g_task_get_cancellable (task), begun_cb,
                               g_object_ref (task));
}

void
wb_demo_make_async (WbDb *db,
                    const WbDemoOptions *options,
                    WbDemoProgress progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Demo *demo = NULL;

  g_return_if_fail (WB_IS_DB (db));
  g_return_if_fail (options != NULL);

  task = g_task_new (db, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_demo_make_async);
  demo = g_new0 (Demo, 1);
  demo->progress = progress;
  demo->progress_data = progress_data;
  demo->settings = _wb_db_params_new ();
  _wb_db_params_add_int64 (demo->settings, options->orders);
  _wb_db_params_add_int64 (demo->settings, options->customers);
  _wb_db_params_add_int64 (demo->settings, options->seed);
  _wb_db_params_add_text (demo->settings, options->now);
  g_task_set_task_data (task, demo, (GDestroyNotify) free_demo);
  _wb_db_session_async (db, WB_DB_LANE_BULK, cancellable, session_cb, g_steal_pointer (&task));
}

gboolean
wb_demo_make_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
