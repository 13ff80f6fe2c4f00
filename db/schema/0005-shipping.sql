-- Carriers, services, zones and rate tables; boxes.
set local role wb_owner;

create table wb.carrier (
  id bigint generated always as identity primary key,
  code text not null constraint carrier_code_key unique,
  name text not null,
  tracking_url text not null default '',
  active boolean not null default true
);
comment on table wb.carrier is 'who carries parcels; tracking_url has {tracking} where the number goes';

create table wb.carrier_service (
  id bigint generated always as identity primary key,
  carrier_id bigint not null references wb.carrier on delete restrict,
  code text not null,
  name text not null,
  express boolean not null default false,
  max_weight_g integer not null check (max_weight_g > 0),
  max_length_mm integer not null default 1200,
  max_girth_mm integer not null default 3000,
  transit_days_min smallint not null default 1,
  transit_days_max smallint not null default 3,
  routing_code text not null default '',
  tracking_prefix text not null default '',
  active boolean not null default true,
  constraint carrier_service_code_key unique (carrier_id, code),
  check (transit_days_min <= transit_days_max)
);
comment on table wb.carrier_service is 'what a carrier offers, with its limits and how long it takes';

create table wb.carrier_zone (
  id bigint generated always as identity primary key,
  carrier_id bigint not null references wb.carrier on delete cascade,
  code text not null,
  name text not null,
  constraint carrier_zone_code_key unique (carrier_id, code)
);
comment on table wb.carrier_zone is 'places that cost the same with a carrier';

create table wb.carrier_zone_area (
  id bigint generated always as identity primary key,
  zone_id bigint not null references wb.carrier_zone on delete cascade,
  country char(2) not null references wb.country on delete restrict,
  postcode_prefix text not null default '',
  constraint carrier_zone_area_key unique (zone_id, country, postcode_prefix)
);
comment on table wb.carrier_zone_area is 'a zone''s countries; the longest matching postcode prefix wins';
create index carrier_zone_area_country_idx on wb.carrier_zone_area (country, postcode_prefix);

create table wb.rate (
  id bigint generated always as identity primary key,
  service_id bigint not null references wb.carrier_service on delete cascade,
  zone_id bigint not null references wb.carrier_zone on delete cascade,
  max_weight_g integer not null check (max_weight_g > 0),
  currency char(3) not null references wb.currency on delete restrict,
  price_minor bigint not null check (price_minor >= 0),
  constraint rate_key unique (service_id, zone_id, currency, max_weight_g)
);
comment on table wb.rate is 'price of a parcel up to a weight';
create index rate_zone_idx on wb.rate (zone_id);
create index rate_currency_idx on wb.rate (currency);

create table wb.box (
  id bigint generated always as identity primary key,
  code text not null constraint box_code_key unique,
  name text not null,
  kind text not null default 'box' check (kind in ('box', 'envelope', 'tube', 'bag')),
  inner_length_mm integer not null check (inner_length_mm > 0),
  inner_width_mm integer not null check (inner_width_mm > 0),
  inner_height_mm integer not null check (inner_height_mm > 0),
  outer_length_mm integer not null check (outer_length_mm > 0),
  outer_width_mm integer not null check (outer_width_mm > 0),
  outer_height_mm integer not null check (outer_height_mm > 0),
  empty_weight_g integer not null check (empty_weight_g >= 0),
  max_weight_g integer not null check (max_weight_g > 0),
  barcode text constraint box_barcode_key unique,
  cost_minor bigint not null default 0,
  active boolean not null default true
);
comment on table wb.box is 'cartons, envelopes and bags to pack into';
