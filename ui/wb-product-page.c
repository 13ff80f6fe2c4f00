/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "db/wb-page-store.h"
#include "ui/wb-detail-columns.h"
#include "ui/wb-detail-head.h"
#include "ui/wb-format.h"
#include "ui/wb-product-page.h"
#include "ui/wb-word.h"

struct _WbProductPage
{
  WbDetailPage parent_instance;

  /* Borrowed references: children of the content */
  WbDetailHead *head;
  WbCard *stock;
  WbCard *waiting;
  WbCard *moves;
  WbCard *facts;
  WbCard *codes;
  WbCard *prices;
  WbCard *variants;
  WbCard *description;

  /* Owned references */
  WbSku *sku;
};

G_DEFINE_FINAL_TYPE (WbProductPage, wb_product_page, WB_TYPE_DETAIL_PAGE)

static GtkWidget *
figure (gint64 number)
{
  g_autofree char *text = wb_format_number (number);

  return wb_card_figure (text, NULL);
}

/* ---- Head ---------------------------------------------------------------------------------- */

static char *
describe (const WbSku *sku)
{
  const WbSkuProduct *p = sku->product;
  GString *facts = g_string_new (NULL);

  wb_facts_add (facts, sku->sku->code);
  wb_facts_add (facts, p->category);
  wb_facts_add (facts, p->brand);
  for (guint i = 0; sku->sku->handling[i] != NULL; i++)
    {
      g_autofree char *words = g_strdelimit (g_strdup (sku->sku->handling[i]), "_", ' ');

      wb_facts_add (facts, words);
    }
  return g_string_free (facts, FALSE);
}

static void
show_head (WbProductPage *self)
{
  const WbSkuHead *s = self->sku->sku;
  g_autofree char *facts = describe (self->sku);

  wb_page_set_title (WB_PAGE (self), s->name);
  wb_detail_head_set_title (self->head, s->name);
  wb_detail_head_set_facts (self->head, facts, NULL);
  wb_detail_head_clear_marks (self->head);
  if (!s->active)
    wb_detail_head_add_mark (self->head, "stock", "inactive");
  wb_detail_head_add_mark (self->head, "stock", !s->stocked ? "unstocked" : s->available > 0 ? "plenty" : "out");
}

/* ---- Labels -------------------------------------------------------------------------------- */

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint64 id = wb_page_get_id (WB_PAGE (widget));

  gtk_widget_activate_action (widget, "win.print-product-labels", "@ax", g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, &id, 1, sizeof id));
}

static void
show_labels (WbProductPage *self)
{
  gboolean may = wb_page_may (WB_PAGE (self), "label_products");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "product.print-labels", may);
  wb_detail_head_set_primary (self->head, may ? _ ("Print labels…") : NULL, may ? "product.print-labels" : NULL, NULL);
}

/* ---- Stock --------------------------------------------------------------------------------- */

