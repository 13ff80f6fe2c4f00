/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "ui/station/wb-idle-page.h"
#include "ui/station/wb-tile.h"

/* More than this nobody takes up by hand. */
#define MAX_JOBS 12
#define COUNTED_TO 1000

struct _WbIdlePage
{
  WbBenchPage parent_instance;

  /* Template widgets */
  GtkLabel *count;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *waiting;
  GtkFlowBox *jobs;

  /* Owned references */
  char *shown_jobs;
};

G_DEFINE_FINAL_TYPE (WbIdlePage, wb_idle_page, WB_TYPE_BENCH_PAGE)

static GtkWidget *
make_tile (const WbJobRef *ref, const char *where)
{
  g_autofree char *number = g_strdup_printf ("#%s", ref->number);

  return wb_tile_new (number, where, "bench.take", g_variant_new_int64 (ref->job_id));
}

static void
add_jobs (WbIdlePage *self, GPtrArray *refs, gboolean elsewhere, guint *n_shown)
{
  for (guint i = 0; i < refs->len && *n_shown < MAX_JOBS; i++, (*n_shown)++)
    {
      const WbJobRef *ref = g_ptr_array_index (refs, i);
      g_autofree char *where = NULL;

      if (elsewhere)
        where = g_strdup_printf (_ ("open at %s"), ref->station);
      else
        where = g_strdup_printf (_ ("put aside by %s"), ref->staff);
      gtk_flow_box_insert (self->jobs, make_tile (ref, where), -1);
    }
}

static void
describe_jobs (GString *words, GPtrArray *refs)
{
  for (guint i = 0; i < refs->len; i++)
    {
      const WbJobRef *ref = g_ptr_array_index (refs, i);

      g_string_append_printf (words, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", ref->job_id, ref->number, ref->station != NULL ? ref->station : "",
                              ref->staff != NULL ? ref->staff : "");
    }
  g_string_append_c (words, '\n');
}

static void
show_jobs (WbIdlePage *self, const WbJobQueue *queue)
{
  GtkFlowBoxChild *child = NULL;
  g_autoptr (GString) now = g_string_new (NULL);
  guint n_shown = 0;

  if (queue != NULL)
    {
      describe_jobs (now, queue->aside);
      describe_jobs (now, queue->elsewhere);
    }
  if (!wb_bench_page_renews (&self->shown_jobs, now->str))
    return;
  while ((child = gtk_flow_box_get_child_at_index (self->jobs, 0)) != NULL)
    gtk_flow_box_remove (self->jobs, GTK_WIDGET (child));
  if (queue != NULL)
    {
      add_jobs (self, queue->aside, FALSE, &n_shown);
      add_jobs (self, queue->elsewhere, TRUE, &n_shown);
    }
  gtk_widget_set_visible (self->waiting, n_shown > 0);
}

static char *
make_subtitle (const WbJobQueue *queue)
{
  g_autofree char *late = g_strdup_printf (ngettext ("%u is late", "%u are late", queue->n_late), queue->n_late);
  g_autofree char *done = g_strdup_printf (ngettext ("%u packed here today", "%u packed here today", queue->n_done),
                                           queue->n_done);

  return wb_facts_join (queue->n_late > 0 ? late : "", queue->n_done > 0 ? done : "", NULL);
}

static void
wb_idle_page_update (WbBenchPage *page, WbBench *bench, const char *typed)
{
  WbIdlePage *self = WB_IDLE_PAGE (page);
  const WbJobQueue *queue = wb_bench_get_queue (bench);
  const char *trouble = wb_bench_get_trouble (bench);
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  if (queue == NULL)
    {
      gtk_label_set_text (self->count, "…");
      gtk_label_set_text (self->title, trouble != NULL ? trouble : _ ("Looking what there is to do"));
      gtk_label_set_text (self->subtitle, "");
      show_jobs (self, NULL);
      return;
    }
  count = g_strdup_printf (queue->n_open >= COUNTED_TO ? "%u+" : "%u", queue->n_open);
  subtitle = make_subtitle (queue);
  gtk_label_set_text (self->count, queue->mine != NULL ? "▶" : queue->n_open > 0 ? count : "✓");
  if (trouble != NULL)
    gtk_label_set_text (self->title, trouble);
  else if (queue->mine != NULL)
    {
      g_autofree char *words = g_strdup_printf (_ ("Order #%s is open here"), queue->mine->number);

      gtk_label_set_text (self->title, words);
    }
  else if (queue->n_open > 0)
    gtk_label_set_text (self->title, ngettext ("order to pack", "orders to pack", queue->n_open));
  else
    gtk_label_set_text (self->title, _ ("Everything is packed. New orders appear here by themselves."));
  gtk_label_set_text (self->subtitle, subtitle);
  show_jobs (self, queue);
}

static void
wb_idle_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_IDLE_PAGE);
  G_OBJECT_CLASS (wb_idle_page_parent_class)->dispose (object);
}

static void
wb_idle_page_finalize (GObject *object)
{
  g_free (WB_IDLE_PAGE (object)->shown_jobs);
  G_OBJECT_CLASS (wb_idle_page_parent_class)->finalize (object);
}

static void
wb_idle_page_class_init (WbIdlePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_idle_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_idle_page_finalize;
  WB_BENCH_PAGE_CLASS (klass)->update = wb_idle_page_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Station/ui/wb-idle-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbIdlePage, count);
  gtk_widget_class_bind_template_child (widget_class, WbIdlePage, title);
  gtk_widget_class_bind_template_child (widget_class, WbIdlePage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbIdlePage, waiting);
  gtk_widget_class_bind_template_child (widget_class, WbIdlePage, jobs);
}

static void
wb_idle_page_init (WbIdlePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_idle_page_new:
 *
 * Returns: (transfer floating): the page
 */
WbBenchPage *
wb_idle_page_new (void)
{
  return g_object_new (WB_TYPE_IDLE_PAGE, NULL);
}
