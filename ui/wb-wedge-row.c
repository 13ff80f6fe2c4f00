/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-wedge-trial.h"
#include "ui/wb-wedge-row.h"

/* No scanner rests so long within a code. */
#define OVER_MS 300

struct _WbWedgeRow
{
  AdwExpanderRow parent_instance;

  gboolean is_updating;
  guint over_source;

  /* Borrowed references: children */
  AdwEntryRow *prefix;
  GtkSwitch *without_end;
  AdwComboRow *gap;
  AdwEntryRow *try;
  AdwActionRow *look;

  /* Owned references */
  WbProfileKeeper *keeper;
  WbWedgeTrial *trial;
  WbWedgeOptions options;
};

G_DEFINE_FINAL_TYPE (WbWedgeRow, wb_wedge_row, ADW_TYPE_EXPANDER_ROW)

/* What can be chosen; the first is what nobody has to say. */
static const char *const gaps_ms[] = { "35", "20", "50", "80", "120" };

/* ── What is set ─────────────────────────────────────────────────────────────────────────────── */

static void
set_option (WbWedgeRow *self, const char *name, const char *value)
{
  g_autoptr (WbStationProfile) profile = NULL;
  WbStationDevice *said = NULL;

  if (self->is_updating)
    return;
  profile = wb_station_profile_copy (wb_profile_keeper_get_profile (self->keeper));
  said = wb_station_profile_ensure_device (profile, WB_WEDGE_DEVICE);
  wb_station_device_set_text (&said->kind, "scanner");
  wb_station_device_set_option (said, name, value);
  if (g_hash_table_size (said->options) == 0)
    wb_station_profile_remove_device (profile, WB_WEDGE_DEVICE);
  wb_profile_keeper_set_profile (self->keeper, profile);
}

static gboolean
is_prefix (const char *text)
{
  return g_utf8_strlen (text, -1) == 1 && g_unichar_isgraph (g_utf8_get_char (text));
}

static void
prefix_changed_cb (WbWedgeRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->prefix));

  if (*text == '\0' || is_prefix (text))
    gtk_widget_remove_css_class (GTK_WIDGET (self->prefix), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->prefix), "error");
}

static void
prefix_cb (WbWedgeRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->prefix));

  if (*text == '\0' || is_prefix (text))
    set_option (self, "prefix", *text != '\0' ? text : NULL);
}

static void
without_end_cb (WbWedgeRow *self)
{
  set_option (self, "end", gtk_switch_get_active (self->without_end) ? "no" : NULL);
}

static void
gap_cb (WbWedgeRow *self)
{
  guint selected = adw_combo_row_get_selected (self->gap);

  if (selected < G_N_ELEMENTS (gaps_ms))
    set_option (self, "gap-ms", selected > 0 ? gaps_ms[selected] : NULL);
}

/* ── The live test ───────────────────────────────────────────────────────────────────────────── */

static char *
describe_end (gunichar end)
{
  if (end == 0)
    return g_strdup (_ ("no end key"));
  return g_strdup_printf (_ ("ends with %s"), end == WB_WEDGE_TAB ? _ ("Tab") : _ ("Enter"));
}

/* What to do about one that would be taken for typing. */
static const char *
advise (WbWedgeRow *self, const WbWedgeLook *look)
{
  gint64 gap_us = self->options.gap_us > 0 ? self->options.gap_us : 35 * G_TIME_SPAN_MILLISECOND;

  if (self->options.prefix != 0 && look->first != self->options.prefix)
    return _ ("It does not begin as it is set below.");
  if (look->longest_us > gap_us)
    return _ ("Its keys are too far apart: allow a longer pause.");
  if (look->end == 0 && !self->options.without_end)
    return _ ("It sends no Enter: set the scanner to, or say so below.");
  return _ ("It is too short to be told from typing: set a prefix in the scanner and below.");
}

static void
show_look (WbWedgeRow *self, const WbWedgeLook *look)
{
  g_autofree char *end = describe_end (look->end);
  g_autofree char *rate = g_strdup_printf (_ ("%u characters, %d ms apart, at most %d ms, %s"), look->n_letters, (int) (look->mean_us / 1000),
                                           (int) (look->longest_us / 1000), end);
  g_autofree char *title = look->scan != NULL ? g_strdup_printf (_ ("Read as a scan: %s"), look->scan) : g_strdup (_ ("Taken for typing"));
  g_autofree char *subtitle = look->scan != NULL ? g_strdup (rate) : g_strdup_printf ("%s\n%s", rate, advise (self, look));
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->look), title_markup);
  adw_action_row_set_subtitle (self->look, subtitle_markup);
  gtk_widget_set_visible (GTK_WIDGET (self->look), TRUE);
}

static gboolean
over_cb (gpointer user_data)
{
  WbWedgeRow *self = user_data;
  const WbWedgeLook *look = wb_wedge_trial_end (self->trial);

  self->over_source = 0;
  if (look != NULL && look->n_letters > 0)
    show_look (self, look);
  return G_SOURCE_REMOVE;
}

