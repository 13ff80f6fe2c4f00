/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl device emulate: plays a device below its driver, from what is typed. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "core/wb-ndef.h"
#include "core/wb-weight.h"
#include "devices/twins/wb-twin-line.h"
#include "devices/twins/wb-twin-pn532.h"
#include "devices/twins/wb-twin-scale.h"

#define PRINTER_PORT 9100

typedef struct
{
  WbCtl *ctl;
  char *line;
  char *protocol;
  char *keep;
  int port;
  gboolean is_done;
  guint n_documents;
  WbTwinLine *scanner;
  WbTwinScale *scale;
  WbTwinPn532 *reader;
} Twin;

static void
twin_clear (Twin *twin)
{
  g_clear_pointer (&twin->scanner, wb_twin_line_free);
  g_clear_pointer (&twin->scale, wb_twin_scale_free);
  g_clear_pointer (&twin->reader, wb_twin_pn532_free);
  g_free (twin->line);
  g_free (twin->protocol);
  g_free (twin->keep);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Twin, twin_clear)

/* ---- What is typed ----------------------------------------------------------------------------- */

static void
complain (const char *message)
{
  g_printerr ("%s: %s\n", g_get_prgname (), message);
}

static void
put (Twin *twin, const char *text)
{
  static const struct
  {
    const char *word;
    WbScaleState state;
  } words[] = { { "moving", WB_SCALE_STATE_MOVING }, { "overload", WB_SCALE_STATE_OVERLOAD }, { "underload", WB_SCALE_STATE_UNDERLOAD },
                { "fault", WB_SCALE_STATE_FAULT },   { "empty", WB_SCALE_STATE_STABLE },      { "0", WB_SCALE_STATE_STABLE } };
  g_autoptr (GError) error = NULL;
  gint64 weight_g = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i].word) == 0)
      {
        wb_twin_scale_put (twin->scale, words[i].state, 0);
        return;
      }
  if (wb_weight_parse (text, &weight_g, &error))
    wb_twin_scale_put (twin->scale, WB_SCALE_STATE_STABLE, weight_g);
  else
    complain (error->message);
}

/* "04A1B2C3D4E5F6 WB:STAFF:1001": a tag with its number and what stands on it; an empty line takes it away. */
static void
hold (Twin *twin, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 2);
  guint8 uid[7] = { 0 };
  g_autoptr (GBytes) message = NULL;

  if (*text == '\0')
    {
      wb_twin_pn532_take_away (twin->reader);
      return;
    }
  if (!g_regex_match_simple ("^[0-9a-fA-F]{14}$", parts[0], 0, 0))
    {
      complain (_ ("a tag's number has 14 hexadecimal digits"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (uid); i++)
    uid[i] = (guint8) (g_ascii_xdigit_value (parts[0][i * 2]) << 4 | g_ascii_xdigit_value (parts[0][i * 2 + 1]));
  if (parts[1] != NULL && strlen (parts[1]) > 120)
    complain (_ ("a tag holds 120 characters here"));
  else
    {
      if (parts[1] != NULL)
        message = strstr (parts[1], "://") != NULL ? wb_ndef_build_uri (parts[1]) : wb_ndef_build_text ("en", parts[1]);
      wb_twin_pn532_hold (twin->reader, uid, message);
    }
}

static void
take_line (Twin *twin, char *text)
{
  if (twin->scanner != NULL && *text != '\0')
    {
      g_autofree char *code = g_strconcat (text, "\r", NULL);

      wb_twin_line_say (twin->scanner, code, -1);
    }
  else if (twin->scale != NULL && *g_strstrip (text) != '\0')
    put (twin, text);
  else if (twin->reader != NULL)
    hold (twin, g_strstrip (text));
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Twin *twin = user_data;
  g_autofree char *text = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (text == NULL)
    {
      twin->is_done = TRUE;
      return;
    }
  take_line (twin, text);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, twin->ctl->cancellable, line_cb, twin);
}

/* Until the input ends, or somebody interrupts. */
static void
play (Twin *twin)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);

  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, twin->ctl->cancellable, line_cb, twin);
  while (!twin->is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- A label printer on the network -------------------------------------------------------------- */

typedef struct
{
  Twin *twin;
  GSocketConnection *connection;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->connection);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
received_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  Twin *twin = job->twin;
  g_autoptr (GError) error = NULL;
  gssize length = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (length < 0)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        complain (error->message);
      return;
    }
  if (length == 0)
    return;
  name = g_strdup_printf ("document-%u", ++twin->n_documents);
  path = g_build_filename (twin->keep, name, NULL);
  if (g_file_set_contents (path, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (source)), length, &error))
    g_print (_ ("%s: %" G_GSSIZE_FORMAT " bytes\n"), path, length);
  else
    complain (error->message);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  Twin *twin = user_data;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  Job *job = g_new0 (Job, 1);

  job->twin = twin;
  job->connection = g_object_ref (connection);
  g_output_stream_splice_async (memory, g_io_stream_get_input_stream (G_IO_STREAM (connection)), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, twin->ctl->cancellable, received_cb, job);
  return TRUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  ((Twin *) user_data)->is_done = TRUE;
  g_main_context_wakeup (NULL);
}

