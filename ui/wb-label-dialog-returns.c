/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels for what comes back of an order. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-label-dialog-private.h"

static void
read_returns (WbLabelDialog *self, WbDb *db, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_label_store_returns_async (db, self->order_id, self->cancellable, callback, user_data);
}

const WbLabelSubject _wb_label_returns = {
  .document = "return",
  .title = N_ ("Return labels"),
  .none = N_ ("Nothing to come back"),
  .none_why = N_ ("Nothing of this order is out."),
  .read = read_returns,
};
