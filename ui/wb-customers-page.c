/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-customers-page.h"

struct _WbCustomersPage
{
  WbPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbCustomersPage, wb_customers_page, WB_TYPE_PAGE)

static void
wb_customers_page_class_init (WbCustomersPageClass *klass)
{
}

static void
wb_customers_page_init (WbCustomersPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "wb-customers-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Customers"));
  adw_bin_set_child (ADW_BIN (self), status);
}
