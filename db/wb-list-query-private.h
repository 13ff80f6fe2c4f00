/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the list query share: its sort keys, the keys of rows as bytes, its statements.
 */
#pragma once

#include "db/wb-db-private.h"
#include "db/wb-filter-map-private.h"
#include "db/wb-list-query.h"

G_BEGIN_DECLS

/* How a part of a key is held, compared and handed to the server. */
typedef enum
{
  WB_KEY_INT,
  WB_KEY_TEXT,
  WB_KEY_TIME,
  WB_KEY_DATE,
  WB_KEY_PRICE,
  WB_KEY_BOOL,
} WbKeyType;

/* One expression of `order by`. The last one is the id. */
typedef struct
{
  const char *expression;
  WbKeyType type;
  gboolean descending;
} WbKeyPart;

/* Each sort field may bring a second expression; the id comes last. */
#define WB_KEY_MAX_PARTS (2 * WB_LIST_MAX_SORTS + 1)

/* What a key's part is, decoded: @text of a text, @number of the others. */
typedef struct
{
  gint64 number;
  char *text;
} WbKeyValue;

struct _WbListQuery
{
  GObject parent_instance;

  WbDb *db;
  const WbCatalogue *catalogue;
  const WbFilterMap *map;
  WbFilter *filter;
  gint64 valid_until_us;

  /* the world as it was when the query was made */
  WbFilterContext context;
  GTimeZone *zone;
  char **currencies;
  char **closed;
  char *me;

  const WbField **columns;
  const WbFilterMapField **places; /* of the columns */
  guint n_columns;
  WbKeyPart parts[WB_KEY_MAX_PARTS];
  guint n_parts;
};

void _wb_list_query_build_rows (WbListQuery *self,
                                GBytes *from,
                                GBytes *to,
                                guint limit,
                                WbDbParams *params,
                                GString *sql);
void _wb_list_query_build_filter_first (WbListQuery *self,
                                        GBytes *from,
                                        GBytes *to,
                                        guint limit,
                                        WbDbParams *params,
                                        GString *sql);
void _wb_list_query_build_walk (WbListQuery *self,
                                GBytes *from,
                                GBytes *to,
                                guint limit,
                                WbDbParams *params,
                                GString *sql);
void _wb_list_query_build_offset (WbListQuery *self,
                                  guint64 offset,
                                  guint n,
                                  WbDbParams *params,
                                  GString *sql);
void _wb_list_query_build_locate (WbListQuery *self,
                                  const gint64 *ids,
                                  guint n_ids,
                                  WbDbParams *params,
                                  GString *sql);
void _wb_list_query_build_anchors (WbListQuery *self,
                                   WbDbParams *params,
                                   GString *sql);
void _wb_list_query_build_sums (WbListQuery *self,
                                guint column,
                                const WbListRange *ranges,
                                guint n_ranges,
                                WbDbParams *params,
                                GString *sql);
GBytes *_wb_list_query_read_key (WbListQuery *self,
                                 WbDbResult *result,
                                 guint row,
                                 int column);
WbRow *_wb_list_query_read_row (WbListQuery *self,
                                WbDbResult *result,
                                guint row);

GBytes *_wb_key_encode (const WbKeyPart *parts,
                        guint n_parts,
                        const WbKeyValue *values);
gboolean _wb_key_decode (const WbKeyPart *parts,
                         guint n_parts,
                         GBytes *key,
                         WbKeyValue *values);
void _wb_key_values_clear (WbKeyValue *values,
                           guint n_values);

G_END_DECLS
