/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-card.h"
#include "ui/wb-detail-head.h"
#include "ui/wb-pill.h"
#include "ui/wb-wrap-box.h"

struct _WbDetailHead
{
  GtkWidget parent_instance;

  /* Owned references: children */
  GtkWidget *words;
  GtkWidget *buttons;

  /* Borrowed references */
  GtkWidget *title;
  GtkWidget *link;
  GtkWidget *marks;
  GtkWidget *facts;
  GtkWidget *primary;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (WbDetailHead, wb_detail_head, GTK_TYPE_WIDGET)

static void
wb_detail_head_dispose (GObject *object)
{
  WbDetailHead *self = WB_DETAIL_HEAD (object);

  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->buttons, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_detail_head_parent_class)->dispose (object);
}

static void
wb_detail_head_class_init (WbDetailHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_detail_head_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
build_words (WbDetailHead *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));

  self->title = wb_card_label (NULL, "title-1");
  gtk_label_set_selectable (GTK_LABEL (self->title), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->title), 3);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "numeric");
  gtk_box_append (GTK_BOX (line), self->title);
  self->link = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->link), wb_card_label (NULL, NULL));
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "detail-link");
  gtk_widget_set_valign (self->link, GTK_ALIGN_BASELINE);
  gtk_widget_set_visible (self->link, FALSE);
  gtk_box_append (GTK_BOX (line), self->link);
  gtk_box_append (GTK_BOX (self->words), line);

  self->marks = wb_wrap_box_new (16, 4);
  gtk_box_append (GTK_BOX (self->words), self->marks);

  self->facts = wb_card_label (NULL, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->facts), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->facts), TRUE);
  gtk_box_append (GTK_BOX (self->words), self->facts);
}

static void
wb_detail_head_init (WbDetailHead *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 12);
  build_words (self);

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_START);
  gtk_widget_set_parent (self->buttons, GTK_WIDGET (self));
  self->primary = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->primary, "suggested-action");
  gtk_widget_set_visible (self->primary, FALSE);
  gtk_box_append (GTK_BOX (self->buttons), self->primary);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_visible (self->menu, FALSE);
  gtk_box_append (GTK_BOX (self->buttons), self->menu);
}

/**
 * wb_detail_head_new:
 *
 * Returns: (transfer floating): an empty head
 */
GtkWidget *
wb_detail_head_new (void)
{
  return g_object_new (WB_TYPE_DETAIL_HEAD, NULL);
}

/**
 * wb_detail_head_set_title:
 * @title: what the page is about
 */
void
wb_detail_head_set_title (WbDetailHead *self, const char *title)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  gtk_label_set_label (GTK_LABEL (self->title), title);
}

/**
 * wb_detail_head_set_link:
 * @text: (nullable): beside the title; %NULL or empty for nothing
 * @action: what it does
 *
 * What the thing belongs to: an order's customer, a SKU's product.
 */
void
wb_detail_head_set_link (WbDetailHead *self, const char *text, const char *action)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  gtk_widget_set_visible (self->link, text != NULL && text[0] != '\0');
  /* On one baseline they are one line: GTK cannot measure a wrapped text there. */
  gtk_label_set_wrap (GTK_LABEL (self->title), text == NULL || text[0] == '\0');
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->link))), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->link), action);
}

/**
 * wb_detail_head_clear_marks:
 *
 * Takes all marks away.
 */
void
wb_detail_head_clear_marks (WbDetailHead *self)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  wb_wrap_box_clear (WB_WRAP_BOX (self->marks));
}

/**
 * wb_detail_head_add_mark:
 * @domain: as in wb_word_find()
 * @code: as in wb_word_find(); nothing is added for an empty one
 */
void
wb_detail_head_add_mark (WbDetailHead *self, const char *domain, const char *code)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  if (code != NULL && code[0] != '\0')
    wb_wrap_box_append (WB_WRAP_BOX (self->marks), wb_pill_new (domain, code));
}

/**
 * wb_detail_head_set_facts:
 * @facts: one line under the title
 * @tooltip: (nullable): more of it
 */
void
wb_detail_head_set_facts (WbDetailHead *self, const char *facts, const char *tooltip)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  gtk_label_set_label (GTK_LABEL (self->facts), facts);
  gtk_widget_set_tooltip_text (self->facts, tooltip);
  gtk_widget_set_visible (self->facts, facts[0] != '\0');
}

/**
 * wb_detail_head_set_primary:
 * @label: (nullable): what to do next, a verb; %NULL for nothing
 * @action: its action
 * @target: (nullable) (transfer floating): its target
 */
void
wb_detail_head_set_primary (WbDetailHead *self, const char *label, const char *action, GVariant *target)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  gtk_widget_set_visible (self->primary, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->primary), label);
  /* the name last: an action never meets a target that is not its own */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->primary), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->primary), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->primary), action);
}

static gboolean
has_items (GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      if (section == NULL || has_items (section))
        return TRUE;
    }
  return FALSE;
}

/**
 * wb_detail_head_set_menu:
 * @tooltip: what the menu is about; also its name for screen readers
 * @menu: everything else that can be done; when that is nothing there is no button
 */
void
wb_detail_head_set_menu (WbDetailHead *self, const char *tooltip, GMenuModel *menu)
{
  g_return_if_fail (WB_IS_DETAIL_HEAD (self));

  gtk_widget_set_tooltip_text (self->menu, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_set_visible (self->menu, has_items (menu));
}
