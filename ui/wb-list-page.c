/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-filter-entry.h"
#include "ui/wb-list-page.h"
#include "ui/wb-page-entry.h"
#include "ui/wb-quick-look.h"
#include "ui/wb-tone.h"

typedef struct
{
  /* Borrowed references: children */
  AdwFlap *flap;
  WbTable *table;
  WbQuickLook *look;

  /* Owned references */
  GSignalGroup *state;

  /* Owned references: kept alive for the context of filters */
  GTimeZone *zone;
  WbRights *rights;

  /* Owned references: handed to the header bar */
  GtkWidget *search;
  WbFilterEntry *entry;
  GtkWidget *toggle;
} WbListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbListPage, wb_list_page, WB_TYPE_PAGE)

static void
filter_typed_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  wb_table_set_typed_filter (priv->table, wb_filter_entry_get_filter (priv->entry));
}

static void
committed_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  wb_table_commit_typed_filter (priv->table);
  wb_filter_entry_set_text (priv->entry, "");
  wb_table_focus_rows (priv->table);
}

static void
leave_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  wb_table_focus_rows (priv->table);
}

static void
erase_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  g_autofree char *text = wb_table_take_last_clause (priv->table);

  if (text != NULL)
    wb_filter_entry_set_text (priv->entry, text);
}

static void
wants_filter_cb (WbListPage *self, const char *text)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  if (*text == '\0')
    wb_filter_entry_set_text (priv->entry, "");
  else
    wb_filter_entry_begin (priv->entry, text);
}

static gboolean
can_open (WbListPage *self, const WbSession *session)
{
  const WbTableSpec *spec = WB_LIST_PAGE_GET_CLASS (self)->spec;

  return wb_page_entry_is_allowed (wb_page_entry_find (spec->opens != NULL ? spec->opens : spec->kind), session);
}

static void
open_cb (WbListPage *self, gint64 id)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  const WbTableSpec *spec = wb_table_get_spec (priv->table);

  if (!can_open (self, wb_page_get_session (WB_PAGE (self))))
    adw_flap_set_reveal_flap (priv->flap, TRUE);
  else if (WB_LIST_PAGE_GET_CLASS (self)->open != NULL)
    WB_LIST_PAGE_GET_CLASS (self)->open (self, id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", spec->kind, id);
}

static void
quick_look_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  adw_flap_set_reveal_flap (priv->flap, !adw_flap_get_reveal_flap (priv->flap));
}

/* Quick look costs a question to the database: only while it can be seen. */
static void
update_look (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  if (adw_flap_get_reveal_flap (priv->flap))
    wb_quick_look_set_id (priv->look, wb_table_get_focus_id (priv->table),
                          wb_bitset_selection_count (wb_table_get_selection (priv->table)));
  else
    wb_quick_look_set_id (priv->look, 0, 0);
}

static void
look_closed_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  adw_flap_set_reveal_flap (priv->flap, FALSE);
  wb_table_focus_rows (priv->table);
}

/* Relative dates mean days of the shop, amounts its currency. */
static void
update_context (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  const WbSession *session = wb_page_get_session (WB_PAGE (self));
  WbFilterContext context = { 0 };
  gboolean opens = FALSE;

  if (session == NULL)
    return;
  g_clear_pointer (&priv->zone, g_time_zone_unref);
  if (session->shop_timezone != NULL)
    priv->zone = g_time_zone_new_identifier (session->shop_timezone);
  context.zone = priv->zone;
  context.me = session->login;
  g_clear_pointer (&priv->rights, wb_rights_unref);
  priv->rights = wb_rights_new (session);
  context.closed = wb_rights_get_closed (priv->rights);
  context.choices = wb_tone_choices;
  g_strlcpy (context.currency, session->shop_currency != NULL ? session->shop_currency : "",
             sizeof context.currency);
  wb_table_set_context (priv->table, &context);
  opens = can_open (self, session);
  wb_table_set_rights (priv->table, priv->rights, opens);
  wb_quick_look_set_rights (priv->look, priv->rights, opens);
  wb_filter_entry_set_context (priv->entry, &context);
}

