-- Work at the benches just now: jobs claimed, put aside, packed and waiting for the van; the events that led there.
set local search_path = wb, public;

select demo.count_on();

-- The most urgent ready orders of each house: some on a bench, some labelled, two put aside; Packing 1 is left for you.
create table demo.bench_job as
  with r as (
    select j.id as job_id, j.order_id, j.warehouse_id, w.code as warehouse, row_number() over (partition by j.warehouse_id order by o.gift, o.line_count, o.id) as nr, count(*) over (partition by j.warehouse_id) as ready
      from job j join sales_order o on o.id = j.order_id join warehouse w on w.id = j.warehouse_id
     where j.state = 'open' and o.fulfilment_status = 'unfulfilled' and o.line_count between 2 and 6 and o.piece_count < 40 and o.weight_g between 200 and 15000 and o.placed_at < demo.now() - interval '30 minutes'
  )
  select r.*, p.what, p.station, p.staff
    from r join (values ('LON', 1, 'packing', 'P2', 'ewa.nowak'), ('LON', 2, 'packed', 'P4', 'sinead.byrne'), ('RTM', 1, 'packing', 'RP2', 'yusuf.kaya'), ('RTM', 2, 'packed', 'RP1', 'femke.dejong'),
                        ('LON', 3, 'packed', 'P4', 'sinead.byrne'), ('LON', 4, 'packing', 'P3', 'kwame.boateng'), ('RTM', 3, 'packed', 'RP1', 'femke.dejong'), ('LON', 5, 'aside', 'P5', 'marco.silva'),
                        ('RTM', 4, 'packed', 'RP1', 'femke.dejong'), ('LON', 6, 'packed', 'P4', 'sinead.byrne'), ('RTM', 5, 'aside', 'RP3', 'anouk.peters'), ('LON', 7, 'packed', 'P6', 'danny.price')) p (warehouse, nr, what, station, staff)
      on p.warehouse = r.warehouse and p.nr = r.nr
   where r.nr <= greatest(2, r.ready / 2);

update job j set state = case b.what when 'packing' then 'claimed' else 'aside' end, station_id = s.id, staff = b.staff, claimed_at = demo.now() - interval '1 minute' * (6 + 5 * b.nr),
                 seen_at = demo.now() - interval '1 minute' * b.nr, definition = wb.job_definition(j.id)
  from demo.bench_job b join station s on s.code = b.station where j.id = b.job_id;

insert into shipment (number, order_id, warehouse_id, service_id, created_at)
  select 'S' || lpad((1 + (select max(substr(number, 2)::integer) from shipment) + row_number() over (order by b.job_id))::text, 8, '0'), o.id, o.warehouse_id, o.service_id, demo.now() - interval '1 minute' * (2 + 3 * b.nr)
    from demo.bench_job b join sales_order o on o.id = b.order_id where b.what = 'packed' order by b.job_id;
insert into parcel (id, shipment_id, position, box_id, sscc, tracking, weight_g, expected_weight_g)
  overriding system value
  select x.id, x.shipment_id, 1, x.box_id, demo.sscc(x.id), x.prefix || substr(demo.sscc(x.id), 8, 11) || x.country, x.weight_g + x.tare + 12, x.weight_g + x.tare
    from (select s.id as shipment_id, (select max(id) from parcel) + row_number() over (order by s.id) as id, k.id as box_id, k.empty_weight_g as tare, v.tracking_prefix as prefix, w.country, o.weight_g
            from shipment s join demo.bench_job b on b.order_id = s.order_id and b.what = 'packed' join sales_order o on o.id = s.order_id join carrier_service v on v.id = s.service_id
            join warehouse w on w.id = s.warehouse_id join box k on k.code = case when o.weight_g < 2000 then 'B2' when o.weight_g < 6000 then 'B4' else 'B5' end) x
   order by x.id;
insert into parcel_item (parcel_id, line_id, quantity)
  select p.id, l.id, l.quantity from demo.bench_job b join shipment s on s.order_id = b.order_id join parcel p on p.shipment_id = s.id join order_line l on l.order_id = b.order_id where b.what = 'packed' order by l.id;
