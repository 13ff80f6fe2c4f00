/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/socket.h>

#include "tests/devices/wb-test-socket.h"

struct _WbTestSocket
{
  GSocketListener *listener;
  GCancellable *stop;
  GPtrArray *connections; /* Connection */
  GHashTable *labels;     /* id → count */
  GString *format;        /* what came since the last ^XA; NULL between labels */
  GString *tail;          /* the last few bytes, where a command may be cut */
  char *address;
  const char *status;
  guint16 port;
  WbTestFault fault;
  gsize n_fault_bytes;
  guint n_labels;
  gsize n_bytes;
  gboolean is_accepting;
};

typedef struct
{
  WbTestSocket *printer;
  GSocketConnection *connection;
  GCancellable *stop;
  WbTestFault fault;
  gsize left; /* bytes it takes before the fault */
  gboolean is_stalled;
  gboolean is_over; /* nobody talks any more */
  guint8 buffer[4096];
} Connection;

static void read_more (Connection *connection);
static void accept_next (WbTestSocket *self);

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_object_unref (connection->connection);
  g_object_unref (connection->stop);
  g_free (connection);
}

static void
drop (Connection *connection)
{
  WbTestSocket *self = connection->printer;

  g_ptr_array_remove_fast (self->connections, connection);
  accept_next (self);
}

static void
reset (Connection *connection)
{
  struct linger now = { 1, 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection->connection)), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_io_stream_close (G_IO_STREAM (connection->connection), NULL, NULL);
  drop (connection);
}

/* ── What comes out ──────────────────────────────────────────────────────────────────────────── */

static void
print_label (WbTestSocket *self)
{
  const char *comment = strstr (self->format->str, "^FX");
  const char *end = comment != NULL ? strstr (comment, "^FS") : NULL;
  g_autofree char *id = end != NULL ? g_strndup (comment + 3, (gsize) (end - comment) - 3) : g_strdup ("?");
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->labels, id));

  self->n_labels++;
  g_hash_table_insert (self->labels, g_steal_pointer (&id), GUINT_TO_POINTER (n + 1));
  g_string_free (self->format, TRUE);
  self->format = NULL;
}

static void
answer_status (WbTestSocket *self, Connection *connection)
{
  gboolean paper = g_strcmp0 (self->status, "PAPER-OUT") == 0;
  gboolean open = g_strcmp0 (self->status, "OPEN") == 0;
  gboolean paused = g_strcmp0 (self->status, "PAUSED") == 0;
  g_autofree char *text = NULL;

  if (self->status == NULL)
    return;
  text = g_strdup_printf ("\002030,%d,%d,1245,000,0,0,0,000,0,0,0\003\r\n\002000,0,%d,0,1,2,4,0,00000000,1,000\003\r\n"
                          "\0021234,0\003\r\n",
                          paper, paused, open);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection->connection)), text, strlen (text), NULL, NULL,
                             NULL);
}

static void
take (WbTestSocket *self, Connection *connection, char byte)
{
  self->n_bytes++;
  g_string_append_c (self->tail, byte);
  if (self->tail->len > 3)
    g_string_erase (self->tail, 0, 1);
  if (self->format != NULL)
    g_string_append_c (self->format, byte);
  if (strcmp (self->tail->str, "^XA") == 0)
    {
      if (self->format != NULL)
        g_string_free (self->format, TRUE);
      self->format = g_string_new (NULL);
    }
  else if (strcmp (self->tail->str, "~JX") == 0 && self->format != NULL)
    {
      g_string_free (self->format, TRUE);
      self->format = NULL;
    }
  else if (strcmp (self->tail->str, "~HS") == 0)
    answer_status (self, connection);
  else if (strcmp (self->tail->str, "^XZ") == 0 && self->format != NULL)
    print_label (self);
}

/* ── Connections ─────────────────────────────────────────────────────────────────────────────── */

static void
fail (Connection *connection)
{
  if (connection->fault == WB_TEST_FAULT_CUT)
    reset (connection);
  else if (connection->fault == WB_TEST_FAULT_END)
    {
      g_io_stream_close (G_IO_STREAM (connection->connection), NULL, NULL);
      drop (connection);
    }
  else
    connection->is_stalled = TRUE; /* the connection stays, and nobody reads */
}

static void
end (Connection *connection)
{
  if (connection->fault == WB_TEST_FAULT_RESET)
    reset (connection);
  else if (connection->fault != WB_TEST_FAULT_OPEN)
    {
      g_io_stream_close (G_IO_STREAM (connection->connection), NULL, NULL);
      drop (connection);
    }
  else
    {
      connection->is_over = TRUE;
      accept_next (connection->printer);
    }
}

