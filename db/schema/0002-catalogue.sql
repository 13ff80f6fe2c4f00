-- Products, their variants (SKUs), barcodes, prices, lots and serial numbers.
set local role wb_owner;

create table wb.tax_class (
  code text primary key,
  name text not null
);
comment on table wb.tax_class is 'how a product is taxed: standard, reduced, zero, exempt …';
insert into wb.tax_class values ('standard', 'Standard rate'), ('reduced', 'Reduced rate'), ('zero', 'Zero rate'),
  ('exempt', 'Exempt');

create table wb.category (
  id bigint generated always as identity primary key,
  parent_id bigint references wb.category on delete restrict,
  name text not null,
  path text not null constraint category_path_key unique
);
comment on table wb.category is 'product categories; path is the whole way, parts joined by " > "';
create index category_parent_idx on wb.category (parent_id);

create table wb.product (
  id bigint generated always as identity primary key,
  code text not null constraint product_code_key unique,
  name text not null check (btrim(name) <> ''),
  description text not null default '',
  brand text not null default '',
  category_id bigint references wb.category on delete set null,
  tax_class text not null default 'standard' references wb.tax_class on delete restrict,
  hs_code text,
  origin_country char(2) references wb.country on delete restrict,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
comment on table wb.product is 'what is sold; the things on the shelf are its SKUs';
create index product_category_idx on wb.product (category_id);
create index product_tax_class_idx on wb.product (tax_class);
create index product_origin_idx on wb.product (origin_country);

create table wb.sku (
  id bigint generated always as identity primary key,
  product_id bigint not null references wb.product on delete restrict,
  code text not null collate "C" constraint sku_code_key unique check (btrim(code) <> ''),
  name text not null,
  options jsonb not null default '{}',
  weight_g integer not null default 0 check (weight_g >= 0),
  length_mm integer not null default 0 check (length_mm >= 0),
  width_mm integer not null default 0 check (width_mm >= 0),
  height_mm integer not null default 0 check (height_mm >= 0),
  stocked boolean not null default true,
  track_lot boolean not null default false,
  track_serial boolean not null default false,
  handling text[] not null default '{}',
  active boolean not null default true,
  -- Stored for lists, kept by the acts and triggers that change them.
  category text not null default '' collate "C",
  price numeric(20,6) not null default 0,
  price_currency char(3) not null default 'GBP' references wb.currency on delete restrict,
  on_hand bigint not null default 0,
  reserved bigint not null default 0,
  available bigint not null generated always as (on_hand - reserved) stored,
  name_sort text collate "C" not null generated always as (wb.fold (name)) stored,
  search text not null generated always as (wb.fold (code || ' ' || name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
comment on table wb.sku is 'stock keeping unit: one variant of a product, the thing that is stored, picked and counted';
comment on column wb.sku.handling is 'fragile, liquid, battery, oversize, keep_upright …';
create index sku_product_idx on wb.sku (product_id);
create index sku_name_sort_idx on wb.sku (name_sort, id);
create index sku_available_idx on wb.sku (available, id);
create index sku_on_hand_idx on wb.sku (on_hand, id);
create index sku_price_idx on wb.sku (price, id);
create index sku_price_currency_idx on wb.sku (price_currency);
create index sku_category_idx on wb.sku (category, id);
create index sku_search_idx on wb.sku using gin (search public.gin_trgm_ops);

create table wb.barcode (
  code text primary key check (btrim(code) <> ''),
  sku_id bigint not null references wb.sku on delete cascade,
  quantity integer not null default 1 check (quantity > 0),
  kind text not null default 'ean' check (kind in ('ean', 'upc', 'itf', 'gs1', 'internal', 'supplier'))
);
comment on table wb.barcode is 'codes on a SKU; each stands for its own quantity (the case of 12 has its own code)';
create index barcode_sku_idx on wb.barcode (sku_id);

create table wb.price (
  id bigint generated always as identity primary key,
  sku_id bigint not null references wb.sku on delete cascade,
  currency char(3) not null references wb.currency on delete restrict,
  unit_price numeric(20,6) not null check (unit_price >= 0),
  min_quantity integer not null default 1 check (min_quantity > 0),
  tax_included boolean not null default true,
  valid_from timestamptz not null default '-infinity',
  valid_to timestamptz not null default 'infinity',
  check (valid_from < valid_to)
);
comment on table wb.price is 'list prices by currency, quantity and time; exact, may be finer than the currency';
create index price_sku_idx on wb.price (sku_id, currency, min_quantity);
create index price_currency_idx on wb.price (currency);

create table wb.kit_part (
  kit_sku_id bigint not null references wb.sku on delete cascade,
  part_sku_id bigint not null references wb.sku on delete restrict,
  quantity integer not null check (quantity > 0),
  primary key (kit_sku_id, part_sku_id),
  check (kit_sku_id <> part_sku_id)
);
comment on table wb.kit_part is 'what a kit is made of when it is picked part by part';
create index kit_part_part_idx on wb.kit_part (part_sku_id);

create table wb.lot (
  id bigint generated always as identity primary key,
  sku_id bigint not null references wb.sku on delete restrict,
  code text not null,
  expires_on date,
  received_at timestamptz not null default now(),
  constraint lot_code_key unique (sku_id, code)
);
comment on table wb.lot is 'batch of one SKU, with its expiry';

create table wb.serial_number (
  id bigint generated always as identity primary key,
  sku_id bigint not null references wb.sku on delete restrict,
  code text not null,
  lot_id bigint references wb.lot on delete restrict,
  state text not null default 'in_stock' check (state in ('in_stock', 'shipped', 'returned', 'scrapped')),
  constraint serial_number_code_key unique (sku_id, code)
);
comment on table wb.serial_number is 'single pieces of a SKU that are followed one by one';
create index serial_number_lot_idx on wb.serial_number (lot_id);

select audit.watch('wb.product'), wb.count_versions('wb.product'), wb.tell_about('wb.product', 'product', 'id');
select audit.watch('wb.sku', 'on_hand', 'reserved', 'available', 'name_sort', 'search'), wb.count_versions('wb.sku', 'name', 'options', 'weight_g', 'length_mm', 'width_mm', 'height_mm', 'stocked', 'handling',
                         'active', 'price', 'price_currency'),
       wb.tell_about('wb.sku', 'sku', 'id');
