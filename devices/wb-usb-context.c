/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "devices/wb-device-error.h"
#include "devices/wb-usb-private.h"

/*
 * A file that is always ready and never has anything (a broken hub's, or one that stands in for a device) must not keep the main
 * loop from drawing: after so many empty looks it is looked at only every REST_US.
 */
#define MAX_EMPTY 8
#define REST_US 2000

/* A GSource that watches the files libusb watches. */
typedef struct
{
  GSource source;

  libusb_context *usb;
  WbUsbContext *context;
  GHashTable *tags; /* file descriptor → tag of g_source_add_unix_fd() */
  GHashTable *events; /* file descriptor → GIOCondition */
  gboolean needs_timeouts;
  gboolean is_resting;
  guint n_empty;
} UsbSource;

struct _WbUsbContext
{
  grefcount count;
  libusb_context *usb;
  GSource *source;
  GQueue completed; /* struct libusb_transfer */
};

/* How many there are, for tests that begin with none. */
static guint n_contexts;

static gboolean
prepare (GSource *source, int *timeout_ms)
{
  UsbSource *self = (UsbSource *) source;
  struct timeval next = { 0 };

  *timeout_ms = -1;
  /* handled within another call of libusb */
  if (!g_queue_is_empty (&self->context->completed))
    {
      *timeout_ms = 0;
      return TRUE;
    }
  if (!self->needs_timeouts || libusb_get_next_timeout (self->usb, &next) == 0)
    return FALSE;
  *timeout_ms = (int) (next.tv_sec * 1000 + (next.tv_usec + 999) / 1000);
  return *timeout_ms == 0;
}

static gboolean
check (GSource *source)
{
  UsbSource *self = (UsbSource *) source;
  GHashTableIter iter;
  gpointer tag = NULL;
  int timeout_ms = 0;

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    if (g_source_query_unix_fd (source, tag) != 0)
      return TRUE;
  return prepare (source, &timeout_ms);
}

static void
rest (UsbSource *self, gboolean is_resting)
{
  GHashTableIter iter;
  gpointer fd = NULL;
  gpointer tag = NULL;

  if (self->is_resting == is_resting)
    return;
  self->is_resting = is_resting;
  g_source_set_ready_time ((GSource *) self, is_resting ? g_get_monotonic_time () + REST_US : -1);
  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, &fd, &tag))
    g_source_modify_unix_fd ((GSource *) self, tag,
                             is_resting ? 0 : (GIOCondition) GPOINTER_TO_INT (g_hash_table_lookup (self->events, fd)));
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  UsbSource *self = (UsbSource *) source;
  struct timeval at_once = { 0, 0 };
  struct libusb_transfer *transfer = NULL;

  rest (self, FALSE);
  libusb_handle_events_timeout_completed (self->usb, &at_once, NULL);
  self->n_empty = g_queue_is_empty (&self->context->completed) ? self->n_empty + 1 : 0;
  while ((transfer = g_queue_pop_head (&self->context->completed)) != NULL)
    ((WbUsbCompletion *) transfer->user_data)->complete (transfer);
  rest (self, self->n_empty > MAX_EMPTY);
  return G_SOURCE_CONTINUE;
}

static void
finalize (GSource *source)
{
  UsbSource *self = (UsbSource *) source;

  g_hash_table_unref (self->tags);
  g_hash_table_unref (self->events);
}

static GSourceFuncs source_funcs = {
  .prepare = prepare,
  .check = check,
  .dispatch = dispatch,
  .finalize = finalize,
};

static void LIBUSB_CALL
file_added_cb (int fd, short events, void *user_data)
{
  UsbSource *self = user_data;
  GIOCondition condition = (GIOCondition) events | G_IO_ERR | G_IO_HUP;

  g_hash_table_insert (self->events, GINT_TO_POINTER (fd), GINT_TO_POINTER (condition));
  g_hash_table_insert (self->tags, GINT_TO_POINTER (fd), g_source_add_unix_fd ((GSource *) self, fd, condition));
}

