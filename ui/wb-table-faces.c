/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: which of its faces it shows, how many rows there are, what the selected ones come to. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-table-private.h"

/* A wait that is longer shows. */
#define PATIENCE_MS 300

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
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->failed, denied ? _ ("Not for this seat")
                                           : slow ? _ ("This takes too long")
                                                  : _ ("This cannot be shown"));
  adw_status_page_set_description (self->failed,
                                   slow ? _ ("Add a filter that leaves fewer rows, or try again.") : text);
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
progress_cb (gpointer user_data)
{
  WbTable *self = user_data;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

static void
update_progress (WbTable *self)
{
  gboolean busy = wb_lazy_list_is_loading (self->list) && !wb_lazy_list_is_skeleton (self->list);

  if (busy && self->progress_source == 0)
    self->progress_source = g_timeout_add (PATIENCE_MS, progress_cb, self);
  else if (!busy)
    {
      g_clear_handle_id (&self->progress_source, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
    }
}

void
_wb_table_update_faces (WbTable *self)
{
  update_face (self);
  update_count (self);
  update_progress (self);
}

/* Selection */

typedef struct
{
  GHashTable *sums;
  guint column;
} Sums;

static void
add_to_sums (gpointer row, gpointer user_data)
{
  Sums *sums = user_data;
  const char *currency = NULL;
  gint64 *sum = NULL;
  gint64 minor = 0;

  if (sums->column >= wb_row_get_n_values (row)
      || wb_row_get_value_type (row, sums->column) != WB_ROW_MONEY)
    return;
  minor = wb_row_get_money (row, sums->column, &currency);
  sum = g_hash_table_lookup (sums->sums, currency);
  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (sums->sums, g_strdup (currency), sum);
    }
  *sum += minor;
}

/* What the selected rows come to, by currency; only of rows that were seen, which costs nothing. */
static char *
describe_sums (WbTable *self)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) currencies = NULL;
  Sums sums = { table, G_MAXUINT };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->read->len && sums.column == G_MAXUINT; i++)
    if (((const WbField *) g_ptr_array_index (self->read, i))->type == WB_FIELD_MONEY)
      sums.column = i;
  if (sums.column == G_MAXUINT
      || !wb_bitset_selection_foreach (self->selection, add_to_sums, &sums))
    return g_string_free (text, FALSE);
  currencies = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) (void (*) (void)) g_strcmp0);
  for (GList *l = currencies; l != NULL; l = l->next)
    {
      g_autofree char *sum = wb_format_money (*(gint64 *) g_hash_table_lookup (table, l->data),
                                                  l->data);

      g_string_append_printf (text, " · %s", sum);
    }
  return g_string_free (text, FALSE);
}

void
_wb_table_update_bulk (WbTable *self)
{
  guint n = wb_bitset_selection_count (self->selection);
  g_autofree char *number = NULL;
  g_autofree char *sums = NULL;
  g_autofree char *text = NULL;

  if (gtk_revealer_get_reveal_child (self->bulk) != (n > 1))
    {
      /* The rows lose or gain room below; those above the pointer stay where they are. */
      self->kept_scroll = gtk_adjustment_get_value (
        gtk_scrolled_window_get_vadjustment (self->scroller));
      gtk_revealer_set_reveal_child (self->bulk, n > 1);
    }
  if (n < 2)
    return;
  number = wb_format_number (n);
  sums = describe_sums (self);
  /* Translators: %s is a number with thousands separators */
  text = g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);
  gtk_label_set_text (self->bulk_text, text);
  if (*sums != '\0')
    {
      g_autofree char *all = g_strconcat (text, sums, NULL);

      gtk_label_set_text (self->bulk_text, all);
    }
}

static gboolean
scroll_back_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbTable *self = WB_TABLE (widget);
  double value = self->kept_scroll;

  self->kept_scroll = -1;
  if (value >= 0)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), value);
  return G_SOURCE_REMOVE;
}

/* GTK's list keeps the row with the keyboard at the same fraction of its height, which moves all rows;
 * within its own allocation it does not listen. */
void
_wb_table_keep_scroll (WbTable *self)
{
  if (self->kept_scroll >= 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_back_cb, NULL, NULL);
}
