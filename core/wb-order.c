/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-order.h"

static const WbMember order_line_members_list[] = {
  WB_MEMBER (WbOrderLine, id, INT64),
  WB_MEMBER (WbOrderLine, sku_id, INT64),
  WB_MEMBER (WbOrderLine, sku_code, TEXT),
  WB_MEMBER (WbOrderLine, name, TEXT),
  WB_MEMBER (WbOrderLine, quantity, INT64),
  WB_MEMBER (WbOrderLine, unit_price, DECIMAL),
  WB_MEMBER (WbOrderLine, gross_minor, INT64),
  WB_MEMBER (WbOrderLine, discount_minor, INT64),
  WB_MEMBER (WbOrderLine, net_minor, INT64),
  WB_MEMBER (WbOrderLine, tax_minor, INT64),
  WB_MEMBER (WbOrderLine, reserved_qty, INT64),
  WB_MEMBER (WbOrderLine, shipped_qty, INT64),
  WB_MEMBER (WbOrderLine, cancelled_qty, INT64),
  WB_MEMBER (WbOrderLine, returned_qty, INT64),
  WB_MEMBER (WbOrderLine, on_hand, INT64),
  WB_MEMBER (WbOrderLine, available, INT64),
  WB_MEMBER (WbOrderLine, stocked, BOOL),
  WB_MEMBER (WbOrderLine, gift_wrap, BOOL),
  WB_MEMBER (WbOrderLine, gift_message, TEXT),
  { 0 },
};
static const WbMembers order_line_members = { sizeof (WbOrderLine), order_line_members_list };

static const WbMember order_charge_members_list[] = {
  WB_MEMBER (WbOrderCharge, kind, TEXT),
  WB_MEMBER (WbOrderCharge, name, TEXT),
  WB_MEMBER (WbOrderCharge, code, TEXT),
  WB_MEMBER (WbOrderCharge, amount_minor, INT64),
  { 0 },
};
static const WbMembers order_charge_members = { sizeof (WbOrderCharge), order_charge_members_list };

static const WbMember order_tax_members_list[] = {
  WB_MEMBER (WbOrderTax, name, TEXT),
  WB_MEMBER (WbOrderTax, jurisdiction, TEXT),
  WB_MEMBER (WbOrderTax, rate, DECIMAL),
  WB_MEMBER (WbOrderTax, amount_minor, INT64),
  { 0 },
};
static const WbMembers order_tax_members = { sizeof (WbOrderTax), order_tax_members_list };

static const WbMember order_payment_members_list[] = {
  WB_MEMBER (WbOrderPayment, id, INT64),
  WB_MEMBER (WbOrderPayment, kind, TEXT),
  WB_MEMBER (WbOrderPayment, amount_minor, INT64),
  WB_MEMBER (WbOrderPayment, method, TEXT),
  WB_MEMBER (WbOrderPayment, gateway, TEXT),
  WB_MEMBER (WbOrderPayment, reference, TEXT),
  WB_MEMBER (WbOrderPayment, at, TIME),
  { 0 },
};
static const WbMembers order_payment_members = { sizeof (WbOrderPayment), order_payment_members_list };

static const WbMember order_hold_members_list[] = {
  WB_MEMBER (WbOrderHold, id, INT64),
  WB_MEMBER (WbOrderHold, reason_code, TEXT),
  WB_MEMBER (WbOrderHold, reason, TEXT),
  WB_MEMBER (WbOrderHold, note, TEXT),
  WB_MEMBER (WbOrderHold, owner, TEXT),
  WB_MEMBER (WbOrderHold, placed_at, TIME),
  WB_MEMBER (WbOrderHold, placed_by, TEXT),
  WB_MEMBER (WbOrderHold, due_at, TIME),
  WB_MEMBER (WbOrderHold, released_at, TIME),
  WB_MEMBER (WbOrderHold, released_by, TEXT),
  { 0 },
};
static const WbMembers order_hold_members = { sizeof (WbOrderHold), order_hold_members_list };

static const WbMember order_note_members_list[] = {
  WB_MEMBER (WbOrderNote, id, INT64),
  WB_MEMBER (WbOrderNote, kind, TEXT),
  WB_MEMBER (WbOrderNote, body, TEXT),
  WB_MEMBER (WbOrderNote, created_at, TIME),
  WB_MEMBER (WbOrderNote, created_by, TEXT),
  WB_MEMBER (WbOrderNote, acknowledged_at, TIME),
  WB_MEMBER (WbOrderNote, acknowledged_by, TEXT),
  { 0 },
};
static const WbMembers order_note_members = { sizeof (WbOrderNote), order_note_members_list };

