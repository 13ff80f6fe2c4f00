/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1.h"
#include "core/wb-shipping-label.h"
#include "core/wb-weight.h"

#define MM WB_LABEL_MM

/* Paper, margins and the heights of the bands, in µm. */
#define PAPER_WIDTH 101600
#define PAPER_HEIGHT 152400
#define MARGIN MM (4)
#define INNER (PAPER_WIDTH - 2 * MARGIN)
#define RULE 500

#define HEAD_TOP MM (4)
#define FROM_TOP MM (20)
#define TO_TOP MM (42)
#define ROUTE_TOP MM (86)
#define TRACK_TOP MM (102)
#define SSCC_TOP MM (128)

#define MAX_FROM_LINES 6
#define MAX_TO_LINES 8

void
wb_shipping_label_clear (WbShippingLabel *self)
{
  wb_address_clear (&self->from);
  wb_address_clear (&self->to);
  g_clear_pointer (&self->carrier, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->routing, g_free);
  g_clear_pointer (&self->tracking, g_free);
  g_clear_pointer (&self->sscc, g_free);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->date, g_free);
}

void
wb_shipping_label_free (WbShippingLabel *self)
{
  if (self == NULL)
    return;
  wb_shipping_label_clear (self);
  g_free (self);
}

static void
add_head (const WbShippingLabel *self, WbLabel *label)
{
  wb_label_add_text (label, MARGIN, HEAD_TOP + MM (2), INNER / 2, MM (9), WB_LABEL_LEFT, TRUE, self->carrier);
  wb_label_add_frame (label, MARGIN + INNER / 2 + MM (2), HEAD_TOP, INNER / 2 - MM (2), MM (13), RULE);
  wb_label_add_text (label, MARGIN + INNER / 2 + MM (4), HEAD_TOP + MM (3), INNER / 2 - MM (6), MM (7),
                     WB_LABEL_CENTRE, TRUE, self->service);
  wb_label_add_bar (label, MARGIN, FROM_TOP - MM (2), INNER, RULE);
}

static void
add_from (const WbShippingLabel *self, WbLabel *label)
{
  g_autofree char *block = wb_address_to_lines (&self->from, self->to.country);
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);

  wb_label_add_text (label, MARGIN, FROM_TOP, MM (12), MM (2.4), WB_LABEL_LEFT, FALSE, _ ("FROM"));
  for (guint i = 0; lines[i] != NULL && i < MAX_FROM_LINES; i++)
    wb_label_add_text (label, MARGIN + MM (12), FROM_TOP + i * MM (3.1), MM (46), MM (2.8), WB_LABEL_LEFT, FALSE,
                       lines[i]);
}

static void
add_facts (const WbShippingLabel *self, WbLabel *label)
{
  g_autofree char *parcel = g_strdup_printf (_ ("PARCEL %u / %u"), self->parcel, MAX (self->n_parcels, self->parcel));
  g_autofree char *weight = self->weight_g > 0 ? wb_weight_to_string (self->weight_g) : g_strdup ("");
  guint x = MARGIN + MM (60);
  guint width = INNER - MM (60);

  wb_label_add_text (label, x, FROM_TOP, width, MM (4), WB_LABEL_RIGHT, TRUE, parcel);
  wb_label_add_text (label, x, FROM_TOP + MM (5.5), width, MM (5), WB_LABEL_RIGHT, TRUE, weight);
  wb_label_add_text (label, x, FROM_TOP + MM (12), width, MM (2.8), WB_LABEL_RIGHT, FALSE, self->date);
  wb_label_add_bar (label, MARGIN, TO_TOP - MM (2), INNER, RULE);
}

/* The recipient as large as the number of lines allows. */
static void
add_to (const WbShippingLabel *self, WbLabel *label)
{
  g_autofree char *block = wb_address_to_lines (&self->to, self->from.country);
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  guint n_lines = MIN (g_strv_length (lines), MAX_TO_LINES);
  guint step = MIN (MM (7), (ROUTE_TOP - TO_TOP - MM (3)) / MAX (n_lines, 1));

  wb_label_add_text (label, MARGIN, TO_TOP, MM (12), MM (2.4), WB_LABEL_LEFT, FALSE, _ ("TO"));
  for (guint i = 0; i < n_lines; i++)
    wb_label_add_text (label, MARGIN + MM (12), TO_TOP + i * step, INNER - MM (12), step * 4 / 5, WB_LABEL_LEFT,
                       i == 0 || i + 1 == n_lines, lines[i]);
  wb_label_add_bar (label, MARGIN, ROUTE_TOP - MM (2), INNER, RULE);
}

static void
add_route (const WbShippingLabel *self, WbLabel *label)
{
  wb_label_add_text (label, MARGIN, ROUTE_TOP + MM (1), INNER * 3 / 5, MM (10), WB_LABEL_LEFT, TRUE, self->routing);
  if (self->reference != NULL && *self->reference != '\0')
    {
      g_autofree char *words = g_strdup_printf (_ ("ORDER %s"), self->reference);

      wb_label_add_text (label, MARGIN + INNER * 3 / 5, ROUTE_TOP + MM (4), INNER * 2 / 5, MM (4.5), WB_LABEL_RIGHT,
                         FALSE, words);
    }
  wb_label_add_bar (label, MARGIN, TRACK_TOP - MM (2), INNER, RULE);
}

static gboolean
add_tracking (const WbShippingLabel *self, WbLabel *label, GError **error)
{
  if (!wb_label_add_symbol (label, WB_LABEL_CODE_128, MARGIN, TRACK_TOP, INNER, MM (18), WB_LABEL_CENTRE,
                            self->tracking, error))
    return FALSE;
  wb_label_add_text (label, MARGIN, TRACK_TOP + MM (19), INNER, MM (4.2), WB_LABEL_CENTRE, FALSE, self->tracking);
  return TRUE;
}

static gboolean
add_sscc (const WbShippingLabel *self, WbLabel *label, GError **error)
{
  g_autofree char *data = NULL;
  g_autofree char *words = NULL;

  if (self->sscc == NULL || *self->sscc == '\0')
    return TRUE;
  if (strlen (self->sscc) != 18 || !wb_gs1_check_number (self->sscc, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%.40s” is not an SSCC", self->sscc);
      return FALSE;
    }
  data = g_strconcat ("00", self->sscc, NULL);
  words = g_strdup_printf ("(00) %s", self->sscc);
  wb_label_add_bar (label, MARGIN, SSCC_TOP - MM (2), INNER, RULE);
  if (!wb_label_add_symbol (label, WB_LABEL_GS1_128, MARGIN, SSCC_TOP, INNER, MM (15), WB_LABEL_CENTRE, data, error))
    return FALSE;
  wb_label_add_text (label, MARGIN, SSCC_TOP + MM (16), INNER, MM (3.6), WB_LABEL_CENTRE, FALSE, words);
  return TRUE;
}

WbLabel *
wb_shipping_label_layout (const WbShippingLabel *self, GError **error)
{
  g_autoptr (WbLabel) label = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->tracking == NULL || *self->tracking == '\0' || wb_address_is_empty (&self->to))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "a label needs a recipient and a tracking number");
      return NULL;
    }
  name = g_strdup_printf ("label %s", self->tracking);
  label = wb_label_new (name, PAPER_WIDTH, PAPER_HEIGHT);
  add_head (self, label);
  add_from (self, label);
  add_facts (self, label);
  add_to (self, label);
  add_route (self, label);
  if (!add_tracking (self, label, error) || !add_sscc (self, label, error))
    return NULL;
  return g_steal_pointer (&label);
}
