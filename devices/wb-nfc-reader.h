/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An NFC reader: tells of tags that are held to it, and writes to them. libnfc waits, so it lives in a
 * thread (wb-nfc-chip.h); everything here is on the main thread and nothing blocks. Found by
 * wb-nfc-backend.h.
 */
#pragma once

#include "core/wb-nfc-tag.h"
#include "devices/wb-device.h"

G_BEGIN_DECLS

#define WB_TYPE_NFC_READER (wb_nfc_reader_get_type ())
G_DECLARE_FINAL_TYPE (WbNfcReader, wb_nfc_reader, WB, NFC_READER, WbDevice)

/**
 * WbNfcReader::tag:
 * @tag: (type WbNfcTag): it, with what stands on it
 *
 * Once for each time that a tag is held to the reader.
 */

/**
 * WbNfcReader::gone:
 *
 * The tag was taken away.
 */

/**
 * wb_nfc_reader_new:
 * @address: libnfc's connection string
 *
 * Returns: (transfer full): a closed reader
 */
WbDevice *wb_nfc_reader_new (const char *address, const char *id, const char *name);

/**
 * wb_nfc_reader_write_async:
 * @tag: which tag, as it was told of: no other one is written to
 * @message: an NDEF message
 *
 * Writes to the tag at the reader and reads it back. Finish with wb_nfc_reader_write_finish(): errors are WB_DEVICE_ERROR and say what to
 * do; OFFLINE when the reader is not ready.
 */
void wb_nfc_reader_write_async (WbNfcReader *self, const WbNfcTag *tag, GBytes *message, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_nfc_reader_write_finish (WbNfcReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
