/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One stock keeping unit with its product, codes, prices and stock, as the product page shows them.
 * Plain values (wb-member.h says what is never NULL); nothing here changes a product, acts do.
 */
#pragma once

#include "core/wb-decimal.h"
#include "core/wb-member.h"

G_BEGIN_DECLS

/* A sister of the SKU: the same product. */
typedef struct
{
  gint64 id;
  char *code;
  char *name;
  gint64 on_hand;
  gint64 available;
  gboolean active;
} WbSkuVariant;

/* A code, and how many pieces it stands for. */
typedef struct
{
  char *code;
  gint64 quantity;
  char *kind;
} WbSkuBarcode;

/* A list price, from a quantity on. */
typedef struct
{
  char *currency;
  gint64 minor_digits;
  WbDecimal unit_price;
  gint64 min_quantity;
  gboolean tax_included;
} WbSkuPrice;

/* Sellable pieces in a warehouse. */
typedef struct
{
  char *warehouse;
  gint64 on_hand;
  gint64 reserved;
  gint64 available;
} WbSkuTotal;

/* Pieces in a bin. */
typedef struct
{
  gint64 bin_id;
  char *bin;
  char *kind;
  char *warehouse;
  char *lot;
  char *expires_on; /* ISO date */
  gint64 quantity;
} WbSkuLevel;

/* A row of the ledger; an empty bin is outside the house. */
typedef struct
{
  GDateTime *at;
  char *kind;
  gint64 quantity;
  char *from_bin;
  char *to_bin;
  char *actor;
  char *reason;
} WbSkuMove;

/* An open order that needs it; what is missing is not set aside for it yet. */
typedef struct
{
  gint64 id;
  char *number;
  GDateTime *placed_at;
  GDateTime *ship_by;
  char *stage;
  gint64 wanted;
  gint64 missing;
} WbSkuWaiting;

/* The product it is a variant of. */
typedef struct
{
  gint64 id;
  char *code;
  char *name;
  char *description;
  char *brand;
  char *category;
  char *tax_class;
  char *hs_code;
  char *origin_country;
} WbSkuProduct;

/* The SKU. price is empty (scale 0, 0) and price_currency empty for who may not read prices. */
typedef struct
{
  gint64 id;
  gint64 version;
  char *code;
  char *name;
  gint64 weight_g;
  gint64 length_mm;
  gint64 width_mm;
  gint64 height_mm;
  gboolean stocked;
  gboolean track_lot;
  gboolean track_serial;
  GStrv handling;
  gboolean active;
  WbDecimal price;
  char *price_currency;
  gint64 minor_digits;
  gint64 on_hand;
  gint64 reserved;
  gint64 available;
} WbSkuHead;

/* Everything about one SKU. */
typedef struct
{
  WbSkuHead *sku; /* never NULL */
  WbSkuProduct *product; /* never NULL */
  GPtrArray *variants; /* (element-type WbSkuVariant) */
  GPtrArray *barcodes; /* (element-type WbSkuBarcode) */
  GPtrArray *prices; /* (element-type WbSkuPrice) */
  GPtrArray *totals; /* (element-type WbSkuTotal) */
  GPtrArray *levels; /* (element-type WbSkuLevel) */
  GPtrArray *moves; /* (element-type WbSkuMove): newest first */
  GPtrArray *waiting; /* (element-type WbSkuWaiting): what misses some first, then the oldest */
} WbSku;

extern const WbMembers wb_sku_members;

/**
 * wb_sku_free:
 * @self: (nullable) (transfer full): a SKU
 */
void wb_sku_free (WbSku *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSku, wb_sku_free)

G_END_DECLS
