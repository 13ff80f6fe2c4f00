/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-found-printer-private.h"
#include "devices/wb-printer-finder.h"

#define AVAHI "org.freedesktop.Avahi"
#define BROWSER AVAHI ".ServiceBrowser"
#define SERVER AVAHI ".Server"

/* As Avahi counts. */
#define ANY_INTERFACE (-1)
#define PROTOCOL_INET 0

/* Nobody has so many; whoever announces more only wants our memory. */
#define PRINTERS_MAX 200

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
    if (_wb_found_printer_is_called (g_ptr_array_index (self->all, i), name))
      return g_ptr_array_index (self->all, i);
  return NULL;
}

/* What is known of it is different: it is in the list while somebody knows where it is. */
static void
show (WbPrinterFinder *self, WbFoundPrinter *printer)
{
  guint position = 0;
  gboolean shown = g_ptr_array_find (self->known, printer, &position);
  gboolean wanted = _wb_found_printer_is_known (printer);

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

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) record = NULL;
  const char *name = NULL;
  const char *type = NULL;
  const char *address = NULL;
  guint16 port = 0;
  WbFoundPrinter *printer = NULL;

  if (answer == NULL)
    {
      g_debug ("a printer that was announced is nowhere: %s", error->message);
      return;
    }
  g_variant_get (answer, "(ii&s&s&s&si&sq@aayu)", NULL, NULL, &name, &type, NULL, NULL, NULL, &address, &port, &record, NULL);
  printer = find_printer (self, name);
  /* gone meanwhile, or nowhere */
  if (printer == NULL || !_wb_found_printer_resolve (printer, type, address, port, record))
    return;
  show (self, printer);
}

static void
take_new (WbPrinterFinder *self, int interface, const char *name, const char *type, const char *domain)
{
  WbFoundPrinter *printer = find_printer (self, name);

  if (!_wb_found_printer_may_speak (type) || (printer == NULL && self->all->len >= PRINTERS_MAX))
    return;
  if (printer == NULL)
    {
      printer = _wb_found_printer_new (name);
      g_ptr_array_add (self->all, printer);
    }
  _wb_found_printer_announce (printer, type);
  g_dbus_connection_call (self->bus, AVAHI, "/", SERVER, "ResolveService",
                          g_variant_new ("(iisssiu)", interface, PROTOCOL_INET, name, type, domain, PROTOCOL_INET, 0),
                          G_VARIANT_TYPE ("(iissssisqaayu)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, resolved_cb, g_object_ref (self));
}

static void
take_removed (WbPrinterFinder *self, const char *name, const char *type)
{
  WbFoundPrinter *printer = find_printer (self, name);

  if (printer == NULL || !_wb_found_printer_may_speak (type))
    return;
  _wb_found_printer_retract (printer, type);
  show (self, printer);
  if (!_wb_found_printer_is_announced (printer))
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
  for (guint i = 0; _wb_found_printer_get_service_type (i) != NULL; i++)
    g_dbus_connection_call (bus, AVAHI, "/", SERVER, "ServiceBrowserNew",
                            g_variant_new ("(iissu)", ANY_INTERFACE, PROTOCOL_INET, _wb_found_printer_get_service_type (i), "", 0), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, NULL, NULL);
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
