/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * COPY in both directions. Into the server the next chunk is asked for only when the last one is on the wire:
 * PQputCopyData() itself would grow its buffer without end.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-connection-private.h"
#include "db/wb-db-error-private.h"

#include <string.h>

#define OUT_CHUNK (64 * 1024)

typedef enum
{
  COPY_ASKING,   /* the statement is sent, the server has not agreed yet */
  COPY_MOVING,
  COPY_ENDING,   /* the end still has to be said */
  COPY_DRAINING,
} CopyState;

typedef struct
{
  WbDbRequest parent;
  CopyState state;
  WbDbCopyInFunc in;
  WbDbCopyOutFunc out;
  gpointer func_data;
  GByteArray *chunk;
  gboolean chunk_waits;  /* not taken by libpq yet */
  PGresult *result;
} CopyRequest;

static gboolean
copy_start (WbDbRequest *request,
            PGconn *pg)
{
  return PQsendQuery (pg, request->sql) == 1;
}

/* Until the server agrees. DONE: go on with the state reached. */
static WbDbStep
ask (CopyRequest *self,
     PGconn *pg,
     ExecStatusType wanted)
{
  WbDbRequest *request = &self->parent;
  PGresult *part = NULL;
  ExecStatusType status = PGRES_EMPTY_QUERY;

  if (PQisBusy (pg))
    return WB_DB_STEP_WAIT;
  part = PQgetResult (pg);
  status = PQresultStatus (part);
  self->state = COPY_DRAINING;
  if (status == wanted)
    self->state = COPY_MOVING;
  else if (status == PGRES_FATAL_ERROR)
    _wb_db_request_fail (request, _wb_db_error_from_result (part, request->cancelled));
  else
    _wb_db_request_fail (request, _wb_db_error_new (WB_DB_ERROR_FAILED, "not such a copy statement"));
  PQclear (part);
  return WB_DB_STEP_DONE;
}

static WbDbStep
drain (CopyRequest *self,
       PGconn *pg)
{
  WbDbRequest *request = &self->parent;

  if (_wb_db_request_drain (request, pg, &self->result) != WB_DB_STEP_DONE)
    return WB_DB_STEP_WAIT;
  if (request->cancelled && request->error == NULL && PQresultStatus (self->result) != PGRES_COMMAND_OK)
    request->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return WB_DB_STEP_DONE;
}

/* ---- In ------------------------------------------------------------------------------------ */

static void
ask_producer (CopyRequest *self)
{
  WbDbRequest *request = &self->parent;
  GError *error = NULL;

  g_byte_array_set_size (self->chunk, 0);
  request->handed_out = TRUE;
  if (!self->in (request->flow, self->chunk, self->func_data, &error))
    {
      if (error == NULL)
        error = _wb_db_error_new (WB_DB_ERROR_FAILED, "stopped");
      _wb_db_request_fail (request, error);
    }
  if (request->error != NULL || (self->chunk->len == 0 && !_wb_db_flow_is_held (request->flow)))
    self->state = COPY_ENDING;
  else
    self->chunk_waits = self->chunk->len > 0;
}

static WbDbStep
move_in (CopyRequest *self,
         PGconn *pg,
         gint64 until_us)
{
  WbDbRequest *request = &self->parent;

  while (self->state == COPY_MOVING)
    {
      if (request->cancelled)
        {
          self->state = COPY_ENDING;
          break;
        }
      if (PQflush (pg) != 0)
        return WB_DB_STEP_FLUSH;
      if (self->chunk_waits)
        {
          int taken = PQputCopyData (pg, (const char *) self->chunk->data, (int) self->chunk->len);
          if (taken == 0)
            return WB_DB_STEP_FLUSH;
          if (taken < 0)
            self->state = COPY_ENDING;
          self->chunk_waits = FALSE;
          continue;
        }
      if (_wb_db_flow_is_held (request->flow))
        return WB_DB_STEP_WAIT;  /* the socket is watched meanwhile: the server may go */
      if (g_get_monotonic_time () >= until_us)
        return WB_DB_STEP_AGAIN;
      ask_producer (self);
    }
  return WB_DB_STEP_DONE;
}

static WbDbStep
copy_in_step (WbDbRequest *request,
              PGconn *pg,
              gint64 until_us)
{
  CopyRequest *self = (CopyRequest *) request;
  WbDbStep step = WB_DB_STEP_DONE;

  if (self->state == COPY_ASKING && (step = ask (self, pg, PGRES_COPY_IN)) != WB_DB_STEP_DONE)
    return step;
  if (self->state == COPY_MOVING && (step = move_in (self, pg, until_us)) != WB_DB_STEP_DONE)
    return step;
  if (self->state == COPY_ENDING)
    {
      gboolean undo = request->cancelled || request->error != NULL;
      if (PQputCopyEnd (pg, undo ? "stopped by the program" : NULL) == 0)
        return WB_DB_STEP_FLUSH;
      self->state = COPY_DRAINING;
    }
  return drain (self, pg);
}

/* While moving, saying so in the COPY itself is quicker; not so when the server does not read. */
static gboolean
copy_in_give_up (WbDbRequest *request,
                 PGconn *pg)
{
  return ((CopyRequest *) request)->state == COPY_MOVING && PQflush (pg) == 0;
}

/* ---- Out ----------------------------------------------------------------------------------- */

