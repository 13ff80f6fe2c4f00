/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include <errno.h>
#include <locale.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tests/wb-test.h"

static GPtrArray *folders;

/* What a link leads to is somebody else's. */
static void
remove_tree (GFile *file)
{
  g_autoptr(GFileEnumerator) children = NULL;
  GFile *child = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) == G_FILE_TYPE_DIRECTORY)
    children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL &&
         g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

static void
remove_folders (void)
{
  for (guint i = 0; i < folders->len; i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (g_ptr_array_index (folders, i));
      remove_tree (file);
    }
  g_clear_pointer (&folders, g_ptr_array_unref);
}

void
wb_test_expect_warning (const char *domain,
                        const char *pattern)
{
  g_test_expect_message (domain, G_LOG_LEVEL_WARNING, pattern);
}

static gboolean
skipping_is_forbidden (void)
{
  const char *ci = g_getenv ("CI");
  return ci != NULL && *ci != '\0';
}

int
wb_test_skip_all (const char *why)
{
  g_print ("1..0 # SKIP %s\n", why);
  return skipping_is_forbidden ();
}

const char *
wb_test_database (void)
{
  const char *conninfo = g_getenv ("WAYBILL_TEST_DATABASE");

  if (conninfo != NULL)
    return conninfo;
  if (skipping_is_forbidden ())
    {
      g_test_message ("no WAYBILL_TEST_DATABASE: run this under tests/cluster");
      g_test_fail ();
    }
  else
    {
      g_test_skip ("no database server (run under tests/cluster)");
    }
  return NULL;
}

char *
wb_test_data (const char *path)
{
  const char *folder = g_getenv ("WAYBILL_DATA");
  g_autofree char *name = NULL;

  if (folder == NULL || *folder == '\0')
    {
      g_test_skip ("WAYBILL_DATA names no folder of real data");
      return NULL;
    }
  name = g_build_filename (folder, path, NULL);
  if (!g_file_test (name, G_FILE_TEST_EXISTS))
    {
      g_test_skip_printf ("WAYBILL_DATA has no %s", path);
      return NULL;
    }
  return g_steal_pointer (&name);
}

char *
wb_test_file (const char *path)
{
  return g_test_build_filename (G_TEST_DIST, path, NULL);
}

/* A server that root starts runs as somebody else, who has to be able to walk there; newer GLibs keep temporary
 * folders in a private one. */
static void
open_parents (const char *name)
{
  g_autofree char *parent = g_path_get_dirname (name);

  if (geteuid () != 0 || !g_str_has_prefix (parent, "/tmp/"))
    return;
  g_chmod (parent, 0711);
  open_parents (parent);
}

char *
wb_test_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *name = g_dir_make_tmp ("wb-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (folders == NULL)
    {
      folders = g_ptr_array_new_with_free_func (g_free);
      atexit (remove_folders);
    }
  g_ptr_array_add (folders, g_strdup (name));
  open_parents (name);
  return name;
}

guint
wb_test_count_files (const char *folder,
                     const char *ending)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += ending == NULL || g_str_has_suffix (name, ending);
  return n;
}

/* What GLib would do for each test with G_TEST_OPTION_ISOLATE_DIRS, once for the program: GLib drops the names of each
 * test's folders without freeing them, and leaves the programs that a test starts in the home of whoever runs it. */
static void
leave_home (void)
{
  static const struct
  {
    const char *variable;
    const char *folder;
  } places[] = {
    { "HOME", "home" },
    { "XDG_CACHE_HOME", "cache" },
    { "XDG_CONFIG_DIRS", "system-config" },
    { "XDG_CONFIG_HOME", "config" },
    { "XDG_DATA_DIRS", "system-data" },
    { "XDG_DATA_HOME", "data" },
    { "XDG_RUNTIME_DIR", "runtime" },
    { "XDG_STATE_HOME", "state" },
  };
  g_autofree char *root = wb_test_folder ();
  g_autofree char *mime = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (root, places[i].folder, NULL);

      g_mkdir (path, 0700);
      g_setenv (places[i].variable, path, TRUE);
    }
  /* What kind of file something is, pictures of libraries too, is not the business of whoever runs it. */
  mime = g_build_filename (root, "system-data", "mime", NULL);
  if (symlink ("/usr/share/mime", mime) != 0 && errno != EEXIST)
    g_error ("%s: %s", mime, g_strerror (errno));
}

void
wb_test_init (int *argc,
              char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  leave_home ();
  g_test_init (argc, argv, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
_wb_test_turn (gint64 deadline,
               const char *file,
               int line,
               const char *function,
               const char *condition)
{
  guint tick = 0;

  if (g_get_monotonic_time () > deadline)
    {
      g_autofree char *message = g_strdup_printf ("gave up waiting until %s", condition);
      g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
    }
  /* The condition may also depend on what no source of this context announces. */
  tick = g_timeout_add (5, tick_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, tick) != NULL)
    g_source_remove (tick);
}

void
wb_test_store_result (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
wb_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    {
    }
}

void
_wb_test_assert_finalized (gpointer *object,
                           const char *file,
                           int line,
                           const char *function,
                           const char *name)
{
  gpointer weak = *object;

  g_assert (G_IS_OBJECT (weak));
  g_object_add_weak_pointer (weak, &weak);
  g_object_unref (g_steal_pointer (object));
  wb_test_drain ();
  if (weak != NULL)
    {
      g_autofree char *message = g_strdup_printf ("%s still lives, with %u references", name,
                                                  G_OBJECT (weak)->ref_count);
      g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
    }
}

guint32
wb_test_random_seed (void)
{
  const char *text = g_getenv ("WAYBILL_TEST_SEED");
  guint32 seed = text != NULL ? (guint32) g_ascii_strtoull (text, NULL, 10) : 20260701;

  g_test_message ("seed %u; WAYBILL_TEST_SEED=N tries another", seed);
  return seed;
}
