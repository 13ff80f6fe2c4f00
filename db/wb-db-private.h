/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Queries, for the stores in db/ only: asynchronous statements with parameters over the pool of
 * a WbDb, their results, streams, COPY, pipelines, exclusive sessions, and acts (writes that
 * survive a lost connection). Not for ui/ or app/, which see stores. Main thread only.
 *
 * A store looks like this:
 *
 *   g_autoptr(WbDbParams) params = _wb_db_params_new ();
 *   _wb_db_params_add_int64 (params, id);
 *   _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT,
 *                       "select number, placed_at from api.orders where id = $1", params,
 *                       cancellable, loaded_cb, g_object_ref (self));
 *   …
 *   g_autoptr(WbDbResult) r = _wb_db_query_finish (db, result, &error);
 *   int number = _wb_db_result_column (r, "number"), placed = _wb_db_result_column (r, "placed_at");
 *   for (guint i = 0; i < _wb_db_result_get_n_rows (r); i++)
 *     … _wb_db_result_get_text (r, i, number) …
 *   if (!_wb_db_result_check (r, &error)) …                  (a column missing, NULL, out of range)
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/*
 * INTERACTIVE: a person waits; fails with TIMEOUT after 10 s. BULK: lists to export, imports, anchors,
 * statistics; no time-out, always give a cancellable.
 */
typedef enum
{
  WB_DB_LANE_INTERACTIVE,
  WB_DB_LANE_BULK,
} WbDbLane;

/*
 * IDEMPOTENT: doing it twice is as good as once (any select without side effects): it is run again by
 * itself when the connection was lost under it.
 */
typedef enum
{
  WB_DB_FLAG_NONE = 0,
  WB_DB_FLAG_IDEMPOTENT = 1 << 0,
} WbDbFlags;

/* ---- Parameters ---------------------------------------------------------------------------- */

/*
 * The values of $1, $2, … . Every add returns the number n of its $n, so that generated SQL can name it.
 * Values are copied. NULL pointers are SQL nulls. Text goes without a declared type, so that it fits
 * text, enums, domains, dates and numerics alike; write `$1::text` where nothing else says the type.
 * The others are declared as what they are called (int64 is bigint).
 */
typedef struct _WbDbParams WbDbParams;

WbDbParams *_wb_db_params_new  (void);
WbDbParams *_wb_db_params_ref  (WbDbParams *self);
void        _wb_db_params_unref (WbDbParams *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbParams, _wb_db_params_unref)

guint _wb_db_params_get_n         (WbDbParams *self);
guint _wb_db_params_add_null      (WbDbParams *self);
guint _wb_db_params_add_text      (WbDbParams *self, const char *value);
guint _wb_db_params_add_text_len  (WbDbParams *self, const char *value, gsize length);
guint _wb_db_params_add_int64     (WbDbParams *self, gint64 value);
guint _wb_db_params_add_bool      (WbDbParams *self, gboolean value);
guint _wb_db_params_add_uuid      (WbDbParams *self, const char *value);
guint _wb_db_params_add_timestamp (WbDbParams *self, GDateTime *value);
guint _wb_db_params_add_jsonb     (WbDbParams *self, const char *value);
guint _wb_db_params_add_bytea     (WbDbParams *self, GBytes *value);
guint _wb_db_params_add_int64_array (WbDbParams *self, const gint64 *values, gsize n);
/* @values: n texts, of which NULL ones are null elements; n = -1: @values is NULL-terminated */
guint _wb_db_params_add_text_array (WbDbParams *self, const char *const *values, gssize n);

/* ---- Results ------------------------------------------------------------------------------- */

/*
 * Rows. Getters never fail loudly: what cannot be given (a column that does not exist, NULL where a
 * value is wanted, a number out of range, another type) is given as 0, FALSE or NULL, and the first
 * such mishap is remembered. Read what you want, then _wb_db_result_check() once. Where NULL is a
 * sensible value ask _wb_db_result_is_null() first; the _or getters and get_text_or_null do it for you.
 */
typedef struct _WbDbResult WbDbResult;

WbDbResult *_wb_db_result_ref   (WbDbResult *self);
void        _wb_db_result_unref (WbDbResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbResult, _wb_db_result_unref)

