/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: which rows it shows: the filter in force as chips, and what is being typed beside it. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-table-private.h"

static void
filters_changed (WbTable *self)
{
  _wb_table_update_chips (self);
  _wb_table_update_actions (self);
  _wb_table_query_later (self);
}

void
_wb_table_update_chips (WbTable *self)
{
  gboolean any = !wb_filter_is_empty (self->filter);

  wb_filter_chips_set_filter (self->chips, self->filter, &self->context);
  gtk_widget_set_visible (self->clear, any && wb_filter_get_n_clauses (self->filter) > 1);
}

static void
chip_removed_cb (WbTable *self, guint clause)
{
  g_autoptr (WbFilter) filter = wb_filter_without (self->filter, clause);

  wb_table_set_filter (self, filter);
}

static void
chip_edited_cb (WbTable *self, guint clause)
{
  g_autoptr (WbFilter) taken = wb_filter_get_clause (self->filter, clause);
  g_autoptr (WbFilter) filter = wb_filter_without (self->filter, clause);
  g_autofree char *text = wb_filter_print (taken);

  wb_table_set_filter (self, filter);
  g_signal_emit_by_name (self, "wants-filter", text);
}

/**
 * wb_table_get_filter:
 *
 * Returns: (transfer none): the filter in force, without what is being typed
 */
WbFilter *
wb_table_get_filter (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  return self->filter;
}

/**
 * wb_table_set_filter:
 * @filter: which rows to show; its clauses become chips
 */
void
wb_table_set_filter (WbTable *self, WbFilter *filter)
{
  g_return_if_fail (WB_IS_TABLE (self));
  g_return_if_fail (filter != NULL);

  if (wb_filter_equal (filter, self->filter))
    return;
  wb_filter_ref (filter);
  wb_filter_unref (self->filter);
  self->filter = filter;
  filters_changed (self);
}

/**
 * wb_table_set_typed_filter:
 * @filter: what stands in the search box; counts in addition to the filter
 */
void
wb_table_set_typed_filter (WbTable *self, WbFilter *filter)
{
  g_return_if_fail (WB_IS_TABLE (self));
  g_return_if_fail (filter != NULL);

  if (wb_filter_equal (filter, self->typed))
    return;
  wb_filter_ref (filter);
  wb_filter_unref (self->typed);
  self->typed = filter;
  filters_changed (self);
}

/**
 * wb_table_commit_typed_filter:
 *
 * What was typed becomes chips.
 */
void
wb_table_commit_typed_filter (WbTable *self)
{
  WbFilter *both = NULL;

  g_return_if_fail (WB_IS_TABLE (self));

  if (wb_filter_is_empty (self->typed))
    return;
  both = wb_filter_with (self->filter, self->typed);
  wb_filter_unref (self->filter);
  wb_filter_unref (self->typed);
  self->filter = both;
  self->typed = wb_filter_new_empty (self->catalogue);
  /* Together they are what they were: nothing to ask. */
  _wb_table_update_chips (self);
  _wb_table_update_actions (self);
}

/**
 * wb_table_take_last_clause:
 *
 * Returns: (transfer full) (nullable): the text of the last chip, which is gone now
 */
char *
wb_table_take_last_clause (WbTable *self)
{
  g_autoptr (WbFilter) last = NULL;
  g_autoptr (WbFilter) rest = NULL;
  guint n = 0;

  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  if (wb_filter_is_empty (self->filter))
    return NULL;
  n = wb_filter_get_n_clauses (self->filter);
  last = wb_filter_get_clause (self->filter, n - 1);
  rest = wb_filter_without (self->filter, n - 1);
  wb_table_set_filter (self, rest);
  return wb_filter_print (last);
}

void
_wb_table_filter_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, chip_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, chip_removed_cb);
}