/* Nothing of it ends up in the field: neither an Enter nor a Tab does there what it does elsewhere, while a code is coming. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbWedgeRow *self)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  guint32 time_ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gboolean is_coming = self->over_source != 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || key == GDK_KEY_Escape)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter)
    letter = WB_WEDGE_ENTER;
  else if (key == GDK_KEY_Tab && is_coming)
    letter = WB_WEDGE_TAB;
  else if (letter == 0 || g_unichar_iscntrl (letter))
    return FALSE;
  g_clear_handle_id (&self->over_source, g_source_remove);
  wb_wedge_trial_key (self->trial, letter,
                      time_ms != GDK_CURRENT_TIME ? (gint64) time_ms * G_TIME_SPAN_MILLISECOND : g_get_monotonic_time ());
  self->over_source = g_timeout_add (OVER_MS, over_cb, self);
  return TRUE;
}

/* ── What it shows ───────────────────────────────────────────────────────────────────────────── */

static void
update (WbWedgeRow *self)
{
  const WbStationDevice *said = wb_station_profile_find_device (wb_profile_keeper_get_profile (self->keeper), WB_WEDGE_DEVICE);
  WbWedgeOptions options = { 0 };
  char prefix[8] = "";
  guint selected = 0;
  GtkWidget *rows[] = { GTK_WIDGET (self->prefix), GTK_WIDGET (self->without_end), GTK_WIDGET (self->gap) };

  wb_wedge_options_read (&options, said != NULL ? said->options : NULL);
  if (self->trial == NULL || options.gap_us != self->options.gap_us || options.prefix != self->options.prefix ||
      options.without_end != self->options.without_end)
    {
      g_clear_handle_id (&self->over_source, g_source_remove);
      g_clear_pointer (&self->trial, wb_wedge_trial_free);
      self->trial = wb_wedge_trial_new (&options);
      gtk_widget_set_visible (GTK_WIDGET (self->look), FALSE);
    }
  self->options = options;
  self->is_updating = TRUE;
  if (options.prefix != 0)
    prefix[g_unichar_to_utf8 (options.prefix, prefix)] = '\0';
  if (!(gtk_widget_get_state_flags (GTK_WIDGET (self->prefix)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    gtk_editable_set_text (GTK_EDITABLE (self->prefix), prefix);
  gtk_switch_set_active (self->without_end, options.without_end);
  for (guint i = 1; i < G_N_ELEMENTS (gaps_ms); i++)
    if (options.gap_us == g_ascii_strtoll (gaps_ms[i], NULL, 10) * G_TIME_SPAN_MILLISECOND)
      selected = i;
  adw_combo_row_set_selected (self->gap, selected);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_sensitive (rows[i], wb_profile_keeper_is_known (self->keeper));
  self->is_updating = FALSE;
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
add_options (WbWedgeRow *self)
{
  GtkWidget *end = adw_action_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  self->prefix = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->prefix), _ ("Each code begins with (one character, as set in the scanner)"));
  adw_entry_row_set_show_apply_button (self->prefix, TRUE);
  g_signal_connect_object (self->prefix, "changed", G_CALLBACK (prefix_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prefix, "apply", G_CALLBACK (prefix_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->prefix));

  self->without_end = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->without_end), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (end), _ ("No end key"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (end), _ ("The scanner sends neither Enter nor Tab behind a code"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (end), GTK_WIDGET (self->without_end));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (end), GTK_WIDGET (self->without_end));
  g_signal_connect_object (self->without_end, "notify::active", G_CALLBACK (without_end_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), end);

  for (guint i = 0; i < G_N_ELEMENTS (gaps_ms); i++)
    {
      g_autofree char *words = g_strdup_printf (_ ("%s ms"), gaps_ms[i]);

      gtk_string_list_append (model, words);
    }
  self->gap = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->gap), _ ("Longest pause between two keys"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->gap), _ ("Longer for slow radio scanners; what is typed shows that much later"));
  adw_combo_row_set_model (self->gap, G_LIST_MODEL (model));
  g_signal_connect_object (self->gap, "notify::selected", G_CALLBACK (gap_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->gap));
}

static void
add_test (WbWedgeRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->try = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->try), _ ("Try it: click here and scan something"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->try), keys);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->try));
  self->look = ADW_ACTION_ROW (adw_action_row_new ());
  adw_action_row_set_subtitle_lines (self->look, 0);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (self->look), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->look), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->look));
}

static void
wb_wedge_row_dispose (GObject *object)
{
  WbWedgeRow *self = WB_WEDGE_ROW (object);

  g_clear_handle_id (&self->over_source, g_source_remove);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (wb_wedge_row_parent_class)->dispose (object);
}

static void
wb_wedge_row_finalize (GObject *object)
{
  g_clear_pointer (&WB_WEDGE_ROW (object)->trial, wb_wedge_trial_free);
  G_OBJECT_CLASS (wb_wedge_row_parent_class)->finalize (object);
}

static void
wb_wedge_row_class_init (WbWedgeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_wedge_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_wedge_row_finalize;
}

static void
wb_wedge_row_init (WbWedgeRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("input-keyboard-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 24); /* as those of the devices above */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Scanners that type"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ ("They play a keyboard: told from typing by how fast their keys come"));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  add_test (self);
  add_options (self);
}

GtkWidget *
wb_wedge_row_new (WbProfileKeeper *keeper)
{
  WbWedgeRow *self = NULL;

  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (keeper), NULL);

  self = g_object_new (WB_TYPE_WEDGE_ROW, NULL);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
