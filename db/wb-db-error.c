/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char sqlstate[6];
  char *detail;
  char *constraint;
  char *original;
  const char *hint;  /* not translated yet */
} WbDbErrorPrivate;

typedef struct
{
  const char *sqlstate;   /* five characters, or two for a whole class */
  WbDbError code;
  const char *message;    /* NULL: the server's own words are meant for people */
} StateMeaning;

typedef struct
{
  const char *constraint;
  const char *message;
} ConstraintMeaning;

/* The first match counts: states before their class. */
static const StateMeaning state_meanings[] = {
  { "WB001", WB_DB_ERROR_NOT_FOUND, NULL },
  { "WB002", WB_DB_ERROR_CONFLICT, NULL },
  { "WB003", WB_DB_ERROR_DENIED, NULL },
  { "WB004", WB_DB_ERROR_REFUSED, NULL },
  { "WB005", WB_DB_ERROR_CONFLICT, NULL },
  { "25006", WB_DB_ERROR_READ_ONLY, "the database is read-only at the moment" },
  { "28P01", WB_DB_ERROR_AUTH, "the password was not accepted" },
  { "28", WB_DB_ERROR_AUTH, "the server does not let this user in" },
  { "3D000", WB_DB_ERROR_AUTH, "there is no such database on the server" },
  { "40P01", WB_DB_ERROR_CONFLICT, "two changes waited for each other and this one was undone" },
  { "40", WB_DB_ERROR_CONFLICT, "somebody else changed the same thing at the same moment" },
  { "42501", WB_DB_ERROR_DENIED, "this user may not do that" },
  { "55P03", WB_DB_ERROR_CONFLICT, "somebody else is working on it just now" },
  { "53100", WB_DB_ERROR_DISK, "the disk of the database server is full" },
  { "53300", WB_DB_ERROR_OFFLINE, "the server takes no more connections at the moment" },
  { "57014", WB_DB_ERROR_TIMEOUT, "it took longer than allowed and was stopped" },
  { "57P03", WB_DB_ERROR_OFFLINE, "the server is starting up or shutting down" },
  { "57P", WB_DB_ERROR_OFFLINE, "the server ended the connection" },
  { "08P01", WB_DB_ERROR_FAILED, NULL },  /* such as a wrong number of parameters */
  { "08", WB_DB_ERROR_OFFLINE, "the connection to the server was lost" },
  { "23502", WB_DB_ERROR_REFUSED, "a value that is needed is missing" },
  { "23503", WB_DB_ERROR_REFUSED, "something else refers to it, or it refers to something that does not exist" },
  { "23505", WB_DB_ERROR_REFUSED, "the same exists already" },
  { "23", WB_DB_ERROR_REFUSED, "a value breaks a rule of the database" },
  { "22P02", WB_DB_ERROR_REFUSED, NULL },
  { "22", WB_DB_ERROR_REFUSED, NULL },
};

/*
 * Constraints whose bare name or generic message would leave a person wondering. A constraint's name is part
 * of the schema's interface; add a line here when a form can run into it.
 */
static const ConstraintMeaning constraint_meanings[] = {
  { "bin_code_key", "there is a bin with this code already" },
  { "box_barcode_key", "another box has this barcode already" },
  { "customer_number_key", "another customer has this number already" },
  { "order_line_not_overreserved", "more would be reserved than is still to be shipped" },
  { "order_line_not_overreturned", "more would be returned than was shipped" },
  { "order_line_not_overshipped", "more would be shipped than was ordered" },
  { "parcel_sscc_key", "another parcel has this number already" },
  { "parcel_tracking_key", "another parcel has this tracking number already" },
  { "product_code_key", "another product has this code already" },
  { "sales_order_external_key", "this order of the channel is there already" },
  { "sales_order_number_key", "another order has this number already" },
  { "sales_order_refund_within_captured", "more would be refunded than was paid" },
  { "serial_number_code_key", "this serial number is there already" },
  { "sku_code_key", "another article has this code already" },
  { "staff_badge_code_key", "somebody else has this badge" },
  { "staff_login_key", "somebody has this login already" },
  { "station_code_key", "there is a station with this code already" },
  { "stock_level_not_negative", "there is not that much in this place" },
  { "stock_total_not_negative", "there is not that much in stock" },
  { "stock_total_not_oversold", "more would be reserved than is in stock" },
};