static gboolean
is_limited (Connection *connection)
{
  return connection->fault == WB_TEST_FAULT_CUT || connection->fault == WB_TEST_FAULT_STALL || connection->fault == WB_TEST_FAULT_END;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection *connection = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      connection_free (connection);
      return;
    }
  for (gssize i = 0; i < n; i++)
    take (connection->printer, connection, (char) connection->buffer[i]);
  connection->left -= MIN (connection->left, (gsize) MAX (n, 0));
  if (n < 0)
    drop (connection);
  else if (n == 0)
    end (connection);
  else if (is_limited (connection) && connection->left == 0)
    fail (connection);
  else
    read_more (connection);
}

static void
read_more (Connection *connection)
{
  gsize n = is_limited (connection) ? MIN (connection->left, sizeof connection->buffer) : sizeof connection->buffer;

  if (n == 0)
    fail (connection);
  else
    g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection->connection)), connection->buffer, n,
                               G_PRIORITY_DEFAULT, connection->stop, read_cb, connection);
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTestSocket *self = user_data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *incoming = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);
  Connection *connection = NULL;

  if (incoming == NULL)
    return;
  self->is_accepting = FALSE;
  connection = g_new0 (Connection, 1);
  connection->printer = self;
  connection->connection = incoming;
  connection->stop = g_object_ref (self->stop);
  connection->fault = self->fault;
  connection->left = self->n_fault_bytes;
  g_ptr_array_add (self->connections, connection);
  if (connection->fault == WB_TEST_FAULT_SLAM)
    {
      reset (connection);
      return;
    }
  if (connection->fault == WB_TEST_FAULT_NOISE)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (incoming)), "\377\002\003garbage\r\n\002,,,\003\0", 19, NULL, NULL,
                               NULL);
  read_more (connection);
}

/* As most printers, it talks to one at a time. */
static void
accept_next (WbTestSocket *self)
{
  if (self->is_accepting || self->listener == NULL || !wb_test_socket_is_idle (self))
    return;
  self->is_accepting = TRUE;
  g_socket_listener_accept_async (self->listener, self->stop, accepted_cb, self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

void
wb_test_socket_open (WbTestSocket *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, self->port);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (self->listener);
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  /* A small buffer, or the kernel would take whole labels that the printer never sees. */
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_socket_bind (socket, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  found = g_socket_get_local_address (socket, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_socket (self->listener, socket, NULL, &error);
  g_assert_no_error (error);
  accept_next (self);
}

void
wb_test_socket_close (WbTestSocket *self)
{
  if (self->listener == NULL)
    return;
  /* Whoever reads frees itself; who stalls is freed here. */
  g_cancellable_cancel (self->stop);
  self->is_accepting = FALSE;
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      if (!g_input_stream_has_pending (g_io_stream_get_input_stream (G_IO_STREAM (connection->connection))))
        connection_free (connection);
    }
  g_ptr_array_set_free_func (self->connections, NULL);
  g_ptr_array_set_size (self->connections, 0);
  g_ptr_array_set_free_func (self->connections, connection_free);
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  g_clear_object (&self->stop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

WbTestSocket *
wb_test_socket_new (void)
{
  WbTestSocket *self = g_new0 (WbTestSocket, 1);

  self->connections = g_ptr_array_new_with_free_func (connection_free);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tail = g_string_new (NULL);
  wb_test_socket_open (self);
  self->address = g_strdup_printf ("127.0.0.1:%u", self->port);
  return self;
}

void
wb_test_socket_free (WbTestSocket *self)
{
  wb_test_socket_close (self);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->labels);
  g_string_free (self->tail, TRUE);
  if (self->format != NULL)
    g_string_free (self->format, TRUE);
  g_free (self->address);
  g_free (self);
}

const char *
wb_test_socket_get_address (WbTestSocket *self)
{
  return self->address;
}

void
wb_test_socket_set_fault (WbTestSocket *self, WbTestFault fault, gsize n_bytes)
{
  self->fault = fault;
  self->n_fault_bytes = n_bytes;
  /* Somebody brought paper: what stalled goes on. */
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      if (!connection->is_stalled)
        continue;
      connection->is_stalled = FALSE;
      connection->fault = WB_TEST_FAULT_NONE;
      read_more (connection);
    }
}

void
wb_test_socket_set_status (WbTestSocket *self, const char *status)
{
  self->status = status;
}

gboolean
wb_test_socket_is_idle (WbTestSocket *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (!((Connection *) g_ptr_array_index (self->connections, i))->is_over)
      return FALSE;
  return TRUE;
}

guint
wb_test_socket_count (WbTestSocket *self, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->labels, id));
}

guint
wb_test_socket_get_n_labels (WbTestSocket *self)
{
  return self->n_labels;
}

gsize
wb_test_socket_get_n_bytes (WbTestSocket *self)
{
  return self->n_bytes;
}

GBytes *
wb_test_socket_make_label (const char *id, gsize n_bytes)
{
  GString *zpl = g_string_new (NULL);

  g_string_append_printf (zpl, "^XA^FX%s^FS", id);
  while (zpl->len < n_bytes)
    g_string_append (zpl, "^FO10,10^A0N,30,30^FDMary Miller^FS\n");
  g_string_append (zpl, "^XZ\n");
  return g_string_free_to_bytes (zpl);
}
