/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One connection to the server as a state machine on the main loop, and the requests that run on it one at a
 * time. Knows nothing of pools, retries or news: what happens is told to its owner. For db/wb-db*.c only.
 * Never blocks: names are resolved and cancels are sent in threads, everything else waits in GSources.
 */
#pragma once

#include "db/wb-db-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct _WbDbConnection WbDbConnection;
typedef struct _WbDbRequest WbDbRequest;

/* What a connection is for; the first two are the lanes. */
typedef enum
{
  WB_DB_ROLE_INTERACTIVE = WB_DB_LANE_INTERACTIVE,
  WB_DB_ROLE_BULK = WB_DB_LANE_BULK,
  WB_DB_ROLE_ANCHOR,  /* listens for news; whether it stands is whether the database is online */
} WbDbRole;

/* Every time in milliseconds; tests shorten them before opening. */
typedef struct
{
  guint connect_ms;          /* for each address, unless connect_timeout is given */
  guint statement_ms;        /* interactive statement_timeout */
  guint silence_ms;          /* nothing heard for so long beyond that: the network is gone */
  guint poll_ms;             /* news without a notification */
  guint wake_ms;             /* wakes at most this often */
  guint back_off_min_ms;
  guint back_off_max_ms;
  guint offline_after_ms;    /* a lost connection that is back before that was only CONNECTING */
  guint queue_ms;            /* how long a request waits for a connection */
  guint act_ms;              /* the same for acts, from their first try */
  guint n_interactive;
  guint n_bulk;
  int   min_version;
} WbDbTuning;

/* ---- Requests ------------------------------------------------------------------------------ */

typedef enum
{
  WB_DB_STEP_WAIT,   /* for an answer */
  WB_DB_STEP_FLUSH,  /* for the socket to take what was not sent yet, or an answer */
  WB_DB_STEP_AGAIN,  /* more could be done, but others want the main loop too */
  WB_DB_STEP_HELD,   /* whoever takes the rows cannot take more; do not even read */
  WB_DB_STEP_DONE,   /* everything is answered, the connection is free */
} WbDbStep;

typedef struct
{
  gsize size;
  gboolean (*start)  (WbDbRequest *self, PGconn *pg);
  WbDbStep (*step)   (WbDbRequest *self, PGconn *pg, gint64 until_us);
  /* ends it without a cancel on the server; FALSE: it takes the cancel */
  gboolean (*give_up) (WbDbRequest *self, PGconn *pg);
  /* gives the outcome to the task after success */
  void     (*reply)  (WbDbRequest *self, GTask *task);
  void     (*clear)  (WbDbRequest *self);
  /* forgets a half answer before another try; NULL: never tried again */
  void     (*rewind) (WbDbRequest *self);
} WbDbRequestClass;

struct _WbDbRequest
{
  const WbDbRequestClass *klass;
  GTask *task;              /* NULL for our own */
  void (*done) (WbDbRequest *self, gpointer data);  /* for our own, instead of the task */
  gpointer done_data;
  WbDbSession *session;     /* (nullable) owned: a session lives as long as its requests */
  WbDbLane lane;
  WbDbFlags flags;
  char *sql;
  WbDbParams *params;
  WbDbFlow *flow;           /* NULL but for streams and COPY */
  GError *error;            /* the first */
  GSource *cancel_source;
  gboolean is_act;
  gboolean cancelled;
  gboolean handed_out;      /* rows were given to the caller already */
  gboolean wants_cancel;    /* a step asks for a cancel on the server */
  gboolean ruins;           /* a step says that the connection cannot be used any more */
  guint tries;
  gint64 first_us;          /* when it was made */
};

gpointer _wb_db_request_new      (const WbDbRequestClass *klass, const char *sql, WbDbParams *params);
/* (transfer full): gives the outcome to whoever asked and frees the request; calls out! */
void     _wb_db_request_complete (WbDbRequest *self);
/* (transfer full) @error is kept if it is the first */
void     _wb_db_request_fail     (WbDbRequest *self, GError *error);
/* reads results until NULL, keeping the last good one in @result; the common end of all kinds.
 * WAIT or DONE */
