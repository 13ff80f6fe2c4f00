/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One customer with addresses, contacts and latest orders, as the customer page shows them. Plain
 * values (wb-member.h says what is never NULL); nothing here changes a customer, acts do.
 */
#pragma once

#include "core/wb-member.h"

G_BEGIN_DECLS

/* Somebody who speaks for a customer. */
typedef struct
{
  gint64 id;
  char *name;
  char *role;
  char *email;
  char *phone;
  gboolean main;
} WbContact;

/* An entry of the address book; not current: it was valid once. */
typedef struct
{
  gint64 id;
  char *usage;
  char *label;
  char *name;
  char *company;
  char *line1;
  char *line2;
  char *city;
  char *region;
  char *postcode;
  char *country;
  char *phone;
  gboolean preferred;
  gboolean current;
  char *valid_from; /* ISO date */
  char *valid_to;   /* ISO date; empty while it has no end */
} WbCustomerAddress;

/* A VAT or other tax number. */
typedef struct
{
  char *country;
  char *kind;
  char *number;
  GDateTime *verified_at;
} WbTaxNumber;

/* One of the latest orders. */
typedef struct
{
  gint64 id;
  char *number;
  GDateTime *placed_at;
  char *currency;
  gint64 minor_digits;
  gint64 total_minor;
  char *status;
  char *payment_status;
  char *fulfilment_status;
  gint64 piece_count;
  gboolean held;
} WbCustomerOrder;

/* What was captured less refunded, by currency. */
typedef struct
{
  char *currency;
  gint64 minor_digits;
  gint64 n; /* orders */
  gint64 spent_minor;
} WbCustomerSpent;

/* What is bought most. */
typedef struct
{
  gint64 sku_id;
  char *sku_code;
  char *name;
  gint64 pieces;
  gint64 orders;
  GDateTime *last_at;
} WbCustomerFavourite;

/* What came back. */
typedef struct
{
  gint64 id;
  gint64 order_id; /* 0 when it is of no order of ours */
  char *number;
  char *status;
  char *reason;
  gint64 credit_minor;
  char *currency;
  GDateTime *requested_at;
} WbCustomerReturn;

/* The customer. */
typedef struct
{
  gint64 id;
  gint64 version;
  char *number;
  char *kind;
  char *name;
  char *company;
  char *email;
  char *phone;
  char *language;
  char *currency;
  gint64 minor_digits;
  char *country;
  char *segment;
  GDateTime *segment_since;
  char *status;
  char *status_reason;
  GDateTime *registered_at;
  gboolean email_allowed;
  gboolean sms_allowed;
  gboolean phone_allowed;
  gint64 payment_terms_days;
  GStrv tags;
  char *note;
  gint64 orders_count;
  gint64 spent_minor;
  GDateTime *last_order_at;
} WbCustomerHead;

/* Everything about one customer. */
typedef struct
{
  WbCustomerHead *customer; /* never NULL */
  GPtrArray *contacts; /* (element-type WbContact) */
  GPtrArray *addresses; /* (element-type WbCustomerAddress) */
  GPtrArray *tax_numbers; /* (element-type WbTaxNumber) */
  GPtrArray *orders; /* (element-type WbCustomerOrder): newest first, at most 50 */
  GPtrArray *spent; /* (element-type WbCustomerSpent) */
  GPtrArray *favourites; /* (element-type WbCustomerFavourite) */
  GPtrArray *returns; /* (element-type WbCustomerReturn) */
} WbCustomer;

extern const WbMembers wb_customer_members;

/**
 * wb_customer_free:
 * @self: (nullable) (transfer full): a customer
 */
void wb_customer_free (WbCustomer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCustomer, wb_customer_free)

G_END_DECLS
