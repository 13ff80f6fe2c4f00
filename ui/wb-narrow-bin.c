/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-narrow-bin.h"

struct _WbNarrowBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  int minimum_width;
  int natural_width;
  int threshold;
  int tight_width;
  int tight_height;
  int tight_height_narrow;
  gboolean narrow;
  gboolean tight;
  gboolean wants_narrow;
  gboolean wants_tight;
  guint source;
};

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbNarrowBin, wb_narrow_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_MINIMUM_WIDTH,
  PROP_NATURAL_WIDTH,
  PROP_THRESHOLD,
  PROP_TIGHT_WIDTH,
  PROP_TIGHT_HEIGHT,
  PROP_TIGHT_HEIGHT_NARROW,
  PROP_NARROW,
  PROP_TIGHT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable_iface;

static void
set_flag (WbNarrowBin *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
change_shape_cb (gpointer user_data)
{
  WbNarrowBin *self = user_data;

  self->source = 0;
  set_flag (self, &self->tight, self->wants_tight, PROP_TIGHT);
  set_flag (self, &self->narrow, self->wants_narrow, PROP_NARROW);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
wb_narrow_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
wb_narrow_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  WbNarrowBin *self = WB_NARROW_BIN (widget);

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);
  /* What it needs when wide is no measure: it will have another shape before it is so narrow. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->minimum_width > 0)
    *minimum = MIN (*minimum, self->minimum_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->natural_width > 0)
    *natural = MAX (*minimum, self->natural_width);
}

static void
wb_narrow_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbNarrowBin *self = WB_NARROW_BIN (widget);

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    {
      int needed = 0;

      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
      gtk_widget_allocate (self->child, MAX (width, needed), height, baseline, NULL);
    }

  self->wants_narrow = width < self->threshold;
  /* One that is narrow has things above each other, and needs more height. */
  if (self->wants_narrow)
    self->wants_tight = height < self->tight_height_narrow;
  else
    self->wants_tight = width < self->tight_width || height < self->tight_height;
  /* Whoever listens will change the layout, which must not happen inside of one. */
  if ((self->wants_narrow != self->narrow || self->wants_tight != self->tight) && self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, change_shape_cb, self, NULL);
}

static void
wb_narrow_bin_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                         const char *type)
{
  if (GTK_IS_WIDGET (child))
    wb_narrow_bin_set_child (WB_NARROW_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = wb_narrow_bin_add_child;
}

static void
wb_narrow_bin_dispose (GObject *object)
{
  WbNarrowBin *self = WB_NARROW_BIN (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_narrow_bin_parent_class)->dispose (object);
}

static void
wb_narrow_bin_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbNarrowBin *self = WB_NARROW_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_MINIMUM_WIDTH:
      g_value_set_int (value, self->minimum_width);
      break;
    case PROP_NATURAL_WIDTH:
      g_value_set_int (value, self->natural_width);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_TIGHT_WIDTH:
      g_value_set_int (value, self->tight_width);
      break;
    case PROP_TIGHT_HEIGHT:
      g_value_set_int (value, self->tight_height);
      break;
    case PROP_TIGHT_HEIGHT_NARROW:
      g_value_set_int (value, self->tight_height_narrow);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_TIGHT:
      g_value_set_boolean (value, self->tight);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_narrow_bin_set_property (GObject *object, guint prop_id, const GValue *value,
                            GParamSpec *pspec)
{
  WbNarrowBin *self = WB_NARROW_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      wb_narrow_bin_set_child (self, g_value_get_object (value));
      break;
    case PROP_MINIMUM_WIDTH:
      self->minimum_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_NATURAL_WIDTH:
      self->natural_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    case PROP_TIGHT_WIDTH:
      self->tight_width = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    case PROP_TIGHT_HEIGHT:
      self->tight_height = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    case PROP_TIGHT_HEIGHT_NARROW:
      self->tight_height_narrow = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_narrow_bin_class_init (WbNarrowBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = wb_narrow_bin_dispose;
  object_class->get_property = wb_narrow_bin_get_property;
  object_class->set_property = wb_narrow_bin_set_property;

  widget_class->get_request_mode = wb_narrow_bin_get_request_mode;
  widget_class->measure = wb_narrow_bin_measure;
  widget_class->size_allocate = wb_narrow_bin_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_MINIMUM_WIDTH] =
    g_param_spec_int ("minimum-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_NATURAL_WIDTH] =
    g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_THRESHOLD] =
    g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_TIGHT_WIDTH] =
    g_param_spec_int ("tight-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_TIGHT_HEIGHT] =
    g_param_spec_int ("tight-height", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_TIGHT_HEIGHT_NARROW] =
    g_param_spec_int ("tight-height-narrow", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_TIGHT] =
    g_param_spec_boolean ("tight", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "narrowbin");
}

static void
wb_narrow_bin_init (WbNarrowBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * wb_narrow_bin_new:
 *
 * Returns: (transfer floating): an empty bin
 */
GtkWidget *
wb_narrow_bin_new (void)
{
  return g_object_new (WB_TYPE_NARROW_BIN, NULL);
}

/**
 * wb_narrow_bin_set_child:
 * @child: (nullable) (transfer floating): what it holds from now on
 */
void
wb_narrow_bin_set_child (WbNarrowBin *self, GtkWidget *child)
{
  g_return_if_fail (WB_IS_NARROW_BIN (self));

  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

/**
 * wb_narrow_bin_get_narrow:
 *
 * Returns: whether the bin is narrower than its threshold
 */
gboolean
wb_narrow_bin_get_narrow (WbNarrowBin *self)
{
  g_return_val_if_fail (WB_IS_NARROW_BIN (self), FALSE);

  return self->narrow;
}

/**
 * wb_narrow_bin_get_tight:
 *
 * Returns: whether there is less than tight-width or tight-height (tight-height-narrow, while it is narrow)
 */
gboolean
wb_narrow_bin_get_tight (WbNarrowBin *self)
{
  g_return_val_if_fail (WB_IS_NARROW_BIN (self), FALSE);

  return self->tight;
}
