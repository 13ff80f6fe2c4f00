/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drives a fuzz target without libFuzzer: replays every seed in a folder, then mutates them for a
 * number of rounds. Two TAP tests: seeds, mutations. Deterministic: the same seed of the random
 * generator makes the same inputs. WAYBILL_TEST_SEED and WAYBILL_FUZZ_ROUNDS change both.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tests/fuzz/wb-fuzz.h"
#include "tests/wb-test.h"

#define MAX_SIZE 8192
#define ROUNDS 50000

static const char *folder;
static char *crash_file;
static GPtrArray *seeds; /* of GBytes */
static const guint8 *current;
static gsize current_size;

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *const *left = a;
  const char *const *right = b;

  return g_strcmp0 (*left, *right);
}

static void
load_seeds (void)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *bytes = NULL;
      gsize size = 0;
      g_autoptr(GError) error = NULL;

      g_file_get_contents (g_ptr_array_index (names, i), &bytes, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (seeds, g_bytes_new_take (bytes, size));
    }
}

static void
feed (const guint8 *data,
      gsize size)
{
  /* A copy of the exact size, so that a checker sees a read past the end. */
  g_autofree guint8 *copy = size > 0 ? g_memdup2 (data, size) : g_malloc0 (1);

  current = data;
  current_size = size;
  LLVMFuzzerTestOneInput (copy, size);
  current = NULL;
}

static void
keep_input_cb (int number)
{
  int fd = current != NULL ? open (crash_file, O_CREAT | O_TRUNC | O_WRONLY, 0644) : -1;

  if (fd >= 0)
    {
      const char message[] = "# the input that did it is in ";

      if (write (fd, current, current_size) >= 0 && write (STDOUT_FILENO, message, sizeof message - 1) >= 0 &&
          write (STDOUT_FILENO, crash_file, strlen (crash_file)) >= 0 && write (STDOUT_FILENO, "\n", 1) >= 0)
        close (fd);
    }
  signal (number, SIG_DFL);
  raise (number);
}

static void
test_seeds (void)
{
  g_assert_cmpuint (seeds->len, >, 0);
  feed ((const guint8 *) "", 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      feed (data, size);
      for (gsize cut = 1; cut < MIN (size, 200); cut++)
        feed (data, size - cut);
    }
}

static guint8
interesting_byte (GRand *rand)
{
  static const guint8 bytes[] = { 0, 1, 0x7f, 0x80, 0xff, 0xc0, 0xef, 0xbb, '0', '9', '-', '+', '.', ',', ';', '"', '\'',
                                  '\\', '\n', '\r', '\t', ' ', '(', ')', '[', ']', '{', '}', ':', '/', '%', '<', '>', '=',
                                  '*', '|', '&', '^', '~', 'e', 'E', 29 };
  return bytes[g_rand_int_range (rand, 0, G_N_ELEMENTS (bytes))];
}

static void
mutate (GByteArray *input,
        GRand *rand)
{
  const guint at = input->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) input->len) : 0;

  switch (input->len == 0 ? 4 : g_rand_int_range (rand, 0, 7))
    {
    case 0: /* flip a bit */
      input->data[at] ^= (guint8) (1u << g_rand_int_range (rand, 0, 8));
      break;
    case 1: /* a byte that parsers mind */
      input->data[at] = interesting_byte (rand);
      break;
    case 2: /* take a piece away */
      g_byte_array_remove_range (input, at,
                                 (guint) g_rand_int_range (rand, 0, (gint32) MIN (input->len - at, 64) + 1));
      break;
    case 3: /* repeat a piece */
      {
        const guint wanted = (guint) g_rand_int_range (rand, 1, 64); /* not inside MIN, which asks twice */
        const guint length = MIN (input->len - at, wanted);
        g_autofree guint8 *piece = g_memdup2 (input->data + at, length);

        for (int n = g_rand_int_range (rand, 1, 9); n > 0; n--)
          g_byte_array_append (input, piece, length);
      }
      break;
    case 4: /* put some bytes in at the end */
      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        {
          const guint8 byte = interesting_byte (rand);
          g_byte_array_append (input, &byte, 1);
        }
      break;
    case 5: /* a number much too large */
      g_byte_array_append (input, (const guint8 *) "99999999999999999999", 20);
      break;
    default: /* a piece of another seed */
      {
        GBytes *other = g_ptr_array_index (seeds, (guint) g_rand_int_range (rand, 0, (gint32) seeds->len));
        gsize size = 0;
        const guint8 *data = g_bytes_get_data (other, &size);

        if (size > 0)
          {
            const guint from = (guint) g_rand_int_range (rand, 0, (gint32) MIN (size, G_MAXINT32));
            g_byte_array_append (input, data + from, (guint) MIN (size - from, 256));
          }
      }
      break;
    }
  if (input->len > MAX_SIZE)
    g_byte_array_set_size (input, MAX_SIZE);
}

static void
test_mutations (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  const char *text = g_getenv ("WAYBILL_FUZZ_ROUNDS");
  const guint64 rounds = text != NULL ? g_ascii_strtoull (text, NULL, 10) : ROUNDS;

  for (guint64 round = 0; round < rounds; round++)
    {
      GBytes *seed = g_ptr_array_index (seeds, (guint) g_rand_int_range (rand, 0, (gint32) seeds->len));
      g_autoptr(GByteArray) input = g_byte_array_new ();
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (seed, &size);

      g_byte_array_append (input, data, (guint) MIN (size, MAX_SIZE));
      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        mutate (input, rand);
      feed (input->data, input->len);
    }
}

int
main (int argc,
      char **argv)
{
  g_autofree char *target = g_path_get_basename (argv[0]);
  g_autofree char *noun = g_strdup (g_str_has_prefix (target, "fuzz-") ? target + 5 : target);
  g_autofree char *seeds_name = g_strdup_printf ("/%s/seeds", noun);
  g_autofree char *mutations_name = g_strdup_printf ("/%s/mutations", noun);
  int status = 0;

  wb_test_init (&argc, &argv);
  if (argc != 2)
    {
      g_printerr ("usage: %s FOLDER-OF-SEEDS\n", target);
      return 2;
    }
  folder = argv[1];
  crash_file = g_strdup_printf ("%s/crash-%s", g_getenv ("G_TEST_BUILDDIR") ?: g_get_tmp_dir (), noun);
  signal (SIGABRT, keep_input_cb);
  signal (SIGTRAP, keep_input_cb);
  signal (SIGSEGV, keep_input_cb);
  load_seeds ();
  g_test_add_func (seeds_name, test_seeds);
  g_test_add_func (mutations_name, test_mutations);
  status = g_test_run ();
  g_clear_pointer (&seeds, g_ptr_array_unref);
  g_free (crash_file);
  return status;
}
