/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printers that tell of themselves on the network, as Avahi tells of them: on a bus of their own, where Avahi is played here. */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "devices/wb-printer-finder.h"
#include "tests/wb-test.h"

#define AVAHI "org.freedesktop.Avahi"
#define SERVER AVAHI ".Server"
#define BROWSER AVAHI ".ServiceBrowser"

/* What somebody on the network says of himself. */
typedef struct
{
  const char *name;
  const char *type;
  const char *address;
  guint16 port;
  const char *record[4];
} Service;

static const Service services[] = {
  { "Zebra at packing", "_pdl-datastream._tcp", "192.0.2.7", 9100, { "ty=ZD421", NULL } },
  { "Office", "_ipp._tcp", "192.0.2.8", 631, { "txtvers=1", "rp=ipp/print", "ty=HP LaserJet", NULL } },
  { "Office", "_printer._tcp", "192.0.2.8", 515, { "rp=lpr", NULL } },
  /* no address, no port, and a path that is none */
  { "By its name", "_ipp._tcp", "printer.example", 631, { NULL } },
  { "Nowhere", "_ipp._tcp", "192.0.2.9", 0, { NULL } },
  { "Odd", "_ipp._tcp", "192.0.2.10", 631, { "rp=ipp/print; rm -rf /", "ty=", NULL } },
  { "Line\nby \x1b[2J line", "_ipp._tcp", "192.0.2.11", 631, { "TY=Some\tmodel\r", "ty=second", NULL } },
};

static GTestDBus *own_bus = NULL;

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (own_bus), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
    NULL, &error);

  g_assert_no_error (error);
  return bus;
}

/* ── Avahi ───────────────────────────────────────────────────────────────────────────────────── */

static void
tell (GDBusConnection *bus, const char *what, const Service *service)
{
  g_autofree char *path = g_strdup_printf ("/Client0/ServiceBrowser%u", service->port);
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (bus, NULL, path, BROWSER, what,
                                 g_variant_new ("(iisssu)", 2, 0, service->name, service->type, "local", 4), &error);
  g_assert_no_error (error);
}

static GVariant *
make_record (const Service *service)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aay"));

  for (guint i = 0; service->record[i] != NULL; i++)
    g_variant_builder_add_value (&builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, service->record[i], strlen (service->record[i]), 1));
  return g_variant_builder_end (&builder);
}

static void
called_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method, GVariant *arguments,
           GDBusMethodInvocation *invocation, gpointer user_data)
{
  const char *name = NULL;
  const char *type = NULL;

  if (g_str_equal (method, "ServiceBrowserNew"))
    {
      g_variant_get (arguments, "(ii&s&su)", NULL, NULL, &type, NULL, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (services); i++)
        if (g_str_equal (services[i].type, type))
          tell (bus, "ItemNew", &services[i]);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/Client0/ServiceBrowser1"));
      return;
    }
  g_variant_get (arguments, "(ii&s&s&siu)", NULL, NULL, &name, &type, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].name, name) && g_str_equal (services[i].type, type))
      {
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(iissssisq@aayu)", 2, 0, name, type, "local", "host.local", 0,
                                                                          services[i].address, services[i].port, make_record (&services[i]), 4));
        return;
      }
  if (g_str_has_prefix (name, "Flood "))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(iissssisq@aayu)", 2, 0, name, type, "local", "host.local", 0,
                                                                        "192.0.2.20", 9100, g_variant_new ("aay", NULL), 4));
      return;
    }
  g_dbus_method_invocation_return_dbus_error (invocation, AVAHI ".TimeoutError", "Timeout reached");
}

static guint
start_avahi (GDBusConnection *bus)
{
  static const char description[] =
    "<node><interface name='" SERVER "'>"
    "<method name='ServiceBrowserNew'><arg type='i' direction='in'/><arg type='i' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='o' direction='out'/></method>"
    "<method name='ResolveService'><arg type='i' direction='in'/><arg type='i' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='i' direction='out'/><arg type='i' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='i' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='q' direction='out'/><arg type='aay' direction='out'/><arg type='u' direction='out'/></method>"
    "</interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GError) error = NULL;

  node = g_dbus_node_info_new_for_xml (description, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_dbus_connection_register_object (bus, "/", node->interfaces[0], &vtable, NULL, NULL, &error), !=, 0);
  g_assert_no_error (error);
  return g_bus_own_name_on_connection (bus, AVAHI, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

/* ── What the finder makes of it ─────────────────────────────────────────────────────────────── */

static WbFoundPrinter *
find (WbPrinterFinder *finder, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (finder)); i++)
    {
      g_autoptr (WbFoundPrinter) printer = g_list_model_get_item (G_LIST_MODEL (finder), i);

      if (g_str_equal (wb_found_printer_get_name (printer), name))
        return printer;
    }
  return NULL;
}

