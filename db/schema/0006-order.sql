-- Orders with their lines, money, holds, stages, shipments, parcels and returns.
set local role wb_owner;

create table wb.sales_channel (
  id bigint generated always as identity primary key,
  code text not null constraint sales_channel_code_key unique,
  name text not null,
  kind text not null default 'web' check (kind in ('web', 'marketplace', 'phone', 'shop', 'wholesale', 'import')),
  currency char(3) not null default 'GBP' references wb.currency on delete restrict,
  timezone text not null default 'Europe/London',
  warehouse_id bigint references wb.warehouse on delete restrict,
  number_prefix text not null default '',
  active boolean not null default true
);
comment on table wb.sales_channel is 'where orders come from';
create index sales_channel_currency_idx on wb.sales_channel (currency);
create index sales_channel_warehouse_idx on wb.sales_channel (warehouse_id);

create table wb.customer_ref (
  channel_id bigint not null references wb.sales_channel on delete cascade,
  external_id text not null,
  customer_id bigint not null references wb.customer on delete cascade,
  primary key (channel_id, external_id)
);
comment on table wb.customer_ref is 'under which id a channel knows a customer';
create index customer_ref_customer_idx on wb.customer_ref (customer_id);

create table wb.stage (
  code text primary key collate "C",
  name text not null,
  position smallint not null,
  kind text not null check (kind in ('open', 'work', 'hold', 'done', 'return')),
  active boolean not null default true
);
comment on table wb.stage is 'the columns of the board';
insert into wb.stage (code, name, position, kind) values
  ('new', 'New orders', 10, 'open'), ('verified', 'Payment verified', 20, 'open'),
  ('production', 'In production', 30, 'work'), ('ready_to_pack', 'Ready to pack', 40, 'open'),
  ('packing', 'Packing in progress', 50, 'work'), ('ready_to_ship', 'Ready to ship', 60, 'work'),
  ('shipped', 'Shipped', 70, 'done'), ('delivered', 'Delivered', 80, 'done'), ('on_hold', 'On hold', 90, 'hold'),
  ('returns', 'Returns and exchanges', 100, 'return'), ('cancelled', 'Cancelled', 110, 'done');

create table wb.stage_transition (
  from_stage text not null references wb.stage on delete cascade,
  to_stage text not null references wb.stage on delete cascade,
  by_hand boolean not null default true,
  primary key (from_stage, to_stage)
);
comment on table wb.stage_transition is 'which stage may follow which; by_hand false: only facts move an order that way';
create index stage_transition_to_idx on wb.stage_transition (to_stage);
insert into wb.stage_transition (from_stage, to_stage, by_hand) values
  ('new', 'verified', true), ('new', 'production', true), ('new', 'ready_to_pack', true), ('new', 'on_hold', false),
  ('new', 'cancelled', false), ('new', 'shipped', false), ('new', 'delivered', false), ('new', 'packing', false),
  ('verified', 'new', true), ('verified', 'production', true), ('verified', 'ready_to_pack', true),
  ('verified', 'on_hold', false), ('verified', 'cancelled', false), ('verified', 'shipped', false),
  ('verified', 'packing', false), ('verified', 'delivered', false),
  ('production', 'verified', true), ('production', 'ready_to_pack', true), ('production', 'on_hold', false),
  ('production', 'cancelled', false), ('production', 'shipped', false),
  ('ready_to_pack', 'verified', true), ('ready_to_pack', 'production', true), ('ready_to_pack', 'packing', false),
  ('ready_to_pack', 'on_hold', false), ('ready_to_pack', 'cancelled', false), ('ready_to_pack', 'shipped', false),
  ('packing', 'ready_to_pack', false), ('packing', 'ready_to_ship', false), ('packing', 'on_hold', false),
  ('packing', 'cancelled', false), ('packing', 'shipped', false),
  ('ready_to_ship', 'packing', false), ('ready_to_ship', 'ready_to_pack', false), ('ready_to_ship', 'shipped', false),
  ('ready_to_ship', 'on_hold', false), ('ready_to_ship', 'cancelled', false),
  ('shipped', 'delivered', true), ('shipped', 'returns', true), ('shipped', 'ready_to_ship', false),
  ('delivered', 'returns', true), ('delivered', 'shipped', false), ('returns', 'delivered', true), ('returns', 'shipped', true),
  ('on_hold', 'new', false), ('on_hold', 'verified', false), ('on_hold', 'production', false),
  ('on_hold', 'ready_to_pack', false), ('on_hold', 'packing', false), ('on_hold', 'ready_to_ship', false),
  ('on_hold', 'cancelled', false), ('cancelled', 'new', false), ('cancelled', 'verified', false),
  ('cancelled', 'ready_to_pack', false), ('cancelled', 'production', false), ('cancelled', 'on_hold', false),
  ('ready_to_pack', 'new', false);