static const WbMember tracking_event_members_list[] = {
  WB_MEMBER (WbTrackingEvent, at, TIME),
  WB_MEMBER (WbTrackingEvent, code, TEXT),
  WB_MEMBER (WbTrackingEvent, body, TEXT),
  WB_MEMBER (WbTrackingEvent, place, TEXT),
  { 0 },
};
static const WbMembers tracking_event_members = { sizeof (WbTrackingEvent), tracking_event_members_list };

static const WbMember parcel_item_members_list[] = {
  WB_MEMBER (WbParcelItem, sku_code, TEXT),
  WB_MEMBER (WbParcelItem, name, TEXT),
  WB_MEMBER (WbParcelItem, quantity, INT64),
  { 0 },
};
static const WbMembers parcel_item_members = { sizeof (WbParcelItem), parcel_item_members_list };

static const WbMember order_parcel_members_list[] = {
  WB_MEMBER (WbOrderParcel, id, INT64),
  WB_MEMBER (WbOrderParcel, position, INT64),
  WB_MEMBER (WbOrderParcel, sscc, TEXT),
  WB_MEMBER (WbOrderParcel, tracking, TEXT),
  WB_MEMBER (WbOrderParcel, weight_g, INT64),
  WB_MEMBER (WbOrderParcel, box, TEXT),
  WB_MEMBER_OF (WbOrderParcel, items, LIST, &parcel_item_members),
  WB_MEMBER_OF (WbOrderParcel, events, LIST, &tracking_event_members),
  { 0 },
};
static const WbMembers order_parcel_members = { sizeof (WbOrderParcel), order_parcel_members_list };

static const WbMember unscanned_members_list[] = {
  WB_MEMBER (WbUnscanned, sku_code, TEXT),
  WB_MEMBER (WbUnscanned, name, TEXT),
  WB_MEMBER (WbUnscanned, quantity, INT64),
  WB_MEMBER (WbUnscanned, why, TEXT),
  { 0 },
};
static const WbMembers unscanned_members = { sizeof (WbUnscanned), unscanned_members_list };

static const WbMember order_shipment_members_list[] = {
  WB_MEMBER (WbOrderShipment, id, INT64),
  WB_MEMBER (WbOrderShipment, number, TEXT),
  WB_MEMBER (WbOrderShipment, status, TEXT),
  WB_MEMBER (WbOrderShipment, carrier, TEXT),
  WB_MEMBER (WbOrderShipment, service, TEXT),
  WB_MEMBER (WbOrderShipment, warehouse, TEXT),
  WB_MEMBER (WbOrderShipment, tracking_url, TEXT),
  WB_MEMBER (WbOrderShipment, created_at, TIME),
  WB_MEMBER (WbOrderShipment, shipped_at, TIME),
  WB_MEMBER (WbOrderShipment, delivered_at, TIME),
  WB_MEMBER_OF (WbOrderShipment, parcels, LIST, &order_parcel_members),
  WB_MEMBER_OF (WbOrderShipment, unscanned, LIST, &unscanned_members),
  { 0 },
};
static const WbMembers order_shipment_members = { sizeof (WbOrderShipment), order_shipment_members_list };

static const WbMember order_return_members_list[] = {
  WB_MEMBER (WbOrderReturn, id, INT64),
  WB_MEMBER (WbOrderReturn, number, TEXT),
  WB_MEMBER (WbOrderReturn, status, TEXT),
  WB_MEMBER (WbOrderReturn, reason, TEXT),
  WB_MEMBER (WbOrderReturn, credit_minor, INT64),
  WB_MEMBER (WbOrderReturn, requested_at, TIME),
  { 0 },
};
static const WbMembers order_return_members = { sizeof (WbOrderReturn), order_return_members_list };

static const WbMember order_file_members_list[] = {
  WB_MEMBER (WbOrderFile, id, INT64),
  WB_MEMBER (WbOrderFile, name, TEXT),
  WB_MEMBER (WbOrderFile, media_type, TEXT),
  WB_MEMBER (WbOrderFile, size_bytes, INT64),
  WB_MEMBER (WbOrderFile, parcel, INT64),
  WB_MEMBER (WbOrderFile, taken_at, TIME),
  WB_MEMBER (WbOrderFile, created_by, TEXT),
  { 0 },
};
static const WbMembers order_file_members = { sizeof (WbOrderFile), order_file_members_list };

