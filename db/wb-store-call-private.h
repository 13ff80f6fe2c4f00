/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One statement, one answer: what a store of functions that return JSON does for each of them. A reader makes the result
 * into a value of core; NULL without an error is an answer too.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "core/wb-address.h"
#include "db/wb-db-private.h"

G_BEGIN_DECLS

typedef gpointer (*WbStoreReader) (WbDbResult *result, GError **error);

GTask *_wb_store_begin (WbDb *db, gpointer tag, WbStoreReader read, GDestroyNotify free_func, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
void _wb_store_query (GTask *task, const char *sql, WbDbParams *params);
void _wb_store_act (GTask *task, const char *sql, WbDbParams *params);
WbDbParams *_wb_store_act_params (void);

JsonNode *_wb_store_parse_object (WbDbResult *result, GError **error);
const char *_wb_store_peek_text (JsonObject *object, const char *name);
gint64 _wb_store_peek_int (JsonObject *object, const char *name);

/* @object may be NULL, and leaves @address as it is, which has to be empty. */
void _wb_store_read_address (WbAddress *address, JsonObject *object);
gpointer _wb_store_read_nothing (WbDbResult *result, GError **error);

/* A number as the answer, freed with g_free(); 0 when there is an error. */
gpointer _wb_store_read_int64 (WbDbResult *result, GError **error);
gint64 _wb_store_finish_int64 (GAsyncResult *result, GError **error);

G_END_DECLS
