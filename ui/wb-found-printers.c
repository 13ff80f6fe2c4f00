/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-facts.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-printer-probe.h"
#include "ui/wb-format.h"
#include "ui/wb-found-printers.h"

#define PROBE_MS 2000

struct _WbFoundPrinters
{
  AdwPreferencesGroup parent_instance;

  /* Borrowed references: children */
  GPtrArray *rows;

  /* Owned references */
  WbPrinterFinder *finder;
  WbDeviceRig *rig;
  WbProfileKeeper *keeper;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbFoundPrinters, wb_found_printers, ADW_TYPE_PREFERENCES_GROUP)

/* One printer's row; kept by the row. */
typedef struct
{
  WbFoundPrinters *group; /* borrowed */
  WbFoundPrinter *printer;
  AdwActionRow *row; /* borrowed */
  GtkLabel *state;
  GtkWidget *button;
  GtkWidget *copy; /* the command for an administrator */
  gboolean is_adding;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_object_unref (line->printer);
  g_free (line);
}

/* ── Which are new here ──────────────────────────────────────────────────────────────────────── */

/* Whether two addresses at one host are one printer: by whatever it is spoken to, unless both are of one kind and differ, as the queues of
 * a print server do. */
static gboolean
is_same_printer (const char *a, const char *b)
{
  g_autoptr (GUri) one = g_uri_parse (a, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autoptr (GUri) two = g_uri_parse (b, G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (one == NULL || two == NULL || g_strcmp0 (g_uri_get_host (one), g_uri_get_host (two)) != 0)
    return FALSE;
  return g_strcmp0 (g_uri_get_scheme (one), g_uri_get_scheme (two)) != 0 ||
         (g_uri_get_port (one) == g_uri_get_port (two) && g_strcmp0 (g_uri_get_path (one), g_uri_get_path (two)) == 0);
}

/* A queue that leads there: by its address, or by the name that it announces. */
static gboolean
leads_to (const WbPrinterInfo *info, WbFoundPrinter *printer)
{
  g_autofree char *queue = wb_found_printer_dup_queue_name (printer);
  g_autofree char *escaped = g_uri_escape_string (wb_found_printer_get_name (printer), NULL, FALSE);
  g_autofree char *uri = wb_found_printer_dup_uri (printer);

  if (g_ascii_strcasecmp (info->queue, queue) == 0)
    return TRUE;
  return info->uri != NULL && (is_same_printer (info->uri, uri) || strstr (info->uri, escaped) != NULL);
}

static gboolean
is_set_up (WbFoundPrinters *self, WbFoundPrinter *printer)
{
  GListModel *hub = G_LIST_MODEL (wb_device_rig_get_hub (self->rig));
  g_autofree char *socket = g_strconcat ("socket:", wb_found_printer_get_host (printer), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (hub); i++)
    {
      g_autoptr (WbDevice) device = g_list_model_get_item (hub, i);
      const WbPrinterInfo *info = WB_IS_PRINTER_DEVICE (device) ? wb_printer_device_get_info (WB_PRINTER_DEVICE (device)) : NULL;
      const char *id = wb_device_get_id (device);

      if (info != NULL && leads_to (info, printer))
        return TRUE;
      if (g_str_has_prefix (id, socket) && (id[strlen (socket)] == ':' || id[strlen (socket)] == '\0'))
        return TRUE;
    }
  return FALSE;
}

/* ── Setting one up ──────────────────────────────────────────────────────────────────────────── */

static void
set_subtitle (Line *line, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (line->row, escaped);
}

static void
set_state (Line *line, const char *words, const char *style)
{
  static const char *const styles[] = { "dim-label", "success", "warning" };

  gtk_label_set_text (line->state, words);
  gtk_widget_set_visible (GTK_WIDGET (line->state), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (line->state), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (line->state), style);
}

static void
queue_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  g_autoptr (GError) error = NULL;
  gboolean added = wb_found_printer_add_queue_finish (WB_FOUND_PRINTER (source), result, &error);
  Line *line = g_object_get_data (G_OBJECT (row), "wb-line");
  g_autofree char *sentence = error != NULL ? wb_format_sentence (error->message) : NULL;

  /* one that is added goes when the print server tells of its queue */
  if (added || line == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* the sentence needs the room */
  set_subtitle (line, sentence);
  line->is_adding = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (line->state), FALSE);
  gtk_widget_set_visible (line->copy, g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED));
  gtk_widget_set_sensitive (line->button, TRUE);
}

static void
add_to_station (WbFoundPrinters *self, WbFoundPrinter *printer, const char *socket)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  g_autofree char *id = g_strconcat ("socket:", socket, NULL);
  WbStationDevice *device = wb_station_profile_ensure_device (profile, id);

  wb_station_device_set_text (&device->kind, "printer");
  wb_station_device_set_text (&device->driver, "socket");
  wb_station_device_set_text (&device->name, wb_found_printer_get_name (printer));
  device->is_used = TRUE;
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
add_cb (GtkButton *button, Line *line)
{
  WbFoundPrinters *self = line->group;
  g_autofree char *socket = wb_found_printer_dup_socket (line->printer);

  gtk_widget_set_sensitive (line->button, FALSE);
  if (socket != NULL)
    add_to_station (self, line->printer, socket);
  else
    {
      line->is_adding = TRUE;
      gtk_widget_set_visible (line->copy, FALSE);
      set_state (line, _ ("is being added …"), "dim-label");
      wb_found_printer_add_queue_async (line->printer, self->cancellable, queue_added_cb, g_object_ref (line->row));
    }
}

