/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-tile.h"

struct _WbTile
{
  GtkFlowBoxChild parent_instance;
};

G_DEFINE_FINAL_TYPE (WbTile, wb_tile, GTK_TYPE_FLOW_BOX_CHILD)

static void
wb_tile_activate (GtkFlowBoxChild *child)
{
  GtkWidget *button = gtk_flow_box_child_get_child (child);

  if (GTK_IS_BUTTON (button))
    g_signal_emit_by_name (button, "clicked");
}

static void
wb_tile_class_init (WbTileClass *klass)
{
  GTK_FLOW_BOX_CHILD_CLASS (klass)->activate = wb_tile_activate;
}

static void
wb_tile_init (WbTile *self)
{
}

/**
 * wb_tile_new:
 * @button: what it does; takes no focus of its own any more
 * @title: what it is called
 * @subtitle: what else there is to say about it
 *
 * Returns: (transfer floating): a child for a GtkFlowBox
 */
GtkWidget *
wb_tile_new (GtkWidget *button, const char *title, const char *subtitle)
{
  WbTile *self = NULL;

  g_return_val_if_fail (GTK_IS_BUTTON (button) && title != NULL && subtitle != NULL, NULL);

  self = g_object_new (WB_TYPE_TILE, NULL);
  gtk_widget_set_can_focus (button, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (self), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  return GTK_WIDGET (self);
}
