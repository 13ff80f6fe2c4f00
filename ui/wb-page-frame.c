/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-banner.h"
#include "ui/wb-page-frame.h"
#include "ui/wb-scheme-switcher.h"

struct _WbPageFrame
{
  GtkWidget parent_instance;

  /* Template widgets */
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkToggleButton *sidebar;
  GtkMenuButton *menu;
  WbBanner *banner;

  /* Borrowed references */
  WbPage *page;
};

G_DEFINE_FINAL_TYPE (WbPageFrame, wb_page_frame, GTK_TYPE_WIDGET)

static void
add_scheme_switcher (WbPageFrame *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (self->menu);

  gtk_popover_menu_add_child (GTK_POPOVER_MENU (popover), wb_scheme_switcher_new (), "scheme");
}

static void
wb_page_frame_dispose (GObject *object)
{
  WbPageFrame *self = WB_PAGE_FRAME (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PAGE_FRAME);
  g_clear_pointer ((GtkWidget **) &self->page, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_page_frame_parent_class)->dispose (object);
}

static void
wb_page_frame_class_init (WbPageFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_page_frame_dispose;

  g_type_ensure (WB_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-page-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, header);
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, title);
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, back);
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, menu);
  gtk_widget_class_bind_template_child (widget_class, WbPageFrame, banner);
  gtk_widget_class_set_css_name (widget_class, "pageframe");
}

static void
wb_page_frame_init (WbPageFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_scheme_switcher (self);
}

/**
 * wb_page_frame_new:
 * @page: (transfer floating): the page
 * @with_back: a detail page: a button that goes back instead of the one for the sidebar
 *
 * Returns: (transfer floating): the frame
 */
GtkWidget *
wb_page_frame_new (WbPage *page, gboolean with_back)
{
  WbPageFrame *self = NULL;
  GtkWidget *widget = NULL;

  g_return_val_if_fail (WB_IS_PAGE (page), NULL);

  self = g_object_new (WB_TYPE_PAGE_FRAME, NULL);
  self->page = page;
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  /* what comes by itself comes below: nothing moves from under the pointer */
  gtk_widget_insert_before (GTK_WIDGET (page), GTK_WIDGET (self), GTK_WIDGET (self->banner));
  gtk_widget_set_visible (GTK_WIDGET (self->back), with_back);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar), !with_back);

  widget = wb_page_get_title_widget (page);
  if (widget != NULL)
    adw_header_bar_set_title_widget (self->header, widget);
  else
    {
      g_object_bind_property (page, "title", self->title, "title", G_BINDING_SYNC_CREATE);
      g_object_bind_property (page, "subtitle", self->title, "subtitle", G_BINDING_SYNC_CREATE);
      g_object_bind_property (page, "title-shown", self->title, "visible", G_BINDING_SYNC_CREATE);
    }
  widget = wb_page_get_end_widget (page);
  if (widget != NULL)
    adw_header_bar_pack_end (self->header, widget);
  g_object_bind_property (page, "db", self->banner, "db", G_BINDING_SYNC_CREATE);

  return GTK_WIDGET (self);
}

/**
 * wb_page_frame_get_page:
 *
 * Returns: (transfer none): the page inside
 */
WbPage *
wb_page_frame_get_page (WbPageFrame *self)
{
  g_return_val_if_fail (WB_IS_PAGE_FRAME (self), NULL);

  return self->page;
}

/**
 * wb_page_frame_set_notice:
 * @notice: (nullable): what everybody waits for
 */
void
wb_page_frame_set_notice (WbPageFrame *self, const char *notice)
{
  g_return_if_fail (WB_IS_PAGE_FRAME (self));

  wb_banner_set_notice (self->banner, notice);
}
