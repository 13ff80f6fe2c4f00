/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-detail-columns.h"

#define RIGHT_WIDTH 340

struct _WbDetailColumns
{
  AdwBin parent_instance;

  /* Borrowed references */
  GtkWidget *top;
  GtkWidget *columns;
  GtkWidget *left;
  GtkWidget *right;

  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (WbDetailColumns, wb_detail_columns, ADW_TYPE_BIN)

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
wb_detail_columns_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, WB_DETAIL_COLUMNS (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_detail_columns_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      wb_detail_columns_set_narrow (WB_DETAIL_COLUMNS (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_detail_columns_class_init (WbDetailColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_detail_columns_get_property;
  object_class->set_property = wb_detail_columns_set_property;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "detail");
}

static void
wb_detail_columns_init (WbDetailColumns *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->top, "content");
  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_hexpand (self->left, TRUE);
  self->right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_size_request (self->right, RIGHT_WIDTH, -1);
  gtk_box_append (GTK_BOX (self->columns), self->left);
  gtk_box_append (GTK_BOX (self->columns), self->right);
  gtk_box_append (GTK_BOX (self->top), self->columns);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1240);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->top);
  adw_bin_set_child (ADW_BIN (self), clamp);
}

/**
 * wb_detail_columns_new:
 *
 * Returns: (transfer floating): two empty columns
 */
GtkWidget *
wb_detail_columns_new (void)
{
  return g_object_new (WB_TYPE_DETAIL_COLUMNS, NULL);
}

/**
 * wb_detail_columns_add_top:
 * @child: (transfer floating): what stands above the columns, over the whole width
 */
void
wb_detail_columns_add_top (WbDetailColumns *self, GtkWidget *child)
{
  g_return_if_fail (WB_IS_DETAIL_COLUMNS (self) && GTK_IS_WIDGET (child));

  gtk_box_insert_child_after (GTK_BOX (self->top), child, gtk_widget_get_prev_sibling (self->columns));
}

/**
 * wb_detail_columns_add_card:
 * @right: in the narrow column at the right
 * @title: of the card
 *
 * Returns: (transfer none): the new card
 */
WbCard *
wb_detail_columns_add_card (WbDetailColumns *self, gboolean right, const char *title)
{
  GtkWidget *card = wb_card_new (title);

  g_return_val_if_fail (WB_IS_DETAIL_COLUMNS (self), NULL);

  gtk_box_append (GTK_BOX (right ? self->right : self->left), card);
  return WB_CARD (card);
}

gboolean
wb_detail_columns_get_narrow (WbDetailColumns *self)
{
  g_return_val_if_fail (WB_IS_DETAIL_COLUMNS (self), FALSE);

  return self->narrow;
}

/**
 * wb_detail_columns_set_narrow:
 * @narrow: whether there is room for one column only
 */
void
wb_detail_columns_set_narrow (WbDetailColumns *self, gboolean narrow)
{
  g_return_if_fail (WB_IS_DETAIL_COLUMNS (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->right, narrow ? -1 : RIGHT_WIDTH, -1);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}
