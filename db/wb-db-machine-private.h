/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a connection, shared by the file that opens it and the file that runs requests on it. For
 * nobody else.
 */
#pragma once

#include "db/wb-db-connection-private.h"

G_BEGIN_DECLS

typedef enum
{
  WB_DB_CONNECTION_CLOSED,
  WB_DB_CONNECTION_RESOLVING,
  WB_DB_CONNECTION_CONNECTING,
  WB_DB_CONNECTION_SETTING_UP,
  WB_DB_CONNECTION_IDLE,
  WB_DB_CONNECTION_BUSY,
} WbDbConnectionState;

struct _WbDbConnection
{
  WbDbRole role;
  const WbDbTuning *tuning;            /* the owner's */
  const WbDbConnectionOwner *vtable;   /* NULL: nobody wants to know any more */
  gpointer owner;

  WbDbConnectionState state;
  char *conninfo;
  char *password;
  GCancellable *resolving;
  WbDbAddress *address;
  guint attempt;                       /* index into address->targets, twice over for prefer-standby */
  GError *attempt_error;               /* of the attempt that tells most */
  guint attempt_rank;                  /* how far that one came */
  gboolean securing;                   /* the attempt agrees with the server on encryption */

  PGconn *pg;
  GSource *watch;                      /* on the socket */
  GIOCondition watching;
  int watched_fd;
  GSource *again;
  GSource *deadline;
  gint64 heard_us;                     /* last sign of life of the socket while a request runs */

  WbDbSession *session;                /* borrowed */
  WbDbRequest *request;
  gboolean pumping;
  gboolean broken;                     /* lost, but what was read before is still looked at */
  gboolean cancelling;                 /* the thread has not ended yet */
  GError *abandon;                     /* wanted while pumping */

  gboolean stood;                      /* since it was opened */
  gboolean goodbye;                    /* the server has said that it ends the connection */
  int version;
  char *user;
  gboolean standby;
  gboolean read_only;
};

/* replaces *@place by @source, calling @callback on the priority of the role */
void _wb_db_connection_add_source    (WbDbConnection *self, GSource **place, GSource *source,
                                      GSourceFunc callback, const char *name);
void _wb_db_connection_clear_source  (GSource **source);
/* @renew: the descriptor may be another one under the same number (after PQconnectPoll) */
void _wb_db_connection_watch         (WbDbConnection *self, GIOCondition condition, gboolean renew);
/* The connection is no more: clears our own state, then tells. Takes @error. */
void _wb_db_connection_lose          (WbDbConnection *self, GError *error);
/* takes @request */
void _wb_db_connection_start_request (WbDbConnection *self, WbDbRequest *request);
/* the addresses are known: begin with the first */
void _wb_db_connection_connect       (WbDbConnection *self);
/* the socket has something to say while connecting */
void _wb_db_connection_poll          (WbDbConnection *self);

G_END_DECLS
