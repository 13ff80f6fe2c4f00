/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-format.h"
#include "ui/wb-order-page-private.h"
#include "ui/wb-word.h"

/* How the fields of the trail are called, and which words their codes have; no name: not worth a line. */
static const struct
{
  const char *field;
  const char *name;
  const char *domain;
} names[] = {
  { "status", N_ ("Status"), "status" },
  { "payment_status", N_ ("Payment"), "payment" },
  { "fulfilment_status", N_ ("Fulfilment"), "fulfilment" },
  { "stage", N_ ("Stage"), "stage" },
  { "hold_reason", N_ ("Hold"), "hold" },
  { "reason_code", N_ ("Hold"), "hold" },
  { "cancel_reason", N_ ("Reason"), NULL },
  { "rush", N_ ("Rush"), NULL },
  { "tags", N_ ("Tags"), NULL },
  { "ship_name", N_ ("Name"), NULL },
  { "ship_city", N_ ("City"), NULL },
  { "ship_postcode", N_ ("Postcode"), NULL },
  { "ship_country", N_ ("Country"), NULL },
  { "ship_by", N_ ("Ship by"), NULL },
  { "shipping_method", N_ ("Shipping"), NULL },
  { "tracking", N_ ("Tracking"), NULL },
  { "quantity", N_ ("Quantity"), NULL },
  { "shipped_qty", N_ ("Sent"), NULL },
  { "cancelled_qty", N_ ("Cancelled"), NULL },
  { "returned_qty", N_ ("Returned"), NULL },
  { "unit_price", N_ ("Price"), NULL },
  { "body", N_ ("Text"), NULL },
  { "acknowledged_by", N_ ("Acknowledged by"), NULL },
};

static char *
describe_value (const char *domain, const char *value)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) moment = NULL;

  if (value[0] == '\0' || g_str_equal (value, "[]") || g_str_equal (value, "infinity"))
    return g_strdup ("–");
  if (domain != NULL)
    return g_strdup (wb_word_text (domain, value));
  if (g_str_equal (value, "true"))
    return g_strdup (_ ("yes"));
  if (g_str_equal (value, "false"))
    return g_strdup (_ ("no"));
  moment = strlen (value) >= 19 && value[10] == 'T' ? g_date_time_new_from_iso8601 (value, utc) : NULL;
  return moment != NULL ? wb_format_moment (moment) : g_strdup (value);
}

static void
append_fields (GString *text, const WbChange *change)
{
  for (guint i = 0; i < change->fields->len; i++)
    {
      const WbChangeField *field = g_ptr_array_index (change->fields, i);

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *old = NULL;
          g_autofree char *now = NULL;

          if (!g_str_equal (names[j].field, field->name))
            continue;
          old = describe_value (names[j].domain, field->old);
          now = describe_value (names[j].domain, field->now);
          g_string_append_printf (text, "%s%s: %s → %s", text->len > 0 ? "\n" : "", _ (names[j].name), old, now);
        }
    }
}

/* When it was, and a way to take it back. */
static GtkWidget *
make_suffix (WbOrderPage *self, const WbChange *change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *at = wb_format_moment (change->at);
  g_autofree char *full = wb_format_moment_full (change->at);
  GtkWidget *when = wb_card_figure (at, "dim-label");

  if (change->undoable && wb_page_may (WB_PAGE (self), "undo"))
    {
      GtkWidget *undo = gtk_button_new_with_label (_ ("Undo"));

      gtk_widget_add_css_class (undo, "flat");
      gtk_widget_add_css_class (undo, "small");
      gtk_widget_set_valign (undo, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (undo), "s", change->act_id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), "win.undo");
      gtk_box_append (GTK_BOX (box), undo);
    }
  gtk_widget_set_tooltip_text (when, full);
  gtk_box_append (GTK_BOX (box), when);
  return box;
}

/* Everything that one act changed is one entry: rows of the same act follow each other. */
static guint
add_entry (WbOrderPage *self, guint first)
{
  const WbChange *change = g_ptr_array_index (self->changes, first);
  g_autoptr(GString) fields = g_string_new (change->reason);
  g_autofree char *title = NULL;
  GtkWidget *suffix = NULL;
  guint next = first;

  for (; next < self->changes->len; next++)
    {
      const WbChange *other = g_ptr_array_index (self->changes, next);

      if (next > first && (change->act_id == NULL || g_strcmp0 (change->act_id, other->act_id) != 0))
        break;
      append_fields (fields, other);
    }
  title = change->act[0] != '\0' ? g_strdup_printf (_ ("%s %s"), change->actor, wb_word_text ("act", change->act))
                                : g_strdup (change->actor);
  suffix = make_suffix (self, change);
  wb_card_add_row (self->history, title, fields->str, suffix);
  return next;
}

void
_wb_order_page_show_history (WbOrderPage *self)
{
  const WbOrder *order = self->order;
  guint i = 0;

  if (order == NULL)
    return;
  wb_card_clear (self->history);
  while (self->changes != NULL && i < self->changes->len)
    i = add_entry (self, i);
  for (i = order->passages->len; i > 0 && (self->changes == NULL || self->changes->len == 0); i--)
    {
      const WbStagePassage *passage = g_ptr_array_index (order->passages, i - 1);
      g_autofree char *at = wb_format_moment (passage->at);

      wb_card_add_row (self->history, wb_word_text ("stage", passage->to), passage->actor, wb_card_figure (at, "dim-label"));
    }
  if (order->passages->len == 0 && (self->changes == NULL || self->changes->len == 0))
    wb_card_add_empty (self->history, _ ("Nothing has happened to it yet."));
}