static const WbMember stage_passage_members_list[] = {
  WB_MEMBER (WbStagePassage, from, TEXT),
  WB_MEMBER (WbStagePassage, to, TEXT),
  WB_MEMBER (WbStagePassage, at, TIME),
  WB_MEMBER (WbStagePassage, actor, TEXT),
  { 0 },
};
static const WbMembers stage_passage_members = { sizeof (WbStagePassage), stage_passage_members_list };

static const WbMember order_job_members_list[] = {
  WB_MEMBER (WbOrderJob, id, INT64),
  WB_MEMBER (WbOrderJob, state, TEXT),
  WB_MEMBER (WbOrderJob, station, TEXT),
  WB_MEMBER (WbOrderJob, staff, TEXT),
  WB_MEMBER (WbOrderJob, claimed_at, TIME),
  { 0 },
};
static const WbMembers order_job_members = { sizeof (WbOrderJob), order_job_members_list };

static const WbMember order_customer_members_list[] = {
  WB_MEMBER (WbOrderCustomer, id, INT64),
  WB_MEMBER (WbOrderCustomer, number, TEXT),
  WB_MEMBER (WbOrderCustomer, name, TEXT),
  WB_MEMBER (WbOrderCustomer, company, TEXT),
  WB_MEMBER (WbOrderCustomer, email, TEXT),
  WB_MEMBER (WbOrderCustomer, phone, TEXT),
  WB_MEMBER (WbOrderCustomer, segment, TEXT),
  WB_MEMBER (WbOrderCustomer, status, TEXT),
  WB_MEMBER (WbOrderCustomer, orders_count, INT64),
  WB_MEMBER (WbOrderCustomer, spent_minor, INT64),
  WB_MEMBER (WbOrderCustomer, currency, TEXT),
  WB_MEMBER (WbOrderCustomer, minor_digits, INT64),
  WB_MEMBER (WbOrderCustomer, language, TEXT),
  WB_MEMBER (WbOrderCustomer, last_order_at, TIME),
  WB_MEMBER (WbOrderCustomer, note, TEXT),
  { 0 },
};
static const WbMembers order_customer_members = { sizeof (WbOrderCustomer), order_customer_members_list };

static const WbMember address_members_list[] = {
  WB_MEMBER (WbAddress, name, TEXT),
  WB_MEMBER (WbAddress, company, TEXT),
  WB_MEMBER (WbAddress, line1, TEXT),
  WB_MEMBER (WbAddress, line2, TEXT),
  WB_MEMBER (WbAddress, city, TEXT),
  WB_MEMBER (WbAddress, region, TEXT),
  WB_MEMBER (WbAddress, postcode, TEXT),
  WB_MEMBER (WbAddress, country, TEXT),
  WB_MEMBER (WbAddress, phone, TEXT),
  WB_MEMBER (WbAddress, email, TEXT),
  { 0 },
};
static const WbMembers address_members = { sizeof (WbAddress), address_members_list };

static const WbMember order_addresses_members_list[] = {
  WB_MEMBER_OF (WbOrderAddresses, shipping, RECORD, &address_members),
  WB_MEMBER_OF (WbOrderAddresses, billing, RECORD, &address_members),
  { 0 },
};
static const WbMembers order_addresses_members = { sizeof (WbOrderAddresses), order_addresses_members_list };

