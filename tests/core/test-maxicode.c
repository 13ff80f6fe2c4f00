/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write becomes the carriers' message, what cannot be in it is refused, and its parts come apart again. */
#include "config.h"

#include <string.h>

#include "core/wb-country.h"
#include "core/wb-error.h"
#include "core/wb-label.h"
#include "core/wb-maxicode.h"
#include "tests/wb-test.h"

#define HEAD "[)>\x1e" "01\x1d" "96"
#define END "\x1e\x04"

static void
test_build (void)
{
  static const struct
  {
    const char *written;
    const char *text;
    guint mode;
    const char *padded;
  } cases[] = {
    { "15238-2802|US|1|1Z00004951|UPSN|06x610", HEAD "152382802\x1d" "840\x1d" "001\x1d" "1Z00004951\x1dUPSN\x1d" "06X610" END, 2, "152382802" },
    { "93065|840|300|", HEAD "930650000\x1d" "840\x1d" "300\x1d" END, 2, "930650000" },
    { "EH1 3HT|gb|066|1Z", HEAD "EH13HT\x1d" "826\x1d" "066\x1d" "1Z" END, 3, "EH13HT" },
    { "N1 7GR|GB|1|1Z||2/3", HEAD "N17GR\x1d" "826\x1d" "001\x1d" "1Z\x1d\x1d" "2/3" END, 3, "N17GR " },
    { "10115|DE|1|A", HEAD "10115\x1d" "276\x1d" "001\x1d" "A" END, 3, "10115 " },
    { "1250-096|PT|1|A", HEAD "125009\x1d" "620\x1d" "001\x1d" "A" END, 3, "125009" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = wb_maxicode_build (cases[i].written, &error);
      g_autofree char *again = NULL;
      g_autofree char *padded = NULL;
      g_autoptr (WbMaxicode) code = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].text);
      again = wb_maxicode_build (text, &error);
      g_assert_cmpstr (again, ==, text);
      code = wb_maxicode_parse (text);
      g_assert_nonnull (code);
      g_assert_cmpuint (code->mode, ==, cases[i].mode);
      padded = wb_maxicode_pad_postcode (code);
      g_assert_cmpstr (padded, ==, cases[i].padded);
    }
}

static void
test_refused (void)
{
  static const char *const written[] = { "", "10115", "10115|DE", "|DE|1|A", "10115||1|A", "10115|ZZ|1|A", "10115|DE||A", "10115|DE|x|A",
                                         "10115|DE|1234|A", "1234|US|1|A", "ABCDE|US|1|A", "123456|US|1|A" };

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_maxicode_build (written[i], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
}

/* What no symbol holds is no barcode, and what holds is as large as it always is. */
static void
test_room (void)
{
  g_autoptr (WbLabel) label = wb_label_new ("parcel", WB_LABEL_MM (100), WB_LABEL_MM (100));
  g_autofree char *much = g_strnfill (90, 'A');
  g_autofree char *long_message = g_strconcat ("EH13HT|GB|1|", much, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_label_add_symbol (label, WB_LABEL_MAXICODE, 0, 0, WB_LABEL_MM (30), WB_LABEL_MM (30), WB_LABEL_LEFT, long_message, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wb_label_add_symbol (label, WB_LABEL_MAXICODE, 0, 0, WB_LABEL_MM (30), WB_LABEL_MM (25), WB_LABEL_LEFT, "EH13HT|GB|1|A", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (wb_label_add_symbol (label, WB_LABEL_MAXICODE, 0, 0, WB_LABEL_MM (90), WB_LABEL_MM (90), WB_LABEL_LEFT, "EH13HT|GB|1|A", &error));
  g_assert_cmpuint (((WbLabelElement *) g_ptr_array_index (label->elements, 0))->module_um, ==, WB_SYMBOL_HEXAGON_UM);
  g_assert_null (wb_maxicode_parse (HEAD "EH13HT\x1d" "826\x1d" "001\x1d" "A\nB" END));
  g_assert_null (wb_maxicode_parse (HEAD "EH13HT\x1d" "826\x1d" "001" END));
  g_assert_null (wb_maxicode_parse ("EH13HT"));
}

static void
test_numbers (void)
{
  g_assert_cmpuint (wb_country_get_number ("GB"), ==, 826);
  g_assert_cmpuint (wb_country_get_number ("US"), ==, 840);
  g_assert_cmpuint (wb_country_get_number ("AD"), ==, 20);
  g_assert_cmpuint (wb_country_get_number ("AF"), ==, 4);
  g_assert_cmpuint (wb_country_get_number ("ZW"), ==, 716);
  g_assert_cmpuint (wb_country_get_number ("XK"), ==, 0);
  g_assert_cmpuint (wb_country_get_number ("0A"), ==, 0);
  g_assert_cmpuint (wb_country_get_number (""), ==, 0);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/maxicode/build", test_build);
  g_test_add_func ("/maxicode/refused", test_refused);
  g_test_add_func ("/maxicode/room", test_room);
  g_test_add_func ("/maxicode/numbers", test_numbers);
  return g_test_run ();
}
