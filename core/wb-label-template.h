/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label as a shop wants it: a key file that says what stands where, in millimetres, with fields to be filled in. The group
 * [Label] says for which document it is (core/wb-label-document.h) and how large; every other group is one element, drawn in
 * the order of the file. README.md of this folder has all keys.
 *
 *     [Label]
 *     document=location
 *     width=100
 *     height=50
 *
 *     [code]
 *     type=symbol
 *     symbol=code-128
 *     data=${barcode}
 *     x=4
 *     y=4
 *     width=92
 *     height=20
 *
 * Immutable once read, any thread.
 */
#pragma once

#include "core/wb-label-document.h"
#include "core/wb-label.h"

G_BEGIN_DECLS

typedef struct _WbLabelTemplate WbLabelTemplate;

/**
 * wb_label_template_parse:
 * @data: the bytes of a key file
 * @file: its name, for messages
 * @language: (nullable): of translated keys, such as "de"; %NULL for the user's
 * @images: (nullable) (element-type utf8 GBytes): PNGs by file name
 *
 * Errors are %WB_ERROR_INVALID, or %WB_ERROR_LIMIT for what is too much, and say in which file, group and key what is
 * wrong and what to write instead.
 *
 * Returns: (transfer full): a template
 */
WbLabelTemplate *wb_label_template_parse (const char *data, gsize length, const char *file, const char *language,
                                          GHashTable *images, GError **error);
void wb_label_template_free (WbLabelTemplate *self);
const WbLabelDocument *wb_label_template_get_document (const WbLabelTemplate *self);
const char *wb_label_template_get_file (const WbLabelTemplate *self);
const char *wb_label_template_get_title (const WbLabelTemplate *self);

/**
 * wb_label_template_get_size:
 *
 * How large the paper is, in micrometres.
 */
void wb_label_template_get_size (const WbLabelTemplate *self, guint *width_um, guint *height_um);

/**
 * wb_label_template_layout:
 * @values: what to fill in
 *
 * What has no value is left out. Fails as wb_label_add_symbol() does, saying which group it was.
 *
 * Returns: (transfer full): what to print
 */
WbLabel *wb_label_template_layout (const WbLabelTemplate *self, const WbLabelValues *values, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabelTemplate, wb_label_template_free)

G_END_DECLS
