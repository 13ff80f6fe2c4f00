/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-json-stream.h"
#include "tests/wb-test.h"

/* A value told again, without spaces: what was read is what was written. */
static void
tell (const WbJson *json,
      GString      *told)
{
  switch (wb_json_get_type (json))
    {
    case WB_JSON_ARRAY:
    case WB_JSON_OBJECT:
      g_string_append_c (told, wb_json_get_type (json) == WB_JSON_ARRAY ? '[' : '{');
      for (guint i = 0; i < wb_json_get_length (json); i++)
        {
          if (i > 0)
            g_string_append_c (told, ',');
          if (wb_json_get_type (json) == WB_JSON_OBJECT)
            {
              wb_json_append_string (told, wb_json_get_name (json, i));
              g_string_append_c (told, ':');
            }
          tell (wb_json_get_element (json, i), told);
        }
      g_string_append_c (told, wb_json_get_type (json) == WB_JSON_ARRAY ? ']' : '}');
      break;
    case WB_JSON_STRING:
      wb_json_append_string (told, wb_json_get_text (json));
      break;
    case WB_JSON_NULL:
      g_string_append (told, "null");
      break;
    case WB_JSON_BOOLEAN:
    case WB_JSON_NUMBER:
    default:
      g_string_append (told, wb_json_get_text (json));
      break;
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } cases[] = {
    { "null", "null" },
    { " true ", "true" },
    { "[]", "[]" },
    { "{ }", "{}" },
    { "[1, 2.50, -3e5, 0.1]", "[1,2.50,-3e5,0.1]" }, /* numbers stay the text they are */
    { "{\"a\": {\"b\": [null, false]}}", "{\"a\":{\"b\":[null,false]}}" },
    { "\"\\u00e9\\ud83d\\ude00\\n\\\"\"", "\"é😀\\u000a\\\"\"" },
    { "123456789012345678901234567890", "123456789012345678901234567890" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbJson) json = wb_json_parse (cases[i].text, -1, 1, 1, &error);
      g_autoptr(GString) told = g_string_new (NULL);

      g_assert_no_error (error);
      tell (json, told);
      g_assert_cmpstr (told->str, ==, cases[i].told);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const cases[] = {
    "", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "01", "1.", ".5", "+1", "1e", "nul", "truex", "\"a", "\"\\x\"",
    "\"\\ud83d\"", "\"\\u0000\"", "\"\n\"", "[1] 2", "]", "NaN", "'a'", "\"\xff\"",
  };
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) problem = NULL;
      g_autoptr(WbJson) json = wb_json_parse (cases[i], -1, 1, 1, &problem);

      g_test_message ("%s", cases[i]);
      g_assert_null (json);
      g_assert_error (problem, WB_ERROR, WB_ERROR_INVALID);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (wb_json_parse (deep->str, -1, 1, 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
}

static void
test_places (void)
{
  g_autoptr(WbJson) json = wb_json_parse ("{\n  \"é\": 1, \"b\":\n 2}", -1, 7, 1, NULL);

  g_assert_cmpuint (wb_json_get_line (wb_json_get_member (json, "é")), ==, 8);
  g_assert_cmpuint (wb_json_get_column (wb_json_get_member (json, "é")), ==, 8);
  g_assert_cmpuint (wb_json_get_line (wb_json_get_member (json, "b")), ==, 9);
  g_assert_null (wb_json_get_member (json, "c"));
  g_assert_null (wb_json_get_text (wb_json_get_member (json, "c")));
}

static void
test_stream (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } cases[] = {
    { "", "end" },
    { "[]", "end" },
    { "[{\"a\":1},{\"a\":2}]", ":{\"a\":1} :{\"a\":2} end" },
    { "{\"orders\":[{\"a\":1}, {\"a\":2}]}", "orders:{\"a\":1} orders:{\"a\":2} end" },
    { "{\"order\":{\"a\":1}}", "order:{\"a\":1} end" },
    { "{\"a\":1,\"orders\":2}", ":{\"a\":1,\"orders\":2} end" },
    { "{\"orders\":[{\"a\":1}],\"next\":[1,{}],\"order\":{\"b\":2}}", "orders:{\"a\":1} order:{\"b\":2} end" },
    { "{\"a\":1}\n{\"a\":2}\n", ":{\"a\":1} :{\"a\":2} end" },
    { "[{\"a\":1},{\"a\":},{\"a\":3}]", ":{\"a\":1} bad :{\"a\":3} end" },
    { "[{\"a\":\"}\"},{\"b\":\"\\\"]\"}]", ":{\"a\":\"}\"} :{\"b\":\"\\\"]\"} end" },
    { "{\"orders\":[{\"a\":1},{\"a\":2", "orders:{\"a\":1} bad end" },
    { "[{\"a\":1}", ":{\"a\":1} bad end" },
    { "hello", "failed" },
    { "<html>", "failed" },
  };
  const char *const roots[] = { "orders", "order", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GInputStream) input = g_memory_input_stream_new_from_data (cases[i].text, (gssize) strlen (cases[i].text), NULL);
      g_autoptr(WbJsonStream) stream = wb_json_stream_new (input, roots);
      g_autoptr(GString) told = g_string_new (NULL);
      WbJsonStatus status = WB_JSON_RECORD;

      while (status == WB_JSON_RECORD || status == WB_JSON_BAD_RECORD)
        {
          g_autoptr(WbJson) record = NULL;
          g_autoptr(GError) error = NULL;

          status = wb_json_stream_next (stream, &record, NULL, &error);
          if (status == WB_JSON_RECORD)
            {
              g_string_append_printf (told, "%s:", wb_json_stream_get_root (stream));
              tell (record, told);
            }
          else
            g_string_append (told, status == WB_JSON_END ? "end" : status == WB_JSON_FAILED ? "failed" : "bad");
          if (status == WB_JSON_RECORD || status == WB_JSON_BAD_RECORD)
            g_string_append_c (told, ' ');
          g_assert_true ((error != NULL) == (status == WB_JSON_BAD_RECORD || status == WB_JSON_FAILED));
        }
      g_assert_cmpstr (told->str, ==, cases[i].told);
    }
}

/* A record that would not fit is passed over, the next one read; nothing of its size is kept. */
static void
test_long_record (void)
{
  const char *const roots[] = { "orders", NULL };
  g_autofree char *filling = g_strnfill (40 * 1024 * 1024, 'x');
  g_autofree char *text = g_strconcat ("[{\"a\":\"", filling, "\"},{\"b\":2}]", NULL);
  g_autoptr(GInputStream) input = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr(WbJsonStream) stream = wb_json_stream_new (input, roots);
  g_autoptr(WbJson) record = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (wb_json_stream_next (stream, &record, NULL, &error), ==, WB_JSON_BAD_RECORD);
  g_assert_cmpstr (error->message, ==, "a record is longer than 16 MiB");
  g_assert_cmpuint (strlen (wb_json_stream_get_raw (stream)), <, 17 * 1024 * 1024);
  g_assert_cmpint (wb_json_stream_next (stream, &record, NULL, NULL), ==, WB_JSON_RECORD);
  g_assert_cmpstr (wb_json_get_text (wb_json_get_member (record, "b")), ==, "2");
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/json/parse", test_parse);
  g_test_add_func ("/json/parse/refuses", test_parse_refuses);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/stream", test_stream);
  g_test_add_func ("/json/stream/long-record", test_long_record);
  return g_test_run ();
}
