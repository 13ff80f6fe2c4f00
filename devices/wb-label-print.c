/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-label-language.h"
#include "devices/wb-device-error.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-label-print.h"

#define PDF "pdf"

GBytes *
wb_label_print_encode (const WbLabel *label, const char *language, guint dpi, const char *media, GError **error)
{
  WbLabelLanguage known = WB_LABEL_ZPL;
  WbLabelMedia roll = { 0 };

  g_return_val_if_fail (label != NULL, NULL);

  if (g_strcmp0 (language, PDF) == 0)
    return wb_label_to_pdf (label, error);
  if (media != NULL && *media != '\0' && !wb_label_media_parse (media, &roll, error))
    return NULL;
  if (wb_label_language_find (language, &known))
    return wb_label_encode (label, known, dpi, roll.width_um > 0 ? &roll : NULL, wb_label_rasterise, NULL, error);
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("labels cannot be written in “%s”; there are zpl, epl, tspl, escpos and pdf"),
               language != NULL ? language : "");
  return NULL;
}

GBytes *
wb_label_print_encode_pages (GPtrArray *labels, const char *language, guint dpi, const char *media, GError **error)
{
  g_autoptr (GByteArray) all = NULL;

  g_return_val_if_fail (labels != NULL && labels->len > 0, NULL);

  if (g_strcmp0 (language, PDF) == 0)
    return wb_label_pages_to_pdf (labels, error);
  all = g_byte_array_new ();
  for (guint i = 0; i < labels->len; i++)
    {
      g_autoptr (GBytes) one = wb_label_print_encode (g_ptr_array_index (labels, i), language, dpi, media, error);
      gsize size = 0;
      const guint8 *data = one != NULL ? g_bytes_get_data (one, &size) : NULL;

      if (one == NULL)
        return NULL;
      g_byte_array_append (all, data, (guint) size);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

WbPrintDocument *
wb_label_print_document (const WbLabel *label, WbPrinter *printer, guint dpi, const char *media, const char *id, GError **error)
{
  g_autoptr (GBytes) data = NULL;

  g_return_val_if_fail (label != NULL && WB_IS_PRINTER (printer) && id != NULL, NULL);

  data = wb_label_print_encode (label, wb_printer_get_language (printer), dpi, media, error);
  return data != NULL ? wb_print_document_new (id, label->name, wb_printer_get_content_type (printer), data) : NULL;
}

WbLabel *
wb_label_print_test (WbLabelTemplates *templates, WbPrinter *printer, guint dpi, const char *station, GDateTime *now,
                     GError **error)
{
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autofree char *date = NULL;
  g_autofree char *code = NULL;
  const char *language = NULL;
  WbLabelLanguage known = WB_LABEL_ZPL;

  g_return_val_if_fail (templates != NULL && WB_IS_PRINTER (printer) && now != NULL, NULL);

  language = wb_printer_get_language (printer);
  date = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  code = g_date_time_format (now, "WT%H%M");
  wb_label_values_set (values, "printer", wb_printer_get_name (printer));
  wb_label_values_set (values, "station", station);
  wb_label_values_set (values, "language", wb_label_language_find (language, &known) ? wb_label_language_get_title (known) : "PDF");
  wb_label_values_set_number (values, "dpi", dpi);
  wb_label_values_set (values, "date", date);
  wb_label_values_set (values, "code", code);
  return wb_label_template_layout (wb_label_templates_find (templates, "test"), values, error);
}
