/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label printer on a network that there is not: takes ZPL on a socket, keeps what it would have printed, answers ~HS, and fails in
 * every way in which a printer and its network can. As at a real one, the beginning of a label stays in it when a
 * connection breaks off, until ~JX or the next ^XA. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbTestFault:
 * @WB_TEST_FAULT_NONE: takes all, and ends the connection when the other end did
 * @WB_TEST_FAULT_SLAM: ends the connection at once
 * @WB_TEST_FAULT_CUT: takes some bytes, then the connection is reset
 * @WB_TEST_FAULT_STALL: takes some bytes and no more, as without paper
 * @WB_TEST_FAULT_END: takes some bytes, then ends the connection politely
 * @WB_TEST_FAULT_OPEN: takes all, and never ends the connection
 * @WB_TEST_FAULT_NOISE: says a lot that nobody asked for, and takes all
 * @WB_TEST_FAULT_RESET: takes all, and then resets the connection
 */
typedef enum
{
  WB_TEST_FAULT_NONE,
  WB_TEST_FAULT_SLAM,
  WB_TEST_FAULT_CUT,
  WB_TEST_FAULT_STALL,
  WB_TEST_FAULT_END,
  WB_TEST_FAULT_OPEN,
  WB_TEST_FAULT_NOISE,
  WB_TEST_FAULT_RESET,
} WbTestFault;

#define WB_TEST_N_FAULTS (WB_TEST_FAULT_RESET + 1)

typedef struct _WbTestSocket WbTestSocket;

/**
 * wb_test_socket_new:
 *
 * Returns: (transfer full): a printer that listens on this machine
 */
WbTestSocket *wb_test_socket_new (void);
void wb_test_socket_free (WbTestSocket *self);
const char *wb_test_socket_get_address (WbTestSocket *self);

/**
 * wb_test_socket_set_fault:
 * @n_bytes: how many bytes it takes first
 *
 * What goes wrong with the next connection, and with every one after it until it is told otherwise.
 */
void wb_test_socket_set_fault (WbTestSocket *self, WbTestFault fault, gsize n_bytes);

/**
 * wb_test_socket_set_status:
 * @status: (nullable): what it answers to ~HS, "PAPER-OUT", "OPEN", "PAUSED", "READY"; NULL: nothing
 */
void wb_test_socket_set_status (WbTestSocket *self, const char *status);

/**
 * wb_test_socket_close:
 *
 * Switches it off: nobody takes the connection any more. wb_test_socket_open() switches it on, at the same address.
 */
void wb_test_socket_close (WbTestSocket *self);
void wb_test_socket_open (WbTestSocket *self);

/**
 * wb_test_socket_is_idle:
 *
 * Returns: whether nobody talks to it
 */
gboolean wb_test_socket_is_idle (WbTestSocket *self);

/**
 * wb_test_socket_count:
 * @id: in the label's ^FX
 *
 * Returns: how many labels came out that say so
 */
guint wb_test_socket_count (WbTestSocket *self, const char *id);
guint wb_test_socket_get_n_labels (WbTestSocket *self);

/**
 * wb_test_socket_get_n_bytes:
 *
 * Returns: how many bytes it took so far
 */
gsize wb_test_socket_get_n_bytes (WbTestSocket *self);

/**
 * wb_test_socket_make_label:
 * @n_bytes: of the whole, at least
 *
 * Returns: (transfer full): ZPL of one label that says @id
 */
GBytes *wb_test_socket_make_label (const char *id, gsize n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestSocket, wb_test_socket_free)

G_END_DECLS
