/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-edge-flash.h"
#include "ui/station/wb-sign.h"
#include "ui/wb-compat.h"

#define FLASH_MS 450
/* How wide an edge is. */
#define EDGE 22

struct _WbEdgeFlash
{
  GtkWidget parent_instance;

  GtkWidget *sign;
  guint source;
  gboolean is_wrong;

  /* Of the first frame, in which only the upper edge has the new colour. */
  guint rest_tick;
  gboolean is_first;
  GdkRGBA rest; /* the colour of the other three */
};

G_DEFINE_FINAL_TYPE (WbEdgeFlash, wb_edge_flash, GTK_TYPE_WIDGET)

static void
set_style (WbEdgeFlash *self, const char *style)
{
  static const char *const styles[] = { "good", "refused", "wrong" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (g_strcmp0 (styles[i], style) == 0)
        gtk_widget_add_css_class (GTK_WIDGET (self), styles[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
    }
}

static const char *
get_icon (WbEdgeFlash *self)
{
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "good"))
    return "emblem-ok-symbolic";
  return gtk_widget_has_css_class (GTK_WIDGET (self), "wrong") ? "window-close-symbolic" : "dialog-information-symbolic";
}

static void
forget_rest (WbEdgeFlash *self)
{
  if (self->rest_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->rest_tick);
  self->rest_tick = 0;
  self->is_first = FALSE;
}

/* Comes once in the first frame, before it is painted, and again in the one behind it. */
static gboolean
rest_cb (GtkWidget *widget, GdkFrameClock *frames, gpointer user_data)
{
  WbEdgeFlash *self = WB_EDGE_FLASH (widget);

  if (!self->is_first)
    {
      self->is_first = TRUE;
      return G_SOURCE_CONTINUE;
    }
  self->is_first = FALSE;
  self->rest_tick = 0;
  wb_sign_set (GTK_IMAGE (self->sign), get_icon (self));
  gtk_widget_set_visible (self->sign, TRUE);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/*
 * Without a graphics card a frame costs what its changes reach across. So the upper edge, a strip, goes first, and the other edges and the
 * sign are with the next frame: nobody sees that, but the colour is there earlier, by most of what a frame may take.
 */
static void
show (WbEdgeFlash *self, const char *style)
{
  forget_rest (self);
  set_style (self, style);
  if (style == NULL)
    gtk_widget_set_visible (self->sign, FALSE);
  else
    self->rest_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), rest_cb, NULL, NULL);
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

/*
 * Each edge is a strip of its own, and all of them are always there, though mostly transparent: GSK takes what comes or goes for as large as
 * the whole of it, and would paint the window anew for every scan.
 */
static void
wb_edge_flash_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbEdgeFlash *self = WB_EDGE_FLASH (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  const graphene_rect_t edges[] = {
    GRAPHENE_RECT_INIT (0, 0, width, EDGE),
    GRAPHENE_RECT_INIT (0, height - EDGE, width, EDGE),
    GRAPHENE_RECT_INIT (0, EDGE, EDGE, height - 2 * EDGE),
    GRAPHENE_RECT_INIT (width - EDGE, EDGE, EDGE, height - 2 * EDGE),
  };
  GdkRGBA color = { 0 };

  wb_compat_get_color (widget, &color);
  if (!self->is_first)
    self->rest = color;
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    gtk_snapshot_append_color (snapshot, i == 0 ? &color : &self->rest, &edges[i]);
  gtk_widget_snapshot_child (widget, self->sign, snapshot);
}

static void
wb_edge_flash_dispose (GObject *object)
{
  WbEdgeFlash *self = WB_EDGE_FLASH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  forget_rest (self);
  g_clear_pointer (&self->sign, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_edge_flash_parent_class)->dispose (object);
}

static void
wb_edge_flash_class_init (WbEdgeFlashClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_edge_flash_dispose;
  widget_class->snapshot = wb_edge_flash_snapshot;
  gtk_widget_class_set_css_name (widget_class, "edgeflash");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wb_edge_flash_init (WbEdgeFlash *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->sign = gtk_image_new ();
  gtk_widget_set_halign (self->sign, GTK_ALIGN_END);
  gtk_widget_set_valign (self->sign, GTK_ALIGN_END);
  gtk_widget_set_margin_end (self->sign, EDGE);
  gtk_widget_set_margin_bottom (self->sign, EDGE);
  gtk_widget_set_visible (self->sign, FALSE);
  gtk_widget_set_parent (self->sign, GTK_WIDGET (self));
}
