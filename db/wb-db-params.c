/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-params-private.h"

#include <string.h>

/* The server's numbers for the types we declare (stable, src/include/catalog/pg_type.dat). */
enum
{
  OID_UNKNOWN = 0,
  OID_BOOL = 16,
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_TEXT = 25,
  OID_TEXT_ARRAY = 1009,
  OID_INT8_ARRAY = 1016,
  OID_TIMESTAMPTZ = 1184,
  OID_UUID = 2950,
  OID_JSONB = 3802,
};

struct _WbDbParams
{
  GArray *types;      /* Oid */
  GArray *formats;    /* int: 0 text, 1 binary */
  GPtrArray *values;  /* GBytes, NULL for null; text ones end in a NUL that is not counted */
};

static void
unref_bytes_or_null (gpointer bytes)
{
  if (bytes != NULL)
    g_bytes_unref (bytes);
}

static void
clear_params (gpointer data)
{
  WbDbParams *self = data;

  g_array_unref (self->types);
  g_array_unref (self->formats);
  g_ptr_array_unref (self->values);
}

static guint
add_value (WbDbParams *self,
           Oid type,
           int format,
           GBytes *value)
{
  g_return_val_if_fail (self != NULL, 0);

  g_array_append_val (self->types, type);
  g_array_append_val (self->formats, format);
  g_ptr_array_add (self->values, value);
  return self->values->len;
}

static guint
add_string (WbDbParams *self,
            Oid type,
            const char *value)
{
  if (value == NULL)
    return _wb_db_params_add_null (self);
  return add_value (self, type, 0, g_bytes_new (value, strlen (value) + 1));
}

static void
append_int32 (GByteArray *bytes,
              gint32 value)
{
  gint32 big_endian = GINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big_endian, sizeof big_endian);
}

/* The head of a binary array of one dimension; the elements follow, each a length and its bytes. */
static GByteArray *
new_array (Oid element_type,
           gsize n,
           gboolean has_nulls)
{
  GByteArray *bytes = g_byte_array_sized_new ((guint) (20 + n * 12));

  append_int32 (bytes, n > 0 ? 1 : 0);
  append_int32 (bytes, has_nulls ? 1 : 0);
  append_int32 (bytes, (gint32) element_type);
  if (n > 0)
    {
      append_int32 (bytes, (gint32) n);
      append_int32 (bytes, 1);
    }
  return bytes;
}

WbDbParams *
_wb_db_params_new (void)
{
  WbDbParams *self = g_rc_box_new0 (WbDbParams);

  self->types = g_array_new (FALSE, FALSE, sizeof (Oid));
  self->formats = g_array_new (FALSE, FALSE, sizeof (int));
  self->values = g_ptr_array_new_with_free_func (unref_bytes_or_null);
  return self;
}

WbDbParams *
_wb_db_params_ref (WbDbParams *self)
{
  return g_rc_box_acquire (self);
}

void
_wb_db_params_unref (WbDbParams *self)
{
  g_rc_box_release_full (self, clear_params);
}

guint
_wb_db_params_get_n (WbDbParams *self)
{
  return self != NULL ? self->values->len : 0;
}

guint
_wb_db_params_add_null (WbDbParams *self)
{
  return add_value (self, OID_UNKNOWN, 0, NULL);
}

guint
_wb_db_params_add_text (WbDbParams *self,
                        const char *value)
{
  return add_string (self, OID_UNKNOWN, value);
}

guint
_wb_db_params_add_text_len (WbDbParams *self,
                            const char *value,
                            gsize length)
{
  g_autofree char *copy = g_strndup (value, length);

  return add_string (self, OID_UNKNOWN, copy);
}

guint
_wb_db_params_add_int64 (WbDbParams *self,
                         gint64 value)
{
  gint64 big_endian = GINT64_TO_BE (value);

  return add_value (self, OID_INT8, 1, g_bytes_new (&big_endian, sizeof big_endian));
}

