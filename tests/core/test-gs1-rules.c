/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GS1 asks of the content of values, of what stands together, of Digital Links and of what scanners send. */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-link.h"
#include "core/wb-gs1-lint.h"
#include "core/wb-gs1-symbol.h"
#include "core/wb-gs1.h"
#include "tests/wb-test.h"

/* marked: "" for what is good, else asterisks around what is wrong. */
static void
test_lint (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *marked;
  } cases[] = {
    { "csum", "4006381333931", "" },
    { "csum", "4006381333932", "400638133393*2*" },
    { "csum", "40063x1333931", "40063*x*1333931" },
    { "csumalpha", "7907665Bm8v2AB", "" },
    { "csumalpha", "7907665Bm8v2BA", "7907665Bm8v2*BA*" },
    { "yymmdd", "240229", "" },
    { "yymmdd", "250229", "2502*29*" },
    { "yymmdd", "251301", "25*13*01" },
    { "yymmdd", "250600", "2506*00*" },
    { "yymmd0", "250600", "" },
    { "yyyymmdd", "20000229", "" },
    { "yyyymmdd", "19000229", "190002*29*" },
    { "hhmi", "2359", "" },
    { "hhmi", "2400", "*24*00" },
    { "hhmi", "2360", "23*60*" },
    { "iso4217", "978", "" },
    { "iso4217", "979", "" },
    { "iso4217", "999", "" },
    { "iso4217", "100", "*100*" },
    { "iso3166", "276", "" },
    { "iso3166", "999", "*999*" },
    { "iso3166999", "999", "" },
    { "iso3166alpha2", "DE", "" },
    { "iso3166alpha2", "XK", "*XK*" },
    { "iso3166alpha2", "de", "*de*" },
    { "iban", "DE89370400440532013000", "" },
    { "iban", "DE88370400440532013000", "DE*88*370400440532013000" },
    { "iban", "de89370400440532013000", "*d*e89370400440532013000" },
    { "pieceoftotal", "0203", "" },
    { "pieceoftotal", "0302", "*0302*" },
    { "pieceoftotal", "0300", "03*00*" },
    { "posinseqslash", "2/3", "" },
    { "posinseqslash", "3/2", "*3/2*" },
    { "latitude", "1800000000", "" },
    { "latitude", "1800000001", "*1800000001*" },
    { "pcenc", "Caf%C3%A9", "" },
    { "pcenc", "100%", "100*%*" },
    { "packagetype", "PX", "" },
    { "packagetype", "P", "*P*" },
    { "cset64", "QUJD", "" },
    { "cset64", "QUJ+", "QUJ*+*" },
    { "couponcode", "106141410222223100110222111101231023456721104561045678991201", "" },
    { "couponcode", "0614141222223110", "0614141222223110" },
    { "couponposoffer", "0106141411234561123456", "0106141411234561*123456*" },
    { "nothing of this name", "whatever", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *value = cases[i].value;
      WbGs1Spot spot = { 0 };
      gboolean good = wb_gs1_lint (cases[i].name, value, strlen (value), &spot);
      g_autofree char *marked = good ? g_strdup ("")
                                     : g_strdup_printf ("%.*s*%.*s*%s", (int) spot.at, value, (int) spot.length, value + spot.at,
                                                        value + spot.at + spot.length);

      g_test_message ("%s %s", cases[i].name, value);
      if (strchr (cases[i].marked, '*') == NULL && *cases[i].marked != '\0')
        g_assert_false (good);
      else
        g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

/* Whatever a value is, what is said to be wrong lies within it. */
static void
test_lint_stays_within (void)
{
  static const char *const names[] = {
    "csum", "csumalpha", "cset39", "cset64", "cset82", "csetnumeric", "couponcode", "couponposoffer", "gcppos1", "gcppos2",
    "hasnondigit", "hh", "hhmi", "hyphen", "iban", "importeridx", "iso3166", "iso3166999", "iso3166alpha2", "iso4217", "iso5218",
    "latitude", "longitude", "mediatype", "mi", "nonzero", "nozeroprefix", "packagetype", "pcenc", "pieceoftotal", "posinseqslash",
    "ss", "winding", "yesno", "yymmd0", "yymmdd", "yyyymmd0", "yyyymmdd", "zero",
  };

  for (guint round = 0; round < 20000; round++)
    {
      const char *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];
      char value[40] = "";
      gsize length = (gsize) g_test_rand_int_range (0, sizeof value);
      WbGs1Spot spot = { G_MAXSIZE, G_MAXSIZE, NULL };

      for (gsize i = 0; i < length; i++)
        value[i] = g_test_rand_bit () ? (char) g_test_rand_int_range ('0', '9' + 1) : (char) g_test_rand_int_range (0, 127);
      if (wb_gs1_lint (name, value, length, &spot))
        continue;
      g_assert_cmpuint (spot.at, <=, length);
      g_assert_cmpuint (spot.length, <=, length - spot.at);
      g_assert_nonnull (spot.what);
    }
}

static void
test_set (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "(01)09520123456788(10)AB(17)261231", NULL },
    { "(10)AB", "*(10) needs one of*" },
    { "(01)09520123456788(02)09520123456788(37)2", "*may not stand together*" },
    { "(00)106141411234567897(02)09520123456788(37)12", NULL },
    { "(02)09520123456788", "*(02) needs one of 37*" },
    { "(01)09520123456788(3103)000195(3102)001950", "*(3103) may not stand together with (3102)*" },
    { "(01)09520123456788(400)A(400)A", NULL },
    { "(01)09520123456788(400)A(400)B", "*twice with different values*" },
    { "(8030)AAAA(253)9526064000028", "*(8030) needs a serial number in (253)*" },
    { "(8030)AAAA(253)95260640000281", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) elements = wb_gs1_parse_brackets (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_no_error (error);
      if (wb_gs1_check_set (elements, &error))
        g_assert_null (cases[i].says);
      else
        g_assert_true (g_pattern_match_simple (cases[i].says, error->message));
    }
}

