/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1.h"
#include "core/wb-maxicode.h"
#include "core/wb-symbology.h"

/* Longest data of each symbol on a label. */
#define MAX_LINEAR 60
#define MAX_SQUARE 500
#define MAX_DATABAR 40

#define LINK_DOMAIN "https://id.gs1.org"

#define DIGITS "0123456789"
#define CODE_39_LETTERS DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ -.$/+%"

static gboolean
is_made_of (const char *data, const char *letters)
{
  return *data != '\0' && strspn (data, letters) == strlen (data);
}

static gboolean
is_printable (const char *data, gsize most)
{
  gsize length = strlen (data);

  for (gsize i = 0; i < length; i++)
    if (data[i] < ' ' || data[i] > '~')
      return FALSE;
  return length > 0 && length <= most;
}

static gboolean
is_element_string (const char *data, gsize most)
{
  g_autofree char *plain = g_strdelimit (g_strdup (data), "\x1d", ' ');

  return is_printable (plain, most);
}

static gboolean
is_checked_number (const char *data, gsize length)
{
  return strlen (data) == length && wb_gs1_check_number (data, NULL);
}

/* ---- What people write ------------------------------------------------------------------------- */

/* "(01)…(10)…" as people write it, or the element string itself. */
static char *
prepare_elements (const char *data, GError **error)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (*data != '(')
    return g_strdup (data);
  elements = wb_gs1_parse_brackets (data, error);
  return elements != NULL ? wb_gs1_build (elements, error) : NULL;
}

/* The GS1 Digital Link of an element string: the key and its qualifiers are the path, the rest is asked for. */
static char *
prepare_link (const char *data, GError **error)
{
  static const char *const path_ais[] = { "01", "10", "21", "22", "00", "414", "254", "8006", "235", NULL };
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GString) link = NULL;
  g_autoptr (GString) query = NULL;

  if (g_str_has_prefix (data, "http://") || g_str_has_prefix (data, "https://"))
    return g_strdup (data);
  elements = *data == '(' ? wb_gs1_parse_brackets (data, error) : wb_gs1_parse (data, error);
  if (elements == NULL)
    return NULL;
  link = g_string_new (LINK_DOMAIN);
  query = g_string_new (NULL);
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      g_autofree char *value = g_uri_escape_string (element->value, NULL, FALSE);

      if (g_strv_contains (path_ais, element->ai))
        g_string_append_printf (link, "/%s/%s", element->ai, value);
      else
        g_string_append_printf (query, "%c%s=%s", query->len == 0 ? '?' : '&', element->ai, value);
    }
  g_string_append (link, query->str);
  return g_string_free (g_steal_pointer (&link), FALSE);
}

/* ---- How large --------------------------------------------------------------------------------- */

/* Eleven modules a character, start and check included, thirteen for the stop. Only digits, an even number of them,
 * go two to a character. */
static guint
code_128_modules (const char *data, guint extra)
{
  gsize length = strlen (data);

  if (is_made_of (data, DIGITS) && length % 2 == 0)
    length /= 2;
  return (guint) (length + 2 + extra) * 11 + 13;
}

static guint
measure_code_128 (const char *data, guint *down)
{
  return is_printable (data, MAX_LINEAR) ? code_128_modules (data, 0) : 0;
}

static guint
measure_gs1_128 (const char *data, guint *down)
{
  g_autofree char *plain = g_strdelimit (g_strdup (data), "\x1d", ' ');

  return is_printable (plain, MAX_LINEAR) ? code_128_modules (plain, 1) : 0;
}

/* Six narrow and three wide bars a character, and a narrow space between two. */
static guint
measure_code_39 (const char *data, guint *down)
{
  gsize length = strlen (data);

  return is_made_of (data, CODE_39_LETTERS) && length <= MAX_LINEAR ? (guint) (length + 2) * 13 - 1 : 0;
}

static guint
measure_code_93 (const char *data, guint *down)
{
  gsize length = strlen (data);

  return is_made_of (data, CODE_39_LETTERS) && length <= MAX_LINEAR ? (guint) (length + 4) * 9 + 1 : 0;
}

static guint
measure_codabar (const char *data, guint *down)
{
  gsize length = strlen (data);
  g_autofree char *inner = NULL;

  if (length < 3 || length > MAX_LINEAR || strchr ("ABCD", data[0]) == NULL || strchr ("ABCD", data[length - 1]) == NULL)
    return 0;
  inner = g_strndup (data + 1, length - 2);
  return is_made_of (inner, DIGITS "-$:/.+") ? (guint) length * 11 - 1 : 0;
}

