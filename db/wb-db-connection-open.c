/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a connection is opened: each address in turn, each with its own time-out, then one query that pins the
 * session's settings and tells who and where we are.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "db/wb-db-error-private.h"
#include "db/wb-db-machine-private.h"

#define DEFAULT_PORT "5432"

static void try_next_target (WbDbConnection *self);

/* Facts and settings in one statement. search_path is said in full: nothing of the caller's own may be found
 * before api. */
static const char setup_sql[] =
  "select current_setting('server_version_num')::int as version, session_user::text as login,"
  " pg_is_in_recovery() as standby, current_setting('transaction_read_only')::bool as read_only,"
  " set_config('search_path', 'api, pg_temp', false),"
  " set_config('TimeZone', 'UTC', false),"
  " set_config('DateStyle', 'ISO, YMD', false),"
  " set_config('IntervalStyle', 'iso_8601', false),"
  " set_config('bytea_output', 'hex', false),"
  " set_config('statement_timeout', $1, false),"
  " set_config('lock_timeout', '0', false),"
  " set_config('idle_in_transaction_session_timeout', $2, false),"
  /* a long statement ends when its program has gone; only servers on Linux can tell */
  " case when version() like '%linux%' then set_config('client_connection_check_interval', '10s', false) end,"
  " set_config('synchronous_commit', case when $3::bool then 'off' else current_setting('synchronous_commit') end,"
  " false)";

static void
set_up_cb (WbDbRequest *request,
           gpointer data)
{
  WbDbConnection *self = data;
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = g_steal_pointer (&request->error);

  if (self->state != WB_DB_CONNECTION_IDLE)  /* lost under it: told already */
    return;
  if (error != NULL)
    {
      _wb_db_connection_lose (self, g_steal_pointer (&error));
      return;
    }
  result = _wb_db_query_request_take (request);
  self->version = _wb_db_result_get_int (result, 0, _wb_db_result_column (result, "version"));
  g_free (self->user);
  self->user = g_strdup (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "login")));
  self->standby = _wb_db_result_get_bool (result, 0, _wb_db_result_column (result, "standby"));
  self->read_only = _wb_db_result_get_bool (result, 0, _wb_db_result_column (result, "read_only"));
  if (!_wb_db_result_check (result, &error))
    {
      _wb_db_connection_lose (self, g_steal_pointer (&error));
      return;
    }
  self->stood = TRUE;
  if (self->vtable != NULL)
    self->vtable->ready (self, self->owner);
}

static void
receive_notice (void *data,
                const PGresult *result)
{
  WbDbConnection *self = data;
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  g_debug ("notice %s: %s", sqlstate, PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
  if (sqlstate != NULL && g_str_has_prefix (sqlstate, "57P"))
    self->goodbye = TRUE;
}

static void
set_up (WbDbConnection *self)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  /* the anchor's own statements end before their silence would be taken for a dead network */
  guint statement_ms = self->role == WB_DB_ROLE_BULK ? 0
                       : self->role == WB_DB_ROLE_ANCHOR ? self->tuning->silence_ms / 4 * 3
                       : self->tuning->statement_ms;
  g_autofree char *timeout = g_strdup_printf ("%u", statement_ms);
  WbDbRequest *request = NULL;

  _wb_db_connection_clear_source (&self->deadline);
  PQsetErrorVerbosity (self->pg, PQERRORS_DEFAULT);
  PQsetnonblocking (self->pg, 1);
  self->state = WB_DB_CONNECTION_SETTING_UP;

  _wb_db_params_add_text (params, timeout);
  _wb_db_params_add_text (params, self->role == WB_DB_ROLE_BULK ? "0" : "60000");
  _wb_db_params_add_bool (params, self->role == WB_DB_ROLE_ANCHOR);
  request = _wb_db_query_request_new (setup_sql, params);
  request->done = set_up_cb;
  request->done_data = self;
  _wb_db_connection_start_request (self, request);
}

/* Where this attempt goes: "db.example", "db.example:5433", or the folder of the socket. */
static char *
describe_place (WbDbConnection *self)
{
  const WbDbTarget *target = g_ptr_array_index (self->address->targets, self->attempt % self->address->targets->len);
  const char *host = *target->host != '\0' ? target->host : target->hostaddr;
  const char *port = PQport (self->pg);

  if (*host == '\0' && PQhost (self->pg) != NULL)
    host = PQhost (self->pg);
  if (*host == '/' || *host == '@' || port == NULL || *port == '\0' || g_str_equal (port, DEFAULT_PORT))
    return g_strdup (*host != '\0' ? host : "the server");
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%s" : "%s:%s", host, port);
}

static GError *
explain_failure (WbDbConnection *self)
{
  g_autofree char *place = describe_place (self);

  return _wb_db_error_from_connection (self->pg, place, self->securing);
}

