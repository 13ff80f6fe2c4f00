/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-result-private.h"

#include <stdlib.h>
#include <string.h>

/* The server's numbers for the types that getters accept. */
enum
{
  OID_BOOL = 16,
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_INT2 = 21,
  OID_INT4 = 23,
  OID_OID = 26,
  OID_FLOAT4 = 700,
  OID_FLOAT8 = 701,
  OID_INT4_ARRAY = 1007,
  OID_INT8_ARRAY = 1016,
  OID_TIMESTAMPTZ = 1184,
  OID_NUMERIC = 1700,
};

struct _WbDbResult
{
  GPtrArray *parts;  /* PGresult: one with all rows, or one for each row */
  guint n_rows;
  GError *mishap;    /* the first */
};

static void
clear_result (gpointer data)
{
  WbDbResult *self = data;

  g_ptr_array_unref (self->parts);
  g_clear_error (&self->mishap);
}

static PGresult *
first_part (WbDbResult *self)
{
  return g_ptr_array_index (self->parts, 0);
}

static PGresult *
find_row (WbDbResult *self,
          guint *row)
{
  PGresult *part = NULL;

  if (self->parts->len == 1)
    return first_part (self);
  part = g_ptr_array_index (self->parts, *row);
  *row = 0;
  return part;
}

static const char *
get_column_name (WbDbResult *self,
                 int column)
{
  const char *name = PQfname (first_part (self), column);

  return name != NULL ? name : "?";
}

/* The row's number is told, the value never: it may be personal. */
static void G_GNUC_PRINTF (4, 5)
remember_mishap (WbDbResult *self,
                 guint row,
                 int column,
                 const char *format,
                 ...)
{
  g_autofree char *what = NULL;
  va_list args;

  if (self->mishap != NULL)
    return;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  self->mishap = _wb_db_error_new (WB_DB_ERROR_FAILED, "unexpected result: column “%s” of row %u %s",
                                   get_column_name (self, column), row, what);
}

/* The value as text, or NULL after remembering why not. Types end with 0; none: any type. */
static const char *
take_value (WbDbResult *self,
            guint row,
            int column,
            const Oid *types)
{
  guint part_row = row;
  PGresult *part = NULL;
  Oid type = 0;

  if (column < 0)  /* told by _wb_db_result_column() */
    return NULL;
  if (row >= self->n_rows || column >= PQnfields (first_part (self)))
    {
      remember_mishap (self, row, column, "does not exist");
      return NULL;
    }

  part = find_row (self, &part_row);
  type = PQftype (part, column);
  for (guint i = 0; types != NULL; i++)
    {
      if (types[i] == type)
        break;
      if (types[i] == 0)
        {
          remember_mishap (self, row, column, "has another type (%u)", type);
          return NULL;
        }
    }
  if (PQgetisnull (part, (int) part_row, column))
    {
      remember_mishap (self, row, column, "is null");
      return NULL;
    }
  return PQgetvalue (part, (int) part_row, column);
}

/* strtoll() with a locale and errno costs more than all the rest of reading a list. */
static gboolean
parse_int64 (const char *text,
             char **end,
             gint64 *value)
{
  gboolean negative = *text == '-';
  const char *p = text + (negative || *text == '+');
  guint64 most = (guint64) G_MAXINT64 + negative;
  guint64 n = 0;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      guint digit = (guint) (*p - '0');

      if (n > (most - digit) / 10)
        return FALSE;
      n = n * 10 + digit;
    }
  *end = (char *) p;
  *value = (gint64) (negative ? 0 - n : n);

  return TRUE;
}

static int
read_digits (const char **text,
             int n_min,
             int n_max)
{
  int value = 0;
  int n = 0;

  for (; n < n_max && g_ascii_isdigit (**text); n++, (*text)++)
    value = value * 10 + (**text - '0');
  return n >= n_min ? value : -1;
}