static void
test_link (void)
{
  static const struct
  {
    const char *uri;
    const char *elements;
  } cases[] = {
    { "https://id.example/01/09520123456788", "(01)09520123456788" },
    { "https://id.example/some/where/01/09520123456788/10/A%2FB/21/7?17=261231&utm=x", "(01)09520123456788(10)A/B(21)7(17)261231" },
    { "https://id.example/gtin/9520123456788", "(01)09520123456788" },
    { "HTTPS://ID.EXAMPLE/00/106141411234567897", "(00)106141411234567897" },
    { "https://id.example/01/09520123456788?10=A+B", NULL },
    { "https://id.example/01/09520123456788/21/7/10/AB", NULL },
    { "https://id.example/01/09520123456788/235/X/10/AB", NULL },
    { "https://id.example/01/09520123456789", NULL },
    { "https://id.example/01/09520123456788?21=7", NULL },
    { "https://id.example/01/0952012345678%008", NULL },
    { "https://id.example/01/09520123456788?10=%ZZ", NULL },
    { "https:///01/09520123456788", NULL },
    { "ftp://id.example/01/09520123456788", NULL },
    { "https://id.example/01/09520123456788?17=261231&17=261231", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) elements = wb_gs1_link_parse (cases[i].uri, WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS, &error);
      g_autofree char *text = elements != NULL ? wb_gs1_to_brackets (elements) : NULL;

      g_test_message ("%s", cases[i].uri);
      g_assert_cmpstr (text, ==, cases[i].elements);
      g_assert_true ((text == NULL) == (error != NULL));
    }
}

/* What a link says comes out of it again. */
static void
test_link_built (void)
{
  static const char *const cases[] = {
    "(01)09520123456788(22)V1(10)A/B%?&+(21)7(17)261231(3103)000195",
    "(414)9520123456788(254)32a/b",
    "(8010)0200-A(99)x=1&y=2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) elements = wb_gs1_parse_brackets (cases[i], &error);
      g_autofree char *uri = NULL;
      g_autoptr (GPtrArray) again = NULL;

      g_assert_no_error (error);
      uri = wb_gs1_link_build ("https://id.example", elements, &error);
      g_assert_no_error (error);
      g_test_message ("%s", uri);
      again = wb_gs1_link_parse (uri, WB_GS1_LINK_STRICT, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (again->len, ==, elements->len);
      for (guint e = 0; e < elements->len; e++)
        {
          const WbGs1Element *element = g_ptr_array_index (elements, e);

          g_assert_cmpstr (wb_gs1_get (again, element->ai), ==, element->value);
        }
    }
}

/* A bench reads the product of a link, and of a string with a unit that nobody knows. */
static void
test_scan_is_lenient (void)
{
  g_autoptr (WbGs1Scan) link = wb_gs1_scan_new ("https://shop.example/01/9520123456788/10/AB1?17=261231&3103=000195");
  g_autoptr (WbGs1Scan) odd = wb_gs1_scan_new ("]C10109520123456788422000\x1d"
                                               "10AB1");
  g_autoptr (WbGs1Scan) wrong = wb_gs1_scan_new ("]C1010952012345678910AB1");

  g_assert_cmpstr (link->gtin, ==, "09520123456788");
  g_assert_cmpstr (link->lot, ==, "AB1");
  g_assert_cmpstr (link->expiry, ==, "261231");
  g_assert_cmpint (link->weight_g, ==, 195);
  g_assert_cmpstr (odd->gtin, ==, "09520123456788");
  g_assert_cmpstr (odd->lot, ==, "AB1");
  g_assert_cmpstr (wrong->gtin, ==, "");
}

static void
test_symbol (void)
{
  static const struct
  {
    const char *name;
    const char *data;
    const char *sent;
  } cases[] = {
    { "EAN-13", "9520123456788", "]E09520123456788" },
    { "UPC-A", "036000291452", "]E00036000291452" },
    { "EAN-8", "96385074", "]E496385074" },
    { "EAN-8", "9520123456788", NULL },
    { "EAN-13", "9520123456789", NULL },
    { "GS1-128", "010952012345678810AB", "]C1010952012345678810AB" },
    { "GS1-128", "0109520123456788x", NULL },
    { "Code 128", "anything", "]C0anything" },
    { "Plessey", "1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sent = wb_gs1_symbol_send (cases[i].name, cases[i].data, NULL, NULL);

      g_assert_cmpstr (sent, ==, cases[i].sent);
      if (sent != NULL)
        g_assert_nonnull (wb_gs1_symbol_check (sent, NULL));
    }
  g_assert_null (wb_gs1_symbol_check ("]E09520123456789", NULL));
  g_assert_null (wb_gs1_symbol_check ("]d2", NULL));
  g_assert_null (wb_gs1_symbol_check ("no identifier", NULL));
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/gs1-rules/lint", test_lint);
  g_test_add_func ("/gs1-rules/lint-stays-within", test_lint_stays_within);
  g_test_add_func ("/gs1-rules/set", test_set);
  g_test_add_func ("/gs1-rules/link", test_link);
  g_test_add_func ("/gs1-rules/link-built", test_link_built);
  g_test_add_func ("/gs1-rules/scan-is-lenient", test_scan_is_lenient);
  g_test_add_func ("/gs1-rules/symbol", test_symbol);
  return g_test_run ();
}