guint
_wb_db_params_add_bool (WbDbParams *self,
                        gboolean value)
{
  return add_string (self, OID_BOOL, value ? "t" : "f");
}

guint
_wb_db_params_add_uuid (WbDbParams *self,
                        const char *value)
{
  return add_string (self, OID_UUID, value);
}

guint
_wb_db_params_add_timestamp (WbDbParams *self,
                             GDateTime *value)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autofree char *text = NULL;

  if (value == NULL)
    return _wb_db_params_add_null (self);
  utc = g_date_time_to_utc (value);
  text = g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%06d+00",
                          g_date_time_get_year (utc), g_date_time_get_month (utc),
                          g_date_time_get_day_of_month (utc), g_date_time_get_hour (utc),
                          g_date_time_get_minute (utc), g_date_time_get_second (utc),
                          g_date_time_get_microsecond (utc));
  return add_string (self, OID_TIMESTAMPTZ, text);
}

guint
_wb_db_params_add_jsonb (WbDbParams *self,
                         const char *value)
{
  return add_string (self, OID_JSONB, value);
}

guint
_wb_db_params_add_bytea (WbDbParams *self,
                         GBytes *value)
{
  if (value == NULL)
    return _wb_db_params_add_null (self);
  return add_value (self, OID_BYTEA, 1, g_bytes_ref (value));
}

guint
_wb_db_params_add_int64_array (WbDbParams *self,
                               const gint64 *values,
                               gsize n)
{
  GByteArray *bytes = NULL;

  if (values == NULL && n > 0)
    return _wb_db_params_add_null (self);
  bytes = new_array (OID_INT8, n, FALSE);
  for (gsize i = 0; i < n; i++)
    {
      gint64 big_endian = GINT64_TO_BE (values[i]);

      append_int32 (bytes, sizeof big_endian);
      g_byte_array_append (bytes, (const guint8 *) &big_endian, sizeof big_endian);
    }
  return add_value (self, OID_INT8_ARRAY, 1, g_byte_array_free_to_bytes (bytes));
}

guint
_wb_db_params_add_text_array (WbDbParams *self,
                              const char *const *values,
                              gssize n)
{
  GByteArray *bytes = NULL;
  gboolean has_nulls = FALSE;

  if (values == NULL)
    return _wb_db_params_add_null (self);
  if (n < 0)
    n = (gssize) g_strv_length ((char **) values);
  for (gssize i = 0; i < n; i++)
    has_nulls |= values[i] == NULL;

  bytes = new_array (OID_TEXT, (gsize) n, has_nulls);
  for (gssize i = 0; i < n; i++)
    {
      gsize length = values[i] != NULL ? strlen (values[i]) : 0;

      append_int32 (bytes, values[i] != NULL ? (gint32) length : -1);
      if (length > 0)
        g_byte_array_append (bytes, (const guint8 *) values[i], (guint) length);
    }
  return add_value (self, OID_TEXT_ARRAY, 1, g_byte_array_free_to_bytes (bytes));
}

gboolean
_wb_db_params_send (WbDbParams *self,
                    PGconn *connection,
                    const char *sql)
{
  guint n = _wb_db_params_get_n (self);
  g_autofree const char **values = g_new0 (const char *, n + 1);
  g_autofree int *lengths = g_new0 (int, n + 1);

  for (guint i = 0; i < n; i++)
    {
      GBytes *bytes = g_ptr_array_index (self->values, i);
      gsize length = 0;

      if (bytes == NULL)
        continue;
      values[i] = g_bytes_get_data (bytes, &length);
      if (values[i] == NULL)  /* empty bytes: not null */
        values[i] = "";
      lengths[i] = (int) length;
    }
  return PQsendQueryParams (connection, sql, (int) n,
                            n > 0 ? (const Oid *) (gpointer) self->types->data : NULL, values, lengths,
                            n > 0 ? (const int *) (gpointer) self->formats->data : NULL, 0) == 1;
}