guint    _wb_db_result_get_n_rows    (WbDbResult *self);
/* rows that an insert, update, delete or copy touched; 0 for others */
/* the number of column @name, or -1 (remembered as a mishap); look up once per result, not per row */
int      _wb_db_result_column        (WbDbResult *self, const char *name);
/* the same, but a missing column is no mishap */
int      _wb_db_result_find_column   (WbDbResult *self, const char *name);
gboolean _wb_db_result_is_null       (WbDbResult *self, guint row, int column);
/* any type, as the server writes it; valid as long as @self */
const char *_wb_db_result_get_text   (WbDbResult *self, guint row, int column);
const char *_wb_db_result_get_text_or_null (WbDbResult *self, guint row, int column);
gsize    _wb_db_result_get_length    (WbDbResult *self, guint row, int column);
gint64   _wb_db_result_get_int64     (WbDbResult *self, guint row, int column);
gint64   _wb_db_result_get_int64_or  (WbDbResult *self, guint row, int column, gint64 if_null);
int      _wb_db_result_get_int       (WbDbResult *self, guint row, int column);
int      _wb_db_result_get_int_or    (WbDbResult *self, guint row, int column, int if_null);
gboolean _wb_db_result_get_bool      (WbDbResult *self, guint row, int column);
gboolean _wb_db_result_get_bool_or   (WbDbResult *self, guint row, int column, gboolean if_null);
/* numeric (or integer) as its exact text "12.3400"; valid as long as @self */
const char *_wb_db_result_get_numeric (WbDbResult *self, guint row, int column);
/* timestamptz: (transfer full) UTC; NULL is no mishap. Infinite ones are */
GDateTime *_wb_db_result_get_timestamp (WbDbResult *self, guint row, int column);
/* bigint[]: (transfer full) (element-type gint64); NULL is no mishap, a null element is */
GArray  *_wb_db_result_get_int64_array (WbDbResult *self, guint row, int column);
/* text[]: (transfer full) strv; NULL is no mishap, a null element is */
char   **_wb_db_result_get_text_array (WbDbResult *self, guint row, int column);
/* bytea: (transfer full); NULL is no mishap */
GBytes  *_wb_db_result_get_bytea     (WbDbResult *self, guint row, int column);
/* FALSE and WB_DB_ERROR_FAILED if any getter met a mishap */
gboolean _wb_db_result_check         (WbDbResult *self, GError **error);

/* ---- Statements ---------------------------------------------------------------------------- */

/*
 * One statement with parameters, the whole result in memory. @params may be NULL; @sql and @params are
 * kept as long as needed. Cancelling really cancels on the server, which decides who won: either
 * G_IO_ERROR_CANCELLED or the result.
 */
