/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The application identifiers of the GS1 General Specifications and the format of their values.
 * Private to wb-gs1.c; a new identifier is a new row.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbGs1Ai:
 * @first: first identifier of a run
 * @last: last of the run; the same for a single one
 * @format: components separated by blanks: type (n digits, x CSET 82, y CSET 39, z base64url),
 *   length ("6" exactly, "..20" one to twenty), in square brackets when it may be missing, and a
 *   check: "*" last digit is a check digit, "d" a date whose day may be 00, "D" a date,
 *   "t" hours and minutes, "+" not all zero
 * @title: data title, or ""
 */
typedef struct
{
  const char *first;
  const char *last;
  const char *format;
  const char *title;
} WbGs1Ai;

const WbGs1Ai *_wb_gs1_find_ai (const char *text);
gboolean _wb_gs1_ai_is_fixed (const char *ai);

G_END_DECLS
