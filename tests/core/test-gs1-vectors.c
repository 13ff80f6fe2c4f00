/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The test vectors of GS1's own syntax engine: a JSON object a line with the name of its test, its call and its arguments. Each is
 * checked, or is named below with the reason why it cannot be.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/wb-gs1-link.h"
#include "core/wb-gs1-lint.h"
#include "core/wb-gs1-symbol.h"
#include "core/wb-gs1.h"
#include "tests/wb-test.h"

static const char *
get_text (JsonArray *args, guint i)
{
  const char *text = i < json_array_get_length (args) && !json_array_get_null_element (args, i)
                         ? json_array_get_string_element (args, i)
                         : NULL;

  return text != NULL ? text : "";
}

/* GS1's own notation has ^ for FNC1. */
static char *
with_separators (const char *text)
{
  return g_strdelimit (g_strdup (*text == '^' ? text + 1 : text), "^", WB_GS1_GS);
}

/* "(400)ABC(89)DEF", also with identifiers that do not exist. */
static GPtrArray *
split_brackets (const char *text)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_gs1_element_free);
  g_auto (GStrv) parts = g_strsplit (text + 1, "(", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *end = strchr (parts[i], ')');

      g_assert_nonnull (end);
      *end = '\0';
      g_ptr_array_add (elements, wb_gs1_element_new (parts[i], end + 1));
    }
  return elements;
}

static void
check_built (GPtrArray *elements, const char *expected)
{
  g_autofree char *built = wb_gs1_build (elements, NULL);
  g_autofree char *wanted = with_separators (expected);

  g_assert_cmpstr (built, ==, wanted);
}

/* ── Element strings ─────────────────────────────────────────────────────────────────────────── */

static gboolean
check_process (JsonArray *args)
{
  const char *text = get_text (args, 1);
  g_autofree char *scanned = with_separators (text);
  g_autoptr (GPtrArray) elements = *text == '^' ? wb_gs1_parse (scanned, NULL) : NULL;

  if (g_str_equal (text, "buf"))
    return FALSE; /* a variable of their test */
  g_assert_cmpint (elements != NULL, ==, json_array_get_boolean_element (args, 0));
  return TRUE;
}

static gboolean
check_brackets (JsonArray *args)
{
  g_autoptr (GPtrArray) elements = wb_gs1_parse_brackets (get_text (args, 1), NULL);

  if (g_str_equal (get_text (args, 1), "inbuf"))
    return FALSE;
  g_assert_cmpint (elements != NULL, ==, json_array_get_boolean_element (args, 0));
  if (elements != NULL)
    check_built (elements, get_text (args, 2));
  return TRUE;
}

static gboolean
check_set (JsonArray *args)
{
  g_autoptr (GPtrArray) elements = split_brackets (get_text (args, 2));

  g_assert_cmpint (wb_gs1_check_set (elements, NULL), ==, json_array_get_boolean_element (args, 0));
  return TRUE;
}

/* ── Digital Link ────────────────────────────────────────────────────────────────────────────── */

/* The engine is told before some of its tests to be strict; which ones, the vectors do not say. */
static WbGs1LinkFlags
get_flags (const char *uri)
{
  static const char *const strict[] = { "https://a/gtin/12312312312333", "https://a/01/416000336108",
                                        "https://a/8004/9520614141234567?01=02345673", NULL };

  return g_strv_contains (strict, uri) ? WB_GS1_LINK_STRICT : WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS;
}

static gboolean
check_link (JsonArray *args)
{
  const char *uri = get_text (args, 1);
  g_autoptr (GPtrArray) elements = wb_gs1_link_parse (uri, get_flags (uri), NULL);

  g_assert_cmpint (elements != NULL, ==, json_array_get_boolean_element (args, 0));
  if (elements != NULL)
    check_built (elements, get_text (args, 2));
  return TRUE;
}

static gboolean
check_link_built (JsonArray *args)
{
  g_autoptr (GPtrArray) elements = split_brackets (get_text (args, 2));
  g_autofree char *uri = wb_gs1_link_build (get_text (args, 1), elements, NULL);

  g_assert_cmpstr (uri != NULL ? uri : "", ==, get_text (args, 3));
  return TRUE;
}

/* ── Symbols ─────────────────────────────────────────────────────────────────────────────────── */

static const struct
{
  const char *theirs;
  const char *plain;
  const char *gs1;
} names[] = {
  { "QR", "QR Code", "GS1 QR Code" },
  { "DM", "DataMatrix", "GS1 DataMatrix" },
  { "DotCode", "DotCode", "GS1 DotCode" },
  { "DataBarExpanded", "", "GS1 DataBar" },
  { "DataBarLimited", "", "GS1 DataBar" },
  { "GS1_128_CCA", "", "GS1-128" },
  { "GS1_128_CCC", "", "GS1-128 Composite" },
  { "UPCA", "UPC-A", "UPC-A" },
  { "EAN13", "EAN-13", "EAN-13" },
  { "EAN8", "EAN-8", "EAN-8" },
};

