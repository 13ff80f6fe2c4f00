/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-products-page.h"

struct _WbProductsPage
{
  WbPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbProductsPage, wb_products_page, WB_TYPE_PAGE)

static void
wb_products_page_class_init (WbProductsPageClass *klass)
{
}

static void
wb_products_page_init (WbProductsPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "wb-products-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Products"));
  adw_bin_set_child (ADW_BIN (self), status);
}