static guint
measure_itf (const char *data, guint *down)
{
  gsize length = strlen (data);

  return is_made_of (data, DIGITS) && length % 2 == 0 && length <= MAX_LINEAR ? (guint) length * 9 + 9 : 0;
}

static guint
measure_itf_14 (const char *data, guint *down)
{
  return is_checked_number (data, 14) ? 14 * 9 + 9 : 0;
}

static guint
measure_ean_13 (const char *data, guint *down)
{
  return is_checked_number (data, 13) ? 95 : 0;
}

static guint
measure_ean_8 (const char *data, guint *down)
{
  return is_checked_number (data, 8) ? 67 : 0;
}

static guint
measure_upc_a (const char *data, guint *down)
{
  return is_checked_number (data, 12) ? 95 : 0;
}

/* The six digits in the middle stand for ten, and the check digit is that of the whole UPC-A. */
static guint
measure_upc_e (const char *data, guint *down)
{
  g_autofree char *whole = NULL;

  if (strlen (data) != 8 || !is_made_of (data, DIGITS) || data[0] > '1')
    return 0;
  if (data[6] <= '2')
    whole = g_strdup_printf ("%.3s%c0000%.3s%c", data, data[6], data + 3, data[7]);
  else if (data[6] == '3')
    whole = g_strdup_printf ("%.4s00000%.2s%c", data, data + 4, data[7]);
  else if (data[6] == '4')
    whole = g_strdup_printf ("%.5s00000%c%c", data, data[5], data[7]);
  else
    whole = g_strdup_printf ("%.6s0000%c%c", data, data[6], data[7]);
  return is_checked_number (whole, 12) ? 51 : 0;
}

/* The smallest symbol of a table of capacities. */
static guint
fit_size (gsize needed, const guint16 *capacities, const guint8 *sizes, guint n_sizes, guint *down)
{
  for (guint i = 0; i < n_sizes; i++)
    if (needed <= capacities[i])
      {
        *down = sizes[i];
        return sizes[i];
      }
  return 0;
}

/* Bytes at level M, versions 1 to 17. */
static guint
measure_qr_bytes (gsize length, guint *down)
{
  static const guint16 bytes[] = { 14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504 };
  static const guint8 sizes[] = { 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61, 65, 69, 73, 77, 81, 85 };

  return fit_size (length, bytes, sizes, G_N_ELEMENTS (sizes), down);
}

static guint
measure_qr (const char *data, guint *down)
{
  gsize length = strlen (data);

  return length > 0 && length <= MAX_SQUARE && g_utf8_validate (data, -1, NULL) ? measure_qr_bytes (length, down) : 0;
}

static guint
measure_gs1_qr (const char *data, guint *down)
{
  return is_element_string (data, MAX_SQUARE) ? measure_qr_bytes (strlen (data) + 1, down) : 0;
}

/* Two digits side by side are one codeword, as every encoder does at least. */
static guint
measure_datamatrix_words (const char *data, guint words, guint *down)
{
  static const guint16 capacities[] = { 3, 5, 8, 12, 18, 22, 30, 36, 44, 62, 86, 114, 144, 174, 204, 280, 368, 456, 576 };
  static const guint8 sizes[] = { 10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88 };

  for (const char *c = data; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (c[0]) && g_ascii_isdigit (c[1]))
        c++;
      words++;
    }
  return fit_size (words, capacities, sizes, G_N_ELEMENTS (sizes), down);
}

static guint
measure_datamatrix (const char *data, guint *down)
{
  return is_printable (data, MAX_SQUARE) ? measure_datamatrix_words (data, 0, down) : 0;
}

static guint
measure_gs1_datamatrix (const char *data, guint *down)
{
  return is_element_string (data, MAX_SQUARE) ? measure_datamatrix_words (data, 1, down) : 0;
}

/* Six columns of data; rows are three modules high. Two letters a codeword at best, six bytes in five at worst. */
static guint
measure_pdf417 (const char *data, guint *down)
{
  guint words = 0;

  if (!is_printable (data, MAX_SQUARE))
    return 0;
  words = (guint) strlen (data) * 5 / 6 + 2 + 32;
  *down = MAX (words / 6 + 1, 3) * 3;
  return (6 + 4) * 17 + 1;
}

/* Bytes at the usual quarter of error correction; the smaller ones are compact symbols. */
static guint
measure_aztec (const char *data, guint *down)
{
  static const guint16 bytes[] = { 6, 19, 33, 53, 62, 87, 114, 145, 179, 214, 256, 298, 343, 394, 446, 502 };
  static const guint8 sizes[] = { 15, 19, 23, 27, 31, 37, 41, 45, 49, 53, 57, 61, 67, 71, 75, 79 };

  return is_printable (data, MAX_SQUARE) ? fit_size (strlen (data), bytes, sizes, G_N_ELEMENTS (sizes), down) : 0;
}

