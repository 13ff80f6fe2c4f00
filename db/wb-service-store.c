/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-service-store.h"
#include "db/wb-store-call-private.h"

static void
offer_free (gpointer data)
{
  WbServiceOffer *offer = data;

  g_free (offer->key);
  g_free (offer->name);
  g_free (offer->why_not);
  g_free (offer->arrives_by);
  g_free (offer);
}

void
wb_service_choice_free (WbServiceChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->why);
  g_free (self->arrives_by);
  g_free (self->promised_by);
  g_ptr_array_unref (self->offers);
  g_free (self);
}

const WbServiceOffer *
wb_service_choice_find (const WbServiceChoice *self, const char *key)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->offers->len; i++)
    {
      const WbServiceOffer *offer = g_ptr_array_index (self->offers, i);

      if (g_strcmp0 (offer->key, key) == 0)
        return offer;
    }
  return NULL;
}

static WbServiceOffer *
read_offer (JsonObject *object)
{
  WbServiceOffer *offer = g_new0 (WbServiceOffer, 1);

  offer->key = g_strdup (_wb_store_peek_text (object, "key"));
  offer->name = wb_job_make_service_name (_wb_store_peek_text (object, "carrier"), _wb_store_peek_text (object, "name"));
  offer->own = json_object_get_boolean_member_with_default (object, "own", FALSE);
  offer->why_not = g_strdup (_wb_store_peek_text (object, "why_not"));
  offer->most = (guint) CLAMP (_wb_store_peek_int (object, "most"), 0, G_MAXINT);
  offer->arrives_by = g_strdup (_wb_store_peek_text (object, "arrives_by"));
  return offer;
}

static gpointer
read_choice (WbDbResult *result, GError **error)
{
  g_autoptr (JsonNode) node = _wb_store_parse_object (result, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  JsonNode *chosen = object != NULL ? json_object_get_member (object, "chosen") : NULL;
  JsonNode *offers = object != NULL ? json_object_get_member (object, "offers") : NULL;
  WbServiceChoice *choice = NULL;

  if (object == NULL)
    return NULL;
  choice = g_new0 (WbServiceChoice, 1);
  choice->offers = g_ptr_array_new_with_free_func (offer_free);
  if (chosen != NULL && JSON_NODE_HOLDS_OBJECT (chosen))
    {
      choice->key = g_strdup (_wb_store_peek_text (json_node_get_object (chosen), "key"));
      choice->why = g_strdup (_wb_store_peek_text (json_node_get_object (chosen), "why"));
      choice->arrives_by = g_strdup (_wb_store_peek_text (json_node_get_object (chosen), "arrives_by"));
      choice->promised_by = g_strdup (_wb_store_peek_text (json_node_get_object (chosen), "promised_by"));
    }
  for (guint i = 0; offers != NULL && JSON_NODE_HOLDS_ARRAY (offers) && i < json_array_get_length (json_node_get_array (offers)); i++)
    g_ptr_array_add (choice->offers, read_offer (json_array_get_object_element (json_node_get_array (offers), i)));
  return choice;
}

void
wb_service_store_choose_async (WbDb *db, gint64 job_id, const char *station, const char *parcels, const char *wanted,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  _wb_db_params_add_int64 (params, job_id);
  _wb_db_params_add_text (params, station);
  _wb_db_params_add_jsonb (params, parcels);
  _wb_db_params_add_text (params, wanted != NULL ? wanted : "");
  _wb_store_query (_wb_store_begin (db, wb_service_store_choose_async, read_choice, (GDestroyNotify) wb_service_choice_free,
                                    cancellable, callback, user_data),
                   "select api.job_services($1, $2::text, $3, $4::text)", params);
}

WbServiceChoice *
wb_service_store_choose_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
