/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-faults FAULTS [SEED], below umockdev-wrapper: faults at random over scanners, scales, NFC readers and printers that are not there
 * (bench-faults-lanes.c), all at the same time: how many there were, what did not work again within a minute, how long it took to work
 * again, the longest turn of the main loop, and what memory and files are held before and after. Prints a JSON line a figure.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "devices/wb-usb-private.h"
#include "tests/bench/bench-faults.h"
#include "tests/bench/bench-times.h"

/* What is tried again so late is a hang. */
#define HANG_US (60 * G_USEC_PER_SEC)
/* How often somebody tries who waits for a device. */
#define TRY_MS 25

static GPtrArray *lanes; /* Lane */
static GArray *times[8]; /* of each kind */
static GHashTable *worst; /* name of a fault → milliseconds */
static guint n_left;
static guint n_done;
static guint n_hangs;
static gint64 turn_us; /* when this turn of the main loop began */
static gint64 longest_us;
static gboolean is_running; /* between setting up and tearing down */

guint
lane_pick (Lane *lane, guint n)
{
  return (guint) g_rand_int_range (lane->random, 0, (gint32) n);
}

/* What twins do is not counted: a computer is made anew within one. */
static void
begin_turn (void)
{
  turn_us = g_get_monotonic_time ();
}

static gboolean
fault_cb (gpointer user_data)
{
  Lane *lane = user_data;

  lane->source = 0;
  if (n_left == 0)
    return G_SOURCE_REMOVE;
  n_left--;
  lane->number++;
  lane->n_faults++;
  lane->has_scanned = lane->has_weighed = FALSE;
  lane->began_us = g_get_monotonic_time ();
  lane->kind->fault (lane);
  begin_turn ();
  return G_SOURCE_REMOVE;
}

