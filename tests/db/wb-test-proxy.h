/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A man in the middle between a client and a PostgreSQL server on a Unix socket, that does what networks do:
 * cuts, stalls, delays, and tears answers apart at a chosen message or byte. Runs in threads of its own, so it
 * works while the main loop is busy; all functions may be called from the main thread at any time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestProxy WbTestProxy;

/**
 * WbTestProxyFault:
 * @WB_TEST_PROXY_CUT_BEFORE: the client's words do not reach the server, both ends are closed
 * @WB_TEST_PROXY_CUT_AFTER_MESSAGES: they do; then so many whole messages of the answer pass, then the same
 * @WB_TEST_PROXY_CUT_AFTER_BYTES: the same by bytes: a torn message
 * @WB_TEST_PROXY_CUT_AFTER_SENT: so many bytes of the client pass, then the same
 * @WB_TEST_PROXY_STALL: they reach the server, but nothing comes back, ever
 *
 * What happens to a connection.
 */
typedef enum
{
  WB_TEST_PROXY_NONE,
  WB_TEST_PROXY_CUT_BEFORE,
  WB_TEST_PROXY_CUT_AFTER_MESSAGES,
  WB_TEST_PROXY_CUT_AFTER_BYTES,
  WB_TEST_PROXY_CUT_AFTER_SENT,
  WB_TEST_PROXY_STALL,
} WbTestProxyFault;

/**
 * wb_test_proxy_new:
 * @server_socket: the folder of the server's socket
 *
 * Returns: (transfer full): a proxy that lets everything pass
 */
WbTestProxy *wb_test_proxy_new (const char *server_socket);

/**
 * wb_test_proxy_free:
 * @self: a proxy
 *
 * Cuts everything and ends its threads.
 */
void wb_test_proxy_free (WbTestProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestProxy, wb_test_proxy_free)

/**
 * wb_test_proxy_get_socket:
 * @self: a proxy
 *
 * Returns: (transfer none): the folder of its own socket, for `host=`
 */
const char *wb_test_proxy_get_socket (WbTestProxy *self);

/**
 * wb_test_proxy_arm:
 * @self: a proxy
 * @marker: (nullable): words of a client, such as a comment in its SQL; %NULL: as soon as it connects
 * @fault: what happens on the connection where they are heard, once
 * @n: how many messages or bytes
 */
void wb_test_proxy_arm (WbTestProxy *self, const char *marker, WbTestProxyFault fault, gsize n);

/**
 * wb_test_proxy_has_struck:
 * @self: a proxy
 *
 * Returns: whether what was armed has happened
 */
gboolean wb_test_proxy_has_struck (WbTestProxy *self);

/**
 * wb_test_proxy_stall:
 * @self: a proxy
 * @stalled: whether nothing passes any more, in either direction on any connection, though all stay open
 */
void wb_test_proxy_stall (WbTestProxy *self, gboolean stalled);

/**
 * wb_test_proxy_delay:
 * @self: a proxy
 * @ms: how long each piece of an answer takes
 */
void wb_test_proxy_delay (WbTestProxy *self, guint ms);

/**
 * wb_test_proxy_refuse:
 * @self: a proxy
 * @refuses: whether new connections are closed at once
 */
void wb_test_proxy_refuse (WbTestProxy *self, gboolean refuses);

/**
 * wb_test_proxy_cut:
 * @self: a proxy
 *
 * Closes every connection now.
 */
void wb_test_proxy_cut (WbTestProxy *self);

G_END_DECLS