insert into label (parcel_id, service_id, price_minor, currency, created_at, created_by)
  select p.id, s.service_id, r.price_minor, r.currency, s.created_at + interval '10 seconds', b.staff
    from demo.bench_job b join shipment s on s.order_id = b.order_id join parcel p on p.shipment_id = s.id
      join lateral (select f.prices[1] as price_minor, f.currency from wb.service_offers(b.order_id, s.warehouse_id, jsonb_build_array(jsonb_build_object('weight_g', p.weight_g))) f
                     where f.service_id = s.service_id) r on true where b.what = 'packed' order by p.id;
insert into print (label_id, order_id, document_id, title, station_id, printer, at, actor)
  select l.id, s.order_id, 'label-' || l.id || '-0', p.tracking, t.id, 'labels-' || b.station, l.created_at + interval '8 seconds', b.staff
    from demo.bench_job b join shipment s on s.order_id = b.order_id join parcel p on p.shipment_id = s.id join label l on l.parcel_id = p.id join station t on t.code = b.station where b.what = 'packed' order by l.id;
update job j set shipment_id = s.id from demo.bench_job b join shipment s on s.order_id = b.order_id where j.id = b.job_id and b.what = 'packed';

-- Events: claimed, read, picked and scanned line by line; the packed ones boxed, weighed, labelled.
insert into work_event (id, job_id, at, written_at, kind, data, actor, station_id)
  select demo.uuid(e.job_id * 1000 + e.seq, 601), e.job_id, e.at, e.at, e.kind, jsonb_strip_nulls(e.data), e.staff, e.station_id
    from (
      select j.id as job_id, j.staff, j.station_id, row_number() over (partition by j.id order by v.seq) as seq, v.kind, v.data,
             j.claimed_at + (j.seen_at - j.claimed_at) * (row_number() over (partition by j.id order by v.seq) - 1)::double precision / (count(*) over (partition by j.id)) as at
        from demo.bench_job b join job j on j.id = b.job_id
        cross join lateral (
          select 1 as seq, 'claim' as kind, '{}'::jsonb as data
          union all select 10 + i.n::integer, 'acknowledge', jsonb_build_object('line', i.n) from jsonb_array_elements(j.definition -> 'instructions') with ordinality i (x, n) where (i.x ->> 'must_acknowledge')::boolean
          union all select 50, 'reviewed', '{}'
          union all select 100 + l.n::integer, 'pick', jsonb_build_object('line', l.n, 'quantity', (l.x ->> 'quantity')::integer, 'code', l.x #>> '{codes,0,code}')
            from jsonb_array_elements(j.definition -> 'lines') with ordinality l (x, n) where b.what <> 'packing' or b.nr > 1 or l.n < jsonb_array_length(j.definition -> 'lines')
          union all select 300 + l.n::integer, 'verify', jsonb_build_object('line', l.n, 'quantity', (l.x ->> 'quantity')::integer, 'code', l.x #>> '{codes,0,code}')
            from jsonb_array_elements(j.definition -> 'lines') with ordinality l (x, n) where b.what = 'packed' or (b.what = 'packing' and b.nr > 1 and l.n = 1)
          union all select 500, 'box', jsonb_build_object('parcel', 1, 'code', k.code) from parcel p join box k on k.id = p.box_id where p.shipment_id = j.shipment_id
          union all select 501, 'boxed', '{}' where j.shipment_id is not null
          union all select 502, 'weigh', jsonb_build_object('parcel', 1, 'number', p.weight_g) from parcel p where p.shipment_id = j.shipment_id
          union all select 503, 'label', jsonb_build_object('parcel', 1, 'code', p.tracking, 'text', p.sscc) from parcel p where p.shipment_id = j.shipment_id
          union all select 504, 'printed', jsonb_build_object('parcel', 1, 'code', 'labels-' || j.station_id || '-' || j.id) where j.shipment_id is not null
          union all select 900, 'aside', jsonb_build_object('text', case b.what when 'aside' then 'waiting for a second person to lift it' else 'packed, waiting for the van' end) where b.what <> 'packing') v) e
   order by e.job_id, e.seq;
-- What was done in the last days.
insert into work_event (id, job_id, at, written_at, kind, data, actor, station_id)
  select demo.uuid(e.job_id * 1000 + e.seq, 602), e.job_id, e.at, e.at, e.kind, e.data, e.staff, e.station_id
    from (
      select j.id as job_id, j.staff, j.station_id, v.seq, v.kind, v.data, j.claimed_at + (j.finished_at - j.claimed_at) * least(1, v.seq / 600.0)::double precision as at
        from job j cross join lateral (
          select 1 as seq, 'claim' as kind, '{}'::jsonb as data union all select 30, 'reviewed', '{}'
          union all select 100 + 20 * least(l.position, 8) + l.position, 'pick', jsonb_build_object('line', l.position, 'quantity', l.shipped_qty, 'code', l.sku_code) from order_line l where l.order_id = j.order_id and l.shipped_qty > 0
          union all select 350 + 20 * least(l.position, 8) + l.position, 'verify', jsonb_build_object('line', l.position, 'quantity', l.shipped_qty, 'code', l.sku_code) from order_line l where l.order_id = j.order_id and l.shipped_qty > 0
          union all select 345, 'wrong', jsonb_build_object('code', '5000208022' || j.id % 1000) where j.id % 31 = 4
          union all select 560, 'box', jsonb_build_object('parcel', 1, 'code', 'B3') union all select 562, 'boxed', '{}' union all select 575, 'weigh', jsonb_build_object('parcel', 1, 'number', p.weight_g) from parcel p where p.shipment_id = j.shipment_id and p.position = 1
          union all select 580, 'label', jsonb_build_object('parcel', 1, 'code', p.tracking, 'text', p.sscc) from parcel p where p.shipment_id = j.shipment_id and p.position = 1
          union all select 585, 'printed', jsonb_build_object('parcel', 1, 'code', 'labels') union all select 598, 'final', jsonb_build_object('parcel', 1) union all select 600, 'shipped', jsonb_build_object('number', j.shipment_id)) v
       where j.state = 'done' and j.finished_at > demo.now() - interval '7 days') e
   order by e.at, e.job_id, e.seq;
select wb.refresh_orders(array(select order_id from demo.bench_job));

-- wb.refresh_orders() writes what happens now; these happened when they happened.
delete from stage_passage where order_id in (select id from demo.open);
create table demo.stood as
  select s.id, s.stage, s.placed_at,
         case s.stage when 'new' then s.placed_at when 'verified' then least(coalesce(s.accepted_at, s.placed_at + interval '3 minutes'), demo.now())
           when 'ready_to_pack' then least(coalesce(s.accepted_at, s.placed_at + interval '3 minutes'), demo.now()) + interval '1 second' when 'production' then s.production_at
           when 'on_hold' then (select max(h.placed_at) from hold h where h.order_id = s.id and h.released_at is null)
           when 'packing' then (select max(j.claimed_at) from job j where j.order_id = s.id) when 'ready_to_ship' then (select max(h.created_at) from shipment h where h.order_id = s.id) else s.placed_at end as since,
         least(coalesce(s.accepted_at, s.placed_at + interval '3 minutes'), demo.now()) as payable_at,
         s.payment_status in ('paid', 'authorised') or s.accepted_at is not null as payable
    from sales_order s join demo.open o on o.id = s.id;
insert into stage_passage (order_id, from_stage, to_stage, at, actor)
  select s.id, p.from_stage, p.to_stage, p.at, p.actor
    from demo.stood s cross join lateral (
      select lag(v.stage) over (order by v.o) as from_stage, v.stage as to_stage, v.at, v.actor
        from (values (1, 'new', s.placed_at, 'webshop', true), (2, 'verified', s.payable_at, 'webshop', s.payable and s.stage <> 'new' and s.since >= s.payable_at),
                     (3, 'ready_to_pack', s.payable_at + interval '1 second', 'webshop', s.payable and s.stage in ('packing', 'ready_to_ship')),
                     (4, 'packing', s.since - interval '8 minutes', 'ewa.nowak', s.stage = 'ready_to_ship'),
                     (5, s.stage, s.since, case s.stage when 'on_hold' then 'helen.marsh' when 'production' then 'joost.vermeer' when 'packing' then 'ewa.nowak' else 'webshop' end, s.stage not in ('new', 'verified'))) v (o, stage, at, actor, applies)
       where v.applies) p order by 1, 4;
update sales_order o set stage_since = s.since, updated_at = s.since from demo.stood s where s.id = o.id;
update job j set created_at = s.payable_at + interval '1 second', finished_at = null from demo.stood s where j.order_id = s.id and j.state in ('open', 'claimed', 'aside');

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Who did what to the orders of the last days, as acts would have left it.
create table demo.deed as
  select o.id as order_id, 'sales_order' as tab, o.id as row_id, 'I' as op, 'order_create' as name, 'webshop' as actor, 'gateway' as seat, '' as reason, o.placed_at as at,
         null::jsonb as old, null::jsonb as new
    from sales_order o where o.placed_at > demo.now() - interval '30 days'
  union all
  select h.order_id, 'hold', h.id, 'I', 'order_hold', h.placed_by, 'Office ' || 1 + h.id % 2, h.note, h.placed_at, null, null from hold h where h.placed_at > demo.now() - interval '30 days'
  union all
  select h.order_id, 'sales_order', h.order_id, 'U', 'order_hold', h.placed_by, 'Office ' || 1 + h.id % 2, h.note, h.placed_at,
         '{"held": false, "hold_reason": ""}', jsonb_build_object('held', true, 'hold_reason', h.reason_code) from hold h where h.placed_at > demo.now() - interval '30 days'
  union all
  select h.order_id, 'sales_order', h.order_id, 'U', 'order_release', h.released_by, 'Office ' || 1 + h.id % 2, '', h.released_at,
         jsonb_build_object('held', true, 'hold_reason', h.reason_code), '{"held": false, "hold_reason": ""}' from hold h where h.released_at > demo.now() - interval '30 days'
  union all
  select o.id, 'sales_order', o.id, 'U', 'order_assign', 'helen.marsh', 'Office 1', '', least(o.placed_at + interval '40 minutes', demo.now()), '{"assigned_to": null}', jsonb_build_object('assigned_to', o.assigned_to)
    from sales_order o where o.assigned_to is not null
  union all
  select o.id, 'sales_order', o.id, 'U', 'order_cancel', 'priya.nair', 'Office 2', o.cancel_reason, o.cancelled_at, '{"stage": "new", "status": "pending", "cancelled_at": null}',
         jsonb_build_object('stage', 'cancelled', 'status', 'cancelled', 'cancelled_at', o.cancelled_at) from sales_order o where o.cancelled_at > demo.now() - interval '30 days'
  union all
  select s.order_id, 'shipment', s.id, 'U', 'job_ship', demo.packer(s.order_id, s.warehouse_id), 'Packing ' || 1 + s.order_id % 6, '', s.shipped_at, '{"status": "packed", "shipped_at": null}',
         jsonb_build_object('status', 'shipped', 'shipped_at', s.shipped_at) from shipment s where s.shipped_at > demo.now() - interval '30 days';
insert into act (id, name, actor, seat, reason, at, result)
  select distinct on (order_id, name, at) demo.uuid(order_id * 16, hashtext(name || at)), name, actor, seat, reason, at, '{}'::jsonb from demo.deed order by order_id, name, at, tab;
insert into audit.change (at, act_id, actor, seat, table_name, row_id, op, old, new)
  select at, demo.uuid(order_id * 16, hashtext(name || at)), actor, seat, tab, row_id, op, old, new from demo.deed order by at, order_id, tab;
