/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-products-page.h"

struct _WbProductsPage
{
  WbListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbProductsPage, wb_products_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_format_number ((gint64) n);

  return g_strdup_printf (more ? ngettext ("more than %s product", "more than %s products", n)
                               : ngettext ("%s product", "%s products", n),
                          number);
}

static const WbTableSpec spec = {
  .catalogue = "products",
  .topic = "sku",
  .kind = "product",
  .columns = "sku name category price available on-hand reserved brand weight active",
  .summary = { "name", "price", "sku", "available" },
  .look_title = "name",
  .look_amount = "price",
  .look = "sku available on-hand reserved category brand weight",
  .count_text = count_text,
  .icon_name = "wb-products-symbolic",
  .empty_title = N_ ("No products yet"),
  .empty_text = N_ ("Bring them in by “waybillctl import”, or let “waybillctl demo” make a shop."),
};

static void
wb_products_page_class_init (WbProductsPageClass *klass)
{
  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
}

static void
wb_products_page_init (WbProductsPage *self)
{
}
