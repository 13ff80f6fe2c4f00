/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a mapping file share: wb-import-map.c (its groups, whether it is complete, what it says),
 * wb-import-map-setting.c (group [map]) and wb-import-rule.c (groups [kind …]).
 */
#pragma once

#include "core/wb-import-map.h"

G_BEGIN_DECLS

struct _WbImportMap
{
  gatomicrefcount ref_count;
  WbImportMapContent content;
  char *channel;
  WbTextEncoding encoding;
  char separator;
  WbDecimalSyntax numbers;
  char *dates;
  GTimeZone *zone;
  char *currency;
  guint group_gap;
  gboolean create_products;
  GHashTable *countries;
  GHashTable *services;
  GPtrArray *rules;
  char *columns[WB_IMPORT_N_FIELDS];
  char *constants[WB_IMPORT_N_FIELDS];
  char **trims[WB_IMPORT_N_FIELDS];
  gboolean may_differ[WB_IMPORT_N_FIELDS];
};

/**
 * _wb_import_map_fail:
 *
 * Sets %WB_ERROR_INVALID that names group and key.
 *
 * Returns: FALSE
 */
gboolean _wb_import_map_fail (GError    **error,
                              const char *group,
                              const char *key,
                              const char *reason);

/**
 * _wb_import_map_find_field:
 * @group: where @name stands
 * @field: (out): which it is
 *
 * Returns: FALSE with %WB_ERROR_UNKNOWN for a name of none
 */
gboolean _wb_import_map_find_field (const char    *name,
                                    const char    *group,
                                    WbImportField *field,
                                    GError       **error);

/**
 * _wb_import_map_read_setting:
 *
 * Takes over one key of the group [map].
 *
 * Returns: FALSE with an error when there is no such key, or its value is none
 */
gboolean _wb_import_map_read_setting (WbImportMap *self,
                                      const char  *key,
                                      const char  *value,
                                      GError     **error);

/**
 * _wb_import_rule_new:
 * @group: "kind …"
 *
 * Returns: (transfer full) (nullable): what the group says; %NULL with an error
 */
WbImportRule *_wb_import_rule_new (GKeyFile   *file,
                                   const char *group,
                                   GError    **error);
void _wb_import_rule_free (WbImportRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportRule, _wb_import_rule_free)

G_END_DECLS
