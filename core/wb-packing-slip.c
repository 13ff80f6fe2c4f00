/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-packing-slip.h"

#define MM WB_LABEL_MM

#define MARGIN MM (18)
#define FOOT MM (14)
#define ROW MM (11)
#define NOTE MM (5)
#define RULE MM (0.3)
#define THIN MM (0.15)

/* Columns, from the left margin. */
#define COUNT_WIDTH MM (18)
#define NAME_AT MM (22)
#define SKU_WIDTH MM (46)

static void
line_free (gpointer data)
{
  WbPackingSlipLine *line = data;

  g_free (line->sku);
  g_free (line->name);
  g_free (line->note);
  g_free (line);
}

WbPackingSlip *
wb_packing_slip_new (const char *number)
{
  WbPackingSlip *self = g_new0 (WbPackingSlip, 1);

  self->number = g_strdup (number);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

void
wb_packing_slip_free (WbPackingSlip *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->shop);
  wb_address_clear (&self->from);
  wb_address_clear (&self->to);
  g_clear_pointer (&self->placed_at, g_date_time_unref);
  g_free (self->purchase_order);
  g_free (self->service);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
wb_packing_slip_add_line (WbPackingSlip *self, const char *sku, const char *name, guint quantity, const char *note)
{
  WbPackingSlipLine *line = NULL;

  g_return_if_fail (self != NULL);

  line = g_new0 (WbPackingSlipLine, 1);
  line->sku = g_strdup (sku != NULL ? sku : "");
  line->name = g_strdup (name != NULL ? name : "");
  line->quantity = quantity;
  line->note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
  g_ptr_array_add (self->lines, line);
}

/* ── Layout ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  const WbPackingSlip *slip;
  GPtrArray *pages;
  WbLabel *page;
  guint width_um;
  guint height_um;
  guint y;
} Sheet;

static guint
inner (const Sheet *sheet)
{
  return sheet->width_um - 2 * MARGIN;
}

/* The lines of an address under each other; returns where they end. */
static guint
add_address (Sheet *sheet, guint x, guint y, guint height_um, const WbAddress *address, const char *home)
{
  g_autofree char *text = wb_address_to_lines (address, home);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      wb_label_add_text (sheet->page, x, y, inner (sheet) / 2 - MM (4), height_um, WB_LABEL_LEFT, FALSE, lines[i]);
      y += height_um * 4 / 3;
    }
  return y;
}

static void
add_fact (Sheet *sheet, const char *name, const char *value)
{
  guint half = inner (sheet) / 2;

  if (value == NULL || *value == '\0')
    return;
  wb_label_add_text (sheet->page, MARGIN + half, sheet->y, MM (34), MM (4), WB_LABEL_LEFT, FALSE, name);
  wb_label_add_text (sheet->page, MARGIN + half + MM (36), sheet->y, half - MM (36), MM (4), WB_LABEL_LEFT, TRUE, value);
  sheet->y += MM (6);
}

/* Who to whom on the left, where an envelope's window would show it; what about on the right. */
static void
add_parties (Sheet *sheet)
{
  const WbPackingSlip *slip = sheet->slip;
  g_autoptr (GDateTime) local = slip->placed_at != NULL ? g_date_time_to_local (slip->placed_at) : NULL;
  g_autofree char *placed = local != NULL ? g_date_time_format (local, "%-d %B %Y") : NULL;
  guint top = sheet->y;
  guint left = add_address (sheet, MARGIN, top, MM (3.2), &slip->from, slip->from.country);

  left = add_address (sheet, MARGIN, left + MM (6), MM (4.6), &slip->to, slip->from.country);
  add_fact (sheet, _ ("Order"), slip->number);
  add_fact (sheet, _ ("Ordered on"), placed);
  add_fact (sheet, _ ("Your number"), slip->purchase_order);
  add_fact (sheet, _ ("Sent by"), slip->service);
  sheet->y = MAX (left, sheet->y) + MM (8);
}

