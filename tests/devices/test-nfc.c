/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An NFC reader and tags, against a chip that answers below libnfc. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-ndef.h"
#include "devices/wb-nfc-reader.h"
#include "devices/twins/wb-twin-pn532.h"
#include "tests/wb-test.h"

static const guint8 uid_1[7] = { 0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6 };
static const guint8 uid_2[7] = { 0x04, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66 };

typedef struct
{
  char *folder;
  char *path;
  WbTwinPn532 *chip;
  WbDevice *reader;
  GPtrArray *tags; /* WbNfcTag */
  guint n_gone;
} Bench;

static void
tag_cb (Bench *bench, WbNfcTag *tag)
{
  g_ptr_array_add (bench->tags, wb_nfc_tag_copy (tag));
}

static void
gone_cb (Bench *bench)
{
  bench->n_gone++;
}

static void
bench_start (Bench *bench)
{
  g_autofree char *address = NULL;

  memset (bench, 0, sizeof *bench);
  bench->folder = g_dir_make_tmp ("wb-test-nfc-XXXXXX", NULL);
  bench->path = g_build_filename (bench->folder, "pn532", NULL);
  bench->chip = wb_twin_pn532_new (bench->path, NULL);
  bench->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_nfc_tag_free);
  address = g_strdup_printf ("pn532_uart:%s:115200", bench->path);
  bench->reader = wb_nfc_reader_new (address, "nfc:test", "PN532");
  g_signal_connect_swapped (bench->reader, "tag", G_CALLBACK (tag_cb), bench);
  g_signal_connect_swapped (bench->reader, "gone", G_CALLBACK (gone_cb), bench);
  wb_device_open (bench->reader);
  wb_test_wait_until (wb_device_get_state (bench->reader) == WB_DEVICE_STATE_READY);
}

static void
bench_stop (Bench *bench)
{
  wb_device_close (bench->reader);
  g_assert_finalize_object (bench->reader);
  g_ptr_array_unref (bench->tags);
  wb_twin_pn532_free (bench->chip);
  g_rmdir (bench->folder);
  g_free (bench->folder);
  g_free (bench->path);
}

static const WbNfcTag *
bench_tag (Bench *bench, guint i)
{
  wb_test_wait_until (bench->tags->len > i);
  return g_ptr_array_index (bench->tags, i);
}

static void
test_read (void)
{
  Bench bench;
  g_autoptr(GBytes) bin = wb_ndef_build_text ("en", "A-04-2");
  g_autofree char *words = g_strnfill (120, 'w');
  g_autoptr(GBytes) much = wb_ndef_build_text ("en", words);
  const WbNfcTag *tag = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold (bench.chip, uid_1, bin);
  tag = bench_tag (&bench, 0);
  g_assert_cmpstr (tag->uid, ==, "04A1B2C3D4E5F6");
  g_assert_cmpint (tag->type, ==, 'A');
  g_assert_cmpstr (tag->text, ==, "A-04-2");
  g_assert_null (tag->problem);
  g_assert_cmpuint (tag->capacity, ==, 144 - 3);
  wb_twin_pn532_take_away (bench.chip);
  wb_test_wait_until (bench.n_gone == 1);
  /* once for each time that it is held there */
  wb_twin_pn532_hold (bench.chip, uid_1, much);
  tag = bench_tag (&bench, 1);
  g_assert_cmpstr (tag->text, ==, words);
  /* another one in its place, with nothing on it */
  wb_twin_pn532_hold (bench.chip, uid_2, NULL);
  tag = bench_tag (&bench, 2);
  g_assert_cmpstr (tag->uid, ==, "04112233445566");
  g_assert_null (tag->text);
  g_assert_cmpuint (bench.tags->len, ==, 3);
  bench_stop (&bench);
}

static void
test_damaged (void)
{
  static const guint8 half[] = { 0xd1, 0x01, 0x20, 'T' };
  g_autoptr(GBytes) message = g_bytes_new_static (half, sizeof half);
  Bench bench;
  const WbNfcTag *tag = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold (bench.chip, uid_1, message);
  tag = bench_tag (&bench, 0);
  g_assert_null (tag->text);
  g_assert_nonnull (tag->problem);
  bench_stop (&bench);
}

