/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "core/wb-job-photo.h"
#include "db/wb-db-error.h"
#include "db/wb-job-json.h"
#include "db/wb-store-call-private.h"

/* Nothing a shop sells comes in larger numbers than this; what is outside is taken as nothing. */
#define MAX_NUMBER G_MAXINT

static gint64
get_int (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static guint
get_uint (JsonObject *object, const char *name)
{
  gint64 value = get_int (object, name);

  return value >= 0 && value <= MAX_NUMBER ? (guint) value : 0;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Calls @func for each object in an array; a missing array is an empty one. */
static void
for_each (JsonObject *object, const char *name, void (*func) (JsonObject *item, gpointer data), gpointer data)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (item))
        func (json_node_get_object (item), data);
    }
}

static JsonNode *
parse (const char *text, JsonNodeType type, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text != NULL ? text : "", error);

  if (node != NULL && JSON_NODE_TYPE (node) == type)
    return g_steal_pointer (&node);
  if (error == NULL || *error == NULL)
    g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an answer that is not understood");
  return NULL;
}

/* ── Jobs ────────────────────────────────────────────────────────────────────────────────────── */

static void
add_code (JsonObject *item, gpointer data)
{
  const char *code = get_text (item, "code");

  if (code != NULL)
    wb_job_line_add_code (data, code, get_uint (item, "quantity"));
}

static void
add_bin (JsonObject *item, gpointer data)
{
  WbJobLine *line = data;

  /* The first is where to go; the database has put the best one there. */
  if (line->bin != NULL)
    return;
  wb_job_line_set_bin (line, get_text (item, "bin"), get_int (item, "walk"));
  wb_job_line_set_check_digits (line, get_text (item, "check_digits"));
}

static void
add_line (JsonObject *item, gpointer data)
{
  const char *sku = get_text (item, "sku");
  WbJobLine *line = NULL;

  line = wb_job_add_line (data, get_int (item, "line_id"), sku != NULL ? sku : "", get_text (item, "name"),
                          get_uint (item, "quantity"));
  wb_job_line_set_size (line, get_uint (item, "length_mm"), get_uint (item, "width_mm"), get_uint (item, "height_mm"),
                        get_int (item, "weight_g"));
  wb_job_line_set_note (line, get_text (item, "note"));
  for_each (item, "codes", add_code, line);
  for_each (item, "bins", add_bin, line);
}

static void
add_instruction (JsonObject *item, gpointer data)
{
  WbJobWork *work = data;
  const char *words = get_text (item, "text");
  gint64 note_id = get_int (item, "note_id");

  wb_job_add_instruction (work->job, words != NULL ? words : "", get_bool (item, "must_acknowledge"));
  g_array_append_val (work->note_ids, note_id);
}

static void
add_box (JsonObject *item, gpointer data)
{
  const char *code = get_text (item, "code");
  WbJobBox *box = NULL;

  if (code == NULL)
    return;
  box = wb_job_add_box (data, code, get_text (item, "name"), get_uint (item, "length_mm"), get_uint (item, "width_mm"),
                        get_uint (item, "height_mm"), get_int (item, "tare_g"), get_int (item, "max_g"));
  wb_job_box_set_barcode (box, get_text (item, "barcode"));
}

static void
add_event (JsonObject *item, gpointer data)
{
  WbJobEventKind kind = WB_JOB_EVENT_CLAIM;
  WbJobEvent *event = NULL;

  if (get_text (item, "id") == NULL || !wb_job_event_kind_from_string (get_text (item, "kind"), &kind))
    {
      g_debug ("an event of kind “%s” is passed over", get_text (item, "kind"));
      return;
    }
  event = wb_job_event_new (kind);
  g_free (event->id);
  event->id = g_strdup (get_text (item, "id"));
  event->at_us = get_int (item, "at_us");
  event->line = get_uint (item, "line");
  event->parcel = get_uint (item, "parcel");
  event->quantity = get_uint (item, "quantity");
  event->number = get_int (item, "number");
  event->code = g_strdup (get_text (item, "code"));
  event->text = g_strdup (get_text (item, "text"));
  event->person = g_strdup (get_text (item, "person"));
  g_ptr_array_add (data, event);
}

static char *
make_service (JsonObject *service)
{
  return service != NULL ? wb_job_make_service_name (get_text (service, "carrier"), get_text (service, "name")) : g_strdup ("");
}

static char **
get_words (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word = json_array_get_string_element (array, i);

      if (word != NULL)
        g_strv_builder_add (words, word);
    }
  return g_strv_builder_end (words);
}