static void LIBUSB_CALL
file_removed_cb (int fd, void *user_data)
{
  UsbSource *self = user_data;
  gpointer tag = g_hash_table_lookup (self->tags, GINT_TO_POINTER (fd));

  if (tag == NULL)
    return;
  g_hash_table_remove (self->tags, GINT_TO_POINTER (fd));
  g_source_remove_unix_fd ((GSource *) self, tag);
}

static GSource *
make_source (WbUsbContext *context)
{
  libusb_context *usb = context->usb;
  GSource *source = g_source_new (&source_funcs, sizeof (UsbSource));
  UsbSource *self = (UsbSource *) source;
  const struct libusb_pollfd **files = libusb_get_pollfds (usb);

  self->usb = usb;
  self->context = context;
  self->tags = g_hash_table_new (NULL, NULL);
  self->events = g_hash_table_new (NULL, NULL);
  self->needs_timeouts = libusb_pollfds_handle_timeouts (usb) == 0;
  libusb_set_pollfd_notifiers (usb, file_added_cb, file_removed_cb, self);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    file_added_cb (files[i]->fd, files[i]->events, self);
  libusb_free_pollfds (files);
  /* before drawing, beside what people type */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[waybill] libusb");
  return source;
}

WbUsbContext *
_wb_usb_context_new (GError **error)
{
  WbUsbContext *self = NULL;
  libusb_context *usb = NULL;
  int code = libusb_init (&usb);

  if (code != LIBUSB_SUCCESS)
    {
      _wb_usb_set_error (error, code);
      return NULL;
    }
  self = g_new0 (WbUsbContext, 1);
  n_contexts++;
  g_ref_count_init (&self->count);
  self->usb = usb;
  g_queue_init (&self->completed);
  self->source = make_source (self);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

WbUsbContext *
_wb_usb_context_ref (WbUsbContext *self)
{
  g_ref_count_inc (&self->count);
  return self;
}

static gboolean
exit_cb (gpointer user_data)
{
  WbUsbContext *self = user_data;

  libusb_set_pollfd_notifiers (self->usb, NULL, NULL, NULL);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  libusb_exit (self->usb);
  g_free (self);
  n_contexts--;
  return G_SOURCE_REMOVE;
}

void
_wb_usb_context_unref (WbUsbContext *self)
{
  g_autoptr(GSource) idle = NULL;

  if (self == NULL || !g_ref_count_dec (&self->count))
    return;
  /* the last one may be a transfer, and then the source is at work */
  idle = g_idle_source_new ();
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (idle, exit_cb, self, NULL);
  g_source_attach (idle, g_source_get_context (self->source));
}

void LIBUSB_CALL
_wb_usb_completed_cb (struct libusb_transfer *transfer)
{
  const WbUsbCompletion *completion = transfer->user_data;

  g_queue_push_tail (&completion->context->completed, transfer);
}

guint
_wb_usb_context_count (void)
{
  return n_contexts;
}

void
_wb_usb_context_fetch (WbUsbContext *self)
{
  struct timeval at_once = { 0, 0 };

  libusb_handle_events_timeout_completed (self->usb, &at_once, NULL);
}

libusb_context *
_wb_usb_context_get (WbUsbContext *self)
{
  return self->usb;
}

void
_wb_usb_set_error (GError **error, int code)
{
  switch (code)
    {
    case LIBUSB_ERROR_ACCESS:
      g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                           _ ("you have no right to use this USB device: an administrator has to give it to you with a udev rule"));
      break;
    case LIBUSB_ERROR_BUSY:
      g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                           _ ("another program is using it: close that program"));
      break;
    case LIBUSB_ERROR_NO_DEVICE:
    case LIBUSB_ERROR_NOT_FOUND:
      g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("it was unplugged"));
      break;
    default:
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("it does not answer as it should (%s): unplug it and plug it in again"),
                   libusb_strerror (code));
    }
}
