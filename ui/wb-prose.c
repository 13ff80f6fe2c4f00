/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-format.h"
#include "ui/wb-prose.h"

/* How narrow it may become, and how wide it would like to be, in letters. */
#define NARROWEST 10
#define WIDEST 60

struct _WbProse
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (WbProse, wb_prose, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
wb_prose_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/*
 * The height follows from the width, never the other way round: how wide a text must be for a height is a search, with a layout of the whole
 * text a step, and GtkBox searches with that. Without a width it is as high as at the width it likes, not as at its narrowest.
 */
static void
wb_prose_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  WbProse *self = WB_PROSE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  else if (for_size < 0)
    gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (self->label, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
wb_prose_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (WB_PROSE (widget)->label, width, height, baseline, NULL);
}

static void
wb_prose_dispose (GObject *object)
{
  g_clear_pointer (&WB_PROSE (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_prose_parent_class)->dispose (object);
}

static void
wb_prose_class_init (WbProseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_prose_dispose;
  widget_class->get_request_mode = wb_prose_get_request_mode;
  widget_class->measure = wb_prose_measure;
  widget_class->size_allocate = wb_prose_size_allocate;
}

static void
wb_prose_init (WbProse *self)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* an address or a code that is broken to fit gets no hyphen, which would be read as part of it */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_yalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (label, NARROWEST);
  gtk_label_set_max_width_chars (label, WIDEST);
  self->label = GTK_WIDGET (label);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * wb_prose_new:
 * @text: plain text, of any length, with any line breaks
 * @style: (nullable): css class
 *
 * Returns: (transfer floating): it, starting at its edge
 */
GtkWidget *
wb_prose_new (const char *text, const char *style)
{
  WbProse *self = g_object_new (WB_TYPE_PROSE, NULL);
  g_autofree char *words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  words = wb_format_words (text);
  gtk_label_set_text (GTK_LABEL (self->label), words);
  /* a short one would otherwise take the room of the narrowest */
  if (g_utf8_strlen (words, -1) < NARROWEST)
    gtk_label_set_width_chars (GTK_LABEL (self->label), -1);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  return GTK_WIDGET (self);
}

/**
 * wb_prose_set_selectable:
 * @selectable: whether it can be copied from
 */
void
wb_prose_set_selectable (WbProse *self, gboolean selectable)
{
  g_return_if_fail (WB_IS_PROSE (self));

  gtk_label_set_selectable (GTK_LABEL (self->label), selectable);
}
