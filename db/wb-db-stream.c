/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large results in bounded memory: libpq's single-row mode, handed on in batches. While the taker holds
 * the flow the socket is not read, so the server waits too.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-connection-private.h"
#include "db/wb-db-error-private.h"
#include "db/wb-db-params-private.h"
#include "db/wb-db-result-private.h"

typedef struct
{
  WbDbRequest parent;
  guint batch_rows;
  WbDbStreamFunc func;
  gpointer func_data;
  GPtrArray *batch;   /* PGresult of one row each */
  PGresult *last;
  gint64 n_rows;
} StreamRequest;

static gboolean
stream_start (WbDbRequest *request,
              PGconn *pg)
{
  return _wb_db_params_send (request->params, pg, request->sql) && PQsetSingleRowMode (pg);
}

static void
hand_out (StreamRequest *self)
{
  WbDbRequest *request = &self->parent;
  g_autoptr(WbDbResult) result = _wb_db_result_new_rows (g_steal_pointer (&self->batch));
  GError *error = NULL;

  self->batch = _wb_db_result_parts_new ();
  request->handed_out = TRUE;
  if (self->func (request->flow, result, self->func_data, &error))
    return;
  if (error == NULL)
    error = _wb_db_error_new (WB_DB_ERROR_FAILED, "stopped");
  _wb_db_request_fail (request, error);
  request->wants_cancel = TRUE;
}

/* Takes @part. */
static void
take_part (StreamRequest *self,
           PGresult *part)
{
  WbDbRequest *request = &self->parent;
  ExecStatusType status = PQresultStatus (part);

  if (status == PGRES_SINGLE_TUPLE)
    {
      g_ptr_array_add (self->batch, part);
      self->n_rows++;
      if (self->batch->len >= self->batch_rows)
        hand_out (self);
      return;
    }
  if (status == PGRES_TUPLES_OK)
    {
      if (self->batch->len == 0 && !request->handed_out)
        g_ptr_array_add (self->batch, g_steal_pointer (&part));
      if (self->batch->len > 0)
        hand_out (self);
    }
  else if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE)
    _wb_db_request_fail (request, _wb_db_error_from_result (part, request->cancelled));
  else if (status != PGRES_COMMAND_OK)
    {
      _wb_db_request_fail (request, _wb_db_error_new (WB_DB_ERROR_FAILED, "not a statement with rows"));
      request->ruins = TRUE;
    }
  PQclear (part);
}

static WbDbStep
stream_step (WbDbRequest *request,
             PGconn *pg,
             gint64 until_us)
{
  StreamRequest *self = (StreamRequest *) request;

  while (request->error == NULL && !request->cancelled)
    {
      PGresult *part = NULL;

      if (_wb_db_flow_is_held (request->flow))
        return WB_DB_STEP_HELD;
      if (PQisBusy (pg))
        return WB_DB_STEP_WAIT;
      part = PQgetResult (pg);
      if (part == NULL)
        return WB_DB_STEP_DONE;
      take_part (self, part);
      if ((self->n_rows & 31) == 0 && g_get_monotonic_time () >= until_us)
        return WB_DB_STEP_AGAIN;
    }

  /* ended before its time: what is still on its way is thrown away */
  if (_wb_db_request_drain (request, pg, &self->last) != WB_DB_STEP_DONE)
    return WB_DB_STEP_WAIT;
  if (request->error == NULL)
    request->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return WB_DB_STEP_DONE;
}

static void
stream_reply (WbDbRequest *request,
              GTask *task)
{
  g_task_return_int (task, ((StreamRequest *) request)->n_rows);
}

static void
stream_clear (WbDbRequest *request)
{
  StreamRequest *self = (StreamRequest *) request;

  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->last, PQclear);
}

static const WbDbRequestClass stream_class = {
  .size = sizeof (StreamRequest),
  .start = stream_start,
  .step = stream_step,
  .reply = stream_reply,
  .clear = stream_clear,
};

WbDbRequest *
_wb_db_stream_request_new (const char *sql,
                           WbDbParams *params,
                           guint batch_rows,
                           WbDbStreamFunc func,
                           gpointer func_data)
{
  StreamRequest *self = _wb_db_request_new (&stream_class, sql, params);

  self->parent.flow = _wb_db_flow_new ();
  self->batch_rows = MAX (batch_rows, 1);
  self->batch = _wb_db_result_parts_new ();
  self->func = func;
  self->func_data = func_data;
  return &self->parent;
}