static void
hand_out (CopyRequest *self)
{
  WbDbRequest *request = &self->parent;
  GError *error = NULL;

  if (self->chunk->len == 0)
    return;
  request->handed_out = TRUE;
  if (!self->out (request->flow, (const char *) self->chunk->data, self->chunk->len, self->func_data, &error))
    {
      if (error == NULL)
        error = _wb_db_error_new (WB_DB_ERROR_FAILED, "stopped");
      _wb_db_request_fail (request, error);
      request->wants_cancel = TRUE;
    }
  g_byte_array_set_size (self->chunk, 0);
}

static WbDbStep
move_out (CopyRequest *self,
          PGconn *pg,
          gint64 until_us)
{
  WbDbRequest *request = &self->parent;

  while (TRUE)
    {
      gboolean wanted = request->error == NULL && !request->cancelled;
      char *line = NULL;
      int length = 0;

      if (wanted && _wb_db_flow_is_held (request->flow))
        return WB_DB_STEP_HELD;
      length = PQgetCopyData (pg, &line, 1);
      if (length == 0)
        return WB_DB_STEP_WAIT;
      if (length < 0)
        break;
      if (wanted)
        g_byte_array_append (self->chunk, (const guint8 *) line, (guint) length);
      PQfreemem (line);
      if (wanted && self->chunk->len >= OUT_CHUNK)
        {
          hand_out (self);
          if (g_get_monotonic_time () >= until_us)
            return WB_DB_STEP_AGAIN;
        }
    }
  if (request->error == NULL && !request->cancelled)
    hand_out (self);
  self->state = COPY_DRAINING;
  return WB_DB_STEP_DONE;
}

static WbDbStep
copy_out_step (WbDbRequest *request,
               PGconn *pg,
               gint64 until_us)
{
  CopyRequest *self = (CopyRequest *) request;
  WbDbStep step = WB_DB_STEP_DONE;

  if (self->state == COPY_ASKING && (step = ask (self, pg, PGRES_COPY_OUT)) != WB_DB_STEP_DONE)
    return step;
  if (self->state == COPY_MOVING && (step = move_out (self, pg, until_us)) != WB_DB_STEP_DONE)
    return step;
  return drain (self, pg);
}

/* ---- Both ---------------------------------------------------------------------------------- */

static void
copy_reply (WbDbRequest *request,
            GTask *task)
{
  g_task_return_int (task, g_ascii_strtoll (PQcmdTuples (((CopyRequest *) request)->result), NULL, 10));
}

static void
copy_clear (WbDbRequest *request)
{
  CopyRequest *self = (CopyRequest *) request;

  g_clear_pointer (&self->chunk, g_byte_array_unref);
  g_clear_pointer (&self->result, PQclear);
}

static const WbDbRequestClass copy_in_class = {
  .size = sizeof (CopyRequest),
  .start = copy_start,
  .step = copy_in_step,
  .give_up = copy_in_give_up,
  .reply = copy_reply,
  .clear = copy_clear,
};

static const WbDbRequestClass copy_out_class = {
  .size = sizeof (CopyRequest),
  .start = copy_start,
  .step = copy_out_step,
  .reply = copy_reply,
  .clear = copy_clear,
};

WbDbRequest *
_wb_db_copy_in_request_new (const char *sql,
                            WbDbCopyInFunc func,
                            gpointer func_data)
{
  CopyRequest *self = _wb_db_request_new (&copy_in_class, sql, NULL);

  self->parent.flow = _wb_db_flow_new ();
  self->in = func;
  self->func_data = func_data;
  self->chunk = g_byte_array_sized_new (OUT_CHUNK);
  return &self->parent;
}

WbDbRequest *
_wb_db_copy_out_request_new (const char *sql,
                             WbDbCopyOutFunc func,
                             gpointer func_data)
{
  CopyRequest *self = _wb_db_request_new (&copy_out_class, sql, NULL);

  self->parent.flow = _wb_db_flow_new ();
  self->out = func;
  self->func_data = func_data;
  self->chunk = g_byte_array_sized_new (OUT_CHUNK + 4096);
  return &self->parent;
}

/* ---- Rows in COPY's text format ------------------------------------------------------------ */

static void
add_value (GByteArray *chunk,
           const char *text,
           gsize length)
{
  g_byte_array_append (chunk, (const guint8 *) text, (guint) length);
  g_byte_array_append (chunk, (const guint8 *) "\t", 1);
}

void
_wb_db_copy_add_text (GByteArray *chunk,
                      const char *value)
{
  if (value == NULL)
    {
      _wb_db_copy_add_null (chunk);
      return;
    }
  for (const char *p = value; *p != '\0';)
    {
      gsize plain = strcspn (p, "\\\t\n\r\b\f\v");
      const char *escape = NULL;

      g_byte_array_append (chunk, (const guint8 *) p, (guint) plain);
      p += plain;
      if (*p == '\0')
        break;
      escape = *p == '\\' ? "\\\\" : *p == '\t' ? "\\t" : *p == '\n' ? "\\n" : *p == '\r' ? "\\r"
               : *p == '\b' ? "\\b" : *p == '\f' ? "\\f" : "\\v";
      g_byte_array_append (chunk, (const guint8 *) escape, 2);
      p++;
    }
  add_value (chunk, "", 0);
}

void
_wb_db_copy_add_int64 (GByteArray *chunk,
                       gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  add_value (chunk, text, strlen (text));
}

void
_wb_db_copy_add_bool (GByteArray *chunk,
                      gboolean value)
{
  add_value (chunk, value ? "t" : "f", 1);
}

void
_wb_db_copy_add_null (GByteArray *chunk)
{
  add_value (chunk, "\\N", 2);
}

void
_wb_db_copy_end_row (GByteArray *chunk)
{
  g_return_if_fail (chunk->len > 0);

  chunk->data[chunk->len - 1] = '\n';
}