static void
read_definition (WbJobWork *self, JsonObject *object)
{
  g_autofree char *id = NULL;
  g_auto (GStrv) photos = NULL;
  const char *number = get_text (object, "number");
  const char *ship_by = get_text (object, "ship_by");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;

  self->job_id = get_int (object, "job_id");
  id = g_strdup_printf ("%" G_GINT64_FORMAT, self->job_id);
  self->job = wb_job_new (id, number != NULL ? number : id, get_text (object, "customer"));
  self->is_gift = get_bool (object, "gift");
  self->reasons = get_words (object, "reasons");
  self->service = make_service (get_object (object, "service"));
  self->ship_by = ship_by != NULL ? g_date_time_new_from_iso8601 (ship_by, utc) : NULL;
  if (get_text (object, "steps") != NULL && !wb_job_set_steps (self->job, get_text (object, "steps"), &error))
    g_debug ("the usual steps are taken: %s", error->message);
  photos = get_words (object, "photos");
  self->job->photos = wb_job_photo_from_words ((const char *const *) photos);
  self->job->by_hand = get_bool (object, "by_hand");
  for_each (object, "lines", add_line, self->job);
  for_each (object, "instructions", add_instruction, self);
  for_each (object, "boxes", add_box, self->job);
}

/* ── Labels ──────────────────────────────────────────────────────────────────────────────────── */

static void
label_free (gpointer data)
{
  WbJobLabel *label = data;

  wb_shipping_label_clear (&label->data);
  g_array_unref (label->items);
  g_free (label->service);
  g_free (label->box);
  g_free (label->key);
  g_free (label);
}

static void
add_item (JsonObject *item, gpointer data)
{
  WbJobItem read = { get_int (item, "line_id"), get_uint (item, "quantity") };

  g_array_append_val (data, read);
}

static void
add_label (JsonObject *item, gpointer data)
{
  WbJobLabel *label = g_new0 (WbJobLabel, 1);

  label->label_id = get_int (item, "label_id");
  label->parcel = get_uint (item, "parcel");
  label->key = g_strdup (get_text (item, "act"));
  label->n_prints = get_uint (item, "prints");
  label->service = g_strdup (get_text (item, "service_key"));
  label->box = g_strdup (get_text (item, "box"));
  label->items = g_array_new (FALSE, FALSE, sizeof (WbJobItem));
  for_each (item, "items", add_item, label->items);
  _wb_store_read_address (&label->data.from, get_object (item, "from"));
  _wb_store_read_address (&label->data.to, get_object (item, "to"));
  label->data.carrier = g_strdup (get_text (item, "carrier"));
  label->data.service = g_strdup (get_text (item, "service"));
  label->data.routing = g_strdup (get_text (item, "routing_code"));
  label->data.tracking = g_strdup (get_text (item, "tracking"));
  label->data.sscc = g_strdup (get_text (item, "sscc"));
  label->data.reference = g_strdup (get_text (item, "order"));
  label->data.weight_g = get_int (item, "weight_g");
  label->data.parcel = get_uint (item, "rank");
  label->data.n_parcels = get_uint (item, "parcels");
  g_ptr_array_add (data, label);
}

static GPtrArray *
read_labels (JsonObject *object)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (label_free);

  for_each (object, "labels", add_label, labels);
  return labels;
}

/**
 * wb_job_labels_from_json:
 * @text: what api.job_label() returned
 *
 * Returns: (transfer full) (element-type WbJobLabel): the labels
 */
GPtrArray *
wb_job_labels_from_json (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse (text, JSON_NODE_OBJECT, error);

  return node != NULL ? read_labels (json_node_get_object (node)) : NULL;
}

static guint
find_quantity (const WbJobLabel *label, gint64 line_id)
{
  for (guint i = 0; i < label->items->len; i++)
    if (g_array_index (label->items, WbJobItem, i).line_id == line_id)
      return g_array_index (label->items, WbJobItem, i).quantity;
  return 0;
}

gboolean
wb_job_label_fits (const WbJobLabel *label, const WbJobState *state)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, label->parcel);

  if (parcel == NULL || parcel->weight_g != label->data.weight_g || g_strcmp0 (parcel->box, label->box) != 0 ||
      (state->service != NULL && g_strcmp0 (state->service, label->service) != 0))
    return FALSE;
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    if (find_quantity (label, wb_job_get_line (state->job, i)->id) !=
        wb_job_state_get_in_parcel (state, label->parcel, i))
      return FALSE;
  return TRUE;
}

/* ── The whole answer ────────────────────────────────────────────────────────────────────────── */

static char *
make_blocked (JsonObject *object)
{
  const char *reason = get_text (object, "hold_reason");

  if (get_bool (object, "cancelled"))
    return g_strdup (_ ("The order was cancelled."));
  if (get_bool (object, "held"))
    return g_strdup_printf (_ ("The order is on hold: %s"), reason != NULL ? reason : "");
  return NULL;
}

