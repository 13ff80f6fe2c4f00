/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-cups-private.h"
#include "devices/wb-printer-backend.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-printer-socket.h"

#define LOOK_MS 3000

#define SETTLED_S 2

struct _WbPrinterBackend
{
  WbDeviceBackend parent_instance;

  /* Owned references */
  char *server;
  WbPrintLedger *ledger;
  GHashTable *queues;    /* name → WbPrinterInfo, as last told */
  GHashTable *addresses; /* of printers without a server */
  GCancellable *looking;
  GSource *timer;

  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (WbPrinterBackend, wb_printer_backend, WB_TYPE_DEVICE_BACKEND)

/* What the thread sees: whom to ask, and when the options it knows were changed. */
typedef struct
{
  char *server;
  GHashTable *known;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->server);
  g_hash_table_unref (look->known);
  g_free (look);
}

/* ── In the thread ───────────────────────────────────────────────────────────────────────────── */

static void
read_options (http_t *http, Look *look, WbPrinterInfo *info)
{
  gint64 *changed = g_hash_table_lookup (look->known, info->queue);
  g_autoptr (GPtrArray) full = NULL;

  if (changed != NULL && *changed == info->changed)
    return;
  full = _wb_cups_read_printers (http, info->queue, TRUE, NULL);
  if (full != NULL && full->len > 0)
    wb_printer_info_take_options (info, g_ptr_array_index (full, 0));
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GError) error = NULL;
  http_t *http = _wb_cups_connect (look->server, &error);

  if (http != NULL)
    infos = _wb_cups_read_printers (http, NULL, FALSE, &error);
  for (guint i = 0; infos != NULL && i < infos->len; i++)
    read_options (http, look, g_ptr_array_index (infos, i));
  if (http != NULL)
    httpClose (http);
  if (infos == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&infos), (GDestroyNotify) g_ptr_array_unref);
}

/* ── On the main thread ──────────────────────────────────────────────────────────────────────── */

static char *
make_id (const char *queue)
{
  return g_strconcat ("cups:", queue, NULL);
}

static void
take_queue (WbPrinterBackend *self, WbPrinterInfo *info)
{
  WbPrinterInfo *kept = NULL;
  WbDeviceBackend *backend = WB_DEVICE_BACKEND (self);
  g_autofree char *id = make_id (info->queue);
  WbDevice *known = _wb_device_backend_find (backend, id);
  const WbPrinterInfo *before = g_hash_table_lookup (self->queues, info->queue);
  g_autoptr (WbDevice) device = NULL;

  if (before != NULL && before->changed == info->changed)
    wb_printer_info_take_options (info, before);
  kept = wb_printer_info_copy (info);
  /* The server counts seconds: a queue that changed just now may change again within the same one. */
  if (ABS (g_get_real_time () / G_USEC_PER_SEC - info->changed) <= SETTLED_S)
    kept->changed = 0;
  g_hash_table_insert (self->queues, g_strdup (info->queue), kept);
  if (known != NULL && g_str_equal (wb_device_get_name (known), info->title))
    {
      _wb_printer_device_take_info (WB_PRINTER_DEVICE (known), info);
      return;
    }
  device = wb_printer_device_new (id, info->title, self->server, self->ledger);
  _wb_printer_device_take_info (WB_PRINTER_DEVICE (device), info);
  _wb_device_backend_add (backend, device);
}

static gboolean
is_among (GPtrArray *infos, const char *queue)
{
  for (guint i = 0; i < infos->len; i++)
    if (g_str_equal (((WbPrinterInfo *) g_ptr_array_index (infos, i))->queue, queue))
      return TRUE;
  return FALSE;
}

static void
forget_missing (WbPrinterBackend *self, GPtrArray *infos)
{
  g_autoptr (GList) queues = g_hash_table_get_keys (self->queues);

  for (GList *l = queues; l != NULL; l = l->next)
    if (!is_among (infos, l->data))
      {
        g_autofree char *id = make_id (l->data);
        WbDevice *device = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);

        g_hash_table_remove (self->queues, l->data);
        if (device != NULL)
          _wb_device_backend_remove (WB_DEVICE_BACKEND (self), device);
      }
}

static void look_later (WbPrinterBackend *self);

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterBackend) self = WB_PRINTER_BACKEND (g_object_ref (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->is_started)
    return;
  g_clear_object (&self->looking);
  _wb_device_backend_set_trouble (WB_DEVICE_BACKEND (self), error != NULL ? error->message : "");
  if (infos != NULL)
    {
      forget_missing (self, infos);
      for (guint i = 0; i < infos->len; i++)
        take_queue (self, g_ptr_array_index (infos, i));
    }
  look_later (self);
}

