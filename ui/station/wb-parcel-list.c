/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-weight.h"
#include "ui/station/wb-bench-page.h"
#include "ui/station/wb-parcel-list.h"

struct _WbParcelList
{
  GtkBox parent_instance;

  /* Owned references */
  char *shown;
};

G_DEFINE_FINAL_TYPE (WbParcelList, wb_parcel_list, GTK_TYPE_BOX)

static char *
describe_contents (const WbJobState *state, guint number)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      guint pieces = wb_job_state_get_in_parcel (state, number, i);

      if (pieces > 0)
        g_string_append_printf (words, "%s%u × %s", words->len > 0 ? ", " : "", pieces,
                                wb_job_get_line (state->job, i)->name);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
describe_parcel (const WbJobState *state, guint number)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, number);
  const WbJobBox *box = wb_job_state_get_box (state, number);
  g_autofree char *weight = parcel->weight_g > 0 ? wb_weight_to_string (parcel->weight_g) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _ ("Parcel %u"), wb_job_state_get_parcel_rank (state, number));
  if (box != NULL)
    wb_facts_add (words, box->name);
  wb_facts_add (words, weight);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static gboolean
is_in_hand (const WbJobState *state, guint number)
{
  return number == state->parcel && state->step != WB_JOB_STEP_FINAL;
}

static gboolean
has_pieces (const WbJobState *state, guint number)
{
  return wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, number)) > 0;
}

static GtkWidget *
make_row (const WbJobState *state, guint number)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean is_here = is_in_hand (state, number);
  gboolean is_done = wb_job_state_get_parcel (state, number)->is_final;
  GtkWidget *sign = gtk_image_new_from_icon_name (is_done ? "object-select-symbolic" : is_here ? "go-next-symbolic" : "");
  g_autofree char *title = describe_parcel (state, number);
  g_autofree char *contents = describe_contents (state, number);

  gtk_widget_add_css_class (row, "parcel");
  if (is_here)
    gtk_widget_add_css_class (row, "here");
  if (is_done)
    gtk_widget_add_css_class (row, "done");
  gtk_box_append (GTK_BOX (words), make_label (title, "parcel-title"));
  gtk_box_append (GTK_BOX (words), make_label (contents, "parcel-contents"));
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

/* All that stands in the rows; nothing where there is one parcel. */
static char *
describe (const WbJobState *state)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 1; i <= state->parcels->len && wb_job_state_get_n_parcels (state) > 1; i++)
    {
      g_autofree char *title = describe_parcel (state, i);
      g_autofree char *contents = describe_contents (state, i);

      if (has_pieces (state, i))
        g_string_append_printf (words, "%u\t%d\t%d\t%s\t%s\n", i, is_in_hand (state, i), wb_job_state_get_parcel (state, i)->is_final,
                                title, contents);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
wb_parcel_list_show (WbParcelList *self, const WbJobState *state)
{
  GtkWidget *child = NULL;
  g_autofree char *now = NULL;

  g_return_if_fail (WB_IS_PARCEL_LIST (self) && state != NULL);

  now = describe (state);
  if (!wb_bench_page_renews (&self->shown, now))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  gtk_widget_set_visible (GTK_WIDGET (self), wb_job_state_get_n_parcels (state) > 1);
  if (wb_job_state_get_n_parcels (state) < 2)
    return;
  for (guint i = 1; i <= state->parcels->len; i++)
    if (has_pieces (state, i))
      gtk_box_append (GTK_BOX (self), make_row (state, i));
}

static void
wb_parcel_list_finalize (GObject *object)
{
  g_free (WB_PARCEL_LIST (object)->shown);
  G_OBJECT_CLASS (wb_parcel_list_parent_class)->finalize (object);
}

static void
wb_parcel_list_class_init (WbParcelListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_parcel_list_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "parcellist");
}

static void
wb_parcel_list_init (WbParcelList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
