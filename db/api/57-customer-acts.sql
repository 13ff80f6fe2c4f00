-- Acts on customers and products.
set local role wb_owner;

create or replace function api.customer_create (act uuid, body jsonb, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  c wb.customer;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'customer_create', reason, false);
  if done is not null then
    return done;
  end if;
  if btrim(coalesce(body ->> 'name', '')) = '' then
    perform wb.refuse('a customer needs a name', 'name');
  end if;
  insert into customer (number, kind, name, company, email, phone, language, currency, country, segment)
    values (coalesce(nullif(body ->> 'number', ''), wb.next_customer_number()),
            coalesce(body ->> 'kind', 'person'), body ->> 'name', coalesce(body ->> 'company', ''),
            coalesce(body ->> 'email', ''), coalesce(body ->> 'phone', ''), coalesce(body ->> 'language', 'en'),
            coalesce(body ->> 'currency', wb.setting_text('shop.currency')), nullif(body ->> 'country', ''),
            coalesce(body ->> 'segment', 'new'))
    returning * into c;
  return wb.end_act(act, jsonb_build_object('customer_id', c.id, 'number', c.number));
end $$;
comment on function api.customer_create is 'a new customer';

-- changes: any of name, kind, company, email, phone, language, currency, country, segment, status, status_reason, note, tags,
-- email_allowed, sms_allowed, phone_allowed, payment_terms_days, credit_limit_minor
create or replace function api.customer_update (act uuid, customer_id bigint, version integer, changes jsonb,
                                                reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  c wb.customer;
  n wb.customer;
  orders bigint[];
  odd text;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_worker');
  done := wb.begin_act(act, 'customer_update', reason, true);
  if done is not null then
    return done;
  end if;
  select k into odd from jsonb_object_keys(changes) k
    where k <> all (array['name', 'kind', 'company', 'email', 'phone', 'language', 'currency', 'country', 'segment', 'status',
                          'status_reason', 'note', 'tags', 'email_allowed', 'sms_allowed', 'phone_allowed',
                          'payment_terms_days', 'credit_limit_minor']) limit 1;
  if odd is not null then
    perform wb.refuse(format('a customer''s "%s" cannot be changed', odd), odd);
  end if;
  -- What a segment says of a customer decides about orders, which are locked before customers.
  if changes ? 'segment' then
    orders := array(select id from sales_order o
                     where o.customer_id = customer_update.customer_id and o.status in ('pending', 'processing'));
    perform wb.lock_orders(orders);
  end if;
  select * into c from customer k where k.id = customer_update.customer_id for update;
  if not found then
    perform wb.not_found('customer', customer_update.customer_id::text);
  end if;
  if c.version <> customer_update.version then
    perform wb.conflict('customer ' || c.number, c.version::text);
  end if;
  if changes ? 'status' and changes ->> 'status' <> c.status and btrim(coalesce(changes ->> 'status_reason', '')) = '' then
    perform wb.refuse('a change of status needs a reason', 'status_reason');
  end if;
  n := jsonb_populate_record(c, changes);
  update customer k set name = n.name, kind = n.kind, company = n.company, email = n.email, phone = n.phone,
      language = n.language, currency = n.currency, country = n.country, segment = n.segment,
      segment_since = case when n.segment <> c.segment then now() else c.segment_since end, status = n.status,
      status_reason = n.status_reason, note = n.note, tags = n.tags, email_allowed = n.email_allowed,
      sms_allowed = n.sms_allowed, phone_allowed = n.phone_allowed, payment_terms_days = n.payment_terms_days,
      credit_limit_minor = n.credit_limit_minor, updated_at = now()
    where k.id = c.id returning * into n;
  if n.segment <> c.segment then
    if exists (select from sales_order o where o.customer_id = c.id and o.status in ('pending', 'processing')
                  and o.id <> all (orders)) then
      raise exception 'customer % ordered something at this moment', c.number using errcode = 'serialization_failure';
    end if;
    perform wb.refresh_orders(orders);
  end if;
  return wb.end_act(act, jsonb_build_object('version', n.version));
end $$;
comment on function api.customer_update is 'changes a customer; version is the one that was read';

create or replace function api.address_set (act uuid, customer_id bigint, address_id bigint, address jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  a wb.address;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'address_set', '', false);
  if done is not null then
    return done;
  end if;
  perform from customer k where k.id = address_set.customer_id for no key update;
  if not found then
    perform wb.not_found('customer', address_set.customer_id::text);
  end if;
  -- An address is never written over: the old one ends, orders keep what they were sent to.
  if address_id is not null then
    update address x set valid_to = greatest(current_date, x.valid_from)
      where x.id = address_id and x.customer_id = address_set.customer_id and x.valid_to = 'infinity';
  end if;
  if address is not null then
    a := jsonb_populate_record(null::wb.address, address);
    insert into wb.address (customer_id, usage, label, name, company, line1, line2, city, region, postcode, country, phone,
                            preferred)
      values (address_set.customer_id, coalesce(a.usage, 'both'), coalesce(a.label, ''), coalesce(a.name, ''),
              coalesce(a.company, ''), coalesce(a.line1, ''), coalesce(a.line2, ''), coalesce(a.city, ''),
              coalesce(a.region, ''), coalesce(a.postcode, ''), a.country, coalesce(a.phone, ''), coalesce(a.preferred, false))
      returning * into a;
  end if;
  return wb.end_act(act, jsonb_build_object('address_id', a.id));
end $$;
comment on function api.address_set is 'a new address, in the place of an older one that ends today (address null: it only ends)';

-- changes: any of name, weight_g, length_mm, width_mm, height_mm, price, price_currency, active, stocked, handling
create or replace function api.sku_update (act uuid, sku_id bigint, version integer, changes jsonb, reason text default '')
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  s wb.sku;
  n record;
  odd text;
begin
  perform wb.require('wb_sales');
  done := wb.begin_act(act, 'sku_update', reason, true);
  if done is not null then
    return done;
  end if;
  select k into odd from jsonb_object_keys(changes) k
    where k <> all (array['name', 'weight_g', 'length_mm', 'width_mm', 'height_mm', 'price', 'price_currency', 'active',
                          'stocked', 'handling']) limit 1;
  if odd is not null then
    perform wb.refuse(format('a product''s "%s" cannot be changed', odd), odd);
  end if;
  select * into s from sku k where k.id = sku_update.sku_id for no key update;
  if not found then
    perform wb.not_found('SKU', sku_update.sku_id::text);
  end if;
  if s.version <> sku_update.version then
    perform wb.conflict('SKU ' || s.code, s.version::text);
  end if;
  select coalesce(j.name, s.name) as name, coalesce(j.weight_g, s.weight_g) as weight_g,
         coalesce(j.length_mm, s.length_mm) as length_mm, coalesce(j.width_mm, s.width_mm) as width_mm,
         coalesce(j.height_mm, s.height_mm) as height_mm, coalesce(j.price, s.price) as price,
         coalesce(j.price_currency, s.price_currency) as price_currency, coalesce(j.active, s.active) as active,
         coalesce(j.stocked, s.stocked) as stocked, coalesce(j.handling, s.handling) as handling into n
    from jsonb_to_record(changes) j (name text, weight_g integer, length_mm integer, width_mm integer, height_mm integer,
                                     price numeric, price_currency char(3), active boolean, stocked boolean,
                                     handling text[]);
  update sku k set name = n.name, weight_g = n.weight_g, length_mm = n.length_mm, width_mm = n.width_mm,
      height_mm = n.height_mm, price = n.price, price_currency = n.price_currency, active = n.active, stocked = n.stocked,
      handling = n.handling, updated_at = now()
    where k.id = s.id returning k.version into s.version;
  return wb.end_act(act, jsonb_build_object('version', s.version));
end $$;
comment on function api.sku_update is 'changes a product variant; version is the one that was read';
