/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search box does with a filter: saying what it means, changing it, going on with what was typed. */
#include "config.h"

#include <string.h>

#include "core/wb-filter-node.h"
#include "tests/core/wb-test-filter.h"
#include "tests/wb-test.h"

static void
test_explains (void)
{
  static const struct
  {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "", "" },
    { "status:processing total:>100", "status is processing and total is over 100" },
    { "status:pending,processing,shipped", "status is pending, processing or shipped" },
    { "-status:shipped", "not (status is shipped)" },
    { "total:100..500eur", "total is from 100 EUR to 500 EUR" },
    { "ship:<today", "ship by is before today" },
    { "ordered:-7d", "ordered is since -7d" },
    { "sku:AB-1", "SKU is “AB-1”" },
    { "customer:mil*", "customer is “mil*”" },
    { "customer:miller", "customer contains “miller”" },
    { "email:none", "e-mail is empty" },
    { "rush:yes", "rush: yes" },
    { "country:de", "country is Germany" },
    { "stage:ready_to_pack", "stage is ready to pack" },
    { "customer.segment:vip", "customer segment is VIP" },
    { "is:late miller", "is late and “miller” is found" },
    { "a (b or c)", "“a” is found and (“b” is found or “c” is found)" },
  };
  WbFilterContext context = wb_test_filter_context_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", cases[i].text, &error);
      g_autofree char *sentence = NULL;

      g_assert_no_error (error);
      sentence = wb_filter_explain (filter, &context);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  g_time_zone_unref (context.zone);
}

static void
test_edits (void)
{
  g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", "status:pending (a or b) total:>5", NULL);
  g_autoptr(WbFilter) other = wb_test_filter_parse ("orders", "rush:yes gift:yes", NULL);
  g_autoptr(WbFilter) second = wb_filter_get_clause (filter, 1);
  g_autoptr(WbFilter) without = wb_filter_without (filter, 1);
  g_autoptr(WbFilter) with = wb_filter_with (filter, other);
  g_autoptr(WbFilter) replaced = wb_filter_replace (filter, 0, other);
  g_autoptr(WbFilter) negated = wb_filter_negate (second);
  g_autoptr(WbFilter) empty = wb_filter_new_empty (wb_catalogue_get ("orders"));
  g_autoptr(WbFilter) only = wb_filter_with (empty, second);
  g_autoptr(WbFilter) gone = wb_filter_without (only, 0);
  const WbFilter *filters[] = { second, without, with, replaced, negated, only, gone };
  const char *texts[] = { "a or b",     "status:pending total:>5", "status:pending (a or b) total:>5 rush:yes gift:yes",
                          "rush:yes gift:yes (a or b) total:>5", "-(a or b)", "a or b", "" };

  g_assert_cmpuint (wb_filter_get_n_clauses (filter), ==, 3);
  g_assert_cmpuint (wb_filter_get_n_clauses (second), ==, 1);
  g_assert_cmpuint (wb_filter_get_n_clauses (empty), ==, 0);
  g_assert_true (wb_filter_is_empty (gone));
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *text = wb_filter_print (filters[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_builds (void)
{
  const char *const values[] = { "a*b", "none", "x y", "\"", "o'; drop", NULL };
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  g_autoptr(WbFilter) filter = wb_filter_new_match (orders, "tag", values, NULL, NULL);
  g_autofree char *text = wb_filter_print (filter);

  g_assert_cmpstr (text, ==, "tag:\"a*b\",\"none\",\"x y\",\"\\\"\",\"o'; drop\"");
  g_assert_false (wb_filter_test_has_wildcards (filter->tests[0].a.text));
}

static void
test_completes (void)
{
  static const struct
  {
    const char *text; /* | is the cursor */
    int start;
    const char *first; /* candidates that must be there, in this order, at the front */
  } cases[] = {
    { "|", 0, "number: ordered: customer:" },
    { "sta|", 0, "status: stage: state" },
    { "tot|", 0, "total:" },
    { "due|", 0, "ship:" },
    { "status:|", 7, "pending processing shipped delivered cancelled" },
    { "status:pro|", 7, "processing" },
    { "status:pending,pro|", 15, "processing" },
    { "-status:pro|", 8, "processing" },
    { "(status:pro|", 8, "processing" },
    { "status:pro| total:5", 7, "processing" },
    { "a b country:ger|", 12, "de" },
    { "stage:rea|", 6, "ready_to_pack" },
    { "customer.|", 9, "number: name: company:" },
    { "customer.seg|", 9, "segment: segment-since:" },
    { "customer.segment:v|", 17, "vip" },
    { "is:l|", 3, "late" },
    { "has:no|", 4, "note" },
    { "ordered:|", 8, "today yesterday tomorrow" },
    { "ordered:>y|", 9, "yesterday" },
    { "ordered:-7d..yes|", 13, "yesterday" },
    { "rush:|", 5, "yes no" },
    { "assigned:|", 9, "me none any" },
    { "total:|", 6, "> >= < <=" },
    { "customer:\"a b|", 9, "" },
    { "proces|", 0, "status:processing" },
    { "xyzzy:a|", 6, "" },
  };
  WbFilterContext context = wb_test_filter_context_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup (cases[i].text);
      gsize cursor = strcspn (text, "|");
      g_auto(GStrv) first = g_strsplit (cases[i].first, " ", 0);
      g_autoptr(GPtrArray) found = NULL;
      WbFilterSpan span;

      memmove (text + cursor, text + cursor + 1, strlen (text + cursor));
      found = wb_filter_complete (wb_catalogue_get ("orders"), text, cursor, &context, 20, &span);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (span.start, ==, cases[i].start);
      g_assert_cmpint (span.end, ==, cursor);
      if (*cases[i].first == '\0')
        g_assert_cmpuint (found->len, ==, 0);
      for (guint j = 0; first[j] != NULL && *first[j] != '\0'; j++)
        {
          if (strcmp (first[j], "state") == 0)
            continue;
          g_assert_cmpuint (j, <, found->len);
          g_assert_cmpstr (((WbFilterCandidate *) g_ptr_array_index (found, j))->text, ==, first[j]);
        }
    }
  g_time_zone_unref (context.zone);
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/filter-edit/explains", test_explains);
  g_test_add_func ("/filter-edit/edits", test_edits);
  g_test_add_func ("/filter-edit/builds", test_builds);
  g_test_add_func ("/filter-edit/completes", test_completes);

  return g_test_run ();
}
