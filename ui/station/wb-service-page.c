/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "ui/station/wb-service-page.h"

struct _WbServicePage
{
  WbBenchPage parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkBox *choices;

  /* Owned references */
  char *shown;
};

G_DEFINE_FINAL_TYPE (WbServicePage, wb_service_page, WB_TYPE_BENCH_PAGE)

static void
add_choice (WbServicePage *self, guint number, const char *name, const char *words, gboolean possible, gboolean chosen)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  g_autofree char *digit = g_strdup_printf ("%u", number);
  GtkWidget *key = gtk_label_new (digit);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *subtitle = gtk_label_new (words);

  gtk_widget_add_css_class (key, "section");
  gtk_widget_add_css_class (title, "button-title");
  gtk_widget_add_css_class (subtitle, "quiet");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 1);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (row), key);
  if (chosen)
    gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), subtitle);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "bench-button");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bench.choose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  gtk_widget_set_sensitive (button, possible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_box_append (self->choices, button);
}

static void
show_services (WbServicePage *self, const WbServiceChoice *choice)
{
  for (guint i = 0; i < choice->offers->len; i++)
    {
      const WbServiceOffer *offer = g_ptr_array_index (choice->offers, i);
      g_autofree char *when = wb_bench_describe_offer (offer, choice);
      g_autofree char *words = wb_facts_join (offer->own ? _ ("the customer's") : "", when, NULL);

      add_choice (self, i + 1, offer->name, words, offer->why_not == NULL, g_strcmp0 (offer->key, choice->key) == 0);
    }
}

/* All that the choices say. */
static char *
describe_choices (WbBench *bench)
{
  const WbServiceChoice *choice = wb_bench_get_choice (bench);
  WbBenchChoosing choosing = wb_bench_get_choosing (bench);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "%u\n", (guint) choosing);
  for (guint i = 0; choosing == WB_BENCH_CHOOSING_SERVICE && choice != NULL && i < choice->offers->len; i++)
    {
      const WbServiceOffer *offer = g_ptr_array_index (choice->offers, i);
      g_autofree char *when = wb_bench_describe_offer (offer, choice);

      g_string_append_printf (words, "%s\t%s\t%d\t%d\t%d\n", offer->name, when, offer->own, offer->why_not == NULL,
                              g_strcmp0 (offer->key, choice->key) == 0);
    }
  for (guint i = 1; choosing != WB_BENCH_CHOOSING_SERVICE && wb_bench_get_reason (bench, i) != NULL; i++)
    g_string_append_printf (words, "%s\n", wb_bench_get_reason (bench, i));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
wb_service_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbServicePage *self = WB_SERVICE_PAGE (page);
  const WbServiceChoice *choice = wb_bench_get_choice (bench);
  WbBenchChoosing choosing = wb_bench_get_choosing (bench);
  g_autofree char *now = describe_choices (bench);
  GtkWidget *child = NULL;

  if (!wb_bench_page_renews (&self->shown, now))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  gtk_label_set_text (self->title, wb_bench_get_question (bench) != NULL ? wb_bench_get_question (bench) : _ ("Which service?"));
  if (choosing == WB_BENCH_CHOOSING_SERVICE && choice != NULL)
    show_services (self, choice);
  for (guint i = 1; choosing != WB_BENCH_CHOOSING_SERVICE && wb_bench_get_reason (bench, i) != NULL; i++)
    add_choice (self, i, wb_bench_get_reason (bench, i), "", TRUE, FALSE);
}

static void
wb_service_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_SERVICE_PAGE);
  G_OBJECT_CLASS (wb_service_page_parent_class)->dispose (object);
}

static void
wb_service_page_finalize (GObject *object)
{
  g_free (WB_SERVICE_PAGE (object)->shown);
  G_OBJECT_CLASS (wb_service_page_parent_class)->finalize (object);
}

static void
wb_service_page_class_init (WbServicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_service_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_service_page_finalize;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_service_page_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbServicePage, title);
  gtk_widget_class_bind_template_child (widget_class, WbServicePage, choices);
}

static void
wb_service_page_init (WbServicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_service_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_service_page_new (void)
{
  return g_object_new (WB_TYPE_SERVICE_PAGE, NULL);
}
