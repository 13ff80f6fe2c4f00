/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All label templates there are. They are built in from data/labels/; files of the same name in /etc/waybill/labels and
 * in the folders of WAYBILL_LABEL_PATH (separated by ":") go before those, so a shop changes a label without a program,
 * and files of other names are more labels to choose from. Pictures (PNG) stand beside them.
 *
 * Immutable once read; counted references, any thread. Reads files: not in a place that must not wait.
 */
#pragma once

#include "core/wb-label-template.h"

G_BEGIN_DECLS

typedef struct _WbLabelTemplates WbLabelTemplates;

/**
 * wb_label_templates_new:
 * @language: (nullable): of their words, such as "de"; %NULL for the user's
 *
 * Reads them all. A file that is wrong is passed over, the built-in one of its name used instead, and told of in
 * wb_label_templates_get_problems().
 *
 * Returns: (transfer full): what there is
 */
WbLabelTemplates *wb_label_templates_new (const char *language);
WbLabelTemplates *wb_label_templates_ref (WbLabelTemplates *self);
void wb_label_templates_unref (WbLabelTemplates *self);

/**
 * wb_label_templates_get_problems:
 *
 * Returns: (transfer none): a sentence for each file that was passed over
 */
const char *const *wb_label_templates_get_problems (WbLabelTemplates *self);

/**
 * wb_label_templates_find:
 * @name: of the file without its ending: "shipping"
 *
 * Returns: (transfer none) (nullable): the template; those built in are always there
 */
const WbLabelTemplate *wb_label_templates_find (WbLabelTemplates *self, const char *name);

/**
 * wb_label_templates_list:
 * @document: (nullable): only those for this; %NULL for all
 *
 * Returns: (transfer container) (element-type utf8): their names, sorted
 */
GPtrArray *wb_label_templates_list (WbLabelTemplates *self, const char *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabelTemplates, wb_label_templates_unref)

G_END_DECLS
