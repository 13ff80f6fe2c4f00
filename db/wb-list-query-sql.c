/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statements of a list query, and what comes back. Columns of every answer: id, key parts but the id, cells. */
#include "config.h"

#include "core/wb-filter-node.h"
#include "db/wb-filter-sql-private.h"
#include "db/wb-list-query-private.h"

#include <string.h>

/* ---- Writing ------------------------------------------------------------------------------ */

/* A time as microseconds; infinities as the ends of the range. */
static void
append_micros (GString *sql,
               const char *expression,
               gboolean or_null)
{
  g_string_append_printf (sql, "case when isfinite(%s) then (extract(epoch from %s) * 1000000)::bigint ", expression,
                          expression);
  if (!or_null)
    g_string_append_printf (sql,
                            "when %s > 'epoch' then '9223372036854775807'::bigint "
                            "else '-9223372036854775808'::bigint ",
                            expression);
  g_string_append (sql, "end");
}

/* A part of the key as an integer or a text. */
static void
append_key_value (GString *sql,
                  const char *expression,
                  WbKeyType type)
{
  switch (type)
    {
    case WB_KEY_TIME:
      append_micros (sql, expression, FALSE);
      break;
    case WB_KEY_DATE:
      g_string_append_printf (sql, "(%s - date '1970-01-01')", expression);
      break;
    case WB_KEY_PRICE:
      g_string_append_printf (sql, "(least(greatest(%s, -9e12), 9e12) * 1000000)::bigint", expression);
      break;
    case WB_KEY_BOOL:
      g_string_append_printf (sql, "(%s)::int", expression);
      break;
    case WB_KEY_INT:
    case WB_KEY_TEXT:
    default:
      g_string_append (sql, expression);
      break;
    }
}

/* A cell. Money and prices are two columns: the amount and the currency. */
static void
append_cell (GString *sql,
             const WbField *field,
             const WbFilterMapField *place)
{
  const char *value = place->show != NULL ? place->show : place->value;

  if (field->type == WB_FIELD_TIME)
    append_micros (sql, value, TRUE);
  else if (field->type == WB_FIELD_DATE)
    g_string_append_printf (sql, "(%s - date '1970-01-01')", value);
  else if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (sql, "array_to_string(%s, E'\\x1f')", value);
  else if (field->type == WB_FIELD_PRICE)
    append_key_value (sql, value, WB_KEY_PRICE);
  else if (field->type == WB_FIELD_BOOL)
    append_key_value (sql, value, WB_KEY_BOOL);
  else
    g_string_append (sql, value);
  if (place->currency != NULL)
    g_string_append_printf (sql, ", %s", place->currency);
}

static void
append_columns (WbListQuery *self,
                GString *sql)
{
  g_string_append (sql, self->map->id);
  for (guint i = 0; i + 1 < self->n_parts; i++)
    {
      g_string_append (sql, ", ");
      append_key_value (sql, self->parts[i].expression, self->parts[i].type);
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_string_append (sql, ", ");
      append_cell (sql, self->columns[i], self->places[i]);
    }
}

static void
append_order (WbListQuery *self,
              GString *sql)
{
  g_string_append (sql, " order by ");
  for (guint i = 0; i < self->n_parts; i++)
    g_string_append_printf (sql, "%s%s%s", i > 0 ? ", " : "", self->parts[i].expression,
                            self->parts[i].descending ? " desc" : "");
}

static void
append_where (WbListQuery *self,
              WbDbParams *params,
              GString *sql)
{
  g_string_append (sql, " where ");
  _wb_filter_sql_append (self->filter, &self->context, WB_FILTER_SQL_FREE, params, sql);
}

