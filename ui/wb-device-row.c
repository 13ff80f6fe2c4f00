/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/wb-device-row.h"
#include "ui/wb-device-test.h"
#include "ui/wb-format.h"
#include "ui/wb-word.h"

#define SERIAL "serial:"

/* what the choices of a row stand for */
#define VALUES "wb-values"

struct _WbDeviceRow
{
  AdwExpanderRow parent_instance;

  gboolean is_updating;

  /* Child widgets */
  GtkLabel *state;
  GtkSwitch *used;
  AdwEntryRow *name;
  AdwComboRow *role;
  GPtrArray *options; /* GtkWidget, beside those of the device; borrowed */

  /* Owned references */
  WbDeviceRig *rig;
  WbProfileKeeper *keeper;
  WbDevice *device;
  char *id;
};

G_DEFINE_FINAL_TYPE (WbDeviceRow, wb_device_row, ADW_TYPE_EXPANDER_ROW)

/* What a device of a kind can be used for, in the order of the combo row. */
static const struct
{
  const char *kind;
  const char *role;
  const char *words;
} uses[] = {
  { "scanner", WB_STATION_ROLE_ANY, N_ ("Everything") },
  { "scanner", WB_STATION_ROLE_BADGE, N_ ("People's badges only") },
  { "nfc", WB_STATION_ROLE_ANY, N_ ("Everything") },
  { "nfc", WB_STATION_ROLE_BADGE, N_ ("People's badges only") },
  { "nfc", WB_STATION_ROLE_CONFIRM, N_ ("Confirming: whatever is held to it says yes") },
  { "camera", WB_STATION_ROLE_ANY, N_ ("Photos and codes") },
  { "camera", WB_STATION_ROLE_CODES, N_ ("Codes only, no photos") },
};

static const WbStationDevice *
find_said (WbDeviceRow *self)
{
  return wb_station_profile_find_device (wb_profile_keeper_get_profile (self->keeper), self->id);
}

static const char *
get_kind (WbDeviceRow *self)
{
  const WbStationDevice *said = find_said (self);

  if (self->device != NULL)
    return wb_device_kind_get_word (wb_device_get_kind (self->device));
  return said != NULL ? said->kind : "";
}

/* ── What is set here ────────────────────────────────────────────────────────────────────────── */

/* A copy to change; what is said about a device at all says what kind it is. */
static WbStationProfile *
begin (WbDeviceRow *self, WbStationDevice **said)
{
  WbStationProfile *profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));

  *said = wb_station_profile_ensure_device (profile, self->id);
  wb_station_device_set_text (&(*said)->kind, get_kind (self));
  return profile;
}

static void
used_cb (WbDeviceRow *self)
{
  g_autoptr (WbStationProfile) profile = NULL;
  WbStationDevice *said = NULL;

  if (self->is_updating)
    return;
  profile = begin (self, &said);
  said->is_used = gtk_switch_get_active (self->used);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
name_cb (WbDeviceRow *self)
{
  g_autoptr (WbStationProfile) profile = NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  WbStationDevice *said = NULL;

  profile = begin (self, &said);
  wb_station_device_set_text (&said->name, name);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* What a choice stands for, in the order of the words that are shown. */
static const char *const *
get_values (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), VALUES);
}

static void
role_cb (WbDeviceRow *self)
{
  g_autoptr (WbStationProfile) profile = NULL;
  const char *const *values = get_values (GTK_WIDGET (self->role));
  guint selected = adw_combo_row_get_selected (self->role);
  WbStationDevice *said = NULL;

  if (self->is_updating || selected >= g_strv_length ((GStrv) values))
    return;
  profile = begin (self, &said);
  wb_station_device_set_text (&said->role, values[selected]);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static void
set_option (WbDeviceRow *self, const char *name, const char *value)
{
  g_autoptr (WbStationProfile) profile = NULL;
  WbStationDevice *said = NULL;

  if (self->is_updating)
    return;
  profile = begin (self, &said);
  wb_station_device_set_option (said, name, value);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* The first choice is what the device has by itself. */
static void
option_selected_cb (AdwComboRow *row, GParamSpec *pspec, WbDeviceRow *self)
{
  const char *const *values = get_values (GTK_WIDGET (row));
  guint selected = adw_combo_row_get_selected (row);

  if (selected < g_strv_length ((GStrv) values))
    set_option (self, gtk_widget_get_name (GTK_WIDGET (row)), selected == 0 ? NULL : values[selected]);
}

static void
option_applied_cb (AdwEntryRow *row, WbDeviceRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  set_option (self, gtk_widget_get_name (GTK_WIDGET (row)), *text != '\0' ? text : NULL);
}

static void
forget_cb (WbDeviceRow *self)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));

  wb_station_profile_remove_device (profile, self->id);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

/* ── What it shows ───────────────────────────────────────────────────────────────────────────── */

