/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-usb-private.h"

/* Reports that may come while one is being read. */
#define N_TRANSFERS 2
#define CONTROL_TIMEOUT_MS 1000
/* A device that fails so often without a report between does not mean it. */
#define MAX_FAILURES 5

#define HID_GET_DESCRIPTOR_IN (LIBUSB_ENDPOINT_IN | LIBUSB_REQUEST_TYPE_STANDARD | LIBUSB_RECIPIENT_INTERFACE)
#define HID_CLASS_OUT (LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_CLASS | LIBUSB_RECIPIENT_INTERFACE)
#define HID_SET_REPORT 0x09
#define HID_REPORT_OUTPUT 2
#define HID_REPORT_FEATURE 3

/*
 * An open handle. Transfers hold it, so that it is closed when the last of them has come home, however long after
 * wb_usb_interface_close() that is.
 */
typedef struct
{
  WbUsbCompletion completion; /* of the transfers that listen */
  grefcount count;
  libusb_device_handle *usb;
  WbUsbInterface *owner; /* borrowed; NULL once closed */
} Handle;

typedef struct
{
  WbUsbCompletion completion;
  Handle *handle;
  GTask *task; /* of wb_usb_interface_read_descriptor_async(), or NULL */
} Control;

struct _WbUsbInterface
{
  GObject parent_instance;

  guint8 number;
  guint8 endpoint;
  guint16 packet_size;
  guint16 descriptor_length;
  guint n_failures;

  /* Borrowed references */
  struct libusb_transfer *transfers[N_TRANSFERS];
  WbUsbReportFunc report;
  WbUsbLostFunc lost;
  gpointer user_data;

  /* Owned references */
  WbUsbContext *context;
  libusb_device *device;
  Handle *handle;
};

G_DEFINE_FINAL_TYPE (WbUsbInterface, wb_usb_interface, G_TYPE_OBJECT)

static Handle *
ref_handle (Handle *handle)
{
  g_ref_count_inc (&handle->count);
  return handle;
}

static void
unref_handle (Handle *handle)
{
  if (!g_ref_count_dec (&handle->count))
    return;
  libusb_close (handle->usb);
  _wb_usb_context_unref (handle->completion.context);
  g_free (handle);
}

static void
end_transfer (struct libusb_transfer *transfer)
{
  Handle *handle = transfer->user_data;
  WbUsbInterface *self = handle->owner;

  for (guint i = 0; self != NULL && i < N_TRANSFERS; i++)
    if (self->transfers[i] == transfer)
      self->transfers[i] = NULL;
  g_free (transfer->buffer);
  libusb_free_transfer (transfer);
  unref_handle (handle);
}

static void
lose (WbUsbInterface *self, int code)
{
  g_autoptr(WbUsbInterface) alive = g_object_ref (self);
  g_autoptr(GError) error = NULL;
  WbUsbLostFunc lost = self->lost;
  gpointer user_data = self->user_data;

  _wb_usb_set_error (&error, code);
  wb_usb_interface_close (alive);
  if (lost != NULL)
    lost (error, user_data);
}

static int
code_of_status (enum libusb_transfer_status status)
{
  switch (status)
    {
    case LIBUSB_TRANSFER_NO_DEVICE:
      return LIBUSB_ERROR_NO_DEVICE;
    case LIBUSB_TRANSFER_STALL:
      return LIBUSB_ERROR_PIPE;
    case LIBUSB_TRANSFER_OVERFLOW:
      return LIBUSB_ERROR_OVERFLOW;
    case LIBUSB_TRANSFER_TIMED_OUT:
      return LIBUSB_ERROR_TIMEOUT;
    case LIBUSB_TRANSFER_COMPLETED:
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_CANCELLED:
    default:
      return LIBUSB_ERROR_IO;
    }
}