/* $n with its type, for a part of a key. */
static void
append_key_param (WbDbParams *params,
                  const WbKeyPart *part,
                  const WbKeyValue *value,
                  GString *sql)
{
  switch (part->type)
    {
    case WB_KEY_TEXT:
      g_string_append_printf (sql, "$%u::text", _wb_db_params_add_text (params, value->text));
      break;
    case WB_KEY_TIME:
      if (value->number == G_MAXINT64 || value->number == G_MININT64)
        g_string_append (sql, value->number > 0 ? "'infinity'::timestamptz" : "'-infinity'::timestamptz");
      else
        {
          gint64 seconds = value->number / G_USEC_PER_SEC - (value->number % G_USEC_PER_SEC < 0);
          g_autoptr(GDateTime) whole = g_date_time_new_from_unix_utc (seconds);
          g_autoptr(GDateTime) moment = g_date_time_add (whole, value->number - seconds * G_USEC_PER_SEC);

          g_string_append_printf (sql, "$%u", _wb_db_params_add_timestamp (params, moment));
        }
      break;
    case WB_KEY_DATE:
      g_string_append_printf (sql, "date '1970-01-01' + $%u::int", _wb_db_params_add_int64 (params, value->number));
      break;
    case WB_KEY_PRICE:
      g_string_append_printf (sql, "$%u / 1000000::numeric", _wb_db_params_add_int64 (params, value->number));
      break;
    case WB_KEY_BOOL:
      g_string_append (sql, value->number != 0 ? "true" : "false");
      break;
    case WB_KEY_INT:
    default:
      g_string_append_printf (sql, "$%u", _wb_db_params_add_int64 (params, value->number));
      break;
    }
}

static gboolean
is_uniform (WbListQuery *self)
{
  for (guint i = 1; i < self->n_parts; i++)
    if (self->parts[i].descending != self->parts[0].descending)
      return FALSE;

  return TRUE;
}

