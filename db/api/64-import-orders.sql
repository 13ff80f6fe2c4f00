-- Imports: orders and returns among the records (65-import.sql says what a record is). A batch is written set by set. Ids of
-- lines are drawn first, so that whatever names a line by its place in the document needs no search for it: the line at
-- place p of the order at place i has the id line_ids[bases[i] + p]. Plans are generic: a plan of its own for each batch would
-- have all of its documents in it as constants, and the planner copies those again and again.
set local role wb_owner;

-- The planner takes any array for ten rows, and would compare all lines of a batch with all others.
create or replace function wb.import_each (
    ids bigint[], docs jsonb[], bases integer[] default null, hashes bytea[] default null, people bigint[] default null,
    fresh boolean[] default null)
  returns table (id bigint, doc jsonb, base integer, hash bytea, who bigint, fresh boolean)
  language sql immutable rows 1000 set search_path = pg_catalog, pg_temp
as $$
  select * from unnest(ids, docs, bases, hashes, people, fresh)
$$;
comment on function wb.import_each is 'the records of a batch as rows';

-- Takes away what an earlier import wrote about these orders, before the same is written anew. Notes stay.
create or replace function wb.import_clear_orders (order_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.lock_stock_of(order_ids);
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

-- The country of each document that is not in wb.country, so that a refusal can name it.
create or replace function wb.import_odd_countries (docs jsonb[]) returns text[]
  language sql stable set search_path = wb, pg_temp
as $$
  select array_agg((select c from unnest(array[d #>> '{shipping,country}', d #>> '{billing,country}', d #>> '{customer,country}']) c
                     where c not in (select k.code::text from country k) limit 1) order by n)
    from unnest(docs) with ordinality u (d, n)
$$;
comment on function wb.import_odd_countries is 'for each document the first of its countries that is none';

-- An order's number, made different where another channel has the same.
create or replace function wb.import_number (ch wb.sales_channel, number text, external_id text) returns text
  language sql stable set search_path = wb, pg_temp
as $$
  select n from unnest(array[ch.number_prefix || number, ch.number_prefix || number || '-' || ch.code,
                             ch.number_prefix || number || '-' || ch.code || '-' || external_id]) with ordinality u (n, k)
   where not exists (select from sales_order o where o.number = n) order by k limit 1
$$;
comment on function wb.import_number is 'a number that no order has yet';

-- Orders and their lines. An order that is paid and sent, as most of a shop's history, is written with its facts, once:
-- with 27 indexes a second version of the row is dear. wb.refresh_orders() has the last word on them, as on all others.
create or replace function wb.import_order_rows (
    act uuid, ch wb.sales_channel, ids bigint[], docs jsonb[], hashes bytea[], people bigint[], fresh boolean[],
    line_ids bigint[], bases integer[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
begin
  -- materialised, or the documents are taken apart anew for each use
  with t as materialized (
    select u.*, (u.doc ->> 'at')::timestamptz as at, c.minor_digits as digits, 10::numeric ^ c.minor_digits as minor,
           coalesce(u.doc -> 'shipping', u.doc -> 'billing', '{}') as a
      from wb.import_each(ids, docs, bases, hashes, people, fresh) u
      join currency c on c.code = u.doc ->> 'currency'
  ), e as materialized (
    select line_ids[t.base + k.n] as id, t.id as order_id, t.digits, t.minor, k.n as position, l ->> 'x' as external_id,
           coalesce(l ->> 'sku', '') as code, nullif(l ->> 'name', '') as name, (l -> 'q')::integer as quantity,
           (l -> 'price')::numeric as price, coalesce((l -> 'discount')::bigint, 0) as discount,
           (l -> 'weight')::integer as weight, (l -> 'service')::boolean as service, coalesce(l ->> 'gift', '') as gift,
           coalesce(l -> 'props', '{}') as properties, coalesce((l -> 'cancelled')::integer, 0) as cancelled,
           coalesce((l -> 'shipped')::integer, 0) as shipped, coalesce((l -> 'returned')::integer, 0) as returned
      from t cross join lateral jsonb_array_elements(t.doc -> 'lines') with ordinality k (l, n)
  ), s as materialized (
    select k.id, k.code, k.name, k.weight_g, k.stocked from sku k where k.code in (select distinct e.code from e)
  ), x as (
    select t.id, (j -> 'line')::integer as position, sum((j -> 'amount')::bigint)::bigint as amount
      from t cross join lateral jsonb_array_elements(t.doc -> 'taxes') j group by 1, 2
  ), line as materialized (
    select e.*, s.id as sku_id, coalesce(e.weight, s.weight_g, 0) as weight_g, coalesce(e.name, s.name, e.code) as title,
           not coalesce(e.service, not s.stocked, false) as ships, coalesce(x.amount, 0) as tax
      from e left join s on s.code = e.code left join x on x.id = e.order_id and x.position = e.position
  ), sums as (
    select order_id, count(*)::integer as lines, sum(quantity)::integer as pieces, sum(quantity::bigint * weight_g)::bigint as weight,
           sum(round(quantity * price * minor))::bigint as goods, sum(discount)::bigint as discount,
           sum((quantity - cancelled) * ships::integer) as wanted, sum(shipped * ships::integer) as sent, sum(returned) as returned
      from line group by 1
  ), closed as materialized (
    select t.id, sums.*, c.*, x.tax, p.*, h.*, coalesce(jsonb_array_length(t.doc -> 'notes'), 0) as notes,
           sums.goods - sums.discount - c.voucher + c.shipping + c.adjustment
             + case when (t.doc -> 'tax_included')::boolean then 0 else x.tax end as total
      from t join sums on sums.order_id = t.id
      cross join lateral (
        select coalesce(sum((j -> 'amount')::bigint) filter (where j ->> 'kind' = 'shipping'), 0)::bigint as shipping,
               coalesce(sum((j -> 'amount')::bigint) filter (where j ->> 'kind' in ('fee', 'adjustment')), 0)::bigint as adjustment,
               coalesce(sum((j -> 'amount')::bigint) filter (where j ->> 'kind' = 'discount'), 0)::bigint as voucher
          from jsonb_array_elements(t.doc -> 'charges') j) c
      cross join lateral (
        select coalesce(sum((j -> 'amount')::bigint), 0)::bigint as tax from jsonb_array_elements(t.doc -> 'taxes') j) x
      cross join lateral (
        select coalesce(sum((j -> 'amount')::bigint), 0)::bigint as paid, bool_and(j ->> 'kind' = 'capture') as captured,
               coalesce((array_agg(j ->> 'method' order by (j ->> 'at')::timestamptz desc, n desc)
                           filter (where j ->> 'method' <> ''))[1], '') as method
          from jsonb_array_elements(t.doc -> 'payments') with ordinality j (j, n)) p
      cross join lateral (
        select max((j ->> 'at')::timestamptz) as sent_at, max((j ->> 'delivered_at')::timestamptz) as delivered_at,
               bool_and(j ? 'delivered_at') as delivered,
               coalesce(string_agg((select string_agg(n, ' ') from jsonb_array_elements_text(j -> 'tracking') n), ' '), '') as tracking
          from jsonb_array_elements(t.doc -> 'shipments') j) h
     where t.fresh and not t.doc ? 'cancelled_at' and h.sent_at is not null and sums.sent >= sums.wanted and sums.returned = 0
       and p.captured and p.paid > 0 and p.paid >= sums.goods - sums.discount - c.voucher + c.shipping + c.adjustment
                                                 + case when (t.doc -> 'tax_included')::boolean then 0 else x.tax end
  ), orders as (
    insert into sales_order as o (
        id, number, channel_id, external_id, content_hash, placed_at, currency, customer_id, customer_name, customer_email,
        purchase_order, tax_included, rush, gift, test, shipping_method, warehouse_id, ship_by, ship_name, ship_city,
        ship_postcode, ship_country, tags, cancelled_at, cancel_reason, line_count, piece_count, weight_g, goods_minor,
        discount_minor, shipping_minor, adjustment_minor, tax_minor, total_minor, captured_minor, payment_method, status,
        payment_status, fulfilment_status, stage, stage_since, note_count, tracking, shipped_at, delivered_at)
      overriding system value
      select t.id, coalesce(w.number, case when b.id is null then ch.number_prefix || (t.doc ->> 'number')
                                           else wb.import_number(ch, t.doc ->> 'number', t.doc ->> 'x') end),
             ch.id, t.doc ->> 'x', t.hash, t.at, t.doc ->> 'currency', t.who,
             coalesce(nullif(t.doc #>> '{customer,name}', ''), t.doc #>> '{billing,name}', t.doc #>> '{shipping,name}', k.name, ''),
             coalesce(t.doc #>> '{customer,email}', k.email, ''), coalesce(t.doc ->> 'po', ''),
             coalesce((t.doc -> 'tax_included')::boolean, false), coalesce((t.doc -> 'rush')::boolean, false),
             coalesce((t.doc -> 'gift')::boolean, false), coalesce((t.doc -> 'test')::boolean, false),
             coalesce(t.doc ->> 'method', ''), h.id, case when h.id is null then 'infinity' else wb.promise(h.id, t.at) end,
             coalesce(t.a ->> 'name', ''), coalesce(t.a ->> 'city', ''), coalesce(t.a ->> 'postcode', ''), t.a ->> 'country',
             array(select jsonb_array_elements_text(t.doc -> 'tags')), (t.doc ->> 'cancelled_at')::timestamptz,
             coalesce(t.doc ->> 'cancel_reason', ''), coalesce(z.lines, 0), coalesce(z.pieces, 0), coalesce(z.weight, 0),
             coalesce(z.goods, 0), coalesce(z.discount + z.voucher, 0), coalesce(z.shipping, 0), coalesce(z.adjustment, 0),
             coalesce(z.tax, 0), coalesce(z.total, 0), coalesce(z.paid, 0), coalesce(z.method, ''),
             case when z.id is null then 'pending' when z.delivered then 'delivered' else 'shipped' end,
             case when z.id is null then 'pending' else 'paid' end, case when z.id is null then 'unfulfilled' else 'fulfilled' end,
             case when z.id is null then 'new' when z.delivered then 'delivered' else 'shipped' end,
             coalesce(case when z.delivered then z.delivered_at else z.sent_at end, now()), coalesce(z.notes, 0),
             coalesce(z.tracking, ''), coalesce(z.sent_at, 'infinity'),
             coalesce(case when z.delivered then z.delivered_at end, 'infinity')
        from t left join customer k on k.id = t.who left join closed z on z.id = t.id
        left join sales_order w on w.id = t.id and not t.fresh
        left join lateral (select coalesce(w.warehouse_id, ch.warehouse_id) as id) h on true
        left join sales_order b on t.fresh and b.number = ch.number_prefix || (t.doc ->> 'number')
      on conflict (id) do update set
        content_hash = excluded.content_hash, placed_at = excluded.placed_at, currency = excluded.currency,
        customer_id = excluded.customer_id, customer_name = excluded.customer_name, customer_email = excluded.customer_email,
        purchase_order = excluded.purchase_order, tax_included = excluded.tax_included, rush = excluded.rush, gift = excluded.gift,
        test = excluded.test, shipping_method = excluded.shipping_method, warehouse_id = excluded.warehouse_id,
        ship_by = excluded.ship_by, ship_name = excluded.ship_name, ship_city = excluded.ship_city,
        ship_postcode = excluded.ship_postcode, ship_country = excluded.ship_country, tags = excluded.tags,
        cancelled_at = excluded.cancelled_at, cancel_reason = excluded.cancel_reason
  ), lines as (
    insert into order_line (id, order_id, position, external_id, sku_id, sku_code, name, quantity, minor_digits, unit_price,
                            discount_minor, tax_minor, weight_g, requires_shipping, gift_message, properties, cancelled_qty,
                            shipped_qty, returned_qty)
      overriding system value
      select id, order_id, position, external_id, sku_id, code, title, quantity, digits, price, discount, tax, weight_g, ships,
             gift, properties, cancelled, shipped, returned from line
  ), discounts as (
    insert into order_charge (order_id, line_id, kind, name, amount_minor)
      select order_id, id, 'discount', 'Discount', discount from line where discount > 0
  )
  insert into stage_passage (order_id, from_stage, to_stage, at, act_id)
    select t.id, null, 'new', t.at, act from t where t.fresh
    union all
    select id, 'new', case when delivered then 'delivered' else 'shipped' end, case when delivered then delivered_at else sent_at end, act
      from closed;
end $$;
comment on function wb.import_order_rows is 'orders, new or changed, and their lines';

-- Charges keep their place in the document, because taxes name them by it.
create or replace function wb.import_order_amounts (ids bigint[], docs jsonb[], line_ids bigint[], bases integer[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  charge_seq constant regclass := pg_get_serial_sequence('wb.order_charge', 'id');
  d record;
  shares bigint[];
begin
  with t as (
    select u.*, jsonb_array_length(u.doc -> 'lines') as n from wb.import_each(ids, docs, bases) u
  ), c as materialized (
    select nextval(charge_seq) as id, t.id as order_id, e.n, x,
           case when (x -> 'line')::integer between 1 and t.n then line_ids[t.base + (x -> 'line')::integer] end as line_id
      from t cross join lateral jsonb_array_elements(t.doc -> 'charges') with ordinality e (x, n)
  ), charges as (
    insert into order_charge (id, order_id, line_id, kind, code, name, amount_minor) overriding system value
      select c.id, c.order_id, c.line_id, c.x ->> 'kind', coalesce(c.x ->> 'code', ''), coalesce(c.x ->> 'name', ''),
             (c.x -> 'amount')::bigint from c
  )
  insert into order_tax (order_id, line_id, charge_id, jurisdiction, name, rate, amount_minor)
    select t.id, case when (tax -> 'line')::integer between 1 and t.n then line_ids[t.base + (tax -> 'line')::integer] end, c.id,
           coalesce(tax ->> 'jurisdiction', ''), tax ->> 'name', coalesce((tax -> 'rate')::numeric, 0), (tax -> 'amount')::bigint
      from t cross join lateral jsonb_array_elements(t.doc -> 'taxes') e (tax)
      left join c on c.order_id = t.id and c.n = (tax -> 'charge')::integer;

  -- A discount on the whole order is shared out to its lines, so that a line can be refunded for what it cost.
  for d in
    select c.order_id, sum(c.amount_minor)::bigint as amount from order_charge c
     where c.order_id = any (ids) and c.kind = 'discount' and c.line_id is null group by 1
  loop
    shares := wb.share_out(d.amount, array(select greatest(l.net_minor, 0) from order_line l where l.order_id = d.order_id
                                            order by l.position));
    update order_line x set discount_minor = x.discount_minor + shares[x.position]
      where x.order_id = d.order_id and shares[x.position] <> 0;
  end loop;
end $$;
comment on function wb.import_order_amounts is 'charges and taxes of imported orders, and the lines'' shares of discounts';

create or replace function wb.import_order_money (act uuid, ids bigint[], docs jsonb[], line_ids bigint[], bases integer[])
  returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  payment_seq constant regclass := pg_get_serial_sequence('wb.payment', 'id');
begin
  with p as materialized (
    select nextval(payment_seq) as id, t.id as order_id, t.base, jsonb_array_length(t.doc -> 'lines') as n, x
      from wb.import_each(ids, docs, bases) t cross join lateral jsonb_array_elements(t.doc -> 'payments') x
  ), payments as (
    insert into payment (id, order_id, kind, amount_minor, method, gateway, reference, at, act_id) overriding system value
      select p.id, p.order_id, p.x ->> 'kind', (p.x -> 'amount')::bigint, coalesce(p.x ->> 'method', ''),
             coalesce(p.x ->> 'gateway', ''), coalesce(p.x ->> 'reference', ''), (p.x ->> 'at')::timestamptz, act
        from p
      on conflict on constraint payment_reference_key do nothing
      returning id
  )
  insert into refund_line (payment_id, line_id, quantity, amount_minor)
    select p.id, line_ids[p.base + (i -> 'line')::integer], sum((i -> 'q')::integer), sum(coalesce((i -> 'amount')::bigint, 0))
      from p join payments m on m.id = p.id cross join lateral jsonb_array_elements(p.x -> 'lines') i
     where (i -> 'line')::integer between 1 and p.n
     group by 1, 2;
end $$;
comment on function wb.import_order_money is 'payments and refunds of imported orders';

create or replace function wb.import_order_shipments (ids bigint[], docs jsonb[], line_ids bigint[], bases integer[])
  returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  shipment_seq constant regclass := pg_get_serial_sequence('wb.shipment', 'id');
  parcel_seq constant regclass := pg_get_serial_sequence('wb.parcel', 'id');
begin
  with s as materialized (
    select nextval(shipment_seq) as id, t.id as order_id, t.base, jsonb_array_length(t.doc -> 'lines') as lines, o.warehouse_id, e.n, x
      from wb.import_each(ids, docs, bases) t join sales_order o on o.id = t.id
      cross join lateral jsonb_array_elements(t.doc -> 'shipments') with ordinality e (x, n)
  ), k as materialized (
    select s.id as shipment_id, s.base, s.lines, s.x, coalesce(k.n, 1) as position, nullif(k.tracking, '') as tracking
      from s left join lateral jsonb_array_elements_text(s.x -> 'tracking') with ordinality k (tracking, n) on true
  ), taken as (
    select q.tracking from parcel q where q.tracking in (select k.tracking from k)
  ), p as materialized (
    select nextval(parcel_seq) as id, k.shipment_id, k.base, k.lines, k.position, k.x,
           -- a tracking number names one parcel in the world; a second one with it has none
           case when taken.tracking is null and row_number() over (partition by k.tracking order by k.shipment_id, k.position) = 1
                then k.tracking end as tracking
      from k left join taken on taken.tracking = k.tracking
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
    select p.id, line_ids[p.base + (i -> 'line')::integer], (i -> 'q')::integer
      from p cross join lateral jsonb_array_elements(p.x -> 'lines') i
     where p.position = 1 and (i -> 'line')::integer between 1 and p.lines;
end $$;
comment on function wb.import_order_shipments is 'what was sent of imported orders, in parcels';

create or replace function wb.import_order_rest (ids bigint[], docs jsonb[]) returns void
  language sql volatile security definer set search_path = wb, pg_temp
as $$
  insert into order_address (order_id, usage, name, company, line1, line2, city, region, postcode, country, phone, email)
    select t.id, u.usage, coalesce(a ->> 'name', ''), coalesce(a ->> 'company', ''), coalesce(a ->> 'line1', ''),
           coalesce(a ->> 'line2', ''), coalesce(a ->> 'city', ''), coalesce(a ->> 'region', ''), coalesce(a ->> 'postcode', ''),
           a ->> 'country', coalesce(a ->> 'phone', ''), coalesce(a ->> 'email', '')
      from wb.import_each(ids, docs) t
      cross join (values ('shipping', 'billing'), ('billing', 'shipping')) u (usage, other)
      cross join lateral (select coalesce(t.doc -> u.usage, t.doc -> u.other) as a) x
     where x.a is not null;
  insert into order_note (order_id, kind, body)
    select t.id, n ->> 'kind', n ->> 'body'
      from wb.import_each(ids, docs) t cross join lateral jsonb_array_elements(t.doc -> 'notes') n
     where not exists (select from order_note o where o.order_id = t.id and o.body = n ->> 'body')
$$;
comment on function wb.import_order_rest is 'addresses and notes of imported orders';

create or replace function wb.import_orders (act uuid, ch wb.sales_channel, ns integer[], hashes bytea[], docs jsonb[], options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  outcomes wb.import_outcome[];
  ids bigint[];
  fresh boolean[];
  people bigint[];
  bases integer[];
  line_ids bigint[];
  n_lines integer;
  changed bigint[];
begin
  if cardinality(ns) = 0 then
    return;
  end if;
  perform from sales_order o
    where o.channel_id = ch.id and o.external_id = any (array(select d ->> 'x' from unnest(docs) d)) order by o.id for update;
  select array_agg(row(r.n, case when c.reason is not null then 'refused' when o.id is null then 'created'
                                 when o.content_hash = r.hash then 'left' else 'updated' end, null, c.reason, null, null)::wb.import_outcome
                   order by r.n),
         array_agg(o.id order by r.n)
    into outcomes, ids
    from unnest(ns, hashes, docs, wb.import_odd_countries(docs)) r (n, hash, doc, odd)
    left join sales_order o on o.channel_id = ch.id and o.external_id = r.doc ->> 'x'
    cross join lateral (
      select case when r.odd is not null then format('%s is no country of ISO 3166', r.odd)
                  when o.id is null or o.content_hash = r.hash then null
                  when exists (select from job j where j.order_id = o.id and j.state in ('claimed', 'aside'))
                    then 'it was changed in the shop, but somebody is packing it just now'
                  when exists (select from shipment s where s.order_id = o.id and s.external_id is null)
                    then 'it was changed in the shop, but parcels of it were packed here already'
                  when exists (select from rma_line m join order_line l on l.id = m.line_id where l.order_id = o.id)
                    then 'it was changed in the shop, but there is a return of it already' end as reason) c;
  return query select * from unnest(outcomes);

  -- From here on only those that are written.
  select array_agg(u.doc order by n), array_agg(u.hash order by n), array_agg(u.id is null order by n),
         array_agg(coalesce(u.id, nextval(pg_get_serial_sequence('wb.sales_order', 'id'))) order by n),
         array_agg(u.id order by n) filter (where u.id is not null)
    into docs, hashes, fresh, ids, changed
    from unnest(outcomes, hashes, docs, ids) u (n, outcome, field, reason, sqlstate, constraint_name, hash, doc, id) where u.outcome in ('created', 'updated');
  if docs is null then
    return;
  end if;
  if changed is not null then
    perform wb.import_clear_orders(changed);
  end if;
  people := wb.import_parties(ch, docs, options);
  select array_agg((sum - n)::integer order by k), max(sum) into bases, n_lines
    from (select k, n, sum(n) over (order by k) as sum
            from unnest(docs) with ordinality u (d, k) cross join lateral (select jsonb_array_length(d -> 'lines') as n) l) x;
  line_ids := array(select nextval(s) from (select pg_get_serial_sequence('wb.order_line', 'id')::regclass as s offset 0) q,
                           generate_series(1, n_lines));
  perform wb.import_analyze();
  perform wb.import_order_rows(act, ch, ids, docs, hashes, people, fresh, line_ids, bases);
  perform wb.import_order_amounts(ids, docs, line_ids, bases), wb.import_order_money(act, ids, docs, line_ids, bases),
          wb.import_order_shipments(ids, docs, line_ids, bases), wb.import_order_rest(ids, docs);
  perform wb.import_analyze();
  perform wb.refresh_orders(ids);
  changed := array(select o.id from sales_order o where o.id = any (ids) and o.status = 'processing' and o.warehouse_id is not null);
  if cardinality(changed) > 0 then
    perform wb.reserve_orders(changed), wb.refresh_orders(changed);
  end if;
  -- Another batch may be at the same customers: whoever comes second must see what the first one did.
  perform from customer c where c.id = any (people) order by c.id for no key update;
  perform wb.refresh_customers(array(select distinct w from unnest(people) w where w is not null));
end $$;
comment on function wb.import_orders is 'writes the orders among the records: new ones, and changed ones that nobody works on yet';

create or replace function wb.import_return_rows (ch wb.sales_channel, ids bigint[], docs jsonb[], hashes bytea[], people bigint[])
  returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
begin
  with t as materialized (
    select u.*, c.minor_digits as digits, (u.doc ->> 'at')::timestamptz as at
      from wb.import_each(ids, docs, null, hashes, people) u join currency c on c.code = u.doc ->> 'currency'
  ), line as materialized (
    select t.id, t.digits, e.n as position, coalesce(l ->> 'sku', '') as code, nullif(l ->> 'name', '') as name,
           (l -> 'q')::integer as quantity, (l -> 'price')::numeric as price
      from t cross join lateral jsonb_array_elements(t.doc -> 'lines') with ordinality e (l, n)
  ), s as materialized (
    select k.id, k.code, k.name from sku k where k.code in (select distinct code from line)
  ), credit as (
    select id, sum(round(quantity * price * 10::numeric ^ digits))::bigint as credit from line group by 1
  ), returns as (
    insert into rma (id, number, channel_id, external_id, content_hash, order_id, customer_id, customer_name, country, currency,
                     status, reason, credit_minor, requested_at, closed_at)
      overriding system value
      select t.id, coalesce(w.number, n.number, (t.doc ->> 'number') || '-' || t.id), ch.id, t.doc ->> 'x', t.hash,
             (select o.id from sales_order o
               where o.channel_id = ch.id and t.doc ->> 'return_of' in (o.external_id, o.number) order by o.id limit 1),
             t.who, coalesce(t.doc #>> '{customer,name}', k.name, ''),
             coalesce(t.doc #>> '{customer,country}', t.doc #>> '{shipping,country}'), t.doc ->> 'currency', 'closed',
             coalesce(t.doc ->> 'reason', ''), coalesce(credit.credit, 0), t.at, t.at
        from t left join credit on credit.id = t.id left join customer k on k.id = t.who left join rma w on w.id = t.id
        left join lateral (select x from unnest(array[t.doc ->> 'number', (t.doc ->> 'number') || '-' || ch.code])
                             with ordinality y (x, k)
                            where not exists (select from rma m where m.number = x) order by k limit 1) n (number) on true
      on conflict (id) do update set
        content_hash = excluded.content_hash, order_id = excluded.order_id, customer_id = excluded.customer_id,
        customer_name = excluded.customer_name, country = excluded.country, currency = excluded.currency, status = excluded.status,
        reason = excluded.reason, credit_minor = excluded.credit_minor, requested_at = excluded.requested_at,
        closed_at = excluded.closed_at
  )
  insert into rma_line (rma_id, position, sku_id, sku_code, name, quantity, received_qty, minor_digits, unit_price)
    select l.id, l.position, s.id, l.code, coalesce(l.name, s.name, l.code), l.quantity, l.quantity, l.digits, l.price
      from line l left join s on s.code = l.code;
end $$;
comment on function wb.import_return_rows is 'returns, new or changed, and their lines';

create or replace function wb.import_returns (act uuid, ch wb.sales_channel, ns integer[], hashes bytea[], docs jsonb[], options jsonb)
  returns setof wb.import_outcome
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  outcomes wb.import_outcome[];
  ids bigint[];
  people bigint[];
begin
  if cardinality(ns) = 0 then
    return;
  end if;
  select array_agg(row(r.n, case when r.odd is not null then 'refused' when m.id is null then 'created'
                                 when m.content_hash = r.hash then 'left' else 'updated' end, null,
                       case when r.odd is not null then format('%s is no country of ISO 3166', r.odd) end, null, null)::wb.import_outcome
                   order by r.n),
         array_agg(m.id order by r.n)
    into outcomes, ids
    from unnest(ns, hashes, docs, wb.import_odd_countries(docs)) r (n, hash, doc, odd)
    left join rma m on m.channel_id = ch.id and m.external_id = r.doc ->> 'x';
  return query select * from unnest(outcomes);

  select array_agg(u.doc order by n), array_agg(u.hash order by n),
         array_agg(coalesce(u.id, nextval(pg_get_serial_sequence('wb.rma', 'id'))) order by n)
    into docs, hashes, ids
    from unnest(outcomes, hashes, docs, ids) u (n, outcome, field, reason, sqlstate, constraint_name, hash, doc, id) where u.outcome in ('created', 'updated');
  if docs is null then
    return;
  end if;
  people := wb.import_parties(ch, docs, options);
  delete from rma_line l where l.rma_id = any (ids);
  perform wb.import_return_rows(ch, ids, docs, hashes, people);
end $$;
comment on function wb.import_returns is 'writes the returns among the records, as closed credits';
