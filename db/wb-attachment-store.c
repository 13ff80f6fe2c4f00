/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-attachment-store.h"
#include "db/wb-store-call-private.h"

void
wb_attachment_store_add_async (WbDb *db, const WbAttachmentDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autoptr (GDateTime) second = NULL;
  g_autoptr (GDateTime) taken_at = NULL;

  g_return_if_fail (WB_IS_DB (db) && draft != NULL && draft->act_id != NULL && draft->content != NULL);

  if (draft->taken_at_us > 0)
    {
      second = g_date_time_new_from_unix_utc (draft->taken_at_us / G_USEC_PER_SEC);
      taken_at = g_date_time_add (second, draft->taken_at_us % G_USEC_PER_SEC);
    }
  _wb_db_params_add_uuid (params, draft->act_id);
  _wb_db_params_add_text (params, draft->about);
  _wb_db_params_add_int64 (params, draft->about_id);
  _wb_db_params_add_int64 (params, draft->parcel);
  _wb_db_params_add_text (params, draft->name);
  _wb_db_params_add_bytea (params, draft->content);
  _wb_db_params_add_text (params, draft->sha256);
  _wb_db_params_add_timestamp (params, taken_at);
  _wb_db_params_add_text (params, draft->person);
  _wb_store_act (_wb_store_begin (db, wb_attachment_store_add_async, _wb_store_read_nothing, g_free, cancellable, callback,
                                  user_data),
                 "select api.attachment_add($1, $2::text, $3, $4::integer, $5::text, $6, $7::text, $8::timestamptz, $9::text)",
                 params);
}

void
wb_attachment_store_remove_async (WbDb *db, gint64 attachment_id, const char *reason, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();

  g_return_if_fail (WB_IS_DB (db) && reason != NULL);

  _wb_db_params_add_int64 (params, attachment_id);
  _wb_db_params_add_text (params, reason);
  _wb_store_act (_wb_store_begin (db, wb_attachment_store_remove_async, _wb_store_read_nothing, g_free, cancellable, callback,
                                  user_data),
                 "select api.attachment_remove($1, $2, $3::text)", params);
}

gboolean
wb_attachment_store_done_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree char *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  return done != NULL;
}

static gpointer
read_content (WbDbResult *result, GError **error)
{
  g_autoptr (GBytes) bytes = _wb_db_result_get_bytea (result, 0, 0);

  return _wb_db_result_check (result, error) ? g_steal_pointer (&bytes) : NULL;
}

void
wb_attachment_store_content_async (WbDb *db, gint64 attachment_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));

  _wb_db_params_add_int64 (params, attachment_id);
  _wb_store_query (_wb_store_begin (db, wb_attachment_store_content_async, read_content, (GDestroyNotify) g_bytes_unref,
                                    cancellable, callback, user_data),
                   "select api.attachment_content($1)", params);
}

GBytes *
wb_attachment_store_content_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