static const char *
describe_state (WbDeviceRow *self, const char **style)
{
  *style = "dim-label";
  if (self->device == NULL)
    return _ ("not plugged in");
  switch (wb_device_get_state (self->device))
    {
    case WB_DEVICE_STATE_READY:
      *style = "success";
      return _ ("works");
    case WB_DEVICE_STATE_OPENING:
      return _ ("opening");
    case WB_DEVICE_STATE_TROUBLE:
      *style = "error";
      return _ ("does not work");
    case WB_DEVICE_STATE_GONE:
      return _ ("not plugged in");
    case WB_DEVICE_STATE_CLOSED:
    default:
      return wb_device_rig_is_used (self->rig, self->device) ? _ ("found") : _ ("not used");
    }
}

static void
show_state (WbDeviceRow *self)
{
  static const char *const styles[] = { "dim-label", "success", "error" };
  const char *style = NULL;
  const char *state = describe_state (self, &style);
  GtkWidget *head = gtk_widget_get_ancestor (GTK_WIDGET (self->state), GTK_TYPE_LIST_BOX_ROW);

  gtk_label_set_text (self->state, state);
  /* the row's head takes the focus, and its switch */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->used), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state, -1);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (strcmp (styles[i], style) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->state), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), styles[i]);
}

/* Where it is plugged in, in people's words: a serial port's file. */
static const char *
get_place (WbDeviceRow *self)
{
  return g_str_has_prefix (self->id, SERIAL) ? self->id + strlen (SERIAL) : self->id;
}

/* What is found at a serial port has such a name, and is called no other way while it is not there. */
static char *
name_missing (WbDeviceRow *self)
{
  g_autofree char *port = g_path_get_basename (self->id);

  if (!g_str_has_prefix (self->id, SERIAL))
    return g_strdup (self->id);
  return g_strdup_printf (strcmp (get_kind (self), "scale") == 0 ? _ ("Scale at %s") : _ ("Scanner at %s"), port);
}

/* What people call it, and below what its maker does; in trouble, what to do. */
static void
show_title (WbDeviceRow *self)
{
  const WbStationDevice *said = find_said (self);
  g_autofree char *maker = self->device != NULL ? g_strdup (wb_device_get_name (self->device)) : name_missing (self);
  const char *name = said != NULL && *said->name != '\0' ? said->name : maker;
  const char *message = self->device != NULL ? wb_device_get_message (self->device) : "";
  g_autofree char *sentence = *message != '\0' ? wb_format_sentence (message) : NULL;
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *use = g_strdup_printf (_ ("Use %s at this station"), name);
  g_autofree char *subtitle = g_markup_escape_text (sentence != NULL ? sentence : strcmp (name, maker) != 0 ? maker : get_place (self), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->used), GTK_ACCESSIBLE_PROPERTY_LABEL, use, -1);
  /* not under the hands of somebody who types */
  if (gtk_widget_get_state_flags (GTK_WIDGET (self->name)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->name), said != NULL ? said->name : "");
}

static void
show_option (WbDeviceRow *self, GtkWidget *row)
{
  const WbStationDevice *said = find_said (self);
  const char *value = said != NULL ? g_hash_table_lookup (said->options, gtk_widget_get_name (row)) : NULL;

  if (ADW_IS_COMBO_ROW (row))
    {
      const char *const *values = get_values (row);
      guint selected = 0;

      for (guint i = 1; value != NULL && values[i] != NULL; i++)
        if (strcmp (values[i], value) == 0)
          selected = i;
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
    }
  else if (!(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN))
    gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
}

void
wb_device_row_update (WbDeviceRow *self)
{
  const WbStationDevice *said = NULL;
  guint selected = 0;

  g_return_if_fail (WB_IS_DEVICE_ROW (self));

  said = find_said (self);
  self->is_updating = TRUE;
  show_state (self);
  show_title (self);
  gtk_switch_set_active (self->used, said == NULL || said->is_used);
  for (guint i = 0; said != NULL && self->role != NULL && get_values (GTK_WIDGET (self->role))[i] != NULL; i++)
    if (strcmp (said->role, get_values (GTK_WIDGET (self->role))[i]) == 0)
      selected = i;
  if (self->role != NULL)
    adw_combo_row_set_selected (self->role, selected);
  for (guint i = 0; i < self->options->len; i++)
    show_option (self, g_ptr_array_index (self->options, i));
  gtk_widget_set_sensitive (GTK_WIDGET (self->used), wb_profile_keeper_is_known (self->keeper));
  self->is_updating = FALSE;
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
add_test (WbDeviceRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), wb_device_test_new (self->device));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_role (WbDeviceRow *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (strcmp (uses[i].kind, get_kind (self)) == 0)
      {
        gtk_string_list_append (model, _ (uses[i].words));
        g_strv_builder_add (values, uses[i].role);
      }
  if (g_list_model_get_n_items (G_LIST_MODEL (model)) == 0)
    return;
  self->role = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->role), _ ("Used for"));
  adw_combo_row_set_model (self->role, G_LIST_MODEL (model));
  g_object_set_data_full (G_OBJECT (self->role), VALUES, g_strv_builder_end (values), (GDestroyNotify) g_strfreev);
  g_signal_connect_object (self->role, "notify::selected", G_CALLBACK (role_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->role));
}

