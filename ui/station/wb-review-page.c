/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-clean.h"
#include "ui/station/wb-line-list.h"
#include "ui/station/wb-review-page.h"
#include "ui/wb-prose.h"
#include "ui/wb-wrap-box.h"

struct _WbReviewPage
{
  WbBenchPage parent_instance;

  WbWrapBox *facts; /* above the rest */

  /* Template widgets */
  GtkBox *instructions;
  WbLineList *lines;

  /* Owned references */
  GArray *shown_facts; /* Fact */
  char *shown_instructions;
};

G_DEFINE_FINAL_TYPE (WbReviewPage, wb_review_page, WB_TYPE_BENCH_PAGE)

/* A word or two about the order, on one line. */
typedef struct
{
  char *text;
  const char *style; /* (nullable) */
} Fact;

static void
clear_fact (gpointer fact)
{
  g_free (((Fact *) fact)->text);
}

static gboolean
are_same_facts (GArray *a, GArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const Fact *one = &g_array_index (a, Fact, i);
      const Fact *other = &g_array_index (b, Fact, i);

      if (!g_str_equal (one->text, other->text) || g_strcmp0 (one->style, other->style) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_fact (GArray *facts, const char *text, const char *style)
{
  Fact fact = { NULL, style };

  if (text == NULL || *text == '\0')
    return;
  fact.text = wb_clean_line (text, -1, WB_CLEAN_MAX);
  g_array_append_val (facts, fact);
}

static void
add_label (WbReviewPage *self, const Fact *fact)
{
  GtkWidget *label = gtk_label_new (fact->text);

  gtk_widget_add_css_class (label, "fact");
  if (fact->style != NULL)
    gtk_widget_add_css_class (label, fact->style);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  wb_wrap_box_append (self->facts, label);
}

static void
add_ship_by (GArray *facts, GDateTime *ship_by)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) local = g_date_time_to_local (ship_by);
  gboolean today = g_date_time_get_year (now) == g_date_time_get_year (local) &&
                   g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (local);
  g_autofree char *when = g_date_time_format (local, today ? "%H:%M" : "%-d %b %H:%M");
  g_autofree char *text = g_strdup_printf (today ? _ ("ship by today %s") : _ ("ship by %s"), when);
  gboolean late = g_date_time_compare (local, now) < 0;

  add_fact (facts, text, late ? "late" : NULL);
}

static GArray *
make_facts (const WbJobWork *work)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  g_autofree char *pieces = NULL;
  guint n = 0;

  g_array_set_clear_func (facts, clear_fact);
  for (guint i = 1; i <= wb_job_get_n_lines (work->job); i++)
    n += wb_job_get_line (work->job, i)->quantity;
  pieces = g_strdup_printf (ngettext ("%u piece", "%u pieces", n), n);
  add_fact (facts, pieces, NULL);
  if (work->ship_by != NULL)
    add_ship_by (facts, work->ship_by);
  add_fact (facts, work->service, NULL);
  if (work->is_gift)
    add_fact (facts, _ ("gift"), "special");
  for (guint i = 0; work->reasons[i] != NULL; i++)
    add_fact (facts, work->reasons[i], "urgent");
  return facts;
}

static void
show_facts (WbReviewPage *self, const WbJobWork *work)
{
  g_autoptr (GArray) facts = make_facts (work);

  /* made anew only when they are others: see wb_bench_page_renews() */
  if (are_same_facts (self->shown_facts, facts))
    return;
  wb_wrap_box_clear (self->facts);
  for (guint i = 0; i < facts->len; i++)
    add_label (self, &g_array_index (facts, Fact, i));
  g_clear_pointer (&self->shown_facts, g_array_unref);
  self->shown_facts = g_steal_pointer (&facts);
}

/* What somebody has to say that they have read is there to its end; the page scrolls. The others are to know of. */
static GtkWidget *
make_words (const char *text, gboolean is_here)
{
  GtkWidget *label = NULL;

  if (is_here)
    {
      GtkWidget *prose = wb_prose_new (text, NULL);

      wb_prose_show_all (WB_PROSE (prose));
      return prose;
    }
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
make_card (const WbJobInstruction *instruction, gboolean is_unread, gboolean is_here)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *sign = gtk_image_new_from_icon_name (is_unread                       ? "dialog-warning-symbolic"
                                                  : instruction->must_acknowledge ? "object-select-symbolic"
                                                                                  : "dialog-information-symbolic");
  GtkWidget *words = make_words (instruction->text, is_here);

  gtk_widget_set_valign (sign, GTK_ALIGN_START);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (card, "instruction");
  if (is_unread)
    gtk_widget_add_css_class (card, "open");
  if (is_here)
    gtk_widget_add_css_class (card, "here");
  gtk_box_append (GTK_BOX (card), sign);
  gtk_box_append (GTK_BOX (card), words);
  return card;
}

static gboolean
is_open (const WbJobState *state, guint i)
{
  const WbJobInstruction *instruction = g_ptr_array_index (state->job->instructions, i);

  return instruction->must_acknowledge && !g_array_index (state->acknowledged, gboolean, i);
}

static char *
describe_instructions (const WbJobState *state)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < state->job->instructions->len; i++)
    {
      const WbJobInstruction *instruction = g_ptr_array_index (state->job->instructions, i);

      g_string_append_printf (words, "%d\t%d\t%d\t%s\n", instruction->must_acknowledge, is_open (state, i), i + 1 == state->line,
                              instruction->text);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_instructions (WbReviewPage *self, const WbJobState *state)
{
  g_autofree char *now = describe_instructions (state);
  GtkWidget *child = NULL;

  if (!wb_bench_page_renews (&self->shown_instructions, now))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->instructions))) != NULL)
    gtk_box_remove (self->instructions, child);
  for (guint i = 0; i < state->job->instructions->len; i++)
    gtk_box_append (self->instructions,
                    make_card (g_ptr_array_index (state->job->instructions, i), is_open (state, i), i + 1 == state->line));
  gtk_widget_set_visible (GTK_WIDGET (self->instructions), state->job->instructions->len > 0);
}

static void
wb_review_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbReviewPage *self = WB_REVIEW_PAGE (page);
  const WbJobState *state = wb_bench_get_state (bench);

  show_facts (self, wb_bench_get_work (bench));
  show_instructions (self, state);
  wb_line_list_show (self->lines, state, WB_JOB_STEP_REVIEW);
}

static void
wb_review_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_REVIEW_PAGE);
  G_OBJECT_CLASS (wb_review_page_parent_class)->dispose (object);
}

static void
wb_review_page_finalize (GObject *object)
{
  WbReviewPage *self = WB_REVIEW_PAGE (object);

  g_clear_pointer (&self->shown_facts, g_array_unref);
  g_free (self->shown_instructions);
  G_OBJECT_CLASS (wb_review_page_parent_class)->finalize (object);
}

static void
wb_review_page_class_init (WbReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_review_page_finalize;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_review_page_update;
  g_type_ensure (WB_TYPE_LINE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbReviewPage, instructions);
  gtk_widget_class_bind_template_child (widget_class, WbReviewPage, lines);
}

static void
wb_review_page_init (WbReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->facts = WB_WRAP_BOX (wb_wrap_box_new (10, 8));
  gtk_box_prepend (GTK_BOX (self), GTK_WIDGET (self->facts));
}

/**
 * wb_review_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_review_page_new (void)
{
  return g_object_new (WB_TYPE_REVIEW_PAGE, NULL);
}
