/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-labels N: what it takes to make a parcel label of 4 × 6 inches into what a printer is sent, from its values to the last
 * byte, N times each, in turn; against encoding its two barcodes alone, which every way has to do. A JSON object a line.
 */
#include "config.h"

#include <glib.h>
#include <stdio.h>

#include "core/wb-label-templates.h"
#include "devices/wb-device-error.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-label-print.h"

typedef struct
{
  const char *name;
  const char *language;
  const char *recipient;
  gdouble *ms;
} Way;

static int
compare (gconstpointer a, gconstpointer b)
{
  gdouble first = *(const gdouble *) a;
  gdouble second = *(const gdouble *) b;

  return first < second ? -1 : first > second;
}

static gboolean
measure (const WbLabelTemplate *template, WbLabelValues *values, const Way *way, gdouble *ms)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GBytes) job = NULL;

  wb_label_values_set (values, "to", way->recipient);
  label = wb_label_template_layout (template, values, &error);
  job = label != NULL ? wb_label_print_encode (label, way->language, 203, NULL, &error) : NULL;
  if (job == NULL)
    {
      g_printerr ("bench-labels: %s\n", error->message);
      return FALSE;
    }
  *ms = (gdouble) (g_get_monotonic_time () - begin) / 1000.0;
  return TRUE;
}

/* The two barcodes of the label as dots: what no way is cheaper than that draws them. */
static gboolean
measure_reference (const WbLabelTemplate *template, const WbLabelValues *values, gdouble *ms)
{
  g_autoptr (WbLabel) label = wb_label_template_layout (template, values, NULL);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);
      g_auto (WbLabelBitmap) bitmap = { 0 };

      if (element->kind == WB_LABEL_SYMBOL && !wb_label_rasterise (element, 203, &bitmap, NULL, NULL))
        return FALSE;
    }
  *ms = (gdouble) (g_get_monotonic_time () - begin) / 1000.0;
  return TRUE;
}

static void
print_figure (const char *name, gdouble *ms, guint n, gdouble reference, const char *note)
{
  qsort (ms, n, sizeof *ms, compare);
  printf ("{\"name\": \"%s\", \"value\": %.4f, \"unit\": \"ms\", \"reference\": %.4f, \"median\": %.4f, \"most\": %.4f, \"n\": %u, "
          "\"note\": \"%s\"}\n",
          name, ms[MIN (n * 95 / 100, n - 1)], reference, ms[n / 2], ms[n - 1], n, note);
}

int
main (int argc, char **argv)
{
  static const char latin[] = "Zoë Müller\nLange Straße 4\n50667 Köln\nDE";
  static const char japanese[] = "田中 愛子\n東京都千代田区丸の内1-1\n100-0005 東京\nJP";
  Way ways[] = {
    { "label-to-zpl", "zpl", latin, NULL },        { "label-to-zpl-japanese", "zpl", japanese, NULL },
    { "label-to-epl", "epl", latin, NULL },        { "label-to-tspl", "tspl", latin, NULL },
    { "label-to-escpos", "escpos", latin, NULL },  { "label-to-pdf", "pdf", latin, NULL },
  };
  guint64 n = 0;
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new ("en");
  const WbLabelTemplate *template = wb_label_templates_find (templates, "shipping");
  g_autoptr (WbLabelValues) values = wb_label_document_sample (wb_label_template_get_document (template));
  g_autofree gdouble *reference = NULL;
  gboolean good = TRUE;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, 10, 100000, &n, NULL))
    {
      g_printerr ("bench-labels: how many times?\n");
      return 2;
    }
  reference = g_new0 (gdouble, n);
  for (guint k = 0; k < G_N_ELEMENTS (ways); k++)
    {
      gdouble first = 0.0;

      ways[k].ms = g_new0 (gdouble, n);
      good = good && measure (template, values, &ways[k], &first);
    }
  for (guint i = 0; i < n && good; i++)
    {
      good = measure_reference (template, values, &reference[i]);
      for (guint k = 0; k < G_N_ELEMENTS (ways) && good; k++)
        good = measure (template, values, &ways[k], &ways[k].ms[i]);
    }
  qsort (reference, n, sizeof *reference, compare);
  for (guint k = 0; k < G_N_ELEMENTS (ways); k++)
    {
      if (good)
        print_figure (ways[k].name, ways[k].ms, (guint) n, reference[n / 2],
                      k == G_N_ELEMENTS (ways) - 1 ? "bar 20 ms; reference: its two barcodes as dots"
                                                   : "bar 5 ms for ZPL; reference: its two barcodes as dots");
      g_free (ways[k].ms);
    }
  return good ? 0 : 1;
}
