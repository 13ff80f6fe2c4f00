/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-importer"

#include "config.h"

#include <string.h>

#include "core/wb-json.h"
#include "db/wb-db-error-private.h"
#include "db/wb-db-private.h"
#include "db/wb-import-refused.h"
#include "db/wb-importer-private.h"

#define BATCH_RECORDS 1000
/* as many as the bulk lane has connections */
#define MAX_FLIGHTS 2

/* A batch that is being written. */
typedef struct
{
  WbImporter *importer;  /* owned */
  WbImportBatch *batch;  /* owned */
  char *records;         /* owned: what is sent of it; NULL for nothing */
  WbDbResult *answer;    /* owned */
  gboolean preparing;    /* its parties are being made */
  gboolean done;
} Flight;

struct _WbImporter
{
  GObject parent_instance;

  /* Owned references */
  WbDb *db;
  WbDbSession *session; /* of a dry run: one transaction, which is never committed */
  GTask *task;
  GCancellable *cancellable;
  WbImportBatch *read;  /* read, not sent yet */
  GQueue flights;       /* Flight, in the order of the file */
  GPtrArray *written;   /* WbImportBatch: answered; the worker writes what was refused and frees them */
  char *channel;
  char *options_json;
  GError *problem;      /* why it ends */

  /* Only the worker thread while @reading, else only the main thread */
  WbImportSource *source;
  WbImportRefused *refused;

  gboolean opening;     /* the session */
  gboolean reading;
  gboolean ended;       /* the last batch was read */
  WbImporterReport report;
};

G_DEFINE_FINAL_TYPE (WbImporter, wb_importer, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void go_on (WbImporter *self);

static void
free_flight (Flight *flight)
{
  g_clear_pointer (&flight->batch, _wb_import_batch_free);
  g_clear_pointer (&flight->answer, _wb_db_result_unref);
  g_clear_object (&flight->importer);
  g_free (flight->records);
  g_free (flight);
}

/* ---- Worker thread ------------------------------------------------------------------------------------------ */

static gboolean
write_refused (WbImporter          *self,
               const WbImportBatch *batch,
               GError             **error)
{
  for (guint i = 0; self->refused != NULL && i < batch->items->len; i++)
    {
      const WbImportItem *item = g_ptr_array_index (batch->items, i);

      if (item->record->refusals->len > 0 && !_wb_import_refused_add (self->refused, item->record, error))
        return FALSE;
    }
  return TRUE;
}

static void
read_batch (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  WbImporter *self = source_object;
  GPtrArray *written = task_data;
  g_autoptr(WbImportBatch) batch = NULL;
  GError *error = NULL;

  for (guint i = 0; i < written->len; i++)
    if (!write_refused (self, g_ptr_array_index (written, i), &error))
      {
        g_task_return_error (task, error);
        return;
      }
  batch = _wb_import_batch_new ();
  while (!self->ended && batch->items->len < BATCH_RECORDS && batch->size < WB_IMPORT_BATCH_BYTES)
    {
      WbImportRecord *record = wb_import_source_next (self->source, cancellable, &error);

      if (error != NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      if (record == NULL)
        {
          batch->last = TRUE;
          break;
        }
      _wb_import_batch_add (batch, record);
    }
  g_task_return_pointer (task, g_steal_pointer (&batch), (GDestroyNotify) _wb_import_batch_free);
}

/* ---- Main thread ------------------------------------------------------------------------------------------- */

static void
finish (WbImporter *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->read, _wb_import_batch_free);
  g_clear_object (&self->session);
  if (self->problem == NULL && self->refused != NULL)
    _wb_import_refused_close (self->refused, &self->problem);
  g_clear_pointer (&self->refused, _wb_import_refused_free);
  g_clear_pointer (&self->source, wb_import_source_free);
  if (self->problem != NULL)
    g_task_return_error (task, g_steal_pointer (&self->problem));
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(WbImporter) self = WB_IMPORTER (source);
  g_autoptr(GError) error = NULL;
  WbImportBatch *batch = g_task_propagate_pointer (G_TASK (result), &error);

  self->reading = FALSE;
  if (self->source != NULL)
    self->report.bytes_read = wb_import_source_get_bytes_read (self->source);
  if (batch != NULL)
    {
      self->ended = self->ended || batch->last;
      /* empty: it only wrote what the last batch had refused */
      if (batch->items->len > 0)
        self->read = batch;
      else
        _wb_import_batch_free (batch);
    }
  else if (self->problem == NULL)
    self->problem = g_steal_pointer (&error);
  go_on (self);
}

static void
start_reading (WbImporter *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);

  g_object_ref (self); /* read_cb() drops it */
  g_task_set_source_tag (task, start_reading);
  g_task_set_task_data (task, self->written, (GDestroyNotify) g_ptr_array_unref);
  self->written = g_ptr_array_new_with_free_func ((GDestroyNotify) _wb_import_batch_free);
  self->reading = TRUE;
  g_task_run_in_thread (task, read_batch);
}

