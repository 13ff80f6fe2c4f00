/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-orders-page.h"

struct _WbOrdersPage
{
  WbPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbOrdersPage, wb_orders_page, WB_TYPE_PAGE)

static void
wb_orders_page_class_init (WbOrdersPageClass *klass)
{
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "wb-orders-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Orders"));
  adw_bin_set_child (ADW_BIN (self), status);
}
