/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-pick-list.h"

#define MM WB_LABEL_MM

#define MARGIN MM (14)
#define ROW MM (19)
#define FOOT MM (12)
#define RULE MM (0.3)

/* Columns, from the left margin. */
#define BIN_AT 0
#define BIN_WIDTH MM (38)
#define COUNT_AT MM (40)
#define COUNT_WIDTH MM (20)
#define PICTURE_AT MM (62)
#define PICTURE MM (15)
#define NAME_AT MM (81)
#define TICK MM (9)

typedef struct
{
  const WbJobState *state;
  const WbPickListFacts *facts;
  GPtrArray *pages;
  WbLabel *page;
  guint width_um;
  guint height_um;
  guint y;
} List;

static guint
inner (const List *list)
{
  return list->width_um - 2 * MARGIN;
}

static void
add_instructions (List *list)
{
  for (guint i = 0; i < list->state->job->instructions->len; i++)
    {
      const WbJobInstruction *instruction = g_ptr_array_index (list->state->job->instructions, i);

      wb_label_add_text (list->page, MARGIN, list->y, inner (list), MM (5), WB_LABEL_LEFT, instruction->must_acknowledge,
                         instruction->text);
      list->y += MM (6.5);
    }
}

static void
add_titles (List *list)
{
  wb_label_add_text (list->page, MARGIN + BIN_AT, list->y, BIN_WIDTH, MM (3.6), WB_LABEL_LEFT, FALSE, _ ("Shelf"));
  wb_label_add_text (list->page, MARGIN + COUNT_AT, list->y, COUNT_WIDTH, MM (3.6), WB_LABEL_LEFT, FALSE, _ ("Pieces"));
  wb_label_add_text (list->page, MARGIN + NAME_AT, list->y, MM (60), MM (3.6), WB_LABEL_LEFT, FALSE, _ ("Product"));
  wb_label_add_bar (list->page, MARGIN, list->y + MM (5), inner (list), RULE);
  list->y += MM (7);
}

/* The number is also a barcode: scanned at a bench, the order comes up there. */
static gboolean
begin_page (List *list, GError **error)
{
  const WbJob *job = list->state->job;
  g_autofree char *title = g_strdup_printf (_ ("Pick list #%s"), job->number);
  g_autofree char *facts = wb_facts_join (list->facts->ship_by != NULL ? list->facts->ship_by : "",
                                          list->facts->service != NULL ? list->facts->service : "", NULL);

  list->page = wb_label_new (title, list->width_um, list->height_um);
  g_ptr_array_add (list->pages, list->page);
  wb_label_add_text (list->page, MARGIN, MM (12), inner (list) - MM (70), MM (9), WB_LABEL_LEFT, TRUE, title);
  wb_label_add_text (list->page, MARGIN, MM (22), inner (list) - MM (70), MM (5.5), WB_LABEL_LEFT, FALSE, job->customer);
  wb_label_add_text (list->page, MARGIN, MM (29), inner (list) - MM (70), MM (4.4), WB_LABEL_LEFT, FALSE, facts);
  if (!wb_label_add_symbol (list->page, WB_LABEL_CODE_128, list->width_um - MARGIN - MM (66), MM (12), MM (66), MM (15),
                            WB_LABEL_RIGHT, job->number, error))
    return FALSE;
  list->y = MM (38);
  if (list->pages->len == 1)
    add_instructions (list);
  add_titles (list);
  return TRUE;
}

static void
add_row (List *list, const WbJobLine *line, guint pieces)
{
  g_autofree char *count = g_strdup_printf ("%u ×", pieces);
  const WbJobCode *code = line->codes->len > 0 ? g_ptr_array_index (line->codes, 0) : NULL;
  g_autofree char *sku = wb_facts_join (line->sku != NULL ? line->sku : "", code != NULL ? code->code : "", NULL);
  guint right = list->width_um - MARGIN - TICK;
  guint width = right - MM (4) - (MARGIN + NAME_AT);

  wb_label_add_text (list->page, MARGIN + BIN_AT, list->y + MM (3), BIN_WIDTH, MM (8), WB_LABEL_LEFT, TRUE,
                     line->bin != NULL ? line->bin : "–");
  wb_label_add_text (list->page, MARGIN + COUNT_AT, list->y + MM (3), COUNT_WIDTH, MM (8), WB_LABEL_LEFT, TRUE, count);
  wb_label_add_frame (list->page, MARGIN + PICTURE_AT, list->y, PICTURE, PICTURE, RULE);
  wb_label_add_text (list->page, MARGIN + NAME_AT, list->y + MM (0.5), width, MM (5.5), WB_LABEL_LEFT, TRUE, line->name);
  wb_label_add_text (list->page, MARGIN + NAME_AT, list->y + MM (6.5), width, MM (3.8), WB_LABEL_LEFT, FALSE, sku);
  wb_label_add_text (list->page, MARGIN + NAME_AT, list->y + MM (11), width, MM (3.8), WB_LABEL_LEFT, TRUE, line->note);
  wb_label_add_frame (list->page, right, list->y + MM (3), TICK, TICK, MM (0.5));
  wb_label_add_bar (list->page, MARGIN, list->y + PICTURE + MM (2), inner (list), MM (0.15));
  list->y += ROW;
}

static void
add_feet (List *list)
{
  for (guint i = 0; i < list->pages->len; i++)
    {
      WbLabel *page = g_ptr_array_index (list->pages, i);
      g_autofree char *number = g_strdup_printf (_ ("page %u of %u"), i + 1, list->pages->len);
      guint y = list->height_um - FOOT;

      wb_label_add_text (page, MARGIN, y, inner (list) * 2 / 3, MM (3.6), WB_LABEL_LEFT, FALSE, list->facts->printed);
      wb_label_add_text (page, MARGIN + inner (list) * 2 / 3, y, inner (list) / 3, MM (3.6), WB_LABEL_RIGHT, FALSE, number);
    }
}

GPtrArray *
wb_pick_list_layout (const WbJobState *state, const WbPickListFacts *facts, guint width_um, guint height_um,
                     GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  g_autoptr (GArray) walk = NULL;
  List list = { .state = state, .facts = facts, .pages = pages, .width_um = width_um, .height_um = height_um };

  g_return_val_if_fail (state != NULL && facts != NULL, NULL);
  g_return_val_if_fail (width_um > MM (140) && height_um > MM (140), NULL);

  if (!begin_page (&list, error))
    return NULL;
  walk = wb_job_state_get_walk (state);
  for (guint i = 0; i < walk->len; i++)
    {
      guint number = g_array_index (walk, guint, i);
      const WbJobLineState *line = wb_job_state_get_line (state, number);
      guint pieces = state->step <= WB_JOB_STEP_PICK ? line->to_send - line->picked : line->to_send;

      if (pieces == 0)
        continue;
      if (list.y + ROW > height_um - FOOT && !begin_page (&list, error))
        return NULL;
      add_row (&list, wb_job_get_line (state->job, number), pieces);
    }
  add_feet (&list);
  return g_steal_pointer (&pages);
}
