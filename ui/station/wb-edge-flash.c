/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-edge-flash.h"

#define FLASH_MS 450
/* How wide an edge is, as in style.css. */
#define EDGE 22

struct _WbEdgeFlash
{
  GtkWidget parent_instance;

  GtkWidget *edges[4];
  GtkWidget *sign;
  guint source;
  gboolean is_wrong;
};

G_DEFINE_FINAL_TYPE (WbEdgeFlash, wb_edge_flash, GTK_TYPE_WIDGET)

static void
show (WbEdgeFlash *self, const char *style)
{
  static const char *const styles[] = { "good", "refused", "wrong" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (g_strcmp0 (styles[i], style) == 0)
        gtk_widget_add_css_class (GTK_WIDGET (self), styles[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), g_strcmp0 (style, "good") == 0 ? "emblem-ok-symbolic"
                                                        : g_strcmp0 (style, "wrong") == 0
                                                            ? "window-close-symbolic"
                                                            : "dialog-information-symbolic");
  gtk_widget_set_visible (self->sign, style != NULL);
}

static gboolean
end_cb (gpointer user_data)
{
  WbEdgeFlash *self = user_data;

  self->source = 0;
  show (self, self->is_wrong ? "wrong" : NULL);
  return G_SOURCE_REMOVE;
}

static void
flash (WbEdgeFlash *self, const char *style)
{
  g_clear_handle_id (&self->source, g_source_remove);
  show (self, style);
  self->source = g_timeout_add (FLASH_MS, end_cb, self);
}

void
wb_edge_flash_good (WbEdgeFlash *self)
{
  g_return_if_fail (WB_IS_EDGE_FLASH (self));

  flash (self, "good");
}

void
wb_edge_flash_refused (WbEdgeFlash *self)
{
  g_return_if_fail (WB_IS_EDGE_FLASH (self));

  flash (self, "refused");
}

void
wb_edge_flash_set_wrong (WbEdgeFlash *self, gboolean wrong)
{
  g_return_if_fail (WB_IS_EDGE_FLASH (self));

  if (self->is_wrong == wrong)
    return;
  self->is_wrong = wrong;
  if (wrong)
    g_clear_handle_id (&self->source, g_source_remove);
  if (self->source == 0)
    show (self, wrong ? "wrong" : NULL);
}

static void
wb_edge_flash_dispose (GObject *object)
{
  WbEdgeFlash *self = WB_EDGE_FLASH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->edges); i++)
    g_clear_pointer (&self->edges[i], gtk_widget_unparent);
  g_clear_pointer (&self->sign, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_edge_flash_parent_class)->dispose (object);
}

static void
wb_edge_flash_class_init (WbEdgeFlashClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_edge_flash_dispose;
  gtk_widget_class_set_css_name (widget_class, "edgeflash");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

/* Each edge is a strip of its own: a border all round would have the whole window painted anew for every scan. */
static GtkWidget *
make_edge (WbEdgeFlash *self, GtkAlign across, GtkAlign down)
{
  GtkWidget *edge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (edge, "edge");
  gtk_widget_set_halign (edge, across);
  gtk_widget_set_valign (edge, down);
  gtk_widget_set_parent (edge, GTK_WIDGET (self));
  return edge;
}

static void
wb_edge_flash_init (WbEdgeFlash *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->edges[0] = make_edge (self, GTK_ALIGN_FILL, GTK_ALIGN_START);
  self->edges[1] = make_edge (self, GTK_ALIGN_FILL, GTK_ALIGN_END);
  self->edges[2] = make_edge (self, GTK_ALIGN_START, GTK_ALIGN_FILL);
  self->edges[3] = make_edge (self, GTK_ALIGN_END, GTK_ALIGN_FILL);
  self->sign = gtk_image_new ();
  gtk_widget_set_halign (self->sign, GTK_ALIGN_END);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_END);
  gtk_widget_set_margin_end (self->sign, EDGE);
  gtk_widget_set_margin_bottom (self->sign, EDGE);
  gtk_widget_set_visible (self->sign, FALSE);
  gtk_widget_set_parent (self->sign, GTK_WIDGET (self));
}

/**
 * wb_edge_flash_new:
 *
 * Returns: (transfer floating): dark
 */
GtkWidget *
wb_edge_flash_new (void)
{
  return g_object_new (WB_TYPE_EDGE_FLASH, NULL);
}
