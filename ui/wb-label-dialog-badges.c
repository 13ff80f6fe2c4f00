/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Badges of people: everybody’s, or of one. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-label-dialog-private.h"

static void
show_rows (WbLabelDialog *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->person), shown);
}

static void
read_badges (WbLabelDialog *self, WbDb *db, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_label_store_badges_async (db, self->cancellable, callback, user_data);
}

static gboolean
fill_people (WbLabelDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  gtk_string_list_append (model, _ ("Everybody’s"));
  for (guint i = 0; i < self->read->items->len; i++)
    gtk_string_list_append (model, ((const WbLabelItem *) g_ptr_array_index (self->read->items, i))->title);
  adw_combo_row_set_model (self->person, G_LIST_MODEL (model));
  return FALSE;
}

static GPtrArray *
choose (WbLabelDialog *self)
{
  GPtrArray *items = g_ptr_array_new ();
  guint person = adw_combo_row_get_selected (self->person);
  gboolean all = person == 0 || person == GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->read->items->len; i++)
    if (all || person == i + 1)
      g_ptr_array_add (items, g_ptr_array_index (self->read->items, i));
  return items;
}

const WbLabelSubject _wb_label_badges = {
  .document = "badge",
  .title = N_ ("Staff badges"),
  .none = N_ ("Nobody has a badge yet"),
  .none_why = N_ ("An administrator gives one by “waybillctl user badge NAME”."),
  .right = "label_badges",
  .show_rows = show_rows,
  .read = read_badges,
  .take = fill_people,
  .choose = choose,
};
