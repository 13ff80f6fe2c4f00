/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-customer.h"

static const WbMember contact_members_list[] = {
  WB_MEMBER (WbContact, id, INT64),
  WB_MEMBER (WbContact, name, TEXT),
  WB_MEMBER (WbContact, role, TEXT),
  WB_MEMBER (WbContact, email, TEXT),
  WB_MEMBER (WbContact, phone, TEXT),
  WB_MEMBER (WbContact, main, BOOL),
  { 0 },
};
static const WbMembers contact_members = { sizeof (WbContact), contact_members_list };

static const WbMember customer_address_members_list[] = {
  WB_MEMBER (WbCustomerAddress, id, INT64),
  WB_MEMBER (WbCustomerAddress, usage, TEXT),
  WB_MEMBER (WbCustomerAddress, label, TEXT),
  WB_MEMBER (WbCustomerAddress, name, TEXT),
  WB_MEMBER (WbCustomerAddress, company, TEXT),
  WB_MEMBER (WbCustomerAddress, line1, TEXT),
  WB_MEMBER (WbCustomerAddress, line2, TEXT),
  WB_MEMBER (WbCustomerAddress, city, TEXT),
  WB_MEMBER (WbCustomerAddress, region, TEXT),
  WB_MEMBER (WbCustomerAddress, postcode, TEXT),
  WB_MEMBER (WbCustomerAddress, country, TEXT),
  WB_MEMBER (WbCustomerAddress, phone, TEXT),
  WB_MEMBER (WbCustomerAddress, preferred, BOOL),
  WB_MEMBER (WbCustomerAddress, current, BOOL),
  WB_MEMBER (WbCustomerAddress, valid_from, TEXT),
  WB_MEMBER (WbCustomerAddress, valid_to, TEXT),
  { 0 },
};
static const WbMembers customer_address_members = { sizeof (WbCustomerAddress), customer_address_members_list };

static const WbMember tax_number_members_list[] = {
  WB_MEMBER (WbTaxNumber, country, TEXT),
  WB_MEMBER (WbTaxNumber, kind, TEXT),
  WB_MEMBER (WbTaxNumber, number, TEXT),
  WB_MEMBER (WbTaxNumber, verified_at, TIME),
  { 0 },
};
static const WbMembers tax_number_members = { sizeof (WbTaxNumber), tax_number_members_list };

static const WbMember customer_order_members_list[] = {
  WB_MEMBER (WbCustomerOrder, id, INT64),
  WB_MEMBER (WbCustomerOrder, number, TEXT),
  WB_MEMBER (WbCustomerOrder, placed_at, TIME),
  WB_MEMBER (WbCustomerOrder, currency, TEXT),
  WB_MEMBER (WbCustomerOrder, minor_digits, INT64),
  WB_MEMBER (WbCustomerOrder, total_minor, INT64),
  WB_MEMBER (WbCustomerOrder, status, TEXT),
  WB_MEMBER (WbCustomerOrder, payment_status, TEXT),
  WB_MEMBER (WbCustomerOrder, fulfilment_status, TEXT),
  WB_MEMBER (WbCustomerOrder, piece_count, INT64),
  WB_MEMBER (WbCustomerOrder, held, BOOL),
  { 0 },
};
static const WbMembers customer_order_members = { sizeof (WbCustomerOrder), customer_order_members_list };

static const WbMember customer_spent_members_list[] = {
  WB_MEMBER (WbCustomerSpent, currency, TEXT),
  WB_MEMBER (WbCustomerSpent, minor_digits, INT64),
  WB_MEMBER (WbCustomerSpent, n, INT64),
  WB_MEMBER (WbCustomerSpent, spent_minor, INT64),
  { 0 },
};
static const WbMembers customer_spent_members = { sizeof (WbCustomerSpent), customer_spent_members_list };

