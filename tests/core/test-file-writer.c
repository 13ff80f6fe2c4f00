/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "core/wb-file-writer.h"
#include "tests/wb-test.h"

#define DISK_BYTES 1024

typedef struct
{
  WbFileWriter *writer;
  char *folder;
  GPtrArray *told; /* "NAME" or "NAME failed", base names */
  GError *error;   /* the first */
} Desk;

static void
done_cb (Desk *desk, const char *name, const GError *error)
{
  g_autofree char *base = g_path_get_basename (name);

  g_ptr_array_add (desk->told, g_strconcat (base, error != NULL ? " failed" : NULL, NULL));
  if (error != NULL && desk->error == NULL)
    desk->error = g_error_copy (error);
}

static void
desk_open (Desk *desk)
{
  desk->writer = wb_file_writer_new ();
  desk->folder = wb_test_folder ();
  desk->told = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (desk->writer, "done", G_CALLBACK (done_cb), desk);
}

static void
desk_close (Desk *desk)
{
  if (desk->writer != NULL)
    wb_test_assert_finalized (&desk->writer);
  g_ptr_array_unref (desk->told);
  g_clear_error (&desk->error);
  g_free (desk->folder);
}

static char *
path_of (Desk *desk, const char *name)
{
  return g_build_filename (desk->folder, name, NULL);
}

static void
write_text (Desk *desk, const char *name, const char *text)
{
  g_autofree char *path = path_of (desk, name);
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));

  wb_file_writer_write (desk->writer, path, contents);
}

static void
assert_says (Desk *desk, const char *name, const char *text)
{
  g_autofree char *path = path_of (desk, name);
  g_autofree char *contents = NULL;

  if (text == NULL)
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  else
    {
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, text);
    }
}

/* Whoever writes what does not fit hears so, and is not killed. */
static void
set_disk_full (gboolean is_full)
{
  struct rlimit limit = { 0 };

  signal (SIGXFSZ, is_full ? SIG_IGN : SIG_DFL);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = is_full ? DISK_BYTES : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* What was said last is what is there, and whoever asks hears of each in its turn. */
static void
test_order (void)
{
  Desk desk = { 0 };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  desk_open (&desk);
  a = path_of (&desk, "a");
  b = path_of (&desk, "b");
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      write_text (&desk, "a", text);
      wb_file_writer_rename (desk.writer, a, b);
      write_text (&desk, "c", text);
      g_clear_pointer (&a, g_free);
      a = path_of (&desk, "c");
      if (i < 99)
        wb_file_writer_remove (desk.writer, a);
      g_clear_pointer (&a, g_free);
      a = path_of (&desk, "a");
    }
  wb_test_wait_until (desk.told->len == 399);
  for (guint i = 0; i < desk.told->len; i++)
    g_assert_cmpstr (g_ptr_array_index (desk.told, i), ==, ((const char *[]){ "a", "a", "c", "c" })[i % 4]);
  assert_says (&desk, "a", NULL);
  assert_says (&desk, "b", "99");
  assert_says (&desk, "c", "99");
  g_assert_cmpuint (wb_test_count_files (desk.folder, NULL), ==, 2);
  desk_close (&desk);
}

/* Whatever is given is on disk when the writer is gone, also when nobody hears of it any more. */
static void
test_drained (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("deep/er/%u", i);

      write_text (&desk, name, name);
    }
  wb_test_assert_finalized (&desk.writer);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("deep/er/%u", i);

      assert_says (&desk, name, name);
    }
  g_assert_cmpuint (desk.told->len, ==, 0);
  desk_close (&desk);
}

static void
let_go_cb (Desk *desk)
{
  g_clear_object (&desk->writer);
}

/* Whoever hears of the first may let go of the writer. */
static void
test_let_go (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  g_signal_connect_swapped (desk.writer, "done", G_CALLBACK (let_go_cb), &desk);
  write_text (&desk, "a", "a");
  write_text (&desk, "b", "b");
  wb_test_wait_until (desk.writer == NULL);
  wb_test_drain ();
  assert_says (&desk, "b", "b");
  desk_close (&desk);
}

/* Whom nobody may see, nobody may. */
static void
test_private (void)
{
  Desk desk = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  GStatBuf status = { 0 };

  desk_open (&desk);
  write_text (&desk, "in/a", "a");
  wb_test_wait_until (desk.told->len == 1);
  folder = path_of (&desk, "in");
  file = path_of (&desk, "in/a");
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  desk_close (&desk);
}

/* A full disk leaves the file as it was; what is smaller, and what comes after, is written. */
static void
test_full_disk (void)
{
  Desk desk = { 0 };
  g_autofree char *large = g_strnfill (4 * DISK_BYTES, 'x');

  desk_open (&desk);
  write_text (&desk, "a", "before");
  wb_test_wait_until (desk.told->len == 1);
  set_disk_full (TRUE);
  write_text (&desk, "a", large);
  write_text (&desk, "b", "small");
  wb_test_wait_until (desk.told->len == 3);
  set_disk_full (FALSE);
  g_assert_cmpstr (g_ptr_array_index (desk.told, 1), ==, "a failed");
  g_assert_cmpstr (g_ptr_array_index (desk.told, 2), ==, "b");
  g_assert_error (desk.error, G_IO_ERROR, G_IO_ERROR_FAILED); /* EFBIG */
  g_assert_nonnull (strstr (desk.error->message, "File too large"));
  assert_says (&desk, "a", "before");
  assert_says (&desk, "b", "small");
  g_assert_cmpuint (wb_test_count_files (desk.folder, NULL), ==, 2);
  write_text (&desk, "a", large);
  wb_test_wait_until (desk.told->len == 4);
  assert_says (&desk, "a", large);
  desk_close (&desk);
}

