/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-filter.h"
#include "tests/fuzz/wb-fuzz.h"

static void
find_nothing (gconstpointer thing,
              const WbRelation *relation,
              const WbField *field,
              WbFilterValues *values,
              gpointer user_data)
{
  if (field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE)
    wb_filter_values_add_money (values, 100, "EUR");
  else if (field->type == WB_FIELD_TEXT || field->type == WB_FIELD_CODE || field->type == WB_FIELD_TAGS)
    wb_filter_values_add_text (values, "Zoë 12");
  else if (field->type != WB_FIELD_ENUM && field->type != WB_FIELD_COUNTRY)
    wb_filter_values_add_number (values, 1);
}

/* An error has a place inside the text; what is understood is written back as the same. */
static void
try_catalogue (const WbCatalogue *catalogue,
               const char *text,
               size_t size)
{
  const WbFilterContext context = { .now_us = G_GINT64_CONSTANT (1759771800000000), .currency = "USD" };
  g_autoptr(GError) error = NULL;
  g_autoptr(WbFilter) filter = wb_filter_parse (catalogue, text, &context, &error);
  g_autoptr(WbFilter) again = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *explained = NULL;
  WbFilterSpan span;

  if (filter == NULL)
    {
      g_assert_true (wb_filter_error_get_span (error, &span));
      g_assert_cmpuint (span.start, <=, span.end);
      g_assert_cmpuint (span.end, <=, strlen (text));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  printed = wb_filter_print (filter);
  again = wb_filter_parse (catalogue, printed, &context, &error);
  if (error != NULL && g_error_matches (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT))
    return; /* written out, it can be longer than what was typed */
  g_assert_no_error (error);
  g_assert_true (wb_filter_equal (filter, again));
  explained = wb_filter_explain (filter, &context);
  g_assert_true (g_utf8_validate (explained, -1, NULL));
  wb_filter_eval (filter, &context, find_nothing, NULL, NULL);
  wb_filter_get_valid_until (filter, &context);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GPtrArray) candidates = NULL;
      WbFilterSpan span;

      try_catalogue (catalogues[i], text, size);
      candidates = wb_filter_complete (catalogues[i], text, size / 2, NULL, 10, &span);
      g_assert_cmpuint (candidates->len, <=, 10);
      g_assert_cmpuint (span.start, <=, span.end);
    }

  return 0;
}
