/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <pango/pango.h>
#include <string.h>

#include "core/wb-facts.h"
#include "devices/wb-camera.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-scale-serial.h"
#include "devices/wb-scanner-serial.h"
#include "devices/wb-voice.h"
#include "tests/wb-test.h"
#include "ui/wb-format.h"
#include "ui/wb-word.h"

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* Wednesday, 4 March 2026, 12:00 UTC. */
#define NOW (G_GINT64_CONSTANT (1772625600) * G_USEC_PER_SEC)

static void
check (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_numbers (void)
{
  check (wb_format_number (0), "0");
  check (wb_format_number (999), "999");
  check (wb_format_number (48213), "48,213");
  check (wb_format_number (-1000000), "-1,000,000");
  check (wb_format_money (18420, "GBP"), "£ 184.20");
  check (wb_format_money (123456789, "EUR"), "€ 1,234,567.89");
  check (wb_format_money (8400, "JPY"), "¥ 8,400");
  /* What has no currency (yet) is still a number. */
  check (wb_format_money (8400, NULL), "8,400");
}

static void
test_prices (void)
{
  const struct
  {
    WbDecimal price;
    const char *currency;
    const char *text;
  } cases[] = {
    { { 15, 4 }, "EUR", "€ 0.0015" },
    { { 1250, 2 }, "EUR", "€ 12.50" },
    { { 12500000, 6 }, "EUR", "€ 12.50" },
    { { 1234567, 3 }, "EUR", "€ 1,234.567" },
    { { 1620, 0 }, "JPY", "¥ 1,620" },
    { { 15, 1 }, NULL, "1.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (wb_format_price (&cases[i].price, cases[i].currency), cases[i].text);
}

static void
test_weights (void)
{
  check (wb_format_weight (0), "");
  check (wb_format_weight (999), "999 g");
  check (wb_format_weight (1000), "1.00 kg");
  check (wb_format_weight (9684), "9.68 kg");
  check (wb_format_weight (9685), "9.69 kg");
  check (wb_format_weight (1234567), "1,234.57 kg");
  check (wb_format_size (300, 200, 150), "300 × 200 × 150 mm");
  check (wb_format_size (300, 0, 150), "");
}

static void
test_times (void)
{
  const struct
  {
    gint64 from_now;
    const char *text;
    const char *said;
  } cases[] = {
    { 0, "Today 12:00", "today 12:00" },
    { -13 * HOUR, "Yesterday 23:00", "yesterday 23:00" },
    { 13 * HOUR, "Tomorrow 01:00", "tomorrow 01:00" },
    { -2 * DAY, "Monday 12:00", "Monday 12:00" },
    { -6 * DAY, "Thursday 12:00", "Thursday 12:00" },
    { -7 * DAY, "25 Feb 12:00", "25 Feb 12:00" },
    /* A weekday that is to come is never taken for the one that was. */
    { 5 * DAY, "Mon 9 Mar 12:00", "Mon 9 Mar 12:00" },
    { 7 * DAY, "11 Mar 12:00", "11 Mar 12:00" },
    { -100 * DAY, "24 Nov 2025", "24 Nov 2025" },
  };
  WbFormatStyle style = { .now_us = NOW };
  WbFormatStyle said = { .now_us = NOW, .in_sentence = TRUE };
  WbFormatStyle absolute = { .now_us = NOW, .absolute = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check (wb_format_time (NOW + cases[i].from_now, &style), cases[i].text);
      check (wb_format_time (NOW + cases[i].from_now, &said), cases[i].said);
    }
  check (wb_format_time (NOW, &absolute), "2026-03-04 12:00");
  check (wb_format_time_full (NOW), "Wednesday, 4 March 2026, 12:00:00 UTC");
  check (wb_format_date (NOW / DAY, &style), "Today");
  check (wb_format_date (NOW / DAY, &absolute), "2026-03-04");
}

/* A moment reads the same whether it comes from a row or from a page. */
static void
test_moments (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) some = g_date_time_add (now, -3 * DAY);
  g_autofree char *time = wb_format_time (g_date_time_to_unix (some) * G_USEC_PER_SEC, NULL);

  check (wb_format_moment (some), time);
  check (wb_format_moment (NULL), "");
  check (wb_format_moment_said (NULL), "");
  check (wb_format_moment_full (NULL), "");
  check (wb_format_day (NULL), "");
}

static void
test_places (void)
{
  WbAddress address = { .name = (char *) "Ana Pérez", .line1 = (char *) "Calle Mayor, 1", .city = (char *) "Granada",
                        .postcode = (char *) "18003", .country = (char *) "ES" };

  g_assert_cmpstr (wb_format_country ("ES"), ==, "Spain");
  g_assert_cmpstr (wb_format_country ("ZZ"), ==, "ZZ");
  g_assert_cmpstr (wb_format_country (NULL), ==, "");
  check (wb_format_address (&address, "GB"), "Ana Pérez\nCalle Mayor, 1\n18003 Granada\nSpain");
  check (wb_format_address (&address, "ES"), "Ana Pérez\nCalle Mayor, 1\n18003 Granada");
}

static void
test_sentences (void)
{
  check (wb_format_sentence ("there is no order 7"), "There is no order 7.");
  check (wb_format_sentence (" élan? "), "Élan?");
  check (wb_format_sentence ("“x” is no number"), "“x” is no number.");
  check (wb_format_sentence ("please wait…"), "Please wait…");
  check (wb_format_sentence (""), "");
}

/* A word that nobody can read may be broken anywhere, but for a mark and its letter; words stay as they are. */
static void
test_words (void)
{
  g_autofree char *xs = g_strnfill (10000, 'x');
  g_autofree char *broken = wb_format_words (xs);
  g_autofree char *plain = wb_format_words ("Leave it with Donaudampfschifffahrtselektrizitätenhauptbetriebswerk,\nplease");
  g_auto (GStrv) pieces = g_strsplit (broken, "\342\200\213", -1);
  g_autofree char *joined = g_strjoinv ("", pieces);

  g_assert_cmpstr (plain, ==, "Leave it with Donaudampfschifffahrtselektrizitätenhauptbetriebswerk,\nplease");
  g_assert_cmpstr (joined, ==, xs);
  for (guint i = 0; pieces[i] != NULL; i++)
    g_assert_cmpuint (strlen (pieces[i]), <=, 60);
}

/* Where a line may be broken, no separator comes behind: it ends the line before. */
static void
test_breaks (void)
{
  g_autofree char *line = wb_facts_join ("Placed today 14:45", "Standard", "Web shop", NULL);
  int n = (int) g_utf8_strlen (line, -1) + 1;
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, n);
  guint n_breaks = 0;
  int i = 0;

  pango_get_log_attrs (line, (int) strlen (line), -1, pango_language_from_string ("en"), attributes, n);
  for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c), i++)
    if (attributes[i].is_line_break)
      {
        g_assert_cmpuint (g_utf8_get_char (c), !=, 0xb7);
        g_assert_cmpuint (g_utf8_get_char (c), !=, 0xa0);
        n_breaks++;
      }
  g_assert_cmpuint (n_breaks, >=, 4);
}