static guint
measure_databar (const char *data, guint *down)
{
  return strlen (data) == 16 && g_str_has_prefix (data, "01") && is_checked_number (data + 2, 14) ? 96 : 0;
}

/* Data characters of twelve bits: a digit is at most four bits, anything else seven, and changing between them a few. */
static guint
databar_characters (const char *data)
{
  guint bits = 12;

  for (const char *c = data; *c != '\0'; c++)
    bits += g_ascii_isdigit (*c) ? 4 : 7;
  return MAX (bits / 12 + 2, 4);
}

static guint
measure_databar_expanded (const char *data, guint *down)
{
  guint characters = 0;

  if (!is_element_string (data, MAX_DATABAR))
    return 0;
  characters = databar_characters (data);
  return characters <= 22 ? characters * 17 + (characters + 1) / 2 * 15 + 4 : 0;
}

/* Four characters a row of 34 modules, and three rows of separation between two. */
static guint
measure_databar_stacked (const char *data, guint *down)
{
  if (measure_databar_expanded (data, down) == 0)
    return 0;
  *down = (databar_characters (data) + 3) / 4 * 37;
  return 102;
}

/* Thirty hexagons in a row, 33 rows that lie in each other. */
static guint
measure_maxicode (const char *data, guint *down)
{
  g_autoptr (WbMaxicode) code = wb_maxicode_parse (data);

  *down = 29;
  return code != NULL ? 30 : 0;
}

/* ---- The table --------------------------------------------------------------------------------- */

/* Where a language's own symbol needs a firmware that not every printer has, or is told in a way that differs between
 * makers, the column is empty: a bitmap is read as well, by everybody. */