/* (a, b, id) >= ($1, $2, $3): what an index takes as one condition. */
static void
append_row_bound (WbListQuery *self,
                  const WbKeyValue *values,
                  gboolean from,
                  WbDbParams *params,
                  GString *sql)
{
  gboolean descending = self->parts[0].descending;

  g_string_append (sql, " and (");
  for (guint i = 0; i < self->n_parts; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", self->parts[i].expression);
  g_string_append_printf (sql, ") %s (", from ? (descending ? "<=" : ">=") : (descending ? ">" : "<"));
  for (guint i = 0; i < self->n_parts; i++)
    {
      g_string_append (sql, i > 0 ? ", " : "");
      append_key_param (params, &self->parts[i], &values[i], sql);
    }
  g_string_append_c (sql, ')');
}

/*
 * The same for directions that differ: a > $1 or a = $2 and (b < $3 or b = $4 and id <= $5), and in front of it
 * a >= $6 for the index.
 */
static void
append_mixed_bound (WbListQuery *self,
                    const WbKeyValue *values,
                    gboolean from,
                    WbDbParams *params,
                    GString *sql)
{
  const WbKeyPart *first = &self->parts[0];

  g_string_append_printf (sql, " and %s %s ", first->expression, from != first->descending ? ">=" : "<=");
  append_key_param (params, first, &values[0], sql);
  g_string_append (sql, " and (");
  for (guint i = 0; i < self->n_parts; i++)
    {
      const WbKeyPart *part = &self->parts[i];
      gboolean last = i + 1 == self->n_parts;

      g_string_append_printf (sql, "%s %s%s ", part->expression, from != part->descending ? ">" : "<",
                              last && from ? "=" : "");
      append_key_param (params, part, &values[i], sql);
      if (last)
        break;
      g_string_append_printf (sql, " or (%s = ", part->expression);
      append_key_param (params, part, &values[i], sql);
      g_string_append (sql, " and (");
    }
  for (guint i = 1; i < self->n_parts; i++)
    g_string_append (sql, "))");
  g_string_append_c (sql, ')');
}

static void
append_bound (WbListQuery *self,
              GBytes *key,
              gboolean from,
              WbDbParams *params,
              GString *sql)
{
  WbKeyValue values[WB_KEY_MAX_PARTS];

  if (!_wb_key_decode (self->parts, self->n_parts, key, values))
    {
      g_critical ("a key of another query");
      g_string_append (sql, " and false");
    }
  else if (is_uniform (self))
    append_row_bound (self, values, from, params, sql);
  else
    append_mixed_bound (self, values, from, params, sql);
  _wb_key_values_clear (values, self->n_parts);
}

static void
append_bounds (WbListQuery *self,
               GBytes *from,
               GBytes *to,
               WbDbParams *params,
               GString *sql)
{
  if (from != NULL)
    append_bound (self, from, TRUE, params, sql);
  if (to != NULL)
    append_bound (self, to, FALSE, params, sql);
}

/* Rows from a key (NULL: the first) up to another (NULL: the last), at most so many (0: all). */
void
_wb_list_query_build_rows (WbListQuery *self,
                           GBytes *from,
                           GBytes *to,
                           guint limit,
                           WbDbParams *params,
                           GString *sql)
{
  g_string_append (sql, "select ");
  append_columns (self, sql);
  g_string_append_printf (sql, " from %s", self->map->from);
  append_where (self, params, sql);
  append_bounds (self, from, to, params, sql);
  append_order (self, sql);
  if (limit > 0)
    g_string_append_printf (sql, " limit %u", limit);
}

/* The same rows, found first, whatever their order, then sorted: all that pass are read. */
void
_wb_list_query_build_filter_first (WbListQuery *self,
                                   GBytes *from,
                                   GBytes *to,
                                   guint limit,
                                   WbDbParams *params,
                                   GString *sql)
{
  g_string_append (sql, "with f as materialized (select ");
  for (guint i = 0; i < self->n_parts; i++)
    g_string_append_printf (sql, "%s%s as k%u", i > 0 ? ", " : "", self->parts[i].expression, i);
  g_string_append_printf (sql, " from %s", self->map->from);
  append_where (self, params, sql);
  append_bounds (self, from, to, params, sql);
  g_string_append (sql, ") select ");
  append_columns (self, sql);
  g_string_append_printf (sql, " from %s where %s in (select k%u from f order by ", self->map->from, self->map->id,
                          self->n_parts - 1);
  for (guint i = 0; i < self->n_parts; i++)
    g_string_append_printf (sql, "%sk%u%s", i > 0 ? ", " : "", i, self->parts[i].descending ? " desc" : "");
  g_string_append_printf (sql, " limit %u)", limit);
  append_order (self, sql);
}

/*
 * The same rows by a walk along the index of the order, each looked at until enough have passed. The limit inside, larger than
 * any list, keeps the server from looking for those that pass in another way; the order is that of the walk. "case" keeps it
 * from guessing how few pass: it would read and sort the whole table, where this way is taken because such a guess was wrong.
 */
void
_wb_list_query_build_walk (WbListQuery *self,
                           GBytes *from,
                           GBytes *to,
                           guint limit,
                           WbDbParams *params,
                           GString *sql)
{
  g_string_append (sql, "select ");
  append_columns (self, sql);
  g_string_append_printf (sql, " from (select t.* from %s where true", self->map->from);
  append_bounds (self, from, to, params, sql);
  append_order (self, sql);
  g_string_append (sql, " limit 9223372036854775807) t where case when ");
  _wb_filter_sql_append (self->filter, &self->context, WB_FILTER_SQL_ROW_BY_ROW, params, sql);
  g_string_append_printf (sql, " then true end limit %u", limit);
}

/* Rows at a position: ids by the index alone first, so that the walk reads no rows. */
void
_wb_list_query_build_offset (WbListQuery *self,
                             guint64 offset,
                             guint n,
                             WbDbParams *params,
                             GString *sql)
{
  g_string_append (sql, "select ");
  append_columns (self, sql);
  g_string_append_printf (sql, " from %s where %s in (select %s from %s", self->map->from, self->map->id, self->map->id,
                          self->map->from);
  append_where (self, params, sql);
  append_order (self, sql);
  g_string_append_printf (sql, " limit %u offset %" G_GUINT64_FORMAT ")", n, offset);
  append_order (self, sql);
}

void
_wb_list_query_build_locate (WbListQuery *self,
                             const gint64 *ids,
                             guint n_ids,
                             WbDbParams *params,
                             GString *sql)
{
  g_string_append (sql, "select ");
  append_columns (self, sql);
  g_string_append_printf (sql, " from %s", self->map->from);
  append_where (self, params, sql);
  g_string_append_printf (sql, " and %s = any ($%u)", self->map->id, _wb_db_params_add_int64_array (params, ids, n_ids));
  append_order (self, sql);
}

/*
 * The key of each 256th row, and the number of the last row with its key. The innermost select gives the raw
 * expressions, so that an index alone can answer; they are turned into integers for the few rows that leave.
 */
void
_wb_list_query_build_anchors (WbListQuery *self,
                              WbDbParams *params,
                              GString *sql)
{
  g_string_append (sql, "select id");
  for (guint i = 0; i + 1 < self->n_parts; i++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", i);

      g_string_append (sql, ", ");
      append_key_value (sql, name, self->parts[i].type);
    }
  g_string_append (sql, ", rn, last from (select s.*, row_number() over w as rn, lead(id) over w is null as last from (select ");
  for (guint i = 0; i + 1 < self->n_parts; i++)
    g_string_append_printf (sql, "%s as k%u, ", self->parts[i].expression, i);
  g_string_append_printf (sql, "%s as id from %s", self->map->id, self->map->from);
  append_where (self, params, sql);
  g_string_append (sql, ") s window w as (order by ");
  for (guint i = 0; i < self->n_parts; i++)
    if (i + 1 < self->n_parts)
      g_string_append_printf (sql, "k%u%s, ", i, self->parts[i].descending ? " desc" : "");
    else
      g_string_append_printf (sql, "id%s", self->parts[i].descending ? " desc" : "");
  g_string_append_printf (sql, ")) a where (rn - 1) %% %d = 0 or last order by rn", WB_LIST_STEP);
}

/* What a column of money comes to by currency, over rows that lie in any of the ranges. */
void
_wb_list_query_build_sums (WbListQuery *self,
                           guint column,
                           const WbListRange *ranges,
                           guint n_ranges,
                           WbDbParams *params,
                           GString *sql)
{
  const WbFilterMapField *place = _wb_filter_map_find (self->map, self->columns[column]);

  g_string_append_printf (sql, "select %s, sum(%s)::bigint from %s", place->currency,
                          place->show != NULL ? place->show : place->value, self->map->from);
  append_where (self, params, sql);
  g_string_append (sql, " and (");
  for (guint i = 0; i < n_ranges; i++)
    {
      g_string_append (sql, i > 0 ? " or (true" : "(true");
      if (ranges[i].from != NULL)
        append_bound (self, ranges[i].from, TRUE, params, sql);
      if (ranges[i].to != NULL)
        append_bound (self, ranges[i].to, FALSE, params, sql);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, n_ranges > 0 ? ") group by 1 order by 1" : "false) group by 1 order by 1");
}

/* ---- Reading ------------------------------------------------------------------------------ */

/* The key of a row whose id stands in column 0 and whose other parts begin at @column. */
GBytes *
_wb_list_query_read_key (WbListQuery *self,
                         WbDbResult *result,
                         guint row,
                         int column)
{
  WbKeyValue values[WB_KEY_MAX_PARTS] = { 0 };

  for (guint i = 0; i < self->n_parts; i++)
    if (i + 1 == self->n_parts)
      values[i].number = _wb_db_result_get_int64 (result, row, 0);
    else if (self->parts[i].type == WB_KEY_TEXT)
      values[i].text = (char *) _wb_db_result_get_text (result, row, column + (int) i);
    else
      values[i].number = _wb_db_result_get_int64 (result, row, column + (int) i);

  return _wb_key_encode (self->parts, self->n_parts, values);
}

static void
read_cell (WbDbResult *result,
           guint row,
           int *column,
           const WbField *field,
           gboolean has_currency,
           WbRowValue *value)
{
  int at = (*column)++;
  int currency = has_currency ? (*column)++ : -1;

  value->type = WB_ROW_NULL;
  if (_wb_db_result_is_null (result, row, at))
    return;
  switch (field->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
      value->type = WB_ROW_MONEY;
      value->number = _wb_db_result_get_int64 (result, row, at);
      g_strlcpy (value->currency, _wb_db_result_get_text (result, row, currency), sizeof value->currency);
      break;
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
    case WB_FIELD_BOOL:
      value->type = WB_ROW_INT;
      value->number = _wb_db_result_get_int64 (result, row, at);
      break;
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_ENUM:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      value->text = _wb_db_result_get_text (result, row, at);
      if (value->text != NULL && *value->text != '\0')
        value->type = WB_ROW_TEXT;
      break;
    }
}

WbRow *
_wb_list_query_read_row (WbListQuery *self,
                         WbDbResult *result,
                         guint row)
{
  g_autoptr(GBytes) key = _wb_list_query_read_key (self, result, row, 1);
  g_autofree WbRowValue *values = g_new0 (WbRowValue, MAX (self->n_columns, 1));
  int column = (int) self->n_parts;

  for (guint i = 0; i < self->n_columns; i++)
    read_cell (result, row, &column, self->columns[i], self->places[i]->currency != NULL, &values[i]);

  return wb_row_new (_wb_db_result_get_int64 (result, row, 0), key, values, self->n_columns);
}
