-- What follows from what happened: statuses, totals, stages, priority, jobs. Nobody else writes these columns.
set local role wb_owner;

create or replace function wb.minor_digits (currency char(3)) returns smallint
  language plpgsql stable strict set search_path = wb, pg_temp
as $$
begin
  return (select c.minor_digits from currency c where c.code = minor_digits.currency);
end $$;
comment on function wb.minor_digits is 'decimals of a currency''s minor unit (ISO 4217)';

create or replace function wb.to_minor (amount numeric, currency char(3)) returns bigint
  language sql stable strict set search_path = wb, pg_temp
as $$
  select round(amount * 10::numeric ^ wb.minor_digits(currency))::bigint
$$;
comment on function wb.to_minor is 'the rounding rule: half away from zero to the minor unit';

-- Shares an amount out by weights so that the parts add up to it: largest remainder, earlier ones first at a tie; all
-- weights zero means equal parts.
create or replace function wb.share_out (amount bigint, weights bigint[]) returns bigint[]
  language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
  with w as (
    select o, case when sum(x) over () = 0 then 1 else x end as x,
           case when sum(x) over () = 0 then count(*) over () else sum(x) over () end as total
      from unnest(weights) with ordinality u (x, o)
  ), p as (
    select o, trunc(amount::numeric * x / total) as part,
           abs(amount::numeric * x / total - trunc(amount::numeric * x / total)) as rest
      from w
  ), r as materialized (
    select o, part, row_number() over (order by rest desc, o) as rank, amount - sum(part) over () as missing from p
  )
  select array_agg((part + case when rank <= abs(missing) then sign(missing) else 0 end)::bigint order by o) from r
$$;
comment on function wb.share_out is 'divides an amount of minor units by weights; the parts always add up (largest remainder)';

-- Numbers of our own pass over those that an import or a person has taken already.
create or replace function wb.next_order_number (prefix text) returns text
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  candidate text;
begin
  loop
    candidate := prefix || nextval('wb.order_number_seq');
    exit when not exists (select from sales_order o where o.number = candidate);
  end loop;
  return candidate;
end $$;
comment on function wb.next_order_number is 'the next free order number with a channel''s prefix';

create or replace function wb.next_customer_number () returns text
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  candidate text;
begin
  loop
    candidate := 'C' || nextval('wb.customer_number_seq');
    exit when not exists (select from customer c where c.number = candidate);
  end loop;
  return candidate;
end $$;
comment on function wb.next_customer_number is 'the next free customer number';

-- When an order must leave: the same day before the warehouse's cut-off, else the next working day's cut-off.
create or replace function wb.promise (warehouse_id bigint, placed_at timestamptz) returns timestamptz
  language sql stable set search_path = wb, pg_temp
as $$
  select case when w.id is null then 'infinity'::timestamptz else
    ((l.day + case extract(isodow from l.day) when 6 then 2 when 7 then 1 else 0 end) + w.cutoff) at time zone w.timezone end
    from (select 1) one left join wb.warehouse w on w.id = warehouse_id
    left join lateral (
      select case when (placed_at at time zone w.timezone)::time < w.cutoff then (placed_at at time zone w.timezone)::date
                  else (placed_at at time zone w.timezone)::date + 1 end as day) l on true
$$;
comment on function wb.promise is 'ship-by date: cut-off of the day, or of the next working day';

-- ── Locks ──────────────────────────────────────────────────────────────────────────────────────────────────────────
-- One order of locks for all acts, or two of them could wait for each other in a circle: orders by id, then their jobs, then
-- SKUs by id, then customers by id. What belongs to an order (lines, holds, notes, shipments) is written under the order's lock;
-- all that concerns a SKU's stock (totals, levels, promises) under the SKU's. Out of turn is only what does not wait.