static gboolean
try_cb (gpointer user_data)
{
  Lane *lane = user_data;

  lane->kind->use (lane);
  begin_turn ();
  if (lane->is_trying && g_get_monotonic_time () - lane->mended_us > HANG_US)
    {
      g_printerr ("%s %s hangs: %s\n", lane->kind->name, lane->path, lane->fault);
      n_hangs++;
      lane_works (lane);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
mend_cb (gpointer user_data)
{
  Lane *lane = user_data;

  lane->source = 0;
  if (lane->mend != NULL)
    lane->mend (lane);
  lane->mended_us = g_get_monotonic_time ();
  lane->is_trying = TRUE;
  lane->source = g_timeout_add (TRY_MS, try_cb, lane);
  lane->kind->use (lane);
  begin_turn ();
  return G_SOURCE_REMOVE;
}

void
lane_mend_later (Lane *lane, const char *fault, guint at_most_ms, void (*mend) (Lane *lane))
{
  lane->fault = fault;
  lane->mend = mend;
  lane->source = g_timeout_add (lane_pick (lane, at_most_ms), mend_cb, lane);
}

static void
note_worst (Lane *lane, gint64 us)
{
  g_autofree char *name = g_strdup_printf ("%s %s", lane->kind->name, lane->fault);
  gint64 before = GPOINTER_TO_INT (g_hash_table_lookup (worst, name));

  if (us / 1000 > before)
    g_hash_table_insert (worst, g_steal_pointer (&name), GINT_TO_POINTER ((int) (us / 1000)));
}

void
lane_works (Lane *lane)
{
  gint64 us = g_get_monotonic_time () - lane->mended_us;

  if (!lane->is_trying)
    return;
  lane->is_trying = FALSE;
  n_done++;
  bench_times_add_us (times[lane->kind - lane_kinds], us);
  note_worst (lane, us);
  g_clear_handle_id (&lane->source, g_source_remove);
  lane->source = g_timeout_add (lane_pick (lane, 30), fault_cb, lane);
}

/* ── How it is held ──────────────────────────────────────────────────────────────────────────── */

/* umockdev keeps two files of each computer that there was. */
static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n - 2 * n_lane_computers;
}

static double
get_memory_mib (void)
{
  g_autofree char *text = NULL;
  char *end = NULL;

  malloc_trim (0);
  g_file_get_contents ("/proc/self/statm", &text, NULL, NULL);
  g_ascii_strtoull (text, &end, 10);
  return (double) g_ascii_strtoull (end, NULL, 10) * (double) sysconf (_SC_PAGESIZE) / (1024.0 * 1024.0);
}

static gint
poll_cb (GPollFD *fds, guint n, gint timeout_ms)
{
  gint result = 0;

  if (is_running && turn_us != 0)
    longest_us = MAX (longest_us, g_get_monotonic_time () - turn_us);
  result = g_poll (fds, n, timeout_ms);
  turn_us = g_get_monotonic_time ();
  return result;
}

/* ── The run ─────────────────────────────────────────────────────────────────────────────────── */

static void
set_up (const char *folder, guint32 seed)
{
  for (guint k = 0; k < n_lane_kinds; k++)
    for (guint i = 0; i < lane_kinds[k].n_lanes; i++)
      {
        Lane *lane = g_new0 (Lane, 1);

        lane->kind = &lane_kinds[k];
        lane->random = g_rand_new_with_seed (seed + lanes->len);
        lane->path = g_strdup_printf ("%s/%s%u", folder, lane->kind->name, i);
        lane->kind->set_up (lane);
        g_ptr_array_add (lanes, lane);
      }
}

/* So many faults, and then everything works and is at rest. */
static void
run (guint n)
{
  guint end = n_done + n;

  n_left = n;
  turn_us = 0;
  is_running = TRUE;
  for (guint i = 0; i < lanes->len; i++)
    {
      Lane *lane = g_ptr_array_index (lanes, i);

      if (lane->source == 0)
        lane->source = g_timeout_add (lane_pick (lane, 50), fault_cb, lane);
    }
  while (n_done < end)
    g_main_context_iteration (NULL, TRUE);
  is_running = FALSE;
  for (guint i = 0; i < lanes->len; i++)
    g_clear_handle_id (&((Lane *) g_ptr_array_index (lanes, i))->source, g_source_remove);
}

static void
tear_down (void)
{
  for (guint i = 0; i < lanes->len; i++)
    {
      Lane *lane = g_ptr_array_index (lanes, i);

      lane->kind->tear_down (lane);
      g_rand_free (lane->random);
      g_free (lane->path);
      g_free (lane);
    }
  while (_wb_usb_context_count () > 0)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_set_size (lanes, 0);
}

static void
report (guint32 seed, double memory_before, guint files_before)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer ms = NULL;

  for (guint k = 0; k < n_lane_kinds; k++)
    {
      g_autofree char *figure = g_strdup_printf ("faults-%s-works-again", lane_kinds[k].name);
      g_autoptr (GString) note = g_string_new ("after a fault is over; at most: ");

      g_hash_table_iter_init (&iter, worst);
      while (g_hash_table_iter_next (&iter, &name, &ms))
        if (g_str_has_prefix (name, lane_kinds[k].name))
          g_string_append_printf (note, "%s %d ms, ", (const char *) name + strlen (lane_kinds[k].name) + 1, GPOINTER_TO_INT (ms));
      g_string_truncate (note, note->len - 2);
      bench_times_report (figure, times[k], NULL, note->str);
    }
  g_print ("{\"name\": \"faults\", \"value\": %u, \"unit\": \"faults\", \"n\": %u, \"note\": \"seed %u; every one is over and the device works again\"}\n",
           n_done, n_done, seed);
  g_print ("{\"name\": \"faults-hangs\", \"value\": %u, \"unit\": \"devices\", \"n\": %u, \"note\": \"did not work again within a minute\"}\n", n_hangs,
           n_done);
  g_print ("{\"name\": \"faults-longest-turn\", \"value\": %.1f, \"unit\": \"ms\", \"n\": %u, \"note\": \"of the main loop\"}\n",
           (double) longest_us / 1000.0, n_done);
  g_print ("{\"name\": \"faults-memory\", \"value\": %.1f, \"unit\": \"MiB\", \"reference\": %.1f, \"n\": %u, \"note\": \"reference: after the first tenth\"}\n",
           get_memory_mib (), memory_before, n_done);
  g_print ("{\"name\": \"faults-files\", \"value\": %u, \"unit\": \"files\", \"reference\": %u, \"n\": %u, \"note\": \"reference: after the first tenth\"}\n",
           count_files (), files_before, n_done);
}

int
main (int argc, char **argv)
{
  guint64 n = 10000;
  guint64 seed = 1;
  g_autofree char *folder = g_dir_make_tmp ("wb-faults-XXXXXX", NULL);
  double memory = 0;
  guint files = 0;

  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 100, 10000000, &n, NULL))
    {
      g_printerr ("Usage: umockdev-wrapper bench-faults [FAULTS [SEED]]\n");
      return 2;
    }
  if (argc > 2)
    g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXUINT32, &seed, NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  lanes = g_ptr_array_new ();
  worst = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint k = 0; k < n_lane_kinds; k++)
    times[k] = bench_times_new ();
  /* with nothing plugged in, both times: what twins hold is not what is asked */
  set_up (folder, (guint32) seed);
  run ((guint) n / 10);
  tear_down ();
  memory = get_memory_mib ();
  files = count_files ();
  set_up (folder, (guint32) seed + 1000);
  run ((guint) (n - n / 10));
  tear_down ();
  report ((guint32) seed, memory, files);
  g_rmdir (folder);
  return n_hangs > 0;
}
