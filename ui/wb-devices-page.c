/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-wedge.h"
#include "ui/wb-device-row.h"
#include "ui/wb-devices-page.h"
#include "ui/wb-format.h"
#include "ui/wb-found-printers.h"
#include "ui/wb-wedge-row.h"

/* Backends tell of what is there at once, except libnfc, which takes a moment. */
#define LOOK_MS 1500
#define NFC_SPEED "115200"
#define FILE_PATTERN "^/[^:\\s]+$"

struct _WbDevicesPage
{
  AdwPreferencesPage parent_instance;

  gboolean is_filling;
  guint look_source;

  /* Template widgets */
  AdwPreferencesGroup *station_group;
  AdwComboRow *station;
  AdwPreferencesGroup *troubles;
  AdwPreferencesGroup *here;
  AdwActionRow *empty;
  AdwPreferencesGroup *absent;
  AdwPreferencesGroup *typing;
  AdwExpanderRow *add;
  AdwComboRow *what;
  AdwEntryRow *where;
  AdwActionRow *add_row;
  GtkButton *add_button;

  /* Borrowed references: children of the groups */
  GPtrArray *found;   /* WbDeviceRow, as they stand there */
  GPtrArray *missing; /* WbDeviceRow */
  GPtrArray *sentences;

  /* Owned references */
  WbDeviceRig *rig;
  WbProfileKeeper *keeper;
  GPtrArray *stations; /* WbStation, as in the combo row */
  GPtrArray *places;   /* ids of what was ever found here, in the order in which it came */
  GHashTable *opened;  /* ids whose test somebody looked at when the device went */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbDevicesPage, wb_devices_page, ADW_TYPE_PREFERENCES_PAGE)

/* What can be named, in the order of the combo row. */
static const struct
{
  const char *driver;
  const char *kind;
  const char *prefix;
  const char *suffix;
  const char *where;
  const char *example;
  const char *pattern; /* of what can be typed */
} drivers[] = {
  { "serial-scanner", "scanner", "serial:", "", N_ ("Device file"), N_ ("For example /dev/ttyS0, or /dev/rfcomm0 over Bluetooth"), FILE_PATTERN },
  { "serial-sics", "scale", "serial:", "", N_ ("Device file"), N_ ("For example /dev/ttyS0 or /dev/ttyUSB0"), FILE_PATTERN },
  { "serial-8217", "scale", "serial:", "", N_ ("Device file"), N_ ("For example /dev/ttyS0 or /dev/ttyUSB0"), FILE_PATTERN },
  { "libnfc", "nfc", "nfc:pn532_uart:", ":" NFC_SPEED, N_ ("Device file"), N_ ("For example /dev/ttyUSB0"), FILE_PATTERN },
  { "evdev-scanner", "scanner", "keyboard:", "", N_ ("Maker and model, as lsusb shows them"), N_ ("For example 05e0:1200"),
    "^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$" },
  { "socket", "printer", "socket:", "", N_ ("Host or address on the network"), N_ ("For example 192.168.1.20 or zebra.example:9100"),
    "^[^\\s/]+$" },
};

/* ── Rows ────────────────────────────────────────────────────────────────────────────────────── */

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static WbDeviceRow *
find_row (GPtrArray *rows, WbDevice *device)
{
  for (guint i = 0; i < rows->len; i++)
    if (wb_device_row_get_device (g_ptr_array_index (rows, i)) == device)
      return g_ptr_array_index (rows, i);
  return NULL;
}

/* Only the title changes: what stands below does not move from under the pointer. */
static void
say_empty (WbDevicesPage *self)
{
  gboolean looking = self->look_source != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->empty), self->found->len == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->empty), looking ? _ ("Looking …") : _ ("Nothing was found"));
}

/* What is new comes last, what comes back where it was. */
static guint
find_place (WbDevicesPage *self, const char *id)
{
  guint place = 0;

  if (g_ptr_array_find_with_equal_func (self->places, id, g_str_equal, &place))
    return place;
  g_ptr_array_add (self->places, g_strdup (id));
  return self->places->len - 1;
}

/* A group by itself can only append; the row that says what to do stands before them all. */
static void
insert_found (WbDevicesPage *self, GtkWidget *row)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self->empty), GTK_TYPE_LIST_BOX);
  guint place = find_place (self, wb_device_row_get_id (WB_DEVICE_ROW (row)));
  guint i = 0;

  while (i < self->found->len && find_place (self, wb_device_row_get_id (g_ptr_array_index (self->found, i))) < place)
    i++;
  gtk_list_box_insert (GTK_LIST_BOX (list), row, (int) i + 1);
  g_ptr_array_insert (self->found, (int) i, row);
}

