/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-symbol.h"
#include "core/wb-gs1.h"

typedef enum
{
  HOLDS_TEXT,
  HOLDS_ELEMENTS,
  HOLDS_NUMBER,
} Holds;

typedef struct
{
  const char *name;
  const char *symbology;
  Holds holds;
  gsize digits; /* as sent */
} Symbol;

/* The first of a symbology is the one that a scan with it is taken for. */
static const Symbol symbols[] = {
  { "GS1-128", "C1", HOLDS_ELEMENTS, 0 },
  { "Code 128", "C0", HOLDS_TEXT, 0 },
  { "EAN-13", "E0", HOLDS_NUMBER, 13 },
  { "UPC-A", "E0", HOLDS_NUMBER, 13 },
  { "UPC-E", "E0", HOLDS_NUMBER, 13 },
  { "EAN-8", "E4", HOLDS_NUMBER, 8 },
  { "GS1 DataBar", "e0", HOLDS_ELEMENTS, 0 },
  { "GS1-128 Composite", "e0", HOLDS_ELEMENTS, 0 },
  { "GS1 DataMatrix", "d2", HOLDS_ELEMENTS, 0 },
  { "DataMatrix", "d1", HOLDS_TEXT, 0 },
  { "GS1 QR Code", "Q3", HOLDS_ELEMENTS, 0 },
  { "QR Code", "Q1", HOLDS_TEXT, 0 },
  { "GS1 DotCode", "J1", HOLDS_ELEMENTS, 0 },
  { "DotCode", "J0", HOLDS_TEXT, 0 },
};

static gboolean
fail (GError **error, const char *what, const char *text)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: “%.80s”", what, text);
  return FALSE;
}

static gboolean
check_digits (const char *text, gsize digits, GError **error)
{
  if (strlen (text) != digits)
    return fail (error, "the symbol has another number of digits", text);
  return wb_gs1_check_number (text, error);
}

const char *
wb_gs1_symbol_check (const char *scanned, GError **error)
{
  char symbology[3] = "";
  const char *text = NULL;

  g_return_val_if_fail (scanned != NULL, NULL);

  text = wb_gs1_strip_aim (scanned, symbology);
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      g_autoptr (GPtrArray) elements = NULL;

      if (strcmp (symbols[i].symbology, symbology) != 0)
        continue;
      if (symbols[i].holds == HOLDS_NUMBER && !check_digits (text, symbols[i].digits, error))
        return NULL;
      if (symbols[i].holds == HOLDS_ELEMENTS && (elements = wb_gs1_parse (text, error)) == NULL)
        return NULL;
      return symbols[i].name;
    }
  fail (error, "it does not begin with a symbology identifier that is known", scanned);
  return NULL;
}

/* The number that a symbol of so many digits can hold, with the zeros that a scanner sends before it. */
static char *
make_number (const char *data, gsize digits, GError **error)
{
  gboolean element = strlen (data) == 16 && g_str_has_prefix (data, "01");
  const char *number = element ? data + 2 : data;
  g_autofree char *gtin = wb_gs1_gtin_normalise (number, error);
  gsize skip = 14 - digits;

  if (gtin == NULL)
    return NULL;
  if (strspn (gtin, "0") < skip)
    {
      fail (error, "the symbol has fewer digits than the number", data);
      return NULL;
    }
  return g_strdup (gtin + skip);
}

static gboolean
check_elements (const char *data, GPtrArray **elements, GError **error)
{
  *elements = wb_gs1_parse (data, error);
  return *elements != NULL;
}

/* Both parts of a composite symbol are one message: between them a separator as between their elements. */
static gboolean
add_composite (GString *sent, GPtrArray *first, const char *composite, GError **error)
{
  g_autoptr (GPtrArray) second = NULL;
  const WbGs1Element *last = g_ptr_array_index (first, first->len - 1);

  if (!check_elements (composite, &second, error))
    return FALSE;
  if (!wb_gs1_is_fixed (last->ai))
    g_string_append_c (sent, WB_GS1_GS);
  g_string_append (sent, composite);
  return TRUE;
}

char *
wb_gs1_symbol_send (const char *name, const char *data, const char *composite, GError **error)
{
  g_autoptr (GString) sent = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  const Symbol *symbol = NULL;

  g_return_val_if_fail (name != NULL && data != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (symbols) && symbol == NULL; i++)
    if (strcmp (symbols[i].name, name) == 0)
      symbol = &symbols[i];
  if (symbol == NULL || (symbol->holds == HOLDS_TEXT && composite != NULL))
    {
      fail (error, symbol == NULL ? "there is no such symbol" : "the symbol has no second part", name);
      return NULL;
    }
  sent = g_string_new ("]");
  g_string_append (sent, symbol->symbology);
  if (symbol->holds == HOLDS_NUMBER)
    {
      g_autofree char *number = make_number (data, symbol->digits, error);

      if (number == NULL || (composite != NULL && !check_elements (composite, &elements, error)))
        return NULL;
      g_string_append (sent, number);
      if (composite != NULL)
        g_string_append_printf (sent, "\n]e0%s", composite);
      return g_string_free (g_steal_pointer (&sent), FALSE);
    }
  if (symbol->holds == HOLDS_ELEMENTS && !check_elements (data, &elements, error))
    return NULL;
  g_string_append (sent, data);
  if (composite != NULL && !add_composite (sent, elements, composite, error))
    return NULL;
  return g_string_free (g_steal_pointer (&sent), FALSE);
}