static void
add_titles (Sheet *sheet)
{
  guint right = sheet->width_um - MARGIN - SKU_WIDTH;

  wb_label_add_text (sheet->page, MARGIN, sheet->y, COUNT_WIDTH, MM (3.6), WB_LABEL_RIGHT, FALSE, _ ("Pieces"));
  wb_label_add_text (sheet->page, MARGIN + NAME_AT, sheet->y, MM (60), MM (3.6), WB_LABEL_LEFT, FALSE, _ ("Product"));
  wb_label_add_text (sheet->page, right, sheet->y, SKU_WIDTH, MM (3.6), WB_LABEL_LEFT, FALSE, _ ("Number"));
  wb_label_add_bar (sheet->page, MARGIN, sheet->y + MM (5.5), inner (sheet), RULE);
  sheet->y += MM (8);
}

static gboolean
begin_page (Sheet *sheet, GError **error)
{
  const WbPackingSlip *slip = sheet->slip;
  g_autofree char *title = g_strdup_printf (_ ("Packing slip #%s"), slip->number);

  sheet->page = wb_label_new (title, sheet->width_um, sheet->height_um);
  g_ptr_array_add (sheet->pages, sheet->page);
  wb_label_add_text (sheet->page, MARGIN, MM (14), inner (sheet) - MM (70), MM (8), WB_LABEL_LEFT, TRUE, slip->shop);
  wb_label_add_text (sheet->page, MARGIN, MM (25), inner (sheet) - MM (70), MM (5), WB_LABEL_LEFT, FALSE, title);
  if (!wb_label_add_symbol (sheet->page, WB_LABEL_CODE_128, sheet->width_um - MARGIN - MM (66), MM (14), MM (66), MM (15),
                            WB_LABEL_RIGHT, slip->number, error))
    return FALSE;
  sheet->y = MM (42);
  if (sheet->pages->len == 1)
    add_parties (sheet);
  add_titles (sheet);
  return TRUE;
}

static void
add_row (Sheet *sheet, const WbPackingSlipLine *line)
{
  g_autofree char *count = g_strdup_printf ("%u", line->quantity);
  guint right = sheet->width_um - MARGIN - SKU_WIDTH;
  guint width = right - MM (4) - (MARGIN + NAME_AT);

  wb_label_add_text (sheet->page, MARGIN, sheet->y, COUNT_WIDTH, MM (5.5), WB_LABEL_RIGHT, TRUE, count);
  wb_label_add_text (sheet->page, MARGIN + NAME_AT, sheet->y, width, MM (5), WB_LABEL_LEFT, FALSE, line->name);
  wb_label_add_text (sheet->page, right, sheet->y, SKU_WIDTH, MM (4.4), WB_LABEL_LEFT, FALSE, line->sku);
  if (line->note != NULL)
    {
      wb_label_add_text (sheet->page, MARGIN + NAME_AT, sheet->y + MM (6.5), inner (sheet) - NAME_AT, MM (4), WB_LABEL_LEFT, FALSE,
                         line->note);
      sheet->y += NOTE;
    }
  wb_label_add_bar (sheet->page, MARGIN, sheet->y + MM (8), inner (sheet), THIN);
  sheet->y += ROW;
}

static void
add_feet (Sheet *sheet, const char *printed)
{
  for (guint i = 0; i < sheet->pages->len; i++)
    {
      WbLabel *page = g_ptr_array_index (sheet->pages, i);
      g_autofree char *number = g_strdup_printf (_ ("page %u of %u"), i + 1, sheet->pages->len);
      guint y = sheet->height_um - FOOT;

      wb_label_add_text (page, MARGIN, y, inner (sheet) * 2 / 3, MM (3.6), WB_LABEL_LEFT, FALSE, printed);
      wb_label_add_text (page, MARGIN + inner (sheet) * 2 / 3, y, inner (sheet) / 3, MM (3.6), WB_LABEL_RIGHT, FALSE, number);
    }
}

GPtrArray *
wb_packing_slip_layout (const WbPackingSlip *self, const char *printed, guint width_um, guint height_um, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  Sheet sheet = { .slip = self, .pages = pages, .width_um = width_um, .height_um = height_um };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (width_um > MM (140) && height_um > MM (140), NULL);

  if (!begin_page (&sheet, error))
    return NULL;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const WbPackingSlipLine *line = g_ptr_array_index (self->lines, i);

      if (sheet.y + ROW + (line->note != NULL ? NOTE : 0) > height_um - FOOT && !begin_page (&sheet, error))
        return NULL;
      add_row (&sheet, line);
    }
  add_feet (&sheet, printed);
  return g_steal_pointer (&pages);
}
