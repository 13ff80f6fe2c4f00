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

-- Countries that are not in wb.country, so that a refusal can name them.
create or replace function wb.import_odd_country (variadic codes text[]) returns text
  language sql stable set search_path = wb, pg_temp
as $$
  select c from unnest(codes) c where c is not null and not exists (select from country k where k.code = c) limit 1
$$;
comment on function wb.import_odd_country is 'the first of these that is no country';

-- Finds or makes the customer of each: by the channel's id, then by e-mail address. Null where neither is known: a guest.
create or replace function wb.import_people (ch wb.sales_channel, people jsonb[]) returns bigint[]
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ids bigint[];
begin
  with p as materialized (
    select n, nullif(x ->> 'x', '') as ext, nullif(lower(x ->> 'email'), '') as mail, x
      from unnest(people) with ordinality u (x, n)
  ), known as materialized (
    select p.n, coalesce(c.merged_into, c.id, m.id) as id
      from p left join customer_ref r on r.channel_id = ch.id and r.external_id = p.ext
      left join customer c on c.id = r.customer_id
      left join lateral (select k.id from customer k where lower(k.email) = p.mail and k.merged_into is null
                          order by k.id limit 1) m on c.id is null and p.mail is not null
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
create or replace function wb.import_unknown_skus (ch wb.sales_channel, docs jsonb[]) returns integer
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  n integer;
begin
  with w as materialized (
    select coalesce(k.id, nextval(pg_get_serial_sequence('wb.product', 'id'))) as id, k.id is null as fresh, u.*
      from (select distinct on (l ->> 'sku') l ->> 'sku' as code, coalesce(nullif(l ->> 'name', ''), l ->> 'sku') as name,
                   (l ->> 'price')::numeric as price, d.doc ->> 'currency' as currency,
                   not coalesce((l ->> 'service')::boolean, false) as stocked
              from unnest(docs) with ordinality d (doc, n)
              cross join lateral jsonb_array_elements(d.doc -> 'lines') with ordinality e (l, k)
             where coalesce(l ->> 'sku', '') <> ''
             order by 1, coalesce(l ->> 'name', '') = '', d.n, e.k) u
      left join lateral (select p.id from product p where p.code = u.code offset 0) k on true
     where not exists (select from sku s where s.code = u.code)
  ), p as (
    insert into product (id, code, name) overriding system value select id, code, name from w where fresh
  )
  insert into sku (product_id, code, name, price, price_currency, stocked)
    select w.id, w.code, w.name, w.price, w.currency, w.stocked from w;
  get diagnostics n = row_count;
  return n;
end $$;
comment on function wb.import_unknown_skus is 'makes a product and SKU for each code that lines name and nobody knows; says how many';

-- Takes away what an earlier import wrote about these orders, before the same is written anew. Notes stay.
create or replace function wb.import_clear_orders (order_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.release_line(l.id, l.reserved_qty) from (
    select x.id, x.reserved_qty from order_line x where x.order_id = any (order_ids) and x.reserved_qty > 0
     order by x.sku_id, x.id) l;
  delete from parcel p using shipment s where s.id = p.shipment_id and s.order_id = any (order_ids);
  delete from shipment s where s.order_id = any (order_ids);
  delete from payment p using wb.act a where a.id = p.act_id and a.name = 'import' and p.order_id = any (order_ids);
  delete from order_tax t where t.order_id = any (order_ids);
  delete from order_charge c where c.order_id = any (order_ids);
  delete from order_line l where l.order_id = any (order_ids);
  delete from order_address a where a.order_id = any (order_ids);
end $$;
comment on function wb.import_clear_orders is 'forgets lines, amounts, payments and shipments that earlier imports told of these orders';

create or replace function wb.import_order_lines (order_ids bigint[], docs jsonb[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  d record;
  shares bigint[];
begin
  insert into order_line (order_id, position, external_id, sku_id, sku_code, name, quantity, minor_digits, unit_price,
                          discount_minor, weight_g, requires_shipping, gift_message, properties, cancelled_qty, shipped_qty,
                          returned_qty)
    select t.id, e.n, l ->> 'x', s.id, coalesce(l ->> 'sku', ''), coalesce(nullif(l ->> 'name', ''), s.name, l ->> 'sku', ''),
           (l ->> 'q')::integer, t.digits, (l ->> 'price')::numeric, coalesce((l ->> 'discount')::bigint, 0),
           coalesce((l ->> 'weight')::integer, s.weight_g, 0),
           not coalesce((l ->> 'service')::boolean, not s.stocked, false), coalesce(l ->> 'gift', ''),
           coalesce(l -> 'props', '{}'), coalesce((l ->> 'cancelled')::integer, 0), coalesce((l ->> 'shipped')::integer, 0),
           coalesce((l ->> 'returned')::integer, 0)
      from (select u.id, u.doc, c.minor_digits as digits from unnest(order_ids, docs) u (id, doc)
              join currency c on c.code = u.doc ->> 'currency') t
      cross join lateral jsonb_array_elements(t.doc -> 'lines') with ordinality e (l, n)
      left join sku s on s.code = l ->> 'sku';
  insert into order_charge (order_id, line_id, kind, name, amount_minor)
    select l.order_id, l.id, 'discount', 'Discount', l.discount_minor from order_line l
     where l.order_id = any (order_ids) and l.discount_minor > 0;

  -- Charges keep their place in the document, because taxes name them by it.
  with c as materialized (
    select nextval(pg_get_serial_sequence('wb.order_charge', 'id')) as id, t.id as order_id, e.n, x
      from unnest(order_ids, docs) t (id, doc)
      cross join lateral jsonb_array_elements(t.doc -> 'charges') with ordinality e (x, n)
  ), charges as (
    insert into order_charge (id, order_id, line_id, kind, code, name, amount_minor) overriding system value
      select c.id, c.order_id, l.id, c.x ->> 'kind', coalesce(c.x ->> 'code', ''), coalesce(c.x ->> 'name', ''),
             (c.x ->> 'amount')::bigint
        from c left join lateral (select y.id from order_line y
                                   where y.order_id = c.order_id and y.position = (c.x ->> 'line')::integer offset 0) l on true
  )
  insert into order_tax (order_id, line_id, charge_id, jurisdiction, name, rate, amount_minor)
    select t.id, l.id, c.id, coalesce(e.tax ->> 'jurisdiction', ''), e.tax ->> 'name', coalesce((e.tax ->> 'rate')::numeric, 0),
           (e.tax ->> 'amount')::bigint
      from unnest(order_ids, docs) t (id, doc) cross join lateral jsonb_array_elements(t.doc -> 'taxes') e (tax)
      left join lateral (select y.id from order_line y
                          where y.order_id = t.id and y.position = (e.tax ->> 'line')::integer offset 0) l on true
      left join c on c.order_id = t.id and c.n = (e.tax ->> 'charge')::integer;

  -- A discount on the whole order is shared out to its lines, so that a line can be refunded for what it cost.
  for d in
    select c.order_id, sum(c.amount_minor)::bigint as amount from order_charge c
     where c.order_id = any (order_ids) and c.kind = 'discount' and c.line_id is null group by 1
  loop
    shares := wb.share_out(d.amount, array(select greatest(l.net_minor, 0) from order_line l where l.order_id = d.order_id
                                            order by l.position));
    update order_line x set discount_minor = x.discount_minor + shares[x.position]
      where x.order_id = d.order_id and shares[x.position] <> 0;
  end loop;
  update order_line x set tax_minor = t.amount
    from (select line_id, sum(amount_minor)::bigint as amount from order_tax
           where order_id = any (order_ids) and line_id is not null group by 1) t
   where t.line_id = x.id;
end $$;
comment on function wb.import_order_lines is 'lines, charges and taxes of new orders';

create or replace function wb.import_order_money (act uuid, order_ids bigint[], docs jsonb[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  with p as materialized (
    select nextval(pg_get_serial_sequence('wb.payment', 'id')) as id, t.id as order_id, x
      from unnest(order_ids, docs) t (id, doc) cross join lateral jsonb_array_elements(t.doc -> 'payments') x
  ), payments as (
    insert into payment (id, order_id, kind, amount_minor, method, gateway, reference, at, act_id) overriding system value
      select p.id, p.order_id, p.x ->> 'kind', (p.x ->> 'amount')::bigint, coalesce(p.x ->> 'method', ''),
             coalesce(p.x ->> 'gateway', ''), coalesce(p.x ->> 'reference', ''), (p.x ->> 'at')::timestamptz, act
        from p
      on conflict on constraint payment_reference_key do nothing
      returning id
  )
  insert into refund_line (payment_id, line_id, quantity, amount_minor)
    select p.id, l.id, sum((i ->> 'q')::integer), sum(coalesce((i ->> 'amount')::bigint, 0))
      from p join payments m on m.id = p.id cross join lateral jsonb_array_elements(p.x -> 'lines') i
      cross join lateral (select y.id from order_line y
                           where y.order_id = p.order_id and y.position = (i ->> 'line')::integer offset 0) l
     group by 1, 2;
end $$;
comment on function wb.import_order_money is 'payments and refunds of imported orders';

create or replace function wb.import_order_shipments (order_ids bigint[], docs jsonb[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  with s as materialized (
    select nextval(pg_get_serial_sequence('wb.shipment', 'id')) as id, t.id as order_id, o.warehouse_id, e.n, x
      from unnest(order_ids, docs) t (id, doc) join sales_order o on o.id = t.id
      cross join lateral jsonb_array_elements(t.doc -> 'shipments') with ordinality e (x, n)
  ), p as materialized (
    select nextval(pg_get_serial_sequence('wb.parcel', 'id')) as id, s.id as shipment_id, s.order_id, coalesce(k.n, 1) as position,
           -- a tracking number names one parcel in the world; a second one with it has none
           case when k.tracking <> '' and not exists (select from parcel q where q.tracking = k.tracking)
                 and row_number() over (partition by k.tracking order by s.id, k.n) = 1 then k.tracking end as tracking, s.x
      from s left join lateral jsonb_array_elements_text(s.x -> 'tracking') with ordinality k (tracking, n) on true
  ), shipments as (
    insert into shipment (id, number, order_id, warehouse_id, status, created_at, shipped_at, delivered_at, external_id)
      overriding system value
      select s.id, 'S' || lpad(nextval('wb.shipment_number_seq')::text, 8, '0'), s.order_id, s.warehouse_id,
             case when s.x ? 'delivered_at' then 'delivered' else 'shipped' end, (s.x ->> 'at')::timestamptz,
             (s.x ->> 'at')::timestamptz, (s.x ->> 'delivered_at')::timestamptz, coalesce(s.x ->> 'x', 'import-' || s.n)
        from s
  ), parcels as (
    insert into parcel (id, shipment_id, position, tracking) overriding system value
      select p.id, p.shipment_id, p.position, p.tracking from p
  )
  insert into parcel_item (parcel_id, line_id, quantity)
    select p.id, l.id, (i ->> 'q')::integer
      from p cross join lateral jsonb_array_elements(p.x -> 'lines') i
      cross join lateral (select x.id from order_line x
                           where x.order_id = p.order_id and x.position = (i ->> 'line')::integer offset 0) l
     where p.position = 1;
end $$;
comment on function wb.import_order_shipments is 'what was sent of imported orders, in parcels';

create or replace function wb.import_order_rest (order_ids bigint[], docs jsonb[]) returns void
  language sql volatile security definer set search_path = wb, pg_temp
as $$
  insert into order_address (order_id, usage, name, company, line1, line2, city, region, postcode, country, phone, email)
    select t.id, u.usage, coalesce(a ->> 'name', ''), coalesce(a ->> 'company', ''), coalesce(a ->> 'line1', ''),
           coalesce(a ->> 'line2', ''), coalesce(a ->> 'city', ''), coalesce(a ->> 'region', ''), coalesce(a ->> 'postcode', ''),
           a ->> 'country', coalesce(a ->> 'phone', ''), coalesce(a ->> 'email', '')
      from unnest(order_ids, docs) t (id, doc)
      cross join (values ('shipping', 'billing'), ('billing', 'shipping')) u (usage, other)
      cross join lateral (select coalesce(t.doc -> u.usage, t.doc -> u.other) as a) x
     where x.a is not null;
  insert into order_note (order_id, kind, body)
    select t.id, n ->> 'kind', n ->> 'body'
      from unnest(order_ids, docs) t (id, doc) cross join lateral jsonb_array_elements(t.doc -> 'notes') n
     where not exists (select from order_note o where o.order_id = t.id and o.body = n ->> 'body')
$$;
comment on function wb.import_order_rest is 'addresses and notes of imported orders';

-- An order's number, made different where another channel has the same.
create or replace function wb.import_number (ch wb.sales_channel, number text, external_id text) returns text
  language sql stable set search_path = wb, pg_temp
as $$
  select n from unnest(array[ch.number_prefix || number, ch.number_prefix || number || '-' || ch.code,
                             ch.number_prefix || number || '-' || ch.code || '-' || external_id]) with ordinality u (n, k)
   where not exists (select from sales_order o where o.number = n) order by k limit 1
$$;
comment on function wb.import_number is 'a number that no order has yet';

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
    execute format('analyze %s', t);
  end loop;
end $$;
comment on function wb.import_analyze is 'tells the planner about tables that grew much';

create or replace function wb.import_orders (act uuid, ch wb.sales_channel, records jsonb, options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ns integer[];
  outcomes text[];
  reasons text[];
  hashes bytea[];
  docs jsonb[];
  ids bigint[];
  people bigint[];
  changed bigint[];
begin
  perform from sales_order o
    where o.channel_id = ch.id and o.external_id = any (array(select r #>> '{d,x}' from jsonb_array_elements(records) r))
    order by o.id for update;
  -- materialised, or the planner takes the documents apart anew for each row it compares them with
  with r as materialized (
    select e.k::integer as n, decode(e.r ->> 'h', 'hex') as hash, e.r -> 'd' as doc, e.r #>> '{d,x}' as ext
      from jsonb_array_elements(records) with ordinality e (r, k) where e.r #>> '{d,kind}' = 'order'
  )
  select array_agg(n order by n), array_agg(case when reason is not null then 'refused' when id is null then 'created'
                                                 when same then 'left' else 'updated' end order by n),
         array_agg(reason order by n), array_agg(hash order by n), array_agg(doc order by n), array_agg(id order by n)
    into ns, outcomes, reasons, hashes, docs, ids
    from (select r.n, r.hash, r.doc, o.id, o.content_hash = r.hash as same,
                 case when odd is not null then format('%s is no country of ISO 3166', odd)
                      when o.content_hash = r.hash then null
                      when exists (select from job j where j.order_id = o.id and j.state in ('claimed', 'aside'))
                        then 'it was changed in the shop, but somebody is packing it just now'
                      when exists (select from shipment s where s.order_id = o.id and s.external_id is null)
                        then 'it was changed in the shop, but parcels of it were packed here already'
                      when exists (select from rma_line m join order_line l on l.id = m.line_id where l.order_id = o.id)
                        then 'it was changed in the shop, but there is a return of it already' end as reason
            from r left join sales_order o on o.channel_id = ch.id and o.external_id = r.ext
            cross join lateral wb.import_odd_country(r.doc #>> '{shipping,country}', r.doc #>> '{billing,country}',
                                                     r.doc #>> '{customer,country}') odd) c;
  if ns is null then
    return;
  end if;
  return query select * from unnest(ns, outcomes, array_fill(null::text, array[cardinality(ns)]), reasons);

  -- From here on only those that are written.
  select array_agg(doc order by n), array_agg(hash order by n),
         array_agg(coalesce(id, nextval(pg_get_serial_sequence('wb.sales_order', 'id'))) order by n),
         array_agg(id order by n) filter (where id is not null), array_agg(outcome order by n)
    into docs, hashes, ids, changed, outcomes
    from unnest(ns, outcomes, hashes, docs, ids) u (n, outcome, hash, doc, id) where outcome in ('created', 'updated');
  if docs is null then
    return;
  end if;
  if changed is not null then
    perform wb.import_clear_orders(changed);
  end if;
  people := wb.import_people(ch, array(
    select coalesce(d -> 'customer', '{}') || jsonb_strip_nulls(jsonb_build_object(
             'name', coalesce(nullif(d #>> '{customer,name}', ''), d #>> '{billing,name}', d #>> '{shipping,name}'),
             'country', coalesce(d #>> '{customer,country}', d #>> '{billing,country}', d #>> '{shipping,country}'),
             'registered_at', coalesce(d #>> '{customer,registered_at}', d ->> 'at'), 'currency', d ->> 'currency',
             'addresses', coalesce(d #> '{customer,addresses}', jsonb_build_array(d -> 'shipping'))))
      from unnest(docs) with ordinality u (d, n) order by n));
  if coalesce((options ->> 'create_products')::boolean, false) then
    perform wb.import_unknown_skus(ch, docs);
  end if;
  insert into sales_order (id, number, channel_id, external_id, placed_at, currency) overriding system value
    select t.id, wb.import_number(ch, t.doc ->> 'number', t.doc ->> 'x'), ch.id, t.doc ->> 'x', (t.doc ->> 'at')::timestamptz,
           t.doc ->> 'currency'
      from unnest(ids, docs, outcomes) t (id, doc, outcome) where t.outcome = 'created';
  update sales_order o set content_hash = t.hash, placed_at = (t.doc ->> 'at')::timestamptz, currency = t.doc ->> 'currency',
      customer_id = t.who,
      customer_name = coalesce(nullif(t.doc #>> '{customer,name}', ''), t.doc #>> '{billing,name}', t.doc #>> '{shipping,name}',
                               k.name, ''),
      customer_email = coalesce(t.doc #>> '{customer,email}', k.email, ''), purchase_order = coalesce(t.doc ->> 'po', ''),
      tax_included = coalesce((t.doc ->> 'tax_included')::boolean, false), rush = coalesce((t.doc ->> 'rush')::boolean, false),
      gift = coalesce((t.doc ->> 'gift')::boolean, false), test = coalesce((t.doc ->> 'test')::boolean, false),
      shipping_method = coalesce(t.doc ->> 'method', ''), warehouse_id = coalesce(o.warehouse_id, ch.warehouse_id),
      ship_by = wb.promise(coalesce(o.warehouse_id, ch.warehouse_id), (t.doc ->> 'at')::timestamptz),
      ship_name = coalesce(a ->> 'name', ''), ship_city = coalesce(a ->> 'city', ''), ship_postcode = coalesce(a ->> 'postcode', ''),
      ship_country = a ->> 'country', tags = array(select jsonb_array_elements_text(t.doc -> 'tags')),
      cancelled_at = (t.doc ->> 'cancelled_at')::timestamptz, cancel_reason = coalesce(t.doc ->> 'cancel_reason', '')
    from unnest(ids, docs, hashes, people) t (id, doc, hash, who) left join customer k on k.id = t.who
    cross join lateral (select coalesce(t.doc -> 'shipping', t.doc -> 'billing', '{}') as a) x
   where o.id = t.id;
  perform wb.import_analyze();
  perform wb.import_order_lines(ids, docs);
  perform wb.import_analyze();
  perform wb.import_order_money(act, ids, docs), wb.import_order_shipments(ids, docs), wb.import_order_rest(ids, docs);
  insert into stage_passage (order_id, to_stage, at, act_id)
    select t.id, 'new', (t.doc ->> 'at')::timestamptz, act from unnest(ids, docs, outcomes) t (id, doc, outcome)
     where t.outcome = 'created';
  perform wb.import_analyze();
  perform wb.refresh_orders(ids);
  changed := array(select o.id from sales_order o where o.id = any (ids) and o.status = 'processing' and o.warehouse_id is not null);
  if cardinality(changed) > 0 then
    perform wb.reserve_orders(changed), wb.refresh_orders(changed);
  end if;
  perform wb.refresh_customers(array(select distinct w from unnest(people) w where w is not null));
end $$;
comment on function wb.import_orders is 'writes the orders among the records: new ones, and changed ones that nobody works on yet';

create or replace function wb.import_returns (act uuid, ch wb.sales_channel, records jsonb, options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ns integer[];
  outcomes text[];
  reasons text[];
  hashes bytea[];
  docs jsonb[];
  ids bigint[];
  people bigint[];
begin
  -- materialised, or the planner takes the documents apart anew for each row it compares them with
  with r as materialized (
    select e.k::integer as n, decode(e.r ->> 'h', 'hex') as hash, e.r -> 'd' as doc, e.r #>> '{d,x}' as ext
      from jsonb_array_elements(records) with ordinality e (r, k) where e.r #>> '{d,kind}' = 'return'
  )
  select array_agg(n order by n), array_agg(case when reason is not null then 'refused' when id is null then 'created'
                                                 when same then 'left' else 'updated' end order by n),
         array_agg(reason order by n), array_agg(hash order by n), array_agg(doc order by n), array_agg(id order by n)
    into ns, outcomes, reasons, hashes, docs, ids
    from (select r.n, r.hash, r.doc, m.id, m.content_hash = r.hash as same,
                 case when odd is not null then format('%s is no country of ISO 3166', odd) end as reason
            from r left join rma m on m.channel_id = ch.id and m.external_id = r.ext
            cross join lateral wb.import_odd_country(r.doc #>> '{shipping,country}', r.doc #>> '{billing,country}',
                                                     r.doc #>> '{customer,country}') odd) c;
  if ns is null then
    return;
  end if;
  return query select * from unnest(ns, outcomes, array_fill(null::text, array[cardinality(ns)]), reasons);

  select array_agg(doc order by n), array_agg(hash order by n),
         array_agg(coalesce(id, nextval(pg_get_serial_sequence('wb.rma', 'id'))) order by n), array_agg(outcome order by n)
    into docs, hashes, ids, outcomes
    from unnest(ns, outcomes, hashes, docs, ids) u (n, outcome, hash, doc, id) where outcome in ('created', 'updated');
  if docs is null then
    return;
  end if;
  people := wb.import_people(ch, array(
    select coalesce(d -> 'customer', '{}') || jsonb_strip_nulls(jsonb_build_object(
             'country', coalesce(d #>> '{customer,country}', d #>> '{billing,country}', d #>> '{shipping,country}'),
             'registered_at', coalesce(d #>> '{customer,registered_at}', d ->> 'at'), 'currency', d ->> 'currency'))
      from unnest(docs) with ordinality u (d, n) order by n));
  if coalesce((options ->> 'create_products')::boolean, false) then
    perform wb.import_unknown_skus(ch, docs);
  end if;
  delete from rma_line l where l.rma_id = any (ids);
  insert into rma (id, number, channel_id, external_id, currency) overriding system value
    select t.id, coalesce((select n from unnest(array[t.doc ->> 'number', (t.doc ->> 'number') || '-' || ch.code]) n
                            where not exists (select from rma m where m.number = n) limit 1),
                          (t.doc ->> 'number') || '-' || t.id),
           ch.id, t.doc ->> 'x', t.doc ->> 'currency'
      from unnest(ids, docs, outcomes) t (id, doc, outcome) where t.outcome = 'created';
  update rma m set content_hash = t.hash, customer_id = t.who, customer_name = coalesce(t.doc #>> '{customer,name}', k.name, ''),
      country = coalesce(t.doc #>> '{customer,country}', t.doc #>> '{shipping,country}'), currency = t.doc ->> 'currency',
      status = 'closed', reason = coalesce(t.doc ->> 'reason', ''), requested_at = (t.doc ->> 'at')::timestamptz,
      closed_at = (t.doc ->> 'at')::timestamptz,
      order_id = (select o.id from sales_order o where o.channel_id = ch.id and t.doc ->> 'return_of' in (o.external_id, o.number)
                   limit 1)
    from unnest(ids, docs, hashes, people) t (id, doc, hash, who) left join customer k on k.id = t.who
   where m.id = t.id;
  insert into rma_line (rma_id, position, sku_id, sku_code, name, quantity, received_qty, minor_digits, unit_price)
    select t.id, e.n, s.id, coalesce(l ->> 'sku', ''), coalesce(nullif(l ->> 'name', ''), s.name, l ->> 'sku', ''),
           (l ->> 'q')::integer, (l ->> 'q')::integer, t.digits, (l ->> 'price')::numeric
      from (select u.id, u.doc, c.minor_digits as digits from unnest(ids, docs) u (id, doc)
              join currency c on c.code = u.doc ->> 'currency') t
      cross join lateral jsonb_array_elements(t.doc -> 'lines') with ordinality e (l, n)
      left join sku s on s.code = l ->> 'sku';
  update rma m set credit_minor = t.credit
    from (select l.rma_id, sum(l.credit_minor)::bigint as credit from rma_line l where l.rma_id = any (ids) group by 1) t
   where m.id = t.rma_id and m.credit_minor <> t.credit;
end $$;
comment on function wb.import_returns is 'writes the returns among the records, as closed credits';

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
  foreach part in array string_to_array(path, '>') loop
    continue when btrim(part) = '';
    so_far := concat_ws(' > ', so_far, btrim(part));
    insert into category (parent_id, name, path) values (parent, btrim(part), so_far)
      on conflict on constraint category_path_key do update set name = excluded.name returning id into this;
    parent := this;
  end loop;
  return parent;
end $$;
comment on function wb.import_category is 'a category by its path, with those above it, made where missing';

create or replace function wb.import_product (act uuid, ch wb.sales_channel, doc jsonb) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  p bigint;
  v record;
  s wb.sku;
  fresh boolean;
  taken text;
  category text := nullif(doc ->> 'category', '');
  category_id bigint := wb.import_category(category);
begin
  if category_id is not null then
    select c.path into category from wb.category c where c.id = category_id;
  end if;
  insert into product as k (code, name, description, brand, category_id, active)
    values (doc ->> 'code', doc ->> 'name', coalesce(doc ->> 'description', ''), coalesce(doc ->> 'brand', ''), category_id,
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
                coalesce(category, ''))
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
          category = coalesce(category, k.category), updated_at = now()
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
end $$;
comment on function wb.import_product is 'a product with its variants, new or brought up to date';

create or replace function wb.import_products (act uuid, ch wb.sales_channel, records jsonb, options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  r record;
  result wb.import_outcome;
begin
  for r in
    select e.k::integer as n, decode(e.r ->> 'h', 'hex') as hash, e.r -> 'd' as doc, i.content_hash,
           coalesce(nullif(e.r #>> '{d,x}', ''), e.r #>> '{d,code}') as ext
      from jsonb_array_elements(records) with ordinality e (r, k)
      left join import_seen i on i.channel_id = ch.id and i.kind = 'product' and i.external_id = coalesce(nullif(e.r #>> '{d,x}', ''), e.r #>> '{d,code}')
     where e.r #>> '{d,kind}' = 'product' order by e.k
  loop
    result := row(r.n, 'left', null, null);
    if r.content_hash is distinct from r.hash then
      result.outcome := case when r.content_hash is null and not exists (select from product p where p.code = r.doc ->> 'code')
                             then 'created' else 'updated' end;
      begin
        perform wb.import_product(act, ch, r.doc);
        insert into import_seen (channel_id, kind, external_id, content_hash) values (ch.id, 'product', r.ext, r.hash)
          on conflict (channel_id, kind, external_id) do update set content_hash = excluded.content_hash;
      exception when sqlstate 'WB004' then
        result := row(r.n, 'refused', 'product', sqlerrm);
      end;
    end if;
    return next result;
  end loop;
end $$;
comment on function wb.import_products is 'writes the products among the records';

create or replace function wb.import_customers (act uuid, ch wb.sales_channel, records jsonb, options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  r record;
  result wb.import_outcome;
  who bigint;
  before_id bigint := coalesce((select max(id) from customer), 0);
begin
  for r in
    select e.k::integer as n, decode(e.r ->> 'h', 'hex') as hash, e.r -> 'd' as doc, i.content_hash,
           coalesce(nullif(e.r #>> '{d,x}', ''), lower(e.r #>> '{d,email}'), e.r #>> '{d,name}') as ext
      from jsonb_array_elements(records) with ordinality e (r, k)
      left join import_seen i on i.channel_id = ch.id and i.kind = 'customer'
            and i.external_id = coalesce(nullif(e.r #>> '{d,x}', ''), lower(e.r #>> '{d,email}'), e.r #>> '{d,name}')
     where e.r #>> '{d,kind}' = 'customer' order by e.k
  loop
    result := row(r.n, 'left', null, null);
    if r.content_hash is distinct from r.hash then
      who := (wb.import_people(ch, array[jsonb_build_object('x', r.ext) || r.doc]))[1];
      result.outcome := case when r.content_hash is null and who > before_id then 'created' else 'updated' end;
      update customer c set name = coalesce(nullif(r.doc ->> 'name', ''), c.name), company = coalesce(r.doc ->> 'company', c.company),
          email = coalesce(r.doc ->> 'email', c.email), phone = coalesce(r.doc ->> 'phone', c.phone),
          email_allowed = coalesce((r.doc ->> 'email_allowed')::boolean, c.email_allowed),
          note = coalesce(r.doc ->> 'note', c.note), country = coalesce(r.doc ->> 'country', c.country), updated_at = now()
        where c.id = who;
      insert into import_seen (channel_id, kind, external_id, content_hash) values (ch.id, 'customer', r.ext, r.hash)
        on conflict (channel_id, kind, external_id) do update set content_hash = excluded.content_hash;
    end if;
    return next result;
  end loop;
end $$;
comment on function wb.import_customers is 'writes the customers among the records';

create or replace function wb.import_batch (act uuid, channel text, records jsonb, options jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ch wb.sales_channel := wb.import_channel(channel);
  result jsonb;
  last_sku bigint := coalesce((select max(id) from sku), 0);
  last_customer bigint := coalesce((select max(id) from customer), 0);
begin
  with o as (
    select * from wb.import_products(act, ch, records, options)
    union all select * from wb.import_customers(act, ch, records, options)
    union all select * from wb.import_orders(act, ch, records, options)
    union all select * from wb.import_returns(act, ch, records, options)
  )
  select jsonb_build_object('outcomes', string_agg(left(outcome, 1), '' order by n),
                            'refused', coalesce(jsonb_agg(jsonb_build_array(n - 1, field, reason) order by n)
                                                filter (where outcome = 'refused'), '[]'))
    into result from o;
  return result || jsonb_build_object('skus', (select count(*) from sku where id > last_sku),
                                      'customers', (select count(*) from customer where id > last_customer));
end $$;
comment on function wb.import_batch is 'writes one batch of records; outcomes has a letter a record: created, updated, left, refused';

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
