/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a WbDb, shared by the files that make it: state (wb-db.c), lanes of requests and their connections
 * (wb-db-lane.c), news (wb-db-news.c), acts, sessions. For nobody else, but tests shorten its times.
 */
#pragma once

#include "db/wb-db-connection-private.h"

G_BEGIN_DECLS

typedef struct _WbDbNews WbDbNews;

typedef struct
{
  WbDb *db;                /* borrowed */
  WbDbLane lane;
  GPtrArray *connections;  /* WbDbConnection, owned */
  GQueue waiting;          /* WbDbRequest, owned */
  guint max;
  guint failures;          /* openings in a row */
  GError *error;           /* why the last opening failed */
  guint retry_id;
  guint give_up_id;
} WbDbLaneState;

struct _WbDb
{
  GObject parent_instance;

  char *conninfo;
  char *password;
  gboolean wants_news;
  WbDbTuning tuning;

  WbDbState state;
  char *message;
  GError *error;            /* why OFFLINE or FAILED */
  int server_version;
  char *user;

  gboolean wanted;          /* opened and not closed */
  gboolean fresh;           /* the anchor has just been opened */
  gboolean gate;            /* lanes may run */
  gboolean was_online;
  gint64 lost_us;           /* when the anchor was lost */
  guint failures;           /* of the anchor in a row */
  guint retry_id;
  WbDbConnection *anchor;
  WbDbNews *news;
  GQueue opening;           /* GTask: who waits for the first connection */
  WbDbLaneState lanes[2];
};

/* milliseconds before try @failures + 1: growing, with jitter so that seats do not all come back at once */
guint _wb_db_back_off (WbDb *self, guint failures);
/* the times; change before opening */
WbDbTuning *_wb_db_get_tuning (WbDb *self);
/* the news are set up: the database is usable */
void  _wb_db_anchor_settled (WbDb *self);
/* whether the server only reads may have changed */
void  _wb_db_check_read_only (WbDb *self);
/* why a request cannot wait for a connection now, or NULL */
const GError *_wb_db_get_refusal (WbDb *self);

/* ---- Lanes ---- */
void _wb_db_lane_init      (WbDbLaneState *self, WbDb *db, WbDbLane lane);
void _wb_db_lane_clear     (WbDbLaneState *self);
/* ends the connections and completes what is waiting with @error */
void _wb_db_lane_close     (WbDbLaneState *self);
void _wb_db_lane_fail      (WbDbLaneState *self, const GError *error);
/* gives waiting requests to free connections, opens more if needed */
void _wb_db_lane_dispatch  (WbDbLaneState *self);
/* the server is there again: no reason to wait any longer */
void _wb_db_lane_revive    (WbDbLaneState *self);
/* opens one connection ahead of need */
void _wb_db_lane_warm_up   (WbDbLaneState *self);
/* idle connections may be dead without knowing, those being opened may know an old password */
void _wb_db_lane_drop_idle (WbDbLaneState *self);
/* Makes a task for @request and sets it on its way, in @lane or on @session. (transfer full) @request */
void _wb_db_submit         (WbDb *self, WbDbSession *session, WbDbLane lane, WbDbRequest *request,
                            gpointer source_tag, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);

/* ---- Sessions ---- */
gboolean     _wb_db_request_is_session  (WbDbRequest *self);
/* gives @connection to who asked; completes @request */
void         _wb_db_session_begin       (WbDbLaneState *lane, WbDbRequest *request, WbDbConnection *connection);
void         _wb_db_session_add         (WbDbSession *self, WbDbRequest *request);
void         _wb_db_session_dispatch    (WbDbSession *self);
gboolean     _wb_db_session_remove      (WbDbSession *self, WbDbRequest *request);
/* its connection was lost: everything waiting fails */
void         _wb_db_session_lost        (WbDbSession *self, const GError *error);

/* ---- News ---- */
WbDbNews *_wb_db_news_new      (WbDb *db);
void      _wb_db_news_free     (WbDbNews *self);
/* the anchor stands: LISTEN and take the horizon, then _wb_db_anchor_settled() */
void      _wb_db_news_start    (WbDbNews *self);
void      _wb_db_news_stop     (WbDbNews *self);
void      _wb_db_news_notified (WbDbNews *self);
/* the anchor is free again */
void      _wb_db_news_dispatch (WbDbNews *self);
void      _wb_db_news_wake     (WbDbNews *self);
/* about to close: a wake that waits for its turn goes out now, unanswered */
void      _wb_db_news_flush    (WbDbNews *self);
/* asks now whether the anchor still lives */
void      _wb_db_news_probe    (WbDbNews *self);
void      _wb_db_emit_news     (WbDb *self, const char *topic, GArray *ids);
void      _wb_db_emit_resync   (WbDb *self);

G_END_DECLS
