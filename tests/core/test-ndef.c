/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-ndef.h"
#include "tests/wb-test.h"

static GPtrArray *
parse (GBytes *message)
{
  g_autoptr(GError) error = NULL;
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (message, &length);
  GPtrArray *records = wb_ndef_parse (bytes, length, &error);

  g_assert_no_error (error);
  return records;
}

/* What is written is read back, at every length where the encoding changes. */
static void
test_back (void)
{
  static const gsize lengths[] = { 0, 1, 100, 251, 252, 253, 254, 255, 256, 257, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'x');
      g_autoptr(GBytes) message = wb_ndef_build_text ("en", text);
      g_autoptr(GBytes) memory = wb_ndef_wrap_for_type2 (message);
      g_autoptr(GPtrArray) records = parse (message);
      const WbNdefRecord *record = g_ptr_array_index (records, 0);
      gsize offset = 0;
      gsize size = 0;

      g_assert_cmpuint (records->len, ==, 1);
      g_assert_cmpint (record->kind, ==, WB_NDEF_TEXT);
      g_assert_cmpstr (record->language, ==, "en");
      g_assert_cmpstr (record->text, ==, text);
      g_assert_cmpuint (g_bytes_get_size (memory) % 4, ==, 0);
      g_assert_true (wb_ndef_find_in_type2 (g_bytes_get_data (memory, NULL), g_bytes_get_size (memory), &offset, &size, NULL));
      g_assert_cmpmem ((const guint8 *) g_bytes_get_data (memory, NULL) + offset, size, g_bytes_get_data (message, NULL),
                       g_bytes_get_size (message));
    }
}

static void
test_uri (void)
{
  static const struct
  {
    const char *uri;
    gsize size;
  } cases[] = {
    { "https://www.example.org/", 5 + 12 },
    { "https://id.gs1.org/01/09521234543213", 5 + 28 },
    { "urn:epc:id:sgtin:0614141.1", 5 + 15 },
    { "geo:1,2", 5 + 7 },
    { "", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) message = wb_ndef_build_uri (cases[i].uri);
      g_autoptr(GPtrArray) records = parse (message);

      g_assert_cmpstr (wb_ndef_get_text (records), ==, cases[i].uri);
      g_assert_cmpuint (g_bytes_get_size (message), ==, cases[i].size);
    }
}

/* Several records, with an id, in chunks, of kinds that we do not know, and UTF-16. */
static void
test_read (void)
{
  static const guint8 bytes[] = {
    0x99, 0x01, 0x03, 0x02, 'U', 'i', 'd', 0x04, 'a', 'b',                 /* address with an id */
    0xb1 & 0x7f, 0x01, 0x03, 'T', 0x02, 'd', 'e',                          /* text, first piece */
    0x36, 0x00, 0x02, 0xc3, 0xbc,                                          /* second piece */
    0x16, 0x00, 0x01, 'x',                                                 /* last piece */
    0x11, 0x01, 0x07, 'T', 0x80, 0xfe, 0xff, 0x00, 'H', 0x00, 'i',         /* UTF-16 without a language */
    0x12, 0x0a, 0x02, 't', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n', 'o', 'k', /* media */
    0x50, 0x00, 0x00,                                                      /* empty, the last */
    0xff, 0xff,                                                            /* beyond the end: not ours */
  };
  g_autoptr(GBytes) message = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr(GPtrArray) records = parse (message);
  const WbNdefRecord *record = NULL;

  g_assert_cmpuint (records->len, ==, 5);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpint (record->kind, ==, WB_NDEF_URI);
  g_assert_cmpstr (record->text, ==, "https://ab");
  record = g_ptr_array_index (records, 1);
  g_assert_cmpstr (record->language, ==, "de");
  g_assert_cmpstr (record->text, ==, "\xc3\xbcx");
  record = g_ptr_array_index (records, 2);
  g_assert_true (g_str_has_suffix (record->text, "Hi"));
  record = g_ptr_array_index (records, 3);
  g_assert_cmpint (record->kind, ==, WB_NDEF_OTHER);
  g_assert_cmpstr (record->type, ==, "text/plain");
  g_assert_cmpmem (g_bytes_get_data (record->payload, NULL), g_bytes_get_size (record->payload), "ok", 2);
  record = g_ptr_array_index (records, 4);
  g_assert_cmpint (record->kind, ==, WB_NDEF_EMPTY);
  g_assert_cmpstr (wb_ndef_get_text (records), ==, "\xc3\xbcx");
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *what;
    guint8 bytes[12];
    gsize length;
  } cases[] = {
    { "a header alone", { 0xd1 }, 1 },
    { "cut in its lengths", { 0xc1, 0x01, 0x00, 0x00 }, 4 },
    { "cut in its payload", { 0xd1, 0x01, 0x05, 'T', 0x00 }, 5 },
    { "4 GiB of payload", { 0xc1, 0x01, 0xff, 0xff, 0xff, 0xff, 'T', 0 }, 8 },
    { "text shorter than its language", { 0xd1, 0x01, 0x02, 'T', 0x3f, 'e' }, 6 },
    { "text without a word", { 0xd1, 0x01, 0x00, 'T' }, 4 },
    { "address without a word", { 0xd1, 0x01, 0x00, 'U' }, 4 },
    { "continues nothing", { 0xd6, 0x00, 0x01, 'x' }, 4 },
    { "does not continue", { 0x31, 0x01, 0x01, 'T', 0x00, 0x51, 0x01, 0x01, 'T', 0x00 }, 10 },
    { "never ends", { 0x31, 0x01, 0x01, 'T', 0x00 }, 5 },
    { "reserved format", { 0xd7, 0x00, 0x00 }, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) records = wb_ndef_parse (cases[i].bytes, cases[i].length, &error);

      g_test_message ("%s", cases[i].what);
      g_assert_null (records);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
}

