/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-printer-status.h"

#define STX 0x02
#define ETX 0x03

/* ZPL answers in lines between STX and ETX; these are their fields, from 0. */
#define ZPL_FIRST_FIELDS 12
#define ZPL_SECOND_FIELDS 8

static gboolean
tell (WbPrinterState *state, const char **words, WbPrinterState is, const char *what)
{
  *state = is;
  *words = what;
  return TRUE;
}

/* ── ZPL ─────────────────────────────────────────────────────────────────────────────────────── */

/* The n-th text between STX and ETX, or NULL when there are not so many. */
static char *
get_line (const guint8 *data, gsize length, guint n)
{
  const guint8 *end = data + length;

  for (const guint8 *at = data; at < end;)
    {
      const guint8 *start = memchr (at, STX, (gsize) (end - at));
      const guint8 *stop = start != NULL ? memchr (start, ETX, (gsize) (end - start)) : NULL;

      if (stop == NULL)
        return NULL;
      if (n-- == 0)
        return g_strndup ((const char *) start + 1, (gsize) (stop - start) - 1);
      at = stop + 1;
    }
  return NULL;
}

static gboolean
is_set (char **fields, guint field)
{
  return g_str_equal (g_strstrip (fields[field]), "1");
}

/* Whether there are that many fields, of digits alone: noise is no answer. */
static gboolean
are_fields (char **fields, guint at_least)
{
  if (g_strv_length (fields) < at_least)
    return FALSE;
  for (guint i = 0; fields[i] != NULL; i++)
    if (strspn (g_strstrip (fields[i]), "0123456789") != strlen (fields[i]) || *fields[i] == '\0')
      return FALSE;
  return TRUE;
}

static gboolean
parse_zpl (const guint8 *data, gsize length, WbPrinterState *state, const char **words)
{
  g_autofree char *first = get_line (data, length, 0);
  g_autofree char *second = get_line (data, length, 1);
  g_autofree char *third = get_line (data, length, 2);
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) two = NULL;

  if (first == NULL || second == NULL || third == NULL)
    return FALSE;
  one = g_strsplit (first, ",", -1);
  two = g_strsplit (second, ",", -1);
  if (!are_fields (one, ZPL_FIRST_FIELDS) || !are_fields (two, ZPL_SECOND_FIELDS))
    return FALSE;
  if (is_set (two, 2))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is open"));
  if (is_set (one, 1))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is out of paper"));
  if (is_set (two, 3))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("has no ribbon or ink left"));
  if (is_set (one, 11))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is too hot"));
  if (is_set (one, 10))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is too cold"));
  if (is_set (two, 7))
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("waits until its label is taken"));
  if (is_set (one, 2))
    return tell (state, words, WB_PRINTER_PAUSED, N_ ("is paused"));
  if (g_ascii_strtoull (one[4], NULL, 10) > 0 || is_set (one, 5))
    return tell (state, words, WB_PRINTER_BUSY, "");
  return tell (state, words, WB_PRINTER_READY, "");
}

/* ── TSPL: one byte ──────────────────────────────────────────────────────────────────────────── */

static gboolean
parse_tspl (const guint8 *data, gsize length, WbPrinterState *state, const char **words)
{
  guint8 bits = length > 0 ? data[0] : 0;

  if (length == 0 || (bits & 0x40) != 0)
    return FALSE;
  if ((bits & 0x01) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is open"));
  if ((bits & 0x04) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is out of paper"));
  if ((bits & 0x02) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("has a paper jam"));
  if ((bits & 0x08) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("has no ribbon or ink left"));
  if ((bits & 0x80) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("reports an error"));
  if ((bits & 0x10) != 0)
    return tell (state, words, WB_PRINTER_PAUSED, N_ ("is paused"));
  return tell (state, words, (bits & 0x20) != 0 ? WB_PRINTER_BUSY : WB_PRINTER_READY, "");
}

/* ── ESC/POS: three bytes, why it is offline, its error, its paper ───────────────────────────── */

#define ESCPOS_FIXED 0x93 /* bits that every answer has in common … */
#define ESCPOS_BITS 0x12  /* … and how they are set */

static gboolean
parse_escpos (const guint8 *data, gsize length, WbPrinterState *state, const char **words)
{
  if (length < 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if ((data[i] & ESCPOS_FIXED) != ESCPOS_BITS)
      return FALSE;
  if ((data[0] & 0x04) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is open"));
  if ((data[0] & 0x20) != 0 || (data[2] & 0x60) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("is out of paper"));
  if ((data[1] & 0x08) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("has a jam in its cutter"));
  if ((data[0] & 0x40) != 0 || (data[1] & 0x60) != 0)
    return tell (state, words, WB_PRINTER_ATTENTION, N_ ("reports an error"));
  return tell (state, words, WB_PRINTER_READY, "");
}

/* ── Languages ───────────────────────────────────────────────────────────────────────────────── */

static const struct
{
  const char *language;
  const char *request;
  gboolean (*parse) (const guint8 *data, gsize length, WbPrinterState *state, const char **words);
  const char *prints; /* the command at which a label comes out; NULL: anything may */
  const char *cancel;
} languages[] = {
  { "zpl", "~HS\r\n", parse_zpl, "^XZ", "~JX\r\n" },
  { "tspl", "\033!?", parse_tspl, "\nPRINT", "\r\nCLS\r\n" },
  { "epl", NULL, NULL, "\nP", "\r\nN\r\n" },
  { "escpos", "\020\004\002\020\004\003\020\004\004", parse_escpos, NULL, "\033@" },
  { "pdf", NULL, NULL, NULL, "" },
};

const char *
wb_printer_status_get_request (const char *language)
{
  g_return_val_if_fail (language != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].language, language))
      return languages[i].request;
  return NULL;
}

gboolean
wb_printer_status_parse (const char *language, const guint8 *data, gsize length, WbPrinterState *state, const char **words)
{
  g_return_val_if_fail (language != NULL && state != NULL && words != NULL && (data != NULL || length == 0), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].language, language) && languages[i].parse != NULL)
      return languages[i].parse (data, length, state, words);
  return FALSE;
}

static const guint8 *
find_command (const guint8 *data, gsize length, const char *command)
{
  gsize n = strlen (command);

  for (gsize i = 0; i + n <= length; i++)
    if (data[i] == (guint8) command[0] && memcmp (data + i, command, n) == 0)
      return data + i;
  return NULL;
}

gsize
wb_print_language_count_harmless (const char *language, const guint8 *data, gsize length)
{
  g_return_val_if_fail (language != NULL && (data != NULL || length == 0), 0);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].language, language) && languages[i].prints != NULL)
      {
        gsize n = strlen (languages[i].prints);
        const guint8 *found = find_command (data, length, languages[i].prints);

        /* The whole command has to arrive, so all but its last byte do no harm. */
        return found != NULL ? (gsize) (found - data) + n - 1 : length;
      }
  return 0;
}

const char *
wb_print_language_get_cancel (const char *language)
{
  g_return_val_if_fail (language != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].language, language))
      return languages[i].cancel;
  return "";
}
