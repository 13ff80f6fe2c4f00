/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group [kind …] of a mapping file: which records are orders, which are returns, and which are nothing to import.
 * Read by wb_import_map_new(), judged by whoever has the rows. Immutable once read; any thread.
 */
#pragma once

#include <glib.h>

#include "core/wb-import-field.h"

G_BEGIN_DECLS

/**
 * WbImportTest:
 *
 * What a condition asks of a field's text.
 */
typedef enum
{
  WB_IMPORT_TEST_IS,
  WB_IMPORT_TEST_PREFIX,
  WB_IMPORT_TEST_SUFFIX,
  WB_IMPORT_TEST_CONTAINS,
  WB_IMPORT_TEST_EMPTY,
  WB_IMPORT_TEST_PRESENT,
  WB_IMPORT_TEST_ZERO,
  WB_IMPORT_TEST_NEGATIVE,
  WB_IMPORT_TEST_POSITIVE,
} WbImportTest;

typedef struct
{
  WbImportField field;
  WbImportTest test;
  char *value;
} WbImportCondition;

typedef enum
{
  WB_IMPORT_RULE_ORDER,
  WB_IMPORT_RULE_RETURN,
  WB_IMPORT_RULE_REFUSE,
} WbImportRuleOutcome;

/**
 * WbImportRule:
 * @name: what the file calls it
 * @conditions: (element-type WbImportCondition): all have to hold, on every row of the record
 * @reason: why such records are refused
 * @negate: whether quantities stand with a minus in the file
 */
typedef struct
{
  char *name;
  GPtrArray *conditions;
  WbImportRuleOutcome outcome;
  char *reason;
  gboolean negate;
} WbImportRule;

G_END_DECLS