/* Where nothing can be made: a folder that is a file. */
static void
test_no_right (void)
{
  Desk desk = { 0 };
  g_autofree char *gone = NULL;
  g_autofree char *to = NULL;

  desk_open (&desk);
  write_text (&desk, "wall", "in the way");
  write_text (&desk, "wall/a", "a");
  write_text (&desk, "b", "b");
  wb_test_wait_until (desk.told->len == 3);
  g_assert_cmpstr (g_ptr_array_index (desk.told, 1), ==, "a failed");
  g_assert_cmpstr (g_ptr_array_index (desk.told, 2), ==, "b");
  g_assert_error (desk.error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_nonnull (strstr (desk.error->message, "/wall: Not a directory"));
  assert_says (&desk, "wall", "in the way");
  assert_says (&desk, "b", "b");
  /* What is not there is removed already, and cannot be set aside. */
  gone = path_of (&desk, "gone");
  to = path_of (&desk, "to");
  wb_file_writer_remove (desk.writer, gone);
  wb_file_writer_rename (desk.writer, gone, to);
  wb_test_wait_until (desk.told->len == 5);
  g_assert_cmpstr (g_ptr_array_index (desk.told, 3), ==, "gone");
  g_assert_cmpstr (g_ptr_array_index (desk.told, 4), ==, "gone failed");
  desk_close (&desk);
}

/* The step that counts is not made when one before it failed, also not by the next change, and nothing is removed that still counts. */
static void
test_steps (void)
{
  for (int is_full = 0; is_full <= 1; is_full++)
    {
      Desk desk = { 0 };
      g_autofree char *large = g_strnfill (4 * DISK_BYTES, 'x');
      g_autofree char *old_data = NULL;
      g_autofree char *new_data = NULL;
      g_autofree char *index = NULL;
      g_autoptr (GBytes) data = g_bytes_new (large, strlen (large));
      g_autoptr (GBytes) text = g_bytes_new_static ("new", 3);
      WbFileChange *change = wb_file_change_new ("both");
      WbFileChange *later = wb_file_change_new ("later");

      desk_open (&desk);
      write_text (&desk, "index", "old");
      write_text (&desk, "old", "old bytes");
      wb_test_wait_until (desk.told->len == 2);
      index = path_of (&desk, "index");
      old_data = path_of (&desk, "old");
      new_data = path_of (&desk, "new");
      wb_file_change_write (change, new_data, data);
      wb_file_change_write (change, index, text);
      wb_file_change_remove (change, old_data);
      set_disk_full (is_full);
      wb_file_writer_push (desk.writer, change);
      wb_file_change_require (later, new_data);
      wb_file_change_write (later, index, text);
      wb_file_writer_push (desk.writer, later);
      wb_test_wait_until (desk.told->len == 4);
      set_disk_full (FALSE);
      g_assert_cmpstr (g_ptr_array_index (desk.told, 2), ==, is_full ? "both failed" : "both");
      g_assert_cmpstr (g_ptr_array_index (desk.told, 3), ==, is_full ? "later failed" : "later");
      assert_says (&desk, "index", is_full ? "old" : "new");
      assert_says (&desk, "old", is_full ? "old bytes" : NULL);
      assert_says (&desk, "new", is_full ? NULL : large);
      desk_close (&desk);
    }
}

/* What a killed program had not written to its end is deleted, and nothing else. */
static void
test_clean (void)
{
  static const struct
  {
    const char *name;
    gboolean is_leftover;
  } cases[] = {
    { "12.job.A1b2C3", TRUE }, { "12.job", FALSE },    { "12.data.A1b2C3", FALSE }, { "12.job.A1b2C", FALSE },
    { ".job.A1b2C3", TRUE },   { "job.A1b2C3", FALSE }, { ".A1b2C3", FALSE },
  };
  Desk desk = { 0 };

  desk_open (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = path_of (&desk, cases[i].name);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    }
  wb_file_writer_clean (desk.writer, desk.folder, ".job");
  wb_file_writer_clean (desk.writer, "/nonexistent/folder", ".job");
  write_text (&desk, "13.job", "new");
  wb_test_wait_until (desk.told->len == 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (&desk, cases[i].name, cases[i].is_leftover ? NULL : "x");
  assert_says (&desk, "13.job", "new");
  g_assert_no_error (desk.error);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/file-writer/order", test_order);
  g_test_add_func ("/file-writer/drained", test_drained);
  g_test_add_func ("/file-writer/let-go", test_let_go);
  g_test_add_func ("/file-writer/private", test_private);
  g_test_add_func ("/file-writer/full-disk", test_full_disk);
  g_test_add_func ("/file-writer/no-right", test_no_right);
  g_test_add_func ("/file-writer/steps", test_steps);
  g_test_add_func ("/file-writer/clean", test_clean);
  return g_test_run ();
}
