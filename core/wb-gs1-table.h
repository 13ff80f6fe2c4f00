/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The application identifiers of the GS1 General Specifications: the format of their values, and which may and must stand
 * beside which. Private to wb-gs1*.c; a new identifier is a new row.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbGs1Ai:
 * @first: first identifier of a run
 * @last: last of the run; the same for a single one
 * @attribute: whether it may stand behind the "?" of a Digital Link
 * @format: components separated by blanks: type (N digits, X CSET 82, Y CSET 39, Z base64url), length ("6" exactly,
 *   "..20" one to twenty), in square brackets when it may be missing, and behind commas the checks of wb-gs1-lint.h
 * @rules: "ex=" what it may not stand with; "req=" what it must stand with: one of those between commas, all of those between
 *   plus signs; an "n" is any digit. "dlpkey=": it begins a Digital Link, and these qualify it in this order, or those
 *   behind the "|"
 * @title: data title, or ""
 */
typedef struct
{
  const char *first;
  const char *last;
  gboolean attribute;
  const char *format;
  const char *rules;
  const char *title;
} WbGs1Ai;

const WbGs1Ai *_wb_gs1_find_ai (const char *text);
const char *_wb_gs1_ai_rule (const WbGs1Ai *ai, const char *name, guint number, gsize *length);
gsize _wb_gs1_value_length (const WbGs1Ai *known);
gboolean _wb_gs1_check_value (const WbGs1Ai *known, const char *ai, const char *value, gboolean strict, GError **error);

G_END_DECLS
