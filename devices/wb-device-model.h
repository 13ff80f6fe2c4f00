/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known about models of devices: key files, one a model or family, that say by which ids it is
 * recognised, which driver talks to it, and where it differs from the standard. They are built in from
 * data/devices/; files in /etc/waybill/devices and in the folders of WAYBILL_DEVICE_PATH (separated
 * by ":") go before those, so a new model needs no code.
 *
 *     [Device]
 *     Name=Mettler Toledo PS60
 *     Kind=scale
 *     Driver=hid-scale
 *     Match=usb:0eb8:f000
 *
 *     [Options]
 *     baud=9600
 *
 *     [Quirks]
 *     invert-sign=true
 *
 * Match is a list of "usb:VVVV:PPPP" (hexadecimal ids; "usb:VVVV:*" for all of a maker) and "hid:PP" (any HID device with an
 * application collection of that usage page). The most exact match wins. Main thread.
 */
#pragma once

#include "devices/wb-device.h"

G_BEGIN_DECLS

typedef struct _WbDeviceModels WbDeviceModels;

/**
 * WbDeviceModel:
 * @file: where it stands, for messages
 * @name: maker and model
 * @kind: what it is
 * @driver: which code talks to it
 * @matches: by what it is recognised
 * @options: (element-type utf8 utf8): what to set, see WbDeviceOption
 * @quirks: (element-type utf8 utf8): where it differs
 */
typedef struct
{
  char *file;
  char *name;
  WbDeviceKind kind;
  char *driver;
  char **matches;
  GHashTable *options;
  GHashTable *quirks;
} WbDeviceModel;

/**
 * wb_device_models_new:
 *
 * Reads them all. A file of the machine that is wrong is passed over and told in
 * wb_device_models_get_problems(); what is built in is right.
 *
 * Returns: (transfer full): what is known
 */
WbDeviceModels *wb_device_models_new (void);
WbDeviceModels *wb_device_models_ref (WbDeviceModels *self);
void wb_device_models_unref (WbDeviceModels *self);

/**
 * wb_device_models_get_problems:
 *
 * Returns: (transfer none): a sentence for each file that was passed over
 */
const char *const *wb_device_models_get_problems (WbDeviceModels *self);

/**
 * wb_device_models_find_usb:
 * @usage_page: of the HID application collection; 0 when it is no HID device
 *
 * Returns: (transfer none) (nullable): the model that fits best
 */
const WbDeviceModel *wb_device_models_find_usb (WbDeviceModels *self, guint16 vendor, guint16 product, guint16 usage_page);

/**
 * wb_device_models_get:
 *
 * Returns: (transfer none) (element-type WbDeviceModel): all, in the order they are asked
 */
GPtrArray *wb_device_models_get (WbDeviceModels *self);

/**
 * wb_device_model_parse:
 * @data: the bytes of a key file
 * @file: its name, for messages
 *
 * Errors are %WB_DEVICE_ERROR_REFUSED and say what is wrong in which file.
 *
 * Returns: (transfer full): a model
 */
WbDeviceModel *wb_device_model_parse (const char *data, gsize length, const char *file, GError **error);
void wb_device_model_free (WbDeviceModel *self);

/**
 * wb_device_model_has_quirk:
 *
 * Returns: whether a quirk is set to "true"
 */
gboolean wb_device_model_has_quirk (const WbDeviceModel *self, const char *quirk);

/**
 * wb_device_model_apply:
 *
 * Sets the model's options at a device. Options that the device does not have are a mistake in the
 * file and warned of.
 */
void wb_device_model_apply (const WbDeviceModel *self, WbDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDeviceModels, wb_device_models_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDeviceModel, wb_device_model_free)

G_END_DECLS