/* Figures under each other: what is there, what is set aside, what is free. @values: "" for none. */
static GtkWidget *
make_figures (const char *const values[3], const char *style)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "figures");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *label = gtk_label_new (values[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "numeric");
      if (style != NULL)
        gtk_widget_add_css_class (label, style);
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static void
add_stock_row (WbProductPage *self, GtkSizeGroup *columns, const char *title, GtkWidget *figures, const char *style)
{
  GtkWidget *row = wb_card_add_row (self->stock, title, NULL, figures);

  gtk_size_group_add_widget (columns, figures);
  if (style != NULL)
    gtk_widget_add_css_class (row, style);
}

static void
add_bins (WbProductPage *self, GtkSizeGroup *columns, const char *warehouse)
{
  const WbSku *k = self->sku;

  for (guint j = 0; j < k->levels->len; j++)
    {
      const WbSkuLevel *l = g_ptr_array_index (k->levels, j);
      g_autoptr (GString) where = g_string_new (NULL);
      g_autofree char *quantity = wb_format_number (l->quantity);
      const char *const values[3] = { quantity, "", "" };

      if (!g_str_equal (l->warehouse, warehouse))
        continue;
      wb_facts_add (where, l->bin);
      if (l->lot[0] != '\0')
        wb_facts_add_format (where, _ ("lot %s"), l->lot);
      if (l->expires_on[0] != '\0')
        wb_facts_add_format (where, _ ("expires %s"), l->expires_on);
      add_stock_row (self, columns, where->str, make_figures (values, "dim-label"), "inner");
    }
}

static void
show_stock (WbProductPage *self)
{
  const WbSku *k = self->sku;
  g_autoptr(GtkSizeGroup) columns = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  const char *const titles[3] = { _ ("On hand"), _ ("Reserved"), _ ("Available") };

  wb_card_clear (self->stock);
  if (k->totals->len == 0)
    {
      wb_card_add_empty (self->stock, k->sku->stocked ? _ ("Nothing was ever received.") : _ ("It is not kept in stock."));
      return;
    }
  add_stock_row (self, columns, "", make_figures (titles, "dim-label"), "columns");
  for (guint i = 0; i < k->totals->len; i++)
    {
      const WbSkuTotal *t = g_ptr_array_index (k->totals, i);
      g_autofree char *on_hand = wb_format_number (t->on_hand);
      g_autofree char *reserved = wb_format_number (t->reserved);
      g_autofree char *available = wb_format_number (t->available);
      const char *const values[3] = { on_hand, reserved, available };

      add_stock_row (self, columns, t->warehouse, make_figures (values, "heading"), NULL);
      add_bins (self, columns, t->warehouse);
    }
}

/* ---- Who needs it --------------------------------------------------------------------------- */

static void
show_waiting (WbProductPage *self)
{
  const WbSku *k = self->sku;
  gboolean may_open = wb_page_may (WB_PAGE (self), "order_page");

  wb_card_clear (self->waiting);
  for (guint i = 0; i < k->waiting->len; i++)
    {
      const WbSkuWaiting *w = g_ptr_array_index (k->waiting, i);
      g_autofree char *title = g_strdup_printf ("#%s", w->number);
      g_autofree char *by = wb_format_moment_said (w->ship_by);
      g_autofree char *at = wb_format_moment_said (w->placed_at);
      g_autofree char *when = by[0] != '\0' ? g_strdup_printf (_ ("ship by %s"), by) : g_strdup_printf (_ ("placed %s"), at);
      g_autofree char *subtitle = wb_facts_join (wb_word_text ("stage", w->stage), when, NULL);
      GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

      if (w->missing > 0)
        {
          g_autofree char *missing = g_strdup_printf (_ ("%d missing"), (int) w->missing);

          gtk_box_append (GTK_BOX (figures), wb_card_figure (missing, "tone-caution"));
        }
      gtk_box_append (GTK_BOX (figures), figure (w->wanted));
      if (may_open)
        wb_card_add_link (self->waiting, title, subtitle, figures, "win.open", g_variant_new ("(sx)", "order", w->id));
      else
        wb_card_add_row (self->waiting, title, subtitle, figures);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), k->waiting->len > 0);
}

/* ---- The ledger ------------------------------------------------------------------------------ */

static char *
describe_move (const WbSkuMove *m)
{
  const char *arrow = m->from_bin[0] != '\0' && m->to_bin[0] != '\0' ? " → " : "";
  g_autofree char *where = g_strconcat (m->from_bin, arrow, m->to_bin, NULL);

  return wb_facts_join (wb_word_text ("move", m->kind), where, NULL);
}

static void
show_moves (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->moves);
  for (guint i = 0; i < k->moves->len; i++)
    {
      const WbSkuMove *m = g_ptr_array_index (k->moves, i);
      g_autofree char *at = wb_format_moment (m->at);
      g_autofree char *title = describe_move (m);
      g_autofree char *subtitle = wb_facts_join (at, m->actor, m->reason, NULL);
      g_autofree char *number = wb_format_number (m->quantity);
      g_autofree char *quantity = g_strconcat (m->to_bin[0] == '\0' ? "−" : m->from_bin[0] == '\0' ? "+" : "", number, NULL);
      g_autofree char *figure = wb_format_ltr (quantity);

      wb_card_add_row (self->moves, title, subtitle, wb_card_figure (figure, NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->moves), k->moves->len > 0);
}

/* ---- What it is ----------------------------------------------------------------------------- */

static void
show_facts (WbProductPage *self)
{
  const WbSkuHead *s = self->sku->sku;
  const WbSkuProduct *p = self->sku->product;
  g_autofree char *weight = wb_format_weight (s->weight_g);
  g_autofree char *size = wb_format_size (s->length_mm, s->width_mm, s->height_mm);

  wb_card_clear (self->facts);
  wb_card_add_pair (self->facts, _ ("Weight"), weight[0] != '\0' ? weight : _ ("unknown"), NULL);
  wb_card_add_pair (self->facts, _ ("Size"), size[0] != '\0' ? size : _ ("unknown"), NULL);
  if (p->hs_code[0] != '\0')
    wb_card_add_pair (self->facts, _ ("Customs code"), p->hs_code, NULL);
  if (p->origin_country[0] != '\0')
    wb_card_add_pair (self->facts, _ ("Made in"), wb_format_country (p->origin_country), NULL);
  wb_card_add_pair (self->facts, _ ("Tax"), wb_word_text ("tax", p->tax_class), NULL);
  if (s->track_lot)
    wb_card_add_pair (self->facts, _ ("Followed by"), _ ("Lot"), NULL);
  if (s->track_serial)
    wb_card_add_pair (self->facts, _ ("Followed by"), _ ("Serial number"), NULL);
}

