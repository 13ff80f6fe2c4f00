/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-weight.h"
#include "ui/station/wb-parcel-list.h"
#include "ui/station/wb-weigh-page.h"
#include "ui/wb-scale-words.h"

struct _WbWeighPage
{
  WbBenchPage parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *weight;
  GtkWidget *scale_box;
  GtkLabel *scale_state;
  GtkWidget *zero;
  GtkLabel *expected;
  GtkBox *service_box;
  GtkLabel *service;
  GtkWidget *another_service;
  WbParcelList *parcels;
  GtkGrid *keys;

  GtkWidget *enter_key;

  /* Owned */
  WbScale *scale; /* (nullable) */
  char *typed;
};

G_DEFINE_FINAL_TYPE (WbWeighPage, wb_weigh_page, WB_TYPE_BENCH_PAGE)

/* ── What is weighed ─────────────────────────────────────────────────────────────────────────── */

/* A label that is written to again and again is laid out again each time. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_weight (WbWeighPage *self)
{
  g_autofree char *weight = NULL;
  gboolean is_trouble = FALSE;
  gboolean is_live = self->scale != NULL && *self->typed == '\0';

  if (is_live)
    weight = wb_scale_words_get_number (self->scale);
  else
    weight = g_strdup_printf (_ ("%s kg"), *self->typed != '\0' ? self->typed : "–.––");
  set_text (self->weight, weight);
  gtk_widget_set_visible (self->scale_box, is_live);
  if (!is_live)
    return;
  set_text (self->scale_state, wb_scale_words_get_state (self->scale, &is_trouble));
  gtk_widget_set_visible (self->zero, is_trouble && wb_scale_can_zero (self->scale));
  if (is_trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->scale_state), "full");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->scale_state), "full");
}

static void
zero_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWeighPage *self = WB_WEIGH_PAGE (widget);

  if (self->scale != NULL)
    wb_scale_zero (self->scale);
}

void
wb_weigh_page_set_scale (WbWeighPage *self, WbScale *scale)
{
  g_return_if_fail (WB_IS_WEIGH_PAGE (self));

  if (self->scale == scale)
    return;
  if (self->scale != NULL)
    g_signal_handlers_disconnect_by_func (self->scale, show_weight, self);
  g_set_object (&self->scale, scale);
  if (scale != NULL)
    {
      g_signal_connect_object (scale, "reading", G_CALLBACK (show_weight), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (scale, "weight", G_CALLBACK (show_weight), self, G_CONNECT_SWAPPED);
    }
  show_weight (self);
}

static void
wb_weigh_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbWeighPage *self = WB_WEIGH_PAGE (page);
  const WbJobState *state = wb_bench_get_state (bench);
  g_autofree char *title = NULL;
  g_autofree char *expected = g_strdup ("");
  g_autofree char *service = wb_bench_describe_service (bench);
  gint64 low_g = 0;
  gint64 high_g = 0;

  gtk_label_set_text (self->service, service != NULL ? service : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->service), service);
  gtk_widget_set_visible (self->another_service, service != NULL);
  if (wb_job_state_get_parcel (state, state->parcel)->doubted_g > 0)
    title = g_strdup (_ ("Take it off and weigh it again"));
  else if (wb_job_state_get_n_parcels (state) > 1)
    title = g_strdup_printf (_ ("Parcel %u of %u on the scale"), wb_job_state_get_parcel_rank (state, state->parcel),
                             wb_job_state_get_n_parcels (state));
  else
    title = g_strdup (_ ("Parcel on the scale"));
  if (wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g))
    {
      g_autofree char *low = wb_weight_to_string (low_g);
      g_autofree char *high = wb_weight_to_string (high_g);

      g_free (expected);
      expected = g_strdup_printf (_ ("expected %s to %s"), low, high);
    }
  gtk_label_set_text (self->title, title);
  g_free (self->typed);
  self->typed = g_strdup (typed);
  show_weight (self);
  gtk_label_set_text (self->expected, expected);
  wb_parcel_list_show (self->parcels, state);
}

/* Below the digits; beside them where height is dear. */
static void
place_enter_key (WbWeighPage *self, gboolean narrow)
{
  g_object_ref (self->enter_key);
  if (gtk_widget_get_parent (self->enter_key) != NULL)
    gtk_grid_remove (self->keys, self->enter_key);
  if (narrow)
    gtk_grid_attach (self->keys, self->enter_key, 3, 0, 1, 4);
  else
    gtk_grid_attach (self->keys, self->enter_key, 0, 4, 3, 1);
  g_object_unref (self->enter_key);
}

static void
wb_weigh_page_set_narrow (WbBenchPage *page, gboolean narrow)
{
  WbWeighPage *self = WB_WEIGH_PAGE (page);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->service_box), narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_halign (GTK_WIDGET (self->service_box), narrow ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->service), narrow);
  gtk_label_set_lines (self->service, narrow ? 2 : -1);
  gtk_label_set_ellipsize (self->service, narrow ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  place_enter_key (self, narrow);
}

static GtkWidget *
make_key (const char *label, const char *text, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "bench-key");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bench.type");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text);
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_keys (WbWeighPage *self)
{
  GtkWidget *label = NULL;

  for (int digit = 1; digit <= 9; digit++)
    {
      const char text[2] = { (char) ('0' + digit), '\0' };

      gtk_grid_attach (self->keys, make_key (text, text, NULL), (digit - 1) % 3, (digit - 1) / 3, 1, 1);
    }
  gtk_grid_attach (self->keys, make_key (".", ".", NULL), 0, 3, 1, 1);
  gtk_grid_attach (self->keys, make_key ("0", "0", NULL), 1, 3, 1, 1);
  gtk_grid_attach (self->keys, make_key ("⌫", "\b", _ ("Take the last digit back")), 2, 3, 1, 1);
  self->enter_key = make_key (_ ("That is the weight"), "\n", NULL);
  label = gtk_button_get_child (GTK_BUTTON (self->enter_key));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->enter_key, "suggested-action");
  place_enter_key (self, FALSE);
}

static void
wb_weigh_page_dispose (GObject *object)
{
  g_clear_object (&WB_WEIGH_PAGE (object)->scale);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_WEIGH_PAGE);
  G_OBJECT_CLASS (wb_weigh_page_parent_class)->dispose (object);
}

static void
wb_weigh_page_finalize (GObject *object)
{
  g_free (WB_WEIGH_PAGE (object)->typed);
  G_OBJECT_CLASS (wb_weigh_page_parent_class)->finalize (object);
}

static void
wb_weigh_page_class_init (WbWeighPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_weigh_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_weigh_page_finalize;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_weigh_page_update;
  WB_BENCH_PAGE_CLASS (klass)->set_narrow = wb_weigh_page_set_narrow;
  g_type_ensure (WB_TYPE_PARCEL_LIST);
  gtk_widget_class_install_action (widget_class, "weigh.zero", NULL, zero_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-weigh-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, weight);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, scale_box);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, scale_state);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, zero);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, expected);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, service_box);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, service);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, another_service);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, parcels);
  gtk_widget_class_bind_template_child (widget_class, WbWeighPage, keys);
}

static void
wb_weigh_page_init (WbWeighPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->typed = g_strdup ("");
  add_keys (self);
}

/**
 * wb_weigh_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_weigh_page_new (void)
{
  return g_object_new (WB_TYPE_WEIGH_PAGE, NULL);
}
