/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-page-store.h"
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

  /* Owned references */
  WbSku *sku;
};

G_DEFINE_FINAL_TYPE (WbProductPage, wb_product_page, WB_TYPE_DETAIL_PAGE)

static GtkWidget *
figure (gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return wb_card_label (text, "numeric");
}

static void
show_head (WbProductPage *self)
{
  const WbSkuHead *s = self->sku->sku;
  const WbSkuProduct *p = self->sku->product;
  g_autoptr(GString) facts = g_string_new (s->code);

  if (p->category[0] != '\0')
    g_string_append_printf (facts, "  ·  %s", p->category);
  if (p->brand[0] != '\0')
    g_string_append_printf (facts, "  ·  %s", p->brand);
  for (guint i = 0; s->handling[i] != NULL; i++)
    {
      g_autofree char *word = g_strdelimit (g_strdup (s->handling[i]), "_", ' ');

      g_string_append_printf (facts, "  ·  %s", word);
    }
  if (!s->active)
    g_string_append_printf (facts, "  ·  %s", _ ("no longer sold"));

  wb_page_set_title (WB_PAGE (self), s->name);
  wb_detail_head_set_title (self->head, s->name);
  wb_detail_head_set_facts (self->head, facts->str, p->description[0] != '\0' ? p->description : NULL);
}

static void
show_stock (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->stock);
  for (guint i = 0; i < k->totals->len; i++)
    {
      const WbSkuTotal *t = g_ptr_array_index (k->totals, i);
      g_autofree char *subtitle = g_strdup_printf (_ ("%d there, %d promised"), (int) t->on_hand, (int) t->reserved);
      GtkWidget *free_label = figure (t->available);

      gtk_widget_add_css_class (free_label, "title-3");
      gtk_widget_set_tooltip_text (free_label, _ ("Free to promise"));
      wb_card_add_row (self->stock, t->warehouse, subtitle, free_label);
      for (guint j = 0; j < k->levels->len; j++)
        {
          const WbSkuLevel *l = g_ptr_array_index (k->levels, j);
          g_autofree char *where = NULL;

          if (!g_str_equal (l->warehouse, t->warehouse))
            continue;
          where = g_strdup_printf ("%s%s%s%s%s", l->bin, l->lot[0] != '\0' ? _ ("  ·  lot ") : "", l->lot,
                                   l->expires_on[0] != '\0' ? _ ("  ·  expires ") : "", l->expires_on);
          gtk_widget_add_css_class (wb_card_add_row (self->stock, where, NULL, figure (l->quantity)), "inner");
        }
    }
  if (k->totals->len == 0)
    wb_card_add_empty (self->stock, k->sku->stocked ? _ ("Nothing was ever received.") : _ ("It is not kept in stock."));

  wb_card_clear (self->waiting);
  for (guint i = 0; i < k->waiting->len; i++)
    {
      const WbSkuWaiting *w = g_ptr_array_index (k->waiting, i);
      g_autofree char *title = g_strdup_printf ("#%s", w->number);
      g_autofree char *at = wb_format_moment (w->placed_at);
      GtkWidget *row = wb_card_add_row (self->waiting, title, at, figure (w->missing));
      GtkWidget *open = NULL;

      if (!wb_page_may (WB_PAGE (self), "order_page"))
        continue;
      open = gtk_button_new_from_icon_name ("go-next-symbolic");
      gtk_widget_add_css_class (open, "flat");
      gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (open, _ ("Show the order"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "(sx)", "order", w->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open");
      gtk_box_append (GTK_BOX (row), open);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), k->waiting->len > 0);
}