static gboolean
skip_char (const char **text,
           char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* ".123456" → microseconds; nothing → 0 */
static int
read_fraction (const char **text)
{
  int value = 0;
  int scale = 100000;

  if (!skip_char (text, '.'))
    return 0;
  for (; g_ascii_isdigit (**text); (*text)++, scale /= 10)
    value += (**text - '0') * scale;
  return value;
}

/* "+05:30" → seconds; sessions of ours are UTC, but one may have set something else */
static int
read_offset (const char **text)
{
  int sign = **text == '-' ? -1 : 1;
  int seconds = 0;

  if (**text != '+' && **text != '-')
    return 0;
  (*text)++;
  seconds = read_digits (text, 2, 2) * 3600;
  if (skip_char (text, ':'))
    seconds += read_digits (text, 2, 2) * 60;
  if (skip_char (text, ':'))
    seconds += read_digits (text, 2, 2);
  return sign * seconds;
}

/* "2026-11-23 03:16:20.123456+00"; NULL for infinity, years BC or after 9999 */
static GDateTime *
parse_timestamp (const char *text)
{
  g_autoptr(GDateTime) whole = NULL;
  int field[6] = { 0 };
  const char separators[] = "-- ::";
  int microseconds = 0;
  int offset = 0;

  for (guint i = 0; i < G_N_ELEMENTS (field); i++)
    {
      field[i] = read_digits (&text, i == 0 ? 4 : 2, i == 0 ? 6 : 2);
      if (field[i] < 0 || (i < 5 && !skip_char (&text, separators[i])))
        return NULL;
    }
  microseconds = read_fraction (&text);
  offset = read_offset (&text);
  if (*text != '\0' || field[0] > 9999)
    return NULL;
  whole = g_date_time_new_utc (field[0], field[1], field[2], field[3], field[4], field[5]);
  /* not as a double: it would lose the last microsecond */
  return whole != NULL ? g_date_time_add (whole, microseconds - offset * G_TIME_SPAN_SECOND) : NULL;
}

/* One element of "{a,"b \" c",NULL}" at *text; NULL when it is the null element. */
static char *
read_text_element (const char **text)
{
  GString *value = g_string_new (NULL);
  gboolean quoted = skip_char (text, '"');

  while (**text != '\0' && (quoted ? **text != '"' : **text != ',' && **text != '}'))
    {
      if (**text == '\\' && (*text)[1] != '\0')
        (*text)++;
      g_string_append_c (value, **text);
      (*text)++;
    }
  if (quoted)
    skip_char (text, '"');
  else if (g_ascii_strcasecmp (value->str, "NULL") == 0)
    {
      g_string_free (value, TRUE);
      return NULL;
    }
  return g_string_free (value, FALSE);
}

GPtrArray *
_wb_db_result_parts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) PQclear);
}

WbDbResult *
_wb_db_result_new (PGresult *result)
{
  WbDbResult *self = g_rc_box_new0 (WbDbResult);

  self->parts = _wb_db_result_parts_new ();
  self->n_rows = (guint) PQntuples (result);
  g_ptr_array_add (self->parts, result);
  return self;
}

WbDbResult *
_wb_db_result_new_rows (GPtrArray *parts)
{
  WbDbResult *self = g_rc_box_new0 (WbDbResult);

  g_assert (parts->len > 0);
  self->parts = parts;
  for (guint i = 0; i < parts->len; i++)
    self->n_rows += (guint) PQntuples (g_ptr_array_index (parts, i));
  return self;
}

WbDbResult *
_wb_db_result_ref (WbDbResult *self)
{
  return g_rc_box_acquire (self);
}

void
_wb_db_result_unref (WbDbResult *self)
{
  g_rc_box_release_full (self, clear_result);
}

guint
_wb_db_result_get_n_rows (WbDbResult *self)
{
  return self->n_rows;
}

int
_wb_db_result_column (WbDbResult *self,
                      const char *name)
{
  int column = _wb_db_result_find_column (self, name);

  if (column < 0 && self->mishap == NULL)
    self->mishap = _wb_db_error_new (WB_DB_ERROR_FAILED, "unexpected result: no column “%s”", name);
  return column;
}

int
_wb_db_result_find_column (WbDbResult *self,
                           const char *name)
{
  /* PQfnumber() folds case and wants quoting, names of ours are as they are */
  for (int i = 0; i < PQnfields (first_part (self)); i++)
    if (g_str_equal (PQfname (first_part (self), i), name))
      return i;
  return -1;
}

gboolean
_wb_db_result_is_null (WbDbResult *self,
                       guint row,
                       int column)
{
  PGresult *part = NULL;

  if (column < 0 || row >= self->n_rows)
    return TRUE;
  part = find_row (self, &row);
  return PQgetisnull (part, (int) row, column);
}

const char *
_wb_db_result_get_text (WbDbResult *self,
                        guint row,
                        int column)
{
  return take_value (self, row, column, NULL);
}

const char *
_wb_db_result_get_text_or_null (WbDbResult *self,
                                guint row,
                                int column)
{
  return _wb_db_result_is_null (self, row, column) ? NULL : take_value (self, row, column, NULL);
}

gsize
_wb_db_result_get_length (WbDbResult *self,
                          guint row,
                          int column)
{
  PGresult *part = NULL;

  if (_wb_db_result_is_null (self, row, column))
    return 0;
  part = find_row (self, &row);
  return (gsize) PQgetlength (part, (int) row, column);
}

gint64
_wb_db_result_get_int64 (WbDbResult *self,
                         guint row,
                         int column)
{
  /* sums of bigints are numeric: those that are whole numbers do as well */
  static const Oid types[] = { OID_INT8, OID_INT4, OID_INT2, OID_NUMERIC, OID_OID, 0 };
  const char *text = take_value (self, row, column, types);
  char *end = NULL;
  gint64 value = 0;

  if (text == NULL)
    return 0;
  if (!parse_int64 (text, &end, &value) || *end != '\0')
    {
      remember_mishap (self, row, column, "is not a whole number of 64 bits");
      return 0;
    }
  return value;
}

gint64
_wb_db_result_get_int64_or (WbDbResult *self,
                            guint row,
                            int column,
                            gint64 if_null)
{
  if (column >= 0 && _wb_db_result_is_null (self, row, column))
    return if_null;
  return _wb_db_result_get_int64 (self, row, column);
}

