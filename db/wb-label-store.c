/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <string.h>

#include "core/wb-address.h"
#include "db/wb-label-store.h"
#include "db/wb-store-call-private.h"

#define TITLE "title"
#define ADDRESS "_address"

WbLabelItem *
wb_label_item_new (const char *title, WbLabelValues *values)
{
  WbLabelItem *self = g_new0 (WbLabelItem, 1);

  g_return_val_if_fail (values != NULL, self);

  self->title = g_strdup (title != NULL ? title : "");
  self->values = values;
  return self;
}

void
wb_label_item_free (WbLabelItem *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_clear_pointer (&self->values, wb_label_values_free);
  g_free (self);
}

static void
item_free (gpointer data)
{
  wb_label_item_free (data);
}

static void
zone_free (gpointer data)
{
  WbLabelZone *zone = data;

  g_free (zone->warehouse);
  g_free (zone->warehouse_name);
  g_free (zone->zone);
  g_free (zone->name);
  g_free (zone);
}

void
wb_label_items_free (WbLabelItems *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->zones);
  g_free (self);
}

/* ── Reading answers ─────────────────────────────────────────────────────────────────────────── */

static JsonObject *
peek_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
peek_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* An amount with its currency. */
static void
read_money (WbLabelValues *values, const char *name, JsonObject *object)
{
  const char *currency = _wb_store_peek_text (object, "currency");
  WbMoney money = { 0 };

  if (currency != NULL && wb_money_init (&money, _wb_store_peek_int (object, "minor"), currency, NULL))
    wb_label_values_set_money (values, name, &money);
}

/* "from_address" is the field "from"; the country is written where the other one is elsewhere. */
static void
read_address (WbLabelValues *values, JsonObject *item, const char *name, const char *other)
{
  g_autofree char *member = g_strconcat (name, ADDRESS, NULL);
  g_autofree char *other_member = g_strconcat (other, ADDRESS, NULL);
  JsonObject *object = peek_object (item, member);
  JsonObject *there = peek_object (item, other_member);
  g_autofree char *lines = NULL;
  WbAddress address = { 0 };

  if (object == NULL)
    return;
  _wb_store_read_address (&address, object);
  lines = wb_address_to_lines (&address, there != NULL ? _wb_store_peek_text (there, "country") : NULL);
  wb_label_values_set (values, name, lines);
  wb_address_clear (&address);
}

static void read_values (WbLabelValues *values, const char *prefix, JsonObject *object);

static void
read_rows (WbLabelValues *values, const char *name, JsonArray *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_values (wb_label_values_add_row (values, name), name, json_node_get_object (node));
    }
}

/* Members are fields; those of a row "items.sku" and the like. */
static void
read_values (WbLabelValues *values, const char *prefix, JsonObject *object)
{
  JsonObjectIter iter;
  const char *member = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    {
      g_autofree char *name = prefix != NULL ? g_strdup_printf ("%s.%s", prefix, member) : g_strdup (member);

      if (g_str_has_suffix (member, ADDRESS))
        continue;
      if (JSON_NODE_HOLDS_ARRAY (node))
        read_rows (values, name, json_node_get_array (node));
      else if (JSON_NODE_HOLDS_OBJECT (node))
        read_money (values, name, json_node_get_object (node));
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        wb_label_values_set (values, name, json_node_get_string (node));
      else if (JSON_NODE_HOLDS_VALUE (node))
        wb_label_values_set_number (values, name, json_node_get_int (node));
    }
}

static WbLabelItem *
read_item (JsonObject *object)
{
  WbLabelValues *values = wb_label_values_new ();

  read_values (values, NULL, object);
  read_address (values, object, "from", "to");
  read_address (values, object, "to", "from");
  return wb_label_item_new (_wb_store_peek_text (object, TITLE), values);
}

static WbLabelZone *
read_zone (JsonObject *object)
{
  WbLabelZone *zone = g_new0 (WbLabelZone, 1);

  zone->warehouse = g_strdup (_wb_store_peek_text (object, "warehouse"));
  zone->warehouse_name = g_strdup (_wb_store_peek_text (object, "warehouse_name"));
  zone->zone = g_strdup (_wb_store_peek_text (object, "zone"));
  zone->name = g_strdup (_wb_store_peek_text (object, "name"));
  return zone;
}

static gpointer
read_items (WbDbResult *result, GError **error)
{
  g_autoptr (JsonNode) node = _wb_store_parse_object (result, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  JsonArray *items = object != NULL ? peek_array (object, "items") : NULL;
  JsonArray *zones = object != NULL ? peek_array (object, "zones") : NULL;
  WbLabelItems *self = NULL;

  if (object == NULL)
    return NULL;
  self = g_new0 (WbLabelItems, 1);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->zones = g_ptr_array_new_with_free_func (zone_free);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    g_ptr_array_add (self->items, read_item (json_array_get_object_element (items, i)));
  for (guint i = 0; zones != NULL && i < json_array_get_length (zones); i++)
    g_ptr_array_add (self->zones, read_zone (json_array_get_object_element (zones, i)));
  return self;
}

static void
free_items (gpointer data)
{
  wb_label_items_free (data);
}

/* ── Public API ──────────────────────────────────────────────────────────────────────────────── */

void
wb_label_store_products_async (WbDb *db, const gint64 *skus, guint n_skus, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db) && skus != NULL && n_skus > 0);

  _wb_db_params_add_int64_array (params, skus, n_skus);
  _wb_store_query (_wb_store_begin (db, wb_label_store_finish, read_items, free_items, cancellable, callback, user_data),
                   "select api.label_products($1)", params);
}

void
wb_label_store_places_async (WbDb *db, const char *warehouse, const char *zone, const char *first, const char *last,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db) && first != NULL && last != NULL);

  _wb_db_params_add_text (params, warehouse != NULL ? warehouse : "");
  _wb_db_params_add_text (params, zone != NULL ? zone : "");
  _wb_db_params_add_text (params, first);
  _wb_db_params_add_text (params, last);
  _wb_store_query (_wb_store_begin (db, wb_label_store_finish, read_items, free_items, cancellable, callback, user_data),
                   "select api.label_places($1, $2, $3, $4)", params);
}

void
wb_label_store_badges_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WB_IS_DB (db));

  _wb_store_query (_wb_store_begin (db, wb_label_store_finish, read_items, free_items, cancellable, callback, user_data),
                   "select api.label_badges()", NULL);
}

void
wb_label_store_returns_async (WbDb *db, gint64 order_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));

  _wb_db_params_add_int64 (params, order_id);
  _wb_store_query (_wb_store_begin (db, wb_label_store_finish, read_items, free_items, cancellable, callback, user_data),
                   "select api.label_returns($1)", params);
}

WbLabelItems *
wb_label_store_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
