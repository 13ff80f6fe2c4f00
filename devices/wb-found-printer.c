/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/wb-clean.h"
#include "devices/wb-device-error.h"
#include "devices/wb-dns-sd.h"
#include "devices/wb-found-printer-private.h"

#define QUEUE_MAX 100
#define TITLE_MAX 80

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

/* ── What is heard of it ─────────────────────────────────────────────────────────────────────── */

static guint
find_kind (const char *type)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (g_str_equal (kinds[i].type, type))
      return i;
  return N_KINDS;
}

const char *
_wb_found_printer_get_service_type (guint i)
{
  return i < N_KINDS ? kinds[i].type : NULL;
}

gboolean
_wb_found_printer_may_speak (const char *type)
{
  return find_kind (type) < N_KINDS;
}

WbFoundPrinter *
_wb_found_printer_new (const char *name)
{
  WbFoundPrinter *self = g_object_new (WB_TYPE_FOUND_PRINTER, NULL);

  self->name = g_strdup (name);
  self->title = wb_clean_line (name, -1, TITLE_MAX);
  return self;
}

gboolean
_wb_found_printer_is_called (WbFoundPrinter *self, const char *name)
{
  return g_str_equal (self->name, name);
}

void
_wb_found_printer_announce (WbFoundPrinter *self, const char *type)
{
  guint kind = find_kind (type);

  if (kind < N_KINDS)
    self->services[kind].is_announced = TRUE;
}

void
_wb_found_printer_retract (WbFoundPrinter *self, const char *type)
{
  guint kind = find_kind (type);

  if (kind == N_KINDS)
    return;
  service_clear (&self->services[kind]);
  self->services[kind].is_announced = FALSE;
}

gboolean
_wb_found_printer_is_announced (WbFoundPrinter *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->services[i].is_announced)
      return TRUE;
  return FALSE;
}

gboolean
_wb_found_printer_resolve (WbFoundPrinter *self, const char *type, const char *address, guint16 port, GVariant *record)
{
  guint kind = find_kind (type);
  g_autofree char *resource = NULL;

  if (kind == N_KINDS || !self->services[kind].is_announced || port == 0 || !g_hostname_is_ip_address (address))
    return FALSE;
  service_clear (&self->services[kind]);
  self->services[kind].host = g_strdup (address);
  self->services[kind].port = port;
  resource = wb_dns_sd_dup_value (record, "rp");
  if (resource != NULL && wb_dns_sd_is_path (resource) && kind != KIND_SOCKET)
    self->services[kind].resource = g_steal_pointer (&resource);
  if (self->model == NULL)
    self->model = wb_dns_sd_dup_value (record, "ty");
  return TRUE;
}

gboolean
_wb_found_printer_is_known (WbFoundPrinter *self)
{
  return find_best (self) < N_KINDS;
}

/* ── What it is ──────────────────────────────────────────────────────────────────────────────── */

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
