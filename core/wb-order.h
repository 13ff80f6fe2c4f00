/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One order with all that belongs to it, as its page shows it: who, what, money, where it stands,
 * what happened. Plain values (wb-member.h says what is never NULL) that db/ reads in one round
 * trip; nothing here changes an order, acts do. Not for lists: those show rows (wb-row.h).
 */
#pragma once

#include "core/wb-address.h"
#include "core/wb-decimal.h"
#include "core/wb-member.h"

G_BEGIN_DECLS

/* One SKU of an order. gross is quantity × price rounded half away from zero, net is gross less discount. */
typedef struct
{
  gint64 id;
  gint64 sku_id; /* 0: no product of ours */
  char *sku_code;
  char *name;
  gint64 quantity;
  WbDecimal unit_price;
  gint64 gross_minor;
  gint64 discount_minor;
  gint64 net_minor;
  gint64 tax_minor;
  gint64 reserved_qty;
  gint64 shipped_qty;
  gint64 cancelled_qty;
  gint64 returned_qty;
  gint64 on_hand;
  gint64 available; /* pieces that nobody was promised */
  gboolean stocked;
  gboolean gift_wrap;
  char *gift_message;
} WbOrderLine;

/* Shipping, a fee, a discount (positive, taken off) or a stated adjustment. */
typedef struct
{
  char *kind;
  char *name;
  char *code;
  gint64 amount_minor;
} WbOrderCharge;

/* One tax, summed over its parts; rate is a share (0.2 is 20 %). */
typedef struct
{
  char *name;
  char *jurisdiction;
  WbDecimal rate;
  gint64 amount_minor;
} WbOrderTax;

/* What the money did: authorisation, capture, void, refund, failure. */
typedef struct
{
  gint64 id;
  char *kind;
  gint64 amount_minor;
  char *method;
  char *gateway;
  char *reference;
  GDateTime *at;
} WbOrderPayment;

/* Why it is or was held. */
typedef struct
{
  gint64 id;
  char *reason_code;
  char *reason;
  char *note;
  char *owner;
  GDateTime *placed_at;
  char *placed_by;
  GDateTime *due_at;
  GDateTime *released_at; /* NULL: it still is */
  char *released_by;
} WbOrderHold;

/* kind: internal, customer, gift, instruction. */
typedef struct
{
  gint64 id;
  char *kind;
  char *body;
  GDateTime *created_at;
  char *created_by;
  GDateTime *acknowledged_at;
  char *acknowledged_by;
} WbOrderNote;

/* What a carrier said about a parcel. */
typedef struct
{
  GDateTime *at;
  char *code;
  char *body;
  char *place;
} WbTrackingEvent;

/* What lies in a parcel. */
typedef struct
{
  char *sku_code;
  char *name;
  gint64 quantity;
} WbParcelItem;

/* One package. */
typedef struct
{
  gint64 id;
  gint64 position;
  char *sscc;
  char *tracking;
  gint64 weight_g;
  char *box;
  GPtrArray *items; /* (element-type WbParcelItem) */
  GPtrArray *events; /* (element-type WbTrackingEvent): newest first */
} WbOrderParcel;

/* What was counted by hand where it should have been scanned. */
typedef struct
{
  char *sku_code; /* "" for a label */
  char *name;
  gint64 quantity;
  char *why; /* as in wb_hand_reason_get_word() */
} WbUnscanned;

/* Parcels that leave together. */
typedef struct
{
  gint64 id;
  char *number;
  char *status;
  char *carrier;
  char *service;
  char *warehouse;
  char *tracking_url; /* {tracking} is where the number goes */
  GDateTime *created_at;
  GDateTime *shipped_at;
  GDateTime *delivered_at;
  GPtrArray *parcels; /* (element-type WbOrderParcel) */
  GPtrArray *unscanned; /* (element-type WbUnscanned) */
} WbOrderShipment;

/* What comes back. */
typedef struct
{
  gint64 id;
  char *number;
  char *status;
  char *reason;
  gint64 credit_minor;
  GDateTime *requested_at;
} WbOrderReturn;