static void
wb_db_error_private_init (WbDbErrorPrivate *priv)
{
}

static void
wb_db_error_private_copy (const WbDbErrorPrivate *source,
                          WbDbErrorPrivate *target)
{
  memcpy (target->sqlstate, source->sqlstate, sizeof target->sqlstate);
  target->detail = g_strdup (source->detail);
  target->constraint = g_strdup (source->constraint);
  target->original = g_strdup (source->original);
  target->hint = source->hint;
}

static void
wb_db_error_private_clear (WbDbErrorPrivate *priv)
{
  g_clear_pointer (&priv->detail, g_free);
  g_clear_pointer (&priv->constraint, g_free);
  g_clear_pointer (&priv->original, g_free);
}

G_DEFINE_EXTENDED_ERROR (WbDbError, wb_db_error)

/* "a text.\n  more" → "a text": first line, no full stop. */
static char *
first_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
  gsize length = 0;

  g_strstrip (line);
  length = strlen (line);
  if (length > 0 && line[length - 1] == '.')
    line[length - 1] = '\0';
  return g_steal_pointer (&line);
}

static const char *
find_constraint_message (const char *constraint)
{
  if (constraint == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (constraint_meanings); i++)
    if (g_str_equal (constraint_meanings[i].constraint, constraint))
      return constraint_meanings[i].message;
  return NULL;
}

/* libpq's verbose texts end in lines that only developers of the server want. */
static char *
strip_location (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || g_str_has_prefix (lines[i], "LOCATION:"))
        continue;
      if (kept->len > 0)
        g_string_append_c (kept, '\n');
      g_string_append (kept, lines[i]);
    }
  return g_string_free (kept, FALSE);
}

/* Its code, and a message for people, or NULL: then the server's own message is best. */
static WbDbError
code_of_sqlstate (const char *sqlstate,
                  const char **message)
{
  for (guint i = 0; sqlstate != NULL && i < G_N_ELEMENTS (state_meanings); i++)
    if (g_str_has_prefix (sqlstate, state_meanings[i].sqlstate))
      {
        *message = state_meanings[i].message;
        return state_meanings[i].code;
      }
  *message = NULL;
  return WB_DB_ERROR_FAILED;
}

GError *
_wb_db_error_new (WbDbError code,
                  const char *format,
                  ...)
{
  GError *error = NULL;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (WB_DB_ERROR, (int) code, format, args);
  va_end (args);
  return error;
}

char *
_wb_db_error_words (const char *sqlstate,
                    const char *constraint,
                    const char *primary,
                    WbDbError *code)
{
  const char *message = NULL;

  *code = code_of_sqlstate (sqlstate, &message);
  if (find_constraint_message (constraint) != NULL)
    message = find_constraint_message (constraint);
  return message != NULL ? g_strdup (message) : first_line (primary != NULL ? primary : "unknown error");
}

GError *
_wb_db_error_from_result (const PGresult *result,
                          gboolean cancelled)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *primary = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  const char *constraint = PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);
  WbDbErrorPrivate *priv = NULL;
  WbDbError code = WB_DB_ERROR_FAILED;
  GError *error = NULL;

  if (cancelled && g_strcmp0 (sqlstate, "57014") == 0)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  if (sqlstate == NULL)
    {
      /* made by libpq itself: the connection broke */
      g_autofree char *line = first_line (PQresultErrorMessage (result));
      error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "the connection to the server was lost: %s", line);
    }
  else
    {
      g_autofree char *words = _wb_db_error_words (sqlstate, constraint, primary, &code);
      error = g_error_new_literal (WB_DB_ERROR, (int) code, words);
    }

  priv = wb_db_error_get_private (error);
  g_strlcpy (priv->sqlstate, sqlstate != NULL ? sqlstate : "", sizeof priv->sqlstate);
  priv->detail = g_strdup (PQresultErrorField (result, PG_DIAG_MESSAGE_DETAIL));
  priv->constraint = g_strdup (constraint);
  priv->original = g_strchomp (g_strdup (PQresultErrorMessage (result)));
  return error;
}

