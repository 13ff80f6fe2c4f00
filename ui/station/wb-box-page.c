/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-box-page.h"
#include "ui/station/wb-box-view.h"
#include "ui/station/wb-parcel-list.h"
#include "ui/station/wb-tile.h"

struct _WbBoxPage
{
  WbBenchPage parent_instance;

  /* Template widgets */
  GtkLabel *title;
  WbParcelList *parcels;
  WbBoxView *view;
  GtkFlowBox *boxes;

  /* Owned references */
  WbJob *job;
};

G_DEFINE_FINAL_TYPE (WbBoxPage, wb_box_page, WB_TYPE_BENCH_PAGE)

static GtkWidget *
make_tile (const WbJobBox *box)
{
  g_autofree char *size = g_strdup_printf (_ ("%u × %u × %u cm"), (box->width_mm + 5) / 10, (box->depth_mm + 5) / 10,
                                           (box->height_mm + 5) / 10);

  return wb_tile_new (box->name, size, "bench.scan", g_variant_new_string (box->code));
}

static void
show_boxes (WbBoxPage *self, WbJob *job)
{
  GtkFlowBoxChild *child = NULL;

  if (self->job == job)
    return;
  g_clear_pointer (&self->job, wb_job_unref);
  self->job = wb_job_ref (job);
  while ((child = gtk_flow_box_get_child_at_index (self->boxes, 0)) != NULL)
    gtk_flow_box_remove (self->boxes, GTK_WIDGET (child));
  for (guint i = 0; i < job->boxes->len; i++)
    gtk_flow_box_insert (self->boxes, make_tile (g_ptr_array_index (job->boxes, i)), -1);
}

static void
wb_box_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbBoxPage *self = WB_BOX_PAGE (page);
  const WbJobState *state = wb_bench_get_state (bench);
  const WbJobBox *box = wb_job_state_suggest_box (state, state->parcel);
  g_autofree char *title = NULL;

  if (state->parcel == 0)
    title = g_strdup (_ ("Nothing is left to send. Put the order aside."));
  else if (wb_job_state_get_n_parcels (state) > 1 && box != NULL)
    title = g_strdup_printf (_ ("Parcel %u: take “%s”"), wb_job_state_get_parcel_rank (state, state->parcel), box->name);
  else if (box != NULL)
    title = g_strdup_printf (_ ("Take “%s”"), box->name);
  else
    title = g_strdup (_ ("No box is large enough for everything. Divide it: “Another box”."));
  gtk_label_set_text (self->title, title);
  wb_box_view_show (self->view, state, state->parcel, box);
  wb_parcel_list_show (self->parcels, state);
  show_boxes (self, state->job);
}

static void
wb_box_page_set_narrow (WbBenchPage *page, gboolean narrow)
{
  WbBoxPage *self = WB_BOX_PAGE (page);

  gtk_flow_box_set_min_children_per_line (self->boxes, narrow ? 2 : 3);
}

static void
wb_box_page_dispose (GObject *object)
{
  WbBoxPage *self = WB_BOX_PAGE (object);

  g_clear_pointer (&self->job, wb_job_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_BOX_PAGE);
  G_OBJECT_CLASS (wb_box_page_parent_class)->dispose (object);
}

static void
wb_box_page_class_init (WbBoxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_box_page_dispose;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_box_page_update;
  WB_BENCH_PAGE_CLASS (klass)->set_narrow = wb_box_page_set_narrow;
  g_type_ensure (WB_TYPE_BOX_VIEW);
  g_type_ensure (WB_TYPE_PARCEL_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-box-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBoxPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbBoxPage, parcels);
  gtk_widget_class_bind_template_child (widget_class, WbBoxPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbBoxPage, boxes);
}

static void
wb_box_page_init (WbBoxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_box_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_box_page_new (void)
{
  return g_object_new (WB_TYPE_BOX_PAGE, NULL);
}
