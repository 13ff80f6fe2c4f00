/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/wb-clean.h"
#include "devices/wb-device-error.h"
#include "devices/wb-dns-sd.h"
#include "devices/wb-printer-finder.h"

#define AVAHI "org.freedesktop.Avahi"
#define BROWSER AVAHI ".ServiceBrowser"
#define SERVER AVAHI ".Server"

/* As Avahi counts. */
#define ANY_INTERFACE (-1)
#define PROTOCOL_INET 0

#define QUEUE_MAX 100
#define TITLE_MAX 80

/* Nobody has so many; whoever announces more only wants our memory. */
#define PRINTERS_MAX 200

/* What a printer may speak: the best comes first. */
static const struct
{
  const char *type;
  const char *scheme;
  const char *resource; /* when it does not say */
} kinds[] = {
  { "_ipp._tcp", "ipp", "ipp/print" },
  { "_ipps._tcp", "ipps", "ipp/print" },
  { "_pdl-datastream._tcp", "socket", NULL },
  { "_printer._tcp", "lpd", "auto" },
};

#define N_KINDS G_N_ELEMENTS (kinds)
#define KIND_SOCKET 2

typedef struct
{
  gboolean is_announced;
  char *host; /* (nullable): it does not speak that, or nobody knows yet where */
  guint16 port;
  char *resource;
} Service;

struct _WbFoundPrinter
{
  GObject parent_instance;

  char *name;  /* as it is asked for */
  char *title; /* as it is shown */
  char *model;
  Service services[N_KINDS];
};

G_DEFINE_FINAL_TYPE (WbFoundPrinter, wb_found_printer, G_TYPE_OBJECT)

static void
service_clear (Service *service)
{
  g_clear_pointer (&service->host, g_free);
  g_clear_pointer (&service->resource, g_free);
}

static void
wb_found_printer_finalize (GObject *object)
{
  WbFoundPrinter *self = WB_FOUND_PRINTER (object);

  for (guint i = 0; i < N_KINDS; i++)
    service_clear (&self->services[i]);
  g_free (self->name);
  g_free (self->title);
  g_free (self->model);
  G_OBJECT_CLASS (wb_found_printer_parent_class)->finalize (object);
}

static void
wb_found_printer_class_init (WbFoundPrinterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_found_printer_finalize;
}

static void
wb_found_printer_init (WbFoundPrinter *self)
{
}

static guint
find_best (WbFoundPrinter *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->services[i].host != NULL)
      return i;
  return N_KINDS;
}

const char *
wb_found_printer_get_name (WbFoundPrinter *self)
{
  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  return self->title;
}

const char *
wb_found_printer_get_model (WbFoundPrinter *self)
{
  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  return self->model;
}

const char *
wb_found_printer_get_host (WbFoundPrinter *self)
{
  guint best = 0;

  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  best = find_best (self);
  return best < N_KINDS ? self->services[best].host : "";
}

char *
wb_found_printer_dup_uri (WbFoundPrinter *self)
{
  guint best = 0;
  const Service *service = NULL;

  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  best = find_best (self);
  if (best == N_KINDS)
    return g_strdup ("");
  service = &self->services[best];
  if (service->resource == NULL && kinds[best].resource == NULL)
    return g_strdup_printf ("%s://%s:%u", kinds[best].scheme, service->host, service->port);
  return g_strdup_printf ("%s://%s:%u/%s", kinds[best].scheme, service->host, service->port,
                          service->resource != NULL ? service->resource : kinds[best].resource);
}

char *
wb_found_printer_dup_socket (WbFoundPrinter *self)
{
  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  if (find_best (self) != KIND_SOCKET)
    return NULL;
  return g_strdup_printf ("%s:%u", self->services[KIND_SOCKET].host, self->services[KIND_SOCKET].port);
}

char *
wb_found_printer_dup_queue_name (WbFoundPrinter *self)
{
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  ascii = g_str_to_ascii (self->name, "C");
  g_strcanon (ascii, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '_');
  return g_strndup (ascii, QUEUE_MAX);
}

/* What speaks IPP says itself what it can do. */
static const char *
choose_driver (const char *uri)
{
  return g_str_has_prefix (uri, "ipp") ? "everywhere" : "raw";
}

char *
wb_found_printer_dup_command (WbFoundPrinter *self)
{
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (WB_IS_FOUND_PRINTER (self), NULL);

  name = wb_found_printer_dup_queue_name (self);
  uri = wb_found_printer_dup_uri (self);
  return g_strdup_printf ("lpadmin -p %s -E -v %s -m %s", name, uri, choose_driver (uri));
}