/* The SQLSTATE in libpq's verbose text ("FATAL:  28P01: …") into @sqlstate (6 bytes). */
static gboolean
find_sqlstate (const char *text,
               char *sqlstate)
{
  /* severity is translated by the server, so look for ":  28P01: " */
  for (const char *p = strstr (text, ":  "); p != NULL; p = strstr (p + 1, ":  "))
    {
      const char *code = p + 3;
      guint n = 0;

      while (n < 5 && (g_ascii_isdigit (code[n]) || g_ascii_isupper (code[n])))
        n++;
      if (n == 5 && code[5] == ':')
        {
          memcpy (sqlstate, code, 5);
          sqlstate[5] = '\0';
          return TRUE;
        }
    }
  return FALSE;
}

/* What comes behind libpq's 'connection to server at "…" (…), port … failed: ', in whatever language that is. */
static const char *
skip_place (const char *line)
{
  const char *colon = strstr (line, ": ");

  return colon != NULL ? colon + 2 : line;
}

/* The server's own words in libpq's verbose text. */
static char *
find_server_words (const char *text,
                   const char *sqlstate)
{
  g_autofree char *mark = g_strdup_printf (":  %s: ", sqlstate);
  const char *words = strstr (text, mark);

  return first_line (words != NULL ? words + strlen (mark) : text);
}

static GError *
new_refusal (const PGconn *connection,
             const char *place,
             const char *sqlstate)
{
  g_autofree char *words = find_server_words (PQerrorMessage (connection), sqlstate);
  const char *user = PQuser (connection);
  const char *message = NULL;
  WbDbError code = code_of_sqlstate (sqlstate, &message);

  if (g_str_equal (sqlstate, "28P01"))
    return _wb_db_error_new (WB_DB_ERROR_AUTH, "%s did not accept the password of “%s”", place, user);
  if (g_str_equal (sqlstate, "3D000"))
    return _wb_db_error_new (WB_DB_ERROR_AUTH, "there is no database “%s” on %s", PQdb (connection), place);
  if (code == WB_DB_ERROR_AUTH || code == WB_DB_ERROR_DENIED)
    return _wb_db_error_new (WB_DB_ERROR_AUTH, "%s does not let “%s” in (%s)", place, user, words);
  /* a server that refuses to talk for a reason we do not know may well talk later */
  return _wb_db_error_new (WB_DB_ERROR_OFFLINE, "%s: %s", place, message != NULL ? message : words);
}

static const char *
choose_hint (const char *sqlstate,
             const char *text,
             gboolean wants_password,
             gboolean securing)
{
  if (wants_password)
    return N_("Keep it in ~/.pgpass (one line, HOST:PORT:DATABASE:USER:PASSWORD), or give it when asked.");
  if (g_str_equal (sqlstate, "28P01"))
    return N_("Is it the right one, also in ~/.pgpass? An administrator gives a new one with "
              "“waybillctl user add NAME --role ROLE --password-prompt”.");
  if (g_str_equal (sqlstate, "3D000"))
    return N_("Is the name right? An administrator makes a database with “waybillctl database create”.");
  /* one state for several reasons; only this one has the name of the file in every language */
  if (g_str_has_prefix (sqlstate, "28") && strstr (text, "pg_hba.conf") == NULL)
    return N_("Is the name right? An administrator sees who has a seat with “waybillctl user list”, and adds one with "
              "“waybillctl user add NAME --role ROLE --password-prompt”.");
  if (g_str_has_prefix (sqlstate, "28"))
    return N_("The server's administrator decides in its pg_hba.conf who may come from where; it may want an encrypted "
              "connection (sslmode=require).");
  if (securing)
    return N_("Does the server have TLS, and is its certificate of the authority in sslrootcert, in date, and for this host? "
              "The server's administrator knows.");
  return *sqlstate == '\0' ? N_("Is the server running, and the address right?") : NULL;
}