static void
forget_timer (WbPrinterBackend *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

void
wb_printer_backend_look (WbPrinterBackend *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look = NULL;
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer info = NULL;

  g_return_if_fail (WB_IS_PRINTER_BACKEND (self));

  if (self->looking != NULL || !self->is_started)
    return;
  forget_timer (self);
  self->looking = g_cancellable_new ();
  look = g_new0 (Look, 1);
  look->server = g_strdup (self->server);
  look->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, &name, &info))
    g_hash_table_insert (look->known, g_strdup (name), g_memdup2 (&((WbPrinterInfo *) info)->changed, sizeof (gint64)));
  task = g_task_new (self, self->looking, looked_cb, NULL);
  g_task_set_source_tag (task, wb_printer_backend_look);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

static gboolean
look_cb (gpointer user_data)
{
  wb_printer_backend_look (user_data);
  return G_SOURCE_REMOVE;
}

static void
look_later (WbPrinterBackend *self)
{
  forget_timer (self);
  self->timer = g_timeout_source_new (LOOK_MS);
  g_source_set_callback (self->timer, look_cb, self, NULL);
  g_source_set_static_name (self->timer, "[waybill] print queues");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* ── Printers without a server ───────────────────────────────────────────────────────────────── */

static void
add_device (WbPrinterBackend *self, const char *address)
{
  g_autofree char *id = g_strconcat ("socket:", address, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Printer at %s"), address);
  g_autoptr (WbDevice) device = wb_printer_device_new (id, name, NULL, self->ledger);

  _wb_device_backend_add (WB_DEVICE_BACKEND (self), device);
}

gboolean
wb_printer_backend_add_address (WbPrinterBackend *self, const char *address, GError **error)
{
  g_autoptr (WbPrinter) printer = NULL;

  g_return_val_if_fail (WB_IS_PRINTER_BACKEND (self) && address != NULL, FALSE);

  printer = wb_printer_socket_new (address, "zpl", self->ledger, error);
  if (printer == NULL)
    return FALSE;
  if (g_hash_table_add (self->addresses, g_strdup (address)) && self->is_started)
    add_device (self, address);
  return TRUE;
}

void
wb_printer_backend_remove_address (WbPrinterBackend *self, const char *address)
{
  g_autofree char *id = NULL;
  WbDevice *device = NULL;

  g_return_if_fail (WB_IS_PRINTER_BACKEND (self) && address != NULL);

  id = g_strconcat ("socket:", address, NULL);
  device = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);
  g_hash_table_remove (self->addresses, address);
  if (device != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), device);
}

/* ── WbDeviceBackend ─────────────────────────────────────────────────────────────────────────── */

static void
wb_printer_backend_start (WbDeviceBackend *backend)
{
  WbPrinterBackend *self = WB_PRINTER_BACKEND (backend);
  GHashTableIter iter;
  gpointer address = NULL;

  self->is_started = TRUE;
  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    add_device (self, address);
  wb_printer_backend_look (self);
}

static void
wb_printer_backend_stop (WbDeviceBackend *backend)
{
  WbPrinterBackend *self = WB_PRINTER_BACKEND (backend);

  self->is_started = FALSE;
  forget_timer (self);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_hash_table_remove_all (self->queues);
}

static void
wb_printer_backend_finalize (GObject *object)
{
  WbPrinterBackend *self = WB_PRINTER_BACKEND (object);

  g_free (self->server);
  g_clear_object (&self->ledger);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->addresses);
  G_OBJECT_CLASS (wb_printer_backend_parent_class)->finalize (object);
}

static void
wb_printer_backend_class_init (WbPrinterBackendClass *class)
{
  WbDeviceBackendClass *backend_class = WB_DEVICE_BACKEND_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_printer_backend_finalize;
  backend_class->start = wb_printer_backend_start;
  backend_class->stop = wb_printer_backend_stop;
}

static void
wb_printer_backend_init (WbPrinterBackend *self)
{
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) wb_printer_info_free);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

WbDeviceBackend *
wb_printer_backend_new (const char *server, WbPrintLedger *ledger)
{
  WbPrinterBackend *self = NULL;

  g_return_val_if_fail (WB_IS_PRINT_LEDGER (ledger), NULL);

  self = g_object_new (WB_TYPE_PRINTER_BACKEND, NULL);
  self->server = g_strdup (server);
  self->ledger = g_object_ref (ledger);
  return WB_DEVICE_BACKEND (self);
}
