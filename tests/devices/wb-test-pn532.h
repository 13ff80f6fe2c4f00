/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An NFC reader with a PN532 chip on a serial line, and an NTAG213 that can be held to it: they answer
 * below libnfc (NXP UM0701-02, NTAG213 data sheet). Main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestPn532 WbTestPn532;

/**
 * wb_test_pn532_new:
 * @path: where the device file is to stand
 *
 * Returns: (transfer full): a reader with nothing in its field
 */
WbTestPn532 *wb_test_pn532_new (const char *path);
void wb_test_pn532_free (WbTestPn532 *self);

/**
 * wb_test_pn532_hold:
 * @uid: (array fixed-size=7): of the tag
 * @message: (nullable): an NDEF message that stands on it
 *
 * Holds a tag to the reader.
 */
void wb_test_pn532_hold (WbTestPn532 *self, const guint8 uid[7], GBytes *message);
void wb_test_pn532_take_away (WbTestPn532 *self);

/**
 * wb_test_pn532_lock:
 *
 * The tag in the field says that it cannot be written.
 */
void wb_test_pn532_lock (WbTestPn532 *self);

/**
 * wb_test_pn532_tear:
 *
 * The tag is taken away after so many blocks have been written.
 */
void wb_test_pn532_tear (WbTestPn532 *self, guint n_writes);

/**
 * wb_test_pn532_mute:
 *
 * The reader stops, or goes on, answering.
 */
void wb_test_pn532_mute (WbTestPn532 *self, gboolean is_mute);

/**
 * wb_test_pn532_get_memory:
 *
 * Returns: (transfer none): what stands on the tag from block 4 on, 144 bytes
 */
const guint8 *wb_test_pn532_get_memory (WbTestPn532 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestPn532, wb_test_pn532_free)

G_END_DECLS