static void
copy_cb (GtkButton *button, Line *line)
{
  g_autofree char *command = wb_found_printer_dup_command (line->printer);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), command);
}

/* ── Rows ────────────────────────────────────────────────────────────────────────────────────── */

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  WbPrinterProbe probe = { 0 };
  Line *line = g_object_get_data (G_OBJECT (row), "wb-line");

  if (!wb_printer_probe_finish (result, &probe, NULL) || line == NULL || line->is_adding)
    return;
  if (probe.state == WB_PRINTER_OFFLINE)
    set_state (line, _ ("does not answer"), "warning");
  else
    set_state (line, _ ("answers"), "success");
}

static void
probe (WbFoundPrinters *self, Line *line)
{
  g_autofree char *text = wb_found_printer_dup_uri (line->printer);
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_uri_get_port (uri) > 0)
    wb_printer_probe_async (g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, PROBE_MS, self->cancellable, probed_cb,
                            g_object_ref (line->row));
}

static void
add_row (WbFoundPrinters *self, WbFoundPrinter *printer)
{
  Line *line = g_new0 (Line, 1);
  const char *model = wb_found_printer_get_model (printer);
  g_autofree char *title = g_markup_escape_text (wb_found_printer_get_name (printer), -1);
  g_autofree char *subtitle = wb_facts_join (wb_found_printer_get_host (printer), model != NULL ? model : "", NULL);
  g_autofree char *label = g_strdup_printf (_ ("Add %s"), wb_found_printer_get_name (printer));
  g_autofree char *socket = wb_found_printer_dup_socket (printer);

  line->group = self;
  line->printer = g_object_ref (printer);
  line->row = ADW_ACTION_ROW (adw_action_row_new ());
  line->state = GTK_LABEL (gtk_label_new (""));
  line->button = gtk_button_new_with_label (_ ("Add"));
  g_object_set_data_full (G_OBJECT (line->row), "wb-line", line, line_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row), title);
  adw_action_row_set_subtitle_lines (line->row, 0);
  set_subtitle (line, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  line->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (line->copy, "flat");
  gtk_widget_set_tooltip_text (line->copy, _ ("Copy the command"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copy the command"), -1);
  gtk_widget_set_valign (line->copy, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (line->copy, FALSE);
  gtk_widget_set_valign (line->button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (line->button, socket == NULL || wb_profile_keeper_is_known (self->keeper));
  adw_action_row_add_suffix (line->row, GTK_WIDGET (line->state));
  adw_action_row_add_suffix (line->row, line->copy);
  adw_action_row_add_suffix (line->row, line->button);
  g_signal_connect (line->button, "clicked", G_CALLBACK (add_cb), line);
  g_signal_connect (line->copy, "clicked", G_CALLBACK (copy_cb), line);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (line->row));
  g_ptr_array_add (self->rows, line->row);
  probe (self, line);
}

static gboolean
is_current (WbFoundPrinters *self, GPtrArray *wanted)
{
  if (wanted->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      const Line *line = g_object_get_data (g_ptr_array_index (self->rows, i), "wb-line");

      if (line->printer != g_ptr_array_index (wanted, i))
        return FALSE;
    }
  return TRUE;
}

static void
fill (WbFoundPrinters *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->finder)); i++)
    {
      g_autoptr (WbFoundPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->finder), i);

      if (!is_set_up (self, printer))
        g_ptr_array_add (wanted, g_object_ref (printer));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), wanted->len > 0);
  if (is_current (self, wanted))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < wanted->len; i++)
    add_row (self, g_ptr_array_index (wanted, i));
}

/* Whether the station can be changed is known only now. */
static void
profile_cb (WbFoundPrinters *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Line *line = g_object_get_data (g_ptr_array_index (self->rows, i), "wb-line");
      g_autofree char *socket = wb_found_printer_dup_socket (line->printer);

      if (socket != NULL)
        gtk_widget_set_sensitive (line->button, wb_profile_keeper_is_known (self->keeper));
    }
  fill (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_found_printers_dispose (GObject *object)
{
  WbFoundPrinters *self = WB_FOUND_PRINTERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->finder);
  g_clear_object (&self->rig);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (wb_found_printers_parent_class)->dispose (object);
}

static void
wb_found_printers_finalize (GObject *object)
{
  WbFoundPrinters *self = WB_FOUND_PRINTERS (object);

  g_ptr_array_unref (self->rows);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_found_printers_parent_class)->finalize (object);
}

static void
wb_found_printers_class_init (WbFoundPrintersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_found_printers_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_found_printers_finalize;
}

static void
wb_found_printers_init (WbFoundPrinters *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Printers on the network"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("They announce themselves and are not set up here."));
}

GtkWidget *
wb_found_printers_new (WbPrinterFinder *finder, WbDeviceRig *rig, WbProfileKeeper *keeper)
{
  WbFoundPrinters *self = NULL;

  g_return_val_if_fail (WB_IS_PRINTER_FINDER (finder) && WB_IS_DEVICE_RIG (rig) && WB_IS_PROFILE_KEEPER (keeper), NULL);

  self = g_object_new (WB_TYPE_FOUND_PRINTERS, NULL);
  self->finder = g_object_ref (finder);
  self->rig = g_object_ref (rig);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (finder, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_device_rig_get_hub (rig), "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (profile_cb), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