static const WbSymbology table[] = {
  { WB_LABEL_CODE_128, "code-128", "Code 128", WB_SYMBOL_LINEAR, WB_SYMBOL_CODE_128, 20, 0, 0, NULL, measure_code_128,
    "WB-1042/a", "^BCN,%h,N,N,N,N", "1", "128M", 73 },
  { WB_LABEL_GS1_128, "gs1-128", "GS1-128", WB_SYMBOL_LINEAR, WB_SYMBOL_GS1, 16, 0, 0, prepare_elements, measure_gs1_128,
    "0104006381333931" "10A7", "^BCN,%h,N,N,N,N", "1E", "128M", 73 },
  { WB_LABEL_EAN_13, "ean-13", "EAN-13", WB_SYMBOL_LINEAR, WB_SYMBOL_CHECKED, 13, 0, 0, NULL, measure_ean_13,
    "4006381333931", "^BEN,%h,N,N", "E30", "EAN13", 67 },
  { WB_LABEL_QR, "qr", "QR Code", WB_SYMBOL_MATRIX, WB_SYMBOL_PLAIN, 58, 0, 0, NULL, measure_qr,
    "https://example.org/t/WB-1042?ä", "^BQN,2,%m", NULL, "QRCODE", 49 },
  { WB_LABEL_DATAMATRIX, "datamatrix", "Data Matrix", WB_SYMBOL_MATRIX, WB_SYMBOL_PLAIN, 71, 0, 0, NULL, measure_datamatrix,
    "WB-1042/a@b", "^BXN,%m,200,,,,@", NULL, NULL, 0 },
  { WB_LABEL_CODE_39, "code-39", "Code 39", WB_SYMBOL_LINEAR, WB_SYMBOL_PLAIN, 8, 0, 2, NULL, measure_code_39,
    "WB-1042", "^B3N,N,%h,N,N", "3", "39", 69 },
  { WB_LABEL_CODE_93, "code-93", "Code 93", WB_SYMBOL_LINEAR, WB_SYMBOL_PLAIN, 25, 0, 0, NULL, measure_code_93,
    "WB-1042", "^BAN,%h,N,N,N", "9", "93", 72 },
  { WB_LABEL_CODABAR, "codabar", "Codabar", WB_SYMBOL_LINEAR, WB_SYMBOL_CODABAR, 18, 0, 2, NULL, measure_codabar,
    "A1042-77B", "^BKN,N,%h,N,N", NULL, NULL, 71 },
  { WB_LABEL_ITF, "itf", "Interleaved 2 of 5", WB_SYMBOL_LINEAR, WB_SYMBOL_PLAIN, 3, 0, 3, NULL, measure_itf,
    "10428877", "^B2N,%h,N,N,N", "2", "25", 70 },
  { WB_LABEL_ITF_14, "itf-14", "ITF-14", WB_SYMBOL_LINEAR, WB_SYMBOL_PLAIN, 3, 0, 3, NULL, measure_itf_14,
    "14006381333938", "^B2N,%h,N,N,N", "2", "25", 70 },
  { WB_LABEL_EAN_8, "ean-8", "EAN-8", WB_SYMBOL_LINEAR, WB_SYMBOL_CHECKED, 13, 0, 0, NULL, measure_ean_8,
    "96385074", "^B8N,%h,N,N", "E80", "EAN8", 68 },
  { WB_LABEL_UPC_A, "upc-a", "UPC-A", WB_SYMBOL_LINEAR, WB_SYMBOL_CHECKED, 34, 0, 0, NULL, measure_upc_a,
    "036000291452", "^BUN,%h,N,N", "UA0", "UPCA", 65 },
  { WB_LABEL_UPC_E, "upc-e", "UPC-E", WB_SYMBOL_LINEAR, WB_SYMBOL_PLAIN, 37, 0, 0, NULL, measure_upc_e,
    "01234565", NULL, NULL, NULL, 0 },
  { WB_LABEL_GS1_QR, "gs1-qr", "GS1 QR Code", WB_SYMBOL_MATRIX, WB_SYMBOL_GS1, 58, 0, 0, prepare_elements, measure_gs1_qr,
    "0104006381333931" "10A7", NULL, NULL, NULL, 0 },
  { WB_LABEL_GS1_LINK, "gs1-link", "GS1 Digital Link", WB_SYMBOL_MATRIX, WB_SYMBOL_PLAIN, 58, 0, 0, prepare_link, measure_qr,
    "https://id.gs1.org/01/04006381333931/10/A7", "^BQN,2,%m", NULL, "QRCODE", 49 },
  { WB_LABEL_GS1_DATAMATRIX, "gs1-datamatrix", "GS1 DataMatrix", WB_SYMBOL_MATRIX, WB_SYMBOL_GS1, 71, 0, 0, prepare_elements,
    measure_gs1_datamatrix, "0104006381333931" "10A7\x1d" "21S", "^BXN,%m,200,,,,@", NULL, NULL, 0 },
  { WB_LABEL_PDF417, "pdf417", "PDF417", WB_SYMBOL_MATRIX, WB_SYMBOL_PLAIN, 55, 6, 0, NULL, measure_pdf417,
    "WB-1042, bench 3", NULL, NULL, NULL, 0 },
  { WB_LABEL_AZTEC, "aztec", "Aztec", WB_SYMBOL_MATRIX, WB_SYMBOL_PLAIN, 92, 0, 0, NULL, measure_aztec,
    "WB-1042, bench 3", NULL, NULL, NULL, 0 },
  { WB_LABEL_DATABAR, "databar", "GS1 DataBar", WB_SYMBOL_LINEAR, WB_SYMBOL_GS1, 29, 0, 0, prepare_elements, measure_databar,
    "0104006381333931", NULL, NULL, NULL, 0 },
  { WB_LABEL_DATABAR_EXPANDED, "databar-expanded", "GS1 DataBar Expanded", WB_SYMBOL_LINEAR, WB_SYMBOL_GS1, 31, 0, 0,
    prepare_elements, measure_databar_expanded, "0104006381333931" "10A7", NULL, NULL, NULL, 0 },
  { WB_LABEL_DATABAR_STACKED, "databar-stacked", "GS1 DataBar Expanded Stacked", WB_SYMBOL_MATRIX, WB_SYMBOL_GS1, 81, 4, 0,
    prepare_elements, measure_databar_stacked, "0104006381333931" "10A7", NULL, NULL, NULL, 0 },
  { WB_LABEL_MAXICODE, "maxicode", "MaxiCode", WB_SYMBOL_HEXAGONS, WB_SYMBOL_PLAIN, 57, 0, 0, wb_maxicode_build, measure_maxicode,
    "[)>\x1e" "01\x1d" "96EH13HT\x1d" "826\x1d" "001\x1d" "1Z12345677\x1dUPSN\x1d" "0A1B2C\x1e\x04", "^BD", "M", "MAXICODE", 0 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (table) == WB_LABEL_N_SYMBOLS);

const WbSymbology *
wb_symbology_get (WbLabelSymbol symbol)
{
  g_return_val_if_fail (symbol < G_N_ELEMENTS (table), &table[0]);

  return &table[symbol];
}

const WbSymbology *
wb_symbology_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

char *
wb_symbology_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", table[i].name);
  return g_string_free (names, FALSE);
}