create table wb.sales_order (
  id bigint generated always as identity primary key,
  number text not null collate "C" constraint sales_order_number_key unique check (btrim(number) <> ''),
  channel_id bigint not null references wb.sales_channel on delete restrict,
  external_id text,
  content_hash bytea,
  placed_at timestamptz not null default now(),
  currency char(3) not null references wb.currency on delete restrict,
  customer_id bigint references wb.customer on delete restrict,
  customer_name text not null default '',
  customer_email text not null default '' collate "C",
  purchase_order text not null default '',
  tax_included boolean not null default true,
  rush boolean not null default false,
  gift boolean not null default false,
  test boolean not null default false,
  shipping_method text not null default '' collate "C",
  service_id bigint references wb.carrier_service on delete restrict,
  warehouse_id bigint references wb.warehouse on delete restrict,
  ship_by timestamptz not null default 'infinity',
  ship_name text not null default '',
  ship_city text not null default '',
  ship_postcode text not null default '',
  ship_country char(2) references wb.country on delete restrict,
  tags text[] not null default '{}',
  assigned_to bigint references wb.staff on delete set null,
  accepted_at timestamptz,
  production_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text not null default '',
  -- Everything below follows from what happened; wb.refresh_orders() is the only writer.
  line_count integer not null default 0,
  piece_count integer not null default 0,
  weight_g bigint not null default 0,
  goods_minor bigint not null default 0,
  discount_minor bigint not null default 0,
  shipping_minor bigint not null default 0,
  adjustment_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null default 0,
  authorised_minor bigint not null default 0,
  captured_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  payment_method text not null default '' collate "C",
  status text not null default 'pending' collate "C"
    check (status in ('pending', 'processing', 'shipped', 'delivered', 'cancelled')),
  payment_status text not null default 'pending' collate "C"
    check (payment_status in ('pending', 'authorised', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'voided',
                              'failed')),
  fulfilment_status text not null default 'unfulfilled' collate "C"
    check (fulfilment_status in ('unfulfilled', 'partially_fulfilled', 'fulfilled', 'partially_returned', 'returned')),
  stage text not null default 'new' collate "C" references wb.stage on delete restrict,
  stage_since timestamptz not null default now(),
  priority smallint not null default 0,
  priority_reasons text[] not null default '{}',
  held boolean not null default false,
  hold_reason text not null default '' collate "C",
  trouble text[] not null default '{}',
  next_action text not null default '' collate "C",
  note_count integer not null default 0,
  tracking text not null default '',
  shipped_at timestamptz not null default 'infinity',
  delivered_at timestamptz not null default 'infinity',
  customer_sort text collate "C" not null generated always as (wb.fold (customer_name)) stored,
  search text not null generated always as
    (wb.fold (number || ' ' || customer_name || ' ' || customer_email || ' ' || coalesce(external_id, '') || ' ' ||
              purchase_order || ' ' || ship_name || ' ' || ship_city || ' ' || ship_postcode || ' ' || tracking)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint sales_order_external_key unique (channel_id, external_id),
  constraint sales_order_total check
    (total_minor = goods_minor - discount_minor + shipping_minor + adjustment_minor
                   + case when tax_included then 0 else tax_minor end),
  constraint sales_order_refund_within_captured check (refunded_minor <= captured_minor)
);
comment on table wb.sales_order is 'an order; its status, payment status and fulfilment status are facts that follow from what happened';
comment on column wb.sales_order.accepted_at is 'somebody decided to work on it before it is paid';
comment on column wb.sales_order.production_at is 'it is being made; nothing is packed until that ends';
comment on column wb.sales_order.trouble is 'what keeps it: stock, payment, address, review, instructions, late';
comment on column wb.sales_order.next_action is 'what somebody has to do next; empty when nothing';
create index sales_order_placed_idx on wb.sales_order (placed_at, id);
create index sales_order_number_idx on wb.sales_order (number, id);
create index sales_order_customer_sort_idx on wb.sales_order (customer_sort, id);
create index sales_order_customer_idx on wb.sales_order (customer_id, placed_at);
create index sales_order_email_idx on wb.sales_order (lower(customer_email), id);
create index sales_order_status_idx on wb.sales_order (status, placed_at, id);
create index sales_order_payment_idx on wb.sales_order (payment_status, placed_at, id);
create index sales_order_fulfilment_idx on wb.sales_order (fulfilment_status, placed_at, id);
create index sales_order_stage_idx on wb.sales_order (stage, stage_since, id);
create index sales_order_total_idx on wb.sales_order (total_minor, id);
create index sales_order_ship_by_idx on wb.sales_order (ship_by, id);
create index sales_order_priority_idx on wb.sales_order (priority, id);
create index sales_order_method_idx on wb.sales_order (shipping_method, id);
create index sales_order_country_idx on wb.sales_order (ship_country, id);
create index sales_order_country_sort_idx on wb.sales_order ((coalesce(ship_country::text, '') collate "C"), id);
create index sales_order_next_idx on wb.sales_order (next_action, placed_at, id);
create index sales_order_held_idx on wb.sales_order (placed_at, id) where held;
create index sales_order_channel_idx on wb.sales_order (channel_id, placed_at);
create index sales_order_currency_idx on wb.sales_order (currency);
create index sales_order_service_idx on wb.sales_order (service_id);
create index sales_order_warehouse_idx on wb.sales_order (warehouse_id) where status = 'processing';
create index sales_order_assigned_idx on wb.sales_order (assigned_to) where assigned_to is not null;
create index sales_order_tags_idx on wb.sales_order using gin (tags) where tags <> '{}';
create index sales_order_trouble_idx on wb.sales_order using gin (trouble) where trouble <> '{}';
create index sales_order_search_idx on wb.sales_order using gin (search public.gin_trgm_ops);
create sequence wb.order_number_seq start 10001;
-- A shop's facts go together: nothing is delivered and unpaid. The planner must know, or it looks for such orders in vain.
create statistics wb.sales_order_facts (mcv) on status, payment_status, fulfilment_status, stage, held, ship_country, rush
  from wb.sales_order;

create table wb.order_address (
  order_id bigint not null references wb.sales_order on delete cascade,
  usage text not null check (usage in ('billing', 'shipping')),
  name text not null default '',
  company text not null default '',
  line1 text not null default '',
  line2 text not null default '',
  city text not null default '',
  region text not null default '',
  postcode text not null default '',
  country char(2) references wb.country on delete restrict,
  phone text not null default '',
  email text not null default '',
  primary key (order_id, usage)
);
comment on table wb.order_address is 'addresses as they stood when the order was placed';
create index order_address_country_idx on wb.order_address (country);

create table wb.order_line (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  position integer not null,
  external_id text,
  sku_id bigint references wb.sku on delete restrict,
  sku_code text not null default '' collate "C",
  name text not null,
  quantity integer not null check (quantity > 0),
  minor_digits smallint not null default 2 check (minor_digits between 0 and 4),
  unit_price numeric(20,6) not null,
  discount_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  -- The one rounding rule: quantity × price, rounded half away from zero to the currency's minor unit.
  gross_minor bigint not null generated always as (round(quantity * unit_price * (10::numeric ^ minor_digits))) stored,
  net_minor bigint not null generated always as
    (round(quantity * unit_price * (10::numeric ^ minor_digits)) - discount_minor) stored,
  weight_g integer not null default 0,
  requires_shipping boolean not null default true,
  gift_wrap boolean not null default false,
  gift_message text not null default '',
  properties jsonb not null default '{}',
  reserved_qty integer not null default 0 check (reserved_qty >= 0),
  cancelled_qty integer not null default 0 check (cancelled_qty >= 0),
  shipped_qty integer not null default 0 check (shipped_qty >= 0),
  returned_qty integer not null default 0 check (returned_qty >= 0),
  constraint order_line_position_key unique (order_id, position),
  constraint order_line_not_overshipped check (shipped_qty + cancelled_qty <= quantity),
  constraint order_line_not_overreturned check (returned_qty <= shipped_qty),
  constraint order_line_not_overreserved check (reserved_qty <= quantity - shipped_qty - cancelled_qty)
);
comment on table wb.order_line is 'one SKU of an order; gross and net follow from quantity and price by the rounding rule';
create index order_line_sku_idx on wb.order_line (sku_id, order_id);
create index order_line_sku_code_idx on wb.order_line (sku_code, order_id);

create table wb.order_charge (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  line_id bigint references wb.order_line on delete cascade,
  kind text not null check (kind in ('shipping', 'fee', 'discount', 'adjustment')),
  code text not null default '',
  name text not null default '',
  amount_minor bigint not null,
  check (kind <> 'discount' or amount_minor >= 0)
);
comment on table wb.order_charge is 'shipping, fees, discounts (positive, taken off) and stated adjustments; parts of the total';
comment on column wb.order_charge.line_id is 'the line a discount was given on; null: on the order, shared out to the lines by largest remainder';
create index order_charge_order_idx on wb.order_charge (order_id);
create index order_charge_line_idx on wb.order_charge (line_id) where line_id is not null;

create table wb.order_tax (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  line_id bigint references wb.order_line on delete cascade,
  charge_id bigint references wb.order_charge on delete cascade,
  jurisdiction text not null default '',
  name text not null,
  rate numeric(9,6) not null default 0,
  amount_minor bigint not null
);
comment on table wb.order_tax is 'tax by jurisdiction, for a line, for a charge, or (both null) for the whole order';
create index order_tax_order_idx on wb.order_tax (order_id);
create index order_tax_line_idx on wb.order_tax (line_id) where line_id is not null;
create index order_tax_charge_idx on wb.order_tax (charge_id) where charge_id is not null;

create table wb.order_note (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  kind text not null check (kind in ('internal', 'customer', 'gift', 'instruction')),
  body text not null check (btrim(body) <> ''),
  at_step text check (at_step in ('review', 'pick', 'verify', 'pack', 'weigh', 'label', 'ship')),
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  acknowledged_at timestamptz,
  acknowledged_by text,
  deleted_at timestamptz
);
comment on table wb.order_note is 'notes and messages; an instruction must be acknowledged at its step';
create index order_note_order_idx on wb.order_note (order_id);

create table wb.payment (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  kind text not null check (kind in ('authorisation', 'capture', 'void', 'refund', 'failure')),
  amount_minor bigint not null check (amount_minor >= 0),
  method text not null default '' collate "C",
  gateway text not null default '',
  reference text not null default '',
  parent_id bigint references wb.payment on delete restrict,
  at timestamptz not null default now(),
  act_id uuid,
  constraint payment_reference_key unique nulls not distinct (order_id, kind, gateway, reference, amount_minor, at)
);
comment on table wb.payment is 'what the money did: authorised, captured, voided, refunded, failed; append only';
create index payment_parent_idx on wb.payment (parent_id) where parent_id is not null;

create table wb.refund_line (
  payment_id bigint not null references wb.payment on delete cascade,
  line_id bigint not null references wb.order_line on delete cascade,
  quantity integer not null check (quantity >= 0),
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (payment_id, line_id)
);
comment on table wb.refund_line is 'what a refund was for';
create index refund_line_line_idx on wb.refund_line (line_id);

create table wb.hold_reason (
  code text primary key,
  name text not null,
  owner_role text not null default 'wb_manager'
);
comment on table wb.hold_reason is 'why an order may be held, and whose it is to resolve';
insert into wb.hold_reason values ('payment', 'Payment problem', 'wb_sales'), ('fraud', 'Suspected fraud', 'wb_manager'),
  ('address', 'Address problem', 'wb_support'), ('stock', 'Out of stock', 'wb_sales'),
  ('customer', 'Customer asked to wait', 'wb_support'), ('review', 'Manual review', 'wb_manager'),
  ('credit', 'Credit limit', 'wb_sales'), ('damaged', 'Damaged while packing', 'wb_manager'), ('other', 'Other', 'wb_manager');

create table wb.hold (
  id bigint generated always as identity primary key,
  order_id bigint not null references wb.sales_order on delete cascade,
  reason_code text not null references wb.hold_reason on delete restrict,
  note text not null default '',
  owner_id bigint references wb.staff on delete set null,
  placed_at timestamptz not null default now(),
  placed_by text not null default session_user,
  due_at timestamptz,
  released_at timestamptz,
  released_by text
);
comment on table wb.hold is 'keeps an order from being worked, with a reason and an owner';
create index hold_order_idx on wb.hold (order_id);
create index hold_reason_idx on wb.hold (reason_code) where released_at is null;
create index hold_reason_code_idx on wb.hold (reason_code);
create index hold_owner_idx on wb.hold (owner_id);

create table wb.stage_passage (
  id bigint generated always as identity,
  order_id bigint not null,
  from_stage text,
  to_stage text not null,
  at timestamptz not null default now(),
  actor text not null default session_user,
  act_id uuid,
  primary key (id, at)
) partition by range (at);
comment on table wb.stage_passage is 'each time an order went from one stage to another; append only';
create index stage_passage_order_idx on wb.stage_passage (order_id, at);
create index stage_passage_to_idx on wb.stage_passage (to_stage, at);
select wb.add_partitions('wb.stage_passage', current_date, 13);

create table wb.reservation (
  line_id bigint not null references wb.order_line on delete cascade,
  sku_id bigint not null references wb.sku on delete restrict,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  quantity integer not null check (quantity > 0),
  at timestamptz not null default clock_timestamp(),
  primary key (line_id, warehouse_id)
);
comment on table wb.reservation is 'pieces promised to a line; their sum is stock_total.reserved, which cannot pass what is there';
create index reservation_sku_idx on wb.reservation (sku_id, warehouse_id, at);
create index reservation_warehouse_idx on wb.reservation (warehouse_id);

-- ── Shipments ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.shipment (
  id bigint generated always as identity primary key,
  number text not null constraint shipment_number_key unique,
  order_id bigint not null references wb.sales_order on delete restrict,
  warehouse_id bigint references wb.warehouse on delete restrict,
  service_id bigint references wb.carrier_service on delete restrict,
  status text not null default 'packed' check (status in ('packed', 'shipped', 'delivered', 'cancelled')),
  created_at timestamptz not null default now(),
  shipped_at timestamptz,
  delivered_at timestamptz,
  external_id text,
  version integer not null default 1,
  check ((status in ('shipped', 'delivered')) = (shipped_at is not null)),
  check ((status = 'delivered') = (delivered_at is not null))
);
comment on table wb.shipment is 'pieces of an order that leave one warehouse together; an order may have several';
create index shipment_order_idx on wb.shipment (order_id);
create index shipment_warehouse_idx on wb.shipment (warehouse_id);
create index shipment_service_idx on wb.shipment (service_id);
create index shipment_shipped_idx on wb.shipment (shipped_at) where shipped_at is not null;
create sequence wb.shipment_number_seq start 1;

create table wb.parcel (
  id bigint generated always as identity primary key,
  shipment_id bigint not null references wb.shipment on delete restrict,
  position smallint not null default 1,
  box_id bigint references wb.box on delete restrict,
  sscc char(18) constraint parcel_sscc_key unique check (sscc ~ '^[0-9]{18}$'),
  tracking text constraint parcel_tracking_key unique,
  weight_g integer check (weight_g > 0),
  expected_weight_g integer,
  constraint parcel_position_key unique (shipment_id, position)
);
comment on table wb.parcel is 'one package with one label; the SSCC is its number in the world';
create index parcel_box_idx on wb.parcel (box_id);
create sequence wb.sscc_serial_seq start 1;

create table wb.parcel_item (
  id bigint generated always as identity primary key,
  parcel_id bigint not null references wb.parcel on delete cascade,
  line_id bigint not null references wb.order_line on delete restrict,
  lot_id bigint references wb.lot on delete restrict,
  serial_id bigint references wb.serial_number on delete restrict,
  quantity integer not null check (quantity > 0)
);
comment on table wb.parcel_item is 'what lies in a parcel';
create index parcel_item_parcel_idx on wb.parcel_item (parcel_id);
create index parcel_item_line_idx on wb.parcel_item (line_id);
create index parcel_item_lot_idx on wb.parcel_item (lot_id) where lot_id is not null;
create index parcel_item_serial_idx on wb.parcel_item (serial_id) where serial_id is not null;

create table wb.label (
  id bigint generated always as identity primary key,
  parcel_id bigint not null references wb.parcel on delete cascade,
  service_id bigint not null references wb.carrier_service on delete restrict,
  price_minor bigint,
  currency char(3) references wb.currency on delete restrict,
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  voided_at timestamptz,
  act_id uuid
);
comment on table wb.label is 'a carrier label bought for a parcel';
create index label_parcel_idx on wb.label (parcel_id);
create index label_service_idx on wb.label (service_id);
create index label_currency_idx on wb.label (currency);

create table wb.print (
  id bigint generated always as identity primary key,
  label_id bigint not null references wb.label on delete cascade,
  printer text not null,
  at timestamptz not null default now(),
  actor text not null default session_user,
  reason text not null default '',
  act_id uuid
);
comment on table wb.print is 'each time a label went to a printer: the second and later ones are reprints and say why';
create index print_label_idx on wb.print (label_id);

create table wb.tracking_event (
  id bigint generated always as identity primary key,
  parcel_id bigint not null references wb.parcel on delete cascade,
  at timestamptz not null,
  code text not null check (code in ('labelled', 'handed_over', 'in_transit', 'out_for_delivery', 'delivered', 'failed',
                                     'returned')),
  body text not null default '',
  place text not null default '',
  constraint tracking_event_key unique (parcel_id, at, code)
);
comment on table wb.tracking_event is 'what the carrier said about a parcel';

-- ── Returns ────────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.rma (
  id bigint generated always as identity primary key,
  number text not null collate "C" constraint rma_number_key unique,
  channel_id bigint references wb.sales_channel on delete restrict,
  external_id text,
  content_hash bytea,
  order_id bigint references wb.sales_order on delete restrict,
  customer_id bigint references wb.customer on delete restrict,
  customer_name text not null default '',
  country char(2) references wb.country on delete restrict,
  currency char(3) not null references wb.currency on delete restrict,
  status text not null default 'requested'
    check (status in ('requested', 'approved', 'received', 'inspected', 'closed', 'refused')),
  reason text not null default '',
  credit_minor bigint not null default 0,
  requested_at timestamptz not null default now(),
  closed_at timestamptz,
  version integer not null default 1,
  constraint rma_external_key unique (channel_id, external_id)
);
comment on table wb.rma is 'return merchandise authorisation: what comes back and what is credited; order_id null: the order is not known';
create index rma_order_idx on wb.rma (order_id);
create index rma_customer_idx on wb.rma (customer_id);
create index rma_country_idx on wb.rma (country);
create index rma_currency_idx on wb.rma (currency);
create sequence wb.rma_number_seq start 1;

create table wb.rma_line (
  id bigint generated always as identity primary key,
  rma_id bigint not null references wb.rma on delete cascade,
  position integer not null,
  line_id bigint references wb.order_line on delete restrict,
  sku_id bigint references wb.sku on delete restrict,
  sku_code text not null default '' collate "C",
  name text not null,
  quantity integer not null check (quantity > 0),
  received_qty integer not null default 0 check (received_qty between 0 and quantity),
  minor_digits smallint not null default 2 check (minor_digits between 0 and 4),
  unit_price numeric(20,6) not null,
  credit_minor bigint not null generated always as (round(quantity * unit_price * (10::numeric ^ minor_digits))) stored,
  reason text not null default '',
  disposition text check (disposition in ('restock', 'quarantine', 'scrap', 'vendor', 'kept')),
  bin_id bigint references wb.bin on delete restrict,
  constraint rma_line_position_key unique (rma_id, position)
);
comment on table wb.rma_line is 'pieces that come back, and what becomes of them';
create index rma_line_line_idx on wb.rma_line (line_id);
create index rma_line_sku_idx on wb.rma_line (sku_id);
create index rma_line_bin_idx on wb.rma_line (bin_id);

select audit.watch('wb.sales_order', 'customer_sort', 'search', 'line_count', 'piece_count', 'stage_since', 'note_count',
                   'content_hash'),
       wb.count_versions('wb.sales_order', 'customer_id', 'rush', 'gift', 'service_id', 'warehouse_id', 'shipping_method',
                         'ship_by', 'ship_name', 'ship_city', 'ship_postcode', 'ship_country', 'tags', 'assigned_to',
                         'accepted_at', 'production_at', 'cancelled_at', 'status', 'payment_status'), wb.tell_about('wb.sales_order', 'order', 'id');
select audit.watch('wb.order_line', 'gross_minor', 'net_minor', 'reserved_qty'),
       wb.tell_about('wb.order_line', 'order', 'order_id');
select audit.watch('wb.order_note'), wb.tell_about('wb.order_note', 'order', 'order_id');
select audit.watch('wb.hold'), wb.tell_about('wb.payment', 'order', 'order_id');
select audit.watch('wb.shipment'), wb.count_versions('wb.shipment'), wb.tell_about('wb.shipment', 'order', 'order_id');
select audit.watch('wb.rma'), wb.count_versions('wb.rma'), wb.tell_about('wb.rma', 'rma', 'id');
select audit.watch('wb.rma_line');

create trigger ledger_is_final before update on wb.payment for each row execute function wb.ledger_is_final ();
