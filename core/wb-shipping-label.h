/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The label on a parcel: carrier and service, sender and recipient, weight, parcel n of m, routing code, tracking number
 * as Code 128, SSCC as GS1-128 and the order's number. What stands where is said by the template data/labels/shipping.label
 * or the one a shop has in its place; printing is elsewhere (core/wb-label-language.h, devices/).
 *
 * A plain value, any thread.
 */
#pragma once

#include "core/wb-address.h"
#include "core/wb-label-template.h"

G_BEGIN_DECLS

/**
 * WbShippingLabel:
 * @from: who sends
 * @to: who gets it
 * @carrier: its name
 * @service: the service's name
 * @routing: (nullable): the carrier's code for the place
 * @tracking: tracking number, printable ASCII
 * @sscc: (nullable): 18 digits
 * @reference: (nullable): the order's number
 * @date: (nullable): as to be printed
 * @weight_g: 0 leaves it out
 * @parcel: number of this parcel, from 1
 * @n_parcels: of how many
 *
 * Strings are owned by the struct.
 */
typedef struct
{
  WbAddress from;
  WbAddress to;
  char *carrier;
  char *service;
  char *routing;
  char *tracking;
  char *sscc;
  char *reference;
  char *date;
  gint64 weight_g;
  guint parcel;
  guint n_parcels;
} WbShippingLabel;

/**
 * wb_shipping_label_clear:
 *
 * Frees what is in it and leaves it empty.
 */
void wb_shipping_label_clear (WbShippingLabel *self);
void wb_shipping_label_free (WbShippingLabel *self);

/**
 * wb_shipping_label_layout_by:
 * @template: for the document "shipping"
 *
 * Fails with %WB_ERROR_INVALID when there is no recipient or no tracking number, or a number that
 * no barcode can hold.
 *
 * Returns: (transfer full): what to print
 */
WbLabel *wb_shipping_label_layout_by (const WbShippingLabel *self, const WbLabelTemplate *template, GError **error);

/**
 * wb_shipping_label_layout:
 *
 * The same by the template of this machine, which is read anew. Errors are those of wb_shipping_label_layout_by().
 *
 * Returns: (transfer full): what to print
 */
WbLabel *wb_shipping_label_layout (const WbShippingLabel *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShippingLabel, wb_shipping_label_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbShippingLabel, wb_shipping_label_free)

G_END_DECLS
