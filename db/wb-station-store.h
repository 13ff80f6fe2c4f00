/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bench and the people at it: what it is made of, whose badge is whose, who comes and leaves, which job an order's number on
 * paper means, and which boxes there are. Needs no more rights than a packer has. Main thread; finish each with the function of the same name.
 */
#pragma once

#include "core/wb-job.h"
#include "core/wb-station-profile.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbStaffBadge:
 * @login: of the person
 * @name: what people call them
 * @digest: SHA-256 of the badge in capitals, as hexadecimal
 *
 * Enough to know a badge when it is scanned, and too little to make one.
 */
typedef struct
{
  char *login;
  char *name;
  char *digest;
} WbStaffBadge;

/**
 * wb_station_store_badges_async:
 *
 * Reads whose badges there are. Finish with wb_station_store_badges_finish(): (transfer full)
 * (element-type WbStaffBadge).
 */
void wb_station_store_badges_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_station_store_badges_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_station_store_enter_async:
 * @station: code of the bench
 * @badge: (nullable): what was scanned; %NULL: whoever is there leaves
 *
 * Says who works at a bench from now on. Finish with wb_station_store_enter_finish().
 */
void wb_station_store_enter_async (WbDb *db, const char *station, const char *badge, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_station_store_enter_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_station_store_set_badge_async:
 * @login: of a person
 * @badge: what stands on their badge; "" takes it away
 *
 * For administrators. Finish with wb_station_store_enter_finish().
 */
void wb_station_store_set_badge_async (WbDb *db, const char *login, const char *badge, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_station_store_boxes_async:
 *
 * Reads the boxes that are in use, smallest first. Finish with wb_station_store_boxes_finish(): (transfer full): a job
 * without lines that has them.
 */
void wb_station_store_boxes_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbJob *wb_station_store_boxes_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * WbStation:
 * @id: news of the topic "station" name it
 * @code: what machines say
 * @name: what people say
 * @kind: "packing", "office", …
 * @version: to change it by; 0 when it is not known
 * @profile: what it is made of
 */
typedef struct
{
  gint64 id;
  char *code;
  char *name;
  char *kind;
  gint64 version;
  WbStationProfile *profile;
} WbStation;

void wb_station_free (WbStation *self);

/**
 * wb_station_store_list_async:
 *
 * Reads which stations are in use, by name. Finish with wb_station_store_list_finish(): (transfer full)
 * (element-type WbStation): a profile that cannot be read is an empty one here.
 */
void wb_station_store_list_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_station_store_list_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_station_store_profile_async:
 * @station: code of a station
 *
 * Finish with wb_station_store_profile_finish(): (transfer full): fails when a newer program wrote a profile that this one cannot read.
 */
void wb_station_store_profile_async (WbDb *db, const char *station, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
WbStation *wb_station_store_profile_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_station_store_set_profile_async:
 * @station: code of a station
 * @version: what was read
 * @profile: what it is made of from now on
 *
 * Fails with %WB_DB_ERROR_CONFLICT when somebody else changed it since. Finish with wb_station_store_set_profile_finish(): the new version;
 * 0 with an error.
 */
void wb_station_store_set_profile_async (WbDb *db, const char *station, gint64 version, const WbStationProfile *profile,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 wb_station_store_set_profile_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStation, wb_station_free)

G_END_DECLS
