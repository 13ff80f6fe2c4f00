/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests/core/wb-test-filter.h"

/* Monday, 6 October 2025, 13:30 in New York (17:30 UTC). */
#define NOW_US (G_GINT64_CONSTANT (1759771800) * G_USEC_PER_SEC)

static const WbFieldChoice stages[] = {
  { "new", "New orders", NULL },
  { "ready_to_pack", "Ready to pack", NULL },
  { NULL, NULL, NULL },
};

static const WbFieldChoice *
get_choices (const char *list,
             gpointer user_data)
{
  return strcmp (list, "stage") == 0 ? stages : NULL;
}

WbFilterContext
wb_test_filter_context_new (void)
{
  return (WbFilterContext){
    .zone = g_time_zone_new_identifier ("America/New_York"), .now_us = NOW_US, .currency = "USD", .me = "ann",
    .choices = get_choices,
  };
}

WbFilter *
wb_test_filter_parse (const char *catalogue,
                      const char *text,
                      GError    **error)
{
  WbFilterContext context = wb_test_filter_context_new ();
  WbFilter *filter = wb_filter_parse (wb_catalogue_get (catalogue), text, &context, error);

  g_time_zone_unref (context.zone);
  return filter;
}
