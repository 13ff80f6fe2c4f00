/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-filter-chips.h"

struct _WbFilterChips
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (WbFilterChips, wb_filter_chips, GTK_TYPE_WIDGET)

enum
{
  REMOVE,
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_clause (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "wb-clause"));
}

static void
remove_clicked_cb (GtkWidget *button, WbFilterChips *self)
{
  g_signal_emit (self, signals[REMOVE], 0, get_clause (button));
}

static void
edit_clicked_cb (GtkWidget *button, WbFilterChips *self)
{
  g_signal_emit (self, signals[EDIT], 0, get_clause (button));
}

static GtkWidget *
make_chip (WbFilterChips *self, WbFilter *filter, guint i, const WbFilterContext *context)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *edit = gtk_button_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autoptr (WbFilter) clause = wb_filter_get_clause (filter, i);
  g_autofree char *words = wb_filter_explain (clause, context);
  g_autofree char *text = wb_filter_print (clause);
  g_autofree char *remove_label = g_strdup_printf (_ ("Remove filter: %s"), words);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_button_set_child (GTK_BUTTON (edit), label);
  gtk_widget_set_tooltip_text (edit, text);
  g_object_set_data (G_OBJECT (edit), "wb-clause", GUINT_TO_POINTER (i));
  g_object_set_data (G_OBJECT (remove), "wb-clause", GUINT_TO_POINTER (i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove_label, -1);
  gtk_widget_set_tooltip_text (remove, _ ("Remove filter"));
  g_signal_connect_object (edit, "clicked", G_CALLBACK (edit_clicked_cb), self, 0);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_box_append (GTK_BOX (chip), edit);
  gtk_box_append (GTK_BOX (chip), remove);
  return chip;
}

static void
wb_filter_chips_dispose (GObject *object)
{
  WbFilterChips *self = WB_FILTER_CHIPS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_filter_chips_parent_class)->dispose (object);
}

static void
wb_filter_chips_class_init (WbFilterChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_filter_chips_dispose;

  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterchips");
}

static void
wb_filter_chips_init (WbFilterChips *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);
}

/**
 * wb_filter_chips_set_filter:
 * @filter: (nullable): whose clauses to show
 * @context: (nullable): for the labels of open choices
 */
void
wb_filter_chips_set_filter (WbFilterChips *self, WbFilter *filter, const WbFilterContext *context)
{
  GtkWidget *child = NULL;
  guint n = 0;

  g_return_if_fail (WB_IS_FILTER_CHIPS (self));

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  n = filter != NULL && !wb_filter_is_empty (filter) ? wb_filter_get_n_clauses (filter) : 0;
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->box), make_chip (self, filter, i, context));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
