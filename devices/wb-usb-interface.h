/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One HID interface of one USB device, through libusb on the main loop: claimed exclusively, so that
 * neither the kernel's keyboard driver nor another program gets what it sends. Found by
 * wb-usb-backend.h, used by drivers. Main thread; nothing blocks.
 */
#pragma once

#include <gio/gio.h>

#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_USB_INTERFACE (wb_usb_interface_get_type ())
G_DECLARE_FINAL_TYPE (WbUsbInterface, wb_usb_interface, WB, USB_INTERFACE, GObject)

/**
 * WbUsbReportFunc:
 * @report: an input report, with its id where the device numbers reports; never empty
 */
typedef void (*WbUsbReportFunc) (const guint8 *report, gsize length, gpointer user_data);

/**
 * WbUsbLostFunc:
 * @error: what happened; the interface is closed
 */
typedef void (*WbUsbLostFunc) (const GError *error, gpointer user_data);

/**
 * wb_usb_interface_open:
 *
 * Opens and claims it. The kernel's driver lets go of it until it is closed. Errors say what to do:
 * OFFLINE (unplugged), REFUSED (no right, or another program has it), FAILED.
 */
gboolean wb_usb_interface_open (WbUsbInterface *self, GError **error);

/**
 * wb_usb_interface_close:
 *
 * Lets go of it. Neither function given to wb_usb_interface_start() is called again.
 */
void wb_usb_interface_close (WbUsbInterface *self);

/**
 * wb_usb_interface_read_descriptor_async:
 *
 * Asks the open device for its report descriptor. Finish with
 * wb_usb_interface_read_descriptor_finish(): (transfer full) its bytes.
 */
void wb_usb_interface_read_descriptor_async (WbUsbInterface *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
GBytes *wb_usb_interface_read_descriptor_finish (WbUsbInterface *self, GAsyncResult *result, GError **error);

/**
 * wb_usb_interface_start:
 * @report: for each input report
 * @lost: once, when the device goes or fails
 *
 * Begins to listen at the open interface.
 */
gboolean wb_usb_interface_start (WbUsbInterface *self, WbUsbReportFunc report, WbUsbLostFunc lost, gpointer user_data,
                                 GError **error);

/**
 * WB_USB_REPORT_MAX:
 *
 * Bytes of a report that is sent, with its number: no device of ours comes near that.
 */
#define WB_USB_REPORT_MAX 1024

/**
 * wb_usb_interface_send:
 * @report_id: 0 when the device numbers none
 * @report: an output or feature report, with its id where it has one
 * @feature: whether it is a feature report
 *
 * Sends SET_REPORT and does not wait for it; a failure is logged.
 */
void wb_usb_interface_send (WbUsbInterface *self, guint8 report_id, gboolean feature, const guint8 *report, gsize length);

G_END_DECLS