WbDbStep _wb_db_request_drain    (WbDbRequest *self, PGconn *pg, PGresult **result);
WbDbFlow *_wb_db_flow_new        (void);
gboolean  _wb_db_flow_is_held    (WbDbFlow *self);
/* to the connection that can go on, or NULL */
void      _wb_db_flow_attach     (WbDbFlow *self, WbDbConnection *connection);

/* a query; its result after success is stolen with take */
WbDbRequest *_wb_db_query_request_new   (const char *sql, WbDbParams *params);
WbDbRequest *_wb_db_script_request_new  (const char *sql);
WbDbResult  *_wb_db_query_request_take  (WbDbRequest *self);
WbDbRequest *_wb_db_stream_request_new   (const char *sql, WbDbParams *params, guint batch_rows,
                                          WbDbStreamFunc func, gpointer func_data);
WbDbRequest *_wb_db_copy_in_request_new  (const char *sql, WbDbCopyInFunc func, gpointer func_data);
WbDbRequest *_wb_db_copy_out_request_new (const char *sql, WbDbCopyOutFunc func, gpointer func_data);
WbDbRequest *_wb_db_pipeline_request_new (WbDbPipeline *pipeline);

/* ---- Connections --------------------------------------------------------------------------- */

typedef struct
{
  /* free for the next request: after opening, and after each request before that one is completed */
  void (*ready)    (WbDbConnection *connection, gpointer owner);
  /* could not be made or was lost, why (transfer none); @request (transfer full) (nullable) was under way */
  void (*lost)     (WbDbConnection *connection, WbDbRequest *request, const GError *error, gpointer owner);
  void (*notified) (WbDbConnection *connection, gpointer owner);
} WbDbConnectionOwner;

WbDbConnection *_wb_db_connection_new   (WbDbRole role, const WbDbTuning *tuning,
                                         const WbDbConnectionOwner *vtable, gpointer owner);
WbDbConnection *_wb_db_connection_ref   (WbDbConnection *self);
void            _wb_db_connection_unref (WbDbConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbConnection, _wb_db_connection_unref)

void     _wb_db_connection_open    (WbDbConnection *self, const char *conninfo, const char *password);
/* tells nobody any more; what is under way is cancelled on the server and completed with CANCELLED */
void     _wb_db_connection_close   (WbDbConnection *self);
gboolean _wb_db_connection_is_idle (WbDbConnection *self);
gboolean _wb_db_connection_is_busy (WbDbConnection *self);
gboolean _wb_db_connection_is_open (WbDbConnection *self);
/* (transfer full) @request; only when idle */
void     _wb_db_connection_run     (WbDbConnection *self, WbDbRequest *request);
/* cancels @request if it is the one under way */
void     _wb_db_connection_cancel  (WbDbConnection *self, WbDbRequest *request);
/* a flow was released */
void     _wb_db_connection_resume  (WbDbConnection *self);
/* whether it ever stood since it was opened */
gboolean _wb_db_connection_has_stood (WbDbConnection *self);
/* whom it is lent to; borrowed, the lane's business */
WbDbSession *_wb_db_connection_get_session (WbDbConnection *self);
void     _wb_db_connection_set_session (WbDbConnection *self, WbDbSession *session);

/* facts since the last opening */
int         _wb_db_connection_get_version  (WbDbConnection *self);
const char *_wb_db_connection_get_user     (WbDbConnection *self);
gboolean    _wb_db_connection_is_standby   (WbDbConnection *self);
gboolean    _wb_db_connection_is_read_only (WbDbConnection *self);

/* ---- Addresses ----------------------------------------------------------------------------- */

/* One place to try: `host` as given, with the address it resolved to next to it. Each may be "". */
typedef struct
{
  char *host;
  char *hostaddr;
  char *port;
} WbDbTarget;

/* Where a connection string leads, with service files, PG* variables and names resolved. */
typedef struct
{
  GPtrArray *targets;          /* WbDbTarget, in the order to try; at least one */
  char *session_attrs;         /* target_session_attrs */
  guint connect_ms;            /* connect_timeout, 0 when not given */
  gboolean sets_keepalives;    /* the string has its own idea of keepalives */
  gboolean sets_user_timeout;
} WbDbAddress;

void         _wb_db_address_resolve_async  (const char *conninfo, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
WbDbAddress *_wb_db_address_resolve_finish (GAsyncResult *result, GError **error);
void         _wb_db_address_free           (WbDbAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDbAddress, _wb_db_address_free)

G_END_DECLS
