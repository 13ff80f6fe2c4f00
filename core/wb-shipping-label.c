/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"
#include "core/wb-label-templates.h"
#include "core/wb-shipping-label.h"

#define TEMPLATE "shipping"

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

static WbLabelValues *
get_values (const WbShippingLabel *self)
{
  WbLabelValues *values = wb_label_values_new ();
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (self != NULL, values);

  /* The country is written only when it is another than the one at the other end. */
  from = wb_address_to_lines (&self->from, self->to.country);
  to = wb_address_to_lines (&self->to, self->from.country);
  wb_label_values_set (values, "from", from);
  wb_label_values_set (values, "from.country", self->from.country);
  wb_label_values_set (values, "to", to);
  wb_label_values_set (values, "to.name", self->to.name);
  wb_label_values_set (values, "to.street", self->to.line1);
  wb_label_values_set (values, "to.city", self->to.city);
  wb_label_values_set (values, "to.region", self->to.region);
  wb_label_values_set (values, "to.postcode", self->to.postcode);
  wb_label_values_set (values, "to.country", self->to.country);
  wb_label_values_set (values, "carrier", self->carrier);
  wb_label_values_set (values, "service", self->service);
  wb_label_values_set (values, "routing", self->routing);
  wb_label_values_set (values, "tracking", self->tracking);
  wb_label_values_set (values, "sscc", self->sscc);
  wb_label_values_set (values, "order", self->reference);
  wb_label_values_set (values, "date", self->date);
  if (self->weight_g > 0)
    wb_label_values_set_number (values, "weight", self->weight_g);
  wb_label_values_set_number (values, "parcel", self->parcel);
  wb_label_values_set_number (values, "parcels", MAX (self->n_parcels, self->parcel));
  return values;
}

WbLabel *
wb_shipping_label_layout_by (const WbShippingLabel *self, const WbLabelTemplate *template, GError **error)
{
  g_autoptr (WbLabelValues) values = NULL;

  g_return_val_if_fail (self != NULL && template != NULL, NULL);

  if (self->tracking == NULL || *self->tracking == '\0' || wb_address_is_empty (&self->to))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "a label needs a recipient and a tracking number");
      return NULL;
    }
  values = get_values (self);
  return wb_label_template_layout (template, values, error);
}

WbLabel *
wb_shipping_label_layout (const WbShippingLabel *self, GError **error)
{
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  return wb_shipping_label_layout_by (self, wb_label_templates_find (templates, TEMPLATE), error);
}
