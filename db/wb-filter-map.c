/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"

#include <string.h>

static const WbFilterMap *const maps[] = {
  &_wb_filter_map_orders,
  &_wb_filter_map_lines,
  &_wb_filter_map_customers,
  &_wb_filter_map_products,
  &_wb_filter_map_prints,
};

/* The map of a catalogue; each has one. */
const WbFilterMap *
_wb_filter_map_get (const WbCatalogue *catalogue)
{
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    if (strcmp (maps[i]->catalogue, catalogue->name) == 0)
      return maps[i];

  g_return_val_if_reached (NULL);
}

/* Where a field lives; each has a place. */
const WbFilterMapField *
_wb_filter_map_find (const WbFilterMap *self,
                     const WbField *field)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (strcmp (self->fields[i].name, field->name) == 0)
      return &self->fields[i];

  g_return_val_if_reached (NULL);
}

const WbFilterMapRelation *
_wb_filter_map_find_relation (const WbFilterMap *self,
                              const WbRelation *relation)
{
  for (const WbFilterMapRelation *r = self->relations; r != NULL && r->name != NULL; r++)
    if (strcmp (r->name, relation->name) == 0)
      return r;

  g_return_val_if_reached (NULL);
}