static void
test_clean (void)
{
  static const guint8 bytes[] = { 0xd1, 0x01, 0x08, 'T', 0x00, 'a', 0x1b, '[', 0x07, 0xff, '\n', 'b' };
  static const guint8 wide_bytes[] = { 0xd1, 0x01, 0x0b, 'T', 0x80, 0, 'a', 0, 0x1b, 0, 0x7f, 0, 0x9b, 0, 'b' };
  g_autoptr(GBytes) message = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr(GPtrArray) records = parse (message);
  g_autoptr(GBytes) wide = g_bytes_new_static (wide_bytes, sizeof wide_bytes);
  g_autoptr(GPtrArray) wide_records = parse (wide);

  g_assert_cmpstr (wb_ndef_get_text (records), ==, "a [ \xef\xbf\xbd\nb");
  g_assert_cmpstr (wb_ndef_get_text (wide_records), ==, "a   b");
}

static void
test_memory (void)
{
  static const guint8 behind_others[] = { 0x00, 0x01, 0x03, 0xa0, 0x0c, 0x34, 0x03, 0x03, 0xd0, 0x00, 0x00, 0xfe };
  static const guint8 nothing[] = { 0x03, 0x00, 0xfe, 0x00 };
  static const guint8 blank[16] = { 0 };
  static const guint8 beyond[] = { 0x03, 0x20, 0xd1, 0x01 };
  static const guint8 cut[] = { 0x03, 0xff, 0x01 };
  static const guint8 too_long[] = { 0x01, 0x20, 0x00 };
  g_autoptr(GError) error = NULL;
  gsize offset = 0;
  gsize size = 0;

  g_assert_true (wb_ndef_find_in_type2 (behind_others, sizeof behind_others, &offset, &size, NULL));
  g_assert_cmpuint (offset, ==, 8);
  g_assert_cmpuint (size, ==, 3);
  g_assert_true (wb_ndef_find_in_type2 (nothing, sizeof nothing, &offset, &size, NULL));
  g_assert_cmpuint (size, ==, 0);
  g_assert_true (wb_ndef_find_in_type2 (blank, sizeof blank, &offset, &size, NULL));
  g_assert_cmpuint (size, ==, 0);
  g_assert_false (wb_ndef_find_in_type2 (beyond, sizeof beyond, &offset, &size, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
  g_assert_cmpuint (size, ==, 2 + 0x20);
  g_clear_error (&error);
  g_assert_false (wb_ndef_find_in_type2 (cut, sizeof cut, &offset, &size, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wb_ndef_find_in_type2 (too_long, sizeof too_long, &offset, &size, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/ndef/back", test_back);
  g_test_add_func ("/ndef/uri", test_uri);
  g_test_add_func ("/ndef/read", test_read);
  g_test_add_func ("/ndef/wrong", test_wrong);
  g_test_add_func ("/ndef/clean", test_clean);
  g_test_add_func ("/ndef/memory", test_memory);
  return g_test_run ();
}