static const WbMember order_head_members_list[] = {
  WB_MEMBER (WbOrderHead, id, INT64),
  WB_MEMBER (WbOrderHead, version, INT64),
  WB_MEMBER (WbOrderHead, number, TEXT),
  WB_MEMBER (WbOrderHead, channel, TEXT),
  WB_MEMBER (WbOrderHead, external_id, TEXT),
  WB_MEMBER (WbOrderHead, purchase_order, TEXT),
  WB_MEMBER (WbOrderHead, currency, TEXT),
  WB_MEMBER (WbOrderHead, minor_digits, INT64),
  WB_MEMBER (WbOrderHead, placed_at, TIME),
  WB_MEMBER (WbOrderHead, timezone, TEXT),
  WB_MEMBER (WbOrderHead, customer_id, INT64),
  WB_MEMBER (WbOrderHead, customer_name, TEXT),
  WB_MEMBER (WbOrderHead, customer_email, TEXT),
  WB_MEMBER (WbOrderHead, status, TEXT),
  WB_MEMBER (WbOrderHead, payment_status, TEXT),
  WB_MEMBER (WbOrderHead, fulfilment_status, TEXT),
  WB_MEMBER (WbOrderHead, stage, TEXT),
  WB_MEMBER (WbOrderHead, stage_name, TEXT),
  WB_MEMBER (WbOrderHead, stage_since, TIME),
  WB_MEMBER (WbOrderHead, next_action, TEXT),
  WB_MEMBER (WbOrderHead, trouble, TEXTS),
  WB_MEMBER (WbOrderHead, tags, TEXTS),
  WB_MEMBER (WbOrderHead, priority, INT64),
  WB_MEMBER (WbOrderHead, priority_reasons, TEXTS),
  WB_MEMBER (WbOrderHead, rush, BOOL),
  WB_MEMBER (WbOrderHead, gift, BOOL),
  WB_MEMBER (WbOrderHead, held, BOOL),
  WB_MEMBER (WbOrderHead, test, BOOL),
  WB_MEMBER (WbOrderHead, tax_included, BOOL),
  WB_MEMBER (WbOrderHead, shipping_method, TEXT),
  WB_MEMBER (WbOrderHead, carrier, TEXT),
  WB_MEMBER (WbOrderHead, service, TEXT),
  WB_MEMBER (WbOrderHead, warehouse, TEXT),
  WB_MEMBER (WbOrderHead, assigned_name, TEXT),
  WB_MEMBER (WbOrderHead, ship_by, TIME),
  WB_MEMBER (WbOrderHead, shipped_at, TIME),
  WB_MEMBER (WbOrderHead, delivered_at, TIME),
  WB_MEMBER (WbOrderHead, cancelled_at, TIME),
  WB_MEMBER (WbOrderHead, cancel_reason, TEXT),
  WB_MEMBER (WbOrderHead, payment_method, TEXT),
  WB_MEMBER (WbOrderHead, line_count, INT64),
  WB_MEMBER (WbOrderHead, piece_count, INT64),
  WB_MEMBER (WbOrderHead, weight_g, INT64),
  WB_MEMBER (WbOrderHead, goods_minor, INT64),
  WB_MEMBER (WbOrderHead, discount_minor, INT64),
  WB_MEMBER (WbOrderHead, shipping_minor, INT64),
  WB_MEMBER (WbOrderHead, adjustment_minor, INT64),
  WB_MEMBER (WbOrderHead, tax_minor, INT64),
  WB_MEMBER (WbOrderHead, total_minor, INT64),
  WB_MEMBER (WbOrderHead, captured_minor, INT64),
  WB_MEMBER (WbOrderHead, refunded_minor, INT64),
  { 0 },
};
static const WbMembers order_head_members = { sizeof (WbOrderHead), order_head_members_list };

static const WbMember order_members_list[] = {
  WB_MEMBER_OF (WbOrder, order, RECORD, &order_head_members),
  WB_MEMBER_OF (WbOrder, customer, RECORD, &order_customer_members),
  WB_MEMBER_OF (WbOrder, addresses, RECORD, &order_addresses_members),
  WB_MEMBER_OF (WbOrder, lines, LIST, &order_line_members),
  WB_MEMBER_OF (WbOrder, charges, LIST, &order_charge_members),
  WB_MEMBER_OF (WbOrder, taxes, LIST, &order_tax_members),
  WB_MEMBER_OF (WbOrder, payments, LIST, &order_payment_members),
  WB_MEMBER_OF (WbOrder, holds, LIST, &order_hold_members),
  WB_MEMBER_OF (WbOrder, notes, LIST, &order_note_members),
  WB_MEMBER_OF (WbOrder, shipments, LIST, &order_shipment_members),
  WB_MEMBER_OF (WbOrder, returns, LIST, &order_return_members),
  WB_MEMBER_OF (WbOrder, files, LIST, &order_file_members),
  WB_MEMBER_OF (WbOrder, job, RECORD, &order_job_members),
  WB_MEMBER_OF (WbOrder, passages, LIST, &stage_passage_members),
  WB_MEMBER (WbOrder, transitions, TEXTS),
  { 0 },
};

const WbMembers wb_order_members = { sizeof (WbOrder), order_members_list };

void
wb_order_free (WbOrder *self)
{
  wb_members_free (&wb_order_members, self);
}
