/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-detail-columns.h"
#include "ui/wb-detail-page.h"
#include "ui/wb-format.h"
#include "ui/wb-narrow-bin.h"

/* A wait that is longer shows; one that is longer still can be cancelled. */
#define LOADING_SHOWS_MS 300
#define CANCEL_SHOWS_MS 2000
#define NARROW_PX 760
/* So much is scrolled when the title is no longer to be seen. */
#define HEAD_PX 56

typedef struct
{
  /* Borrowed references: children of the stack */
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkWidget *retry;
  GtkWidget *cancel;
  GtkWidget *bin;
  GtkScrolledWindow *scroll;
  GtkWidget *content;

  /* Owned references */
  GSignalGroup *news;
  GCancellable *read_cancellable;

  guint waiting_id;
  gboolean reading;
  gboolean again;
  gboolean wants_focus;
  gboolean read_only;
} WbDetailPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbDetailPage, wb_detail_page, WB_TYPE_PAGE)

static gboolean
has_content (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  return g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "content") == 0;
}

static gboolean
waiting_long_cb (gpointer user_data)
{
  WbDetailPage *self = WB_DETAIL_PAGE (user_data);
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  priv->waiting_id = 0;
  gtk_widget_set_visible (priv->cancel, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
waiting_cb (gpointer user_data)
{
  WbDetailPage *self = WB_DETAIL_PAGE (user_data);
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  gtk_widget_set_visible (priv->cancel, FALSE);
  if (!has_content (self))
    gtk_stack_set_visible_child_name (priv->stack, "loading");
  priv->waiting_id = g_timeout_add (CANCEL_SHOWS_MS - LOADING_SHOWS_MS, waiting_long_cb, self);
  return G_SOURCE_REMOVE;
}

static void
cancel_clicked_cb (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  priv->again = FALSE;
  g_cancellable_cancel (priv->read_cancellable);
}

static void
show_problem (WbDetailPage *self, GError *error)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  gboolean gone = g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *sentence = stopped ? g_strdup ("") : wb_format_sentence (error->message);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_status_page_set_icon_name (priv->problem, gone      ? "edit-find-symbolic"
                                                : stopped ? "wb-mark-clock-symbolic"
                                                          : "wb-mark-warning-symbolic");
  adw_status_page_set_title (priv->problem, gone      ? _ ("This is not there any more")
                                            : stopped ? _ ("Cancelled")
                                                      : _ ("This cannot be shown now"));
  adw_status_page_set_description (priv->problem, escaped);
  gtk_widget_set_visible (priv->retry, !gone);
  gtk_stack_set_visible_child_name (priv->stack, "problem");
  wb_page_set_title_shown (WB_PAGE (self), TRUE);
}

/* The header bar says what the page is about when the page's own head is scrolled away. */
static void
scrolled_cb (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  double value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (priv->scroll));

  wb_page_set_title_shown (WB_PAGE (self), value > HEAD_PX || !has_content (self));
}