static gboolean
write_tag (Bench *bench, const WbNfcTag *tag, GBytes *message, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_nfc_reader_write_async (WB_NFC_READER (bench->reader), tag, message, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_nfc_reader_write_finish (WB_NFC_READER (bench->reader), result, error);
}

static void
test_write (void)
{
  Bench bench;
  g_autoptr(GBytes) message = wb_ndef_build_text ("en", "TOTE-42");
  g_autoptr(GBytes) wrapped = wb_ndef_wrap_for_type2 (message);
  g_autofree char *words = g_strnfill (200, 'w');
  g_autoptr(GBytes) too_much = wb_ndef_build_text ("en", words);
  g_autoptr(GError) error = NULL;
  const WbNfcTag *tag = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold (bench.chip, uid_1, NULL);
  tag = bench_tag (&bench, 0);
  g_assert_true (write_tag (&bench, tag, message, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (wb_twin_pn532_get_memory (bench.chip), g_bytes_get_size (wrapped), g_bytes_get_data (wrapped, NULL),
                   g_bytes_get_size (wrapped));

  g_assert_false (write_tag (&bench, tag, too_much, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
  g_clear_error (&error);

  /* another tag than the one that was meant */
  wb_twin_pn532_hold (bench.chip, uid_2, NULL);
  g_assert_false (write_tag (&bench, tag, message, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (wb_twin_pn532_get_memory (bench.chip)[1], ==, 0);
  bench_stop (&bench);
}

/* A locked tag, and one that is taken away half-way: it has no message then, not half of one. */
static void
test_write_fails (void)
{
  Bench bench;
  g_autoptr(GBytes) message = wb_ndef_build_text ("en", "a text of several blocks");
  g_autoptr(GError) error = NULL;
  const guint8 *memory = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold (bench.chip, uid_1, NULL);
  wb_twin_pn532_lock (bench.chip);
  g_assert_cmpuint (bench_tag (&bench, 0)->capacity, ==, 0);
  g_assert_false (write_tag (&bench, bench_tag (&bench, 0), message, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
  g_clear_error (&error);

  wb_twin_pn532_hold (bench.chip, uid_2, NULL);
  wb_twin_pn532_tear (bench.chip, 3);
  g_assert_false (write_tag (&bench, bench_tag (&bench, 1), message, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
  memory = wb_twin_pn532_get_memory (bench.chip);
  g_assert_cmpint (memory[0], ==, 0x03);
  g_assert_cmpint (memory[1], ==, 0x00);
  bench_stop (&bench);
}

/* What is written is read again: a worn tag that says yes to everything is found out. */
static void
test_verify (void)
{
  Bench bench;
  g_autoptr(GBytes) message = wb_ndef_build_text ("en", "TOTE-42");
  g_autoptr(GBytes) before = wb_ndef_build_text ("en", "TOTE-41");
  g_autoptr(GError) error = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold (bench.chip, uid_1, before);
  wb_twin_pn532_wear_out (bench.chip);
  g_assert_cmpstr (bench_tag (&bench, 0)->text, ==, "TOTE-41");
  g_assert_false (write_tag (&bench, bench_tag (&bench, 0), message, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "not what was written"));
  bench_stop (&bench);
}

/* It has a number, which can be somebody's badge, and nothing that could be read or written. */
static void
test_type_b (void)
{
  Bench bench;
  const guint8 number[] = { 0xb0, 0x0b, 0x1e, 0x50 };
  g_autoptr(GBytes) message = wb_ndef_build_text ("en", "TOTE-42");
  g_autoptr(GError) error = NULL;
  const WbNfcTag *tag = NULL;

  bench_start (&bench);
  wb_twin_pn532_hold_b (bench.chip, number);
  tag = bench_tag (&bench, 0);
  g_assert_cmpint (tag->type, ==, 'B');
  g_assert_cmpstr (tag->uid, ==, "B00B1E50");
  g_assert_null (tag->text);
  g_assert_cmpuint (tag->capacity, ==, 0);
  g_assert_false (write_tag (&bench, tag, message, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
  wb_twin_pn532_take_away (bench.chip);
  wb_test_wait_until (bench.n_gone == 1);
  /* and one of type A after it */
  wb_twin_pn532_hold (bench.chip, uid_1, NULL);
  g_assert_cmpint (bench_tag (&bench, 1)->type, ==, 'A');
  bench_stop (&bench);
}

/* It stops answering, and comes back by itself. */
static void
test_mute (void)
{
  Bench bench;
  g_autoptr(GBytes) bin = wb_ndef_build_text ("en", "A-04-2");

  bench_start (&bench);
  wb_twin_pn532_mute (bench.chip, TRUE);
  wb_test_wait_until (wb_device_get_state (bench.reader) == WB_DEVICE_STATE_TROUBLE);
  g_assert_cmpstr (wb_device_get_message (bench.reader), !=, "");
  wb_twin_pn532_mute (bench.chip, FALSE);
  wb_test_wait_until (wb_device_get_state (bench.reader) == WB_DEVICE_STATE_READY);
  wb_twin_pn532_hold (bench.chip, uid_1, bin);
  g_assert_cmpstr (bench_tag (&bench, 0)->text, ==, "A-04-2");
  bench_stop (&bench);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/nfc/read", test_read);
  g_test_add_func ("/nfc/damaged", test_damaged);
  g_test_add_func ("/nfc/write", test_write);
  g_test_add_func ("/nfc/write-fails", test_write_fails);
  g_test_add_func ("/nfc/verify", test_verify);
  g_test_add_func ("/nfc/type-b", test_type_b);
  g_test_add_func ("/nfc/mute", test_mute);
  return g_test_run ();
}
