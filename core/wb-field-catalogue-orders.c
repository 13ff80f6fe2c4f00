/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about orders. A new field is a line here and one in db/wb-filter-map-orders.c. */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>

/* Choices stand in the order in which they sort and compare. */
static const WbFieldChoice statuses[] = {
  { "pending", N_ ("Pending"), NULL },
  { "processing", N_ ("Processing"), "in-progress" },
  { "shipped", N_ ("Shipped"), "sent" },
  { "delivered", N_ ("Delivered"), NULL },
  { "cancelled", N_ ("Cancelled"), "canceled" },
  { NULL, NULL, NULL },
};

static const WbFieldChoice payments[] = {
  { "pending", N_ ("Pending"), NULL },
  { "authorised", N_ ("Authorised"), "authorized" },
  { "partially_paid", N_ ("Partially paid"), NULL },
  { "paid", N_ ("Paid"), NULL },
  { "partially_refunded", N_ ("Partially refunded"), NULL },
  { "refunded", N_ ("Refunded"), NULL },
  { "voided", N_ ("Voided"), NULL },
  { "failed", N_ ("Failed"), "declined" },
  { NULL, NULL, NULL },
};

static const WbFieldChoice fulfilments[] = {
  { "unfulfilled", N_ ("Unfulfilled"), NULL },
  { "partially_fulfilled", N_ ("Partially fulfilled"), "partial" },
  { "fulfilled", N_ ("Fulfilled"), NULL },
  { "partially_returned", N_ ("Partially returned"), NULL },
  { "returned", N_ ("Returned"), NULL },
  { NULL, NULL, NULL },
};

static const WbFieldChoice troubles[] = {
  { "stock", N_ ("Stock"), "inventory" },   { "payment", N_ ("Payment"), NULL },
  { "address", N_ ("Address"), NULL },      { "product", N_ ("Product"), NULL },
  { "review", N_ ("Review"), NULL },        { "instructions", N_ ("Instructions"), NULL },
  { "late", N_ ("Late"), NULL },
  { NULL, NULL, NULL },
};

/* Short names for the flags, to keep one field on few lines. */
#define SORT WB_FIELD_SORTABLE
#define COLUMN WB_FIELD_COLUMN
#define SHOWN (WB_FIELD_SORTABLE | WB_FIELD_COLUMN | WB_FIELD_SHOWN)
#define EMPTY WB_FIELD_NULLABLE
#define MANY WB_FIELD_MANY
#define LATEST WB_FIELD_DESCENDING
#define PERSONAL WB_FIELD_PERSONAL
#define PRICED (WB_FIELD_PRICED | WB_FIELD_DESCENDING)

