/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-folder.h"

struct _WbPrinterFolder
{
  GObject parent_instance;

  /* Owned references */
  char *path;
};

static void wb_printer_folder_iface_init (WbPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrinterFolder, wb_printer_folder, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_PRINTER, wb_printer_folder_iface_init))

/* What a thread needs: the file to write and what goes into it. */
typedef struct
{
  char *path;
  GBytes *data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_bytes_unref (job->data);
  g_free (job);
}

/* As programs that send such files to printers, or show them, know them. */
static const char *
choose_ending (const WbPrintDocument *document)
{
  static const char *const endings[][2] = { { "zpl", "zpl" }, { "epl", "epl" }, { "tspl", "tspl" }, { "escpos", "bin" } };

  if (g_str_equal (document->content_type, WB_PRINTER_PDF))
    return "pdf";
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_strcmp0 (document->language, endings[i][0]) == 0)
      return endings[i][1];
  return "prn";
}

static char *
make_file_name (const WbPrintDocument *document)
{
  g_autofree char *title = g_str_to_ascii (document->title, "C");
  g_autofree char *id = g_strdup (document->id);

  g_strcanon (title, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '-');
  g_strcanon (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '-');
  return g_strdup_printf ("%.60s-%.60s.%s", *title == '.' ? "label" : title, id, choose_ending (document));
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (job->data, &size);

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (job->path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("the label could not be saved in %s: %s"),
                             folder, error != NULL ? error->message : _ ("the folder cannot be made"));
  else
    g_task_return_pointer (task, g_strdup (job->path), g_free);
}

static void
print_async (WbPrinter *printer, const WbPrintDocument *document, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  WbPrinterFolder *self = WB_PRINTER_FOLDER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = make_file_name (document);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, print_async);
  job->path = g_build_filename (self->path, name, NULL);
  job->data = g_bytes_ref (document->data);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_thread);
}

static void
query_async (WbPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_task_set_source_tag (task, query_async);
  g_task_return_int (task, WB_PRINTER_READY);
}

static void
wait_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_task_set_source_tag (task, wait_async);
  g_task_return_boolean (task, TRUE);
}

static const char *
get_name (WbPrinter *printer)
{
  return WB_PRINTER_FOLDER (printer)->path;
}

static const char *
get_content_type (WbPrinter *printer)
{
  return WB_PRINTER_PDF;
}

static const char *
get_language (WbPrinter *printer)
{
  return "pdf";
}

static void
wb_printer_folder_iface_init (WbPrinterInterface *iface)
{
  iface->get_language = get_language;
  iface->get_name = get_name;
  iface->get_content_type = get_content_type;
  iface->print_async = print_async;
  iface->query_async = query_async;
  iface->wait_async = wait_async;
}

static void
wb_printer_folder_finalize (GObject *object)
{
  WbPrinterFolder *self = WB_PRINTER_FOLDER (object);

  g_free (self->path);
  G_OBJECT_CLASS (wb_printer_folder_parent_class)->finalize (object);
}

static void
wb_printer_folder_class_init (WbPrinterFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_printer_folder_finalize;
}

static void
wb_printer_folder_init (WbPrinterFolder *self)
{
}

WbPrinter *
wb_printer_folder_new (const char *path)
{
  WbPrinterFolder *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_PRINTER_FOLDER, NULL);
  self->path = g_strdup (path);
  return WB_PRINTER (self);
}
