/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-customers-page.h"

struct _WbCustomersPage
{
  WbListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbCustomersPage, wb_customers_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_format_number ((gint64) n);

  return g_strdup_printf (more ? ngettext ("more than %s customer", "more than %s customers", n)
                               : ngettext ("%s customer", "%s customers", n),
                          number);
}

static const WbTableSpec spec = {
  .catalogue = "customers",
  .topic = "customer",
  .kind = "customer",
  .columns = "name number segment email orders spent last-order country status company registered",
  .summary = { "name", "spent", "email", "segment" },
  .look_title = "name",
  .look_amount = "spent",
  .look_marks = "segment status",
  .look = "number company email phone country orders last-order registered language tag newsletter",
  .count_text = count_text,
  .icon_name = "wb-customers-symbolic",
  .empty_title = N_ ("No customers yet"),
  .empty_text = N_ ("Customers come in with their orders."),
};

static void
wb_customers_page_class_init (WbCustomersPageClass *klass)
{
  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
}

static void
wb_customers_page_init (WbCustomersPage *self)
{
}
