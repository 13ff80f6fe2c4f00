/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-importer-private.h"

#define KEPT_REFUSALS 1000

static void
free_refusal (WbImportRefusal *refusal)
{
  g_free (refusal->column);
  g_free (refusal->value);
  g_free (refusal->reason);
  g_free (refusal);
}

void
_wb_importer_report_init (WbImporterReport *self)
{
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) free_refusal);
}

void
_wb_importer_report_clear (WbImporterReport *self)
{
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
}

static void
add_to (WbDecimal       *sum,
        const WbDecimal *value)
{
  WbDecimal result = { 0 };

  if (wb_decimal_add (sum, value, &result, NULL))
    *sum = wb_decimal_normalise (result);
}

static void
keep_refusals (WbImporterReport *self,
               WbImportRecord   *record)
{
  self->n_refusals += record->refusals->len;
  for (guint i = 0; i < record->refusals->len && self->refusals->len < KEPT_REFUSALS; i++)
    {
      const WbImportRefusal *refusal = g_ptr_array_index (record->refusals, i);
      WbImportRefusal *copy = g_new0 (WbImportRefusal, 1);

      copy->line = refusal->line;
      copy->column = g_strdup (refusal->column);
      copy->value = g_strdup (refusal->value);
      copy->reason = g_strdup (refusal->reason);
      g_ptr_array_add (self->refusals, copy);
    }
}

void
_wb_importer_report_count (WbImporterReport *self,
                           WbImportItem     *item,
                           char              outcome)
{
  WbImportRecord *record = item->record;
  WbImporterCount *count = &self->kinds[record->kind];

  self->lines_read += record->n_lines;
  add_to (&self->value_read, &record->value);
  if (record->refusals->len > 0)
    {
      count->refused++;
      self->lines_refused += record->n_lines;
      add_to (&self->value_refused, &record->value);
      keep_refusals (self, record);
      return;
    }
  count->created += outcome == 'c';
  count->updated += outcome == 'u';
  count->left += outcome == 'l';
  self->lines_accepted += record->n_lines;
  self->adjusted += item->adjusted;
  add_to (&self->value_accepted, &record->value);
  add_to (&self->imported, &item->imported);
}
