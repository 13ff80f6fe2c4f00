/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-info.h"

#define PORT_SOCKET 9100
#define PORT_LPD 515

/**
 * wb_printer_info_new:
 *
 * Returns: (transfer full): one of which nothing is known but its name
 */
WbPrinterInfo *
wb_printer_info_new (const char *queue)
{
  WbPrinterInfo *self = g_new0 (WbPrinterInfo, 1);

  self->queue = g_strdup (queue);
  self->title = g_strdup (queue);
  self->words = "";
  self->message = g_strdup ("");
  return self;
}

WbPrinterInfo *
wb_printer_info_copy (const WbPrinterInfo *self)
{
  WbPrinterInfo *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WbPrinterInfo, 1);
  *copy = *self;
  copy->queue = g_strdup (self->queue);
  copy->title = g_strdup (self->title);
  copy->location = g_strdup (self->location);
  copy->model = g_strdup (self->model);
  copy->uri = g_strdup (self->uri);
  copy->message = g_strdup (self->message);
  copy->trays = NULL;
  copy->media = NULL;
  copy->media_default = NULL;
  copy->resolutions = NULL;
  wb_printer_info_take_options (copy, self);
  return copy;
}

void
wb_printer_info_free (WbPrinterInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->queue);
  g_free (self->title);
  g_free (self->location);
  g_free (self->model);
  g_free (self->uri);
  g_free (self->message);
  g_strfreev (self->trays);
  g_strfreev (self->media);
  g_free (self->media_default);
  g_clear_pointer (&self->resolutions, g_array_unref);
  g_free (self);
}

void
wb_printer_info_take_options (WbPrinterInfo *self, const WbPrinterInfo *other)
{
  g_return_if_fail (self != NULL && other != NULL && self != other);

  g_strfreev (self->trays);
  g_strfreev (self->media);
  g_free (self->media_default);
  g_clear_pointer (&self->resolutions, g_array_unref);
  self->trays = g_strdupv (other->trays);
  self->media = g_strdupv (other->media);
  self->media_default = g_strdup (other->media_default);
  self->resolutions = other->resolutions != NULL ? g_array_copy (other->resolutions) : NULL;
  self->dpi = other->dpi;
}

gboolean
wb_printer_info_get_socket (const WbPrinterInfo *self, char **host, guint16 *port)
{
  g_autoptr (GUri) uri = NULL;
  int usual = 0;

  g_return_val_if_fail (self != NULL && host != NULL && port != NULL, FALSE);

  uri = self->uri != NULL ? g_uri_parse (self->uri, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "socket"))
    usual = PORT_SOCKET;
  else if (g_str_equal (g_uri_get_scheme (uri), "lpd"))
    usual = PORT_LPD;
  else
    return FALSE;
  *host = g_strdup (g_uri_get_host (uri));
  *port = (guint16) (g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : usual);
  return TRUE;
}

char *
wb_printer_info_describe (const WbPrinterInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return *self->words != '\0' ? g_strdup_printf ("%s %s", self->title, _ (self->words)) : g_strdup ("");
}