static gint64
get_number (const WbJson *json,
            const char   *member)
{
  const char *text = wb_json_get_text (wb_json_get_member (json, member));

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* {"skus": how many were made, "customers": …} and more */
static WbJson *
take_made (WbImporter *self,
           WbDbResult *answer,
           GError    **error)
{
  const char *text = _wb_db_result_get_text (answer, 0, 0);
  WbJson *json = text != NULL ? wb_json_parse (text, -1, 1, 1, NULL) : NULL;

  if (json == NULL)
    {
      g_set_error_literal (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an odd answer to an import");
      return NULL;
    }
  self->report.skus += (guint64) get_number (json, "skus");
  self->report.customers += (guint64) get_number (json, "customers");
  return json;
}

/* [which of those sent, field, the server's words, SQLSTATE, constraint] */
static void
take_refusal (GPtrArray    *sent,
              const WbJson *refusal)
{
  const char *sqlstate = wb_json_get_text (wb_json_get_element (refusal, 3));
  const char *reason = wb_json_get_text (wb_json_get_element (refusal, 2));
  guint64 n = g_ascii_strtoull (wb_json_get_text (wb_json_get_element (refusal, 0)), NULL, 10);
  g_autofree char *words = NULL;
  WbDbError code = WB_DB_ERROR_FAILED;
  WbImportItem *item = NULL;

  if (n >= sent->len)
    return;
  item = g_ptr_array_index (sent, (guint) n);
  words = sqlstate != NULL
              ? _wb_db_error_words (sqlstate, wb_json_get_text (wb_json_get_element (refusal, 4)), reason, &code)
              : g_strdup (reason);
  wb_import_record_refuse (item->record, 0, wb_json_get_text (wb_json_get_element (refusal, 1)), item->record->key, "%s", words);
}

/* What was refused when it was read is counted here too, once, when its batch's turn comes. */
static gboolean
count_batch (WbImporter *self,
             Flight     *flight,
             GError    **error)
{
  g_autoptr(GPtrArray) sent = _wb_import_batch_list_sent (flight->batch);
  g_autoptr(WbJson) json = flight->answer != NULL ? take_made (self, flight->answer, error) : NULL;
  const char *outcomes = wb_json_get_text (wb_json_get_member (json, "outcomes"));
  const WbJson *refused = wb_json_get_member (json, "refused");
  guint k = 0;

  if (flight->answer != NULL && json == NULL)
    return FALSE;
  if (strlen (outcomes != NULL ? outcomes : "") != sent->len)
    {
      g_set_error_literal (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an odd answer to an import");
      return FALSE;
    }
  for (guint i = 0; i < wb_json_get_length (refused); i++)
    take_refusal (sent, wb_json_get_element (refused, i));
  for (guint i = 0; i < flight->batch->items->len; i++)
    {
      WbImportItem *item = g_ptr_array_index (flight->batch->items, i);

      _wb_importer_report_count (&self->report, item, item->json != NULL ? outcomes[k++] : 'r');
    }
  return TRUE;
}

static WbDbResult *
take_result (WbImporter   *self,
             WbDb         *db,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  WbDbResult *answer = self->session != NULL ? _wb_db_query_finish (db, result, &error) : _wb_db_act_finish (db, result, &error);

  if (answer == NULL && self->problem == NULL)
    self->problem = g_steal_pointer (&error);
  return answer;
}

static void
send (Flight             *flight,
      const char         *sql,
      GAsyncReadyCallback callback)
{
  WbImporter *self = flight->importer;
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autofree char *act = _wb_db_act_id_new ();

  _wb_db_params_add_uuid (params, act);
  _wb_db_params_add_text (params, self->channel);
  _wb_db_params_add_jsonb (params, flight->records);
  _wb_db_params_add_jsonb (params, self->options_json);
  if (self->session != NULL)
    _wb_db_session_query_async (self->session, sql, params, self->cancellable, callback, flight);
  else
    _wb_db_act_async (self->db, WB_DB_LANE_BULK, sql, params, self->cancellable, callback, flight);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Flight *flight = user_data;
  g_autoptr(WbImporter) self = g_object_ref (flight->importer);

  flight->answer = take_result (self, WB_DB (source), result);
  flight->done = TRUE;
  go_on (self);
}

static void
write_records (Flight *flight)
{
  send (flight, "select api.import_records ($1, $2::text, $3, $4)", written_cb);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Flight *flight = user_data;
  g_autoptr(WbImporter) self = g_object_ref (flight->importer);
  g_autoptr(WbDbResult) answer = take_result (self, WB_DB (source), result);
  g_autoptr(WbJson) json = answer != NULL ? take_made (self, answer, self->problem == NULL ? &self->problem : NULL) : NULL;

  flight->preparing = FALSE;
  if (json != NULL && self->problem == NULL)
    write_records (flight);
  else
    flight->done = TRUE;
  go_on (self);
}

/* One batch beside another, when neither minds; their customers and products are made one after the other. */
static gboolean
may_fly (WbImporter *self)
{
  const Flight *other = g_queue_peek_tail (&self->flights);

  if (self->read == NULL || self->opening || self->problem != NULL)
    return FALSE;
  if (other == NULL)
    return TRUE;
  return self->session == NULL && self->flights.length < MAX_FLIGHTS && !other->preparing && !other->batch->alone
         && !self->read->alone;
}

static void
start_flight (WbImporter *self)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->importer = g_object_ref (self);
  flight->batch = g_steal_pointer (&self->read);
  flight->records = _wb_import_batch_to_json (flight->batch);
  g_queue_push_tail (&self->flights, flight);
  if (flight->records == NULL)
    flight->done = TRUE;
  else if (flight->batch->has_parties)
    {
      flight->preparing = TRUE;
      send (flight, "select api.import_parties ($1, $2::text, $3, $4)", prepared_cb);
    }
  else
    write_records (flight);
}

/* In the order of the file, so that reports and the file of refused rows have it too. */
static void
end_flights (WbImporter *self)
{
  Flight *flight = NULL;

  while ((flight = g_queue_peek_head (&self->flights)) != NULL && flight->done)
    {
      g_queue_pop_head (&self->flights);
      if (self->problem == NULL && count_batch (self, flight, &self->problem))
        {
          g_ptr_array_add (self->written, g_steal_pointer (&flight->batch));
          g_signal_emit (self, signals[PROGRESS], 0);
        }
      free_flight (flight);
    }
}

/* Whatever just ended: starts what can be done next. The worker reads one batch ahead of those that are written. */
static void
go_on (WbImporter *self)
{
  g_autoptr(WbImporter) keep = g_object_ref (self);

  if (self->task == NULL)
    return;
  end_flights (self);
  while (may_fly (self))
    {
      start_flight (self);
      end_flights (self);
    }
  if (self->problem == NULL && !self->reading && self->read == NULL && (!self->ended || self->written->len > 0))
    start_reading (self);
  if (!self->reading && !self->opening && g_queue_is_empty (&self->flights)
      && (self->problem != NULL || (self->ended && self->read == NULL && self->written->len == 0)))
    finish (self);
}

/* ---- Dry runs ------------------------------------------------------------------------------------------------ */

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(WbImporter) self = user_data;
  g_autoptr(WbDbResult) answer = take_result (self, WB_DB (source), result);

  self->opening = FALSE;
  go_on (self);
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(WbImporter) self = user_data;
  g_autoptr(GError) error = NULL;

  self->session = _wb_db_session_finish (WB_DB (source), result, &error);
  if (self->session != NULL)
    {
      _wb_db_session_script_async (self->session, "begin", self->cancellable, begun_cb, g_object_ref (self));
      return;
    }
  self->opening = FALSE;
  if (self->problem == NULL)
    self->problem = g_steal_pointer (&error);
  go_on (self);
}

static char *
build_options (const WbImporterOptions *options)
{
  g_autoptr(GString) json = g_string_new ("{\"source\":");

  wb_json_append_string (json, options->source);
  g_string_append_printf (json, ",\"dry_run\":%s,\"create_products\":%s}", options->dry_run ? "true" : "false",
                          options->create_products ? "true" : "false");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* ---- GObject ----------------------------------------------------------------------------------------------- */

static void
wb_importer_finalize (GObject *object)
{
  WbImporter *self = WB_IMPORTER (object);

  g_clear_object (&self->db);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->written, g_ptr_array_unref);
  _wb_importer_report_clear (&self->report);
  g_clear_pointer (&self->refused, _wb_import_refused_free);
  g_clear_pointer (&self->source, wb_import_source_free);
  g_free (self->channel);
  g_free (self->options_json);
  G_OBJECT_CLASS (wb_importer_parent_class)->finalize (object);
}

static void
wb_importer_class_init (WbImporterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_importer_finalize;
  signals[PROGRESS] = g_signal_new ("progress", WB_TYPE_IMPORTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_importer_init (WbImporter *self)
{
  g_queue_init (&self->flights);
  self->written = g_ptr_array_new_with_free_func ((GDestroyNotify) _wb_import_batch_free);
  _wb_importer_report_init (&self->report);
}

/**
 * wb_importer_new:
 * @db: where to
 *
 * Returns: (transfer full): an importer for one run
 */
WbImporter *
wb_importer_new (WbDb *db)
{
  WbImporter *self = g_object_new (WB_TYPE_IMPORTER, NULL);

  self->db = g_object_ref (db);
  return self;
}

/**
 * wb_importer_run_async:
 * @stream: the file; read in a worker thread
 * @options: copied, but for map and zone, which are kept
 *
 * Once only. Fails when the file is not of the format, cannot be read, or the database fails; batches written
 * before stay written, and running again goes on behind them. Records that are refused are no failure.
 */
void
wb_importer_run_async (WbImporter              *self,
                       GInputStream            *stream,
                       const WbImporterOptions *options,
                       GCancellable            *cancellable,
                       GAsyncReadyCallback      callback,
                       gpointer                 user_data)
{
  GError *error = NULL;

  g_return_if_fail (WB_IS_IMPORTER (self) && self->task == NULL && self->channel == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, wb_importer_run_async);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  self->channel = g_strdup (options->channel);
  self->options_json = build_options (options);
  /* the headings only: the first piece of the file */
  self->source = wb_import_source_open (options->format, stream, &options->format_options, cancellable, &error);
  if (self->source == NULL)
    {
      g_autoptr(GTask) task = g_steal_pointer (&self->task);

      g_task_return_error (task, error);
      return;
    }
  if (options->refused_path != NULL && !options->dry_run)
    self->refused = _wb_import_refused_new (options->refused_path, self->source);
  if (options->dry_run)
    {
      self->opening = TRUE;
      _wb_db_session_async (self->db, WB_DB_LANE_BULK, self->cancellable, session_cb, g_object_ref (self));
    }
  go_on (self);
}

/**
 * wb_importer_run_finish:
 *
 * Returns: whether the file was read to its end and everything in it that can be imported was
 */
gboolean
wb_importer_run_finish (WbImporter   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_importer_get_report:
 *
 * Returns: (transfer none): what happened so far; complete after wb_importer_run_finish()
 */
const WbImporterReport *
wb_importer_get_report (WbImporter *self)
{
  return &self->report;
}
