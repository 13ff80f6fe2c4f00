/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-card.h"
#include "ui/wb-format.h"
#include "ui/wb-prose.h"

struct _WbCard
{
  GtkWidget parent_instance;

  /* Owned references: children */
  GtkWidget *head;
  GtkWidget *body;
  GtkWidget *footer;

  /* Borrowed references */
  GtkWidget *title;
  GtkWidget *suffix;
};

G_DEFINE_FINAL_TYPE (WbCard, wb_card, GTK_TYPE_WIDGET)

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
wb_card_dispose (GObject *object)
{
  WbCard *self = WB_CARD (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->footer, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_card_parent_class)->dispose (object);
}

static void
wb_card_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbCard *self = WB_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->title)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_card_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      wb_card_set_title (WB_CARD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_card_class_init (WbCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_card_dispose;
  object_class->get_property = wb_card_get_property;
  object_class->set_property = wb_card_set_property;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wbcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_card_init (WbCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->head, "head");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
  self->title = wb_card_label (NULL, "heading");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_box_append (GTK_BOX (self->head), self->title);

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->body, "rows");
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
}

/**
 * wb_card_new:
 * @title: what it holds
 *
 * Returns: (transfer floating): an empty card
 */
GtkWidget *
wb_card_new (const char *title)
{
  return g_object_new (WB_TYPE_CARD, "title", title, NULL);
}

/**
 * wb_card_set_title:
 * @title: what it holds; also its name for screen readers
 */
void
wb_card_set_title (WbCard *self, const char *title)
{
  g_return_if_fail (WB_IS_CARD (self));

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->title)), title) == 0)
    return;
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * wb_card_set_suffix:
 * @suffix: (nullable) (transfer floating): a button or a figure at the end of the title
 *
 * Puts something beside the title, in the place of what was there.
 */
void
wb_card_set_suffix (WbCard *self, GtkWidget *suffix)
{
  g_return_if_fail (WB_IS_CARD (self));

  if (self->suffix != NULL)
    gtk_box_remove (GTK_BOX (self->head), self->suffix);
  self->suffix = suffix;
  if (suffix != NULL)
    gtk_box_append (GTK_BOX (self->head), suffix);
}

/**
 * wb_card_set_footer:
 * @footer: (transfer floating): stays when the card is filled anew: where people type
 */
void
wb_card_set_footer (WbCard *self, GtkWidget *footer)
{
  g_return_if_fail (WB_IS_CARD (self) && GTK_IS_WIDGET (footer));

  g_clear_pointer (&self->footer, gtk_widget_unparent);
  self->footer = footer;
  gtk_widget_set_parent (footer, GTK_WIDGET (self));
}

/**
 * wb_card_clear:
 *
 * Takes out all rows.
 */
void
wb_card_clear (WbCard *self)
{
  GtkWidget *child = NULL;

  g_return_if_fail (WB_IS_CARD (self));

  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
}

/**
 * wb_card_add:
 * @child: (transfer floating): a row
 */
void
wb_card_add (WbCard *self, GtkWidget *child)
{
  g_return_if_fail (WB_IS_CARD (self) && GTK_IS_WIDGET (child));

  gtk_box_append (GTK_BOX (self->body), child);
}

/**
 * wb_card_add_empty:
 * @text: one sentence
 *
 * Says that there is nothing, and what would be there.
 */
void
wb_card_add_empty (WbCard *self, const char *text)
{
  GtkWidget *prose = wb_prose_new (text, "dim-label");

  gtk_widget_add_css_class (prose, "row");
  wb_card_add (self, prose);
}

/**
 * wb_card_add_text:
 * @text: what somebody wrote, perhaps several lines
 *
 * Adds a text that is read to its end, and can be copied.
 */
void
wb_card_add_text (WbCard *self, const char *text)
{
  GtkWidget *prose = wb_prose_new (text, "row");

  wb_prose_set_selectable (WB_PROSE (prose), TRUE);
  wb_card_add (self, prose);
}

