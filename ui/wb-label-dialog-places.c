/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of shelves: a zone, or from one place to another. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-label-dialog-private.h"

static void
show_rows (WbLabelDialog *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->zone), shown);
  gtk_widget_set_visible (self->first, shown);
  gtk_widget_set_visible (self->last, shown);
}

static void
read_places (WbLabelDialog *self, WbDb *db, GAsyncReadyCallback callback, gpointer user_data)
{
  guint selected = adw_combo_row_get_selected (self->zone);
  const WbLabelZone *zone = NULL;

  if (adw_combo_row_get_model (self->zone) != NULL && selected > 0 && self->read != NULL && selected <= self->read->zones->len)
    zone = g_ptr_array_index (self->read->zones, selected - 1);
  wb_label_store_places_async (db, zone != NULL ? zone->warehouse : NULL, zone != NULL ? zone->zone : NULL,
                               gtk_editable_get_text (GTK_EDITABLE (self->first)), gtk_editable_get_text (GTK_EDITABLE (self->last)),
                               self->cancellable, callback, user_data);
}

/* The zones there are, once; the first is chosen, since all of a warehouse are more than anybody prints at once. */
static gboolean
fill_zones (WbLabelDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  if (adw_combo_row_get_model (self->zone) != NULL)
    return FALSE;
  gtk_string_list_append (model, _ ("All zones"));
  for (guint i = 0; i < self->read->zones->len; i++)
    {
      const WbLabelZone *zone = g_ptr_array_index (self->read->zones, i);
      /* Translators: a warehouse, the letter of a zone in it, what that is called */
      g_autofree char *text = g_strdup_printf (_ ("%s: %s, %s"), zone->warehouse_name, zone->zone, zone->name);

      gtk_string_list_append (model, text);
    }
  adw_combo_row_set_model (self->zone, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->zone, MIN (self->read->zones->len, 1));
  return self->read->zones->len > 0;
}

const WbLabelSubject _wb_label_places = {
  .document = "location",
  .title = N_ ("Shelf labels"),
  .none = N_ ("No places"),
  .none_why = N_ ("Nothing in this zone is called so. Leave both ends empty for all of it."),
  .show_rows = show_rows,
  .read = read_places,
  .take = fill_zones,
};
