/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One document that can be printed for an order: a label, the packing slip, the pick list; how often it was printed already, and its pages
 * as they are printed now, marked when they are not the first. A plain value; main thread.
 */
#pragma once

#include "core/wb-label-templates.h"
#include "db/wb-order-papers.h"
#include "db/wb-print-store.h"

G_BEGIN_DECLS

/**
 * WbOrderSheet:
 * @kind: what it is
 * @title: what people call it: "Label 1 of 2 · WB123GB"
 * @label: (nullable): of a label
 * @n_prints: how often it was printed
 * @papers: (transfer none): where it is from; lives longer
 */
typedef struct
{
  WbPrintKind kind;
  char *title;
  const WbJobLabel *label;
  guint n_prints;
  const WbOrderPapers *papers;
} WbOrderSheet;

/**
 * wb_order_sheets_list:
 * @papers: must outlive the list
 *
 * Returns: (transfer full) (element-type WbOrderSheet): what can be printed for an order, labels first
 */
GPtrArray *wb_order_sheets_list (const WbOrderPapers *papers);

/**
 * wb_order_sheet_layout:
 * @templates: of labels
 * @who: (nullable): who prints it, in words
 * @width_um: of the paper
 * @height_um: of the paper
 *
 * Returns: (transfer full) (element-type WbLabel): its pages; one that was printed before says REPRINT and its number
 */
GPtrArray *wb_order_sheet_layout (const WbOrderSheet *self, WbLabelTemplates *templates, const char *who, guint width_um, guint height_um,
                                  GError **error);

/**
 * wb_order_sheet_make_id:
 *
 * Every print that somebody asks for is a document of its own.
 *
 * Returns: (transfer full): an id for it
 */
char *wb_order_sheet_make_id (const WbOrderSheet *self);

G_END_DECLS
