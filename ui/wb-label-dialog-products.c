/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of products, with the price or without. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-label-dialog-private.h"

static void
show_rows (WbLabelDialog *self, gboolean shown)
{
  const char *price = self->prices->len > 0 ? g_ptr_array_index (self->prices, 0) : NULL;

  /* only who may read prices has any */
  gtk_widget_set_visible (self->price_row, shown && price != NULL && *price != '\0');
}

static void
read_products (WbLabelDialog *self, WbDb *db, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_label_store_products_async (db, &g_array_index (self->skus, gint64, 0), self->skus->len, self->cancellable, callback, user_data);
}

static void
dress (WbLabelDialog *self, guint i)
{
  const WbLabelItem *item = g_ptr_array_index (self->items, i);

  wb_label_values_set (item->values, "price", gtk_switch_get_active (self->price) ? g_ptr_array_index (self->prices, i) : NULL);
}

const WbLabelSubject _wb_label_products = {
  .document = "product",
  .title = N_ ("Product labels"),
  .none = N_ ("No products"),
  .none_why = N_ ("They are not there any more."),
  .show_rows = show_rows,
  .read = read_products,
  .dress = dress,
};
