/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-json"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-json.h"
#include "core/wb-text-source.h"

struct _WbJson
{
  WbJsonType type;
  guint column;
  guint64 line;
  char *text;           /* owned: of a string or number; "true" or "false" */
  GPtrArray *elements;  /* owned: of an array or object */
  GPtrArray *names;     /* owned: of an object, beside elements */
};

typedef struct
{
  const char *p;
  const char *end;
  guint64 line;
  guint column;
  guint depth;
} Parser;

static WbJson *parse_value (Parser  *parser,
                            GError **error);

static WbJson *
new_value (Parser    *parser,
           WbJsonType type)
{
  WbJson *self = g_new0 (WbJson, 1);

  self->type = type;
  self->line = parser->line;
  self->column = parser->column;
  return self;
}

/**
 * wb_json_free:
 * @self: (nullable) (transfer full): a value that is not part of another one
 */
void
wb_json_free (WbJson *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_clear_pointer (&self->elements, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

static void
advance (Parser *parser,
         gsize   n)
{
  for (; n > 0 && parser->p < parser->end; n--, parser->p++)
    {
      if (*parser->p == '\n')
        {
          parser->line++;
          parser->column = 1;
        }
      else
        parser->column += ((guchar) *parser->p & 0xC0) != 0x80;
    }
}

static void
skip_space (Parser *parser)
{
  while (parser->p < parser->end && strchr (" \t\r\n", *parser->p) != NULL && *parser->p != '\0')
    advance (parser, 1);
}

static char
peek (Parser *parser)
{
  return parser->p < parser->end ? *parser->p : '\0';
}

static gboolean
fail (Parser     *parser,
      WbError     code,
      const char *expected,
      GError    **error)
{
  g_set_error (error, WB_ERROR, (int) code, "line %" G_GUINT64_FORMAT ", column %u: %s", parser->line, parser->column,
               expected);
  return FALSE;
}

static gboolean
read_hex (Parser   *parser,
          gunichar *unit,
          GError  **error)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (parser));

      if (digit < 0)
        return fail (parser, WB_ERROR_INVALID, "four hexadecimal digits are expected after \\u", error);
      *unit = *unit << 4 | (gunichar) digit;
      advance (parser, 1);
    }
  return TRUE;
}

static gboolean
read_unicode_escape (Parser  *parser,
                     GString *out,
                     GError **error)
{
  gunichar c = 0;
  gunichar low = 0;

  if (!read_hex (parser, &c, error))
    return FALSE;
  if (c >= 0xD800 && c < 0xDC00 && parser->end - parser->p >= 2 && parser->p[0] == '\\' && parser->p[1] == 'u')
    {
      advance (parser, 2);
      if (!read_hex (parser, &low, error))
        return FALSE;
      if (low < 0xDC00 || low >= 0xE000)
        return fail (parser, WB_ERROR_INVALID, "half a surrogate pair", error);
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
  if (c == 0)
    return fail (parser, WB_ERROR_INVALID, "a text cannot hold the character NUL", error);
  if (c >= 0xD800 && c < 0xE000)
    return fail (parser, WB_ERROR_INVALID, "half a surrogate pair", error);
  g_string_append_unichar (out, c);
  return TRUE;
}

static gboolean
read_escape (Parser  *parser,
             GString *out,
             GError **error)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  char c = peek (parser);
  const char *found = c != '\0' ? strchr (from, c) : NULL;

  if (c == 'u')
    {
      advance (parser, 1);
      return read_unicode_escape (parser, out, error);
    }
  if (found == NULL)
    return fail (parser, WB_ERROR_INVALID, "an unknown escape in a text", error);
  g_string_append_c (out, to[found - from]);
  advance (parser, 1);
  return TRUE;
}

