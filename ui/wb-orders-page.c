/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-orders-page.h"

struct _WbOrdersPage
{
  WbListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbOrdersPage, wb_orders_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_value_text_number ((gint64) n);

  /* Translators: %s is a number; "more than" while they are still being counted */
  return g_strdup_printf (more ? ngettext ("more than %s order", "more than %s orders", n)
                               : ngettext ("%s order", "%s orders", n),
                          number);
}

/* Red keeps the order from going on, amber wants to be first, violet wants to be done differently. */
static const char *
mark (const WbRow *row, gpointer user_data)
{
  WbTable *table = user_data;
  guint held = wb_table_get_index (table, "held");
  guint trouble = wb_table_get_index (table, "trouble");
  guint rush = wb_table_get_index (table, "rush");
  guint gift = wb_table_get_index (table, "gift");
  guint status = wb_table_get_index (table, "status");
  guint n = wb_row_get_n_values (row);

  if (MAX (MAX (held, trouble), MAX (MAX (rush, gift), status)) >= n)
    return NULL;
  if (g_strcmp0 (wb_row_get_text (row, status), "pending") != 0
      && g_strcmp0 (wb_row_get_text (row, status), "processing") != 0)
    return NULL;
  if (wb_row_get_bool (row, held) || !wb_row_is_null (row, trouble))
    return "wb_negative";
  if (wb_row_get_bool (row, rush))
    return "wb_caution";
  if (wb_row_get_bool (row, gift))
    return "wb_special";
  return NULL;
}

static const WbTableSpec spec = {
  .catalogue = "orders",
  .topic = "order",
  .kind = "order",
  .columns = "number ordered customer status total payment action ship shipping priority country channel pieces",
  .extra = "held trouble rush gift",
  .summary = { "customer", "total", "number", "status" },
  .count_text = count_text,
  .mark = mark,
  .icon_name = "wb-orders-symbolic",
  .empty_title = N_ ("No orders yet"),
  .empty_text = N_ ("Orders of your shop come in by “waybillctl import”; to look around first, "
                    "“waybillctl demo” makes a shop."),
};

static void
wb_orders_page_class_init (WbOrdersPageClass *klass)
{
  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
}
