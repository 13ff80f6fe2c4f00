-- Customers: companies and people, their contacts, addresses and tax numbers.
set local role wb_owner;

create table wb.customer (
  id bigint generated always as identity primary key,
  number text not null collate "C" constraint customer_number_key unique,
  kind text not null default 'person' check (kind in ('person', 'company')),
  name text not null check (btrim(name) <> ''),
  company text not null default '',
  email text not null default '' collate "C",
  phone text not null default '',
  phone_digits text not null generated always as (regexp_replace(phone, '[^0-9]', '', 'g')) stored,
  language text not null default 'en',
  currency char(3) not null default 'GBP' references wb.currency on delete restrict,
  country char(2) references wb.country on delete restrict,
  segment text not null default 'new' collate "C"
    check (segment in ('new', 'retail', 'vip', 'wholesale')),
  segment_since timestamptz not null default now(),
  status text not null default 'active' collate "C"
    check (status in ('active', 'inactive', 'suspended', 'attention')),
  status_reason text not null default '',
  registered_at timestamptz not null default now(),
  email_allowed boolean not null default false,
  sms_allowed boolean not null default false,
  phone_allowed boolean not null default false,
  credit_limit_minor bigint check (credit_limit_minor >= 0),
  payment_terms_days integer not null default 0 check (payment_terms_days >= 0),
  tags text[] not null default '{}',
  note text not null default '',
  -- Stored for lists, kept by wb.refresh_customers().
  orders_count integer not null default 0,
  spent_minor bigint not null default 0,
  last_order_at timestamptz not null default '-infinity',
  name_sort text collate "C" not null generated always as (wb.fold (name)) stored,
  search text not null generated always as
    (wb.fold (number || ' ' || name || ' ' || company || ' ' || email || ' ' || regexp_replace(phone, '[^0-9]', '', 'g')))
    stored,
  merged_into bigint references wb.customer on delete restrict,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
comment on table wb.customer is 'who buys; a company has contacts, a person is their own';
comment on column wb.customer.spent_minor is 'captured less refunded, in the customer''s currency';
create index customer_name_idx on wb.customer (name_sort, id);
create index customer_email_idx on wb.customer (lower(email), id);
create index customer_email_sort_idx on wb.customer (email, id);
create index customer_phone_idx on wb.customer (phone_digits) where phone_digits <> '';
create index customer_country_idx on wb.customer (country, id);
create index customer_country_sort_idx on wb.customer ((coalesce(country::text, '') collate "C"), id);
create index customer_currency_idx on wb.customer (currency);
create index customer_segment_idx on wb.customer (segment, id);
create index customer_status_idx on wb.customer (status, id);
create index customer_registered_idx on wb.customer (registered_at, id);
create index customer_orders_idx on wb.customer (orders_count, id);
create index customer_spent_idx on wb.customer (spent_minor, id);
create index customer_last_order_idx on wb.customer (last_order_at, id);
create index customer_merged_idx on wb.customer (merged_into) where merged_into is not null;
create index customer_tags_idx on wb.customer using gin (tags);
create index customer_search_idx on wb.customer using gin (search public.gin_trgm_ops);
create sequence wb.customer_number_seq start 10001;

create table wb.contact (
  id bigint generated always as identity primary key,
  customer_id bigint not null references wb.customer on delete cascade,
  name text not null,
  role text not null default '',
  email text not null default '',
  phone text not null default '',
  main boolean not null default false,
  version integer not null default 1
);
comment on table wb.contact is 'people who speak for a customer';
create index contact_customer_idx on wb.contact (customer_id);

create table wb.address (
  id bigint generated always as identity primary key,
  customer_id bigint not null references wb.customer on delete cascade,
  usage text not null default 'both' check (usage in ('billing', 'shipping', 'both')),
  label text not null default '',
  name text not null default '',
  company text not null default '',
  line1 text not null default '',
  line2 text not null default '',
  city text not null default '',
  region text not null default '',
  postcode text not null default '',
  country char(2) not null references wb.country on delete restrict,
  phone text not null default '',
  preferred boolean not null default false,
  valid_from date not null default current_date,
  valid_to date not null default 'infinity',
  version integer not null default 1,
  check (valid_from <= valid_to)
);
comment on table wb.address is 'a customer''s address book; an address that ends stays, with the day it ended';
create index address_customer_idx on wb.address (customer_id);
create index address_country_idx on wb.address (country);

create table wb.tax_number (
  id bigint generated always as identity primary key,
  customer_id bigint not null references wb.customer on delete cascade,
  country char(2) not null references wb.country on delete restrict,
  kind text not null default 'vat' check (kind in ('vat', 'gst', 'ein', 'eori', 'other')),
  number text not null,
  verified_at timestamptz,
  constraint tax_number_key unique (customer_id, kind, number)
);
comment on table wb.tax_number is 'VAT and other tax numbers, and when they were last verified';
create index tax_number_country_idx on wb.tax_number (country);

select audit.watch('wb.customer', 'orders_count', 'spent_minor', 'last_order_at', 'name_sort', 'search', 'phone_digits'),
       wb.count_versions('wb.customer', 'name', 'kind', 'company', 'email', 'phone', 'language', 'currency', 'country', 'segment',
                         'status', 'status_reason', 'note', 'tags', 'email_allowed', 'sms_allowed', 'phone_allowed',
                         'payment_terms_days', 'credit_limit_minor', 'merged_into'), wb.tell_about('wb.customer', 'customer', 'id');
select audit.watch('wb.contact'), wb.count_versions('wb.contact'), wb.tell_about('wb.contact', 'customer', 'customer_id');
select audit.watch('wb.address'), wb.count_versions('wb.address'), wb.tell_about('wb.address', 'customer', 'customer_id');
