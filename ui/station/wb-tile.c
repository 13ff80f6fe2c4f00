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

/* What it does; takes no focus of its own. */
static GtkWidget *
make_button (const char *title, const char *subtitle, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *more = gtk_label_new (subtitle);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "button-title");
  gtk_widget_add_css_class (more, "quiet");
  gtk_box_append (GTK_BOX (labels), name);
  gtk_box_append (GTK_BOX (labels), more);
  gtk_widget_set_valign (labels, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), labels);
  gtk_widget_add_css_class (button, "bench-button");
  gtk_widget_set_can_focus (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return button;
}

/**
 * wb_tile_new:
 * @title: what it is called
 * @subtitle: what else there is to say about it
 * @action: what it does
 * @target: (transfer floating): to what
 *
 * Returns: (transfer floating): a child for a GtkFlowBox
 */
GtkWidget *
wb_tile_new (const char *title, const char *subtitle, const char *action, GVariant *target)
{
  WbTile *self = NULL;

  g_return_val_if_fail (title != NULL && subtitle != NULL && action != NULL && target != NULL, NULL);

  self = g_object_new (WB_TYPE_TILE, NULL);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (self), make_button (title, subtitle, action, target));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  return GTK_WIDGET (self);
}
