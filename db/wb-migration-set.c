/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-migrate"

#include "config.h"

#include <string.h>

#include "db/wb-db-error.h"
#include "db/wb-migrate-private.h"
#include "db/waybill-db-resources.h"

#define BUILT_IN "resource:///org/waybill/db"

static void
free_migration (WbMigration *migration)
{
  g_free (migration->name);
  g_free (migration->path);
  g_free (migration->sql);
  g_free (migration->checksum);
  g_free (migration);
}

void
_wb_migration_set_free (WbMigrationSet *set)
{
  g_ptr_array_unref (set->migrations);
  g_ptr_array_unref (set->api);
  g_free (set->api_checksum);
  g_free (set);
}

static gint
compare_migrations (gconstpointer a, gconstpointer b)
{
  const WbMigration *one = *(const WbMigration *const *) a;
  const WbMigration *other = *(const WbMigration *const *) b;

  return strcmp (one->name, other->name);
}

static WbMigration *
read_migration (GFile *folder, const char *folder_name, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  WbMigration *migration = NULL;
  char *sql = NULL;

  if (!g_file_load_contents (file, NULL, &sql, NULL, NULL, error))
    return NULL;
  migration = g_new0 (WbMigration, 1);
  migration->number = (int) g_ascii_strtoll (name, NULL, 10);
  migration->name = g_strdup (name);
  migration->path = g_build_filename (folder_name, name, NULL);
  migration->sql = sql;
  migration->checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
  return migration;
}

/* A folder that is not there holds nothing. */
static GPtrArray *
read_folder (GFile *source, const char *folder_name, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) free_migration);
  g_autoptr (GFile) folder = g_file_get_child (source, folder_name);
  g_autoptr (GFileEnumerator) files = NULL;
  g_autoptr (GError) local_error = NULL;

  files = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                     G_FILE_QUERY_INFO_NONE, NULL, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_steal_pointer (&list);
  while (local_error == NULL)
    {
      GFileInfo *info = NULL;
      WbMigration *migration = NULL;

      if (!g_file_enumerator_iterate (files, &info, NULL, NULL, &local_error) || info == NULL)
        break;
      if (!g_str_has_suffix (g_file_info_get_name (info), ".sql"))
        continue;
      migration = read_migration (folder, folder_name, g_file_info_get_name (info), &local_error);
      if (migration != NULL)
        g_ptr_array_add (list, migration);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_ptr_array_sort (list, compare_migrations);
  return g_steal_pointer (&list);
}

/* 1, 2, 3, … without a gap and nothing twice: two branches that were merged show here. */
static gboolean
check_numbers (GPtrArray *migrations, GError **error)
{
  for (guint i = 0; i < migrations->len; i++)
    {
      const WbMigration *migration = g_ptr_array_index (migrations, i);

      if (migration->number == (int) i + 1)
        continue;
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED,
                   "%s: the migration after number %u has to be number %u", migration->path, i,
                   i + 1);
      return FALSE;
    }
  return TRUE;
}

WbMigrationSet *
_wb_migration_set_new (const char *source, GError **error)
{
  g_autoptr (WbMigrationSet) set = g_new0 (WbMigrationSet, 1);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GPtrArray *migrations = NULL;
  GPtrArray *api = NULL;

  /* Naming the resource keeps the linker from leaving it out of the library. */
  g_assert (waybill_db_get_resource () != NULL);
  folder = g_file_new_for_uri (source != NULL ? source : BUILT_IN);
  migrations = read_folder (folder, "schema", error);
  set->migrations = migrations != NULL ? migrations : g_ptr_array_new ();
  api = migrations != NULL ? read_folder (folder, "api", error) : NULL;
  set->api = api != NULL ? api : g_ptr_array_new ();
  if (migrations == NULL || api == NULL || !check_numbers (migrations, error))
    return NULL;

  for (guint i = 0; i < api->len; i++)
    {
      const WbMigration *part = g_ptr_array_index (api, i);

      g_checksum_update (checksum, (const guchar *) part->name, -1);
      g_checksum_update (checksum, (const guchar *) part->checksum, -1);
    }
  set->api_checksum = g_strdup (g_checksum_get_string (checksum));
  return g_steal_pointer (&set);
}

int
_wb_migration_set_get_last (WbMigrationSet *set)
{
  return (int) set->migrations->len;
}
