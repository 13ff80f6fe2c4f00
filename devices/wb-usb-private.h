/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the USB files share: libusb's context on the main loop, and how an interface is made. For
 * devices/wb-usb-*.c only.
 */
#pragma once

#include <libusb.h>

#include "devices/wb-usb-interface.h"

G_BEGIN_DECLS

typedef struct _WbUsbContext WbUsbContext;

/**
 * _wb_usb_context_new:
 *
 * libusb, woken by the thread's main loop whenever one of its files has something to say.
 *
 * Returns: (transfer full) (nullable): a context
 */
WbUsbContext *_wb_usb_context_new (GError **error);
WbUsbContext *_wb_usb_context_ref (WbUsbContext *self);

/**
 * _wb_usb_context_unref:
 *
 * The last one ends libusb, when the transfers that are under way have come home.
 */
void _wb_usb_context_unref (WbUsbContext *self);
libusb_context *_wb_usb_context_get (WbUsbContext *self);

/**
 * WbUsbCompletion:
 * @context: of the device
 * @complete: what to do when the transfer has come home
 *
 * Begins what hangs at a transfer as its user data.
 */
typedef struct
{
  WbUsbContext *context;
  void (*complete) (struct libusb_transfer *transfer);
} WbUsbCompletion;

/**
 * _wb_usb_completed_cb:
 *
 * The callback of all transfers, whose user data begin with a #WbUsbCompletion. What it says is done outside
 * libusb, which then may be asked for anything: within its callbacks it must not close a device.
 */
void LIBUSB_CALL _wb_usb_completed_cb (struct libusb_transfer *transfer);

/**
 * _wb_usb_context_count:
 *
 * Returns: how many have not ended yet
 */
guint _wb_usb_context_count (void);

/**
 * _wb_usb_context_fetch:
 *
 * Has libusb look once for what came home; it is worked off when the main loop comes round. Does not wait.
 */
void _wb_usb_context_fetch (WbUsbContext *self);

/**
 * _wb_usb_interface_new:
 * @number: of the interface
 * @endpoint: where its reports come from
 * @packet_size: of that
 * @descriptor_length: of its report descriptor
 *
 * Returns: (transfer full): a closed interface
 */
WbUsbInterface *_wb_usb_interface_new (WbUsbContext *context, libusb_device *device, guint8 number, guint8 endpoint,
                                       guint16 packet_size, guint16 descriptor_length);

guint8 _wb_usb_interface_get_number (WbUsbInterface *self);

/**
 * _wb_usb_set_error:
 * @code: of libusb
 *
 * Says it in our words.
 */
void _wb_usb_set_error (GError **error, int code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbUsbContext, _wb_usb_context_unref)

G_END_DECLS
