/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-item-page.h"
#include "ui/station/wb-line-list.h"

struct _WbItemPage
{
  WbBenchPage parent_instance;

  /* Template widgets */
  GtkImage *picture;
  GtkLabel *name;
  GtkLabel *sku;
  GtkLabel *note;
  GtkWidget *by_hand;
  GtkLabel *what;
  GtkLabel *much;
  GtkLabel *bin;
  WbLineList *lines;
};

G_DEFINE_FINAL_TYPE (WbItemPage, wb_item_page, WB_TYPE_BENCH_PAGE)

static void
show_item (WbItemPage *self, const WbJobState *state, const WbJobLine *line)
{
  const WbJobLineState *done = wb_job_state_get_line (state, state->line);
  gboolean picking = state->step == WB_JOB_STEP_PICK;
  guint left = done->to_send - (picking ? done->picked : done->verified);
  g_autofree char *number = g_strdup_printf ("%u", left);

  gtk_label_set_text (self->name, line->name);
  gtk_label_set_text (self->sku, line->sku);
  gtk_label_set_text (self->note, line->note != NULL ? line->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), line->note != NULL);
  gtk_label_set_text (self->much, number);
  if (picking)
    gtk_label_set_text (self->what, _ ("fetch"));
  else
    gtk_label_set_text (self->what, done->verified > 0 ? _ ("scan more") : _ ("scan"));
  gtk_label_set_text (self->bin, line->bin != NULL ? line->bin : _ ("no place known"));
  if (picking)
    gtk_widget_add_css_class (GTK_WIDGET (self), "picking");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "picking");
}

/* Everything is packed and some of it moves into one more box. */
static void
show_division (WbItemPage *self, const WbJobState *state)
{
  guint rank = wb_job_state_get_parcel_rank (state, state->parcel);
  g_autofree char *name = g_strdup_printf (_ ("What goes into parcel %u?"), rank);
  g_autofree char *what = g_strdup_printf (_ ("in parcel %u"), rank);
  g_autofree char *number = g_strdup_printf ("%u", wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, state->parcel)));

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->sku, _ ("Scan each piece that you put in"));
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->much, number);
  gtk_label_set_text (self->bin, "");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "picking");
}

static void
wb_item_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbItemPage *self = WB_ITEM_PAGE (page);
  const WbJobState *state = wb_bench_get_state (bench);
  const WbJobLine *line = wb_job_get_line (state->job, state->line);

  if (line != NULL)
    show_item (self, state, line);
  else if (state->is_dividing)
    show_division (self, state);
  gtk_widget_set_visible (self->by_hand, wb_job_command_is_allowed (state, WB_JOB_COMMAND_BY_HAND));
  wb_line_list_show (self->lines, state, state->step);
}

static void
wb_item_page_set_narrow (WbBenchPage *page, gboolean narrow)
{
  WbItemPage *self = WB_ITEM_PAGE (page);

  gtk_image_set_pixel_size (self->picture, narrow ? 72 : 96);
}

static void
wb_item_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_ITEM_PAGE);
  G_OBJECT_CLASS (wb_item_page_parent_class)->dispose (object);
}

static void
wb_item_page_class_init (WbItemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_item_page_dispose;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_item_page_update;
  WB_BENCH_PAGE_CLASS (klass)->set_narrow = wb_item_page_set_narrow;
  g_type_ensure (WB_TYPE_LINE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-item-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, picture);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, name);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, sku);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, note);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, by_hand);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, what);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, much);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, bin);
  gtk_widget_class_bind_template_child (widget_class, WbItemPage, lines);
}

static void
wb_item_page_init (WbItemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_item_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_item_page_new (void)
{
  return g_object_new (WB_TYPE_ITEM_PAGE, NULL);
}