static const WbMember customer_favourite_members_list[] = {
  WB_MEMBER (WbCustomerFavourite, sku_id, INT64),
  WB_MEMBER (WbCustomerFavourite, sku_code, TEXT),
  WB_MEMBER (WbCustomerFavourite, name, TEXT),
  WB_MEMBER (WbCustomerFavourite, pieces, INT64),
  WB_MEMBER (WbCustomerFavourite, orders, INT64),
  WB_MEMBER (WbCustomerFavourite, last_at, TIME),
  { 0 },
};
static const WbMembers customer_favourite_members = { sizeof (WbCustomerFavourite), customer_favourite_members_list };

static const WbMember customer_return_members_list[] = {
  WB_MEMBER (WbCustomerReturn, id, INT64),
  WB_MEMBER (WbCustomerReturn, order_id, INT64),
  WB_MEMBER (WbCustomerReturn, number, TEXT),
  WB_MEMBER (WbCustomerReturn, status, TEXT),
  WB_MEMBER (WbCustomerReturn, reason, TEXT),
  WB_MEMBER (WbCustomerReturn, credit_minor, INT64),
  WB_MEMBER (WbCustomerReturn, currency, TEXT),
  WB_MEMBER (WbCustomerReturn, requested_at, TIME),
  { 0 },
};
static const WbMembers customer_return_members = { sizeof (WbCustomerReturn), customer_return_members_list };

static const WbMember customer_head_members_list[] = {
  WB_MEMBER (WbCustomerHead, id, INT64),
  WB_MEMBER (WbCustomerHead, version, INT64),
  WB_MEMBER (WbCustomerHead, number, TEXT),
  WB_MEMBER (WbCustomerHead, kind, TEXT),
  WB_MEMBER (WbCustomerHead, name, TEXT),
  WB_MEMBER (WbCustomerHead, company, TEXT),
  WB_MEMBER (WbCustomerHead, email, TEXT),
  WB_MEMBER (WbCustomerHead, phone, TEXT),
  WB_MEMBER (WbCustomerHead, language, TEXT),
  WB_MEMBER (WbCustomerHead, currency, TEXT),
  WB_MEMBER (WbCustomerHead, minor_digits, INT64),
  WB_MEMBER (WbCustomerHead, country, TEXT),
  WB_MEMBER (WbCustomerHead, segment, TEXT),
  WB_MEMBER (WbCustomerHead, segment_since, TIME),
  WB_MEMBER (WbCustomerHead, status, TEXT),
  WB_MEMBER (WbCustomerHead, status_reason, TEXT),
  WB_MEMBER (WbCustomerHead, registered_at, TIME),
  WB_MEMBER (WbCustomerHead, email_allowed, BOOL),
  WB_MEMBER (WbCustomerHead, sms_allowed, BOOL),
  WB_MEMBER (WbCustomerHead, phone_allowed, BOOL),
  WB_MEMBER (WbCustomerHead, payment_terms_days, INT64),
  WB_MEMBER (WbCustomerHead, tags, TEXTS),
  WB_MEMBER (WbCustomerHead, note, TEXT),
  WB_MEMBER (WbCustomerHead, orders_count, INT64),
  WB_MEMBER (WbCustomerHead, spent_minor, INT64),
  WB_MEMBER (WbCustomerHead, last_order_at, TIME),
  { 0 },
};
static const WbMembers customer_head_members = { sizeof (WbCustomerHead), customer_head_members_list };

static const WbMember customer_members_list[] = {
  WB_MEMBER_OF (WbCustomer, customer, RECORD, &customer_head_members),
  WB_MEMBER_OF (WbCustomer, contacts, LIST, &contact_members),
  WB_MEMBER_OF (WbCustomer, addresses, LIST, &customer_address_members),
  WB_MEMBER_OF (WbCustomer, tax_numbers, LIST, &tax_number_members),
  WB_MEMBER_OF (WbCustomer, orders, LIST, &customer_order_members),
  WB_MEMBER_OF (WbCustomer, spent, LIST, &customer_spent_members),
  WB_MEMBER_OF (WbCustomer, favourites, LIST, &customer_favourite_members),
  WB_MEMBER_OF (WbCustomer, returns, LIST, &customer_return_members),
  { 0 },
};

const WbMembers wb_customer_members = { sizeof (WbCustomer), customer_members_list };

void
wb_customer_free (WbCustomer *self)
{
  wb_members_free (&wb_customer_members, self);
}