/* What has come for the first time has the keyboard, if nothing else took it meanwhile. */
static void
show_content (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (has_content (self))
    return;
  gtk_stack_set_visible_child_name (priv->stack, "content");
  scrolled_cb (self);
  if (priv->wants_focus && (root == NULL || gtk_root_get_focus (root) == NULL
                            || gtk_root_get_focus (root) == GTK_WIDGET (priv->stack)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  priv->wants_focus = FALSE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbDetailPage) self = user_data;
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  g_autoptr(GError) error = NULL;
  gboolean shown = FALSE;

  priv->reading = FALSE;
  if (priv->stack == NULL)
    return;  /* the page went away meanwhile */

  shown = WB_DETAIL_PAGE_GET_CLASS (self)->show (self, WB_DB (source), result, &error);
  g_clear_handle_id (&priv->waiting_id, g_source_remove);
  if (shown)
    show_content (self);
  else if (!has_content (self))
    show_problem (self, error);
  else
    g_debug ("reading again failed, what is shown stays: %s", error != NULL ? error->message : "?");

  if (priv->again)
    wb_detail_page_read (self);
}

/**
 * wb_detail_page_read:
 * @self: a page
 *
 * Reads what it shows (again). While a reading is under way, one more follows it.
 */
void
wb_detail_page_read (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  WbDb *db = NULL;

  g_return_if_fail (WB_IS_DETAIL_PAGE (self));

  db = wb_page_get_db (WB_PAGE (self));
  priv->again = priv->reading;
  if (db == NULL || priv->reading)
    return;

  priv->reading = TRUE;
  g_clear_object (&priv->read_cancellable);
  priv->read_cancellable = g_cancellable_new ();
  if (priv->waiting_id == 0 && !has_content (self))
    priv->waiting_id = g_timeout_add (LOADING_SHOWS_MS, waiting_cb, self);
  WB_DETAIL_PAGE_GET_CLASS (self)->read (self, db, wb_page_get_id (WB_PAGE (self)),
                                         priv->read_cancellable, read_cb, g_object_ref (self));
}

static void
news_cb (WbDetailPage *self, const char *topic, GArray *ids, WbDb *db)
{
  gint64 id = wb_page_get_id (WB_PAGE (self));

  if (!g_str_equal (topic, WB_DETAIL_PAGE_GET_CLASS (self)->topic))
    return;
  if (ids == NULL)
    {
      wb_detail_page_read (self);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      {
        wb_detail_page_read (self);
        return;
      }
}

/* A database that begins or ceases to take changes: what may be done is shown anew. */
static void
state_changed_cb (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  WbDbState state = wb_db_get_state (wb_page_get_db (WB_PAGE (self)));
  gboolean read_only = state == WB_DB_STATE_READ_ONLY;

  if ((state != WB_DB_STATE_ONLINE && !read_only) || read_only == priv->read_only)
    return;
  priv->read_only = read_only;
  wb_detail_page_read (self);
}

static void
wb_detail_page_db_changed (WbPage *page)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (WB_DETAIL_PAGE (page));

  g_signal_group_set_target (priv->news, wb_page_get_db (page));
  wb_detail_page_read (WB_DETAIL_PAGE (page));
}

static void
wb_detail_page_reload (WbPage *page)
{
  wb_detail_page_read (WB_DETAIL_PAGE (page));
}

/* The content has the keyboard, by which it scrolls, and Tab goes on from it. It is put there by hand: containers would
 * give it to the first child that takes it, and opening a page must not end on something that acts. */
static gboolean
wb_detail_page_grab_focus (GtkWidget *widget)
{
  WbDetailPage *self = WB_DETAIL_PAGE (widget);
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL)
    return FALSE;
  priv->wants_focus = !has_content (self);
  gtk_root_set_focus (root, priv->wants_focus || priv->content == NULL ? GTK_WIDGET (priv->stack) : priv->content);
  return TRUE;
}

static void
wb_detail_page_dispose (GObject *object)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (WB_DETAIL_PAGE (object));

  g_clear_handle_id (&priv->waiting_id, g_source_remove);
  g_cancellable_cancel (priv->read_cancellable);
  g_clear_object (&priv->read_cancellable);
  g_clear_object (&priv->news);
  priv->stack = NULL;

  G_OBJECT_CLASS (wb_detail_page_parent_class)->dispose (object);
}

static void
wb_detail_page_class_init (WbDetailPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WbPageClass *page_class = WB_PAGE_CLASS (klass);

  object_class->dispose = wb_detail_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_detail_page_grab_focus;
  page_class->db_changed = wb_detail_page_db_changed;
  page_class->reload = wb_detail_page_reload;
}

/* The shape of what is coming: a title, and cards with some lines. */
static GtkWidget *
make_bar (const char *style, int width)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (bar, "skeleton");
  gtk_widget_add_css_class (bar, style);
  gtk_widget_set_size_request (bar, width, -1);
  gtk_widget_set_halign (bar, GTK_ALIGN_START);
  return bar;
}

