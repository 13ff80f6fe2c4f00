/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-detail-head.h"
#include "ui/wb-detail-page.h"
#include "ui/wb-narrow-bin.h"

#define LOADING_SHOWS_MS 300
#define NARROW_PX 760

typedef struct
{
  /* Borrowed references: children of the stack */
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkWidget *retry;
  GtkWidget *bin;
  GtkScrolledWindow *scroll;

  /* Owned references */
  GSignalGroup *news;

  guint waiting_id;
  gboolean reading;
  gboolean again;
} WbDetailPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbDetailPage, wb_detail_page, WB_TYPE_PAGE)

static gboolean
waiting_cb (gpointer user_data)
{
  WbDetailPage *self = WB_DETAIL_PAGE (user_data);
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);

  priv->waiting_id = 0;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "nothing") == 0)
    gtk_stack_set_visible_child_name (priv->stack, "loading");
  return G_SOURCE_REMOVE;
}

static void
show_problem (WbDetailPage *self, GError *error)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  gboolean gone = g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND);
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_icon_name (priv->problem, gone ? "edit-find-symbolic" : "dialog-warning-symbolic");
  adw_status_page_set_title (priv->problem, gone ? _ ("This is not there any more") : _ ("This cannot be shown now"));
  adw_status_page_set_description (priv->problem, escaped);
  gtk_widget_set_visible (priv->retry, !gone);
  gtk_stack_set_visible_child_name (priv->stack, "problem");
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
    gtk_stack_set_visible_child_name (priv->stack, "content");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           && g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "content") != 0)
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
  if (priv->waiting_id == 0 && g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "content") != 0)
    priv->waiting_id = g_timeout_add (LOADING_SHOWS_MS, waiting_cb, self);
  WB_DETAIL_PAGE_GET_CLASS (self)->read (self, db, wb_page_get_id (WB_PAGE (self)),
                                         wb_page_get_cancellable (WB_PAGE (self)), read_cb, g_object_ref (self));
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

static void
wb_detail_page_dispose (GObject *object)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (WB_DETAIL_PAGE (object));

  g_clear_handle_id (&priv->waiting_id, g_source_remove);
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
  page_class->db_changed = wb_detail_page_db_changed;
  page_class->reload = wb_detail_page_reload;
}

static void
wb_detail_page_init (WbDetailPage *self)
{
  WbDetailPagePrivate *priv = wb_detail_page_get_instance_private (self);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *problem = adw_status_page_new ();

  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (priv->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "nothing");
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_stack_add_named (priv->stack, spinner, "loading");

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
  priv->bin = wb_narrow_bin_new ();
  g_object_set (priv->bin, "threshold", NARROW_PX, NULL);
  wb_narrow_bin_set_child (WB_NARROW_BIN (priv->bin), GTK_WIDGET (priv->scroll));
  gtk_stack_add_named (priv->stack, priv->bin, "content");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));

  priv->news = g_signal_group_new (WB_TYPE_DB);
  g_signal_group_connect_swapped (priv->news, "news", G_CALLBACK (news_cb), self);
  g_signal_group_connect_swapped (priv->news, "resync", G_CALLBACK (wb_detail_page_read), self);
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

  gtk_scrolled_window_set_child (priv->scroll, content);
  if (WB_IS_DETAIL_COLUMNS (content))
    g_object_bind_property (priv->bin, "narrow", content, "narrow", G_BINDING_SYNC_CREATE);
}
