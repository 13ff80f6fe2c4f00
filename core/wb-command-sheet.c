/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-command-sheet.h"
#include "core/wb-job-answer.h"

#define MM WB_LABEL_MM

#define MARGIN MM (14)
#define TOP MM (30)
#define CELL MM (31)
#define BARS MM (13)
#define N_COLUMNS 2

/* Where the next barcode goes. */
typedef struct
{
  GPtrArray *pages;
  const char *title;
  guint width_um;
  guint height_um;
  guint n_cells;
} Sheet;

static WbLabel *
begin_page (Sheet *sheet)
{
  WbLabel *page = wb_label_new (sheet->title, sheet->width_um, sheet->height_um);

  wb_label_add_text (page, MARGIN, MM (12), sheet->width_um - 2 * MARGIN, MM (9), WB_LABEL_LEFT, TRUE, sheet->title);
  wb_label_add_bar (page, MARGIN, MM (24), sheet->width_um - 2 * MARGIN, MM (0.4));
  g_ptr_array_add (sheet->pages, page);
  sheet->n_cells = 0;
  return page;
}

static guint
cells_per_page (const Sheet *sheet)
{
  return MAX ((sheet->height_um - TOP - MARGIN) / CELL, 1) * N_COLUMNS;
}

static gboolean
add_cell (Sheet *sheet, const char *code, const char *title, const char *hint, GError **error)
{
  WbLabel *page = sheet->pages->len > 0 ? g_ptr_array_index (sheet->pages, sheet->pages->len - 1) : NULL;
  guint width = (sheet->width_um - 2 * MARGIN) / N_COLUMNS;
  guint x = 0;
  guint y = 0;

  if (page == NULL || sheet->n_cells == cells_per_page (sheet))
    page = begin_page (sheet);
  x = MARGIN + sheet->n_cells % N_COLUMNS * width;
  y = TOP + sheet->n_cells / N_COLUMNS * CELL;
  if (!wb_label_add_symbol (page, WB_LABEL_CODE_128, x, y + MM (7), width - MM (6), BARS, WB_LABEL_LEFT, code, error))
    return FALSE;
  wb_label_add_text (page, x, y, width - MM (6), MM (6), WB_LABEL_LEFT, TRUE, title);
  wb_label_add_text (page, x, y + MM (21), width - MM (6), MM (3.4), WB_LABEL_LEFT, FALSE, hint);
  wb_label_add_text (page, x, y + MM (25), width - MM (6), MM (3), WB_LABEL_LEFT, FALSE, code);
  sheet->n_cells++;
  return TRUE;
}

static gboolean
add_commands (Sheet *sheet, GError **error)
{
  sheet->title = _ ("Commands of the bench");
  for (guint i = 0; i < WB_JOB_N_COMMANDS; i++)
    {
      WbJobCommand command = (WbJobCommand) i;

      if (!add_cell (sheet, wb_job_command_get_code (command), wb_job_command_get_title (command),
                     wb_job_command_get_hint (command), error))
        return FALSE;
    }
  return TRUE;
}

static void
add_boxes (Sheet *sheet, GPtrArray *boxes)
{
  sheet->title = _ ("Boxes");
  begin_page (sheet);
  for (guint i = 0; i < boxes->len; i++)
    {
      const WbJobBox *box = g_ptr_array_index (boxes, i);
      g_autofree char *size = g_strdup_printf (_ ("%u × %u × %u cm"), (box->width_mm + 5) / 10,
                                               (box->depth_mm + 5) / 10, (box->height_mm + 5) / 10);
      g_autoptr (GError) error = NULL;

      if (!add_cell (sheet, box->barcode != NULL ? box->barcode : box->code, box->name, size, &error))
        g_debug ("box %s has no barcode on the sheet: %s", box->code, error->message);
    }
}

GPtrArray *
wb_command_sheet_layout (GPtrArray *boxes, guint width_um, guint height_um, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  Sheet sheet = { .pages = pages, .width_um = width_um, .height_um = height_um };

  g_return_val_if_fail (width_um > MM (100) && height_um > MM (100), NULL);

  if (!add_commands (&sheet, error))
    return NULL;
  if (boxes != NULL && boxes->len > 0)
    add_boxes (&sheet, boxes);
  return g_steal_pointer (&pages);
}
