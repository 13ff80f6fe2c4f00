-- Imports: records that core/wb-import-json.c wrote become customers, products, orders and returns, a few thousand at a time
-- and whole sets at once. What a record means is decided there; here it is compared with what is known and written.
--
-- Names in records are short: x external id, q quantity, h content hash (hex), d the document. Lines count from 1.
set local role wb_owner;

create or replace function wb.import_channel (code text) returns wb.sales_channel
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ch wb.sales_channel;
begin
  if btrim(coalesce(import_channel.code, '')) = '' then
    perform wb.refuse('an import needs a sales channel', 'channel');
  end if;
  insert into sales_channel (code, name, kind, currency, timezone, warehouse_id)
    select import_channel.code, import_channel.code, 'import', wb.setting_text('shop.currency'), wb.setting_text('shop.timezone'),
           (select min(id) from warehouse having count(*) = 1)
     where not exists (select from sales_channel c where c.code = import_channel.code)
    on conflict on constraint sales_channel_code_key do nothing;
  select * into strict ch from sales_channel c where c.code = import_channel.code;
  return ch;
end $$;
comment on function wb.import_channel is 'the sales channel of that code, made if there is none';

-- Finds or makes the customer of each: by the channel's id, then by e-mail address. Null where neither is known: a guest.
create or replace function wb.import_people (ch wb.sales_channel, people jsonb[]) returns bigint[]
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ids bigint[];
begin
  with p as materialized (
    select n, nullif(x ->> 'x', '') as ext, nullif(lower((x ->> 'email') collate "C"), '') as mail, x
      from unnest(people) with ordinality u (x, n)
  ), r as materialized (
    select r.external_id as ext, coalesce(c.merged_into, c.id) as id
      from customer_ref r join customer c on c.id = r.customer_id
     where r.channel_id = ch.id and r.external_id in (select p.ext from p)
  ), m as materialized (
    select lower(k.email) as mail, min(k.id) as id
      from customer k where lower(k.email) in (select p.mail from p) and k.merged_into is null group by 1
  ), known as materialized (
    select p.n, coalesce(r.id, m.id) as id from p left join r on r.ext = p.ext left join m on m.mail = p.mail
  ), fresh as materialized (
    select nextval(pg_get_serial_sequence('wb.customer', 'id')) as id, f.*
      from (select distinct on (coalesce(p.mail, 'x:' || p.ext)) coalesce(p.mail, 'x:' || p.ext) as key, p.x
              from p join known on known.n = p.n
             where known.id is null and (p.mail is not null or p.ext is not null)
             order by 1, p.n) f
  ), made as (
    insert into customer (id, number, kind, name, company, email, phone, language, currency, country, registered_at,
                          email_allowed, tags, note)
      overriding system value
      select f.id, 'C' || nextval('wb.customer_number_seq'),
             case when coalesce(f.x ->> 'company', '') <> '' then 'company' else 'person' end,
             coalesce(nullif(f.x ->> 'name', ''), nullif(f.x ->> 'company', ''), nullif(f.x ->> 'email', ''),
                      'Customer ' || (f.x ->> 'x')),
             coalesce(f.x ->> 'company', ''), coalesce(f.x ->> 'email', ''), coalesce(f.x ->> 'phone', ''),
             coalesce(f.x ->> 'language', 'en'), coalesce(f.x ->> 'currency', ch.currency), f.x ->> 'country',
             coalesce((f.x ->> 'registered_at')::timestamptz, now()), coalesce((f.x ->> 'email_allowed')::boolean, false),
             array(select jsonb_array_elements_text(f.x -> 'tags')), coalesce(f.x ->> 'note', '')
        from fresh f
  ), who as materialized (
    select p.n, p.ext, coalesce(known.id, f.id) as id
      from p join known on known.n = p.n left join fresh f on f.key = coalesce(p.mail, 'x:' || p.ext)
  ), refs as (
    insert into customer_ref (channel_id, external_id, customer_id)
      select distinct on (who.ext) ch.id, who.ext, who.id from who where who.ext is not null and who.id is not null
       order by who.ext, who.n
      on conflict (channel_id, external_id) do nothing
  )
  select array_agg(who.id order by who.n) into ids from who;

  insert into address (customer_id, usage, name, company, line1, line2, city, region, postcode, country, phone)
    select distinct w.id, 'both', coalesce(a ->> 'name', ''), coalesce(a ->> 'company', ''), a ->> 'line1',
           coalesce(a ->> 'line2', ''), coalesce(a ->> 'city', ''), coalesce(a ->> 'region', ''), coalesce(a ->> 'postcode', ''),
           a ->> 'country', coalesce(a ->> 'phone', '')
      from unnest(ids, people) w (id, x) cross join lateral jsonb_array_elements(w.x -> 'addresses') a
     where w.id is not null and coalesce(a ->> 'line1', '') <> '' and a ? 'country'
       and not exists (select from address k where k.customer_id = w.id and k.line1 = a ->> 'line1'
                          and k.postcode = coalesce(a ->> 'postcode', '') and k.city = coalesce(a ->> 'city', ''));
  insert into tax_number (customer_id, country, number)
    select distinct w.id, w.x ->> 'country', w.x ->> 'tax_number' from unnest(ids, people) w (id, x)
     where w.id is not null and w.x ? 'tax_number' and w.x ? 'country'
    on conflict on constraint tax_number_key do nothing;
  return ids;