static void
wb_list_page_db_changed (WbPage *page)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (page));

  if (priv->table == NULL)
    return;
  g_signal_group_set_target (priv->state, wb_page_get_db (page));
  update_context (WB_LIST_PAGE (page));
  if (WB_LIST_PAGE_GET_CLASS (page)->seat_changed != NULL)
    WB_LIST_PAGE_GET_CLASS (page)->seat_changed (WB_LIST_PAGE (page));
  wb_table_set_db (priv->table, wb_page_get_db (page));
  wb_quick_look_set_db (priv->look, wb_page_get_db (page));
}

static GtkWidget *
wb_list_page_get_title_widget (WbPage *page)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (page));

  return priv->search;
}

static GtkWidget *
wb_list_page_get_end_widget (WbPage *page)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (page));

  return priv->toggle;
}

static gboolean
wb_list_page_grab_focus (GtkWidget *widget)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (widget));

  return gtk_widget_grab_focus (GTK_WIDGET (priv->table));
}

static gboolean
wb_list_page_search (WbPage *page)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (page));

  return gtk_widget_grab_focus (GTK_WIDGET (priv->entry));
}

static void
wb_list_page_reload (WbPage *page)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (page));

  wb_table_reload (priv->table);
  wb_quick_look_reload (priv->look);
}

