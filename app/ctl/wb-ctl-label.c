/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl label list, check, draw: for whoever writes a template, and for labels that no program prints by itself. */
#define G_LOG_DOMAIN "wb-ctl"

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/ctl/wb-ctl.h"
#include "core/wb-label-templates.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-label-print.h"

#define DEFAULT_DPI 203
#define PNG "png"

/* Where a template is from, as people say it: its file, or that it comes with the program. */
static const char *
say_file (const WbLabelTemplate *template)
{
  const char *file = wb_label_template_get_file (template);

  return g_path_is_absolute (file) ? file : _ ("built in");
}

static void
list_json (WbLabelTemplates *templates, GPtrArray *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const WbLabelTemplate *template = wb_label_templates_find (templates, name);
      guint width_um = 0;
      guint height_um = 0;

      wb_label_template_get_size (template, &width_um, &height_um);
      json_builder_begin_object (builder);
      wb_ctl_add_text (builder, "name", name);
      wb_ctl_add_text (builder, "document", wb_label_template_get_document (template)->name);
      wb_ctl_add_text (builder, "title", wb_label_template_get_title (template));
      wb_ctl_add_text (builder, "file", wb_label_template_get_file (template));
      wb_ctl_add_number (builder, "width_um", width_um);
      wb_ctl_add_number (builder, "height_um", height_um);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  wb_ctl_print_json (builder);
}

/* Files that were passed over are told of, and make it a failure. */
static int
tell_problems (WbLabelTemplates *templates)
{
  const char *const *problems = wb_label_templates_get_problems (templates);

  for (guint i = 0; problems[i] != NULL; i++)
    g_printerr ("%s\n", problems[i]);
  return problems[0] != NULL ? WB_CTL_FAILED : WB_CTL_OK;
}

static int
list_labels (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (WbLabelTemplates) templates = NULL;
  g_autoptr (GPtrArray) names = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  templates = wb_label_templates_new (NULL);
  names = wb_label_templates_list (templates, NULL);
  if (ctl->json)
    list_json (templates, names);
  for (guint i = 0; i < names->len && !ctl->json; i++)
    {
      const WbLabelTemplate *template = wb_label_templates_find (templates, g_ptr_array_index (names, i));

      g_print ("%-16s %-10s %s (%s)\n", (const char *) g_ptr_array_index (names, i),
               wb_label_template_get_document (template)->name, wb_label_template_get_title (template), say_file (template));
    }
  return tell_problems (templates);
}

/* A file that somebody is writing: what it says, before it is put where it counts. Its pictures are not looked for. */
static WbLabelTemplate *
read_file (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  return wb_label_template_parse (data, length, path, NULL, NULL, error);
}

static int
check_labels (WbCtl *ctl, int argc, char **argv)
{
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, -1, &argc, &argv, &status))
    return status;
  if (argc == 1)
    {
      g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);

      return tell_problems (templates);
    }
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbLabelTemplate) template = read_file (argv[i], &error);

      if (template == NULL)
        {
          g_printerr ("%s\n", error->message);
          status = WB_CTL_FAILED;
        }
    }
  return status;
}

/* "field=value" for each; the rest are samples, unless there is one, then nothing. */
static gboolean
fill_in (const WbLabelDocument *document, char **settings, WbLabelValues *values, GError **error)
{
  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (settings[i], "=", 2);
      const WbLabelField *field = words[0] != NULL ? wb_label_document_find_field (document, words[0]) : NULL;

      if (field == NULL || words[1] == NULL || field->type == WB_LABEL_FIELD_ROWS)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no field of a %s label with its value: write FIELD=VALUE"),
                       settings[i], document->name);
          return FALSE;
        }
      wb_label_values_set (values, words[0], words[1]);
    }
  return TRUE;
}

static gboolean
write_out (const char *path, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (path != NULL && strcmp (path, "-") != 0)
    return g_file_set_contents (path, data, (gssize) size, error);
  if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), _ ("cannot write the label: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean
draw (const WbLabelTemplate *template, char **settings, const char *language, guint dpi, const char *media, const char *path, GError **error)
{
  const WbLabelDocument *document = wb_label_template_get_document (template);
  g_autoptr (WbLabelValues) values = settings != NULL ? wb_label_values_new () : wb_label_document_sample (document);
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!fill_in (document, settings, values, error))
    return FALSE;
  label = wb_label_template_layout (template, values, error);
  if (label == NULL)
    return FALSE;
  bytes = strcmp (language, PNG) == 0 ? wb_label_to_png (label, dpi, error) : wb_label_print_encode (label, language, dpi, media, error);
  return bytes != NULL && write_out (path, bytes, error);
}

static int
draw_label (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (WbLabelTemplates) templates = NULL;
  g_autoptr (WbLabelTemplate) own = NULL;
  g_autofree char *path = NULL;
  g_autofree char *language = NULL;
  g_autofree char *media = NULL;
  g_auto (GStrv) settings = NULL;
  const WbLabelTemplate *template = NULL;
  int dpi = DEFAULT_DPI;
  const GOptionEntry entries[] = {
    { "as", 'a', 0, G_OPTION_ARG_STRING, &language, N_ ("png, pdf, zpl, epl, tspl or escpos (default: pdf)"), N_ ("LANGUAGE") },
    { "dpi", 'd', 0, G_OPTION_ARG_INT, &dpi, N_ ("Dots an inch (default: 203)"), N_ ("DPI") },
    { "media", 'm', 0, G_OPTION_ARG_STRING, &media, N_ ("What lies in the printer: “gap 101.6x152.4 3”, “mark 100x50 4”, “continuous 80”, in millimetres"),
      N_ ("ROLL") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_ ("Write it to FILE (default: standard output)"), N_ ("FILE") },
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &settings, N_ ("What a field says; with none of them, samples"), N_ ("FIELD=VALUE") },
    { 0 },
  };
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (dpi < 100 || dpi > 1200)
    return wb_ctl_misuse (ctl, _ ("a printer has from 100 to 1200 dots an inch"));
  templates = wb_label_templates_new (NULL);
  template = wb_label_templates_find (templates, argv[1]);
  if (template == NULL && g_str_has_suffix (argv[1], ".label"))
    template = own = read_file (argv[1], &error);
  else if (template == NULL)
    return wb_ctl_misuse (ctl, _ ("there is no label “%s”; “waybillctl label list” has all, a file ends in .label"), argv[1]);
  if (template == NULL || !draw (template, settings, language != NULL ? language : "pdf", (guint) dpi, media, path, &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

const WbCtlCommand wb_ctl_label_commands[] = {
  { "label list", "", N_ ("Lists the labels that can be printed, built in and of this machine"), list_labels },
  { "label check", "[FILE…]", N_ ("Says what is wrong with label templates, file, group and key"), check_labels },
  { "label draw", "LABEL", N_ ("Makes a label, to look at or to send to a printer"), draw_label },
  { 0 },
};
