/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GS1 numbers and element strings: check digits, GTINs, SSCCs, and the bracketless strings with
 * application identifiers that a GS1-128 or DataMatrix symbol carries. Formats follow the GS1
 * General Specifications; which AIs may stand together is for wb_gs1_check_set() alone, a bench must
 * read what suppliers print. Not for drawing symbols (see devices/wb-label-pdf.h).
 *
 * Pure functions on text; any thread. Errors are WB_ERROR: INVALID (malformed), MISMATCH (a check
 * digit that does not fit), UNKNOWN (no such AI), LIMIT (too long).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Separator that ends a value of open length, as scanners send FNC1. */
#define WB_GS1_GS '\x1d'

/**
 * WbGs1Element:
 * @ai: application identifier, two to four digits
 * @value: its value
 * @title: the data title GS1 prints beside it (static)
 */
typedef struct
{
  char ai[5];
  char *value;
  const char *title;
} WbGs1Element;

/**
 * wb_gs1_check_digit:
 * @digits: the number without its check digit
 * @length: how many characters of @digits
 *
 * Returns: the check digit as a character, or 0 when @digits is empty or not all digits
 */
char wb_gs1_check_digit (const char *digits, gsize length);

/**
 * wb_gs1_check_number:
 * @number: a number whose last character is its check digit
 *
 * Checks any GS1 number (GTIN, GLN, SSCC).
 */
gboolean wb_gs1_check_number (const char *number, GError **error);

/**
 * wb_gs1_gtin_normalise:
 * @text: GTIN-8, -12, -13 or -14
 *
 * Returns: (transfer full): the same GTIN in 14 digits, which is how GTINs are compared
 */
char *wb_gs1_gtin_normalise (const char *text, GError **error);

/**
 * wb_gs1_sscc_new:
 * @extension: 0 to 9
 * @company_prefix: 4 to 12 digits
 * @serial: must fit the digits that are left
 *
 * Returns: (transfer full): 18 digits
 */
char *wb_gs1_sscc_new (guint extension, const char *company_prefix, guint64 serial, GError **error);

/**
 * wb_gs1_strip_aim:
 * @text: what a scanner sent
 * @symbology: (out) (optional): the two characters after "]", or "" when there was none
 *
 * Returns: (transfer none): @text behind its AIM symbology identifier
 */
const char *wb_gs1_strip_aim (const char *text, char symbology[3]);

/**
 * wb_gs1_parse:
 * @text: an element string as scanned: with or without AIM identifier, separated by GS
 *
 * Returns: (transfer full) (element-type WbGs1Element): elements in order
 */
GPtrArray *wb_gs1_parse (const char *text, GError **error);

/**
 * wb_gs1_parse_brackets:
 * @text: as people write it: "(01)09521234543213(10)AB\(C"; a bracket or a backslash
 *   within a value is preceded by a backslash
 *
 * Returns: (transfer full) (element-type WbGs1Element): elements in order
 */
GPtrArray *wb_gs1_parse_brackets (const char *text, GError **error);

/**
 * wb_gs1_is_fixed:
 * @ai: application identifier
 *
 * Returns: whether the length of its value is known to all readers, so that no separator stands behind it
 */
gboolean wb_gs1_is_fixed (const char *ai);

/**
 * wb_gs1_build:
 * @elements: (element-type WbGs1Element): what to encode
 *
 * The data of a symbol: no leading FNC1, GS only where the specification asks for it.
 *
 * Returns: (transfer full): wb_gs1_parse() reads it back to @elements
 */
char *wb_gs1_build (GPtrArray *elements, GError **error);

/**
 * wb_gs1_to_brackets:
 *
 * Returns: (transfer full): the human-readable form
 */
char *wb_gs1_to_brackets (GPtrArray *elements);

/**
 * wb_gs1_get:
 * @elements: (element-type WbGs1Element): to look in
 * @ai: identifier
 *
 * Returns: (transfer none) (nullable): the value of the first such element
 */
const char *wb_gs1_get (GPtrArray *elements, const char *ai);

/**
 * wb_gs1_check_set:
 * @elements: (element-type WbGs1Element): all that one thing is marked with
 *
 * Whether they may stand together and nothing is missing: a batch needs a GTIN, a count what it counts.
 */
gboolean wb_gs1_check_set (GPtrArray *elements, GError **error);

/**
 * WbGs1Scan:
 * @text: what was scanned, AIM identifier stripped
 * @gtin: 14 digits, or empty
 * @sscc: 18 digits, or empty
 * @lot: (nullable): batch
 * @serial: (nullable): serial number
 * @expiry: (nullable): YYMMDD; day 00 means the last of the month
 * @count: pieces said by AI 37 or 30; 0 when not said
 * @weight_g: net weight said by AI 310n; -1 when not said
 *
 * A scan as the bench wants it.
 */
typedef struct
{
  char *text;
  char gtin[15];
  char sscc[19];
  char *lot;
  char *serial;
  char *expiry;
  guint count;
  gint64 weight_g;
} WbGs1Scan;

/**
 * wb_gs1_scan_new:
 * @text: anything a scanner may send
 *
 * Element strings, GTINs, SSCCs and Digital Links. Never fails: what is not a GS1 number is its own text, and of an element
 * string only the form and the check digits have to be right.
 *
 * Returns: (transfer full): what it means
 */
WbGs1Scan *wb_gs1_scan_new (const char *text);
void wb_gs1_scan_free (WbGs1Scan *self);

/**
 * wb_gs1_element_new:
 * @ai: identifier; checked only by wb_gs1_build()
 * @value: its value
 *
 * Returns: (transfer full): an element
 */
WbGs1Element *wb_gs1_element_new (const char *ai, const char *value);
void wb_gs1_element_free (WbGs1Element *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGs1Scan, wb_gs1_scan_free)

G_END_DECLS