static void
make_header_widgets (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  GtkWidget *clamp = adw_clamp_new ();

  priv->entry = WB_FILTER_ENTRY (wb_filter_entry_new (wb_table_get_catalogue (priv->table)));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (priv->entry));
  gtk_widget_set_hexpand (clamp, TRUE);
  priv->search = g_object_ref_sink (clamp);

  priv->toggle = g_object_ref_sink (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (priv->toggle), "wb-quick-look-symbolic");
  gtk_widget_set_tooltip_text (priv->toggle, _ ("Quick look"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Quick look"), -1);
  g_object_bind_property (priv->flap, "reveal-flap", priv->toggle, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  /* In a narrow window the row's menu and the space bar are enough. */
  g_object_bind_property (priv->table, "narrow", priv->toggle, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);

  g_signal_connect_object (priv->entry, "notify::filter", G_CALLBACK (filter_typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->entry, "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->entry, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->entry, "erase", G_CALLBACK (erase_cb), self, G_CONNECT_SWAPPED);
}

/* What is slid away is neither a step of the Tab key nor anything for a screen reader. */
static void
look_moved_cb (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  gtk_widget_set_visible (GTK_WIDGET (priv->look), adw_flap_get_reveal_flap (priv->flap)
                                                     || adw_flap_get_reveal_progress (priv->flap) > 0);
}

static void
make_body (WbListPage *self, const WbTableSpec *spec)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  GSettings *settings = wb_page_get_settings (WB_PAGE (self));

  priv->flap = ADW_FLAP (adw_flap_new ());
  priv->table = WB_TABLE (wb_table_new (spec, settings));
  priv->look = WB_QUICK_LOOK (wb_quick_look_new (spec));
  adw_flap_set_flap_position (priv->flap, GTK_PACK_END);
  adw_flap_set_reveal_flap (priv->flap,
                            settings != NULL && g_settings_get_boolean (settings, "quick-look"));
  adw_flap_set_fold_threshold_policy (priv->flap, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_flap_set_swipe_to_open (priv->flap, FALSE);
  adw_flap_set_content (priv->flap, GTK_WIDGET (priv->table));
  adw_flap_set_separator (priv->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_flap (priv->flap, GTK_WIDGET (priv->look));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->flap));

  g_signal_connect_object (priv->table, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "wants-filter", G_CALLBACK (wants_filter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "quick-look", G_CALLBACK (quick_look_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "selection-changed", G_CALLBACK (update_look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->flap, "notify::reveal-flap", G_CALLBACK (look_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->flap, "notify::reveal-progress", G_CALLBACK (look_moved_cb), self,
                           G_CONNECT_SWAPPED);
  look_moved_cb (self);
  g_signal_connect_object (priv->flap, "notify::reveal-flap", G_CALLBACK (update_look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->look, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->look, "closed", G_CALLBACK (look_closed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What may be done depends on whether the database takes changes. */
static void
state_changed_cb (WbListPage *self)
{
  if (WB_LIST_PAGE_GET_CLASS (self)->seat_changed != NULL)
    WB_LIST_PAGE_GET_CLASS (self)->seat_changed (self);
}

static void
wb_list_page_constructed (GObject *object)
{
  WbListPage *self = WB_LIST_PAGE (object);

  G_OBJECT_CLASS (wb_list_page_parent_class)->constructed (object);

  make_body (self, WB_LIST_PAGE_GET_CLASS (self)->spec);
  make_header_widgets (self);
  wb_list_page_db_changed (WB_PAGE (self));
}

static void
wb_list_page_dispose (GObject *object)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (object));

  g_clear_object (&priv->state);
  g_clear_object (&priv->search);
  g_clear_object (&priv->toggle);

  G_OBJECT_CLASS (wb_list_page_parent_class)->dispose (object);
}

static void
wb_list_page_finalize (GObject *object)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (WB_LIST_PAGE (object));

  g_clear_pointer (&priv->zone, g_time_zone_unref);
  g_clear_pointer (&priv->rights, wb_rights_unref);

  G_OBJECT_CLASS (wb_list_page_parent_class)->finalize (object);
}

/* Escape closes quick look; where it is closed already, the key is somebody else's. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WbListPage *self = WB_LIST_PAGE (widget);
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  if (!adw_flap_get_reveal_flap (priv->flap))
    return FALSE;
  look_closed_cb (self);
  return TRUE;
}

static void
wb_list_page_class_init (WbListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WbPageClass *page_class = WB_PAGE_CLASS (klass);

  object_class->constructed = wb_list_page_constructed;
  object_class->dispose = wb_list_page_dispose;
  object_class->finalize = wb_list_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_list_page_grab_focus;
  page_class->db_changed = wb_list_page_db_changed;
  page_class->get_title_widget = wb_list_page_get_title_widget;
  page_class->get_end_widget = wb_list_page_get_end_widget;
  page_class->search = wb_list_page_search;
  page_class->reload = wb_list_page_reload;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
wb_list_page_init (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  priv->state = g_signal_group_new (WB_TYPE_DB);
  g_signal_group_connect_swapped (priv->state, "notify::state", G_CALLBACK (state_changed_cb), self);
}

/**
 * wb_list_page_get_table:
 *
 * Returns: (transfer none): the table, for what a page adds to it
 */
WbTable *
wb_list_page_get_table (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_LIST_PAGE (self), NULL);

  return priv->table;
}

/**
 * wb_list_page_get_search:
 *
 * Returns: (transfer none): what stands in the search box
 */
const char *
wb_list_page_get_search (WbListPage *self)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_LIST_PAGE (self), NULL);

  return wb_filter_entry_get_text (priv->entry);
}

/**
 * wb_list_page_set_search:
 * @text: an expression
 *
 * Searches as if it had been typed.
 */
void
wb_list_page_set_search (WbListPage *self, const char *text)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);

  g_return_if_fail (WB_IS_LIST_PAGE (self));

  wb_filter_entry_set_text (priv->entry, text);
}

/**
 * wb_list_page_set_filter:
 * @expression: an expression
 *
 * Shows what it finds, as chips, in the place of the filters that were there; one that cannot be read stands in the search
 * box, which says why.
 */
void
wb_list_page_set_filter (WbListPage *self, const char *expression)
{
  WbListPagePrivate *priv = wb_list_page_get_instance_private (self);
  g_autoptr (WbFilter) filter = NULL;

  g_return_if_fail (WB_IS_LIST_PAGE (self) && expression != NULL);

  filter = wb_filter_parse (wb_table_get_catalogue (priv->table), expression, NULL, NULL);
  wb_filter_entry_set_text (priv->entry, filter != NULL ? "" : expression);
  if (filter != NULL)
    wb_table_set_filter (priv->table, filter);
}