/**
 * wb_job_work_from_json:
 * @text: what api.job_get() returned
 *
 * Returns: (transfer full): a job with its events and labels
 */
WbJobWork *
wb_job_work_from_json (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse (text, JSON_NODE_OBJECT, error);
  WbJobWork *self = NULL;
  JsonObject *object = NULL;

  if (node == NULL)
    return NULL;
  object = json_node_get_object (node);
  if (get_object (object, "job") == NULL)
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an answer that is not understood");
      return NULL;
    }
  self = g_new0 (WbJobWork, 1);
  self->note_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  read_definition (self, get_object (object, "job"));
  self->station = g_strdup (get_text (object, "station"));
  self->blocked = make_blocked (object);
  self->labels = read_labels (object);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  for_each (object, "events", add_event, self->events);
  return self;
}

void
wb_job_work_free (WbJobWork *self)
{
  if (self == NULL)
    return;
  wb_job_unref (self->job);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->labels);
  g_array_unref (self->note_ids);
  g_strfreev (self->reasons);
  g_free (self->service);
  g_clear_pointer (&self->ship_by, g_date_time_unref);
  g_free (self->station);
  g_free (self->blocked);
  g_free (self);
}

/* ── Out ─────────────────────────────────────────────────────────────────────────────────────── */

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_words (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
finish (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * wb_job_events_to_json:
 * @events: (element-type WbJobEvent): what happened
 *
 * Returns: (transfer full): as api.job_append() takes it
 */
char *
wb_job_events_to_json (GPtrArray *events)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (events, i);

      json_builder_begin_object (builder);
      add_words (builder, "id", event->id);
      add_words (builder, "kind", wb_job_event_kind_to_string (event->kind));
      add_number (builder, "at_us", event->at_us);
      add_number (builder, "line", event->line);
      add_number (builder, "parcel", event->parcel);
      add_number (builder, "quantity", event->quantity);
      add_number (builder, "number", event->number);
      add_words (builder, "code", event->code);
      add_words (builder, "text", event->text);
      add_words (builder, "person", event->person);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return finish (builder);
}

GPtrArray *
wb_job_events_from_json (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse (text, JSON_NODE_ARRAY, error);
  GPtrArray *events = NULL;
  JsonArray *array = NULL;

  if (node == NULL)
    return NULL;
  events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      add_event (json_array_get_object_element (array, i), events);
  return events;
}

static void
add_items (JsonBuilder *builder, const WbJobState *state, guint parcel)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      guint quantity = wb_job_state_get_in_parcel (state, parcel, i);

      if (quantity == 0)
        continue;
      json_builder_begin_object (builder);
      add_number (builder, "line_id", wb_job_get_line (state->job, i)->id);
      add_number (builder, "quantity", quantity);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_parcel (JsonBuilder *builder, const WbJobState *state, guint number)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, number);
  gint64 low_g = 0;
  gint64 high_g = 0;
  gboolean known = wb_job_state_get_expected_weight (state, number, &low_g, &high_g);

  json_builder_begin_object (builder);
  add_number (builder, "parcel", number);
  add_words (builder, "box", parcel->box);
  add_number (builder, "weight_g", parcel->weight_g);
  add_number (builder, "expected_weight_g", known ? (low_g + high_g) / 2 : 0);
  add_items (builder, state, number);
  json_builder_end_object (builder);
}

char *
wb_job_parcels_to_json (const WbJobState *state)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 1; i <= state->parcels->len; i++)
    if (wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, i)) > 0)
      add_parcel (builder, state, i);
  json_builder_end_array (builder);
  return finish (builder);
}

/* Not weighed yet is what it should weigh; what nobody knows weighs next to nothing. */
char *
wb_job_weights_to_json (const WbJobState *state)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 1; i <= state->parcels->len; i++)
    {
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, i);
      gint64 low_g = 0;
      gint64 high_g = 0;

      if (wb_job_parcel_get_pieces (parcel) == 0)
        continue;
      wb_job_state_get_expected_weight (state, i, &low_g, &high_g);
      json_builder_begin_object (builder);
      add_number (builder, "weight_g", parcel->weight_g > 0 ? parcel->weight_g : MAX ((low_g + high_g) / 2, 1));
      add_words (builder, "box", parcel->box);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return finish (builder);
}

char *
wb_job_lines_to_json (const WbJobState *state, gboolean damaged)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLineState *line = wb_job_state_get_line (state, i);
      guint quantity = damaged ? line->damaged : line->missing;

      if (quantity == 0)
        continue;
      json_builder_begin_object (builder);
      add_number (builder, "line_id", wb_job_get_line (state->job, i)->id);
      add_number (builder, "quantity", quantity);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return finish (builder);
}