/* What stays keeps its test running, and what comes back is open if it was. */
static void
fill_found (WbDevicesPage *self)
{
  GListModel *hub = G_LIST_MODEL (wb_device_rig_get_hub (self->rig));
  guint n = g_list_model_get_n_items (hub);

  for (guint i = self->found->len; i > 0; i--)
    {
      WbDeviceRow *row = g_ptr_array_index (self->found, i - 1);
      gboolean is_there = FALSE;

      for (guint j = 0; j < n && !is_there; j++)
        {
          g_autoptr (WbDevice) device = g_list_model_get_item (hub, j);

          is_there = device == wb_device_row_get_device (row);
        }
      if (is_there)
        continue;
      if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
        g_hash_table_add (self->opened, g_strdup (wb_device_row_get_id (row)));
      adw_preferences_group_remove (self->here, GTK_WIDGET (row));
      g_ptr_array_remove_index (self->found, i - 1);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbDevice) device = g_list_model_get_item (hub, i);
      GtkWidget *row = NULL;

      if (find_row (self->found, device) != NULL)
        continue;
      row = wb_device_row_new (self->rig, self->keeper, device, wb_device_get_id (device));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), g_hash_table_remove (self->opened, wb_device_get_id (device)));
      insert_found (self, row);
    }
  say_empty (self);
}

static gboolean
is_found (WbDevicesPage *self, const WbStationDevice *said)
{
  /* a keyboard's scanner has an id of its own */
  if (g_str_has_prefix (said->id, "keyboard:"))
    return FALSE;
  return wb_device_hub_find (wb_device_rig_get_hub (self->rig), said->id) != NULL;
}

static gboolean
is_missing (WbDevicesPage *self, const WbStationDevice *said)
{
  /* about keyboards in general: that has a row of its own */
  return strcmp (said->id, WB_WEDGE_DEVICE) != 0 && !is_found (self, said);
}

/* Built anew only when other devices are missing, since somebody may be typing there. */
static void
fill_missing (WbDevicesPage *self)
{
  GPtrArray *devices = wb_station_profile_get_devices (wb_profile_keeper_get_profile (self->keeper));
  guint n = 0;
  gboolean same = TRUE;

  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);

      if (!is_missing (self, said))
        continue;
      same = same && n < self->missing->len && strcmp (wb_device_row_get_id (g_ptr_array_index (self->missing, n)), said->id) == 0;
      n++;
    }
  if (same && n == self->missing->len)
    return;
  clear_rows (self->absent, self->missing);
  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);
      GtkWidget *row = NULL;

      if (!is_missing (self, said))
        continue;
      row = wb_device_row_new (self->rig, self->keeper, NULL, said->id);
      adw_preferences_group_add (self->absent, row);
      g_ptr_array_add (self->missing, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->absent), self->missing->len > 0);
}

static void
add_sentence (WbDevicesPage *self, const char *message)
{
  g_autofree char *sentence = wb_format_sentence (message);
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (image, "warning");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_group_add (self->troubles, row);
  g_ptr_array_add (self->sentences, row);
}

static void
fill_troubles (WbDevicesPage *self)
{
  g_auto (GStrv) troubles = wb_device_rig_get_troubles (self->rig);
  const char *trouble = wb_profile_keeper_get_trouble (self->keeper);

  clear_rows (self->troubles, self->sentences);
  if (trouble != NULL)
    add_sentence (self, trouble);
  for (guint i = 0; troubles[i] != NULL; i++)
    add_sentence (self, troubles[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->troubles), self->sentences->len > 0);
}

static void
items_cb (WbDevicesPage *self)
{
  fill_found (self);
  fill_missing (self);
  fill_troubles (self);
}

static void
show_can_add (WbDevicesPage *self)
{
  g_autofree char *where = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->where))));
  guint selected = MIN (adw_combo_row_get_selected (self->what), G_N_ELEMENTS (drivers) - 1);
  gboolean is_place = g_regex_match_simple (drivers[selected].pattern, where, 0, 0);

  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), is_place && wb_profile_keeper_is_known (self->keeper));
}

static void
profile_cb (WbDevicesPage *self)
{
  wb_device_rig_set_profile (self->rig, wb_profile_keeper_get_profile (self->keeper));
  fill_missing (self);
  for (guint i = 0; i < self->found->len; i++)
    wb_device_row_update (g_ptr_array_index (self->found, i));
  for (guint i = 0; i < self->missing->len; i++)
    wb_device_row_update (g_ptr_array_index (self->missing, i));
  fill_troubles (self);
  show_can_add (self);
}

/* ── Naming ──────────────────────────────────────────────────────────────────────────────────── */

static void
what_cb (WbDevicesPage *self)
{
  guint selected = MIN (adw_combo_row_get_selected (self->what), G_N_ELEMENTS (drivers) - 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->where), _ (drivers[selected].where));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _ (drivers[selected].example));
  show_can_add (self);
}

