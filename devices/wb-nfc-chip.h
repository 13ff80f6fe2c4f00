/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An NFC reader through libnfc, as a thread talks to it: every call waits. For wb-nfc-reader.c, which has the
 * thread; no other file knows libnfc.
 */
#pragma once

#include "core/wb-nfc-tag.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbNfcChip WbNfcChip;

/**
 * wb_nfc_chip_open:
 * @address: libnfc's connection string: "pn532_uart:/dev/ttyUSB0:115200", "acr122_usb", "pn53x_usb"
 *
 * Returns: (transfer full): a reader whose field is on; errors are WB_DEVICE_ERROR
 */
WbNfcChip *wb_nfc_chip_open (const char *address, GError **error);
void wb_nfc_chip_close (WbNfcChip *self);

/**
 * wb_nfc_chip_list:
 *
 * Waits until every driver has looked. Readers on serial lines are found when /etc/nfc/libnfc.conf names them, nowhere else.
 *
 * Returns: (transfer full): connection strings of the readers that libnfc finds
 */
char **wb_nfc_chip_list (void);

/**
 * wb_nfc_chip_look:
 * @tag: (out) (transfer full) (nullable): what is in the field, not read yet; NULL when it is empty
 *
 * Returns: FALSE when the reader does not answer
 */
gboolean wb_nfc_chip_look (WbNfcChip *self, WbNfcTag **tag, GError **error);

/**
 * wb_nfc_chip_read:
 *
 * Fills in what stands on the tag in the field, or what is the matter with it.
 */
void wb_nfc_chip_read (WbNfcChip *self, WbNfcTag *tag);

/**
 * wb_nfc_chip_write:
 * @message: an NDEF message
 *
 * Writes it to the tag in the field and reads it back. Fails with REFUSED (too long, locked, no tag that can be written), FAILED (taken
 * away too soon, or not the same when read back): then write again.
 */
gboolean wb_nfc_chip_write (WbNfcChip *self, const WbNfcTag *tag, GBytes *message, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNfcChip, wb_nfc_chip_close)

G_END_DECLS