static void
add_skeleton_card (WbDetailColumns *columns, gboolean right, int n_lines)
{
  WbCard *card = wb_detail_columns_add_card (columns, right, "");

  for (int i = 0; i < n_lines; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (row, "row");
      gtk_box_append (GTK_BOX (row), make_bar ("line", 90 + (i * 67 + n_lines * 23) % 120));
      wb_card_add (card, row);
    }
}

static GtkWidget *
build_loading (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  WbDetailColumns *columns = WB_DETAIL_COLUMNS (wb_detail_columns_new ());
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (head), make_bar ("title", 260));
  gtk_box_append (GTK_BOX (head), make_bar ("line", 200));
  wb_detail_columns_add_top (columns, head);
  add_skeleton_card (columns, FALSE, 4);
  add_skeleton_card (columns, FALSE, 3);
  add_skeleton_card (columns, TRUE, 3);
  add_skeleton_card (columns, TRUE, 4);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_EXTERNAL, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (columns));
  gtk_widget_set_can_target (scroll, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (overlay), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reading"), -1);

  priv->cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  gtk_widget_add_css_class (priv->cancel, "pill");
  gtk_widget_add_css_class (priv->cancel, "osd");
  gtk_widget_set_halign (priv->cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (priv->cancel, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (priv->cancel, 36);
  gtk_widget_set_visible (priv->cancel, FALSE);
  g_signal_connect_object (priv->cancel, "clicked", G_CALLBACK (cancel_clicked_cb), self, G_CONNECT_SWAPPED);

  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroll);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), priv->cancel);
  return overlay;
}

static void
wb_detail_page_init (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  GtkWidget *problem = adw_status_page_new ();

  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (priv->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "nothing");
  gtk_stack_add_named (priv->stack, build_loading (self), "loading");

  priv->problem = ADW_STATUS_PAGE (problem);
  priv->retry = gtk_button_new_with_mnemonic (_ ("_Try again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->retry), "win.reload");
  gtk_widget_add_css_class (priv->retry, "pill");
  gtk_widget_set_halign (priv->retry, GTK_ALIGN_CENTER);
  adw_status_page_set_child (priv->problem, priv->retry);
  gtk_stack_add_named (priv->stack, problem, "problem");

  priv->scroll = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  /* EXTERNAL rather than NEVER: the content's width must not keep the page from becoming narrow */
  gtk_scrolled_window_set_policy (priv->scroll, GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (priv->scroll), "value-changed", G_CALLBACK (scrolled_cb),
                           self, G_CONNECT_SWAPPED);
  priv->bin = wb_narrow_bin_new ();
  g_object_set (priv->bin, "threshold", NARROW_PX, NULL);
  wb_narrow_bin_set_child (WB_NARROW_BIN (priv->bin), GTK_WIDGET (priv->scroll));
  gtk_stack_add_named (priv->stack, priv->bin, "content");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));

  priv->news = g_signal_group_new (WB_TYPE_DB);
  g_signal_group_connect_swapped (priv->news, "news", G_CALLBACK (news_cb), self);
  g_signal_group_connect_swapped (priv->news, "resync", G_CALLBACK (wb_detail_page_read), self);
  g_signal_group_connect_swapped (priv->news, "notify::state", G_CALLBACK (state_changed_cb), self);
}

/**
 * wb_detail_page_set_content:
 * @self: a page
 * @content: (transfer floating): what it looks like when full; scrolls
 */
void
wb_detail_page_set_content (WbDetailPage *self, GtkWidget *content)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  g_return_if_fail (WB_IS_DETAIL_PAGE (self) && GTK_IS_WIDGET (content));

  priv->content = content;
  gtk_widget_set_focusable (content, TRUE);
  gtk_scrolled_window_set_child (priv->scroll, content);
  if (WB_IS_DETAIL_COLUMNS (content))
    g_object_bind_property (priv->bin, "narrow", content, "narrow", G_BINDING_SYNC_CREATE);
}
