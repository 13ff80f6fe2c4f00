/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "db/wb-label-store.h"
#include "ui/wb-products-page.h"
#include "ui/wb-window.h"

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

/* ---- Labels of the selected ones ------------------------------------------------------------ */

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProductsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_lazy_list_collect_ids_finish (WB_LAZY_LIST (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!WB_IS_WINDOW (root) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    wb_window_toast (WB_WINDOW (root), _ ("The list changed meanwhile. Nothing was done; please select again."));
  else if (error != NULL)
    wb_window_toast_failure (WB_WINDOW (root), error);
  else if (ids->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.print-product-labels", "@ax",
                                g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64)));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *table = wb_list_page_get_table (WB_LIST_PAGE (widget));
  guint n = wb_bitset_selection_count (wb_table_get_selection (table));
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkBitset) selected = NULL;

  if ((n == 0 || n > WB_LABEL_STORE_MOST) && WB_IS_WINDOW (root))
    {
      wb_window_toast (WB_WINDOW (root), n == 0 ? _ ("Select the products whose labels you want.")
                                                : _ ("Labels of at most 1 000 products are printed at once. Please select fewer."));
      return;
    }
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (wb_table_get_selection (table)));
  wb_lazy_list_collect_ids_async (wb_table_get_list (table), selected, wb_page_get_cancellable (WB_PAGE (widget)), collected_cb,
                                  g_object_ref (widget));
}

static GtkWidget *
make_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Print labels…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "products.print-labels");
  return button;
}

static void
wb_products_page_seat_changed (WbListPage *list_page)
{
  WbTable *table = wb_list_page_get_table (list_page);
  gboolean may = wb_page_may (WB_PAGE (list_page), "label_products");
  g_autoptr (GMenu) menu = g_menu_new ();

  wb_table_clear_bulk_widgets (table);
  gtk_widget_action_set_enabled (GTK_WIDGET (list_page), "products.print-labels", may);
  if (may)
    {
      g_menu_append (menu, _ ("_Print labels…"), "products.print-labels");
      wb_table_add_bulk_widget (table, make_button (), FALSE);
      wb_table_add_bulk_widget (table, make_button (), TRUE);
    }
  wb_table_set_row_menu (table, may ? G_MENU_MODEL (menu) : NULL);
}

static void
wb_products_page_class_init (WbProductsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
  WB_LIST_PAGE_CLASS (klass)->seat_changed = wb_products_page_seat_changed;
  gtk_widget_class_install_action (widget_class, "products.print-labels", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "products.print-labels", NULL);
}

static void
wb_products_page_init (WbProductsPage *self)
{
}
