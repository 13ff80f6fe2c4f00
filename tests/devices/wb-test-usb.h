/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * USB devices that are not there: they answer below libusb, at the ioctls of the kernel's usbfs, through umockdev, so that
 * the drivers run as they do at a bench. A test program that uses them is started under umockdev-wrapper. Speaks for one
 * HID interface with one interrupt endpoint a device.
 *
 * Main thread; the ioctls are answered by umockdev's own.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestUsb WbTestUsb;
typedef struct _WbTestUsbDevice WbTestUsbDevice;

/**
 * WbTestUsbSpec:
 * @vendor: idVendor
 * @product: idProduct
 * @maker: manufacturer string
 * @name: product string
 * @serial: (nullable): serial number string
 * @descriptor: report descriptor
 * @descriptor_length: of that
 * @packet_size: of the interrupt endpoint
 * @is_known: whether the kernel's HID driver has it, so that its report descriptor stands in /sys
 * @n_stalls: how often it does not answer what it is before it does
 * @is_late: whether the kernel tells of it before it is configured, see wb_test_usb_configure()
 */
typedef struct
{
  guint16 vendor;
  guint16 product;
  const char *maker;
  const char *name;
  const char *serial;
  const guint8 *descriptor;
  gsize descriptor_length;
  guint8 packet_size;
  gboolean is_known;
  guint n_stalls;
  gboolean is_late;
} WbTestUsbSpec;

extern const WbTestUsbSpec wb_test_usb_scanner;
extern const WbTestUsbSpec wb_test_usb_scale;

/**
 * wb_test_usb_new:
 *
 * Returns: (transfer full) (nullable): a computer without devices; NULL, and the test skipped, when
 *   the program does not run under umockdev-wrapper
 */
WbTestUsb *wb_test_usb_new (void);
void wb_test_usb_free (WbTestUsb *self);

/**
 * wb_test_usb_plug:
 * @port: 1 to 120; each is good for one device, also when that is unplugged again
 *
 * Returns: (transfer none): the device
 */
WbTestUsbDevice *wb_test_usb_plug (WbTestUsb *self, const WbTestUsbSpec *spec, guint port);
void wb_test_usb_unplug (WbTestUsbDevice *device);

/**
 * wb_test_usb_configure:
 *
 * The kernel has come to configure a device that was late, or somebody has allowed it.
 */
void wb_test_usb_configure (WbTestUsbDevice *device);

/**
 * wb_test_usb_report:
 *
 * The device sends an input report (0 bytes: the empty packet that real ones send behind a full one).
 */
void wb_test_usb_report (WbTestUsbDevice *device, const guint8 *report, gsize length);

/**
 * wb_test_usb_fail:
 * @status: negative errno: -EPROTO, -EPIPE, -EOVERFLOW
 *
 * The next transfer from the device ends in an error.
 */
void wb_test_usb_fail (WbTestUsbDevice *device, int status);

/**
 * wb_test_usb_deny:
 * @code: errno of every attempt to claim it, or 0: EBUSY, EACCES
 */
void wb_test_usb_deny (WbTestUsbDevice *device, int code);
guint wb_test_usb_get_n_denied (WbTestUsbDevice *device);
gboolean wb_test_usb_is_claimed (WbTestUsbDevice *device);

/**
 * wb_test_usb_get_sent:
 *
 * Returns: (transfer full) (nullable): the last report that the device was sent
 */
GBytes *wb_test_usb_get_sent (WbTestUsbDevice *device);

/**
 * wb_test_usb_scan:
 * @symbology: three characters, "]E0"
 *
 * A scanner of wb_test_usb_scanner reads @code: as many reports as it takes.
 */
void wb_test_usb_scan (WbTestUsbDevice *device, const char *symbology, const char *code);

/**
 * wb_test_usb_weigh:
 * @status: code of the usage tables: 2 zero, 3 moving, 4 stable, 5 below zero, 6 too heavy
 * @unit: 2 g, 3 kg, 11 oz, 12 lb
 *
 * A scale of wb_test_usb_scale shows @mantissa × 10^@exponent.
 */
void wb_test_usb_weigh (WbTestUsbDevice *device, guint8 status, guint8 unit, gint8 exponent, guint16 mantissa);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestUsb, wb_test_usb_free)

G_END_DECLS
