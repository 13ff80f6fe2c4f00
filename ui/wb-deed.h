/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An act on its way, as the person at the window sees it: that it takes a while and can be cancelled, that it is done
 * and can be undone, or why it was not done and what to do now. Every act of a page is told this way:
 *
 *   WbDeed *deed = wb_deed_new (GTK_WIDGET (self), _ ("Holding the order…"));
 *   wb_acts_order_hold_async (db, &id, 1, reason, "", wb_deed_get_cancellable (deed), held_cb, deed);
 *
 *   held_cb:  g_autoptr (WbDeed) deed = user_data;
 *             g_autoptr (WbActResult) done = wb_deed_finish (deed, source, result);
 *             if (done != NULL)
 *               wb_deed_tell (deed, _ ("The order is on hold"), done);
 *
 * An act does not end with the page that began it. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "db/wb-acts.h"

G_BEGIN_DECLS

typedef struct _WbDeed WbDeed;

WbDeed *wb_deed_new (GtkWidget *origin,
                     const char *doing);
void wb_deed_free (WbDeed *self);
GCancellable *wb_deed_get_cancellable (WbDeed *self);
GtkWidget *wb_deed_get_origin (WbDeed *self);
void wb_deed_set_said (WbDeed *self,
                       const char *said);
WbActResult *wb_deed_finish (WbDeed *self,
                             GObject *source,
                             GAsyncResult *result);
void wb_deed_tell (WbDeed *self,
                   const char *said,
                   const WbActResult *done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDeed, wb_deed_free)

G_END_DECLS
