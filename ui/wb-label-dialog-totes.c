/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of totes: letters and numbers, which no database has to know. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-label-dialog-private.h"

#define TOTE_PREFIX "WB:TOTE:"

static void
show_rows (WbLabelDialog *self, gboolean shown)
{
  gtk_widget_set_visible (self->prefix, shown);
  gtk_widget_set_visible (self->low_row, shown);
  gtk_widget_set_visible (self->high_row, shown);
}

static void
item_free (gpointer data)
{
  wb_label_item_free (data);
}

/* Numbers as they are written on them, "T-017". */
static GPtrArray *
make_totes (WbLabelDialog *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  g_autofree char *prefix = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->prefix))));
  int low = gtk_spin_button_get_value_as_int (self->low);
  int high = gtk_spin_button_get_value_as_int (self->high);

  for (int n = low; n <= high && items->len <= WB_LABEL_STORE_MOST; n++)
    {
      g_autofree char *code = g_strdup_printf ("%s%03d", prefix, n);
      g_autofree char *barcode = g_strconcat (TOTE_PREFIX, code, NULL);
      WbLabelValues *values = wb_label_values_new ();

      wb_label_values_set (values, "code", code);
      wb_label_values_set (values, "barcode", barcode);
      wb_label_values_set (values, "shop", self->shop);
      g_ptr_array_add (items, wb_label_item_new (code, values));
    }
  return items;
}

const WbLabelSubject _wb_label_totes = {
  .document = "tote",
  .title = N_ ("Tote labels"),
  .none = N_ ("No totes"),
  .none_why = N_ ("The last number is smaller than the first."),
  .show_rows = show_rows,
  .choose = make_totes,
};
