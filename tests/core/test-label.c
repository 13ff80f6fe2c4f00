/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-language.h"
#include "core/wb-label-zpl.h"
#include "core/wb-shipping-label.h"
#include "tests/core/wb-test-label.h"
#include "tests/wb-test.h"

/* Compares with a file beside the tests; WAYBILL_TEST_GOLDEN=write writes it anew, to be read before it is kept. */
static void
assert_golden (GBytes *bytes, const char *name)
{
  g_autofree char *path = wb_test_file (name);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_strcmp0 (g_getenv ("WAYBILL_TEST_GOLDEN"), "write") == 0)
    g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (data, size, expected, length);
}

static WbShippingLabel *
make_label (void)
{
  WbShippingLabel *self = g_new0 (WbShippingLabel, 1);

  self->from = (WbAddress){ .name = g_strdup ("Waybill Demo Ltd"),
                            .line1 = g_strdup ("1 Wharf Road"),
                            .city = g_strdup ("London"),
                            .postcode = g_strdup ("N1 7GR"),
                            .country = g_strdup ("GB") };
  self->to = (WbAddress){ .name = g_strdup ("Mary Miller"),
                          .line1 = g_strdup ("4 High Street"),
                          .city = g_strdup ("Oxford"),
                          .postcode = g_strdup ("OX1 4AF"),
                          .country = g_strdup ("GB") };
  self->carrier = g_strdup ("Royal Post");
  self->service = g_strdup ("Tracked 24");
  self->routing = g_strdup ("OX-14");
  self->tracking = g_strdup ("WB123456785GB");
  self->sscc = g_strdup ("106141411234567897");
  self->reference = g_strdup ("10482");
  self->date = g_strdup ("2026-03-02");
  self->weight_g = 1840;
  self->parcel = 1;
  self->n_parcels = 2;
  return self;
}

static GBytes *
to_zpl (const WbShippingLabel *shipping, guint dpi, WbLabelRasteriser rasterise)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabel) label = wb_shipping_label_layout (shipping, &error);
  GBytes *zpl = NULL;

  g_assert_no_error (error);
  zpl = wb_label_to_zpl (label, dpi, NULL, wb_test_label_rasterise, NULL, &error);
  g_assert_no_error (error);
  return zpl;
}

static void
test_golden (void)
{
  g_autoptr (WbShippingLabel) shipping = make_label ();
  g_autoptr (GBytes) at_203 = to_zpl (shipping, 203, NULL);
  g_autoptr (GBytes) at_300 = to_zpl (shipping, 300, NULL);
  g_autoptr (GBytes) at_600 = to_zpl (shipping, 600, NULL);

  assert_golden (at_203, "core/golden/shipping-203.zpl");
  assert_golden (at_300, "core/golden/shipping-300.zpl");
  assert_golden (at_600, "core/golden/shipping-600.zpl");
}

/* The other languages: what the printer prints by itself is in the file as text, what it is sent as dots by a mark. */
static void
test_golden_languages (void)
{
  for (gint language = WB_LABEL_EPL; language < WB_LABEL_N_LANGUAGES; language++)
    {
      g_autoptr (WbShippingLabel) shipping = make_label ();
      g_autoptr (WbLabel) label = wb_shipping_label_layout (shipping, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) language, 203, NULL, wb_test_label_rasterise, NULL, &error);
      g_autofree char *name = g_strdup_printf ("core/golden/shipping-203.%s", wb_label_language_get_name ((WbLabelLanguage) language));

      g_assert_no_error (error);
      assert_golden (job, name);
    }
}

/* The same label at every resolution: as large, its bars within what ^BY takes, and in the middle of the paper. */
static void
test_resolutions (void)
{
  static const guint resolutions[] = { 203, 300, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      g_autoptr (WbShippingLabel) shipping = make_label ();
      g_autoptr (GBytes) zpl = to_zpl (shipping, resolutions[i], NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (zpl, NULL), g_bytes_get_size (zpl));
      g_autofree char *size = g_strdup_printf ("^PW%u^LL%u\n", resolutions[i] * 4, resolutions[i] * 6);
      guint n_codes = 0;

      g_assert_nonnull (strstr (text, size));
      for (const char *at = strstr (text, "^BY"); at != NULL; at = strstr (at + 1, "^BY"))
        {
          const char *origin = g_strrstr_len (text, at - text, "^FO") + 3;
          guint x = (guint) g_ascii_strtoull (origin, NULL, 10);
          guint module = (guint) g_ascii_strtoull (at + 3, NULL, 10);
          guint modules = strstr (at, "^FD") == strstr (at, "^FD>:WB") ? wb_label_symbol_modules (WB_LABEL_CODE_128, "WB123456785GB")
                                                                   : wb_label_symbol_modules (WB_LABEL_GS1_128, "00106141411234567897");

          g_assert_cmpuint (module, >=, 1);
          g_assert_cmpuint (module, <=, 10);
          g_assert_cmpuint (x + modules * module, <=, resolutions[i] * 4);
          g_assert_cmpint (ABS ((gint) (2 * x + modules * module) - (gint) (resolutions[i] * 4)), <=, 4);
          n_codes++;
        }
      g_assert_cmpuint (n_codes, ==, 2);
    }
}

