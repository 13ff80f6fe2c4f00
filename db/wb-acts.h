/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Business acts: what a person decides about orders, customers, products. Each is one function of
 * the database, done once however often it is tried, recorded with who, when and why, and most can
 * be taken back by wb_acts_undo_async(). All finish with wb_acts_finish(). Main thread.
 *
 * Errors a caller acts on: CONFLICT (reload and decide again), DENIED, REFUSED (a rule; the message
 * is for people), OFFLINE.
 */
#pragma once

#include <gio/gio.h>

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbActRefusal:
 * @number: number of the order
 * @why: a sentence for people
 *
 * An order that an act over several left alone.
 */
typedef struct
{
  gint64 order_id;
  char *number;
  char *why;
} WbActRefusal;

/**
 * WbActResult:
 * @act_id: uuid, to take it back
 * @done: on how many it was done (acts over several)
 * @left: how many were left alone because there was nothing to do
 * @id: of what was made, 0 when nothing was
 * @number: number of what was made; empty when it has none
 * @refused: (element-type WbActRefusal): which could not and why
 *
 * What an act did.
 */
typedef struct
{
  char *act_id;
  gint64 done;
  gint64 left;
  gint64 id;
  char *number;
  GPtrArray *refused;
} WbActResult;

void wb_act_result_free (WbActResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbActResult, wb_act_result_free)

/**
 * wb_acts_finish:
 * @db: the database
 * @result: of any act
 * @error: return location
 *
 * Returns: (transfer full): what was done, or %NULL
 */
WbActResult *wb_acts_finish (WbDb *db,
                             GAsyncResult *result,
                             GError **error);

/* Holds orders for a reason (a code of api.hold_reason). */
void wb_acts_order_hold_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason_code, const char *note,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Ends every hold. */
void wb_acts_order_release_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* Moves orders to another stage by hand. */
void wb_acts_order_move_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *stage, const char *reason,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Cancels orders of which nothing was sent. */
void wb_acts_order_cancel_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* Marks orders as rush, or no longer. */
void wb_acts_order_rush_async (WbDb *db, const gint64 *ids, gsize n_ids, gboolean rush, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* Writes a note: internal, customer, gift or instruction. */
void wb_acts_note_add_async (WbDb *db, gint64 order_id, const char *kind, const char *body, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
/* Takes a note away. */
void wb_acts_note_remove_async (WbDb *db, gint64 note_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
/* Somebody read an instruction. */
void wb_acts_note_acknowledge_async (WbDb *db, gint64 note_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Changes a customer: @changes is a JSON object of fields, @version the one that was read. */
void wb_acts_customer_update_async (WbDb *db, gint64 customer_id, gint64 version, const char *changes, const char *reason,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Takes an act back; itself an act that can be taken back. */
void wb_acts_undo_async (WbDb *db, const char *act_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);

G_END_DECLS
