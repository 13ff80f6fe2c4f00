/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-gs1-link.h"
#include "core/wb-gs1-symbol.h"
#include "core/wb-gs1.h"
#include "tests/fuzz/wb-fuzz.h"

static void
check_round_trip (GPtrArray *elements)
{
  g_autofree char *built = wb_gs1_build (elements, NULL);
  g_autofree char *brackets = wb_gs1_to_brackets (elements);
  g_autoptr(GPtrArray) again = NULL;

  g_assert_nonnull (brackets);
  if (built == NULL)
    return;
  again = wb_gs1_parse (built, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, elements->len);
}

static void
check_link (GPtrArray *elements)
{
  g_autofree char *uri = wb_gs1_link_build ("https://id.example", elements, NULL);
  g_autoptr(GPtrArray) again = uri != NULL ? wb_gs1_link_parse (uri, WB_GS1_LINK_STRICT, NULL) : NULL;

  if (uri == NULL)
    return;
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, elements->len);
}

/* A scan never fails and never reads past its end; what was parsed can be built and parsed again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(WbGs1Scan) scan = wb_gs1_scan_new (text);
  g_autoptr(GPtrArray) elements = wb_gs1_parse (text, NULL);
  g_autoptr(GPtrArray) bracketed = wb_gs1_parse_brackets (text, NULL);
  g_autoptr(GPtrArray) linked = wb_gs1_link_parse (text, WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS, NULL);
  g_autofree char *gtin = wb_gs1_gtin_normalise (text, NULL);

  g_assert_nonnull (scan);
  g_assert_nonnull (scan->text);
  if (gtin != NULL)
    g_assert_cmpuint (strlen (gtin), ==, 14);
  if (elements != NULL)
    check_round_trip (elements);
  if (bracketed != NULL)
    check_round_trip (bracketed);
  if (linked != NULL)
    check_link (linked);
  wb_gs1_symbol_check (text, NULL);
  return 0;
}