create or replace function wb.lock_orders (order_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform from sales_order where id = any (order_ids) order by id for no key update;
end $$;
comment on function wb.lock_orders is 'locks orders, in the one order of all locks';

create or replace function wb.lock_skus (sku_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform from sku where id = any (sku_ids) order by id for no key update;
end $$;
comment on function wb.lock_skus is 'locks the stock of SKUs, in the one order of all locks';

create or replace function wb.lock_stock_of (order_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.lock_skus(array(select distinct sku_id from order_line where order_id = any (order_ids) and sku_id is not null));
end $$;
comment on function wb.lock_stock_of is 'locks the stock of all that these orders are about, for who takes from it more than once';

-- ── Reservations ───────────────────────────────────────────────────────────────────────────────────────────────────

-- Promises stock to the lines that lack it; what is not there is not promised. The caller has the orders. Who has the stock of
-- some SKU already does not wait for that of another: those lines get theirs with the next act that looks.
create or replace function wb.reserve_orders (order_ids bigint[], wait boolean default true) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  l record;
  wanted bigint[] := array(select distinct ol.sku_id from order_line ol where ol.order_id = any (order_ids) and ol.sku_id is not null
                              and ol.quantity > ol.shipped_qty + ol.cancelled_qty + ol.reserved_qty);
  free bigint;
  take integer;
begin
  if wait then
    perform wb.lock_skus(wanted);
  else
    wanted := array(select id from sku where id = any (wanted) order by id for no key update skip locked);
  end if;
  for l in
    select ol.id, ol.sku_id, o.warehouse_id, ol.quantity - ol.shipped_qty - ol.cancelled_qty - ol.reserved_qty as need
      from order_line ol join sales_order o on o.id = ol.order_id join sku s on s.id = ol.sku_id
     where ol.order_id = any (order_ids) and (wait or ol.sku_id = any (wanted)) and o.cancelled_at is null and o.warehouse_id is not null
       and s.stocked and ol.requires_shipping
       and ol.quantity > ol.shipped_qty + ol.cancelled_qty + ol.reserved_qty
     order by ol.sku_id, o.warehouse_id, o.priority desc, o.placed_at, ol.id
  loop
    select on_hand - reserved into free from stock_total where sku_id = l.sku_id and warehouse_id = l.warehouse_id;
    take := least(l.need, coalesce(free, 0));
    if take > 0 then
      update stock_total set reserved = reserved + take where sku_id = l.sku_id and warehouse_id = l.warehouse_id;
      insert into reservation as r (line_id, sku_id, warehouse_id, quantity)
        values (l.id, l.sku_id, l.warehouse_id, take)
        on conflict (line_id, warehouse_id) do update set quantity = r.quantity + excluded.quantity;
      update order_line set reserved_qty = reserved_qty + take where id = l.id;
    end if;
  end loop;
end $$;
comment on function wb.reserve_orders is 'promises free stock to the lines of these orders, as far as it goes';

create or replace function wb.release_line (line bigint, pieces integer) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  r record;
  left_over integer := pieces;
  take integer;
begin
  for r in select * from reservation where line_id = line order by warehouse_id loop
    exit when left_over <= 0;
    take := least(left_over, r.quantity);
    if take = r.quantity then
      delete from reservation where line_id = r.line_id and warehouse_id = r.warehouse_id;
    else
      update reservation set quantity = quantity - take where line_id = r.line_id and warehouse_id = r.warehouse_id;
    end if;
    update stock_total set reserved = reserved - take where sku_id = r.sku_id and warehouse_id = r.warehouse_id;
    update order_line set reserved_qty = reserved_qty - take where id = r.line_id;
    left_over := left_over - take;
  end loop;
end $$;
comment on function wb.release_line is 'gives back up to that many promised pieces of a line; the caller has its order and its stock';

-- Pieces are about to vanish (a count, a damage): promises that can no longer be kept go, the latest made first.
create or replace function wb.release_excess (sku bigint, warehouse bigint, leaving bigint) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  excess bigint;
  r record;
  orders bigint[] := '{}';
begin
  select reserved - (on_hand - leaving) into excess from stock_total where sku_id = sku and warehouse_id = warehouse;
  if coalesce(excess, 0) <= 0 then
    return;
  end if;
  for r in
    select v.line_id, v.quantity, ol.order_id from reservation v join order_line ol on ol.id = v.line_id
     where v.sku_id = sku and v.warehouse_id = warehouse order by v.at desc, v.line_id desc
  loop
    exit when excess <= 0;
    -- The stock is locked already, so an order that somebody is writing is not waited for.
    perform from sales_order where id = r.order_id for no key update skip locked;
    if not found then
      raise exception 'order % is being changed at this moment', r.order_id using errcode = 'serialization_failure';
    end if;
    perform wb.release_line(r.line_id, least(excess, r.quantity)::integer);
    orders := orders || r.order_id;
    excess := excess - r.quantity;
  end loop;
  perform wb.refresh_orders(orders);
end $$;
comment on function wb.release_excess is 'takes back promises that the stock no longer covers and marks their orders';

-- Stock came: the orders that wait for it get it, the most urgent first. Orders that somebody works on are passed over.
create or replace function wb.reserve_waiting (sku bigint, warehouse bigint) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ids bigint[];
begin
  select array_agg(id) into ids from (
    select o.id from sales_order o
     where o.warehouse_id = warehouse and o.status = 'processing' and o.trouble @> array['stock']
       and exists (select from order_line l where l.order_id = o.id and l.sku_id = sku
                      and l.quantity > l.shipped_qty + l.cancelled_qty + l.reserved_qty)
     order by o.priority desc, o.ship_by, o.id limit 200 for no key update skip locked) w;
  if ids is not null then
    perform wb.reserve_orders(ids, wait => false);
    perform wb.refresh_orders(ids);
  end if;
end $$;
comment on function wb.reserve_waiting is 'gives newly arrived stock to the orders waiting for it';

-- ── Orders ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Every act comes by here. Each step is materialized: the planner would write the expressions of one into the next, which
-- takes it longer than all the rest; and one plan serves them all, since everything is found by order.
create or replace function wb.order_facts (order_ids bigint[])
  returns table (
    id bigint, line_count integer, piece_count integer, weight_g bigint, goods_minor bigint, discount_minor bigint,
    shipping_minor bigint, adjustment_minor bigint, tax_minor bigint, authorised_minor bigint, captured_minor bigint,
    refunded_minor bigint, payment_method text, status text, payment_status text, fulfilment_status text, stage text,
    priority smallint, priority_reasons text[], held boolean, hold_reason text, trouble text[], next_action text,
    note_count integer, tracking text, shipped_at timestamptz, delivered_at timestamptz, ready boolean)
  language plpgsql stable rows 10 security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query with o as (
    select s.* from sales_order s where s.id = any (order_ids)
  ), l as (
    select order_id, count(*)::integer as n, sum(quantity)::integer as pieces, sum(gross_minor)::bigint as gross,
           sum(quantity::bigint * weight_g) as weight,
           sum((quantity - cancelled_qty) * requires_shipping::integer) as wanted,
           sum(shipped_qty * requires_shipping::integer) as shipped, sum(returned_qty) as returned,
           bool_and(not requires_shipping or not coalesce(k.stocked, true) or sku_id is null
                    or reserved_qty + shipped_qty + cancelled_qty >= quantity) as covered,
           bool_and(sku_id is not null or not requires_shipping) as known
      from order_line ol left join (select id as sid, stocked from sku) k on k.sid = ol.sku_id
     where order_id = any (order_ids) group by 1
  ), c as (
    select order_id, sum(amount_minor) filter (where kind = 'shipping') as shipping,
           sum(amount_minor) filter (where kind in ('fee', 'adjustment')) as adjustment,
           sum(amount_minor) filter (where kind = 'discount') as discount
      from order_charge where order_id = any (order_ids) group by 1
  ), t as (
    select order_id, sum(amount_minor) as tax from order_tax where order_id = any (order_ids) group by 1
  ), p as (
    select order_id, coalesce(sum(amount_minor) filter (where kind = 'authorisation'), 0) as authorised,
           coalesce(sum(amount_minor) filter (where kind = 'capture'), 0) as captured,
           coalesce(sum(amount_minor) filter (where kind = 'void'), 0) as voided,
           coalesce(sum(amount_minor) filter (where kind = 'refund'), 0) as refunded,
           (array_agg(kind order by at desc, id desc))[1] as last_kind,
           (array_agg(method order by at desc, id desc) filter (where method <> ''))[1] as method
      from payment where order_id = any (order_ids) group by 1
  ), h as (
    select distinct on (order_id) order_id, reason_code from hold
     where order_id = any (order_ids) and released_at is null order by order_id, placed_at desc, id desc
  ), n as (
    select order_id, count(*)::integer as notes,
           bool_or(kind = 'instruction' and acknowledged_at is null) as to_acknowledge
      from order_note where order_id = any (order_ids) and deleted_at is null group by 1
  ), s as (
    select sh.order_id, bool_or(sh.status = 'packed') as packed,
           bool_and(sh.status = 'delivered') filter (where sh.status in ('shipped', 'delivered')) as all_delivered,
           max(sh.shipped_at) as shipped_at, max(sh.delivered_at) as delivered_at,
           string_agg(pa.tracking, ' ' order by pa.id) as tracking
      from shipment sh left join parcel pa on pa.shipment_id = sh.id
     where sh.order_id = any (order_ids) and sh.status <> 'cancelled' group by 1
  ), j as (
    select order_id, bool_or(state in ('claimed', 'aside')) as at_work from job
     where order_id = any (order_ids) and state in ('open', 'claimed', 'aside') group by 1
  ), m as materialized (
    select o.*, coalesce(l.n, 0) as f_lines, coalesce(l.pieces, 0) as f_pieces, coalesce(l.weight, 0)::bigint as f_weight,
           coalesce(l.gross, 0) as f_goods, coalesce(c.discount, 0)::bigint as f_discount,
           coalesce(c.shipping, 0)::bigint as f_shipping, coalesce(c.adjustment, 0)::bigint as f_adjustment,
           coalesce(t.tax, 0)::bigint as f_tax,
           coalesce(l.gross, 0) - coalesce(c.discount, 0) + coalesce(c.shipping, 0) + coalesce(c.adjustment, 0)
             + case when o.tax_included then 0 else coalesce(t.tax, 0) end as f_total,
           greatest(coalesce(p.authorised - p.voided - p.captured, 0), 0)::bigint as f_authorised,
           coalesce(p.captured, 0)::bigint as f_captured, coalesce(p.refunded, 0)::bigint as f_refunded,
           coalesce(p.method, '') as f_method, p.last_kind, coalesce(p.voided, 0) as f_voided,
           coalesce(l.wanted, 0) as wanted, coalesce(l.shipped, 0) as shipped, coalesce(l.returned, 0) as returned,
           coalesce(l.covered, true) as covered, coalesce(l.known, true) as known, h.reason_code,
           coalesce(n.notes, 0) as f_notes, coalesce(n.to_acknowledge, false) as to_acknowledge,
           coalesce(s.packed, false) as packed, coalesce(s.all_delivered, false) as all_delivered,
           s.shipped_at as s_shipped, s.delivered_at as s_delivered, coalesce(s.tracking, '') as f_tracking,
           coalesce(j.at_work, false) as at_work,
           coalesce(k.segment, '') as segment, coalesce(v.express, false) as express
      from o left join l on l.order_id = o.id left join c on c.order_id = o.id left join t on t.order_id = o.id
      left join p on p.order_id = o.id left join h on h.order_id = o.id left join n on n.order_id = o.id
      left join s on s.order_id = o.id left join j on j.order_id = o.id left join customer k on k.id = o.customer_id
      left join carrier_service v on v.id = o.service_id
  ), f as materialized (
    select m.*,
           case when f_refunded > 0 and f_refunded >= f_captured then 'refunded'
                when f_refunded > 0 then 'partially_refunded'
                when f_captured >= f_total and (f_total > 0 or f_captured > 0) then 'paid'
                when f_total <= 0 then 'paid'
                when f_captured > 0 then 'partially_paid'
                when f_authorised > 0 then 'authorised'
                when f_voided > 0 then 'voided'
                when last_kind = 'failure' then 'failed'
                else 'pending' end as f_payment,
           case when shipped > 0 and returned >= shipped then 'returned'
                when returned > 0 then 'partially_returned'
                when wanted > 0 and shipped >= wanted or wanted = 0 and s_shipped is not null then 'fulfilled'
                when shipped > 0 then 'partially_fulfilled'
                else 'unfulfilled' end as f_fulfilment
      from m
  ), g as materialized (
    select f.*, cancelled_at is not null as gone,
           -- an order of services alone is sent when its shipment says so
           (wanted > 0 and shipped >= wanted) or (wanted = 0 and s_shipped is not null) as sent,
           (f_payment in ('paid', 'authorised', 'partially_refunded') or accepted_at is not null
            or f_payment = 'partially_paid' and f_captured + f_authorised >= f_total) as payable
      from f
  ), r as materialized (
    select g.*,
           not gone and not sent and wanted > 0 and payable and covered and known and reason_code is null
             and production_at is null and warehouse_id is not null and not test as f_ready,
           case when gone then '{}'::text[] else array_remove(array[
             case when not sent and payable and not covered then 'stock' end,
             case when not sent and not known then 'product' end,
             case when not sent and (f_payment = 'failed' or f_payment = 'voided') then 'payment' end,
             case when not sent and wanted > 0 and (ship_country is null or ship_postcode = '' and ship_city = '')
               then 'address' end,
             case when reason_code in ('fraud', 'review') then 'review' end,
             case when not sent and to_acknowledge then 'instructions' end], null) end as f_trouble,
           array_remove(array[case when rush then 'rush' end, case when segment = 'vip' then 'vip' end,
                              case when express then 'express' end], null) as f_reasons
      from g
  )
  select id, f_lines, f_pieces, f_weight, f_goods, f_discount, f_shipping, f_adjustment, f_tax, f_authorised, f_captured,
         f_refunded, f_method,
         case when gone then 'cancelled' when sent and all_delivered then 'delivered' when sent then 'shipped'
              when payable or at_work or shipped > 0 then 'processing' else 'pending' end,
         f_payment, f_fulfilment,
         case when gone then 'cancelled'
              when sent and returning_since is not null then 'returns'
              when sent and all_delivered then 'delivered'
              when sent then 'shipped'
              when reason_code is not null then 'on_hold'
              when packed then 'ready_to_ship'
              when at_work then 'packing'
              when production_at is not null then 'production'
              when f_ready then 'ready_to_pack'
              when payable then 'verified'
              else 'new' end,
         (50 * rush::integer + 30 * (segment = 'vip')::integer + 20 * express::integer)::smallint, f_reasons,
         reason_code is not null, coalesce(reason_code, ''), f_trouble,
         case when gone or sent then ''
              when reason_code is not null then 'release'
              when 'payment' = any (f_trouble) then 'collect_payment'
              when 'address' = any (f_trouble) then 'fix_address'
              when 'product' = any (f_trouble) then 'match_product'
              when packed then 'hand_over'
              when at_work then 'finish_packing'
              when not payable then 'await_payment'
              when 'stock' = any (f_trouble) then 'await_stock'
              when production_at is not null then 'finish_production'
              when f_ready then 'pack'
              else '' end,
         f_notes, f_tracking, case when sent then coalesce(s_shipped, 'infinity') else 'infinity' end,
         case when sent and all_delivered then coalesce(s_delivered, 'infinity') else 'infinity' end, f_ready
    from r;
end $$;
comment on function wb.order_facts is 'everything that follows from an order''s lines, money, holds, shipments and work';

create or replace function wb.refresh_orders (order_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  act uuid := nullif(current_setting('wb.act', true), '')::uuid;
begin
  if coalesce(cardinality(order_ids), 0) = 0 then
    return;
  end if;
  perform wb.lock_orders(order_ids);
  with f as (
    select * from wb.order_facts(order_ids)
  ), before as (
    select id, stage from sales_order where id = any (order_ids)
  ), u as (
    update sales_order o set
        line_count = f.line_count, piece_count = f.piece_count, weight_g = f.weight_g, goods_minor = f.goods_minor,
        discount_minor = f.discount_minor, shipping_minor = f.shipping_minor, adjustment_minor = f.adjustment_minor,
        tax_minor = f.tax_minor,
        total_minor = f.goods_minor - f.discount_minor + f.shipping_minor + f.adjustment_minor
                      + case when o.tax_included then 0 else f.tax_minor end,
        authorised_minor = f.authorised_minor, captured_minor = f.captured_minor, refunded_minor = f.refunded_minor,
        payment_method = f.payment_method, status = f.status, payment_status = f.payment_status,
        fulfilment_status = f.fulfilment_status, stage = f.stage,
        stage_since = case when o.stage = f.stage then o.stage_since else now() end,
        priority = f.priority, priority_reasons = f.priority_reasons, held = f.held, hold_reason = f.hold_reason,
        trouble = f.trouble, next_action = f.next_action, note_count = f.note_count, tracking = f.tracking,
        shipped_at = f.shipped_at, delivered_at = f.delivered_at, updated_at = now()
      from f where f.id = o.id
        and (o.line_count, o.piece_count, o.weight_g, o.goods_minor, o.discount_minor, o.shipping_minor, o.adjustment_minor,
             o.tax_minor, o.authorised_minor, o.captured_minor, o.refunded_minor, o.payment_method, o.status,
             o.payment_status, o.fulfilment_status, o.stage, o.priority, o.priority_reasons, o.held, o.hold_reason,
             o.trouble, o.next_action, o.note_count, o.tracking, o.shipped_at, o.delivered_at) is distinct from
            (f.line_count, f.piece_count, f.weight_g, f.goods_minor, f.discount_minor, f.shipping_minor, f.adjustment_minor,
             f.tax_minor, f.authorised_minor, f.captured_minor, f.refunded_minor, f.payment_method, f.status,
             f.payment_status, f.fulfilment_status, f.stage, f.priority, f.priority_reasons, f.held, f.hold_reason,
             f.trouble, f.next_action, f.note_count, f.tracking, f.shipped_at, f.delivered_at)
      returning o.id, o.stage
  ), passed as (
    insert into stage_passage (order_id, from_stage, to_stage, act_id)
      select u.id, b.stage, u.stage, act from u join before b on b.id = u.id where b.stage <> u.stage
  ), opened as (
    insert into job (order_id, warehouse_id, priority, ship_by)
      select o.id, o.warehouse_id, f.priority, o.ship_by from f join sales_order o on o.id = f.id
       where f.ready and not exists (select from job j where j.order_id = f.id and j.state in ('open', 'claimed', 'aside'))
      on conflict do nothing
  )
  update job j set state = case when f.ready then j.state else 'withdrawn' end, priority = f.priority, ship_by = o.ship_by,
                   finished_at = case when f.ready then null else now() end
    from f join sales_order o on o.id = f.id
   where j.order_id = f.id and j.state = 'open'
     and (not f.ready or (j.priority, j.ship_by) is distinct from (f.priority, o.ship_by));
end $$;
comment on function wb.refresh_orders is 'brings the stored facts of these orders up to what happened, records stages, opens and withdraws jobs';

create or replace function wb.refresh_customers (customer_ids bigint[]) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform from customer where id = any (customer_ids) order by id for no key update;
  update customer c set orders_count = t.n, spent_minor = t.spent, last_order_at = t.last
    from (select k.id, count(o.id)::integer as n,
                 coalesce(sum(o.captured_minor - o.refunded_minor) filter (where o.currency = k.currency), 0)::bigint as spent,
                 coalesce(max(o.placed_at), '-infinity') as last
            from customer k left join sales_order o on o.customer_id = k.id and o.cancelled_at is null
           where k.id = any (customer_ids) group by 1) t
   where t.id = c.id and (c.orders_count, c.spent_minor, c.last_order_at) is distinct from (t.n, t.spent, t.last);
end $$;
comment on function wb.refresh_customers is 'brings the sums stored with these customers up to date';
