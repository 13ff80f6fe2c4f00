/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests/devices/wb-test-code128.h"

#define START_B 104u
#define START_C 105u
#define FNC1 102u
#define STOP 106u

/* Bars and spaces of each word, in turn. */
static const char *const patterns[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212",
  "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
  "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
  "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
  "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
  "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
  "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

static void
add (GArray *words, guint word)
{
  g_array_append_val (words, word);
}

GArray *
wb_test_code128_choose (const char *data, gboolean gs1)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize length = strlen (data);
  gboolean pairs = length % 2 == 0 && strspn (data, "0123456789") == length;

  add (words, pairs ? START_C : START_B);
  if (gs1)
    add (words, FNC1);
  for (gsize i = 0; i < length; i += pairs ? 2 : 1)
    add (words, pairs ? (guint) ((data[i] - '0') * 10 + data[i + 1] - '0') : (guint) (data[i] - ' '));
  return words;
}

GArray *
wb_test_code128_by_hand (const char *data)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean pairs = FALSE;

  while (*data != '\0')
    {
      if (*data == '!' && g_ascii_isdigit (data[1]) && g_ascii_isdigit (data[2]) && g_ascii_isdigit (data[3]))
        {
          guint word = (guint) ((data[1] - '0') * 100 + (data[2] - '0') * 10 + (data[3] - '0'));

          pairs = word == START_C || (pairs && word != START_B);
          add (words, word);
          data += 4;
        }
      else if (pairs && g_ascii_isdigit (data[0]) && g_ascii_isdigit (data[1]))
        {
          add (words, (guint) ((data[0] - '0') * 10 + data[1] - '0'));
          data += 2;
        }
      else
        add (words, (guint) (*data++ - ' '));
    }
  return words;
}

GArray *
wb_test_code128_by_braces (const char *data, gsize length)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean pairs = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (data[i] != '{' || i + 1 == length)
        {
          add (words, pairs ? (guint) data[i] : (guint) (data[i] - ' '));
          continue;
        }
      i++;
      if (data[i] == 'B' || data[i] == 'C')
        {
          pairs = data[i] == 'C';
          add (words, pairs ? START_C : START_B);
        }
      else
        add (words, data[i] == '1' ? FNC1 : (guint) ('{' - ' '));
    }
  return words;
}

static gboolean
is_symbol (const GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (g_array_index (words, guint, i) > START_C || (i > 0) == (g_array_index (words, guint, i) >= 103))
      return FALSE;
  return words->len > 1;
}

char *
wb_test_code128_runs (const GArray *words)
{
  GString *runs = NULL;
  guint sum = 0;

  if (!is_symbol (words))
    return NULL;
  runs = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    {
      guint word = g_array_index (words, guint, i);

      sum += word * MAX (i, 1);
      g_string_append (runs, patterns[word]);
    }
  g_string_append (runs, patterns[sum % 103]);
  g_string_append (runs, patterns[STOP]);
  return g_string_free (runs, FALSE);
}

char *
wb_test_code128_text (const GArray *words)
{
  GString *text = NULL;
  gboolean pairs = FALSE;

  if (!is_symbol (words))
    return NULL;
  text = g_string_new (NULL);
  pairs = g_array_index (words, guint, 0) == START_C;
  for (guint i = 1; i < words->len; i++)
    {
      guint word = g_array_index (words, guint, i);

      if (word == FNC1 && i > 1)
        g_string_append_c (text, '\x1d');
      else if (word != FNC1 && pairs)
        g_string_append_printf (text, "%02u", word);
      else if (word != FNC1)
        g_string_append_c (text, (char) (word + ' '));
    }
  return g_string_free (text, FALSE);
}
