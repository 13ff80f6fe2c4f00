/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many small statements with few round trips: libpq's pipeline mode. Sending and reading take turns, or
 * both sides would wait for the other with full buffers.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-connection-private.h"
#include "db/wb-db-error-private.h"
#include "db/wb-db-params-private.h"
#include "db/wb-db-result-private.h"

/* Independent statements on their way at most: a cancel does not reach those the server already has. */
#define WINDOW 128
#define SEND_AT_ONCE 32

typedef struct
{
  char *sql;
  WbDbParams *params;
  WbDbResult *result;
  GError *error;
} Statement;

struct _WbDbPipeline
{
  WbDbPipelineMode mode;
  GArray *statements;  /* Statement */
  gboolean has_run;
};

typedef struct
{
  WbDbRequest parent;
  WbDbPipeline *pipeline;
  guint n_sent;
  guint n_syncs_sent;
  guint n_syncs_seen;
  guint n_read;
  gboolean within;      /* a statement's results, before its NULL */
  gboolean closed;      /* nothing more will be sent */
} PipelineRequest;

static void
clear_statement (gpointer data)
{
  Statement *statement = data;

  g_clear_pointer (&statement->sql, g_free);
  g_clear_pointer (&statement->params, _wb_db_params_unref);
  g_clear_pointer (&statement->result, _wb_db_result_unref);
  g_clear_error (&statement->error);
}

static Statement *
get_statement (WbDbPipeline *self,
               guint index)
{
  return &g_array_index (self->statements, Statement, index);
}

static gboolean
send_end (PipelineRequest *self,
           PGconn *pg)
{
  self->n_syncs_sent++;
  return PQpipelineSync (pg) == 1;
}

static gboolean
send_next (PipelineRequest *self,
           PGconn *pg)
{
  Statement *statement = get_statement (self->pipeline, self->n_sent);

  self->n_sent++;
  return _wb_db_params_send (statement->params, pg, statement->sql) &&
         (self->pipeline->mode == WB_DB_PIPELINE_ATOMIC || send_end (self, pg));
}

/* Whether the window has room, or the end has to be said. */
static gboolean
may_send (PipelineRequest *self)
{
  return !self->closed && (self->pipeline->mode == WB_DB_PIPELINE_ATOMIC || self->parent.cancelled ||
                           self->n_sent - self->n_read < WINDOW);
}

/* As much as the socket and the window take. FALSE: libpq refuses. */
static gboolean
send_some (PipelineRequest *self,
           PGconn *pg,
           gint64 until_us)
{
  gboolean atomic = self->pipeline->mode == WB_DB_PIPELINE_ATOMIC;
  guint n = self->pipeline->statements->len;

  while (may_send (self) && PQflush (pg) == 0 && g_get_monotonic_time () < until_us)
    {
      guint end = MIN (n, self->n_sent + SEND_AT_ONCE);

      if (!atomic)
        end = MIN (end, self->n_read + WINDOW);
      if (self->parent.cancelled)
        end = self->n_sent;
      while (self->n_sent < end)
        if (!send_next (self, pg))
          return FALSE;

      self->closed = self->n_sent == n || self->parent.cancelled;
      if (self->closed && (atomic || n == 0) && !send_end (self, pg))
        return FALSE;
    }
  return TRUE;
}

/* Takes @part, one of the current statement's. */
static void
take_part (PipelineRequest *self,
           PGresult *part)
{
  Statement *statement = get_statement (self->pipeline, self->n_read);
  ExecStatusType status = PQresultStatus (part);

  self->within = TRUE;
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
    {
      g_clear_pointer (&statement->result, _wb_db_result_unref);
      statement->result = _wb_db_result_new (part);
      return;
    }
  if (status == PGRES_FATAL_ERROR && statement->error == NULL)
    statement->error = _wb_db_error_from_result (part, self->parent.cancelled);
  if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
    {
      _wb_db_request_fail (&self->parent, _wb_db_error_new (WB_DB_ERROR_FAILED, "a copy statement in a pipeline"));
      self->parent.ruins = TRUE;
    }
  PQclear (part);
}

/* Whether everything that was sent is answered. */
static gboolean
read_some (PipelineRequest *self,
           PGconn *pg,
           gint64 until_us)
{
  while (!PQisBusy (pg) && !self->parent.ruins && g_get_monotonic_time () < until_us)
    {
      PGresult *part = PQgetResult (pg);

      if (part == NULL && !self->within)
        break;
      if (part == NULL)
        {
          self->within = FALSE;
          self->n_read++;
        }
      else if (PQresultStatus (part) == PGRES_PIPELINE_SYNC)
        {
          PQclear (part);
          self->n_syncs_seen++;
          if (self->closed && self->n_syncs_seen == self->n_syncs_sent)
            return TRUE;
        }
      else if (self->n_read < self->n_sent)
        take_part (self, part);
      else
        {
          /* libpq speaks of the whole connection */
          _wb_db_request_fail (&self->parent, _wb_db_error_from_result (part, FALSE));
          PQclear (part);
          break;
        }
    }
  return FALSE;
}

