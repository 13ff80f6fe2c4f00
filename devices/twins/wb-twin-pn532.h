/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An NFC reader with a PN532 chip on a serial line, and an NTAG213 that can be held to it: they answer
 * below libnfc (NXP UM0701-02, NTAG213 data sheet). Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbTwinPn532 WbTwinPn532;

/**
 * wb_twin_pn532_new:
 * @path: where the device file is to stand
 *
 * Returns: (transfer full): a reader with nothing in its field
 */
WbTwinPn532 *wb_twin_pn532_new (const char *path, GError **error);
void wb_twin_pn532_free (WbTwinPn532 *self);

/**
 * wb_twin_pn532_hold:
 * @uid: (array fixed-size=7): of the tag
 * @message: (nullable): an NDEF message that stands on it
 *
 * Holds a tag to the reader.
 */
void wb_twin_pn532_hold (WbTwinPn532 *self, const guint8 uid[7], GBytes *message);

/**
 * wb_twin_pn532_hold_b:
 * @number: (array fixed-size=4): of the tag, its PUPI
 *
 * Holds a tag of type B to the reader, on which nothing can stand: a bank card, say.
 */
void wb_twin_pn532_hold_b (WbTwinPn532 *self, const guint8 number[4]);

/**
 * wb_twin_pn532_wear_out:
 *
 * The tag in the field says from now on that it takes what is written, and does not.
 */
void wb_twin_pn532_wear_out (WbTwinPn532 *self);
void wb_twin_pn532_take_away (WbTwinPn532 *self);

/**
 * wb_twin_pn532_lock:
 *
 * The tag in the field says that it cannot be written.
 */
void wb_twin_pn532_lock (WbTwinPn532 *self);

/**
 * wb_twin_pn532_tear:
 *
 * The tag is taken away after so many blocks have been written.
 */
void wb_twin_pn532_tear (WbTwinPn532 *self, guint n_writes);

/**
 * wb_twin_pn532_mute:
 *
 * The reader stops, or goes on, answering.
 */
void wb_twin_pn532_mute (WbTwinPn532 *self, gboolean is_mute);

/**
 * wb_twin_pn532_get_memory:
 *
 * Returns: (transfer none): what stands on the tag from block 4 on, 144 bytes
 */
const guint8 *wb_twin_pn532_get_memory (WbTwinPn532 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTwinPn532, wb_twin_pn532_free)

G_END_DECLS
