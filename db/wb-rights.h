/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a seat may see of lists, field by field: told by the server at sign-in (#WbSession), which alone decides; this is
 * for what is offered. Immutable and counted. Any thread.
 */
#pragma once

#include "core/wb-field.h"
#include "core/wb-session.h"

G_BEGIN_DECLS

typedef struct _WbRights WbRights;

/**
 * wb_rights_new:
 * @session: (nullable): who sits here; %NULL: everything may be seen
 *
 * Returns: (transfer full): the rights of a seat
 */
WbRights *wb_rights_new (const WbSession *session);
WbRights *wb_rights_ref (WbRights *self);
void wb_rights_unref (WbRights *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRights, wb_rights_unref)

/**
 * wb_rights_shows:
 * @self: (nullable): rights; %NULL: all
 * @catalogue: what is listed
 * @field: one of its fields
 *
 * Returns: whether a column may show it
 */
gboolean wb_rights_shows (const WbRights *self,
                          const WbCatalogue *catalogue,
                          const WbField *field);

/**
 * wb_rights_filters:
 * @self: (nullable): rights; %NULL: all
 * @catalogue: what is listed
 * @field: one of its fields
 *
 * Returns: whether lists may be filtered and sorted by it
 */
gboolean wb_rights_filters (const WbRights *self,
                            const WbCatalogue *catalogue,
                            const WbField *field);

/**
 * wb_rights_lists:
 * @self: (nullable): rights; %NULL: all
 * @catalogue: what is listed
 *
 * Returns: whether there is anything of it that may be seen
 */
gboolean wb_rights_lists (const WbRights *self,
                          const WbCatalogue *catalogue);

/**
 * wb_rights_get_closed:
 * @self: (nullable): rights
 *
 * Returns: (transfer none) (nullable): by which fields must not be filtered, as catalogue.field: for #WbFilterContext
 */
const char *const *wb_rights_get_closed (const WbRights *self);

G_END_DECLS
