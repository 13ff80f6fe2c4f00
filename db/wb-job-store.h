/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guided work in the database: what is waiting, who has what, and the writes of a bench (claim,
 * append, put aside, label, ship). Needs no more rights than a packer has. What a job is and where
 * it stands is core/'s business. Main thread; finish each with the function of the same name.
 *
 * Errors to act on: CONFLICT (another bench has taken the job: leave it), REFUSED (a rule; the
 * message is for people), OFFLINE.
 */
#pragma once

#include <gio/gio.h>

#include "db/wb-db.h"
#include "db/wb-job-json.h"

G_BEGIN_DECLS

/**
 * WbStationPlace:
 * @code: what settings keep
 * @name: what people call it
 * @warehouse: where it stands
 *
 * A packing bench.
 */
typedef struct
{
  char *code;
  char *name;
  char *warehouse;
} WbStationPlace;

/**
 * WbJobRef:
 * @number: the order's number
 * @staff: who had it last
 * @station: which bench had it last, as people call it
 *
 * A job somebody may take up.
 */
typedef struct
{
  gint64 job_id;
  char *number;
  char *staff;
  char *station;
} WbJobRef;

/**
 * WbJobQueue:
 * @station: what people call this bench
 * @n_open: orders waiting; counted up to 1000
 * @n_late: of these, those that should have left
 * @n_done: packed at this bench today
 * @person_login: (nullable): who works here
 * @person_name: (nullable): what people call them
 * @mine: (nullable): what this bench has open
 * @aside: (element-type WbJobRef): put aside
 * @elsewhere: (element-type WbJobRef): open at other benches
 */
typedef struct
{
  char *station;
  guint n_open;
  guint n_late;
  guint n_done;
  char *person_login;
  char *person_name;
  WbJobRef *mine;
  GPtrArray *aside;
  GPtrArray *elsewhere;
} WbJobQueue;

/**
 * WbCodeInfo:
 * @kind: "product", "box", "parcel" or "bin"
 * @name: name, or number of the order that a parcel belongs to
 * @sku: of a product, or %NULL
 * @bin: where a product belongs, or %NULL
 */
typedef struct
{
  char *kind;
  char *name;
  char *sku;
  char *bin;
} WbCodeInfo;

void wb_job_queue_free (WbJobQueue *self);
void wb_code_info_free (WbCodeInfo *self);

/**
 * wb_job_store_stations_async:
 * @db: the database
 *
 * Lists the packing benches. Finish with wb_job_store_stations_finish(): (transfer full)
 * (element-type WbStationPlace).
 */
void wb_job_store_stations_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *wb_job_store_stations_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_queue_async:
 * @station: code of the bench
 *
 * What there is to do. Finish with wb_job_store_queue_finish(): (transfer full).
 */
void wb_job_store_queue_async (WbDb *db, const char *station, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
WbJobQueue *wb_job_store_queue_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_next_async:
 * @station: code of the bench
 * @job_id: a certain job, or 0 for what the bench has open or else the most urgent one
 *
 * Claims a job and reads it. No two benches get the same. Finish with wb_job_store_next_finish():
 * (transfer full) (nullable): the job; %NULL without error when there is nothing to do.
 */
void wb_job_store_next_async (WbDb *db, const char *station, gint64 job_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
WbJobWork *wb_job_store_next_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_append_async:
 * @events: (element-type WbJobEvent): what happened, at most 1000
 *
 * Stores events. Those already stored are passed over, so it is safe to try again. Finish with
 * wb_job_store_done_finish().
 */
void wb_job_store_append_async (WbDb *db, gint64 job_id, const char *station, GPtrArray *events,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_job_store_aside_async:
 * @why: in words
 *
 * Gives a job back with all that was done. Finish with wb_job_store_done_finish().
 */
void wb_job_store_aside_async (WbDb *db, gint64 job_id, const char *station, const char *why,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_job_store_acknowledge_async:
 * @note_id: of the instruction
 *
 * Lets the office know that an instruction was read. Finish with wb_job_store_done_finish().
 */
void wb_job_store_acknowledge_async (WbDb *db, gint64 note_id, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

gboolean wb_job_store_done_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_label_async:
 * @state: a job whose parcels are weighed
 *
 * Makes the parcels and buys their labels; voids those of an earlier call. Finish with
 * wb_job_store_label_finish(): (transfer full) (element-type WbJobLabel).
 */
void wb_job_store_label_async (WbDb *db, gint64 job_id, const char *station, const WbJobState *state,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_job_store_label_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_ship_async:
 * @state: a job with nothing left to do
 *
 * Takes the pieces out of stock and sends the shipment on its way. Finish with
 * wb_job_store_ship_finish(): (transfer full): the shipment's number.
 */
void wb_job_store_ship_async (WbDb *db, gint64 job_id, const char *station, const WbJobState *state,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *wb_job_store_ship_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_find_code_async:
 * @code: what was scanned
 *
 * What an unexpected code is. Finish with wb_job_store_find_code_finish(): (transfer full) (element-type WbCodeInfo): all that it may be,
 * likeliest first; none when nobody knows it.
 */
void wb_job_store_find_code_async (WbDb *db, const char *station, const char *code, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_job_store_find_code_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_job_store_find_job_async:
 * @station: code of the bench
 * @code: what was scanned: an order's number, or a code on one of its parcels
 *
 * Finish with wb_job_store_find_job_finish(): the job's id; 0 with an error for people: %WB_DB_ERROR_NOT_FOUND when no order has it,
 * another one when there is nothing to pack any more.
 */
void wb_job_store_find_job_async (WbDb *db, const char *station, const char *code, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gint64 wb_job_store_find_job_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJobQueue, wb_job_queue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCodeInfo, wb_code_info_free)

G_END_DECLS
