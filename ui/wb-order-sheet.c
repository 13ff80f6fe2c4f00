/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-label-reprint.h"
#include "core/wb-pick-list.h"
#include "ui/wb-order-sheet.h"

static void
sheet_free (gpointer data)
{
  WbOrderSheet *sheet = data;

  g_free (sheet->title);
  g_free (sheet);
}

static void
add (GPtrArray *sheets, const WbOrderPapers *papers, WbPrintKind kind, char *title, const WbJobLabel *label, guint n_prints)
{
  WbOrderSheet *sheet = g_new0 (WbOrderSheet, 1);

  sheet->kind = kind;
  sheet->title = title;
  sheet->label = label;
  sheet->n_prints = n_prints;
  sheet->papers = papers;
  g_ptr_array_add (sheets, sheet);
}

static char *
make_label_title (guint number, guint n_labels, const char *tracking)
{
  g_autofree char *which = n_labels > 1 ? g_strdup_printf (_ ("Label %u of %u"), number, n_labels) : g_strdup (_ ("Label"));

  return wb_facts_join (which, tracking != NULL ? tracking : "", NULL);
}

GPtrArray *
wb_order_sheets_list (const WbOrderPapers *papers)
{
  GPtrArray *sheets = g_ptr_array_new_with_free_func (sheet_free);

  g_return_val_if_fail (papers != NULL, sheets);

  for (guint i = 0; i < papers->labels->len; i++)
    {
      const WbJobLabel *label = g_ptr_array_index (papers->labels, i);

      add (sheets, papers, WB_PRINT_LABEL,
           make_label_title (i + 1, papers->labels->len, label->data.tracking), label, label->n_prints);
    }
  if (papers->slip->lines->len > 0)
    add (sheets, papers, WB_PRINT_PACKING_SLIP, g_strdup (_ ("Packing slip")), NULL, papers->n_slips);
  if (papers->work != NULL)
    add (sheets, papers, WB_PRINT_PICK_LIST, g_strdup (_ ("Pick list")), NULL, papers->n_pick_lists);
  return sheets;
}

/* ── What stands on it ───────────────────────────────────────────────────────────────────────── */

static char *
make_printed (const char *who)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%-d %b %H:%M");

  return wb_facts_join (who != NULL ? who : "", when, NULL);
}

static GPtrArray *
lay_out_label (const WbOrderSheet *self, WbLabelTemplates *templates, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  WbShippingLabel data = self->label->data;
  WbLabel *label = NULL;

  /* the day it is printed, as at a bench */
  data.date = date;
  label = wb_shipping_label_layout_by (&data, wb_label_templates_find (templates, "shipping"), error);
  if (label == NULL)
    return NULL;
  g_ptr_array_add (pages, label);
  return g_steal_pointer (&pages);
}

static GPtrArray *
lay_out_pick_list (const WbOrderSheet *self, const char *printed, guint width_um, guint height_um, GError **error)
{
  const WbJobWork *work = self->papers->work;
  g_autoptr (WbJobState) state = wb_job_state_new (work->job);
  g_autoptr (GDateTime) local = work->ship_by != NULL ? g_date_time_to_local (work->ship_by) : NULL;
  g_autofree char *when = local != NULL ? g_date_time_format (local, "%-d %b %H:%M") : NULL;
  g_autofree char *ship_by = when != NULL ? g_strdup_printf (_ ("ship by %s"), when) : NULL;
  WbPickListFacts facts = { work->service, ship_by, printed };

  wb_job_state_add_all (state, work->events);
  return wb_pick_list_layout (state, &facts, width_um, height_um, error);
}

GPtrArray *
wb_order_sheet_layout (const WbOrderSheet *self, WbLabelTemplates *templates, const char *who, guint width_um, guint height_um,
                       GError **error)
{
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%d %H:%M");
  g_autofree char *printed = make_printed (who);

  g_return_val_if_fail (self != NULL && templates != NULL, NULL);

  if (self->label != NULL)
    pages = lay_out_label (self, templates, error);
  else if (self->kind == WB_PRINT_PICK_LIST)
    pages = lay_out_pick_list (self, printed, width_um, height_um, error);
  else
    pages = wb_packing_slip_layout (self->papers->slip, printed, width_um, height_um, error);
  for (guint i = 0; pages != NULL && self->n_prints > 0 && i < pages->len; i++)
    wb_label_mark_reprint (g_ptr_array_index (pages, i), self->n_prints + 1, when);
  return g_steal_pointer (&pages);
}

char *
wb_order_sheet_make_id (const WbOrderSheet *self)
{
  g_autofree char *uuid = g_uuid_string_random ();

  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s-%s", wb_print_kind_get_word (self->kind), uuid);
}