/* A photo or file; parcel is the number of the parcel that is seen, 0 for none. Its bytes are read by themselves. */
typedef struct
{
  gint64 id;
  char *name;
  char *media_type;
  gint64 size_bytes;
  gint64 parcel;
  GDateTime *taken_at;
  char *created_by;
} WbOrderFile;

/* One move from stage to stage; from is empty for the first. */
typedef struct
{
  char *from;
  char *to;
  GDateTime *at;
  char *actor;
} WbStagePassage;

/* The work that is open on it; state: open, claimed, aside. */
typedef struct
{
  gint64 id;
  char *state;
  char *station;
  char *staff;
  GDateTime *claimed_at;
} WbOrderJob;

/* Who bought, as known here. */
typedef struct
{
  gint64 id;
  char *number;
  char *name;
  char *company;
  char *email;
  char *phone;
  char *segment;
  char *status;
  gint64 orders_count;
  gint64 spent_minor;
  char *currency;
  gint64 minor_digits;
  char *language;
  GDateTime *last_order_at;
  char *note;
} WbOrderCustomer;

/* The two addresses as they stood when the order was placed; NULL when there is none. */
typedef struct
{
  WbAddress *shipping;
  WbAddress *billing;
} WbOrderAddresses;

/* The order itself. Money is in minor units of its currency. */
typedef struct
{
  gint64 id;
  gint64 version;
  char *number;
  char *channel;
  char *external_id;
  char *purchase_order;
  char *currency;
  gint64 minor_digits;
  GDateTime *placed_at;
  char *timezone;
  gint64 customer_id;
  char *customer_name;
  char *customer_email;
  char *status;
  char *payment_status;
  char *fulfilment_status;
  char *stage;
  char *stage_name;
  GDateTime *stage_since;
  char *next_action;
  GStrv trouble;
  GStrv tags;
  gint64 priority;
  GStrv priority_reasons;
  gboolean rush;
  gboolean gift;
  gboolean held;
  gboolean test;
  gboolean tax_included;
  char *shipping_method;
  char *carrier;
  char *service;
  char *warehouse;
  char *assigned_name;
  GDateTime *ship_by;
  GDateTime *shipped_at;
  GDateTime *delivered_at;
  GDateTime *cancelled_at;
  char *cancel_reason;
  char *payment_method;
  gint64 line_count;
  gint64 piece_count;
  gint64 weight_g;
  gint64 goods_minor;
  gint64 discount_minor;
  gint64 shipping_minor;
  gint64 adjustment_minor;
  gint64 tax_minor;
  gint64 total_minor;
  gint64 captured_minor;
  gint64 refunded_minor;
} WbOrderHead;

/* Everything about one order. */
typedef struct
{
  WbOrderHead *order; /* never NULL */
  WbOrderCustomer *customer; /* NULL: only a name is known */
  WbOrderAddresses *addresses;
  GPtrArray *lines; /* (element-type WbOrderLine) */
  GPtrArray *charges; /* (element-type WbOrderCharge) */
  GPtrArray *taxes; /* (element-type WbOrderTax) */
  GPtrArray *payments; /* (element-type WbOrderPayment): oldest first */
  GPtrArray *holds; /* (element-type WbOrderHold): newest first */
  GPtrArray *notes; /* (element-type WbOrderNote): newest first */
  GPtrArray *shipments; /* (element-type WbOrderShipment) */
  GPtrArray *returns; /* (element-type WbOrderReturn) */
  GPtrArray *files; /* (element-type WbOrderFile): oldest first */
  WbOrderJob *job; /* NULL: nobody has to work on it */
  GPtrArray *passages; /* (element-type WbStagePassage): oldest first */
  GStrv transitions; /* stages it may be moved to by hand */
} WbOrder;

extern const WbMembers wb_order_members;

/**
 * wb_order_free:
 * @self: (nullable) (transfer full): an order
 */
void wb_order_free (WbOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrder, wb_order_free)

G_END_DECLS
