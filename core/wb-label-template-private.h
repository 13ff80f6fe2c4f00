/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a template holds once it is read: shared by reading (wb-label-template.c) and laying out
 * (wb-label-template-layout.c).
 */
#pragma once

#include "core/wb-label-template.h"

G_BEGIN_DECLS

/* Literal text, or a field with its format. */
typedef struct
{
  char *literal;
  const WbLabelField *field;
  char *format;
} WbLabelPiece;

typedef struct
{
  const WbLabelField *field;
  char *value;
  gboolean is_not;
} WbLabelCondition;

typedef enum
{
  WB_LABEL_PART_TEXT,
  WB_LABEL_PART_LINES,
  WB_LABEL_PART_SYMBOL,
  WB_LABEL_PART_IMAGE,
  WB_LABEL_PART_FRAME,
  WB_LABEL_PART_BAR,
} WbLabelPartType;

/* One group of the file; lengths in µm. Of lines: @pitch_um from one to the next, each @line_um high, or @line_percent of
 * what is between two. Of a group that repeats: @pitch_um from one row to the next. */
typedef struct
{
  char *group;
  WbLabelPartType type;
  guint x_um;
  guint y_um;
  guint width_um;
  guint height_um;
  guint line_um;
  guint line_percent;
  guint pitch_um;
  guint most;
  guint wrap;
  guint turn;
  WbLabelAlign align;
  gboolean bold_first;
  gboolean bold_last;
  gboolean bold;
  GPtrArray *pieces;
  GPtrArray *conditions;
  const WbLabelField *repeat;
  GArray *symbols;
  GBytes *image;
} WbLabelPart;

struct _WbLabelTemplate
{
  char *file;
  char *title;
  const WbLabelDocument *document;
  guint width_um;
  guint height_um;
  GPtrArray *job;
  GPtrArray *parts;
};

G_END_DECLS