/* Those of an atomic pipeline that were never run or were undone have no result, and say why. */
static void
spread_failure (WbDbPipeline *self,
                const GError *cause)
{
  for (guint i = 0; i < self->statements->len; i++)
    {
      Statement *statement = get_statement (self, i);

      g_clear_pointer (&statement->result, _wb_db_result_unref);
      if (statement->error == NULL)
        {
          statement->error = g_error_copy (cause);
          g_prefix_error (&statement->error, "not done because another one failed: ");
        }
    }
}

static void
conclude (PipelineRequest *self)
{
  WbDbRequest *request = &self->parent;
  const GError *first = NULL;

  for (guint i = 0; i < self->pipeline->statements->len && first == NULL; i++)
    first = get_statement (self->pipeline, i)->error;
  if (request->cancelled && (self->n_read < self->pipeline->statements->len ||
                             g_error_matches (first, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    _wb_db_request_fail (request, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  if (first != NULL && self->pipeline->mode == WB_DB_PIPELINE_ATOMIC)
    {
      g_autoptr(GError) cause = g_error_copy (first);
      spread_failure (self->pipeline, cause);
      _wb_db_request_fail (request, g_steal_pointer (&cause));
    }
}

static gboolean
pipeline_start (WbDbRequest *request,
                PGconn *pg)
{
  return PQenterPipelineMode (pg) == 1;
}

static WbDbStep
pipeline_step (WbDbRequest *request,
               PGconn *pg,
               gint64 until_us)
{
  PipelineRequest *self = (PipelineRequest *) request;

  if (!send_some (self, pg, until_us) && PQstatus (pg) == CONNECTION_OK)
    {
      _wb_db_request_fail (request, _wb_db_error_new (WB_DB_ERROR_FAILED, "a statement cannot be sent: %s",
                                                      PQerrorMessage (pg)));
      request->ruins = TRUE;
    }
  if (read_some (self, pg, until_us))
    {
      request->ruins = PQexitPipelineMode (pg) != 1;
      conclude (self);
      return WB_DB_STEP_DONE;
    }
  if (request->ruins)
    return WB_DB_STEP_DONE;
  if (PQstatus (pg) != CONNECTION_OK)
    return WB_DB_STEP_WAIT;
  if (g_get_monotonic_time () >= until_us)
    return WB_DB_STEP_AGAIN;
  /* without its sync an atomic pipeline may not be answered at all, so do not wait for answers alone */
  if (PQflush (pg) > 0)
    return WB_DB_STEP_FLUSH;
  return PQisBusy (pg) && !may_send (self) ? WB_DB_STEP_WAIT : WB_DB_STEP_AGAIN;
}

static void
pipeline_reply (WbDbRequest *request,
                GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

static void
pipeline_clear (WbDbRequest *request)
{
  g_clear_pointer (&((PipelineRequest *) request)->pipeline, _wb_db_pipeline_unref);
}

static const WbDbRequestClass pipeline_class = {
  .size = sizeof (PipelineRequest),
  .start = pipeline_start,
  .step = pipeline_step,
  .reply = pipeline_reply,
  .clear = pipeline_clear,
};

WbDbRequest *
_wb_db_pipeline_request_new (WbDbPipeline *pipeline)
{
  PipelineRequest *self = _wb_db_request_new (&pipeline_class, "pipeline", NULL);

  self->pipeline = _wb_db_pipeline_ref (pipeline);
  pipeline->has_run = TRUE;
  return &self->parent;
}

WbDbPipeline *
_wb_db_pipeline_new (WbDbPipelineMode mode)
{
  WbDbPipeline *self = g_rc_box_new0 (WbDbPipeline);

  self->mode = mode;
  self->statements = g_array_new (FALSE, TRUE, sizeof (Statement));
  g_array_set_clear_func (self->statements, clear_statement);
  return self;
}

WbDbPipeline *
_wb_db_pipeline_ref (WbDbPipeline *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_pipeline (gpointer data)
{
  g_array_unref (((WbDbPipeline *) data)->statements);
}

void
_wb_db_pipeline_unref (WbDbPipeline *self)
{
  g_rc_box_release_full (self, clear_pipeline);
}

guint
_wb_db_pipeline_add (WbDbPipeline *self,
                     const char *sql,
                     WbDbParams *params)
{
  Statement statement = { 0 };

  g_return_val_if_fail (!self->has_run, 0);

  statement.sql = g_strdup (sql);
  statement.params = params != NULL ? _wb_db_params_ref (params) : NULL;
  g_array_append_val (self->statements, statement);
  return self->statements->len - 1;
}

WbDbResult *
_wb_db_pipeline_get_result (WbDbPipeline *self,
                            guint index)
{
  g_return_val_if_fail (index < self->statements->len, NULL);

  return get_statement (self, index)->error == NULL ? get_statement (self, index)->result : NULL;
}

const GError *
_wb_db_pipeline_get_error (WbDbPipeline *self,
                           guint index)
{
  g_return_val_if_fail (index < self->statements->len, NULL);

  return get_statement (self, index)->error;
}

guint
_wb_db_pipeline_get_n_failed (WbDbPipeline *self)
{
  guint n = 0;

  for (guint i = 0; i < self->statements->len; i++)
    n += get_statement (self, i)->error != NULL;
  return n;
}
