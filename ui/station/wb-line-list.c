/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/station/wb-line-list.h"
#include "ui/station/wb-sign.h"

struct _WbLineList
{
  GtkWidget parent_instance;

  /* Borrowed references */
  GtkWidget *scroll;
  GtkWidget *box;

  /* Owned references */
  WbJob *job;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (WbLineList, wb_line_list, GTK_TYPE_WIDGET)

/* A row's labels, kept with the row. */
typedef struct
{
  GtkWidget *sign;
  GtkWidget *count;
} Cells;

static GtkWidget *
add_label (GtkWidget *row, const char *text, const char *style, gboolean expand)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), expand ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, expand);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (row), label);
  return label;
}

static GtkWidget *
make_name (const WbJobLine *line)
{
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  add_label (names, line->name, "line-name", TRUE);
  add_label (names, line->sku, "line-sku", TRUE);
  if (line->note != NULL)
    add_label (names, line->note, "line-note", TRUE);
  return names;
}

static GtkWidget *
make_row (const WbJobLine *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  Cells *cells = g_new0 (Cells, 1);
  g_autofree char *quantity = g_strdup_printf ("%u ×", line->quantity);

  gtk_widget_add_css_class (row, "line");
  cells->sign = gtk_image_new ();
  gtk_box_append (GTK_BOX (row), cells->sign);
  gtk_label_set_width_chars (GTK_LABEL (add_label (row, line->bin != NULL ? line->bin : "–", "line-bin", FALSE)), 8);
  gtk_label_set_width_chars (GTK_LABEL (add_label (row, quantity, "line-quantity", FALSE)), 4);
  gtk_box_append (GTK_BOX (row), make_name (line));
  cells->count = add_label (row, "", "line-count", FALSE);
  g_object_set_data_full (G_OBJECT (row), "wb-cells", cells, g_free);
  return row;
}

static char *
make_count (const WbJobLine *line, const WbJobLineState *state, guint done)
{
  if (state->missing > 0 && state->to_send == 0)
    return g_strdup (_ ("short"));
  if (state->missing > 0)
    return g_strdup_printf (_ ("%u of %u, %u short"), done, state->to_send, state->missing);
  return g_strdup_printf (_ ("%u of %u"), done, state->to_send);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_row (WbLineList *self, const WbJobState *state, WbJobStep step, guint number)
{
  GtkWidget *row = g_ptr_array_index (self->rows, number - 1);
  const Cells *cells = g_object_get_data (G_OBJECT (row), "wb-cells");
  const WbJobLineState *line = wb_job_state_get_line (state, number);
  guint done = step == WB_JOB_STEP_PICK ? line->picked : line->verified;
  gboolean is_done = step != WB_JOB_STEP_REVIEW && done >= line->to_send;
  gboolean is_here = step != WB_JOB_STEP_REVIEW && number == state->line;
  g_autofree char *count = make_count (wb_job_get_line (state->job, number), line, done);

  gtk_label_set_text (GTK_LABEL (cells->count), step == WB_JOB_STEP_REVIEW ? "" : count);
  wb_sign_set (GTK_IMAGE (cells->sign), is_done ? "object-select-symbolic" : is_here ? "go-next-symbolic" : "");
  gtk_widget_set_visible (cells->sign, step != WB_JOB_STEP_REVIEW);
  set_class (row, "done", is_done);
  set_class (row, "here", is_here);
}

static void
make_rows (WbLineList *self, WbJob *job)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->job, wb_job_unref);
  self->job = wb_job_ref (job);
  for (guint i = 1; i <= wb_job_get_n_lines (job); i++)
    {
      GtkWidget *row = make_row (wb_job_get_line (job, i));

      gtk_box_append (GTK_BOX (self->box), row);
      g_ptr_array_add (self->rows, row);
    }
}

/* Only what moved is moved. */
static void
put_in_order (WbLineList *self, GArray *walk)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < walk->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, g_array_index (walk, guint, i) - 1);

      if (gtk_widget_get_prev_sibling (row) != before)
        gtk_box_reorder_child_after (GTK_BOX (self->box), row, before);
      before = row;
    }
}

static void
scroll_to (WbLineList *self, guint number)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT_ZERO;

  if (number == 0 || number > self->rows->len ||
      !gtk_widget_compute_bounds (g_ptr_array_index (self->rows, number - 1), self->box, &bounds))
    return;
  gtk_adjustment_clamp_page (adjustment, bounds.origin.y - bounds.size.height,
                             bounds.origin.y + 2 * bounds.size.height);
}

void
wb_line_list_show (WbLineList *self, const WbJobState *state, WbJobStep step)
{
  g_autoptr (GArray) walk = NULL;

  g_return_if_fail (WB_IS_LINE_LIST (self) && state != NULL);

  if (self->job != state->job)
    make_rows (self, state->job);
  walk = wb_job_state_get_walk (state);
  put_in_order (self, walk);
  for (guint i = 1; i <= self->rows->len; i++)
    update_row (self, state, step, i);
  scroll_to (self, step == WB_JOB_STEP_REVIEW ? 0 : state->line);
}

static void
wb_line_list_dispose (GObject *object)
{
  WbLineList *self = WB_LINE_LIST (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->job, wb_job_unref);
  G_OBJECT_CLASS (wb_line_list_parent_class)->dispose (object);
}

static void
wb_line_list_finalize (GObject *object)
{
  WbLineList *self = WB_LINE_LIST (object);

  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wb_line_list_parent_class)->finalize (object);
}

static void
wb_line_list_class_init (WbLineListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_line_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_line_list_finalize;
  gtk_widget_class_set_css_name (widget_class, "linelist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_line_list_init (WbLineList *self)
{
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->box);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}
