/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry of the trail: which fields of which row changed from what to what, who did it, from
 * which seat and why. Plain value; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One field; empty texts stand for nothing. */
typedef struct
{
  char *name;
  char *old;
  char *now;
} WbChangeField;

/**
 * WbChange:
 * @op: 'I' made, 'U' changed, 'D' removed
 * @about: what was changed: sales_order, order_line, hold …
 * @act: name of the act, e.g. "order_hold"; empty when it was none
 * @fields: (element-type WbChangeField)
 */
typedef struct
{
  gint64 id;
  GDateTime *at;
  char *actor;
  char *seat;
  char *act;
  char *act_id;
  char *reason;
  char *about;
  char op;
  gboolean undoable;
  GPtrArray *fields;
} WbChange;

/**
 * wb_change_new:
 *
 * Returns: (transfer full): an entry without fields
 */
WbChange *wb_change_new (void);

/**
 * wb_change_add_field:
 * @self: an entry
 * @name: of the field
 * @old: (nullable): what it was
 * @now: (nullable): what it is
 */
void wb_change_add_field (WbChange *self,
                          const char *name,
                          const char *old,
                          const char *now);

/**
 * wb_change_free:
 * @self: (nullable) (transfer full): an entry
 */
void wb_change_free (WbChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbChange, wb_change_free)

G_END_DECLS