static char *
read_string (Parser  *parser,
             GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  advance (parser, 1);
  for (;;)
    {
      const char *run = parser->p;

      while (parser->p < parser->end && *parser->p != '"' && *parser->p != '\\' && (guchar) *parser->p >= 0x20)
        parser->column += ((guchar) *parser->p++ & 0xC0) != 0x80;
      g_string_append_len (out, run, parser->p - run);
      if (parser->p == parser->end)
        {
          fail (parser, WB_ERROR_INVALID, "the text ends inside a string", error);
          return NULL;
        }
      if (*parser->p == '"')
        break;
      if (*parser->p != '\\')
        {
          fail (parser, WB_ERROR_INVALID, "a control character in a string", error);
          return NULL;
        }
      advance (parser, 1);
      if (!read_escape (parser, out, error))
        return NULL;
    }
  advance (parser, 1);
  if (strstr (out->str, WB_TEXT_DAMAGED) != NULL)
    {
      fail (parser, WB_ERROR_INVALID, "a character that is not UTF-8 in the string before", error);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
skip_digits (Parser *parser)
{
  if (!g_ascii_isdigit (peek (parser)))
    return FALSE;
  while (g_ascii_isdigit (peek (parser)))
    advance (parser, 1);
  return TRUE;
}

static WbJson *
parse_number (Parser  *parser,
              GError **error)
{
  g_autoptr(WbJson) self = new_value (parser, WB_JSON_NUMBER);
  const char *start = parser->p;
  gboolean good = FALSE;

  if (peek (parser) == '-')
    advance (parser, 1);
  if (peek (parser) == '0')
    {
      advance (parser, 1);
      good = TRUE;
    }
  else
    good = skip_digits (parser);
  if (good && peek (parser) == '.')
    {
      advance (parser, 1);
      good = skip_digits (parser);
    }
  if (good && (peek (parser) == 'e' || peek (parser) == 'E'))
    {
      advance (parser, 1);
      if (peek (parser) == '+' || peek (parser) == '-')
        advance (parser, 1);
      good = skip_digits (parser);
    }
  if (!good || g_ascii_isdigit (peek (parser)))
    {
      fail (parser, WB_ERROR_INVALID, "this is not a number", error);
      return NULL;
    }
  self->text = g_strndup (start, (gsize) (parser->p - start));
  return g_steal_pointer (&self);
}

static WbJson *
parse_word (Parser  *parser,
            GError **error)
{
  static const struct
  {
    const char *word;
    WbJsonType type;
  } words[] = { { "null", WB_JSON_NULL }, { "true", WB_JSON_BOOLEAN }, { "false", WB_JSON_BOOLEAN } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i].word);

      if ((gsize) (parser->end - parser->p) >= n && memcmp (parser->p, words[i].word, n) == 0
          && (parser->p + n == parser->end || !g_ascii_isalnum (parser->p[n])))
        {
          WbJson *self = new_value (parser, words[i].type);

          if (words[i].type == WB_JSON_BOOLEAN)
            self->text = g_strdup (words[i].word);
          advance (parser, n);
          return self;
        }
    }
  fail (parser, WB_ERROR_INVALID, "a value is expected here", error);
  return NULL;
}

/* Elements of an array or, with names, of an object. */
static WbJson *
parse_container (Parser    *parser,
                 WbJsonType type,
                 char       close,
                 GError   **error)
{
  g_autoptr(WbJson) self = new_value (parser, type);

  self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_json_free);
  if (type == WB_JSON_OBJECT)
    self->names = g_ptr_array_new_with_free_func (g_free);
  if (++parser->depth > WB_JSON_MAX_DEPTH)
    {
      fail (parser, WB_ERROR_LIMIT, "values are nested more than 64 deep", error);
      return NULL;
    }
  advance (parser, 1);
  skip_space (parser);
  while (peek (parser) != close || self->elements->len > 0)
    {
      WbJson *element = NULL;

      if (type == WB_JSON_OBJECT)
        {
          char *name = NULL;

          if (peek (parser) != '"')
            {
              fail (parser, WB_ERROR_INVALID, "a name in quotes is expected here", error);
              return NULL;
            }
          name = read_string (parser, error);
          if (name == NULL)
            return NULL;
          g_ptr_array_add (self->names, name);
          skip_space (parser);
          if (peek (parser) != ':')
            {
              fail (parser, WB_ERROR_INVALID, "a colon is expected here", error);
              return NULL;
            }
          advance (parser, 1);
        }
      element = parse_value (parser, error);
      if (element == NULL)
        return NULL;
      g_ptr_array_add (self->elements, element);
      skip_space (parser);
      if (peek (parser) == close)
        break;
      if (peek (parser) != ',')
        {
          fail (parser, WB_ERROR_INVALID, "a comma or the end of the list is expected here", error);
          return NULL;
        }
      advance (parser, 1);
      skip_space (parser);
    }
  advance (parser, 1);
  parser->depth--;
  return g_steal_pointer (&self);
}

static WbJson *
parse_value (Parser  *parser,
             GError **error)
{
  char c = 0;

  skip_space (parser);
  c = peek (parser);
  if (c == '{')
    return parse_container (parser, WB_JSON_OBJECT, '}', error);
  if (c == '[')
    return parse_container (parser, WB_JSON_ARRAY, ']', error);
  if (c == '"')
    {
      g_autoptr(WbJson) self = new_value (parser, WB_JSON_STRING);

      self->text = read_string (parser, error);
      return self->text != NULL ? g_steal_pointer (&self) : NULL;
    }
  if (c == '-' || g_ascii_isdigit (c))
    return parse_number (parser, error);
  return parse_word (parser, error);
}