/* Only from this machine: what prints here is nobody's business elsewhere. */
static gboolean
serve (Twin *twin, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) twin->port);
  g_autoptr (GSocketAddress) effective = NULL;
  gulong cancelled = 0;

  if (g_mkdir_with_parents (twin->keep, 0755) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("the folder %s cannot be made: %s"), twin->keep, g_strerror (errno));
      return FALSE;
    }
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, error))
    return FALSE;
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), twin);
  g_print (_ ("A label printer listens at socket://127.0.0.1:%u and keeps what it gets in %s.\n"),
           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)), twin->keep);
  cancelled = g_cancellable_connect (twin->ctl->cancellable, G_CALLBACK (cancelled_cb), twin, NULL);
  while (!twin->is_done)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_disconnect (twin->ctl->cancellable, cancelled);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  /* what is still on its way is let go of */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return TRUE;
}

/* ---- The command --------------------------------------------------------------------------------- */

static gboolean
plug_in (Twin *twin, const char *kind, GError **error)
{
  if (strcmp (kind, "scanner") == 0)
    {
      twin->scanner = wb_twin_line_new (twin->line, NULL, NULL, error);
      if (twin->scanner != NULL)
        g_print (_ ("A scanner is at %s. Each line is scanned.\n"), twin->line);
      return twin->scanner != NULL;
    }
  if (strcmp (kind, "scale") == 0)
    {
      twin->scale = wb_twin_scale_new (twin->line, twin->protocol, error);
      if (twin->scale != NULL)
        g_print (_ ("A scale (%s) is at %s. Each line is put on it: “1.84 kg”, “empty”, “moving”, “overload”, “underload”, “fault”.\n"),
                 twin->protocol, twin->line);
      return twin->scale != NULL;
    }
  twin->reader = wb_twin_pn532_new (twin->line, error);
  if (twin->reader != NULL)
    g_print (_ ("An NFC reader is at pn532_uart:%s:115200. Each line is held to it: a tag's number and what stands on it; an empty "
                "line takes it away.\n"), twin->line);
  return twin->reader != NULL;
}

int
wb_ctl_emulate (WbCtl *ctl, int argc, char **argv)
{
  static const char *const kinds[] = { "scanner", "scale", "nfc", "printer", NULL };
  g_auto (Twin) twin = { .ctl = ctl, .port = PRINTER_PORT };
  const GOptionEntry entries[] = {
    { "line", 'l', 0, G_OPTION_ARG_FILENAME, &twin.line, N_ ("Where its device file is to stand"), N_ ("PATH") },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &twin.protocol, N_ ("Of a scale: serial-sics (default) or serial-8217"), N_ ("PROTOCOL") },
    { "port", 'p', 0, G_OPTION_ARG_INT, &twin.port, N_ ("Of a printer: where it listens (default 9100; 0 takes any)"), N_ ("PORT") },
    { "keep", 'k', 0, G_OPTION_ARG_FILENAME, &twin.keep, N_ ("Of a printer: the folder for what it gets (default: the current one)"),
      N_ ("FOLDER") },
    { 0 },
  };
  g_autofree char *path = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (!g_strv_contains (kinds, argv[1]))
    return wb_ctl_misuse (ctl, _ ("“%s” cannot be played; there are: scanner, scale, nfc, printer"), argv[1]);
  if (twin.protocol == NULL)
    twin.protocol = g_strdup ("serial-sics");
  if (twin.keep == NULL)
    twin.keep = g_get_current_dir ();
  if (twin.port < 0 || twin.port > G_MAXUINT16)
    return wb_ctl_misuse (ctl, _ ("a port is a number up to 65535"));
  if (strcmp (argv[1], "printer") == 0)
    return serve (&twin, &error) ? WB_CTL_OK : wb_ctl_fail (ctl, error);
  if (twin.line == NULL)
    return wb_ctl_misuse (ctl, _ ("a %s needs a --line PATH"), argv[1]);
  path = g_canonicalize_filename (twin.line, NULL);
  g_free (twin.line);
  twin.line = g_steal_pointer (&path);
  if (!plug_in (&twin, argv[1], &error))
    return wb_ctl_fail (ctl, error);
  play (&twin);
  return WB_CTL_OK;
}
