/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-format.h"
#include "ui/wb-prose.h"

/* So many letters are shown at once, and of a longer text at first not so many: more than a screen of it. */
#define MOST 4000
#define FIRST 2500
/* How narrow it may become, and how wide it would like to be, in letters. */
#define NARROWEST 10
#define WIDEST 60

struct _WbProse
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *more; /* of what is cut; shows all of it */
  char *text;
};

G_DEFINE_FINAL_TYPE (WbProse, wb_prose, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
wb_prose_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
get_more (WbProse *self)
{
  return gtk_widget_should_layout (self->more) ? self->more : NULL;
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
  int more_minimum = 0;
  int more_natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  else if (for_size < 0)
    gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (self->label, orientation, for_size, minimum, natural, NULL, NULL);
  if (get_more (self) == NULL)
    return;
  gtk_widget_measure (self->more, orientation, -1, &more_minimum, &more_natural, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? *minimum + more_minimum : MAX (*minimum, more_minimum);
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? *natural + more_natural : MAX (*natural, more_natural);
}

static void
wb_prose_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbProse *self = WB_PROSE (widget);
  GtkAllocation more = { 0 };

  if (get_more (self) != NULL)
    {
      gtk_widget_measure (self->more, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &more.width, NULL, NULL);
      gtk_widget_measure (self->more, GTK_ORIENTATION_VERTICAL, -1, &more.height, NULL, NULL, NULL);
      more.width = MIN (more.width, width);
      more.x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - more.width : 0;
      more.y = height - more.height;
      gtk_widget_size_allocate (self->more, &more, -1);
    }
  gtk_widget_allocate (self->label, width, height - more.height, baseline, NULL);
}

/* ---- What is shown ------------------------------------------------------------------------- */

/* Shows so many letters of it, and an ellipsis, if there are more. */
static void
show (WbProse *self, glong n)
{
  gboolean is_cut = n < g_utf8_strlen (self->text, -1);
  g_autofree char *part = g_utf8_substring (self->text, 0, is_cut ? n : -1);
  g_autofree char *words = wb_format_words (part);
  g_autofree char *cut = is_cut ? g_strconcat (words, "…", NULL) : NULL;

  gtk_label_set_text (GTK_LABEL (self->label), is_cut ? cut : words);
  gtk_widget_set_visible (self->more, is_cut);
}

static void
more_cb (WbProse *self)
{
  gtk_widget_grab_focus (self->label);
  wb_prose_show_all (self);
}

static void
wb_prose_dispose (GObject *object)
{
  WbProse *self = WB_PROSE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_prose_parent_class)->dispose (object);
}

static void
wb_prose_finalize (GObject *object)
{
  g_free (WB_PROSE (object)->text);
  G_OBJECT_CLASS (wb_prose_parent_class)->finalize (object);
}

static void
wb_prose_class_init (WbProseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_prose_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_prose_finalize;
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
  self->more = gtk_button_new_with_mnemonic (_ ("Show _all of it"));
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
}

/**
 * wb_prose_new:
 * @text: plain text, of any length, with any line breaks
 * @style: (nullable): css class
 *
 * Returns: (transfer floating): it, starting at its edge; of a very long text the beginning, and a button for the rest
 */
GtkWidget *
wb_prose_new (const char *text, const char *style)
{
  WbProse *self = g_object_new (WB_TYPE_PROSE, NULL);
  glong n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  self->text = g_strdup (text);
  n = g_utf8_strlen (text, -1);
  show (self, n > MOST ? FIRST : n);
  /* a short one would otherwise take the room of the narrowest */
  if (n < NARROWEST)
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

/**
 * wb_prose_show_all:
 *
 * From now on all of it is there, however long it is.
 */
void
wb_prose_show_all (WbProse *self)
{
  g_return_if_fail (WB_IS_PROSE (self));

  show (self, g_utf8_strlen (self->text, -1));
}
