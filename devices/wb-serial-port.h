/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A serial line on the main loop: RS-232, a USB adapter, a scanner's CDC port, Bluetooth's RFCOMM. Raw
 * bytes both ways; what they mean is said by wb-serial-frame.h and the drivers. Main thread; nothing blocks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_SERIAL_PORT (wb_serial_port_get_type ())
G_DECLARE_FINAL_TYPE (WbSerialPort, wb_serial_port, WB, SERIAL_PORT, GObject)

/** Choices of line settings, as options of devices. */
#define WB_SERIAL_BAUDS "1200|2400|4800|9600|19200|38400|57600|115200"
#define WB_SERIAL_FORMATS "8N1|8E1|8O1|7E1|7O1|7N1|8N2|7E2"

typedef void (*WbSerialBytesFunc) (const guint8 *bytes, gsize length, gpointer user_data);

/**
 * WbSerialLostFunc:
 * @error: what happened; the port is closed
 */
typedef void (*WbSerialLostFunc) (const GError *error, gpointer user_data);

/**
 * wb_serial_port_new:
 * @path: of the device file
 *
 * Returns: (transfer full): a closed port
 */
WbSerialPort *wb_serial_port_new (const char *path);

/**
 * wb_serial_port_open:
 * @baud: one of %WB_SERIAL_BAUDS
 * @format: one of %WB_SERIAL_FORMATS: data bits, parity, stop bits
 * @bytes: for what comes
 * @lost: once, when the line goes
 *
 * Opens it for nobody else. Errors say what to do: OFFLINE (not there), REFUSED (no right, or in use), FAILED.
 */
gboolean wb_serial_port_open (WbSerialPort *self, const char *baud, const char *format, WbSerialBytesFunc bytes,
                              WbSerialLostFunc lost, gpointer user_data, GError **error);
void wb_serial_port_close (WbSerialPort *self);
const char *wb_serial_port_get_path (WbSerialPort *self);

/**
 * wb_serial_port_write:
 *
 * Sends bytes when the line takes them. Of a line that takes nothing at most 4 KiB are kept.
 */
void wb_serial_port_write (WbSerialPort *self, const char *bytes, gsize length);

G_END_DECLS
