/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SQL that a program brings: read from its resources (or, in tests, from a folder), in order,
 * with checksums. Plain values; reading is done at once, from memory.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int number;
  char *name;     /* 0003-warehouse.sql */
  char *path;     /* schema/0003-warehouse.sql */
  char *sql;
  char *checksum; /* SHA-256, hexadecimal */
} WbMigration;

typedef struct
{
  GPtrArray *migrations; /* WbMigration, by number */
  GPtrArray *api;        /* WbMigration without number, by name */
  char *api_checksum;    /* of all of them */
} WbMigrationSet;

WbMigrationSet *_wb_migration_set_new (const char *source, GError **error);
void _wb_migration_set_free (WbMigrationSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMigrationSet, _wb_migration_set_free)
int _wb_migration_set_get_last (WbMigrationSet *set);

G_END_DECLS
