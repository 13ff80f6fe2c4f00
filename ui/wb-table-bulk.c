/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the bar of the selection, and what the selected rows come to. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "db/wb-db-error.h"
#include "ui/wb-table-private.h"

/* Selecting by keys held down asks once, when it is over. */
#define ASK_AFTER_MS 120
/* Lists that are changing have changed by then. */
#define ASK_AGAIN_MS 500

typedef struct
{
  GArray *sums;
  guint column;
} Sums;

static void
add_to_sums (gpointer row, gpointer user_data)
{
  Sums *sums = user_data;
  const char *currency = NULL;
  gint64 minor = 0;

  if (sums->column >= wb_row_get_n_values (row) || wb_row_get_value_type (row, sums->column) != WB_ROW_MONEY)
    return;
  minor = wb_row_get_money (row, sums->column, &currency);
  wb_list_sums_add (sums->sums, currency, minor);
}

/* The first column of money; G_MAXUINT when there is none (or none for this seat). */
static guint
find_money (WbTable *self)
{
  for (guint i = 0; i < self->read->len; i++)
    if (((const WbField *) g_ptr_array_index (self->read, i))->type == WB_FIELD_MONEY)
      return i;
  return G_MAXUINT;
}

static void
show_sums (WbTable *self, GArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      const WbListSum *sum = &g_array_index (sums, WbListSum, i);
      g_autofree char *money = wb_format_money (sum->minor, sum->currency);

      wb_facts_add (text, money);
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->bulk_sums), "skeleton");
  gtk_label_set_text (self->bulk_sums, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->bulk_sums), text->len > 0);
}

static void
show_waiting (WbTable *self)
{
  gtk_label_set_text (self->bulk_sums, "");
  gtk_widget_add_css_class (GTK_WIDGET (self->bulk_sums), "skeleton");
  gtk_widget_set_visible (GTK_WIDGET (self->bulk_sums), TRUE);
}

static void
stop_asking (WbTable *self)
{
  g_clear_handle_id (&self->sums_source, g_source_remove);
  g_cancellable_cancel (self->sums_cancellable);
  g_clear_object (&self->sums_cancellable);
}

static gboolean ask_cb (gpointer user_data);

static void
sums_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) sums = wb_lazy_list_sums_finish (WB_LAZY_LIST (object), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->sums_cancellable)
    return; /* another selection, another sum */
  g_clear_object (&self->sums_cancellable);
  if (sums != NULL)
    {
      show_sums (self, sums);
      return;
    }
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    {
      self->sums_source = g_timeout_add (ASK_AGAIN_MS, ask_cb, self);
      return;
    }
  /* Better no sum than a wrong one. */
  g_debug ("the selection cannot be added up: %s", error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->bulk_sums), FALSE);
}

static gboolean
ask_cb (gpointer user_data)
{
  WbTable *self = user_data;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  self->sums_source = 0;
  self->sums_cancellable = g_cancellable_new ();
  wb_lazy_list_sums_async (self->list, find_money (self), selected, self->sums_cancellable, sums_cb,
                           g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Rows that were all seen are added up at once; the server knows the rest. */
static void
update_sums (WbTable *self)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (WbListSum));
  Sums sums = { array, find_money (self) };

  stop_asking (self);
  if (sums.column == G_MAXUINT)
    gtk_widget_set_visible (GTK_WIDGET (self->bulk_sums), FALSE);
  else if (!self->sums_outdated && wb_bitset_selection_foreach (self->selection, add_to_sums, &sums))
    show_sums (self, array);
  else
    {
      /* After news the old sum stays until the new one is there: it is right but for what just happened. */
      if (!self->sums_outdated)
        show_waiting (self);
      self->sums_source = g_timeout_add (ASK_AFTER_MS, ask_cb, self);
    }
}

/* The rows may be the same and their amounts others. */
void
_wb_table_bulk_news (WbTable *self)
{
  if (wb_bitset_selection_count (self->selection) < 2)
    return;
  self->sums_outdated = TRUE;
  update_sums (self);
  self->sums_outdated = FALSE;
}

void
_wb_table_update_bulk (WbTable *self)
{
  guint n = wb_bitset_selection_count (self->selection);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (gtk_revealer_get_reveal_child (self->bulk) != (n > 1))
    {
      /* The rows lose or gain room below; those above the pointer stay where they are. */
      self->kept_scroll = gtk_adjustment_get_value (
        gtk_scrolled_window_get_vadjustment (self->scroller));
      gtk_revealer_set_reveal_child (self->bulk, n > 1);
    }
  if (n < 2)
    {
      stop_asking (self);
      return;
    }
  number = wb_format_number (n);
  /* Translators: %s is a number with thousands separators */
  text = g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);
  gtk_label_set_text (self->bulk_text, text);
  update_sums (self);
}

void
_wb_table_bulk_stop (WbTable *self)
{
  stop_asking (self);
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
