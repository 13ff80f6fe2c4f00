/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A postal address as it is written on a parcel, with what a carrier needs to reach the person.
 * A plain value: no identity, no history. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbAddress:
 * @country: ISO 3166-1 alpha-2, upper case
 *
 * All members are UTF-8 and may be NULL. They belong to the struct.
 */
typedef struct
{
  char *name;
  char *company;
  char *line1;
  char *line2;
  char *city;
  char *region;
  char *postcode;
  char *country;
  char *phone;
  char *email;
} WbAddress;

void       wb_address_clear    (WbAddress       *self);
WbAddress *wb_address_copy     (const WbAddress *self);
void       wb_address_free     (WbAddress       *self);
gboolean   wb_address_is_empty (const WbAddress *self);
gboolean   wb_address_equal    (const WbAddress *a,
                                const WbAddress *b);
char      *wb_address_to_lines (const WbAddress *self,
                                const char      *home_country);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbAddress, wb_address_free)

G_END_DECLS