static void
show_moves (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->moves);
  for (guint i = 0; i < k->moves->len; i++)
    {
      const WbSkuMove *m = g_ptr_array_index (k->moves, i);
      gboolean out = m->to_bin[0] == '\0';
      g_autofree char *at = wb_format_moment (m->at);
      g_autofree char *title = g_strdup_printf ("%s  %s%s%s", wb_word_text ("move", m->kind), m->from_bin,
                                                m->from_bin[0] != '\0' && !out ? " → " : "", m->to_bin);
      g_autofree char *subtitle = g_strdup_printf ("%s  ·  %s%s%s", at, m->actor, m->reason[0] != '\0' ? "  ·  " : "",
                                                   m->reason);
      g_autofree char *quantity = g_strdup_printf ("%s%d", out ? "−" : m->from_bin[0] == '\0' ? "+" : "", (int) m->quantity);

      wb_card_add_row (self->moves, title, subtitle, wb_card_label (quantity, "numeric"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->moves), k->moves->len > 0);
}

static void
show_facts (WbProductPage *self)
{
  const WbSkuHead *s = self->sku->sku;
  const WbSkuProduct *p = self->sku->product;
  g_autofree char *weight = wb_format_weight (s->weight_g);
  g_autofree char *size = wb_format_size (s->length_mm, s->width_mm, s->height_mm);

  wb_card_clear (self->facts);
  wb_card_add_pair (self->facts, _ ("Weight"), weight[0] != '\0' ? weight : "–", NULL);
  wb_card_add_pair (self->facts, _ ("Size"), size[0] != '\0' ? size : "–", NULL);
  if (p->hs_code[0] != '\0')
    wb_card_add_pair (self->facts, _ ("Customs code"), p->hs_code, NULL);
  if (p->origin_country[0] != '\0')
    wb_card_add_pair (self->facts, _ ("Made in"), wb_format_country (p->origin_country), NULL);
  wb_card_add_pair (self->facts, _ ("Tax"), p->tax_class, NULL);
  if (s->track_lot)
    wb_card_add_pair (self->facts, _ ("Followed by"), _ ("Lot"), NULL);
  if (s->track_serial)
    wb_card_add_pair (self->facts, _ ("Followed by"), _ ("Serial number"), NULL);
}

static void
show_codes_and_prices (WbProductPage *self)
{
  const WbSku *k = self->sku;

  wb_card_clear (self->codes);
  for (guint i = 0; i < k->barcodes->len; i++)
    {
      const WbSkuBarcode *b = g_ptr_array_index (k->barcodes, i);
      g_autofree char *quantity = b->quantity > 1 ? g_strdup_printf (_ ("case of %d"), (int) b->quantity)
                                                  : g_strdup (_ ("one piece"));

      wb_card_add_pair (self->codes, b->code, quantity, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->codes), k->barcodes->len > 0);

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

  wb_card_clear (self->variants);
  for (guint i = 0; i < k->variants->len; i++)
    {
      const WbSkuVariant *v = g_ptr_array_index (k->variants, i);

      wb_card_add_row (self->variants, v->name, v->code, figure (v->available));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->variants), k->variants->len > 1);
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
  show_stock (self);
  show_moves (self);
  show_facts (self);
  show_codes_and_prices (self);
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
}

static void
wb_product_page_init (WbProductPage *self)
{
  WbDetailColumns *columns = WB_DETAIL_COLUMNS (wb_detail_columns_new ());

  self->head = WB_DETAIL_HEAD (wb_detail_head_new ());
  wb_detail_columns_add_top (columns, GTK_WIDGET (self->head));
  self->stock = wb_detail_columns_add_card (columns, FALSE, _ ("Stock"));
  self->waiting = wb_detail_columns_add_card (columns, FALSE, _ ("Orders that wait for it"));
  self->moves = wb_detail_columns_add_card (columns, FALSE, _ ("Ledger"));
  self->facts = wb_detail_columns_add_card (columns, TRUE, _ ("Details"));
  self->codes = wb_detail_columns_add_card (columns, TRUE, _ ("Barcodes"));
  self->prices = wb_detail_columns_add_card (columns, TRUE, _ ("Prices"));
  self->variants = wb_detail_columns_add_card (columns, TRUE, _ ("Variants"));
  wb_detail_page_set_content (WB_DETAIL_PAGE (self), GTK_WIDGET (columns));
}
