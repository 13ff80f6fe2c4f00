/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tag that was held to a reader: who it is and what stands on it. The uid is not a secret and can be copied;
 * what stands on it is somebody's words. Neither opens anything by itself: what a tag is for is looked up. An immutable value; any
 * thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbNfcTag:
 * @uid: hexadecimal, upper case: "04A1B2C3D4E5F6"
 * @type: 'A' or 'B' (ISO/IEC 14443)
 * @text: (nullable): first text or address of its NDEF message; NULL when there is none
 * @problem: (nullable): a sentence why what stands there could not be read
 * @capacity: bytes that a message may have; 0 when it cannot be written
 * @at_us: when it was read, g_get_monotonic_time()
 */
typedef struct
{
  char *uid;
  char type;
  char *text;
  char *problem;
  guint capacity;
  gint64 at_us;
} WbNfcTag;

#define WB_TYPE_NFC_TAG (wb_nfc_tag_get_type ())
GType wb_nfc_tag_get_type (void) G_GNUC_CONST;

/**
 * wb_nfc_tag_new:
 * @uid: bytes of its identifier
 *
 * Returns: (transfer full): a tag of which nothing else is known
 */
WbNfcTag *wb_nfc_tag_new (const guint8 *uid, gsize length, char type);
WbNfcTag *wb_nfc_tag_copy (const WbNfcTag *self);
void wb_nfc_tag_free (WbNfcTag *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNfcTag, wb_nfc_tag_free)

G_END_DECLS