/* ── A queue for it ──────────────────────────────────────────────────────────────────────────── */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbFoundPrinter *self = g_task_get_source_object (task);
  g_autofree char *said = NULL;
  g_autofree char *command = wb_found_printer_dup_command (self);
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &said, &error))
    g_task_return_error (task, error);
  else if (g_subprocess_get_if_exited (G_SUBPROCESS (source)) && g_subprocess_get_exit_status (G_SUBPROCESS (source)) == 0)
    g_task_return_boolean (task, TRUE);
  else if (said != NULL && (strstr (said, "Forbidden") != NULL || strstr (said, "Unauthorized") != NULL || strstr (said, "ot authorized") != NULL))
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                             _ ("you may not set up printers on this computer: be made a member of the group lpadmin, or have an administrator run: %s"),
                             command);
  else
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                             _ ("the print server does not take it (%s); an administrator can run: %s"),
                             said != NULL ? g_strchomp (said) : "", command);
}

/* Between fork and exec. */
static void
leave_terminal (gpointer user_data)
{
  setsid ();
}

void
wb_found_printer_add_queue_async (WbFoundPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_return_if_fail (WB_IS_FOUND_PRINTER (self));

  g_task_set_source_tag (task, wb_found_printer_add_queue_async);
  name = wb_found_printer_dup_queue_name (self);
  uri = wb_found_printer_dup_uri (self);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* its words are looked at; and a terminal that the program was started from is not asked for a password */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, leave_terminal, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &error, "lpadmin", "-p", name, "-E", "-v", uri, "-m",
                                         choose_driver (uri), "-D", self->name, NULL);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_subprocess_communicate_utf8_async (process, NULL, cancellable, added_cb, g_steal_pointer (&task));
}

gboolean
wb_found_printer_add_queue_finish (WbFoundPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ── Listening ───────────────────────────────────────────────────────────────────────────────── */

struct _WbPrinterFinder
{
  GObject parent_instance;

  guint watch;
  guint subscription;

  /* Owned references */
  GPtrArray *all;   /* WbFoundPrinter, also those of which nobody knows where they are */
  GPtrArray *known; /* WbFoundPrinter: the list */
  GDBusConnection *bus;
  GCancellable *cancellable;
};

static void wb_printer_finder_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrinterFinder, wb_printer_finder, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_printer_finder_list_model_init))

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_FOUND_PRINTER;
}

static guint
get_n_items (GListModel *model)
{
  return WB_PRINTER_FINDER (model)->known->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbPrinterFinder *self = WB_PRINTER_FINDER (model);

  return position < self->known->len ? g_object_ref (g_ptr_array_index (self->known, position)) : NULL;
}

static void
wb_printer_finder_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static WbFoundPrinter *
find_printer (WbPrinterFinder *self, const char *name)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (((WbFoundPrinter *) g_ptr_array_index (self->all, i))->name, name))
      return g_ptr_array_index (self->all, i);
  return NULL;
}

/* What is known of it is different: it is in the list while somebody knows where it is. */
static void
show (WbPrinterFinder *self, WbFoundPrinter *printer)
{
  guint position = 0;
  gboolean shown = g_ptr_array_find (self->known, printer, &position);
  gboolean wanted = find_best (printer) < N_KINDS;

  if (shown && wanted)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
  else if (wanted)
    {
      g_ptr_array_add (self->known, g_object_ref (printer));
      g_list_model_items_changed (G_LIST_MODEL (self), self->known->len - 1, 0, 1);
    }
  else if (shown)
    {
      g_ptr_array_remove_index (self->known, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
}

static guint
find_kind (const char *type)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (g_str_equal (kinds[i].type, type))
      return i;
  return N_KINDS;
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) record = NULL;
  g_autofree char *resource = NULL;
  const char *name = NULL;
  const char *type = NULL;
  const char *address = NULL;
  guint16 port = 0;
  guint kind = 0;
  WbFoundPrinter *printer = NULL;

  if (answer == NULL)
    {
      g_debug ("a printer that was announced is nowhere: %s", error->message);
      return;
    }
  g_variant_get (answer, "(ii&s&s&s&si&sq@aayu)", NULL, NULL, &name, &type, NULL, NULL, NULL, &address, &port, &record, NULL);
  kind = find_kind (type);
  printer = find_printer (self, name);
  /* gone meanwhile */
  if (printer == NULL || kind == N_KINDS || !printer->services[kind].is_announced || port == 0 || !g_hostname_is_ip_address (address))
    return;
  service_clear (&printer->services[kind]);
  printer->services[kind].host = g_strdup (address);
  printer->services[kind].port = port;
  resource = wb_dns_sd_dup_value (record, "rp");
  if (resource != NULL && wb_dns_sd_is_path (resource) && kind != KIND_SOCKET)
    printer->services[kind].resource = g_steal_pointer (&resource);
  if (printer->model == NULL)
    printer->model = wb_dns_sd_dup_value (record, "ty");
  show (self, printer);
}

