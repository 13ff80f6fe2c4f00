/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: which of its faces it shows, how many rows there are, that it is busy. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-table-private.h"

/* A wait that is longer shows; one that is longer still can be cancelled. */
#define PATIENCE_MS 300
#define CANCEL_MS 2000

static gboolean
is_filtered (WbTable *self)
{
  return !wb_filter_is_empty (self->filter) || !wb_filter_is_empty (self->typed);
}

void
_wb_table_show_failure (WbTable *self, const GError *error)
{
  gboolean denied = g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_DENIED);
  gboolean slow = g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *sentence = wb_format_sentence (error->message);
  g_autofree char *text = g_markup_escape_text (sentence, -1);

  adw_status_page_set_icon_name (self->failed, slow || stopped ? "wb-mark-clock-symbolic" : "wb-mark-warning-symbolic");
  adw_status_page_set_title (self->failed, denied    ? _ ("Not for this seat")
                                           : slow    ? _ ("This takes too long")
                                           : stopped ? _ ("Cancelled")
                                                     : _ ("This cannot be shown"));
  adw_status_page_set_description (self->failed, slow || stopped
                                                   ? _ ("A filter that leaves fewer rows is answered sooner.")
                                                   : text);
  gtk_stack_set_visible_child_name (self->faces, "failed");
}

static void
update_face (WbTable *self)
{
  const GError *error = wb_lazy_list_get_error (self->list);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  /* While the connection is away the banner tells; what was read stays, and skeletons wait. */
  if (error != NULL && wb_lazy_list_is_skeleton (self->list)
      && !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    _wb_table_show_failure (self, error);
  else if (n == 0 && !wb_lazy_list_is_loading (self->list))
    gtk_stack_set_visible_child_name (self->faces, is_filtered (self) ? "nothing" : "empty");
  else if (n > 0)
    gtk_stack_set_visible_child_name (self->faces, "rows");
}

static void
update_count (WbTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *text = NULL;

  if (!wb_lazy_list_is_skeleton (self->list) && n > 0)
    text = self->spec->count_text (n, !wb_lazy_list_is_complete (self->list));
  gtk_label_set_text (self->count, text != NULL ? text : "");
}

static gboolean
pulse_cb (gpointer user_data)
{
  WbTable *self = user_data;

  self->waited_ms += PATIENCE_MS;
  /* Skeleton rows say themselves that something is coming. */
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !wb_lazy_list_is_skeleton (self->list));
  gtk_progress_bar_pulse (self->progress);
  if (self->waited_ms >= CANCEL_MS)
    {
      gtk_label_set_text (self->count, _ ("Still looking…"));
      gtk_widget_set_visible (self->cancel, TRUE);
    }
  return G_SOURCE_CONTINUE;
}

static void
update_progress (WbTable *self)
{
  /* While there is no connection there is nothing to cancel: the banner tells. */
  gboolean busy = wb_lazy_list_is_loading (self->list) && self->db != NULL
                  && wb_db_get_state (self->db) != WB_DB_STATE_OFFLINE;

  if (busy && self->progress_source == 0)
    {
      self->waited_ms = 0;
      self->progress_source = g_timeout_add (PATIENCE_MS, pulse_cb, self);
    }
  else if (!busy)
    {
      g_clear_handle_id (&self->progress_source, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
      gtk_widget_set_visible (self->cancel, FALSE);
    }
}

void
_wb_table_update_faces (WbTable *self)
{
  update_face (self);
  update_count (self);
  update_progress (self);
}
