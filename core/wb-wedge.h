/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells scans from typing where both come as keys of one keyboard: a scanner types faster than anybody can, at least some characters,
 * a pause after anything typed, and ends with Enter or Tab; or it begins with a prefix that nobody types. Until that is known a key is held; what turns out to be
 * typing comes out as it went in, in order.
 *
 * Pure: the clock is the caller's. Where the system lets us take the scanner away from the desktop, devices/wb-scanner-evdev.h is better.
 * Any one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Keys without a letter. */
#define WB_WEDGE_ENTER ((gunichar) '\n')
#define WB_WEDGE_TAB ((gunichar) '\t')
#define WB_WEDGE_BACKSPACE ((gunichar) '\b')

/**
 * WbWedgeOptions:
 * @gap_us: keys of a scan follow each other within this; 0 takes 35 ms, which slow radio scanners keep and no typist does for long
 * @least: characters that a scan has at least; 0 takes 4
 * @prefix: what each scan begins with, as set in the scanner, or 0 for none
 * @without_end: the scanner sends neither Enter nor Tab: eight keys and more that nothing follows are a scan too. Not for others: a
 *   keyboard that stalls would cut their scans in two
 */
typedef struct
{
  gint64 gap_us;
  guint least;
  gunichar prefix;
  gboolean without_end;
} WbWedgeOptions;

/** What stands in a station's profile about scanners that are keyboards: a device of this id, with the options "prefix" (one letter), "end"
 * ("no": without_end) and "gap-ms". */
#define WB_WEDGE_DEVICE "wedge"
#define WB_WEDGE_LEAST_GAP_MS 5
#define WB_WEDGE_MOST_GAP_MS 200

/**
 * wb_wedge_options_read:
 * @texts: (nullable) (element-type utf8 utf8): options of the device; what makes no sense is as if nobody had said it
 *
 * Sets @options to what they say.
 */
void wb_wedge_options_read (WbWedgeOptions *options, GHashTable *texts);

typedef struct _WbWedge WbWedge;

/**
 * WbWedgeFunc:
 * @is_scan: whether @text is a scan, without prefix and end; otherwise it was typed
 * @text: UTF-8; typed keys without a letter are WB_WEDGE_ENTER, WB_WEDGE_TAB, WB_WEDGE_BACKSPACE
 */
typedef void (*WbWedgeFunc) (gboolean is_scan, const char *text, gpointer user_data);

/**
 * wb_wedge_new:
 * @options: (nullable): copied
 * @func: called for what is known, from within the functions below
 *
 * Returns: (transfer full): tells them apart
 */
WbWedge *wb_wedge_new (const WbWedgeOptions *options, WbWedgeFunc func, gpointer user_data);
void wb_wedge_free (WbWedge *self);

/**
 * wb_wedge_key:
 * @letter: what the key stands for
 * @at_us: when it was pressed; never less than before
 */
void wb_wedge_key (WbWedge *self, gunichar letter, gint64 at_us);

/**
 * wb_wedge_wait:
 * @now_us: the time, as of wb_wedge_key()
 *
 * To be called when no key came until wb_wedge_get_deadline(): what is held was typed.
 */
void wb_wedge_wait (WbWedge *self, gint64 now_us);

/**
 * wb_wedge_get_deadline:
 *
 * Returns: when wb_wedge_wait() is to be called; 0 when nothing is held
 */
gint64 wb_wedge_get_deadline (const WbWedge *self);

/**
 * wb_wedge_peek:
 *
 * Returns: (transfer none): what is held
 */
const char *wb_wedge_peek (const WbWedge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWedge, wb_wedge_free)

G_END_DECLS