static void
show_codes (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->codes);
  for (guint i = 0; i < k->barcodes->len; i++)
    {
      const WbSkuBarcode *b = g_ptr_array_index (k->barcodes, i);
      g_autofree char *quantity = b->quantity > 1 ? g_strdup_printf (_ ("case of %d"), (int) b->quantity)
                                                  : g_strdup (_ ("one piece"));

      gtk_widget_set_tooltip_text (wb_card_add_pair (self->codes, b->code, quantity, NULL), wb_word_text ("barcode", b->kind));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->codes), k->barcodes->len > 0);
}

static void
show_prices (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->prices);
  for (guint i = 0; i < k->prices->len; i++)
    {
      const WbSkuPrice *p = g_ptr_array_index (k->prices, i);
      g_autofree char *price = wb_format_price (&p->unit_price, p->currency);
      g_autofree char *from = p->min_quantity > 1 ? g_strdup_printf (_ ("%s from %d pieces"), p->currency, (int) p->min_quantity)
                                                  : g_strdup (p->currency);

      wb_card_add_pair (self->prices, from, price, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->prices), k->prices->len > 0);
}

static void
show_variants (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->variants);
  for (guint i = 0; i < k->variants->len; i++)
    {
      const WbSkuVariant *v = g_ptr_array_index (k->variants, i);

      if (v->id == k->sku->id)
        gtk_widget_add_css_class (wb_card_add_row (self->variants, v->name, v->code, figure (v->available)), "current");
      else
        wb_card_add_link (self->variants, v->name, v->code, figure (v->available), "win.open",
                          g_variant_new ("(sx)", "product", v->id));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->variants), k->variants->len > 1);
}

static void
show_description (WbProductPage *self)
{
  const char *text = self->sku->product->description;

  wb_card_clear (self->description);
  wb_card_add_text (self->description, text);
  gtk_widget_set_visible (GTK_WIDGET (self->description), *text != '\0');
}

static void
wb_product_page_read (WbDetailPage *page, WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  wb_page_store_sku_async (db, id, cancellable, callback, user_data);
}

static gboolean
wb_product_page_show (WbDetailPage *page, WbDb *db, GAsyncResult *result, GError **error)
{
  WbProductPage *self = WB_PRODUCT_PAGE (page);
  WbSku *sku = wb_page_store_sku_finish (db, result, error);

  if (sku == NULL)
    return FALSE;

  g_clear_pointer (&self->sku, wb_sku_free);
  self->sku = sku;
  show_head (self);
  show_labels (self);
  show_stock (self);
  show_waiting (self);
  show_moves (self);
  show_facts (self);
  show_codes (self);
  show_prices (self);
  show_variants (self);
  show_description (self);
  return TRUE;
}

static void
wb_product_page_dispose (GObject *object)
{
  WbProductPage *self = WB_PRODUCT_PAGE (object);

  g_clear_pointer (&self->sku, wb_sku_free);

  G_OBJECT_CLASS (wb_product_page_parent_class)->dispose (object);
}

static void
wb_product_page_class_init (WbProductPageClass *klass)
{
  WbDetailPageClass *detail_class = WB_DETAIL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_product_page_dispose;
  detail_class->topic = "sku";
  detail_class->read = wb_product_page_read;
  detail_class->show = wb_product_page_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "product.print-labels", NULL, print_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_p, GDK_CONTROL_MASK, "product.print-labels", NULL);
}

static void
wb_product_page_init (WbProductPage *self)
{
  WbDetailColumns *columns = WB_DETAIL_COLUMNS (wb_detail_columns_new ());

  self->head = WB_DETAIL_HEAD (wb_detail_head_new ());
  wb_detail_columns_add_top (columns, GTK_WIDGET (self->head));
  self->stock = wb_detail_columns_add_card (columns, FALSE, _ ("Stock"));
  self->waiting = wb_detail_columns_add_card (columns, FALSE, _ ("Open orders that need it"));
  self->moves = wb_detail_columns_add_card (columns, FALSE, _ ("Stock moves"));
  self->facts = wb_detail_columns_add_card (columns, TRUE, _ ("Details"));
  self->codes = wb_detail_columns_add_card (columns, TRUE, _ ("Barcodes"));
  self->prices = wb_detail_columns_add_card (columns, TRUE, _ ("Prices"));
  self->variants = wb_detail_columns_add_card (columns, TRUE, _ ("Variants"));
  self->description = wb_detail_columns_add_card (columns, TRUE, _ ("Description"));
  wb_detail_page_set_content (WB_DETAIL_PAGE (self), GTK_WIDGET (columns));
}
