/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "ui/station/wb-label-page.h"
#include "ui/station/wb-parcel-list.h"
#include "ui/wb-label-preview.h"
#include "ui/wb-wrap-box.h"

struct _WbLabelPage
{
  WbBenchPage parent_instance;

  gint64 shown_label;

  /* Template widgets */
  WbLabelPreview *preview;
  GtkLabel *title;
  GtkLabel *subtitle;
  WbParcelList *parcels;
  WbWrapBox *buttons;
  GtkWidget *another_service;
  GtkWidget *came_out;
  GtkWidget *print_it;
  GtkWidget *save;
  GtkWidget *reprint;
  GtkWidget *by_hand;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (WbLabelPage, wb_label_page, WB_TYPE_BENCH_PAGE)

static void
show_preview (WbLabelPage *self, WbBench *bench, const WbJobLabel *label)
{
  WbLabel *layout = NULL;

  if (label != NULL && label->label_id == self->shown_label)
    return;
  self->shown_label = label != NULL ? label->label_id : 0;
  layout = label != NULL ? wb_bench_layout_label (bench, label, NULL) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->preview), layout != NULL);
  wb_label_preview_set_zoom (self->preview, 0);
  wb_label_preview_set_label (self->preview, layout, wb_bench_get_dpi (bench));
}

static char *
make_title (WbBench *bench, const WbJobState *state)
{
  if (wb_bench_get_trouble (bench) != NULL)
    return g_strdup (wb_bench_trouble_is_printer (bench) ? _ ("The label does not come out") : _ ("No label yet"));
  if (state->step == WB_JOB_STEP_FINAL)
    return g_strdup (wb_job_state_get_n_parcels (state) > 1 ? _ ("Stick them on and scan each") : _ ("Stick it on and scan it"));
  if (state->step == WB_JOB_STEP_DONE)
    return g_strdup (_ ("On its way"));
  return g_strdup (wb_bench_get_busy (bench) != NULL ? wb_bench_get_busy (bench) : _ ("The label is being made …"));
}

static char *
make_subtitle (WbBench *bench, const WbJobState *state, const WbJobLabel *label)
{
  g_autofree char *service = NULL;
  g_autofree char *which = NULL;
  const char *printer = "";

  if (wb_bench_get_trouble (bench) != NULL)
    return g_strdup (wb_bench_get_trouble (bench));
  if (label == NULL)
    return g_strdup ("");
  /* The queue took it, and nothing comes out. */
  if (state->step == WB_JOB_STEP_FINAL && wb_bench_get_printer_state (bench, &printer) > WB_PRINTER_BUSY)
    return g_strdup_printf (_ ("%s. The label comes out when that is mended; “Print again” prints it once more."), printer);
  if (wb_job_state_get_n_parcels (state) > 1)
    {
      which = g_strdup_printf (_ ("Parcel %u of %u"), label->data.parcel, label->data.n_parcels);
      return wb_facts_join (which, label->data.service != NULL ? label->data.service : "", NULL);
    }
  if (wb_bench_get_choice (bench) != NULL && g_strcmp0 (wb_bench_get_choice (bench)->key, label->service) == 0)
    service = wb_bench_describe_service (bench);
  return service != NULL ? g_steal_pointer (&service) : g_strdup (label->data.service);
}

static gboolean
is_saved (WbBench *bench, const WbJobState *state)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, state->parcel);

  return state->step == WB_JOB_STEP_FINAL && parcel != NULL && parcel->print_job != NULL &&
         g_path_is_absolute (parcel->print_job);
}

static void
wb_label_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbLabelPage *self = WB_LABEL_PAGE (page);
  const WbJobState *state = wb_bench_get_state (bench);
  const WbJobLabel *label = wb_bench_get_label (bench, MAX (state->parcel, 1));
  g_autofree char *title = make_title (bench, state);
  g_autofree char *subtitle = make_subtitle (bench, state, label);

  show_preview (self, bench, label);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  wb_parcel_list_show (self->parcels, state);
  gtk_widget_set_visible (self->another_service, wb_bench_get_trouble (bench) != NULL && !wb_bench_trouble_is_printer (bench) &&
                                                     wb_bench_get_choice (bench) != NULL &&
                                                     wb_job_command_is_allowed (state, WB_JOB_COMMAND_SERVICE));
  gtk_widget_set_visible (self->came_out, wb_bench_is_in_doubt (bench));
  gtk_widget_set_visible (self->print_it, wb_bench_is_in_doubt (bench));
  gtk_widget_set_visible (self->save, wb_bench_trouble_is_printer (bench) && !wb_bench_is_in_doubt (bench));
  gtk_widget_set_visible (self->reprint, wb_bench_can_reprint (bench));
  gtk_widget_set_visible (self->by_hand, wb_job_command_is_allowed (state, WB_JOB_COMMAND_BY_HAND));
  gtk_widget_set_visible (self->open, is_saved (bench, state));
}

static void
wb_label_page_set_narrow (WbBenchPage *page, gboolean narrow)
{
  WbLabelPage *self = WB_LABEL_PAGE (page);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (GTK_WIDGET (self->preview), narrow ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
}

static void
wb_label_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_LABEL_PAGE);
  G_OBJECT_CLASS (wb_label_page_parent_class)->dispose (object);
}

static void
wb_label_page_class_init (WbLabelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_label_page_dispose;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_label_page_update;
  WB_BENCH_PAGE_CLASS (klass)->set_narrow = wb_label_page_set_narrow;
  g_type_ensure (WB_TYPE_PARCEL_LIST);
  g_type_ensure (WB_TYPE_LABEL_PREVIEW);
  g_type_ensure (WB_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-label-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, preview);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, parcels);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, another_service);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, came_out);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, print_it);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, save);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, reprint);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, by_hand);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPage, open);
}

static void
wb_label_page_init (WbLabelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_wrap_box_set_spacing (self->buttons, 12, 12);
}

/**
 * wb_label_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_label_page_new (void)
{
  return g_object_new (WB_TYPE_LABEL_PAGE, NULL);
}
