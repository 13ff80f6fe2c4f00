/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-wrap-box.h"

struct _WbWrapBox
{
  GtkWidget parent_instance;

  int spacing;
  int line_spacing;
};

G_DEFINE_FINAL_TYPE (WbWrapBox, wb_wrap_box, GTK_TYPE_WIDGET)

/* The children of one line: from @first up to, not including, the returned one. */
static GtkWidget *
measure_line (WbWrapBox *self, GtkWidget *first, int width, int *line_height)
{
  GtkWidget *child = first;
  int used = 0;

  *line_height = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition size = { 0, 0 };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, NULL, &size);
      if (used > 0 && used + self->spacing + size.width > width)
        break;
      used += (used > 0 ? self->spacing : 0) + size.width;
      *line_height = MAX (*line_height, size.height);
    }
  return child;
}

static GtkSizeRequestMode
wb_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (WbWrapBox *self, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition least = { 0, 0 };
      GtkRequisition size = { 0, 0 };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, &least, &size);
      *minimum = MAX (*minimum, least.width);
      *natural += (*natural > 0 ? self->spacing : 0) + size.width;
    }
  *natural = MAX (*natural, *minimum);
}

static void
wb_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  WbWrapBox *self = WB_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }
  while (child != NULL)
    {
      int line = 0;

      child = measure_line (self, child, for_size < 0 ? G_MAXINT : for_size, &line);
      height += (height > 0 && line > 0 ? self->line_spacing : 0) + line;
    }
  *minimum = height;
  *natural = height;
}

static void
wb_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbWrapBox *self = WB_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  while (child != NULL)
    {
      int line = 0;
      int x = 0;
      GtkWidget *end = measure_line (self, child, width, &line);

      for (; child != end; child = gtk_widget_get_next_sibling (child))
        {
          GtkRequisition size = { 0, 0 };
          GtkAllocation place = { 0, 0, 0, 0 };

          if (!gtk_widget_should_layout (child))
            continue;
          gtk_widget_get_preferred_size (child, NULL, &size);
          place.width = MIN (size.width, width);
          place.height = line;
          place.x = from_right ? width - x - place.width : x;
          place.y = y;
          gtk_widget_size_allocate (child, &place, -1);
          x += size.width + self->spacing;
        }
      y += line + self->line_spacing;
    }
}

static void
wb_wrap_box_dispose (GObject *object)
{
  wb_wrap_box_clear (WB_WRAP_BOX (object));

  G_OBJECT_CLASS (wb_wrap_box_parent_class)->dispose (object);
}

static void
wb_wrap_box_class_init (WbWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_wrap_box_dispose;
  widget_class->get_request_mode = wb_wrap_box_get_request_mode;
  widget_class->measure = wb_wrap_box_measure;
  widget_class->size_allocate = wb_wrap_box_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "wrapbox");
}

static void
wb_wrap_box_init (WbWrapBox *self)
{
}

/**
 * wb_wrap_box_new:
 * @spacing: pixels between two things of a line
 * @line_spacing: pixels between two lines
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
wb_wrap_box_new (int spacing, int line_spacing)
{
  WbWrapBox *self = g_object_new (WB_TYPE_WRAP_BOX, NULL);

  wb_wrap_box_set_spacing (self, spacing, line_spacing);
  return GTK_WIDGET (self);
}

/**
 * wb_wrap_box_set_spacing:
 * @spacing: pixels between two things of a line
 * @line_spacing: pixels between two lines
 *
 * For one that a template made; it has none.
 */
void
wb_wrap_box_set_spacing (WbWrapBox *self, int spacing, int line_spacing)
{
  g_return_if_fail (WB_IS_WRAP_BOX (self));

  self->spacing = spacing;
  self->line_spacing = line_spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wb_wrap_box_append:
 * @child: (transfer floating): comes last
 */
void
wb_wrap_box_append (WbWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (WB_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * wb_wrap_box_clear:
 *
 * Takes everything out.
 */
void
wb_wrap_box_clear (WbWrapBox *self)
{
  GtkWidget *child = NULL;

  g_return_if_fail (WB_IS_WRAP_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
