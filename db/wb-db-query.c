/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements that stores make, each a request put into a lane.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-pool-private.h"

void
_wb_db_query_async (WbDb *self,
                    WbDbLane lane,
                    WbDbFlags flags,
                    const char *sql,
                    WbDbParams *params,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  WbDbRequest *request = _wb_db_query_request_new (sql, params);

  request->flags = flags;
  _wb_db_submit (self, NULL, lane, request, _wb_db_query_async, cancellable, callback, user_data);
}

WbDbResult *
_wb_db_query_finish (WbDb *self,
                     GAsyncResult *result,
                     GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
_wb_db_stream_async (WbDb *self,
                     WbDbLane lane,
                     const char *sql,
                     WbDbParams *params,
                     guint batch_rows,
                     WbDbStreamFunc func,
                     gpointer func_data,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  _wb_db_submit (self, NULL, lane, _wb_db_stream_request_new (sql, params, batch_rows, func, func_data),
                 _wb_db_stream_async, cancellable, callback, user_data);
}

gint64
_wb_db_stream_finish (WbDb *self,
                      GAsyncResult *result,
                      GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
_wb_db_copy_in_async (WbDb *self,
                      WbDbLane lane,
                      const char *sql,
                      WbDbCopyInFunc func,
                      gpointer func_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  _wb_db_submit (self, NULL, lane, _wb_db_copy_in_request_new (sql, func, func_data),
                 _wb_db_copy_in_async, cancellable, callback, user_data);
}

gint64
_wb_db_copy_in_finish (WbDb *self,
                       GAsyncResult *result,
                       GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
_wb_db_copy_out_async (WbDb *self,
                       WbDbLane lane,
                       const char *sql,
                       WbDbCopyOutFunc func,
                       gpointer func_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  _wb_db_submit (self, NULL, lane, _wb_db_copy_out_request_new (sql, func, func_data),
                 _wb_db_copy_out_async, cancellable, callback, user_data);
}

gint64
_wb_db_copy_out_finish (WbDb *self,
                        GAsyncResult *result,
                        GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
_wb_db_pipeline_run_async (WbDb *self,
                           WbDbLane lane,
                           WbDbPipeline *pipeline,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  _wb_db_submit (self, NULL, lane, _wb_db_pipeline_request_new (pipeline),
                 _wb_db_pipeline_run_async, cancellable, callback, user_data);
}

gboolean
_wb_db_pipeline_run_finish (WbDb *self,
                            GAsyncResult *result,
                            GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