/* Nothing that a customer typed may become a command of the printer. */
static void
test_hostile (void)
{
  static const char *const names[] = { "^XZ^XA^FDpwned^FS", "~JR reset", "a_b\\&c", "tab\tand\nline", "\x01\x7f", };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WbShippingLabel) shipping = make_label ();
      g_autoptr (GBytes) zpl = NULL;
      g_autofree char *text = NULL;
      guint n_begin = 0;

      g_free (shipping->to.name);
      shipping->to.name = g_strdup (names[i]);
      zpl = to_zpl (shipping, 203, NULL);
      text = g_strndup (g_bytes_get_data (zpl, NULL), g_bytes_get_size (zpl));
      for (const char *at = strstr (text, "^XA"); at != NULL; at = strstr (at + 1, "^XA"))
        n_begin++;
      g_assert_cmpuint (n_begin, ==, 1);
      g_assert_null (strchr (text, '~'));
      g_assert_null (strstr (text, "pwned^FS\n^FS"));
      g_assert_cmpstr (text + strlen (text) - 4, ==, "^XZ\n");
      for (const char *c = text; *c != '\0'; c++)
        g_assert_true (*c == '\n' || (guchar) *c >= ' ');
    }
}

static void
test_letters (void)
{
  static const struct
  {
    const char *name;
    gboolean drawn;
  } cases[] = {
    { "Zoë Müller", FALSE },
    { "Łukasz Żak", FALSE },
    { "Μαρία", FALSE },
    { "Мария", FALSE },
    { "田中 愛子", TRUE },
    { "محمد", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbShippingLabel) shipping = make_label ();
      g_autoptr (WbLabel) label = NULL;
      g_autoptr (GBytes) zpl = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_free (shipping->to.name);
      shipping->to.name = g_strdup (cases[i].name);
      zpl = to_zpl (shipping, 203, wb_test_label_rasterise);
      text = g_strndup (g_bytes_get_data (zpl, NULL), g_bytes_get_size (zpl));
      g_assert_cmpint (strstr (text, "^GFA,4,4,2,FF000FF0") != NULL, ==, cases[i].drawn);
      g_assert_cmpint (strstr (text, cases[i].name) == NULL, ==, cases[i].drawn);
      label = wb_shipping_label_layout (shipping, NULL);
      g_assert_cmpint (wb_label_to_zpl (label, 203, NULL, NULL, NULL, &error) == NULL, ==, cases[i].drawn);
      if (cases[i].drawn)
        g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *tracking;
    const char *sscc;
  } cases[] = {
    { "", NULL },
    { "WB123", "123" },
    { "WB123", "106141411234567890" },
    { "WBÄ", NULL },
    { "A\nB", NULL },
    { "AN-IMPOSSIBLY-LONG-TRACKING-NUMBER-THAT-NO-SCANNER-WOULD-EVER-READ", NULL },
    { "TOO-DENSE-FOR-A-HAND-SCANNER-TO-READ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbShippingLabel) shipping = make_label ();
      g_autoptr (GError) error = NULL;

      g_free (shipping->tracking);
      g_free (shipping->sscc);
      shipping->tracking = g_strdup (cases[i].tracking);
      shipping->sscc = g_strdup (cases[i].sscc);
      g_assert_null (wb_shipping_label_layout (shipping, &error));
      g_assert_nonnull (error);
    }
}

static void
test_symbols (void)
{
  static const struct
  {
    WbLabelSymbol symbol;
    const char *data;
    const char *zpl;
  } cases[] = {
    { WB_LABEL_CODE_128, "TEA>B", "^BCN,80,N,N,N,N^FH_^FD>:TEA>0B^FS" },
    { WB_LABEL_CODE_128, "123456", "^BCN,80,N,N,N,N^FH_^FD>;123456^FS" },
    { WB_LABEL_CODE_128, "A^B~C_", "^FH_^FD>:A_5EB_7EC_5F^FS" },
    { WB_LABEL_GS1_128, "0104006381333931" "10A7", "^FD>:>8010400638133393110A7^FS" },
    { WB_LABEL_GS1_128, "10A\x1d" "3712", "^FD>:>810A>83712^FS" },
    { WB_LABEL_EAN_13, "4006381333931", "^BEN,80,N,N^FH_^FD400638133393^FS" },
    { WB_LABEL_EAN_13, "4006381333932", NULL },
    { WB_LABEL_QR, "https://example.org/ä", "^BQN,2,3^FH_^FDMA,https://example.org/ä^FS" },
    { WB_LABEL_DATAMATRIX, "ABC", "^BXN,8,200,,,,@^FH_^FDABC^FS" },
    { WB_LABEL_CODE_128, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbLabel) label = wb_label_new ("test", WB_LABEL_MM (100), WB_LABEL_MM (50));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) zpl = NULL;
      g_autofree char *text = NULL;

      g_assert_cmpint (wb_label_add_symbol (label, cases[i].symbol, 0, 0, WB_LABEL_MM (90), WB_LABEL_MM (10),
                                            WB_LABEL_LEFT, cases[i].data, &error),
                       ==, cases[i].zpl != NULL);
      if (cases[i].zpl == NULL)
        {
          g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
          continue;
        }
      zpl = wb_label_to_zpl (label, 203, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (zpl, NULL), g_bytes_get_size (zpl));
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, cases[i].zpl));
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/label/golden", test_golden);
  g_test_add_func ("/label/golden-languages", test_golden_languages);
  g_test_add_func ("/label/resolutions", test_resolutions);
  g_test_add_func ("/label/hostile", test_hostile);
  g_test_add_func ("/label/letters", test_letters);
  g_test_add_func ("/label/refusals", test_refusals);
  g_test_add_func ("/label/symbols", test_symbols);
  return g_test_run ();
}
