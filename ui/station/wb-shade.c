/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-shade.h"

struct _WbShade
{
  GtkWidget parent_instance;

  GtkWidget *child;

  /* where the child ends, in a shade of this size; no width: it has no place yet */
  int width;
  int height;
  int bottom;
  gboolean is_held;
};

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbShade, wb_shade, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static GtkBuildableIface *parent_buildable_iface;

static void
set_child (WbShade *self, GtkWidget *child)
{
  g_return_if_fail (WB_IS_SHADE (self));

  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
wb_shade_hold (WbShade *self)
{
  g_return_if_fail (WB_IS_SHADE (self));

  self->is_held = TRUE;
}

static void
wb_shade_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    set_child (WB_SHADE (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = wb_shade_add_child;
}

static GtkSizeRequestMode
wb_shade_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* An overlay makes its children as high as they need to be at their narrowest, whatever is left of them on the screen. */
static void
wb_shade_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  WbShade *self = WB_SHADE (widget);

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, -1, NULL, natural, NULL, NULL);
  *minimum = 0;
}

/* As wide as it likes to be, then as high as that makes it. Left to its own alignment it would be as narrow as the height of the screen lets it. */
static void
wb_shade_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbShade *self = WB_SHADE (widget);
  GtkAllocation child = { 0 };
  int needed = 0;

  if (self->child == NULL || !gtk_widget_should_layout (self->child))
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, &child.width, NULL, NULL);
  child.width = MIN (child.width, MAX (width, needed));
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, child.width, &child.height, NULL, NULL, NULL);
  child.x = (width - child.width) / 2;
  child.y = (height - child.height) / 2;
  self->is_held = self->is_held && self->width == width && self->height == height;
  if (self->is_held)
    child.y = MAX (self->bottom - child.height, MIN (0, height - child.height));
  self->width = width;
  self->height = height;
  self->bottom = child.y + child.height;
  gtk_widget_size_allocate (self->child, &child, -1);
}

static void
wb_shade_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_shade_parent_class)->unmap (widget);
  WB_SHADE (widget)->width = 0;
}

static void
wb_shade_dispose (GObject *object)
{
  g_clear_pointer (&WB_SHADE (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_shade_parent_class)->dispose (object);
}

static void
wb_shade_class_init (WbShadeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_shade_dispose;
  widget_class->get_request_mode = wb_shade_get_request_mode;
  widget_class->measure = wb_shade_measure;
  widget_class->size_allocate = wb_shade_size_allocate;
  widget_class->unmap = wb_shade_unmap;
  gtk_widget_class_set_css_name (widget_class, "shade");
}

static void
wb_shade_init (WbShade *self)
{
}