end $$;
comment on function wb.import_people is 'customers by the channel''s id or by e-mail address, made where unknown; null for guests';

-- Products for codes that nobody knows: for histories, where what was sold is all that is known of it.
create or replace function wb.import_unknown_skus (ch wb.sales_channel, docs jsonb[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  codes text[] := array(select c from (select distinct l ->> 'sku' as c from unnest(docs) d, jsonb_array_elements(d -> 'lines') l
                                        where l ->> 'sku' <> '' offset 0) u
                         where not exists (select from sku s where s.code = c));
begin
  if cardinality(codes) = 0 then
    return;
  end if;
  with w as materialized (
    select coalesce(k.id, nextval(pg_get_serial_sequence('wb.product', 'id'))) as id, k.id is null as fresh, u.*
      from (select distinct on (l ->> 'sku') l ->> 'sku' as code, coalesce(nullif(l ->> 'name', ''), l ->> 'sku') as name,
                   (l -> 'price')::numeric as price, d.doc ->> 'currency' as currency,
                   not coalesce((l -> 'service')::boolean, false) as stocked
              from unnest(docs) with ordinality d (doc, n)
              cross join lateral jsonb_array_elements(d.doc -> 'lines') with ordinality e (l, k)
             where l ->> 'sku' in (select unnest(codes))
             order by 1, coalesce(l ->> 'name', '') = '', d.n, e.k) u
      left join product k on k.code = u.code
  ), p as (
    insert into product (id, code, name) overriding system value select id, code, name from w where fresh
  )
  insert into sku (product_id, code, name, price, price_currency, stocked)
    select w.id, w.code, w.name, w.price, w.currency, w.stocked from w;
end $$;
comment on function wb.import_unknown_skus is 'makes a product and SKU for each code that lines name and nobody knows';

-- Who the orders and returns are of, and with create_products what they are of.
create or replace function wb.import_parties (ch wb.sales_channel, docs jsonb[], options jsonb) returns bigint[]
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ids constant bigint[] := wb.import_people(ch, array(
    select coalesce(d -> 'customer', '{}') || jsonb_strip_nulls(jsonb_build_object(
             'name', coalesce(nullif(d #>> '{customer,name}', ''), d #>> '{billing,name}', d #>> '{shipping,name}'),
             'country', coalesce(d #>> '{customer,country}', d #>> '{billing,country}', d #>> '{shipping,country}'),
             'registered_at', coalesce(d #>> '{customer,registered_at}', d ->> 'at'), 'currency', d ->> 'currency',
             'addresses', coalesce(d #> '{customer,addresses}', jsonb_build_array(d -> 'shipping'))))
      from unnest(docs) with ordinality u (d, n) order by n));
begin
  if coalesce((options ->> 'create_products')::boolean, false) then
    perform wb.import_unknown_skus(ch, docs);
  end if;
  return ids;
end $$;
comment on function wb.import_parties is 'the customers of these orders and returns; makes what of them and their SKUs is unknown';

-- A table that grew to twice its size since the planner looked at it is looked at again now, not when autovacuum comes by:
-- plans for an empty table are ruinous for a full one. (A vacuum after a dry run leaves "no rows" behind, whatever the size.)
create or replace function wb.import_analyze () returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  t regclass;
begin
  for t in
    select c.oid::regclass from pg_catalog.pg_class c
     where c.oid = any (array['wb.customer', 'wb.customer_ref', 'wb.product', 'wb.sku', 'wb.sales_order', 'wb.order_line', 'wb.payment',
                              'wb.shipment', 'wb.parcel', 'wb.parcel_item', 'wb.order_address', 'wb.order_charge', 'wb.order_tax',
                              'wb.rma', 'wb.rma_line', 'wb.address']::regclass[])
       and (c.reltuples < 1000 and pg_relation_size(c.oid) > 65536 or pg_relation_size(c.oid) > 8192 * 2 * greatest(c.relpages, 4))
  loop
    execute format('analyze (skip_locked) %s', t);
  end loop;
end $$;
comment on function wb.import_analyze is 'tells the planner about tables that grew much';

-- Lines of open orders that named a code which nobody knew: now it is known.
create or replace function wb.import_match_lines (sku_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  found_orders bigint[];
begin
  with m as (
    update order_line l set sku_id = s.id, weight_g = case when l.weight_g = 0 then s.weight_g else l.weight_g end
      from sku s, sales_order o
     where s.id = any (sku_ids) and l.sku_id is null and l.sku_code = s.code and o.id = l.order_id and o.cancelled_at is null
       and o.status in ('pending', 'processing')
    returning l.order_id
  )
  select array_agg(distinct order_id) into found_orders from m;
  if found_orders is not null then
    perform wb.refresh_orders(found_orders);
    found_orders := array(select o.id from sales_order o where o.id = any (found_orders) and o.status = 'processing');
    perform wb.reserve_orders(found_orders), wb.refresh_orders(found_orders);
  end if;
end $$;
comment on function wb.import_match_lines is 'gives lines that named unknown codes their SKUs';

-- The bin for goods whose place nobody told: the shop said how many there are, not where.
create or replace function wb.import_bin (ch wb.sales_channel) returns bigint
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  bin_id bigint;
  house bigint := coalesce(ch.warehouse_id, (select min(id) from warehouse));
begin
  if house is null then
    return null;
  end if;
  insert into bin (warehouse_id, code, kind) values (house, 'IMPORT', 'reserve') on conflict on constraint bin_code_key do nothing;
  select b.id into bin_id from bin b where b.warehouse_id = house and b.code = 'IMPORT';
  return bin_id;
end $$;
comment on function wb.import_bin is 'where imported stock lies until it is put away; null without a warehouse';

create or replace function wb.import_category (path text) returns bigint
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  part text;
  so_far text;
  parent bigint;
  this bigint;
begin
  foreach part in array coalesce(string_to_array(path, '>'), '{}') loop
    continue when btrim(part) = '';
    so_far := concat_ws(' > ', so_far, btrim(part));
    insert into category (parent_id, name, path) values (parent, btrim(part), so_far)
      on conflict on constraint category_path_key do update set name = excluded.name returning id into this;
    parent := this;
  end loop;
  return parent;
end $$;
comment on function wb.import_category is 'a category by its path, with those above it, made where missing; null for none';

create or replace function wb.import_product (act uuid, ch wb.sales_channel, doc jsonb) returns boolean
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  p bigint;
  v record;
  s wb.sku;
  fresh boolean;
  taken text;
  known constant boolean := exists (select from product k where k.code = doc ->> 'code');
  shelf_id constant bigint := wb.import_category(doc ->> 'category');
  shelf wb.category;
begin
  select * into shelf from category c where c.id = shelf_id;
  insert into product as k (code, name, description, brand, category_id, active)
    values (doc ->> 'code', doc ->> 'name', coalesce(doc ->> 'description', ''), coalesce(doc ->> 'brand', ''), shelf.id,
            not coalesce((doc ->> 'inactive')::boolean, false))
    on conflict on constraint product_code_key do update
      set name = excluded.name, description = excluded.description, brand = excluded.brand,
          category_id = coalesce(excluded.category_id, k.category_id), active = excluded.active, updated_at = now()
    returning id into p;
  for v in
    select * from jsonb_to_recordset(doc -> 'variants') x (code text, name text, options jsonb, weight integer, length integer,
      width integer, height integer, price numeric, currency text, stock integer, service boolean, inactive boolean, barcodes jsonb)
  loop
    select * into s from sku k where k.code = v.code for update;
    fresh := not found;
    if fresh then
      insert into sku (product_id, code, name, options, weight_g, length_mm, width_mm, height_mm, price, price_currency, stocked,
                       active, category)
        values (p, v.code, coalesce(v.name, doc ->> 'name'), coalesce(v.options, '{}'), coalesce(v.weight, 0),
                coalesce(v.length, 0), coalesce(v.width, 0), coalesce(v.height, 0), coalesce(v.price, 0),
                coalesce(v.currency, ch.currency), not coalesce(v.service, false), not coalesce(v.inactive, false),
                coalesce(shelf.path, ''))
        returning * into s;
    elsif s.product_id <> p and exists (select from wb.import_seen i join product k on k.id = s.product_id
                                         where i.kind = 'product' and k.code <> doc ->> 'code' and i.external_id = k.code) then
      perform wb.refuse(format('SKU %s belongs to another product: %s', v.code, (select k.code from product k where k.id = s.product_id)),
                        'sku');
    else
      update sku k set product_id = p, name = coalesce(v.name, k.name), options = coalesce(v.options, k.options),
          weight_g = coalesce(v.weight, k.weight_g), length_mm = coalesce(v.length, k.length_mm),
          width_mm = coalesce(v.width, k.width_mm), height_mm = coalesce(v.height, k.height_mm),
          price = coalesce(v.price, k.price), price_currency = coalesce(v.currency, k.price_currency),
          stocked = not coalesce(v.service, false), active = not coalesce(v.inactive, false),
          category = coalesce(shelf.path, k.category), updated_at = now()
        where k.id = s.id;
    end if;
    select b.code into taken from jsonb_array_elements(v.barcodes) e join barcode b on b.code = e ->> 'code'
      where b.sku_id <> s.id limit 1;
    if taken is not null then
      perform wb.refuse(format('barcode %s of SKU %s is on another SKU already', taken, v.code), 'barcode');
    end if;
    insert into barcode (code, sku_id, quantity) select e ->> 'code', s.id, (e ->> 'q')::integer from jsonb_array_elements(v.barcodes) e
      on conflict (code) do update set quantity = excluded.quantity;
    -- The shop's count is taken once: from then on the shelf is counted here.
    if fresh and s.stocked and coalesce(v.stock, 0) > 0 and wb.import_bin(ch) is not null then
      insert into stock_move (act_id, kind, sku_id, to_bin_id, quantity, reason)
        values (act, 'receive', s.id, wb.import_bin(ch), v.stock, 'stock at import');
    end if;
    if fresh then
      perform wb.import_match_lines(array[s.id]);
    end if;
  end loop;
  return not known;
end $$;
comment on function wb.import_product is 'a product with its variants, new or brought up to date; whether it is new';

create or replace function wb.import_customer (ch wb.sales_channel, external_id text, doc jsonb) returns boolean
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  last_id constant bigint := coalesce((select max(id) from customer), 0);
  who constant bigint := (wb.import_people(ch, array[jsonb_build_object('x', external_id) || doc]))[1];
begin
  update customer c set name = coalesce(nullif(doc ->> 'name', ''), c.name), company = coalesce(doc ->> 'company', c.company),
      email = coalesce(doc ->> 'email', c.email), phone = coalesce(doc ->> 'phone', c.phone),
      email_allowed = coalesce((doc ->> 'email_allowed')::boolean, c.email_allowed),
      note = coalesce(doc ->> 'note', c.note), country = coalesce(doc ->> 'country', c.country), updated_at = now()
    where c.id = who;
  return who > last_id;
end $$;
comment on function wb.import_customer is 'a customer, new or brought up to date; whether they are new';

-- A rule that one of them breaks is that one's alone: the others need not be tried again.
create or replace function wb.import_singles (act uuid, ch wb.sales_channel, kind text, ns integer[], hashes bytea[], docs jsonb[])
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  r record;
  fresh boolean;
  result wb.import_outcome;
begin
  for r in
    select u.*, i.content_hash
      from (select k.n, k.hash, k.doc, coalesce(nullif(k.doc ->> 'x', ''), k.doc ->> 'code', lower(k.doc ->> 'email'), k.doc ->> 'name') as ext
              from unnest(ns, hashes, docs) k (n, hash, doc)) u
      left join import_seen i on i.channel_id = ch.id and i.kind = import_singles.kind and i.external_id = u.ext
     order by u.n
  loop
    result := row(r.n, 'left', null, null, null, null);
    if r.content_hash is distinct from r.hash then
      begin
        fresh := case kind when 'product' then wb.import_product(act, ch, r.doc) else wb.import_customer(ch, r.ext, r.doc) end;
        result.outcome := case when fresh and r.content_hash is null then 'created' else 'updated' end;
        insert into import_seen (channel_id, kind, external_id, content_hash) values (ch.id, import_singles.kind, r.ext, r.hash)
          on conflict on constraint import_seen_pkey do update set content_hash = excluded.content_hash;
      exception when sqlstate 'WB004' then
        result := row(r.n, 'refused', kind, sqlerrm, sqlstate, null);
      end;
    end if;
    return next result;
  end loop;
end $$;
comment on function wb.import_singles is 'writes the products or the customers among the records, one by one';

-- Kind by kind, products before the orders that name them.
create or replace function wb.import_all (act uuid, ch wb.sales_channel, ns integer[], hashes bytea[], docs jsonb[], options jsonb)
  returns wb.import_outcome[]
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  k text;
  outcomes wb.import_outcome[] := '{}';
  part wb.import_outcome[];
  n integer[];
  h bytea[];
  d jsonb[];
begin
  foreach k in array array['product', 'customer', 'order', 'return'] loop
    select array_agg(u.n order by u.n), array_agg(u.hash order by u.n), array_agg(u.doc order by u.n) into n, h, d
      from unnest(ns, hashes, docs) u (n, hash, doc) where u.doc ->> 'kind' = k;
    continue when n is null;
    part := case when k in ('product', 'customer') then array(select o from wb.import_singles(act, ch, k, n, h, d) o)
                 when k = 'order' then array(select o from wb.import_orders(act, ch, n, h, d, options) o)
                 else array(select o from wb.import_returns(act, ch, n, h, d, options) o) end;
    outcomes := outcomes || part;
  end loop;
  return outcomes;
end $$;
comment on function wb.import_all is 'writes records of all kinds, or fails as a whole';

-- Halves what a rule of the database refuses as a whole, until the record to blame is found and the rest is in.
create or replace function wb.import_some (act uuid, ch wb.sales_channel, ns integer[], hashes bytea[], docs jsonb[], options jsonb)
  returns wb.import_outcome[]
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  n constant integer := cardinality(ns);
  blame wb.import_outcome := row(ns[1], 'refused', null, null, null, null);
begin
  begin
    return wb.import_all(act, ch, ns, hashes, docs, options);
  exception when data_exception or integrity_constraint_violation or sqlstate 'WB004' then
    get stacked diagnostics blame.reason = message_text, blame.sqlstate = returned_sqlstate,
                            blame.constraint_name = constraint_name;
  end;
  if n = 1 then
    return array[blame];
  end if;
  return wb.import_some(act, ch, ns[:n / 2], hashes[:n / 2], docs[:n / 2], options)
         || wb.import_some(act, ch, ns[n / 2 + 1:], hashes[n / 2 + 1:], docs[n / 2 + 1:], options);
end $$;
comment on function wb.import_some is 'writes records of all kinds; those that break a rule are refused, the others written';

create or replace function wb.import_made (act uuid) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select jsonb_build_object('skus', count(*) filter (where c.table_name = 'sku'),
                            'customers', count(*) filter (where c.table_name = 'customer'))
    from audit.change c where c.act_id = import_made.act and c.op = 'I' and c.at = now()
$$;
comment on function wb.import_made is 'how many SKUs and customers an act of this transaction made';

create or replace function wb.import_batch (act uuid, channel text, records jsonb, options jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ch wb.sales_channel := wb.import_channel(channel);
  outcomes wb.import_outcome[];
  result jsonb;
begin
  select wb.import_some(act, ch, array_agg(k::integer order by k), array_agg(decode(r ->> 'h', 'hex') order by k),
                        array_agg(r -> 'd' order by k), options)
    into outcomes from jsonb_array_elements(records) with ordinality e (r, k);
  select jsonb_build_object('outcomes', string_agg(left(outcome, 1), '' order by n),
                            'refused', coalesce(jsonb_agg(jsonb_build_array(n - 1, field, reason, sqlstate, nullif(constraint_name, ''))
                                                          order by n) filter (where outcome = 'refused'), '[]'))
    into result from unnest(outcomes) o;
  return result || wb.import_made(act);
end $$;
comment on function wb.import_batch is 'writes one batch of records; outcomes has a letter a record: created, updated, left, refused';

-- Batches of one file may be written side by side, once the customers and products that they have in common are there.
create or replace function api.import_parties (act uuid, channel text, records jsonb, options jsonb default '{}') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
  set jit = off
  set enable_seqscan = off
  set enable_mergejoin = off
as $$
declare
  ch wb.sales_channel;
  done jsonb;
  docs jsonb[];
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'import', coalesce(options ->> 'source', ''), false);
  if done is not null then
    return done;
  end if;
  ch := wb.import_channel(channel);
  -- one after the other, or two make the same customer; a dry run, which has one transaction for all, keeps nobody waiting
  if not coalesce((options ->> 'dry_run')::boolean, false) then
    perform pg_advisory_xact_lock(hashtextextended('import ' || channel, 0));
  end if;
  select array_agg(r.doc order by r.k) into docs
    from (select e.r -> 'd' as doc, decode(e.r ->> 'h', 'hex') as hash, e.k
            from jsonb_array_elements(records) with ordinality e (r, k) where e.r #>> '{d,kind}' in ('order', 'return') offset 0) r
    left join sales_order o on r.doc ->> 'kind' = 'order' and o.channel_id = ch.id and o.external_id = r.doc ->> 'x'
    left join rma m on r.doc ->> 'kind' = 'return' and m.channel_id = ch.id and m.external_id = r.doc ->> 'x'
   where coalesce(o.content_hash, m.content_hash) is distinct from r.hash;
  select array_agg(u.doc) into docs from unnest(docs, wb.import_odd_countries(docs)) u (doc, odd) where u.odd is null;
  if docs is not null then
    begin
      perform wb.import_parties(ch, docs, options);
    exception when data_exception or integrity_constraint_violation or sqlstate 'WB004' then
      null;  -- api.import_records() finds which record is to blame, and says so
    end;
    perform wb.import_analyze();
  end if;
  return wb.end_act(act, wb.import_made(act));
end $$;
comment on function api.import_parties is 'makes the customers and products that a batch of records names and nobody knows';

-- One batch of an import. With dry_run everything is done and then undone, so that what it says is what would happen.
create or replace function api.import_records (act uuid, channel text, records jsonb, options jsonb default '{}') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
  -- The planner takes each JSON list for a hundred rows, and a table that just grew for an empty one: it would compile what
  -- runs once, and read whole tables for a few rows.
  set jit = off
  set enable_seqscan = off
  set enable_mergejoin = off
  set work_mem = '32MB'
as $$
declare
  done jsonb;
  result jsonb;
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  if coalesce((options ->> 'dry_run')::boolean, false) then
    begin
      perform wb.begin_act(act, 'import', coalesce(options ->> 'source', ''), false);
      result := wb.import_batch(act, channel, records, options);
      raise exception 'dry run' using errcode = 'WB100';
    exception when sqlstate 'WB100' then
      return result;
    end;
  end if;
  done := wb.begin_act(act, 'import', coalesce(options ->> 'source', ''), false);
  if done is not null then
    return done;
  end if;
  return wb.end_act(act, wb.import_batch(act, channel, records, options));
end $$;
comment on function api.import_records is 'imports a batch of records of one channel: each is created, updated, left as it is or refused with a reason';
