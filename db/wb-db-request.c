/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all requests have in common, and the plain ones: one statement (query) or several in one text (script),
 * result in memory.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-connection-private.h"
#include "db/wb-db-error-private.h"
#include "db/wb-db-params-private.h"
#include "db/wb-db-result-private.h"

struct _WbDbFlow
{
  guint holds;
  WbDbConnection *connection;  /* borrowed while the request runs */
};

typedef struct
{
  WbDbRequest parent;
  PGresult *result;
} QueryRequest;

/* ---- All ----------------------------------------------------------------------------------- */

gpointer
_wb_db_request_new (const WbDbRequestClass *klass,
                    const char *sql,
                    WbDbParams *params)
{
  WbDbRequest *self = g_malloc0 (klass->size);

  self->klass = klass;
  self->sql = g_strdup (sql);
  self->params = params != NULL ? _wb_db_params_ref (params) : NULL;
  self->first_us = g_get_monotonic_time ();
  return self;
}

static void
free_request (WbDbRequest *self)
{
  if (self->klass->clear != NULL)
    self->klass->clear (self);
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  if (self->flow != NULL)
    _wb_db_flow_attach (self->flow, NULL);
  g_clear_pointer (&self->flow, _wb_db_flow_unref);
  g_clear_pointer (&self->params, _wb_db_params_unref);
  g_clear_pointer (&self->sql, g_free);
  g_clear_error (&self->error);
  g_clear_object (&self->task);
  g_clear_object (&self->session);
  g_free (self);
}

void
_wb_db_request_complete (WbDbRequest *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  if (self->done != NULL)
    self->done (self, self->done_data);
  else if (task != NULL && self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else if (task != NULL)
    self->klass->reply (self, task);
  free_request (self);
}

void
_wb_db_request_fail (WbDbRequest *self,
                     GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

/* A statement that turns out to be a COPY where none is expected: refuse to take part in it. Whether all that came
 * is read. */
static gboolean
refuse_copy (WbDbRequest *self,
             PGconn *pg,
             ExecStatusType status)
{
  char *line = NULL;
  int length = 0;

  _wb_db_request_fail (self, _wb_db_error_new (WB_DB_ERROR_FAILED, "a copy statement is not a query"));
  if (status == PGRES_COPY_IN)
    return PQputCopyEnd (pg, "not expected") != 0;
  while ((length = PQgetCopyData (pg, &line, 1)) > 0)
    PQfreemem (line);
  return length != 0;
}

WbDbStep
_wb_db_request_drain (WbDbRequest *self,
                      PGconn *pg,
                      PGresult **result)
{
  while (!PQisBusy (pg))
    {
      PGresult *part = PQgetResult (pg);
      ExecStatusType status = PQresultStatus (part);

      if (part == NULL)
        return WB_DB_STEP_DONE;
      if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
        {
          PQclear (*result);
          *result = part;
          continue;
        }
      if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT)
        {
          gboolean read = refuse_copy (self, pg, status);
          PQclear (part);
          if (!read)
            return WB_DB_STEP_WAIT;
          continue;
        }
      if (status != PGRES_SINGLE_TUPLE)  /* those are what is left of a stream that was ended */
        _wb_db_request_fail (self, _wb_db_error_from_result (part, self->cancelled));
      PQclear (part);
    }
  return WB_DB_STEP_WAIT;
}

/* ---- Flows --------------------------------------------------------------------------------- */

WbDbFlow *
_wb_db_flow_new (void)
{
  return g_rc_box_new0 (WbDbFlow);
}

WbDbFlow *
_wb_db_flow_ref (WbDbFlow *self)
{
  return g_rc_box_acquire (self);
}

void
_wb_db_flow_unref (WbDbFlow *self)
{
  g_rc_box_release (self);
}

void
_wb_db_flow_hold (WbDbFlow *self)
{
  self->holds++;
}

void
_wb_db_flow_release (WbDbFlow *self)
{
  g_return_if_fail (self->holds > 0);

  self->holds--;
  if (self->holds == 0 && self->connection != NULL)
    _wb_db_connection_resume (self->connection);
}

gboolean
_wb_db_flow_is_held (WbDbFlow *self)
{
  return self->holds > 0;
}

void
_wb_db_flow_attach (WbDbFlow *self,
                    WbDbConnection *connection)
{
  self->connection = connection;
}

/* ---- Queries and scripts ------------------------------------------------------------------- */

static gboolean
query_start (WbDbRequest *request,
             PGconn *pg)
{
  return _wb_db_params_send (request->params, pg, request->sql);
}

static gboolean
script_start (WbDbRequest *request,
              PGconn *pg)
{
  return PQsendQuery (pg, request->sql) == 1;
}

static WbDbStep
query_step (WbDbRequest *request,
            PGconn *pg,
            gint64 until_us)
{
  return _wb_db_request_drain (request, pg, &((QueryRequest *) request)->result);
}

static void
query_reply (WbDbRequest *request,
             GTask *task)
{
  g_task_return_pointer (task, _wb_db_query_request_take (request), (GDestroyNotify) _wb_db_result_unref);
}

static void
query_clear (WbDbRequest *request)
{
  g_clear_pointer (&((QueryRequest *) request)->result, PQclear);
}

static const WbDbRequestClass query_class = {
  .size = sizeof (QueryRequest),
  .start = query_start,
  .step = query_step,
  .reply = query_reply,
  .clear = query_clear,
  .rewind = query_clear,
};

static const WbDbRequestClass script_class = {
  .size = sizeof (QueryRequest),
  .start = script_start,
  .step = query_step,
  .reply = query_reply,
  .clear = query_clear,
};

WbDbRequest *
_wb_db_query_request_new (const char *sql,
                          WbDbParams *params)
{
  return _wb_db_request_new (&query_class, sql, params);
}

WbDbRequest *
_wb_db_script_request_new (const char *sql)
{
  return _wb_db_request_new (&script_class, sql, NULL);
}

WbDbResult *
_wb_db_query_request_take (WbDbRequest *self)
{
  return _wb_db_result_new (g_steal_pointer (&((QueryRequest *) self)->result));
}
