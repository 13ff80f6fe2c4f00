/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What lies in a label printer: how large the labels on its roll are, and how the printer finds where one ends. A value that is written as
 * one line of text, so that a station's profile carries it to another machine; models of rolls have files (devices/wb-roll-model.h).
 *
 * Pure functions on plain values; any thread. Errors are WB_ERROR.
 */
#pragma once

#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * WbLabelFeed:
 * @WB_LABEL_FEED_GAP: by the gap between two of them
 * @WB_LABEL_FEED_MARK: by black marks on the back
 * @WB_LABEL_FEED_CONTINUOUS: not at all: each is as long as what is printed
 */
typedef enum
{
  WB_LABEL_FEED_GAP,
  WB_LABEL_FEED_MARK,
  WB_LABEL_FEED_CONTINUOUS,
} WbLabelFeed;

/**
 * WbLabelMedia:
 * @width_um: of a label
 * @height_um: of a label; 0 when it is continuous
 * @gap_um: height of the gap or the mark; 0 when it is continuous
 */
typedef struct
{
  WbLabelFeed feed;
  guint width_um;
  guint height_um;
  guint gap_um;
} WbLabelMedia;

/**
 * wb_label_media_parse:
 * @text: "gap 101.6x152.4 3", "mark 100x50 4", "continuous 80", in millimetres
 * @media: (out): untouched when it is none
 *
 * Fails with %WB_ERROR_INVALID, and with %WB_ERROR_LIMIT for what no label printer takes.
 */
gboolean wb_label_media_parse (const char *text, WbLabelMedia *media, GError **error);

/**
 * wb_label_media_to_string:
 *
 * Returns: (transfer full): one text for one value, which wb_label_media_parse() reads
 */
char *wb_label_media_to_string (const WbLabelMedia *self);

/**
 * wb_label_media_takes:
 *
 * Whether a label can be printed on it: half a millimetre more than there is does no harm. Fails with %WB_ERROR_LIMIT.
 */
gboolean wb_label_media_takes (const WbLabelMedia *self, const WbLabel *label, GError **error);

G_END_DECLS