static void
take_report (struct libusb_transfer *transfer)
{
  Handle *handle = transfer->user_data;
  g_autoptr(WbUsbInterface) self = handle->owner != NULL ? g_object_ref (handle->owner) : NULL;
  int code = LIBUSB_SUCCESS;

  if (self != NULL && transfer->status == LIBUSB_TRANSFER_COMPLETED)
    {
      /* a zero-length packet follows each report that fills its packets: it is none */
      if (transfer->actual_length > 0)
        {
          self->n_failures = 0;
          self->report (transfer->buffer, (gsize) transfer->actual_length, self->user_data);
        }
    }
  else if (self != NULL && transfer->status != LIBUSB_TRANSFER_CANCELLED)
    {
      code = code_of_status (transfer->status);
      /* some say "error" once before they say "gone", or stall and go on */
      if (code != LIBUSB_ERROR_NO_DEVICE && ++self->n_failures < MAX_FAILURES)
        code = LIBUSB_SUCCESS;
    }
  if (handle->owner != NULL && code == LIBUSB_SUCCESS && transfer->status != LIBUSB_TRANSFER_CANCELLED)
    code = libusb_submit_transfer (transfer);
  else
    {
      end_transfer (transfer);
      transfer = NULL;
    }
  if (code == LIBUSB_SUCCESS)
    return;
  if (transfer != NULL)
    end_transfer (transfer);
  if (self != NULL && self->handle != NULL)
    lose (self, code);
}

