/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "db/wb-shop-store.h"
#include "ui/wb-format.h"
#include "ui/wb-shop-page.h"

#define TOAST_S 8

typedef enum
{
  SHOP,
  BENCHES,
  PHOTOS,
  N_GROUPS,
} Group;

/* A text to be typed, a switch, or a switch for one word of several. */
static const struct
{
  Group group;
  const char *key;
  const char *word;
  const char *title;
  const char *subtitle;
} descriptions[] = {
  { SHOP, "shop.name", NULL, N_ ("Name"), NULL },
  { SHOP, "shop.country", NULL, N_ ("Country, such as DE"), NULL },
  { SHOP, "shop.currency", NULL, N_ ("Currency, such as EUR"), NULL },
  { SHOP, "shop.timezone", NULL, N_ ("Time zone, such as Europe/Berlin"), NULL },
  { SHOP, "gs1.company_prefix", NULL, N_ ("GS1 company prefix, in the numbers of parcels"), NULL },
  { BENCHES, "bench.by_hand", NULL, N_ ("Count by hand what cannot be scanned"), N_ ("The bench asks why, and the order says so") },
  { PHOTOS, "photo.moments", "packed", N_ ("When everything is packed"), NULL },
  { PHOTOS, "photo.moments", "weighed", N_ ("When it is weighed"), NULL },
  { PHOTOS, "photo.moments", "labelled", N_ ("When the label is on it"), NULL },
};

struct _WbShopPage
{
  AdwPreferencesPage parent_instance;

  /* Borrowed references: children */
  GtkWidget *rows[G_N_ELEMENTS (descriptions)];
  GtkWidget *switches[G_N_ELEMENTS (descriptions)]; /* NULL: a text */
  AdwActionRow *trouble;

  /* Owned references */
  WbDb *db;
  GPtrArray *settings;
  GCancellable *cancellable;
  AdwToast *toast;
  char *undo_key;
  char *undo_value;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (WbShopPage, wb_shop_page, ADW_TYPE_PREFERENCES_PAGE)

/* ── What it says ────────────────────────────────────────────────────────────────────────────── */

static const WbShopSetting *
find (WbShopPage *self, const char *key)
{
  for (guint i = 0; self->settings != NULL && i < self->settings->len; i++)
    if (g_str_equal (((WbShopSetting *) g_ptr_array_index (self->settings, i))->key, key))
      return g_ptr_array_index (self->settings, i);
  return NULL;
}

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, ",", -1);

  return g_strv_contains ((const char *const *) list, word);
}

static void
show (WbShopPage *self)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    {
      const WbShopSetting *setting = find (self, descriptions[i].key);

      gtk_widget_set_sensitive (self->rows[i], setting != NULL);
      if (setting == NULL)
        continue;
      if (self->switches[i] != NULL)
        gtk_switch_set_active (GTK_SWITCH (self->switches[i]), descriptions[i].word != NULL ? has_word (setting->value, descriptions[i].word)
                                                                                            : g_str_equal (setting->value, "yes"));
      else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->rows[i])), setting->value) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), setting->value);
    }
  self->is_filling = FALSE;
}

/* The database speaks of keys, people of what stands beside the field. */
static void
say_trouble (WbShopPage *self, const char *message)
{
  g_autoptr (GString) words = g_string_new (message);
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), message != NULL);
  if (message == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (g_str_has_prefix (message, descriptions[i].key))
      {
        g_auto (GStrv) title = g_strsplit (_ (descriptions[i].title), ",", 2);

        g_string_replace (words, descriptions[i].key, title[0], 1);
        if (self->switches[i] == NULL)
          gtk_widget_add_css_class (self->rows[i], "error");
        break;
      }
  sentence = wb_format_sentence (words->str);
  escaped = g_markup_escape_text (sentence, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble), escaped);
}

static void
calm_down (WbShopPage *self)
{
  say_trouble (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    gtk_widget_remove_css_class (self->rows[i], "error");
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbShopPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *settings = wb_shop_store_list_finish (WB_DB (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (settings == NULL)
    {
      say_trouble (self, error->message);
      return;
    }
  g_clear_pointer (&self->settings, g_ptr_array_unref);
  self->settings = settings;
  show (self);
}

static void
load (WbShopPage *self)
{
  wb_shop_store_list_async (self->db, self->cancellable, listed_cb, g_object_ref (self));
}

/* ── Changing ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  WbShopPage *page;
  char *key;
  char *before;
  const char *title;
} Change;

static void
change_free (Change *self)
{
  g_object_unref (self->page);
  g_free (self->key);
  g_free (self->before);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
offer_undo (WbShopPage *self, const Change *change)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *words = g_strdup_printf (_ ("%s is changed"), change->title);

  g_free (self->undo_key);
  self->undo_key = g_strdup (change->key);
  g_free (self->undo_value);
  self->undo_value = g_strdup (change->before);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  if (!ADW_IS_PREFERENCES_WINDOW (root))
    return;
  self->toast = g_object_ref_sink (adw_toast_new (words));
  adw_toast_set_button_label (self->toast, _ ("_Undo"));
  adw_toast_set_action_name (self->toast, "shop.undo");
  adw_toast_set_timeout (self->toast, TOAST_S);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), g_object_ref (self->toast));
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_shop_store_set_finish (WB_DB (source), result, &error))
    {
      if (change->title != NULL)
        offer_undo (change->page, change);
      load (change->page);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      say_trouble (change->page, error->message);
      /* a text stays there to be mended; a switch says what is */
      if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED))
        return;
      load (change->page);
    }
}