void        _wb_db_query_async  (WbDb                *self,
                                 WbDbLane             lane,
                                 WbDbFlags            flags,
                                 const char          *sql,
                                 WbDbParams          *params,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
WbDbResult *_wb_db_query_finish (WbDb                *self,
                                 GAsyncResult        *result,
                                 GError             **error);

/* a random uuid: the id of an act, made before its first try */
char *_wb_db_act_id_new (void);

/*
 * A write: `select … from api.something ($1::uuid, …)`, idempotent by the act id in its parameters. When
 * the connection is lost under it, it is sent again with the same id until it is known to be done
 * (at most 15 s, then OFFLINE); serialization failures are tried again too. After success the news are
 * sent on their way.
 */
void        _wb_db_act_async  (WbDb                *self,
                               WbDbLane             lane,
                               const char          *sql,
                               WbDbParams          *params,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
WbDbResult *_wb_db_act_finish (WbDb                *self,
                               GAsyncResult        *result,
                               GError             **error);

/* Says that this program has committed something: listeners everywhere read their news now instead of within
 * 2 s. Acts do it by themselves; bulk writers call it after each commit. Coalesced, costs nothing. */
void _wb_db_wake (WbDb *self);

/* ---- Streams and COPY ---------------------------------------------------------------------- */

/*
 * The tap of a stream or COPY under way: whoever cannot take (or give) more just now holds it, and
 * releases it later, from the main thread. Nothing is read (or asked for) while it is held. Holds count.
 * A reference may outlive the stream; holding is then without effect.
 */
typedef struct _WbDbFlow WbDbFlow;

WbDbFlow *_wb_db_flow_ref     (WbDbFlow *self);
void      _wb_db_flow_unref   (WbDbFlow *self);
void      _wb_db_flow_hold    (WbDbFlow *self);
void      _wb_db_flow_release (WbDbFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbFlow, _wb_db_flow_unref)

/* takes a batch of rows; keep it only by reference; FALSE with @error ends the stream with that error */
typedef gboolean (*WbDbStreamFunc) (WbDbFlow   *flow,
                                    WbDbResult *batch,
                                    gpointer    user_data,
                                    GError    **error);

/*
 * One statement, its rows handed over in batches of up to @batch_rows as they come: memory is bounded by a few
 * batches whatever the size of the result. Other sources of the main loop run in between. @func is called
 * only before @callback, and at least once (an empty batch shows the columns).
 * _wb_db_stream_finish() returns the number of rows, -1 on error.
 */
void   _wb_db_stream_async  (WbDb                *self,
                             WbDbLane             lane,
                             const char          *sql,
                             WbDbParams          *params,
                             guint                batch_rows,
                             WbDbStreamFunc       func,
                             gpointer             func_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
gint64 _wb_db_stream_finish (WbDb                *self,
                             GAsyncResult        *result,
                             GError             **error);

/* Fills @chunk (empty when called; 8 to 64 kB are good) with COPY data. Left empty: that was all, unless the flow
 * is held: then it is asked again after the release. FALSE with @error: the COPY is undone and fails so. */
typedef gboolean (*WbDbCopyInFunc) (WbDbFlow   *flow,
                                    GByteArray *chunk,
                                    gpointer    user_data,
                                    GError    **error);

/* `copy … from stdin`; finish returns the number of rows copied, -1 on error */
void   _wb_db_copy_in_async  (WbDb                *self,
                              WbDbLane             lane,
                              const char          *sql,
                              WbDbCopyInFunc       func,
                              gpointer             func_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gint64 _wb_db_copy_in_finish (WbDb                *self,
                              GAsyncResult        *result,
                              GError             **error);

/* Rows in COPY's text format (one `copy … from stdin` without options): each value is added, then the row ended. */
void _wb_db_copy_add_text  (GByteArray *chunk, const char *value);
void _wb_db_copy_add_int64 (GByteArray *chunk, gint64 value);
void _wb_db_copy_add_bool  (GByteArray *chunk, gboolean value);
void _wb_db_copy_add_null  (GByteArray *chunk);
void _wb_db_copy_end_row   (GByteArray *chunk);

/* takes a piece that ends at the end of a row; FALSE with @error ends the COPY with that error */
typedef gboolean (*WbDbCopyOutFunc) (WbDbFlow   *flow,
                                     const char *data,
                                     gsize       length,
                                     gpointer    user_data,
                                     GError    **error);

/* `copy … to stdout`; finish returns the number of rows, -1 on error */
void   _wb_db_copy_out_async  (WbDb                *self,
                               WbDbLane             lane,
                               const char          *sql,
                               WbDbCopyOutFunc      func,
                               gpointer             func_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gint64 _wb_db_copy_out_finish (WbDb                *self,
                               GAsyncResult        *result,
                               GError             **error);

/* ---- Pipelines ----------------------------------------------------------------------------- */

/*
 * Many small statements in few round trips. ATOMIC: one transaction; the first failure undoes all and
 * run_finish() fails with it. INDEPENDENT: each commits or fails by itself; run_finish() succeeds when all were
 * answered, then ask for each statement's result or error.
 */
typedef enum
{
  WB_DB_PIPELINE_ATOMIC,
  WB_DB_PIPELINE_INDEPENDENT,
} WbDbPipelineMode;

typedef struct _WbDbPipeline WbDbPipeline;

WbDbPipeline *_wb_db_pipeline_new   (WbDbPipelineMode mode);
WbDbPipeline *_wb_db_pipeline_ref   (WbDbPipeline *self);
void          _wb_db_pipeline_unref (WbDbPipeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbPipeline, _wb_db_pipeline_unref)

/* returns the statement's index; not after running */
guint         _wb_db_pipeline_add   (WbDbPipeline *self, const char *sql, WbDbParams *params);
/* (transfer none): NULL when the statement failed or was never run */
WbDbResult   *_wb_db_pipeline_get_result (WbDbPipeline *self, guint index);
/* (transfer none): NULL when it succeeded; statements not run because an earlier one failed have that one's code */
const GError *_wb_db_pipeline_get_error  (WbDbPipeline *self, guint index);
/* how many failed */
guint         _wb_db_pipeline_get_n_failed (WbDbPipeline *self);

void     _wb_db_pipeline_run_async  (WbDb                *self,
                                     WbDbLane             lane,
                                     WbDbPipeline        *pipeline,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean _wb_db_pipeline_run_finish (WbDb                *self,
                                     GAsyncResult        *result,
                                     GError             **error);

/* ---- Sessions ------------------------------------------------------------------------------ */

/*
 * One connection to oneself, for what needs several statements in one transaction, temporary tables,
 * advisory locks or settings: importers, migrations. Given back on the last unref: an open transaction is
 * rolled back and the session's state discarded. Once its connection is lost everything on it fails OFFLINE.
 * Statements run in the order made. Keep it short: the lane has few connections. The _finish functions
 * are those above, with the session's WbDb.
 */
#define WB_TYPE_DB_SESSION (_wb_db_session_get_type ())
G_DECLARE_FINAL_TYPE (WbDbSession, _wb_db_session, WB, DB_SESSION, GObject)

void         _wb_db_session_async  (WbDb                *self,
                                    WbDbLane             lane,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
WbDbSession *_wb_db_session_finish (WbDb                *self,
                                    GAsyncResult        *result,
                                    GError             **error);
WbDb        *_wb_db_session_get_db (WbDbSession         *session);

void _wb_db_session_query_async        (WbDbSession *session, const char *sql, WbDbParams *params,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* several statements in one text without parameters, for migrations; the last one's result; _wb_db_query_finish() */
void _wb_db_session_script_async       (WbDbSession *session, const char *sql,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void _wb_db_session_pipeline_run_async (WbDbSession *session, WbDbPipeline *pipeline,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