/* This address has failed for @error (taken): the next one, or the end. */
static void
fail_attempt (WbDbConnection *self,
              GError *error)
{
  gboolean final = !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  guint rank = wb_db_error_get_sqlstate (error) != NULL ? 2 : self->securing ? 1 : 0;

  _wb_db_connection_clear_source (&self->watch);
  _wb_db_connection_clear_source (&self->deadline);
  g_clear_pointer (&self->pg, PQfinish);
  g_debug ("connecting failed: %s", error->message);

  /* the farther it came, the more of what it says a person can use; of the same, the first address */
  if (self->attempt_error == NULL || final || rank > self->attempt_rank)
    {
      g_clear_error (&self->attempt_error);
      self->attempt_rank = rank;
      self->attempt_error = error;
    }
  else
    g_error_free (error);

  if (final)
    _wb_db_connection_lose (self, g_steal_pointer (&self->attempt_error));
  else
    {
      self->attempt++;
      try_next_target (self);
    }
}

static void
refuse_version (WbDbConnection *self)
{
  g_autofree char *place = describe_place (self);
  GError *error = NULL;

  error = _wb_db_error_new (WB_DB_ERROR_VERSION, "%s is PostgreSQL %s, at least %d is needed", place,
                            PQparameterStatus (self->pg, "server_version"), self->tuning->min_version / 10000);
  fail_attempt (self, _wb_db_error_set_hint (error, N_("The server's administrator brings it up to date.")));
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  WbDbConnection *self = user_data;

  g_autofree char *place = describe_place (self);
  GError *error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "%s does not answer", place);

  fail_attempt (self, _wb_db_error_set_hint (error, N_("Is the server running, and the address right?")));
  return G_SOURCE_REMOVE;
}

void
_wb_db_connection_poll (WbDbConnection *self)
{
  PostgresPollingStatusType polled = PQconnectPoll (self->pg);

  if (polled != PGRES_POLLING_FAILED)
    self->securing = PQstatus (self->pg) == CONNECTION_SSL_STARTUP;
  switch (polled)
    {
    case PGRES_POLLING_READING:
      _wb_db_connection_watch (self, G_IO_IN, TRUE);
      break;
    case PGRES_POLLING_WRITING:
      _wb_db_connection_watch (self, G_IO_OUT, TRUE);
      break;
    case PGRES_POLLING_OK:
      /* before anything is asked that an old server would not understand */
      if (PQserverVersion (self->pg) < self->tuning->min_version)
        {
          refuse_version (self);
          break;
        }
      _wb_db_connection_watch (self, G_IO_IN, TRUE);
      set_up (self);
      break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
    default:
      fail_attempt (self, explain_failure (self));
      break;
    }
}

/* The options we add; what the string itself says about keepalives stays. */
static void
begin_connection (WbDbConnection *self,
                  const WbDbTarget *target,
                  const char *session_attrs)
{
  const char *keywords[20] = { NULL };
  const char *values[20] = { NULL };
  guint n = 0;
  /* the seat, as the audit trail knows it */
  g_autofree char *seat = g_strdup_printf ("%.20s@%.40s", g_get_prgname () != NULL ? g_get_prgname () : "waybill",
                                           g_get_host_name ());

#define ADD(keyword, value) (keywords[n] = (keyword), values[n] = (value), n++)
  ADD ("dbname", self->conninfo);
  ADD ("host", target->host);
  ADD ("hostaddr", target->hostaddr);
  ADD ("port", target->port);
  ADD ("target_session_attrs", session_attrs);
  ADD ("client_encoding", "UTF8");
  ADD ("fallback_application_name", seat);
  /* a ticket server that does not answer would block us; nobody packs parcels over Kerberos */
  ADD ("gssencmode", "disable");
  if (self->password != NULL)
    ADD ("password", self->password);
  if (!self->address->sets_keepalives)
    {
      ADD ("keepalives_idle", "10");
      ADD ("keepalives_interval", "5");
      ADD ("keepalives_count", "3");
    }
  if (!self->address->sets_user_timeout)
    ADD ("tcp_user_timeout", "20000");
#undef ADD

  self->pg = PQconnectStartParams (keywords, values, 1);
  g_assert (self->pg != NULL);
  /* the SQLSTATE of a refusal is told nowhere but in this text */
  PQsetErrorVerbosity (self->pg, PQERRORS_VERBOSE);
  PQsetNoticeReceiver (self->pg, receive_notice, self);
}

static void
try_next_target (WbDbConnection *self)
{
  guint n = self->address->targets->len;
  gboolean prefers = g_str_equal (self->address->session_attrs, "prefer-standby");
  const char *attrs = self->address->session_attrs;
  guint ms = self->address->connect_ms != 0 ? self->address->connect_ms : self->tuning->connect_ms;

  if (self->attempt >= (prefers ? 2 * n : n))
    {
      _wb_db_connection_lose (self, g_steal_pointer (&self->attempt_error));
      return;
    }
  if (prefers)
    attrs = self->attempt < n ? "standby" : "any";
  self->securing = FALSE;
  begin_connection (self, g_ptr_array_index (self->address->targets, self->attempt % n), attrs);
  if (PQstatus (self->pg) == CONNECTION_BAD)
    {
      fail_attempt (self, explain_failure (self));
      return;
    }
  /* as if PQconnectPoll() had said WRITING */
  _wb_db_connection_watch (self, G_IO_OUT, TRUE);
  _wb_db_connection_add_source (self, &self->deadline, g_timeout_source_new (ms), connect_timeout_cb, "[waybill] database connecting");
}

void
_wb_db_connection_connect (WbDbConnection *self)
{
  self->attempt = 0;
  self->state = WB_DB_CONNECTION_CONNECTING;
  try_next_target (self);
}