/* @title: how the change is called in the toast that offers to take it back; NULL for none. */
static void
set (WbShopPage *self, const char *key, const char *value, const char *title)
{
  const WbShopSetting *setting = find (self, key);
  Change *change = NULL;

  calm_down (self);
  if (setting == NULL || g_str_equal (setting->value, value))
    return;
  change = g_new0 (Change, 1);
  change->page = g_object_ref (self);
  change->key = g_strdup (key);
  change->before = g_strdup (setting->value);
  change->title = title;
  wb_shop_store_set_async (self->db, setting, value, self->cancellable, set_cb, change);
}

static guint
find_row (WbShopPage *self, gpointer widget)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (descriptions) - 1 && self->rows[i] != widget && self->switches[i] != widget)
    i++;
  return i;
}

static void
apply_cb (WbShopPage *self, GtkWidget *row)
{
  guint i = find_row (self, row);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_auto (GStrv) title = g_strsplit (_ (descriptions[i].title), ",", 2);

  set (self, descriptions[i].key, text, g_intern_string (title[0]));
}

/* All words of the key whose switches are on. */
static char *
join_words (WbShopPage *self, const char *key)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (descriptions[i].word != NULL && g_str_equal (descriptions[i].key, key) && gtk_switch_get_active (GTK_SWITCH (self->switches[i])))
      g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", descriptions[i].word);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
switched_cb (WbShopPage *self, GParamSpec *pspec, GtkWidget *button)
{
  guint i = find_row (self, button);
  g_autofree char *value = NULL;

  if (self->is_filling)
    return;
  if (descriptions[i].word != NULL)
    value = join_words (self, descriptions[i].key);
  else
    value = g_strdup (gtk_switch_get_active (GTK_SWITCH (button)) ? "yes" : "no");
  set (self, descriptions[i].key, value, _ ("The setting"));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbShopPage *self = user_data;
  g_autofree char *key = g_steal_pointer (&self->undo_key);
  g_autofree char *value = g_steal_pointer (&self->undo_value);

  if (key != NULL)
    set (self, key, value, NULL);
}

/* ── Rows ────────────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
make_entry (WbShopPage *self, guint i)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (descriptions[i].title));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_switch (WbShopPage *self, guint i)
{
  GtkWidget *row = adw_action_row_new ();

  self->switches[i] = gtk_switch_new ();
  gtk_widget_set_valign (self->switches[i], GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (descriptions[i].title));
  if (descriptions[i].subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (descriptions[i].subtitle));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->switches[i]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->switches[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switches[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (descriptions[i].title), -1);
  g_signal_connect_object (self->switches[i], "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_groups (WbShopPage *self)
{
  static const struct
  {
    const char *title;
    const char *description;
  } groups[N_GROUPS] = {
    { N_ ("This shop"), N_ ("For everybody who works here. Currency and time zone count in each program from its next start.") },
    { N_ ("Benches"), NULL },
    { N_ ("Photos of parcels"), N_ ("Benches with a camera take them by themselves.") },
  };
  AdwPreferencesGroup *made[N_GROUPS] = { NULL };
  GtkWidget *image = NULL;

  for (guint i = 0; i < N_GROUPS; i++)
    {
      made[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (made[i], _ (groups[i].title));
      if (groups[i].description != NULL)
        adw_preferences_group_set_description (made[i], _ (groups[i].description));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), made[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    {
      gboolean is_text = descriptions[i].group == SHOP;

      self->rows[i] = is_text ? make_entry (self, i) : make_switch (self, i);
      adw_preferences_group_add (made[descriptions[i].group], self->rows[i]);
    }
  self->trouble = ADW_ACTION_ROW (adw_action_row_new ());
  adw_action_row_set_title_lines (self->trouble, 0);
  image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (image, "warning");
  adw_action_row_add_prefix (self->trouble, image);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  adw_preferences_group_add (made[SHOP], GTK_WIDGET (self->trouble));
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_shop_page_dispose (GObject *object)
{
  WbShopPage *self = WB_SHOP_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->toast);
  g_clear_object (&self->db);
  G_OBJECT_CLASS (wb_shop_page_parent_class)->dispose (object);
}

static void
wb_shop_page_finalize (GObject *object)
{
  WbShopPage *self = WB_SHOP_PAGE (object);

  g_clear_pointer (&self->settings, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->undo_key);
  g_free (self->undo_value);
  G_OBJECT_CLASS (wb_shop_page_parent_class)->finalize (object);
}

static void
wb_shop_page_class_init (WbShopPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_shop_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_shop_page_finalize;
}

/* Where the toast looks for it: at the window. */
static void
root_cb (WbShopPage *self)
{
  static const GActionEntry entries[] = { { .name = "undo", .activate = undo_cb } };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GSimpleActionGroup) actions = NULL;

  if (root == NULL)
    return;
  actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (root), "shop", G_ACTION_GROUP (actions));
}

static void
wb_shop_page_init (WbShopPage *self)
{
  self->cancellable = g_cancellable_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Shop"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "shop");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "wb-shop-symbolic");
  add_groups (self);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
}

GtkWidget *
wb_shop_page_new (WbDb *db)
{
  WbShopPage *self = NULL;

  g_return_val_if_fail (WB_IS_DB (db), NULL);

  self = g_object_new (WB_TYPE_SHOP_PAGE, NULL);
  self->db = g_object_ref (db);
  show (self);
  load (self);
  return GTK_WIDGET (self);
}
