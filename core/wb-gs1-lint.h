/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checks that the GS1 Barcode Syntax Dictionary names for the components of a value: "csum" is a check digit, "yymmd0" a date
 * whose day may be missing, "iso4217" a currency … Pure functions on text; any thread.
 *
 * "gcppos1" and "gcppos2" say only that digits stand where the company prefix does: there is no free register of prefixes.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbGs1Spot:
 * @at: first character that is wrong, from 0
 * @length: how many are; 0 when something is missing
 * @what: what is wrong, in English (static)
 */
typedef struct
{
  gsize at;
  gsize length;
  const char *what;
} WbGs1Spot;

/**
 * wb_gs1_lint:
 * @name: of the check; what no check is called passes
 * @value: text to check
 * @length: how many characters of it
 * @spot: (out) (optional): where it is wrong
 *
 * Returns: whether @value is good
 */
gboolean wb_gs1_lint (const char *name, const char *value, gsize length, WbGs1Spot *spot);

G_END_DECLS
