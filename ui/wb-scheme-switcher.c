/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-scheme-switcher.h"

struct _WbSchemeSwitcher
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *system;
  GtkWidget *light;
  GtkWidget *dark;
};

G_DEFINE_FINAL_TYPE (WbSchemeSwitcher, wb_scheme_switcher, GTK_TYPE_WIDGET)

static void
wb_scheme_switcher_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_SCHEME_SWITCHER);

  G_OBJECT_CLASS (wb_scheme_switcher_parent_class)->dispose (object);
}

static void
wb_scheme_switcher_class_init (WbSchemeSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_scheme_switcher_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-scheme-switcher.ui");
  /* Bound because gtk_widget_dispose_template() takes care of no others. */
  gtk_widget_class_bind_template_child (widget_class, WbSchemeSwitcher, system);
  gtk_widget_class_bind_template_child (widget_class, WbSchemeSwitcher, light);
  gtk_widget_class_bind_template_child (widget_class, WbSchemeSwitcher, dark);
  gtk_widget_class_set_css_name (widget_class, "schemeswitcher");
}

static void
wb_scheme_switcher_init (WbSchemeSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_scheme_switcher_new:
 *
 * Returns: (transfer floating): the three buttons
 */
GtkWidget *
wb_scheme_switcher_new (void)
{
  return g_object_new (WB_TYPE_SCHEME_SWITCHER, NULL);
}