/* Whatever can be chosen about a device has a word for people; a number is one. */
static void
test_device_options (void)
{
  const GType types[] = { WB_TYPE_CAMERA, WB_TYPE_PRINTER_DEVICE, WB_TYPE_SCALE_SERIAL, WB_TYPE_SCANNER_SERIAL, WB_TYPE_VOICE };
  guint n_words = 0;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GTypeClass) class = g_type_class_ref (types[i]);
      const WbDeviceClass *device_class = (const WbDeviceClass *) class;

      for (guint k = 0; k < device_class->n_options; k++)
        {
          const WbDeviceOption *option = &device_class->options[k];
          g_auto (GStrv) choices = g_strsplit (option->choices != NULL ? option->choices : "", "|", -1);

          for (guint n = 0; choices[n] != NULL; n++)
            {
              const char *word = wb_word_option_text (option, choices[n]);

              if (*choices[n] == '\0' || strspn (choices[n], "0123456789") == strlen (choices[n]))
                continue;
              if (g_str_equal (word, choices[n]))
                {
                  g_test_message ("%s: %s is called %s", g_type_name (types[i]), option->name, word);
                  g_test_fail ();
                }
              n_words++;
            }
        }
    }
  g_assert_cmpuint (n_words, >, 20);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/prices", test_prices);
  g_test_add_func ("/format/weights", test_weights);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/moments", test_moments);
  g_test_add_func ("/format/places", test_places);
  g_test_add_func ("/format/sentences", test_sentences);
  g_test_add_func ("/format/words", test_words);
  g_test_add_func ("/format/device-options-in-words", test_device_options);
  g_test_add_func ("/format/facts-break-behind-the-dot", test_breaks);
  return g_test_run ();
}