static GtkWidget *
make_choice (const WbDeviceOption *option, const char *base)
{
  g_auto (GStrv) choices = g_strsplit (option->choices, "|", -1);
  g_autofree char *first = base != NULL && *base != '\0' ? g_strdup_printf (_ ("Default: %s"), wb_word_option_text (option, base)) : g_strdup (_ ("Default"));
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  GtkWidget *row = adw_combo_row_new ();

  gtk_string_list_append (model, first);
  g_strv_builder_add (values, "");
  for (guint i = 0; choices[i] != NULL; i++)
    if (*choices[i] != '\0')
      {
        gtk_string_list_append (model, wb_word_option_text (option, choices[i]));
        g_strv_builder_add (values, choices[i]);
      }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_object_set_data_full (G_OBJECT (row), VALUES, g_strv_builder_end (values), (GDestroyNotify) g_strfreev);
  return row;
}

static void
add_options (WbDeviceRow *self)
{
  guint n = 0;
  const WbDeviceOption *options = wb_device_get_options (self->device, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *base = wb_device_rig_get_base_option (self->rig, self->device, options[i].name);
      GtkWidget *row = options[i].choices != NULL ? make_choice (&options[i], base) : adw_entry_row_new ();

      gtk_widget_set_name (row, options[i].name);
      if (ADW_IS_COMBO_ROW (row))
        {
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (options[i].label));
          g_signal_connect_object (row, "notify::selected", G_CALLBACK (option_selected_cb), self, 0);
        }
      else
        {
          g_autofree char *title = base != NULL && *base != '\0' ? g_strdup_printf (_ ("%s (default: %s)"), _ (options[i].label), wb_word_option_text (&options[i], base))
                                                                 : g_strdup (_ (options[i].label));

          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
          adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
          g_signal_connect_object (row, "apply", G_CALLBACK (option_applied_cb), self, 0);
        }
      g_ptr_array_add (self->options, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

/* One that is plugged in and says what it is would come back at once. */
static void
add_forget (WbDeviceRow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Forget"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("This station no longer has it"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
build (WbDeviceRow *self)
{
  const WbStationDevice *said = find_said (self);
  g_autofree char *icon = g_strdup_printf ("wb-device-%s-symbolic", *get_kind (self) != '\0' ? get_kind (self) : "scanner");
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, get_kind (self), -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), image);
  self->used = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->used), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->used), _ ("Used at this station"));
  g_signal_connect_object (self->used, "notify::active", G_CALLBACK (used_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->used));
  /* what is added later stands before: the switch stays where it is, however long the word */
  self->state = GTK_LABEL (gtk_label_new (""));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->state));
  if (self->device != NULL)
    add_test (self);
  self->name = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _ ("Name at this station"));
  adw_entry_row_set_show_apply_button (self->name, TRUE);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->name));
  add_role (self);
  if (self->device != NULL)
    add_options (self);
  if (self->device == NULL || (said != NULL && *said->driver != '\0'))
    add_forget (self);
}

static void
wb_device_row_dispose (GObject *object)
{
  WbDeviceRow *self = WB_DEVICE_ROW (object);

  g_clear_object (&self->rig);
  g_clear_object (&self->keeper);
  g_clear_object (&self->device);
  G_OBJECT_CLASS (wb_device_row_parent_class)->dispose (object);
}

static void
wb_device_row_finalize (GObject *object)
{
  WbDeviceRow *self = WB_DEVICE_ROW (object);

  g_ptr_array_unref (self->options);
  g_free (self->id);
  G_OBJECT_CLASS (wb_device_row_parent_class)->finalize (object);
}

static void
wb_device_row_class_init (WbDeviceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_device_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_device_row_finalize;
}

static void
wb_device_row_init (WbDeviceRow *self)
{
  self->options = g_ptr_array_new ();
}

GtkWidget *
wb_device_row_new (WbDeviceRig *rig, WbProfileKeeper *keeper, WbDevice *device, const char *id)
{
  WbDeviceRow *self = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (rig) && WB_IS_PROFILE_KEEPER (keeper) && id != NULL, NULL);

  self = g_object_new (WB_TYPE_DEVICE_ROW, NULL);
  self->rig = g_object_ref (rig);
  self->keeper = g_object_ref (keeper);
  g_set_object (&self->device, device);
  self->id = g_strdup (id);
  build (self);
  if (device != NULL)
    {
      g_signal_connect_object (device, "notify::state", G_CALLBACK (wb_device_row_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (device, "notify::message", G_CALLBACK (wb_device_row_update), self, G_CONNECT_SWAPPED);
    }
  wb_device_row_update (self);
  return GTK_WIDGET (self);
}

const char *
wb_device_row_get_id (WbDeviceRow *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_ROW (self), NULL);

  return self->id;
}

WbDevice *
wb_device_row_get_device (WbDeviceRow *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_ROW (self), NULL);

  return self->device;
}
