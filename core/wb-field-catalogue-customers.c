/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about customers. A new field is a line here and one in db/wb-filter-map-customers.c. */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>

static const WbFieldChoice kinds[] = {
  { "person", N_ ("Person"), "private" },
  { "company", N_ ("Company"), "business b2b" },
  { NULL, NULL, NULL },
};

static const WbFieldChoice segments[] = {
  { "new", N_ ("New"), NULL },
  { "retail", N_ ("Retail"), NULL },
  { "vip", N_ ("VIP"), NULL },
  { "wholesale", N_ ("Wholesale"), NULL },
  { NULL, NULL, NULL },
};

static const WbFieldChoice statuses[] = {
  { "active", N_ ("Active"), NULL },
  { "inactive", N_ ("Inactive"), NULL },
  { "suspended", N_ ("Suspended"), "blocked" },
  { "attention", N_ ("Needs attention"), NULL },
  { NULL, NULL, NULL },
};

#define SORT WB_FIELD_SORTABLE
#define COLUMN WB_FIELD_COLUMN
#define SHOWN (WB_FIELD_SORTABLE | WB_FIELD_COLUMN | WB_FIELD_SHOWN)
#define EMPTY WB_FIELD_NULLABLE
#define LATEST WB_FIELD_DESCENDING
#define PERSONAL WB_FIELD_PERSONAL
#define PRICED (WB_FIELD_PRICED | WB_FIELD_DESCENDING)

static const WbField fields[] = {
  { "number", N_ ("Number"), N_ ("The customer number"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN, 100, "no nr id", NULL,
    NULL },
  { "name", N_ ("Name"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, SHOWN | PERSONAL, 200, "customer", NULL, NULL },
  { "company", N_ ("Company"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, COLUMN | EMPTY, 180, "firm", NULL, NULL },
  { "email", N_ ("E-mail"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, SHOWN | EMPTY | PERSONAL, 200, "mail e-mail", NULL,
    NULL },
  { "phone", N_ ("Phone"), N_ ("Telephone number; only the digits count"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM,
    COLUMN | EMPTY | PERSONAL | WB_FIELD_DIGITS, 130, "tel telephone", NULL, NULL },
  { "kind", N_ ("Kind"), N_ ("Person or company"), WB_FIELD_ENUM, WB_FIELD_INDEX_NONE, COLUMN, 90, "type", kinds, NULL },
  { "segment", N_ ("Segment"), NULL, WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SHOWN, 100, NULL, segments, NULL },
  { "status", N_ ("Status"), N_ ("The state of the account"), WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, SHOWN, 110, "state account",
    statuses, NULL },
  { "country", N_ ("Country"), NULL, WB_FIELD_COUNTRY, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY, 130, NULL, NULL, NULL },
  { "language", N_ ("Language"), NULL, WB_FIELD_CODE, WB_FIELD_INDEX_NONE, COLUMN, 80, "lang", NULL, NULL },
  { "currency", N_ ("Currency"), NULL, WB_FIELD_ENUM, WB_FIELD_INDEX_BTREE, COLUMN, 70, NULL, NULL, "currency" },
  { "orders", N_ ("Orders"), N_ ("How many orders there are"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 80,
    "orders-count", NULL, NULL },
  { "spent", N_ ("Spent"), N_ ("Paid less refunded, in the customer’s currency"), WB_FIELD_MONEY, WB_FIELD_INDEX_BTREE,
    SHOWN | PRICED, 110, "revenue ltv", NULL, NULL },
  { "last-order", N_ ("Last order"), NULL, WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY | LATEST, 140, "last ordered", NULL,
    NULL },
  { "registered", N_ ("Registered"), NULL, WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, SORT | COLUMN | LATEST, 140,
    "created since joined", NULL, NULL },
  { "segment-since", N_ ("In segment since"), NULL, WB_FIELD_TIME, WB_FIELD_INDEX_NONE, COLUMN, 140, NULL, NULL, NULL },
  { "tag", N_ ("Tags"), NULL, WB_FIELD_TAGS, WB_FIELD_INDEX_BTREE, COLUMN | EMPTY, 120, "tags label", NULL, NULL },
  { "newsletter", N_ ("E-mail allowed"), N_ ("Whether the customer wants news by e-mail"), WB_FIELD_BOOL,
    WB_FIELD_INDEX_NONE, COLUMN, 80, "email-allowed", NULL, NULL },
  { "updated", N_ ("Changed"), NULL, WB_FIELD_TIME, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 140, "changed modified", NULL, NULL },
  { "anything", N_ ("Anything"), N_ ("Number, name, company, e-mail, phone"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, PERSONAL,
    0, "search text", NULL, NULL },
};

static const WbRelation relations[] = {
  { "order", N_ ("Order"), "orders", TRUE },
  { NULL, NULL, NULL, FALSE },
};

static const WbCondition conditions[] = {
  { "is", "repeat", N_ ("bought more than once"), "orders:>1" },
  { "is", "lapsed", N_ ("has not bought for a year"), "last-order:<-1y" },
  { "has", "orders", N_ ("has bought"), "orders:>0" },
  { NULL, NULL, NULL, NULL },
};

/* The stored search text holds number, name, company, e-mail and the digits of the phone number. */
static const WbWordRoute words[] = {
  { WB_WORD_NUMBER | WB_WORD_CODE, "number", WB_WORD_EXACT },
  { WB_WORD_EMAIL, "email", WB_WORD_EXACT },
  { WB_WORD_PHONE, "phone", WB_WORD_CONTAINS },
  { WB_WORD_TEXT, "anything", WB_WORD_CONTAINS },
  { 0, NULL, 0 },
};

const WbCatalogue _wb_catalogue_customers = {
  .name = "customers",
  .label = N_ ("Customers"),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .relations = relations,
  .conditions = conditions,
  .words = words,
  .sort = "name",
};