/**
 * wb_json_parse:
 * @text: UTF-8
 * @length: its length in bytes, or -1
 * @first_line: the line on which @text begins in its file, usually 1
 * @first_column: the character of that line, usually 1
 *
 * Fails with %WB_ERROR_INVALID or %WB_ERROR_LIMIT; the message begins with the place.
 *
 * Returns: (transfer full) (nullable): the value
 */
WbJson *
wb_json_parse (const char *text,
               gssize      length,
               guint64     first_line,
               guint       first_column,
               GError    **error)
{
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  Parser parser = { .p = text, .end = text + n, .line = first_line, .column = first_column };
  g_autoptr(WbJson) value = NULL;

  if (!g_utf8_validate_len (text, n, NULL))
    {
      fail (&parser, WB_ERROR_INVALID, "the text is not UTF-8", error);
      return NULL;
    }
  value = parse_value (&parser, error);
  if (value == NULL)
    return NULL;
  skip_space (&parser);
  if (parser.p < parser.end)
    {
      fail (&parser, WB_ERROR_INVALID, "something follows the value", error);
      return NULL;
    }
  return g_steal_pointer (&value);
}

/**
 * wb_json_get_type:
 * @self: (nullable): a value
 *
 * Returns: its type; a missing value is like null
 */
WbJsonType
wb_json_get_type (const WbJson *self)
{
  return self != NULL ? self->type : WB_JSON_NULL;
}

/**
 * wb_json_get_line:
 * @self: (nullable): a value
 *
 * Returns: the line of the file on which it begins, from 1; 0 for a missing value
 */
guint64
wb_json_get_line (const WbJson *self)
{
  return self != NULL ? self->line : 0;
}

/**
 * wb_json_get_column:
 * @self: (nullable): a value
 *
 * Returns: the character of the line at which it begins, from 1; 0 for a missing value
 */
guint
wb_json_get_column (const WbJson *self)
{
  return self != NULL ? self->column : 0;
}

/**
 * wb_json_get_text:
 * @self: (nullable): a value
 *
 * Returns: (transfer none) (nullable): the text of a string, number or boolean, exactly; NULL for others
 */
const char *
wb_json_get_text (const WbJson *self)
{
  return self != NULL ? self->text : NULL;
}

/**
 * wb_json_is_true:
 * @self: (nullable): a value
 *
 * Returns: whether it is true itself (not 1, not "true")
 */
gboolean
wb_json_is_true (const WbJson *self)
{
  return self != NULL && self->type == WB_JSON_BOOLEAN && *self->text == 't';
}

/**
 * wb_json_get_length:
 * @self: (nullable): a value
 *
 * Returns: how many elements an array or members an object has; 0 for others
 */
guint
wb_json_get_length (const WbJson *self)
{
  return self != NULL && self->elements != NULL ? self->elements->len : 0;
}

/**
 * wb_json_get_element:
 * @self: (nullable): an array or object
 * @i: below wb_json_get_length()
 *
 * Returns: (transfer none): the element or member
 */
const WbJson *
wb_json_get_element (const WbJson *self,
                     guint         i)
{
  g_return_val_if_fail (i < wb_json_get_length (self), NULL);

  return g_ptr_array_index (self->elements, i);
}

/**
 * wb_json_get_name:
 * @self: an object
 * @i: below wb_json_get_length()
 *
 * Returns: (transfer none): the name of the member
 */
const char *
wb_json_get_name (const WbJson *self,
                  guint         i)
{
  g_return_val_if_fail (i < wb_json_get_length (self) && self->names != NULL, NULL);

  return g_ptr_array_index (self->names, i);
}

/**
 * wb_json_get_member:
 * @self: (nullable): an object, or anything else, which has no members
 *
 * Returns: (transfer none) (nullable): the member of that name, the last if there are several
 */
const WbJson *
wb_json_get_member (const WbJson *self,
                    const char   *name)
{
  if (self == NULL || self->names == NULL)
    return NULL;
  for (guint i = self->names->len; i > 0; i--)
    if (strcmp (g_ptr_array_index (self->names, i - 1), name) == 0)
      return g_ptr_array_index (self->elements, i - 1);
  return NULL;
}

/**
 * wb_json_append_string:
 * @json: what is being written
 * @text: (nullable): UTF-8; NULL is written as null
 *
 * Appends a string with its quotes and escapes.
 */
void
wb_json_append_string (GString    *json,
                       const char *text)
{
  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *run = p;

      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        p++;
      g_string_append_len (json, run, p - run);
      if (*p == '\0')
        break;
      if (*p == '"' || *p == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *p);
        }
      else
        g_string_append_printf (json, "\\u%04x", (guint) (guchar) *p);
    }
  g_string_append_c (json, '"');
}