static void
take_new (WbPrinterFinder *self, int interface, const char *name, const char *type, const char *domain)
{
  WbFoundPrinter *printer = find_printer (self, name);
  guint kind = find_kind (type);

  if (kind == N_KINDS || (printer == NULL && self->all->len >= PRINTERS_MAX))
    return;
  if (printer == NULL)
    {
      printer = g_object_new (WB_TYPE_FOUND_PRINTER, NULL);
      printer->name = g_strdup (name);
      printer->title = wb_clean_line (name, -1, TITLE_MAX);
      g_ptr_array_add (self->all, printer);
    }
  printer->services[kind].is_announced = TRUE;
  g_dbus_connection_call (self->bus, AVAHI, "/", SERVER, "ResolveService",
                          g_variant_new ("(iisssiu)", interface, PROTOCOL_INET, name, type, domain, PROTOCOL_INET, 0),
                          G_VARIANT_TYPE ("(iissssisqaayu)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, resolved_cb, g_object_ref (self));
}

static void
take_removed (WbPrinterFinder *self, const char *name, const char *type)
{
  WbFoundPrinter *printer = find_printer (self, name);
  guint kind = find_kind (type);

  if (printer == NULL || kind == N_KINDS)
    return;
  service_clear (&printer->services[kind]);
  printer->services[kind].is_announced = FALSE;
  show (self, printer);
  for (guint i = 0; i < N_KINDS; i++)
    if (printer->services[i].is_announced)
      return;
  g_ptr_array_remove (self->all, printer);
}

static void
signal_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *member, GVariant *parameters,
           gpointer user_data)
{
  const char *name = NULL;
  const char *type = NULL;
  const char *domain = NULL;
  int where = 0;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(iisssu)")))
    return;
  g_variant_get (parameters, "(ii&s&s&su)", &where, NULL, &name, &type, &domain, NULL);
  if (g_str_equal (member, "ItemNew"))
    take_new (user_data, where, name, type, domain);
  else if (g_str_equal (member, "ItemRemove"))
    take_removed (user_data, name, type);
}

/* Listening comes before asking: what is known already is told at once. */
static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  WbPrinterFinder *self = user_data;

  g_set_object (&self->bus, bus);
  self->subscription = g_dbus_connection_signal_subscribe (bus, owner, BROWSER, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, self,
                                                           NULL);
  for (guint i = 0; i < N_KINDS; i++)
    g_dbus_connection_call (bus, AVAHI, "/", SERVER, "ServiceBrowserNew",
                            g_variant_new ("(iissu)", ANY_INTERFACE, PROTOCOL_INET, kinds[i].type, "", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                            self->cancellable, NULL, NULL);
}

static void
stop (WbPrinterFinder *self)
{
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->bus);
}

/* Nobody tells any more what goes. */
static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  WbPrinterFinder *self = user_data;
  guint n = self->known->len;

  stop (self);
  g_ptr_array_set_size (self->known, 0);
  g_ptr_array_set_size (self->all, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_printer_finder_dispose (GObject *object)
{
  WbPrinterFinder *self = WB_PRINTER_FINDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  stop (self);
  G_OBJECT_CLASS (wb_printer_finder_parent_class)->dispose (object);
}

static void
wb_printer_finder_finalize (GObject *object)
{
  WbPrinterFinder *self = WB_PRINTER_FINDER (object);

  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->known);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_printer_finder_parent_class)->finalize (object);
}

static void
wb_printer_finder_class_init (WbPrinterFinderClass *class)
{
  G_OBJECT_CLASS (class)->dispose = wb_printer_finder_dispose;
  G_OBJECT_CLASS (class)->finalize = wb_printer_finder_finalize;
}

static void
wb_printer_finder_init (WbPrinterFinder *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

WbPrinterFinder *
wb_printer_finder_new (GDBusConnection *bus)
{
  WbPrinterFinder *self = g_object_new (WB_TYPE_PRINTER_FINDER, NULL);

  if (bus != NULL)
    self->watch = g_bus_watch_name_on_connection (bus, AVAHI, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, vanished_cb, self, NULL);
  else
    self->watch = g_bus_watch_name (G_BUS_TYPE_SYSTEM, AVAHI, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, vanished_cb, self, NULL);
  return self;
}