int
_wb_db_result_get_int (WbDbResult *self,
                       guint row,
                       int column)
{
  gint64 value = _wb_db_result_get_int64 (self, row, column);

  if (value < G_MININT || value > G_MAXINT)
    {
      remember_mishap (self, row, column, "is not a whole number of 32 bits");
      return 0;
    }
  return (int) value;
}

int
_wb_db_result_get_int_or (WbDbResult *self,
                          guint row,
                          int column,
                          int if_null)
{
  if (column >= 0 && _wb_db_result_is_null (self, row, column))
    return if_null;
  return _wb_db_result_get_int (self, row, column);
}

gboolean
_wb_db_result_get_bool (WbDbResult *self,
                        guint row,
                        int column)
{
  static const Oid types[] = { OID_BOOL, 0 };
  const char *text = take_value (self, row, column, types);

  return text != NULL && *text == 't';
}

gboolean
_wb_db_result_get_bool_or (WbDbResult *self,
                           guint row,
                           int column,
                           gboolean if_null)
{
  if (column >= 0 && _wb_db_result_is_null (self, row, column))
    return if_null;
  return _wb_db_result_get_bool (self, row, column);
}

const char *
_wb_db_result_get_numeric (WbDbResult *self,
                           guint row,
                           int column)
{
  static const Oid types[] = { OID_NUMERIC, OID_INT8, OID_INT4, OID_INT2, 0 };
  const char *text = take_value (self, row, column, types);

  if (text != NULL && strspn (text, "-0123456789.") != strlen (text))
    {
      remember_mishap (self, row, column, "is not a finite number");
      return NULL;
    }
  return text;
}

GDateTime *
_wb_db_result_get_timestamp (WbDbResult *self,
                             guint row,
                             int column)
{
  static const Oid types[] = { OID_TIMESTAMPTZ, 0 };
  const char *text = NULL;
  GDateTime *value = NULL;

  if (_wb_db_result_is_null (self, row, column))
    return NULL;
  text = take_value (self, row, column, types);
  if (text == NULL)
    return NULL;
  value = parse_timestamp (text);
  if (value == NULL)
    remember_mishap (self, row, column, "is not a time between the years 1 and 9999");
  return value;
}

GArray *
_wb_db_result_get_int64_array (WbDbResult *self,
                               guint row,
                               int column)
{
  static const Oid types[] = { OID_INT8_ARRAY, OID_INT4_ARRAY, 0 };
  g_autoptr(GArray) values = NULL;
  const char *text = NULL;

  if (_wb_db_result_is_null (self, row, column))
    return NULL;
  text = take_value (self, row, column, types);
  if (text == NULL)
    return NULL;

  values = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (g_str_equal (text, "{}"))
    return g_steal_pointer (&values);
  do
    {
      char *end = NULL;
      gint64 value = 0;

      text++;
      if (!parse_int64 (text, &end, &value) || (*end != ',' && *end != '}'))
        {
          remember_mishap (self, row, column, "is not a list of whole numbers");
          return NULL;
        }
      g_array_append_val (values, value);
      text = end;
    }
  while (*text == ',');
  return g_steal_pointer (&values);
}

char **
_wb_db_result_get_text_array (WbDbResult *self,
                              guint row,
                              int column)
{
  g_autoptr(GPtrArray) values = NULL;
  const char *text = NULL;

  if (_wb_db_result_is_null (self, row, column))
    return NULL;
  text = take_value (self, row, column, NULL);
  if (text == NULL)
    return NULL;
  if (*text != '{' || text[1] == '{')
    {
      remember_mishap (self, row, column, "is not a list of texts");
      return NULL;
    }

  values = g_ptr_array_new_with_free_func (g_free);
  while (!g_str_equal (text, "{}") && (*text == '{' || *text == ','))
    {
      char *value = NULL;

      text++;
      value = read_text_element (&text);
      if (value == NULL)
        {
          remember_mishap (self, row, column, "has a null element");
          return NULL;
        }
      g_ptr_array_add (values, value);
    }
  g_ptr_array_add (values, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&values), FALSE);
}

GBytes *
_wb_db_result_get_bytea (WbDbResult *self,
                         guint row,
                         int column)
{
  static const Oid types[] = { OID_BYTEA, 0 };
  const char *text = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize n = 0;

  if (_wb_db_result_is_null (self, row, column))
    return NULL;
  text = take_value (self, row, column, types);
  if (text == NULL)
    return NULL;
  if (!g_str_has_prefix (text, "\\x"))
    {
      remember_mishap (self, row, column, "is not in hex format");
      return NULL;
    }
  text += 2;
  n = strlen (text) / 2;
  bytes = g_malloc (n + 1);
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));
  return g_bytes_new_take (g_steal_pointer (&bytes), n);
}

gboolean
_wb_db_result_check (WbDbResult *self,
                     GError **error)
{
  if (self->mishap == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->mishap);
  return FALSE;
}
