/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An order (or a return) as any shop could tell it, neutral of the format it came in: what formats
 * produce and wb.import_orders() in the database takes. Amounts are whole minor units of the order's
 * currency, unit prices exact decimals. Checked as a whole by wb_import_record_check(); the stored
 * order (core/wb-order.h) is another thing. Plain structs of one thread at a time; all strings
 * are UTF-8, owned, and NULL or "" where nothing was said.
 */
#pragma once

#include <glib.h>

#include "core/wb-address.h"
#include "core/wb-decimal.h"
#include "core/wb-money.h"

G_BEGIN_DECLS

/* A point in time that was not given. */
#define WB_IMPORT_NEVER G_MININT64

/**
 * WbImportCustomer:
 * @external_id: how the channel calls them; "" for a guest
 * @addresses: (element-type WbAddress): the address book
 */
typedef struct
{
  char *external_id;
  char *name;
  char *company;
  char *email;
  char *phone;
  char *language;
  char *note;
  char *country;
  char *tax_number;
  GPtrArray *tags;
  gboolean email_allowed;
  gboolean has_email_allowed;
  gint64 registered_us;
  GPtrArray *addresses;
} WbImportCustomer;

/**
 * WbImportLine:
 * @line: where it stands in the file
 * @discount_minor: what was taken off this line; discounts on the whole order are charges
 * @shipped: how many pieces left the house, as far as fulfilments do not tell
 */
typedef struct
{
  guint64 line;
  char *external_id;
  char *sku;
  char *name;
  gint64 quantity;
  WbDecimal unit_price;
  gint64 discount_minor;
  gint64 weight_g;
  gboolean requires_shipping;
  gint64 shipped;
  gint64 cancelled;
  gint64 returned;
  char *gift_message;
  GPtrArray *properties; /* names and values in turn */
} WbImportLine;

typedef enum
{
  WB_IMPORT_CHARGE_SHIPPING,
  WB_IMPORT_CHARGE_FEE,
  WB_IMPORT_CHARGE_DISCOUNT,
  WB_IMPORT_CHARGE_ADJUSTMENT,
} WbImportChargeKind;

/**
 * WbImportCharge:
 * @line: index of the order's line it belongs to, -1 for the whole order
 * @amount_minor: discounts are positive and taken off
 */
typedef struct
{
  WbImportChargeKind kind;
  int line;
  char *code;
  char *name;
  gint64 amount_minor;
} WbImportCharge;

/**
 * WbImportTax:
 * @line: index of the order's line, -1 for none
 * @charge: index of the charge, -1 for none; neither: the whole order
 * @rate: 0.2 is 20 %
 */
typedef struct
{
  int line;
  int charge;
  char *name;
  char *jurisdiction;
  WbDecimal rate;
  gint64 amount_minor;
} WbImportTax;

typedef enum
{
  WB_IMPORT_PAYMENT_AUTHORISATION,
  WB_IMPORT_PAYMENT_CAPTURE,
  WB_IMPORT_PAYMENT_VOID,
  WB_IMPORT_PAYMENT_REFUND,
  WB_IMPORT_PAYMENT_FAILURE,
} WbImportPaymentKind;

/**
 * WbImportShare:
 * @line: index of the order's line
 *
 * Part of a line that was refunded or sent.
 */
typedef struct
{
  int line;
  gint64 quantity;
  gint64 amount_minor;
} WbImportShare;

typedef struct
{
  WbImportPaymentKind kind;
  gint64 amount_minor;
  char *method;
  char *gateway;
  char *reference;
  gint64 at_us;
  GArray *shares; /* WbImportShare, of a refund */
} WbImportPayment;

/**
 * WbImportShipment:
 * @shares: what was sent; empty: all that is not in another one
 * @trackings: (element-type utf8): a parcel each
 */
typedef struct
{
  char *external_id;
  char *carrier;
  gint64 shipped_us;
  gint64 delivered_us;
  GPtrArray *trackings;
  GArray *shares;
} WbImportShipment;

typedef enum
{
  WB_IMPORT_NOTE_INTERNAL,
  WB_IMPORT_NOTE_CUSTOMER,
  WB_IMPORT_NOTE_GIFT,
} WbImportNoteKind;

typedef struct
{
  WbImportNoteKind kind;
  char *body;
} WbImportNote;

/**
 * WbImportOrder:
 * @total_minor: what the channel says it comes to, if @has_total; what the parts lack of it becomes an
 *   adjustment
 * @return_of: for a return: number or external id of the order that it is about, "" when unknown
 */
typedef struct
{
  char *external_id;
  char *number;
  char *return_of;
  char currency[WB_CURRENCY_SIZE];
  gint64 placed_us;
  gboolean tax_included;
  gboolean test;
  gboolean rush;
  gboolean gift;
  WbImportCustomer customer;
  WbAddress billing;
  WbAddress shipping;
  char *shipping_method;
  char *purchase_order;
  char *reason;
  gint64 cancelled_us;
  char *cancel_reason;
  gboolean has_total;
  gint64 total_minor;
  GPtrArray *tags;
  GPtrArray *lines;     /* WbImportLine */
  GPtrArray *charges;   /* WbImportCharge */
  GPtrArray *taxes;     /* WbImportTax */
  GPtrArray *payments;  /* WbImportPayment */
  GPtrArray *shipments; /* WbImportShipment */
  GPtrArray *notes;     /* WbImportNote */
} WbImportOrder;

WbImportOrder    *wb_import_order_new          (void);
void              wb_import_order_free         (WbImportOrder      *self);
WbImportLine     *wb_import_order_add_line     (WbImportOrder      *self);
WbImportCharge   *wb_import_order_add_charge   (WbImportOrder      *self,
                                                WbImportChargeKind  kind,
                                                const char         *name,
                                                gint64              amount_minor);
WbImportTax      *wb_import_order_add_tax      (WbImportOrder      *self,
                                                const char         *name,
                                                gint64              amount_minor);
WbImportPayment  *wb_import_order_add_payment  (WbImportOrder      *self,
                                                WbImportPaymentKind kind,
                                                gint64              amount_minor,
                                                gint64              at_us);
WbImportShipment *wb_import_order_add_shipment (WbImportOrder      *self);
void              wb_import_order_add_note     (WbImportOrder      *self,
                                                WbImportNoteKind    kind,
                                                const char         *body);
void              wb_import_add_share          (GArray             *shares,
                                                int                 line,
                                                gint64              quantity,
                                                gint64              amount_minor);

gint64            wb_import_order_get_goods    (const WbImportOrder *self);
gint64            wb_import_order_get_total    (const WbImportOrder *self);
void              wb_import_order_balance      (WbImportOrder      *self);

WbImportCustomer *wb_import_customer_new       (void);
void              wb_import_customer_free      (WbImportCustomer   *self);

G_END_DECLS
