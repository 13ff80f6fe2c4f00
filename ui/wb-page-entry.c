/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-rights.h"
#include "ui/wb-customer-page.h"
#include "ui/wb-customers-page.h"
#include "ui/wb-order-page.h"
#include "ui/wb-orders-page.h"
#include "ui/wb-page-entry.h"
#include "ui/wb-prints-page.h"
#include "ui/wb-product-page.h"
#include "ui/wb-products-page.h"

/* In the order of the sidebar; entries without a title are detail pages, opened by kind and id. */
static const WbPageEntry entries[] = {
  { "orders", N_("Orders"), "wb-orders-symbolic", "orders", wb_orders_page_get_type },
  { "customers", N_("Customers"), "wb-customers-symbolic", "customers", wb_customers_page_get_type },
  { "products", N_("Products"), "wb-products-symbolic", "products", wb_products_page_get_type },
  { "prints", N_("Prints"), "wb-device-printer-symbolic", "prints", wb_prints_page_get_type },
  { "order", NULL, NULL, "order_page", wb_order_page_get_type },
  { "customer", NULL, NULL, "customer_page", wb_customer_page_get_type },
  { "product", NULL, NULL, "sku_page", wb_product_page_get_type },
};

/**
 * wb_page_entries:
 * @n_entries: (out): how many there are
 *
 * Returns: (array length=n_entries) (transfer none): all pages, those of the sidebar in its order
 */
const WbPageEntry *
wb_page_entries (guint *n_entries)
{
  *n_entries = G_N_ELEMENTS (entries);
  return entries;
}

/**
 * wb_page_entry_find:
 * @name: (nullable): a page's name
 *
 * Returns: (transfer none) (nullable): its entry, or NULL when there is no such page (yet)
 */
const WbPageEntry *
wb_page_entry_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (g_strcmp0 (entries[i].name, name) == 0)
      return &entries[i];
  return NULL;
}

/**
 * wb_page_entry_is_allowed:
 * @self: (nullable): a page
 * @session: (nullable): who sits here; NULL while nobody knows, when everything is
 *
 * Returns: whether there is such a page for this seat
 */
gboolean
wb_page_entry_is_allowed (const WbPageEntry *self, const WbSession *session)
{
  g_autoptr (WbRights) rights = NULL;

  if (self == NULL || session == NULL)
    return self != NULL;
  if (self->title == NULL)
    return wb_session_may (session, self->needs);
  rights = wb_rights_new (session);
  return wb_rights_lists (rights, wb_catalogue_get (self->needs));
}