static void
add_cb (WbDevicesPage *self)
{
  guint selected = MIN (adw_combo_row_get_selected (self->what), G_N_ELEMENTS (drivers) - 1);
  g_autofree char *where = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->where))));
  g_autofree char *id = g_strconcat (drivers[selected].prefix, where, drivers[selected].suffix, NULL);
  g_autoptr (WbStationProfile) profile = NULL;
  WbStationDevice *device = NULL;

  show_can_add (self);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->add_button)))
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  device = wb_station_profile_ensure_device (profile, id);
  wb_station_device_set_text (&device->kind, drivers[selected].kind);
  wb_station_device_set_text (&device->driver, drivers[selected].driver);
  device->is_used = TRUE;
  wb_profile_keeper_set_profile (self->keeper, profile);
  gtk_editable_set_text (GTK_EDITABLE (self->where), "");
  adw_expander_row_set_expanded (self->add, FALSE);
}

/* ── Which station ───────────────────────────────────────────────────────────────────────────── */

static void
station_cb (WbDevicesPage *self)
{
  guint selected = adw_combo_row_get_selected (self->station);

  if (self->is_filling || self->stations == NULL || selected >= self->stations->len)
    return;
  wb_profile_keeper_set_station (self->keeper, ((const WbStation *) g_ptr_array_index (self->stations, selected))->code);
}

static void
stations_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stations = wb_station_store_list_finish (WB_DB (source), result, &error);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stations == NULL || stations->len == 0)
    {
      g_autofree char *sentence = wb_format_sentence (error != NULL ? error->message : _ ("no station is set up yet"));

      adw_preferences_group_set_description (self->station_group, sentence);
      return;
    }
  for (guint i = 0; i < stations->len; i++)
    {
      const WbStation *station = g_ptr_array_index (stations, i);

      gtk_string_list_append (model, station->name);
      if (g_strcmp0 (station->code, wb_profile_keeper_get_station (self->keeper)) == 0)
        selected = i;
    }
  self->is_filling = TRUE;
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  self->stations = g_steal_pointer (&stations);
  adw_combo_row_set_model (self->station, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->station, selected);
  self->is_filling = FALSE;
  station_cb (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
looked_cb (gpointer user_data)
{
  WbDevicesPage *self = user_data;

  self->look_source = 0;
  say_empty (self);
  return G_SOURCE_REMOVE;
}

static void
wb_devices_page_dispose (GObject *object)
{
  WbDevicesPage *self = WB_DEVICES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_DEVICES_PAGE);
  g_clear_object (&self->rig);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (wb_devices_page_parent_class)->dispose (object);
}

static void
wb_devices_page_finalize (GObject *object)
{
  WbDevicesPage *self = WB_DEVICES_PAGE (object);

  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->sentences);
  g_ptr_array_unref (self->places);
  g_hash_table_unref (self->opened);
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_devices_page_parent_class)->finalize (object);
}

static void
wb_devices_page_class_init (WbDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_devices_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_devices_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, station_group);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, station);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, troubles);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, here);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, absent);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, typing);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, add);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, what);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, where);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, add_row);
  gtk_widget_class_bind_template_child (widget_class, WbDevicesPage, add_button);
}

static void
wb_devices_page_init (WbDevicesPage *self)
{
  self->found = g_ptr_array_new ();
  self->missing = g_ptr_array_new ();
  self->sentences = g_ptr_array_new ();
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->what, "notify::selected", G_CALLBACK (what_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->where, "changed", G_CALLBACK (show_can_add), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->where, "entry-activated", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->station, "notify::selected", G_CALLBACK (station_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wb_devices_page_new (WbDeviceRig *rig, WbProfileKeeper *keeper, gboolean can_choose)
{
  WbDevicesPage *self = NULL;
  g_autoptr (WbPrinterFinder) finder = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (rig) && WB_IS_PROFILE_KEEPER (keeper), NULL);

  self = g_object_new (WB_TYPE_DEVICES_PAGE, NULL);
  self->rig = g_object_ref (rig);
  self->keeper = g_object_ref (keeper);
  self->look_source = g_timeout_add (LOOK_MS, looked_cb, self);
  g_signal_connect_object (wb_device_rig_get_hub (rig), "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (profile_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->station_group), can_choose);
  adw_preferences_group_add (self->typing, wb_wedge_row_new (keeper));
  if (can_choose)
    wb_station_store_list_async (wb_profile_keeper_get_db (keeper), self->cancellable, stations_cb, g_object_ref (self));
  finder = wb_printer_finder_new (NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (wb_found_printers_new (finder, rig, keeper)));
  items_cb (self);
  profile_cb (self);
  return GTK_WIDGET (self);
}