/**
 * wb_card_label:
 * @text: (nullable): plain text
 * @style: (nullable): css class
 *
 * Returns: (transfer floating): a label that starts at its edge and gives way when room is short
 */
GtkWidget *
wb_card_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/**
 * wb_card_figure:
 * @text: a number, an amount, a moment
 * @style: (nullable): css class
 *
 * Returns: (transfer floating): a label that ends at its edge and is never cut: half a number is a wrong number
 */
GtkWidget *
wb_card_figure (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Words in two lines, and something at the end. */
static void
fill_row (GtkWidget *row, GtkWidget *title, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  if (subtitle != NULL && subtitle[0] != '\0')
    {
      GtkWidget *small = wb_prose_new (subtitle, "caption");

      gtk_widget_add_css_class (small, "dim-label");
      gtk_box_append (GTK_BOX (words), small);
    }
  gtk_box_append (GTK_BOX (row), words);
  if (suffix == NULL)
    return;
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), suffix);
}

/**
 * wb_card_add_row:
 * @title: plain text
 * @subtitle: (nullable): plain text, smaller; wraps
 * @suffix: (nullable) (transfer floating): at the end
 *
 * Adds a row of one or two lines.
 *
 * Returns: (transfer none): the row, a #GtkBox
 */
GtkWidget *
wb_card_add_row (WbCard *self, const char *title, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (row, "row");
  fill_row (row, wb_card_label (title, NULL), subtitle, suffix);
  wb_card_add (self, row);
  return row;
}

/**
 * wb_card_add_said:
 * @text: what somebody wrote, perhaps several lines
 * @subtitle: who and when
 * @suffix: (nullable) (transfer floating): at the end
 *
 * Adds a text that is read to its end, and can be copied, with what is known of it.
 */
void
wb_card_add_said (WbCard *self, const char *text, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *prose = wb_prose_new (text, NULL);

  wb_prose_set_selectable (WB_PROSE (prose), TRUE);
  gtk_widget_add_css_class (row, "row");
  fill_row (row, prose, subtitle, suffix);
  wb_card_add (self, row);
}

/**
 * wb_card_add_link:
 * @title: plain text
 * @subtitle: (nullable): plain text, smaller; wraps
 * @suffix: (nullable) (transfer floating): before the arrow
 * @action: what a click on the row does
 * @target: (transfer floating): its target
 *
 * Adds a row that leads somewhere. The whole row is the button.
 *
 * Returns: (transfer none): the row, a #GtkButton
 */
GtkWidget *
wb_card_add_link (WbCard *self, const char *title, const char *subtitle, GtkWidget *suffix, const char *action,
                  GVariant *target)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *go = gtk_image_new_from_icon_name ("go-next-symbolic");

  fill_row (box, wb_card_label (title, NULL), subtitle, suffix);
  gtk_widget_add_css_class (go, "go");
  gtk_box_append (GTK_BOX (box), go);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  wb_card_add (self, row);
  return row;
}

/**
 * wb_card_add_pair:
 * @name: plain text
 * @value: a figure, aligned at the end
 * @style: (nullable): css class of both, e.g. "heading"
 *
 * Adds a name and its figure.
 *
 * Returns: (transfer none): the row
 */
GtkWidget *
wb_card_add_pair (WbCard *self, const char *name, const char *value, const char *style)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = wb_card_label (name, style);
  GtkWidget *right = gtk_label_new (value);

  gtk_widget_add_css_class (row, "pair");
  gtk_widget_set_hexpand (left, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (left), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_label_set_ellipsize (GTK_LABEL (right), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_widget_add_css_class (right, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (right, style);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  wb_card_add (self, row);
  return row;
}

/**
 * wb_card_add_pair_ltr:
 * @name: plain text
 * @value: signs and digits that are read from the left, a telephone number
 *
 * Adds a name and its value.
 *
 * Returns: (transfer none): the row
 */
GtkWidget *
wb_card_add_pair_ltr (WbCard *self, const char *name, const char *value)
{
  g_autofree char *text = wb_format_ltr (value);

  return wb_card_add_pair (self, name, text, NULL);
}
