/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds NFC readers: those at USB that data/devices/ or libnfc knows, as they are plugged in and out, those in libnfc's own configuration, and those at
 * addresses that somebody named (a PN532 on a serial line does not say what it is). libnfc waits while it looks, so that is
 * done in a thread. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device-backend.h"
#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_NFC_BACKEND (wb_nfc_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbNfcBackend, wb_nfc_backend, WB, NFC_BACKEND, WbDeviceBackend)

/**
 * wb_nfc_backend_new:
 * @models: (transfer none): what is known about devices
 *
 * Returns: (transfer full): a backend that is not started
 */
WbDeviceBackend *wb_nfc_backend_new (WbDeviceModels *models);

/**
 * wb_nfc_backend_is_looking:
 *
 * Returns: whether libnfc is still looking, so that more may be told of soon
 */
gboolean wb_nfc_backend_is_looking (WbNfcBackend *self);

/**
 * wb_nfc_backend_add_address:
 * @address: libnfc's connection string: "pn532_uart:/dev/ttyUSB0:115200"
 *
 * Says that a reader is there. It is found whenever the file in the address is there, and always when it names none; its id is "nfc:" and
 * the address. Fails with %WB_DEVICE_ERROR_NOT_FOUND when it is no address.
 */
gboolean wb_nfc_backend_add_address (WbNfcBackend *self, const char *address, GError **error);

/**
 * wb_nfc_backend_remove_address:
 *
 * Forgets it.
 */
void wb_nfc_backend_remove_address (WbNfcBackend *self, const char *address);

G_END_DECLS
