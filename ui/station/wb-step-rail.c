/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-sign.h"
#include "ui/station/wb-step-rail.h"

struct _WbStepRail
{
  GtkBox parent_instance;

  gboolean narrow;

  /* Borrowed references: rows by step */
  GtkWidget *rows[WB_JOB_STEP_DONE + 1];
  GtkWidget *signs[WB_JOB_STEP_DONE + 1];
  GtkWidget *labels[WB_JOB_STEP_DONE + 1];
};

G_DEFINE_FINAL_TYPE (WbStepRail, wb_step_rail, GTK_TYPE_BOX)

static const char *
get_title (WbJobStep step)
{
  static const char *const titles[] = {
    [WB_JOB_STEP_REVIEW] = N_ ("Review"), [WB_JOB_STEP_PICK] = N_ ("Pick"),   [WB_JOB_STEP_VERIFY] = N_ ("Verify"),
    [WB_JOB_STEP_BOX] = N_ ("Box"),       [WB_JOB_STEP_WEIGH] = N_ ("Weigh"), [WB_JOB_STEP_LABEL] = N_ ("Label"),
    [WB_JOB_STEP_FINAL] = N_ ("Check"),   [WB_JOB_STEP_DONE] = N_ ("Shipped"),
  };

  g_return_val_if_fail ((gsize) step < G_N_ELEMENTS (titles), NULL);

  return _ (titles[step]);
}

static gboolean
is_part (const WbJobState *state, WbJobStep step)
{
  return step == WB_JOB_STEP_DONE || wb_job_state_has_step (state, step);
}

void
wb_step_rail_show (WbStepRail *self, const WbJobState *state)
{
  g_return_if_fail (WB_IS_STEP_RAIL (self));

  for (guint i = 0; i <= WB_JOB_STEP_DONE; i++)
    {
      WbJobStep step = (WbJobStep) i;
      gboolean is_done = state != NULL && step < state->step;
      gboolean is_here = state != NULL && step == state->step;

      gtk_widget_set_visible (self->rows[i], state != NULL && is_part (state, step));
      wb_sign_set (GTK_IMAGE (self->signs[i]), is_done        ? "object-select-symbolic"
                                               : is_here      ? "go-next-symbolic"
                                               : self->narrow ? "media-record-symbolic"
                                                              : "");
      /* side by side there is room for one name */
      gtk_widget_set_visible (self->labels[i], !self->narrow || is_here);
      if (is_here)
        gtk_widget_add_css_class (self->rows[i], "here");
      else
        gtk_widget_remove_css_class (self->rows[i], "here");
      if (is_done)
        gtk_widget_add_css_class (self->rows[i], "done");
      else
        gtk_widget_remove_css_class (self->rows[i], "done");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_STATE_SELECTED, is_here, -1);
    }
}

void
wb_step_rail_set_narrow (WbStepRail *self, gboolean narrow)
{
  g_return_if_fail (WB_IS_STEP_RAIL (self));

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i <= WB_JOB_STEP_DONE; i++)
    {
      gtk_box_set_spacing (GTK_BOX (self->rows[i]), narrow ? 4 : 12);
      gtk_widget_set_tooltip_text (self->rows[i], narrow ? get_title ((WbJobStep) i) : NULL);
    }
}

static void
add_row (WbStepRail *self, WbJobStep step)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (get_title (step));

  self->signs[step] = gtk_image_new ();
  self->labels[step] = label;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (row, "step");
  gtk_box_append (GTK_BOX (row), self->signs[step]);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self), row);
  self->rows[step] = row;
}

static void
wb_step_rail_class_init (WbStepRailClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "steprail");
}

static void
wb_step_rail_init (WbStepRail *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i <= WB_JOB_STEP_DONE; i++)
    add_row (self, (WbJobStep) i);
}