static gboolean
is_reached_by (WbPrinterFinder *finder, const char *name, const char *part)
{
  WbFoundPrinter *printer = find (finder, name);
  g_autofree char *uri = printer != NULL ? wb_found_printer_dup_uri (printer) : NULL;

  return uri != NULL && strstr (uri, part) != NULL;
}

static void
assert_reached (WbPrinterFinder *finder, const char *name, const char *uri, const char *socket, const char *model)
{
  WbFoundPrinter *printer = find (finder, name);
  g_autofree char *its_uri = NULL;
  g_autofree char *its_socket = NULL;

  g_assert_nonnull (printer);
  its_uri = wb_found_printer_dup_uri (printer);
  its_socket = wb_found_printer_dup_socket (printer);
  g_assert_cmpstr (its_uri, ==, uri);
  g_assert_cmpstr (its_socket, ==, socket);
  g_assert_cmpstr (wb_found_printer_get_model (printer), ==, model);
}

static void
test_found (void)
{
  g_autoptr (GDBusConnection) theirs = connect_to_bus ();
  g_autoptr (GDBusConnection) ours = connect_to_bus ();
  WbPrinterFinder *finder = wb_printer_finder_new (ours);
  guint name = 0;

  wb_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (finder)), ==, 0);
  name = start_avahi (theirs);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (finder)) == 4 && G_OBJECT (finder)->ref_count == 1);
  assert_reached (finder, "Zebra at packing", "socket://192.0.2.7:9100", "192.0.2.7:9100", "ZD421");
  assert_reached (finder, "Office", "ipp://192.0.2.8:631/ipp/print", NULL, "HP LaserJet");
  g_assert_cmpstr (wb_found_printer_get_host (find (finder, "Odd")), ==, "192.0.2.10");
  g_assert_false (is_reached_by (finder, "Odd", ";"));
  g_assert_null (wb_found_printer_get_model (find (finder, "Odd")));
  assert_reached (finder, "Line by  [2J line", "ipp://192.0.2.11:631/ipp/print", NULL, "Some model");
  /* what is left of it is what it still speaks */
  tell (theirs, "ItemRemove", &services[1]);
  wb_test_wait_until (is_reached_by (finder, "Office", "lpd://"));
  tell (theirs, "ItemRemove", &services[2]);
  tell (theirs, "ItemRemove", &services[0]);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (finder)) == 2);
  tell (theirs, "ItemNew", &services[0]);
  wb_test_wait_until (find (finder, "Zebra at packing") != NULL);
  g_bus_unown_name (name);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (finder)) == 0);
  wb_test_wait_until (G_OBJECT (finder)->ref_count == 1);
  wb_test_assert_finalized (&finder);
}

static void
tell_many (GDBusConnection *bus, const char *what, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Flood %u", i);
      const Service service = { name, "_pdl-datastream._tcp", NULL, 1, { NULL } };

      tell (bus, what, &service);
    }
}

/* Somebody announces names without end: what is kept has an end, and what has gone takes no room. */
static void
test_flood (void)
{
  g_autoptr (GDBusConnection) theirs = connect_to_bus ();
  g_autoptr (GDBusConnection) ours = connect_to_bus ();
  WbPrinterFinder *finder = wb_printer_finder_new (ours);
  guint name = start_avahi (theirs);

  wb_test_wait_until (find (finder, "Zebra at packing") != NULL);
  tell_many (theirs, "ItemNew", 500);
  /* what comes behind them has been heard after them */
  tell (theirs, "ItemRemove", &services[0]);
  wb_test_wait_until (find (finder, "Zebra at packing") == NULL && G_OBJECT (finder)->ref_count == 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (finder)), >, 100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (finder)), <=, 200);
  tell_many (theirs, "ItemRemove", 500);
  tell (theirs, "ItemNew", &services[0]);
  wb_test_wait_until (find (finder, "Zebra at packing") != NULL);
  g_assert_null (find (finder, "Flood 0"));
  g_bus_unown_name (name);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (finder)) == 0 && G_OBJECT (finder)->ref_count == 1);
  wb_test_assert_finalized (&finder);
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  own_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (own_bus);

  g_test_add_func ("/finder/found", test_found);
  g_test_add_func ("/finder/flood", test_flood);
  status = g_test_run ();
  g_test_dbus_stop (own_bus);
  g_object_unref (own_bus);
  return status;
}
