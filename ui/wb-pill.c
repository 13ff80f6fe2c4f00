/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-pill.h"
#include "ui/wb-word.h"

struct _WbPill
{
  GtkWidget parent_instance;

  /* Owned references: children */
  GtkWidget *image;
  GtkWidget *label;

  const char *style;
};

G_DEFINE_FINAL_TYPE (WbPill, wb_pill, GTK_TYPE_WIDGET)

static void
wb_pill_dispose (GObject *object)
{
  WbPill *self = WB_PILL (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_pill_parent_class)->dispose (object);
}

static void
wb_pill_class_init (WbPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_pill_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pill");
}

static void
wb_pill_init (WbPill *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 5);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->image = gtk_image_new ();
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * wb_pill_new:
 * @domain: as in wb_word_find()
 * @code: as in wb_word_find()
 *
 * Returns: (transfer floating): a mark; invisible when @code is empty
 */
GtkWidget *
wb_pill_new (const char *domain, const char *code)
{
  GtkWidget *self = g_object_new (WB_TYPE_PILL, NULL);

  wb_pill_set (WB_PILL (self), domain, code);
  return self;
}

/**
 * wb_pill_set:
 * @self: a mark
 * @domain: as in wb_word_find()
 * @code: (nullable): as in wb_word_find()
 *
 * Shows another word.
 */
void
wb_pill_set (WbPill *self, const char *domain, const char *code)
{
  const WbWord *word = NULL;

  g_return_if_fail (WB_IS_PILL (self));

  gtk_widget_set_visible (GTK_WIDGET (self), code != NULL && code[0] != '\0');
  if (code == NULL || code[0] == '\0')
    return;

  word = wb_word_find (domain, code);
  gtk_label_set_label (GTK_LABEL (self->label), word != NULL ? _ (word->text) : code);
  gtk_widget_set_visible (self->image, word != NULL && word->icon_name != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), word != NULL ? word->icon_name : NULL);
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = word != NULL ? word->style : NULL;
  if (self->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->style);
}