static const WbField fields[] = {
  { "number", N_ ("Order"), N_ ("The order number"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 110,
    "no nr order id", NULL, NULL },
  { "ordered", N_ ("Ordered"), N_ ("When the order was placed"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 140,
    "placed date created", NULL, NULL },
  { "customer", N_ ("Customer"), N_ ("The customer’s name"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, SHOWN | EMPTY, 200,
    "name buyer", NULL, NULL },
  { "email", N_ ("E-mail"), N_ ("The customer’s e-mail address"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM,
    SORT | COLUMN | EMPTY | PERSONAL, 200, "mail e-mail", NULL, NULL },
  { "status", N_ ("Status"), N_ ("Where the order as a whole stands"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SHOWN, 110,
    "state", statuses, NULL },
  { "total", N_ ("Total"), N_ ("What the customer pays"), WB_FIELD_MONEY, WB_FIELD_INDEX_BTREE, SHOWN | PRICED, 110,
    "amount sum value", NULL, NULL },
  { "payment", N_ ("Payment"), N_ ("What has happened with the money"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SHOWN, 120,
    "payment-status", payments, NULL },
  { "fulfilment", N_ ("Fulfilment"), N_ ("What has left the house"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SORT | COLUMN, 130,
    "fulfillment fulfilment-status", fulfilments, NULL },
  { "stage", N_ ("Stage"), N_ ("The column of the board"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SORT | COLUMN, 130, "column",
    NULL, "stage" },
  { "shipping", N_ ("Shipping"), N_ ("The delivery option that the customer chose"), WB_FIELD_TEXT, WB_FIELD_INDEX_BTREE,
    SHOWN | EMPTY, 140, "shipping-method delivery method", NULL, NULL },
  { "ship", N_ ("Ship by"), N_ ("When the order should leave"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE,
    SHOWN | EMPTY | WB_FIELD_PLANNED, 140, "ship-by due expected", NULL, NULL },
  { "priority", N_ ("Priority"), N_ ("The higher the sooner; 0 is normal"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE,
    SHOWN | LATEST, 80, "prio", NULL, NULL },
  { "action", N_ ("Next action"), N_ ("What somebody has to do next"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY, 140,
    "next next-action todo", NULL, "action" },
  { "trouble", N_ ("Trouble"), N_ ("What keeps the order"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, COLUMN | EMPTY | MANY, 120,
    "problem issue", troubles, NULL },
  { "held", N_ ("On hold"), N_ ("Whether the order is on hold"), WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, COLUMN, 80,
    "on-hold hold", NULL, NULL },
  { "hold-reason", N_ ("Hold reason"), N_ ("Why the order is on hold"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE,
    COLUMN | EMPTY, 120, "held-for", NULL, "hold-reason" },
  { "rush", N_ ("Rush"), N_ ("Whether the order goes before others"), WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, COLUMN, 70, "urgent express",
    NULL, NULL },
  { "gift", N_ ("Gift"), N_ ("Whether the order is a gift"), WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, COLUMN, 70, NULL, NULL, NULL },
  { "test", N_ ("Test"), N_ ("Whether the order is only a test"), WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, COLUMN, 70, NULL, NULL,
    NULL },
  { "country", N_ ("Country"), N_ ("Where the order goes"), WB_FIELD_COUNTRY, WB_FIELD_INDEX_BTREE, SORT | COLUMN | EMPTY, 130,
    "ship-country to", NULL, NULL },
  { "city", N_ ("City"), N_ ("Where the order goes"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, COLUMN | EMPTY | PERSONAL, 120,
    "town", NULL, NULL },
  { "postcode", N_ ("Postcode"), N_ ("Where the order goes"), WB_FIELD_CODE, WB_FIELD_INDEX_TRIGRAM,
    COLUMN | EMPTY | PERSONAL, 90, "zip postal-code", NULL, NULL },
  { "recipient", N_ ("Recipient"), N_ ("Who receives the parcel"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM,
    COLUMN | EMPTY | PERSONAL, 160, "ship-name ship-to", NULL, NULL },
  { "sku", N_ ("SKU"), N_ ("A SKU among the lines"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, EMPTY | MANY, 0, "item", NULL, NULL },
  { "product", N_ ("Product"), N_ ("The name of something among the lines"), WB_FIELD_TEXT, WB_FIELD_INDEX_BTREE,
    EMPTY | MANY, 0, "article title", NULL, NULL },
  { "tag", N_ ("Tags"), N_ ("Words put on the order"), WB_FIELD_TAGS, WB_FIELD_INDEX_BTREE, COLUMN | EMPTY, 120, "tags label",
    NULL, NULL },
  { "pieces", N_ ("Pieces"), N_ ("How many pieces were ordered"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 70,
    "items quantity qty count", NULL, NULL },
  { "lines", N_ ("Lines"), N_ ("How many different things were ordered"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE,
    COLUMN | LATEST, 70, "skus", NULL, NULL },
  { "weight", N_ ("Weight"), N_ ("What the goods weigh"), WB_FIELD_WEIGHT, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 80, NULL, NULL,
    NULL },
  { "goods", N_ ("Goods"), N_ ("The value of the goods"), WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | PRICED, 100, "subtotal",
    NULL, NULL },
  { "discount", N_ ("Discount"), NULL, WB_FIELD_MONEY, WB_FIELD_INDEX_BTREE, COLUMN | PRICED, 90, NULL, NULL, NULL },
  { "shipping-cost", N_ ("Shipping cost"), N_ ("What the customer pays for shipping"), WB_FIELD_MONEY, WB_FIELD_INDEX_NONE,
    COLUMN | PRICED, 100, "postage", NULL, NULL },
  { "tax", N_ ("Tax"), NULL, WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | PRICED, 90, "vat", NULL, NULL },
  { "captured", N_ ("Captured"), N_ ("What has been paid"), WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | PRICED, 100, NULL,
    NULL, NULL },
  { "refunded", N_ ("Refunded"), N_ ("What has been paid back"), WB_FIELD_MONEY, WB_FIELD_INDEX_BTREE, COLUMN | PRICED, 100,
    "refund", NULL, NULL },
  { "currency", N_ ("Currency"), NULL, WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, COLUMN, 70, NULL, NULL, "currency" },
  { "payment-method", N_ ("Payment method"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, COLUMN | EMPTY, 110, "paid-by paid-with",
    NULL, NULL },
  { "channel", N_ ("Channel"), N_ ("Where the order came from"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, COLUMN, 100,
    "source shop", NULL, "channel" },
  { "warehouse", N_ ("Warehouse"), N_ ("From where the order leaves"), WB_FIELD_ENUM, WB_FIELD_INDEX_NONE, EMPTY, 0, NULL, NULL,
    "warehouse" },
  { "carrier", N_ ("Carrier"), N_ ("Who carries the parcel"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, EMPTY, 0, NULL, NULL,
    "carrier" },
  { "service", N_ ("Service"), N_ ("The carrier’s service"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, EMPTY, 0, NULL, NULL, "service" },
  { "assigned", N_ ("Assigned to"), N_ ("Whose order it is; “me” is you"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, COLUMN | EMPTY, 110,
    "assignee owner", NULL, "staff" },
  { "notes", N_ ("Notes"), N_ ("How many notes there are"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 70, NULL, NULL,
    NULL },
  { "tracking", N_ ("Tracking"), N_ ("Tracking numbers of the parcels"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM,
    COLUMN | EMPTY, 150, "tracking-number", NULL, NULL },
  { "reference", N_ ("Reference"), N_ ("The order’s id in the channel it came from"), WB_FIELD_CODE, WB_FIELD_INDEX_TRIGRAM,
    COLUMN | EMPTY, 120, "ref external-id", NULL, NULL },
  { "po", N_ ("Purchase order"), N_ ("The customer’s own number"), WB_FIELD_CODE, WB_FIELD_INDEX_TRIGRAM, COLUMN | EMPTY, 110,
    "purchase-order", NULL, NULL },
  { "reason", N_ ("Priority reason"), N_ ("Why the order has its priority"), WB_FIELD_TAGS, WB_FIELD_INDEX_NONE, COLUMN | EMPTY, 120,
    "priority-reason", NULL, NULL },
  { "in-stage", N_ ("In stage since"), N_ ("Since when the order has been in its stage"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE,
    COLUMN, 140, "stage-since", NULL, NULL },
  { "shipped", N_ ("Shipped"), N_ ("When the last parcel left"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, COLUMN | EMPTY | LATEST, 140,
    NULL, NULL, NULL },
  { "delivered", N_ ("Delivered"), N_ ("When the last parcel arrived"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE,
    COLUMN | EMPTY | LATEST, 140, NULL, NULL, NULL },
  { "cancelled", N_ ("Cancelled"), N_ ("When the order was cancelled"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE,
    COLUMN | EMPTY | LATEST, 140, "canceled", NULL, NULL },
  { "updated", N_ ("Changed"), N_ ("When something last changed"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 140,
    "changed modified", NULL, NULL },
  { "anything", N_ ("Anything"), N_ ("Number, names, e-mail, references, place, tracking"), WB_FIELD_TEXT,
    WB_FIELD_INDEX_TRIGRAM, PERSONAL, 0, "search text", NULL, NULL },
};

static const WbRelation relations[] = {
  { "customer", N_ ("Customer"), "customers", FALSE },
  { "line", N_ ("Line"), "lines", TRUE },
  { NULL, NULL, NULL, FALSE },
};

static const WbCondition conditions[] = {
  { "is", "open", N_ ("is open"), "status:pending,processing" },
  { "is", "late", N_ ("is late"), "ship:<now is:open" },
  { "is", "due", N_ ("is due today"), "ship:<=today is:open" },
  { "is", "unpaid", N_ ("is not paid"), "payment:pending,partially_paid,failed -status:cancelled" },
  { "is", "blocked", N_ ("has trouble"), "(held:yes or trouble:any) is:open" },
  { "is", "mine", N_ ("is mine"), "assigned:me" },
  { "is", "unassigned", N_ ("is nobody’s"), "assigned:none" },
  { "is", "single", N_ ("is one piece"), "pieces:1" },
  { "is", "vip", N_ ("is from a VIP"), "customer.segment:vip" },
  { "is", "new-customer", N_ ("is from a new customer"), "customer.segment:new" },
  { "is", "wholesale", N_ ("is wholesale"), "customer.segment:wholesale" },
  { "has", "note", N_ ("has a note"), "notes:>0" },
  { "has", "notes", N_ ("has a note"), "notes:>0" },
  { "has", "discount", N_ ("has a discount"), "discount:>0" },
  { "has", "refund", N_ ("has a refund"), "refunded:>0" },
  { NULL, NULL, NULL, NULL },
};

/* The stored search text holds number, names, e-mail, references, place and tracking numbers. */
static const WbWordRoute words[] = {
  { WB_WORD_NUMBER | WB_WORD_CODE, "number", WB_WORD_EXACT },
  { WB_WORD_EMAIL, "email", WB_WORD_EXACT },
  { WB_WORD_CODE, "sku", WB_WORD_EXACT },
  { WB_WORD_PHONE, "customer.phone", WB_WORD_CONTAINS },
  { WB_WORD_TEXT, "anything", WB_WORD_CONTAINS },
  { 0, NULL, 0 },
};

const WbCatalogue _wb_catalogue_orders = {
  .name = "orders",
  .label = N_ ("Orders"),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .relations = relations,
  .conditions = conditions,
  .words = words,
  .sort = "-ordered",
};