static void
take_control (struct libusb_transfer *transfer)
{
  Control *control = transfer->user_data;
  g_autoptr(GTask) task = control->task;
  g_autoptr(GError) error = NULL;

  if (transfer->status != LIBUSB_TRANSFER_COMPLETED)
    _wb_usb_set_error (&error, code_of_status (transfer->status));
  if (task == NULL && error != NULL)
    g_debug ("a report was not taken: %s", error->message);
  if (task != NULL && error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (task != NULL)
    g_task_return_pointer (task, g_bytes_new (libusb_control_transfer_get_data (transfer), (gsize) transfer->actual_length),
                           (GDestroyNotify) g_bytes_unref);
  g_free (transfer->buffer);
  libusb_free_transfer (transfer);
  unref_handle (control->handle);
  g_free (control);
}

/* Takes @task. */
static int
submit_control (WbUsbInterface *self, guint8 type, guint8 request, guint16 value, const guint8 *data, guint16 length, GTask *task)
{
  struct libusb_transfer *transfer = libusb_alloc_transfer (0);
  guint8 *buffer = g_malloc0 (LIBUSB_CONTROL_SETUP_SIZE + (gsize) length);
  Control *control = g_new0 (Control, 1);
  int code = 0;

  libusb_fill_control_setup (buffer, type, request, value, self->number, length);
  if (data != NULL)
    memcpy (buffer + LIBUSB_CONTROL_SETUP_SIZE, data, length);
  control->completion.context = self->context;
  control->completion.complete = take_control;
  control->handle = ref_handle (self->handle);
  control->task = task;
  libusb_fill_control_transfer (transfer, self->handle->usb, buffer, _wb_usb_completed_cb, control, CONTROL_TIMEOUT_MS);
  code = libusb_submit_transfer (transfer);
  if (code == LIBUSB_SUCCESS)
    return code;
  control->task = NULL; /* the caller's again */
  g_free (buffer);
  libusb_free_transfer (transfer);
  unref_handle (control->handle);
  g_free (control);
  return code;
}

/* ---- GObject ------------------------------------------------------------------------------------- */

static void
wb_usb_interface_dispose (GObject *object)
{
  wb_usb_interface_close (WB_USB_INTERFACE (object));
  G_OBJECT_CLASS (wb_usb_interface_parent_class)->dispose (object);
}

static void
wb_usb_interface_finalize (GObject *object)
{
  WbUsbInterface *self = WB_USB_INTERFACE (object);

  g_clear_pointer (&self->device, libusb_unref_device);
  g_clear_pointer (&self->context, _wb_usb_context_unref);
  G_OBJECT_CLASS (wb_usb_interface_parent_class)->finalize (object);
}

static void
wb_usb_interface_class_init (WbUsbInterfaceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_usb_interface_dispose;
  object_class->finalize = wb_usb_interface_finalize;
}

static void
wb_usb_interface_init (WbUsbInterface *self)
{
}

WbUsbInterface *
_wb_usb_interface_new (WbUsbContext *context, libusb_device *device, guint8 number, guint8 endpoint, guint16 packet_size,
                       guint16 descriptor_length)
{
  WbUsbInterface *self = g_object_new (WB_TYPE_USB_INTERFACE, NULL);

  self->context = _wb_usb_context_ref (context);
  self->device = libusb_ref_device (device);
  self->number = number;
  self->endpoint = endpoint;
  self->packet_size = packet_size;
  self->descriptor_length = descriptor_length;
  return self;
}

guint8
_wb_usb_interface_get_number (WbUsbInterface *self)
{
  return self->number;
}

/* ---- Public API ---------------------------------------------------------------------------------- */

gboolean
wb_usb_interface_open (WbUsbInterface *self, GError **error)
{
  libusb_device_handle *usb = NULL;
  int code = 0;

  g_return_val_if_fail (WB_IS_USB_INTERFACE (self) && self->handle == NULL, FALSE);

  code = libusb_open (self->device, &usb);
  if (code == LIBUSB_SUCCESS)
    {
      libusb_set_auto_detach_kernel_driver (usb, 1);
      code = libusb_claim_interface (usb, self->number);
      if (code != LIBUSB_SUCCESS)
        libusb_close (usb);
    }
  if (code != LIBUSB_SUCCESS)
    {
      _wb_usb_set_error (error, code);
      return FALSE;
    }
  self->handle = g_new0 (Handle, 1);
  g_ref_count_init (&self->handle->count);
  self->handle->completion.context = _wb_usb_context_ref (self->context);
  self->handle->completion.complete = take_report;
  self->handle->usb = usb;
  self->handle->owner = self;
  self->n_failures = 0;
  return TRUE;
}

void
wb_usb_interface_close (WbUsbInterface *self)
{
  Handle *handle = NULL;

  g_return_if_fail (WB_IS_USB_INTERFACE (self));

  handle = g_steal_pointer (&self->handle);
  self->report = NULL;
  self->lost = NULL;
  if (handle == NULL)
    return;
  handle->owner = NULL;
  for (guint i = 0; i < N_TRANSFERS; i++)
    {
      struct libusb_transfer *transfer = g_steal_pointer (&self->transfers[i]);

      if (transfer != NULL)
        libusb_cancel_transfer (transfer);
    }
  /* at once, so that it can be opened again before the transfers are home */
  libusb_release_interface (handle->usb, self->number);
  _wb_usb_context_fetch (self->context);
  unref_handle (handle);
}

void
wb_usb_interface_read_descriptor_async (WbUsbInterface *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  int code = 0;

  g_return_if_fail (WB_IS_USB_INTERFACE (self) && self->handle != NULL);

  g_task_set_source_tag (task, wb_usb_interface_read_descriptor_async);
  code = submit_control (self, HID_GET_DESCRIPTOR_IN, LIBUSB_REQUEST_GET_DESCRIPTOR, LIBUSB_DT_REPORT << 8, NULL,
                         self->descriptor_length, task);
  if (code == LIBUSB_SUCCESS)
    {
      g_steal_pointer (&task);
      return;
    }
  _wb_usb_set_error (&error, code);
  g_task_return_error (task, error);
}

GBytes *
wb_usb_interface_read_descriptor_finish (WbUsbInterface *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
wb_usb_interface_start (WbUsbInterface *self, WbUsbReportFunc report, WbUsbLostFunc lost, gpointer user_data, GError **error)
{
  g_return_val_if_fail (WB_IS_USB_INTERFACE (self) && self->handle != NULL, FALSE);
  g_return_val_if_fail (self->report == NULL && report != NULL && lost != NULL, FALSE);

  self->report = report;
  self->lost = lost;
  self->user_data = user_data;
  for (guint i = 0; i < N_TRANSFERS; i++)
    {
      struct libusb_transfer *transfer = libusb_alloc_transfer (0);
      int code = 0;

      libusb_fill_interrupt_transfer (transfer, self->handle->usb, self->endpoint, g_malloc (self->packet_size),
                                      self->packet_size, _wb_usb_completed_cb, ref_handle (self->handle), 0);
      self->transfers[i] = transfer;
      code = libusb_submit_transfer (transfer);
      if (code != LIBUSB_SUCCESS)
        {
          end_transfer (transfer);
          wb_usb_interface_close (self);
          _wb_usb_set_error (error, code);
          return FALSE;
        }
    }
  return TRUE;
}

void
wb_usb_interface_send (WbUsbInterface *self, guint8 report_id, gboolean feature, const guint8 *report, gsize length)
{
  guint16 value = 0;
  int code = 0;

  g_return_if_fail (WB_IS_USB_INTERFACE (self) && self->handle != NULL);
  g_return_if_fail (report != NULL && length <= WB_USB_REPORT_MAX);

  value = (guint16) ((feature ? HID_REPORT_FEATURE : HID_REPORT_OUTPUT) << 8 | report_id);
  code = submit_control (self, HID_CLASS_OUT, HID_SET_REPORT, value, report, (guint16) length, NULL);
  if (code != LIBUSB_SUCCESS)
    g_debug ("a report was not sent: %s", libusb_strerror (code));
}
