/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include "ui/station/wb-bench-page.h"
#include "ui/station/wb-station-window-private.h"

static void
move_side (WbStationWindow *self, gboolean narrow)
{
  GtkWidget *side = g_object_ref (GTK_WIDGET (self->side));

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (side)), side);
  if (narrow)
    gtk_box_insert_child_after (self->work, side, self->page_scroll);
  else
    gtk_box_append (self->middle, side);
  /* the box between its name and its weight, or below and above */
  gtk_orientable_set_orientation (GTK_ORIENTABLE (side), narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->side_title), narrow);
  gtk_widget_set_hexpand (GTK_WIDGET (self->side_weight), narrow);
  gtk_label_set_xalign (self->side_weight, narrow ? 1 : 0);
  gtk_label_set_justify (self->side_weight, narrow ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  g_object_unref (side);
}

static void
set_class (WbStationWindow *self, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* A tablet held upright: steps above, the box below the list, buttons in two rows. */
static void
set_narrow (WbStationWindow *self, gboolean narrow)
{
  GtkOrientation across = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle), across);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar), across);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->panel_reasons), across);
  gtk_widget_set_visible (self->bar_spacer, !narrow);
  gtk_box_set_homogeneous (self->work_buttons, narrow);
  gtk_box_set_homogeneous (self->sense_buttons, narrow);
  gtk_box_set_homogeneous (self->more_buttons, narrow);
  wb_step_rail_set_narrow (self->rail, narrow);
  move_side (self, narrow);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (WB_IS_BENCH_PAGE (page))
      wb_bench_page_set_narrow (WB_BENCH_PAGE (page), narrow);
  set_class (self, "narrow", narrow);
}

void
_wb_station_window_set_shape (WbStationWindow *self, gboolean narrow, gboolean tight)
{
  gboolean small = narrow || tight;

  set_narrow (self, narrow);
  self->tight = tight;
  set_class (self, "tight", tight);
  gtk_box_set_spacing (self->header, small ? 8 : 14);
  gtk_label_set_width_chars (self->timer, narrow ? -1 : 5);
  gtk_box_set_spacing (self->work, tight ? 8 : 14);
  gtk_box_set_spacing (self->bar, small ? 6 : 10);
  gtk_box_set_spacing (self->work_buttons, small ? 6 : 10);
  gtk_box_set_spacing (self->sense_buttons, small ? 6 : 10);
  gtk_box_set_spacing (self->more_buttons, small ? 6 : 10);
  gtk_widget_set_size_request (GTK_WIDGET (self->side_view), narrow ? 160 : small ? 200 : 240, narrow && tight ? 110 : narrow ? 180 : small ? 200 : 260);
  _wb_station_window_update (self);
}