static const char *
get_symbol (const char *theirs, gboolean gs1)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].theirs, theirs))
      return gs1 ? names[i].gs1 : names[i].plain;
  return "";
}

static gboolean
check_scanned (JsonArray *args)
{
  const char *theirs = get_text (args, 2);
  const char *expected = get_text (args, 3);
  const char *name = wb_gs1_symbol_check (get_text (args, 1), NULL);

  g_assert_cmpint (name != NULL, ==, json_array_get_boolean_element (args, 0));
  if (name != NULL)
    g_assert_cmpstr (name, ==, get_symbol (theirs, *expected == '^'));
  return TRUE;
}

static gboolean
check_sent (JsonArray *args)
{
  const char *theirs = get_text (args, 0);
  const char *given = get_text (args, 1);
  const char *name = get_symbol (theirs, *given == '^');
  g_auto (GStrv) parts = NULL;
  g_autofree char *data = NULL;
  g_autofree char *composite = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *wanted = NULL;

  /* a second part has only what carries numbers: in text the bar is a bar */
  parts = g_strsplit (given, g_str_equal (name, "QR Code") ? "\1" : "|", 2);
  /* backslashes before a ^ at the beginning make it no FNC1: one of them goes */
  data = *given == '^' ? with_separators (parts[0]) : g_strdup (*given == '\\' ? parts[0] + 1 : parts[0]);
  composite = parts[1] != NULL ? with_separators (parts[1]) : NULL;
  sent = *name != '\0' ? wb_gs1_symbol_send (name, data, composite, NULL) : NULL;
  wanted = g_strdup (get_text (args, 2));
  g_strdelimit (wanted, g_str_has_prefix (wanted, "]E") ? "|" : "", '\n');
  g_assert_cmpstr (sent != NULL ? sent : "", ==, wanted);
  return TRUE;
}

/* ── Checks of components ────────────────────────────────────────────────────────────────────── */

/* "0123*4*5": what is between the asterisks is wrong. */
static gboolean
is_marked (const char *marked, const char *value, const WbGs1Spot *spot)
{
  g_autofree char *ours = g_strdup_printf ("%.*s*%.*s*%s", (int) spot->at, value, (int) spot->length, value + spot->at,
                                           value + spot->at + spot->length);

  return g_str_equal (ours, marked);
}

static gboolean
check_lint (JsonArray *args, gboolean good)
{
  const char *name = get_text (args, 0) + strlen ("gs1_lint_");
  const char *value = get_text (args, 1);
  const char *reason = get_text (args, 2);
  WbGs1Spot spot = { 0 };

  /* what asks a register of company prefixes, and what is a variable of their test */
  if (g_str_has_suffix (reason, "_GCP_PREFIX") || g_str_has_suffix (reason, "_OFFLINE") || g_str_equal (value, "data"))
    return FALSE;
  g_assert_cmpint (wb_gs1_lint (name, value, strlen (value), &spot), ==, good);
  if (!good && g_str_is_ascii (value))
    g_assert_true (is_marked (get_text (args, 3), value, &spot));
  return TRUE;
}

static gboolean
check_vector (JsonObject *vector)
{
  static const struct
  {
    const char *call;
    gboolean (*check) (JsonArray *args);
  } calls[] = {
    { "test_processAIdata", check_process },       { "test_parseAIdata", check_brackets },
    { "test_validateAIs", check_set },             { "test_parseDLuri", check_link },
    { "test_testGenerateDLuri", check_link_built }, { "test_testGenerateScanData", check_sent },
    { "test_testProcessScanData", check_scanned },
  };
  JsonArray *args = json_object_get_array_member (vector, "args");
  const char *call = json_object_get_string_member (vector, "call");

  g_test_message ("%s %s %s %s", call, get_text (args, 0), get_text (args, 1), get_text (args, 2));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (g_str_equal (calls[i].call, call))
      return calls[i].check (args);
  if (g_str_has_prefix (call, "UNIT_TEST_"))
    return check_lint (args, g_str_equal (call, "UNIT_TEST_PASS"));
  return FALSE;
}

static void
test_vectors (void)
{
  g_autofree char *path = wb_test_data ("gs1/test-vectors.jsonl");
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_checked = 0;
  guint n_lines = 0;

  if (path == NULL)
    return;
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (n_lines = 0; lines[n_lines] != NULL && *lines[n_lines] != '\0'; n_lines++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[n_lines], &error);

      g_assert_no_error (error);
      n_checked += check_vector (json_node_get_object (node)) ? 1 : 0;
    }
  g_test_message ("%u of %u vectors", n_checked, n_lines);
  /* 12 look into variables of their test by a mask, 4 are given variables, 5 ask the register */
  g_assert_cmpuint (n_lines - n_checked, <=, 21);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/gs1/vectors", test_vectors);
  return g_test_run ();
}