GError *
_wb_db_error_from_connection (const PGconn *connection,
                              const char *place,
                              gboolean securing)
{
  const char *text = PQerrorMessage (connection);
  gboolean wants_password = PQconnectionNeedsPassword (connection);
  char sqlstate[6] = "";
  g_autofree char *line = NULL;
  WbDbErrorPrivate *priv = NULL;
  GError *error = NULL;

  line = first_line (*text != '\0' ? text : "no answer");
  if (wants_password)
    error = _wb_db_error_new (WB_DB_ERROR_AUTH, "%s wants a password for “%s”", place, PQuser (connection));
  else if (find_sqlstate (text, sqlstate))
    error = new_refusal (connection, place, sqlstate);
  else if (securing)
    error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "the connection to %s cannot be secured: %s", place, skip_place (line));
  else
    error = _wb_db_error_new (WB_DB_ERROR_OFFLINE, "%s cannot be reached: %s", place, skip_place (line));

  priv = wb_db_error_get_private (error);
  g_strlcpy (priv->sqlstate, sqlstate, sizeof priv->sqlstate);
  priv->original = strip_location (text);
  priv->hint = choose_hint (sqlstate, text, wants_password, securing);
  return error;
}

GError *
_wb_db_error_set_hint (GError *error,
                       const char *hint)
{
  WbDbErrorPrivate *priv = wb_db_error_get_private (error);

  priv->hint = hint;
  return error;
}

GError *
_wb_db_error_from_loss (const PGconn *connection,
                        gboolean goodbye)
{
  GError *error = g_error_new_literal (WB_DB_ERROR, WB_DB_ERROR_OFFLINE,
                                       goodbye ? "the server ended the connection"
                                               : "the connection to the server was lost");
  WbDbErrorPrivate *priv = wb_db_error_get_private (error);

  priv->original = strip_location (PQerrorMessage (connection));
  return error;
}

gboolean
_wb_db_error_is_serialization (const GError *error)
{
  const char *sqlstate = NULL;

  if (!g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    return FALSE;
  sqlstate = wb_db_error_get_sqlstate (error);
  return sqlstate != NULL && g_str_has_prefix (sqlstate, "40");
}

static WbDbErrorPrivate *
look_into (const GError *error)
{
  return error != NULL && error->domain == WB_DB_ERROR ? wb_db_error_get_private (error) : NULL;
}

const char *
wb_db_error_get_sqlstate (const GError *error)
{
  WbDbErrorPrivate *priv = look_into (error);

  return priv != NULL && priv->sqlstate[0] != '\0' ? priv->sqlstate : NULL;
}

const char *
wb_db_error_get_detail (const GError *error)
{
  WbDbErrorPrivate *priv = look_into (error);

  return priv != NULL ? priv->detail : NULL;
}

const char *
wb_db_error_get_constraint (const GError *error)
{
  WbDbErrorPrivate *priv = look_into (error);

  return priv != NULL ? priv->constraint : NULL;
}

const char *
wb_db_error_get_original (const GError *error)
{
  WbDbErrorPrivate *priv = look_into (error);

  return priv != NULL ? priv->original : NULL;
}

const char *
wb_db_error_get_hint (const GError *error)
{
  WbDbErrorPrivate *priv = look_into (error);

  return priv != NULL && priv->hint != NULL ? _(priv->hint) : NULL;
}

gboolean
wb_db_error_is_passing (const GError *error)
{
  return g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) ||
         g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT) ||
         g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_READ_ONLY) ||
         g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_DISK) ||
         _wb_db_error_is_serialization (error);
}
