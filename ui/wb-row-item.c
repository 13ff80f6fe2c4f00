/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-row-item.h"

struct _WbRowItem
{
  GObject parent_instance;

  WbRow *row;
  gpointer owner;
};

G_DEFINE_FINAL_TYPE (WbRowItem, wb_row_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ROW,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
wb_row_item_finalize (GObject *object)
{
  WbRowItem *self = WB_ROW_ITEM (object);

  g_clear_pointer (&self->row, wb_row_unref);

  G_OBJECT_CLASS (wb_row_item_parent_class)->finalize (object);
}

static void
wb_row_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbRowItem *self = WB_ROW_ITEM (object);

  switch (prop_id)
    {
    case PROP_ROW:
      g_value_set_boxed (value, self->row);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->row == NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_row_item_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WbRowItem *self = WB_ROW_ITEM (object);

  switch (prop_id)
    {
    case PROP_ROW:
      wb_row_item_set_row (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_row_item_class_init (WbRowItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_row_item_finalize;
  object_class->get_property = wb_row_item_get_property;
  object_class->set_property = wb_row_item_set_property;

  properties[PROP_ROW] =
    g_param_spec_boxed ("row", NULL, NULL, WB_TYPE_ROW,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wb_row_item_init (WbRowItem *self)
{
}

/**
 * wb_row_item_new:
 * @row: (nullable): what it stands for, or NULL for "loading"
 *
 * Returns: (transfer full): a place
 */
WbRowItem *
wb_row_item_new (WbRow *row)
{
  WbRowItem *self = g_object_new (WB_TYPE_ROW_ITEM, NULL);

  if (row != NULL)
    self->row = wb_row_ref (row);
  return self;
}

/**
 * wb_row_item_get_row:
 *
 * Returns: (transfer none) (nullable): the row; NULL while it is loading
 */
WbRow *
wb_row_item_get_row (WbRowItem *self)
{
  g_return_val_if_fail (WB_IS_ROW_ITEM (self), NULL);

  return self->row;
}

/**
 * wb_row_item_set_row:
 * @row: (nullable): the row
 *
 * Notifies only when something of the row differs.
 */
void
wb_row_item_set_row (WbRowItem *self, WbRow *row)
{
  WbRow *old = NULL;
  gboolean same = FALSE;

  g_return_if_fail (WB_IS_ROW_ITEM (self));

  if (self->row == row)
    return;
  old = self->row;
  same = old != NULL && row != NULL && wb_row_equal (old, row);
  self->row = row != NULL ? wb_row_ref (row) : NULL;
  if (!same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
  if ((old == NULL) != (row == NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_clear_pointer (&old, wb_row_unref);
}

/**
 * wb_row_item_get_id:
 *
 * Returns: the id of the row; 0 while it is loading
 */
gint64
wb_row_item_get_id (WbRowItem *self)
{
  g_return_val_if_fail (WB_IS_ROW_ITEM (self), 0);

  return self->row != NULL ? wb_row_get_id (self->row) : 0;
}

/**
 * wb_row_item_is_loading:
 *
 * Returns: whether the row is not here yet
 */
gboolean
wb_row_item_is_loading (WbRowItem *self)
{
  g_return_val_if_fail (WB_IS_ROW_ITEM (self), TRUE);

  return self->row == NULL;
}

/**
 * wb_row_item_get_owner:
 *
 * Returns: (transfer none) (nullable): whatever the list model noted; nobody else's business
 */
gpointer
wb_row_item_get_owner (WbRowItem *self)
{
  g_return_val_if_fail (WB_IS_ROW_ITEM (self), NULL);

  return self->owner;
}

/**
 * wb_row_item_set_owner:
 * @owner: (nullable): for the list model alone
 */
void
wb_row_item_set_owner (WbRowItem *self, gpointer owner)
{
  g_return_if_fail (WB_IS_ROW_ITEM (self));

  self->owner = owner;
}
