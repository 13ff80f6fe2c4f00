/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One scan as it came from a scanner: bytes made text, and what kind of symbol it was. What the text
 * means is said by core/wb-gs1.h and by what a job expects. An immutable value; any thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** No symbol holds more; what is longer is noise on the line. */
#define WB_SCAN_MAX 8192

/**
 * WbScan:
 * @text: UTF-8, without AIM identifier, prefix and suffix; GS1's separators are kept (U+001D)
 * @symbology: AIM symbology identifier without its "]" ("E0" is EAN-13, "C1" GS1-128), or "" when the
 *   scanner does not say
 * @source: id of the device it came from
 * @at_us: when its last byte arrived, g_get_monotonic_time()
 */
typedef struct
{
  char *text;
  char symbology[3];
  char *source;
  gint64 at_us;
} WbScan;

#define WB_TYPE_SCAN (wb_scan_get_type ())
GType wb_scan_get_type (void) G_GNUC_CONST;

/**
 * wb_scan_new:
 * @bytes: what arrived, with or without an AIM identifier ("]E0…")
 * @symbology: (nullable): identifier that arrived apart from the data, with or without "]"
 * @source: (nullable): device id
 * @at_us: when
 *
 * Bytes that are not UTF-8 are taken for ISO 8859-1, which is what most symbols hold. Ends of line and
 * NULs at the end are not part of it. A NUL within becomes U+FFFD, so that it can neither hide what follows
 * nor match anything.
 *
 * Returns: (transfer full) (nullable): a scan, or NULL when nothing is left or it is longer than
 *   %WB_SCAN_MAX
 */
WbScan *wb_scan_new (const guint8 *bytes, gsize length, const char *symbology, const char *source, gint64 at_us);
WbScan *wb_scan_copy (const WbScan *self);
void wb_scan_free (WbScan *self);

/**
 * wb_scan_to_string:
 *
 * Returns: (transfer full): the text as a scanner that sends identifiers would: "]C1010…"
 */
char *wb_scan_to_string (const WbScan *self);

/**
 * wb_scan_symbology_name:
 * @symbology: see #WbScan
 *
 * Returns: (transfer none): what the symbology is called ("EAN-13", "Code 128"), or "" when unknown
 *   (ISO/IEC 15424)
 */
const char *wb_scan_symbology_name (const char *symbology);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbScan, wb_scan_free)

G_END_DECLS
