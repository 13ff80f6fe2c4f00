-- Guided work at the bench: claim, read, append, label, ship. A packer needs these and sees no prices and no e-mails.
set local role wb_owner;

-- What is to be done, as data; kept with the job when it is claimed so that every seat sees the same.
create or replace function wb.job_definition (job_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  return (select jsonb_build_object(
    'job_id', j.id, 'order_id', o.id, 'number', o.number, 'customer', coalesce(nullif(o.ship_name, ''), o.customer_name),
    'priority', o.priority, 'reasons', to_jsonb(o.priority_reasons), 'ship_by', nullif(o.ship_by, 'infinity'),
    'gift', o.gift, 'channel', ch.name, 'shipping_method', o.shipping_method, 'country', o.ship_country,
    'steps', 'review,pick,verify,box,weigh,label,final', 'photos', wb.photo_moments(o.id),
    'by_hand', coalesce(wb.setting_text('bench.by_hand') = 'true', false),
    'service', (select jsonb_build_object('id', v.id, 'code', v.code, 'name', v.name, 'carrier', c.name, 'express', v.express)
                  from carrier_service v join carrier c on c.id = v.carrier_id where v.id = o.service_id),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object(
                  'line_id', l.id, 'sku_id', s.id, 'sku', s.code, 'name', l.name,
                  'quantity', l.quantity - l.shipped_qty - l.cancelled_qty,
                  'weight_g', s.weight_g, 'length_mm', s.length_mm, 'width_mm', s.width_mm, 'height_mm', s.height_mm,
                  'handling', to_jsonb(s.handling),
                  'note', nullif(concat_ws(' · ', case when l.gift_wrap then 'gift wrap' end,
                                           nullif('"' || l.gift_message || '"', '""')), ''),
                  'codes', (select coalesce(jsonb_agg(jsonb_build_object('code', b.code, 'quantity', b.quantity)
                                                      order by b.quantity, b.code), '[]')
                              from barcode b where b.sku_id = s.id),
                  'bins', coalesce(p.bins, '[]')) order by coalesce(p.walk, 2147483647), l.position), '[]')
                from order_line l join sku s on s.id = l.sku_id
                left join lateral (
                  select jsonb_agg(jsonb_build_object('bin', b.code, 'walk', b.walk, 'quantity', v.quantity,
                                                      'lot', lo.code, 'check_digits', b.check_digits)
                                   order by b.kind = 'pick' desc, lo.expires_on nulls last, b.walk) as bins,
                         (array_agg(b.walk order by b.kind = 'pick' desc, lo.expires_on nulls last, b.walk))[1] as walk
                    from stock_level v join bin b on b.id = v.bin_id left join lot lo on lo.id = v.lot_id
                   where v.sku_id = s.id and b.warehouse_id = j.warehouse_id and b.sellable and v.quantity > 0) p on true
               where l.order_id = o.id and l.requires_shipping and l.quantity > l.shipped_qty + l.cancelled_qty),
    'instructions', (select coalesce(jsonb_agg(jsonb_build_object('note_id', n.id, 'kind', n.kind, 'text', n.body,
                              'at_step', n.at_step, 'must_acknowledge', n.kind = 'instruction' and n.acknowledged_at is null)
                              order by n.kind <> 'instruction', n.id), '[]')
                       from order_note n
                      where n.order_id = o.id and n.deleted_at is null and n.kind in ('instruction', 'gift', 'customer')),
    'boxes', (select coalesce(jsonb_agg(jsonb_build_object('code', b.code, 'barcode', b.barcode, 'name', b.name, 'kind', b.kind,
                       'length_mm', b.inner_length_mm, 'width_mm', b.inner_width_mm, 'height_mm', b.inner_height_mm,
                       'tare_g', b.empty_weight_g, 'max_g', b.max_weight_g)
                       order by b.inner_length_mm::bigint * b.inner_width_mm * b.inner_height_mm, b.code), '[]')
                from box b where b.active))
    from job j join sales_order o on o.id = j.order_id join sales_channel ch on ch.id = o.channel_id
   where j.id = job_definition.job_id);
end $$;
comment on function wb.job_definition is 'a job as data: lines with places and codes, instructions, boxes; no prices, no e-mail';

create or replace function wb.require_station (code text) returns wb.station
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  s wb.station;
begin
  select * into s from station t where t.code = require_station.code and t.active;
  if not found then
    perform wb.not_found('station', require_station.code);
  end if;
  return s;
end $$;
comment on function wb.require_station is 'an active station by its code';

create or replace function wb.lock_order_of_job (job_id bigint) returns wb.sales_order
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  o wb.sales_order;
begin
  select x.* into o from job j join sales_order x on x.id = j.order_id where j.id = lock_order_of_job.job_id
    for no key update of x;
  if not found then
    perform wb.not_found('job', job_id::text);
  end if;
  return o;
end $$;
comment on function wb.lock_order_of_job is 'the order of a job, locked; whoever writes both takes it before the job';

-- Next order for this station: first what it already has, then the most urgent open one. Two stations never get the same.
-- Only the claim itself: many seats meet here. What follows from it, api.job_open() writes down right afterwards.
create or replace function api.job_next (act uuid, station text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  here bigint;
  house bigint;
  job_id bigint;
  done jsonb;
begin
  select s.id, s.warehouse_id into here, house from station s where s.code = job_next.station and s.active;
  if not found then
    perform wb.not_found('station', station);
  end if;
  -- The act is written once, with its result, and before the job: an act that was done before claims nothing.
  with next as (
    select j.id from job j
     where j.warehouse_id = house and j.state = 'open'
       and not exists (select from job m where m.station_id = here and m.state = 'claimed')
     order by j.priority desc, j.ship_by, j.id limit 1 for update skip locked
  ), kept as (
    insert into act (id, name, seat, result)
      select job_next.act, 'job_next', wb.seat(), jsonb_build_object('job_id', n.id) from next n
      on conflict do nothing returning id
  )
  update job j set state = 'claimed', station_id = here, staff = session_user, claimed_at = now(), seen_at = now()
    where j.id = (select n.id from next n, kept) returning j.id into job_id;
  if found then
    return jsonb_build_object('job_id', job_id);
  end if;
  -- Done before, or the station has one already, or nothing is open.
  done := wb.begin_act(act, 'job_next', '', false);
  if done is not null then
    return done;
  end if;
  select j.id into job_id from job j where j.station_id = here and j.state = 'claimed';
  return wb.end_act(act, jsonb_build_object('job_id', job_id));
end $$;
comment on function api.job_next is 'claims the next order for a station, or gives back the one it has; job_id null: nothing to do';

create or replace function api.job_take (act uuid, job_id bigint, station text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  st wb.station;
  j wb.job;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'job_take', '', false);
  if done is not null then
    return done;
  end if;
  st := wb.require_station(station);
  select * into j from job x where x.id = job_take.job_id for update;
  if not found then
    perform wb.not_found('job', job_take.job_id::text);
  end if;
  if j.state not in ('open', 'claimed', 'aside') then
    perform wb.refuse('this order is not to be packed any more', j.state);
  end if;
  if exists (select from job x where x.station_id = st.id and x.state = 'claimed' and x.id <> j.id) then
    perform wb.refuse('this station has another order open: finish it or put it aside first', 'busy');
  end if;
  update job x set state = 'claimed', station_id = st.id, staff = session_user, claimed_at = now(), seen_at = now()
    where x.id = j.id;
  return wb.end_act(act, jsonb_build_object('job_id', j.id, 'from_station', j.station_id));
end $$;
comment on function api.job_take is 'takes a certain job over: from the open ones, from those put aside, or from another station';

create or replace function wb.job_work (job_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  return (select jsonb_build_object('job', coalesce(j.definition, wb.job_definition(j.id)), 'state', j.state,
      'station', s.code, 'staff', j.staff, 'shipment_id', j.shipment_id,
      'held', o.held, 'hold_reason', o.hold_reason, 'cancelled', o.cancelled_at is not null,
      'labels', wb.job_labels(j.shipment_id),
      'events', (select coalesce(jsonb_agg(e.data || jsonb_build_object('id', e.id, 'kind', e.kind, 'actor', e.actor,
                          'at_us', (extract(epoch from e.at) * 1000000)::bigint) order by e.seq), '[]')
                   from work_event e where e.job_id = j.id))
    from job j join sales_order o on o.id = j.order_id left join station s on s.id = j.station_id
   where j.id = job_work.job_id);
end $$;
comment on function wb.job_work is 'a job: its definition and everything that happened at it';

create or replace function api.job_get (job_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  r jsonb;
begin
  perform wb.require('wb_packer');
  r := wb.job_work(job_get.job_id);
  if r is null then
    perform wb.not_found('job', job_get.job_id::text);
  end if;
  return r;
end $$;
comment on function api.job_get is 'a job: its definition and everything that happened at it, all that a seat needs to go on';

-- What follows from a claim: what is to be done is frozen, and the order shows that it is being packed.
create or replace function api.job_open (act uuid, job_id bigint) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  ord bigint;
begin
  if not exists (select from act a where a.id = job_open.act and a.actor = session_user and a.name in ('job_next', 'job_take')
                    and (a.result ->> 'job_id')::bigint = job_open.job_id) then
    raise exception 'job % was not claimed by that act', job_id using errcode = 'WB005', detail = 'job_open';
  end if;
  perform set_config('wb.act', act::text, true);
  ord := (wb.lock_order_of_job(job_id)).id;
  update job j set definition = wb.job_definition(j.id)
    where j.id = job_open.job_id and j.state = 'claimed' and j.definition is null;
  -- The cheap part of wb.refresh_orders(). Another stage means that somebody came in between: a hold, another station.
  update sales_order o set stage = 'packing', stage_since = now(), next_action = 'finish_packing', updated_at = now()
    where o.id = ord and o.stage = 'ready_to_pack'
      and exists (select from job j where j.id = job_open.job_id and j.state = 'claimed');
  if found then
    insert into stage_passage (order_id, from_stage, to_stage, act_id) values (ord, 'ready_to_pack', 'packing', act);
  end if;
  return api.job_get(job_id);
end $$;
comment on function api.job_open is 'opens a job that this act claimed: freezes its definition, shows its order as being packed, gives all there is';

-- One round trip: the claim is committed by itself, so that nobody waits for what follows from it. Who is lost in between asks
-- again and gets the same.
create or replace procedure api.job_start (act uuid, station text, job_id bigint, inout work jsonb)
  language plpgsql
as $$
declare
  claimed bigint;
begin
  if job_id is null then
    claimed := (api.job_next(act, station) ->> 'job_id')::bigint;
  else
    claimed := (api.job_take(act, job_id, station) ->> 'job_id')::bigint;
  end if;
  commit;
  if claimed is not null then
    work := api.job_open(act, claimed);
  end if;
end $$;
comment on procedure api.job_start is 'claims the next job (or that one) for a station and opens it; work null: nothing to do';

create or replace function api.job_queue (station text) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  st wb.station;
begin
  perform wb.require('wb_packer');
  st := wb.require_station(station);
  return jsonb_build_object('station', st.name, 'person', wb.station_person(st.id),
    'open', (select count(*) from (select from job where warehouse_id = st.warehouse_id and state = 'open' limit 1000) x),
    'late', (select count(*) from (select from job where warehouse_id = st.warehouse_id and state = 'open'
                                      and ship_by < now() limit 1000) x),
    'mine', (select jsonb_build_object('job_id', j.id, 'number', o.number) from job j join sales_order o on o.id = j.order_id
              where j.station_id = st.id and j.state = 'claimed' order by j.claimed_at limit 1),
    'done_today', (select count(*) from job where station_id = st.id and state = 'done'
                      and finished_at >= date_trunc('day', now() at time zone w.timezone) at time zone w.timezone),
    'aside', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from
               (select j.id as job_id, o.number, coalesce((select f.display_name from staff f where f.login = j.staff), j.staff) as staff,
                       s.name as station, j.seen_at from job j
                  join sales_order o on o.id = j.order_id left join station s on s.id = j.station_id
                 where j.warehouse_id = st.warehouse_id and j.state = 'aside' order by j.priority desc, j.ship_by limit 50) x),
    'elsewhere', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from
               (select j.id as job_id, o.number, coalesce((select f.display_name from staff f where f.login = j.staff), j.staff) as staff,
                       s.name as station, j.seen_at from job j
                  join sales_order o on o.id = j.order_id join station s on s.id = j.station_id
                 where j.warehouse_id = st.warehouse_id and j.state = 'claimed' and j.station_id <> st.id
                 order by j.seen_at limit 50) x))
    from warehouse w where w.id = st.warehouse_id;
end $$;
comment on function api.job_queue is 'how much there is to do, what was put aside and what other stations have';

create or replace function wb.lock_claimed (job_id bigint, station text) returns wb.job
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  j wb.job;
  st wb.station := wb.require_station(station);
begin
  select * into j from job x where x.id = lock_claimed.job_id for update;
  if not found then
    perform wb.not_found('job', lock_claimed.job_id::text);
  end if;
  if j.state <> 'claimed' or j.station_id is distinct from st.id then
    raise exception '%', case when j.state = 'claimed'
        then format('station %s has taken this order over', (select s.name from wb.station s where s.id = j.station_id))
        else 'this order is no longer being packed here' end
      using errcode = 'WB002', detail = j.state;
  end if;
  return j;
end $$;
comment on function wb.lock_claimed is 'a job that this station has, locked; WB002 when another has taken it';

-- events: [{id, kind, at_us, line, parcel, quantity, number, code, text}]; those already there are passed over.
create or replace function api.job_append (job_id bigint, station text, events jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  j wb.job;
  n integer;
begin
  perform wb.require('wb_packer');
  if jsonb_array_length(events) > 1000 then
    perform wb.refuse('at most 1000 events at once', 'events');
  end if;
  j := wb.lock_claimed(job_append.job_id, job_append.station);
  insert into work_event (id, job_id, at, kind, data, station_id)
    select (e ->> 'id')::uuid, j.id, to_timestamp((e ->> 'at_us')::numeric / 1000000), e ->> 'kind',
           jsonb_strip_nulls(e - 'id' - 'kind' - 'at_us' - 'actor'), j.station_id
      from jsonb_array_elements(events) with ordinality u (e, o) order by o
    on conflict do nothing;
  get diagnostics n = row_count;
  update job x set seen_at = now(), staff = coalesce(wb.person_in(events), x.staff) where x.id = j.id;
  return jsonb_build_object('accepted', n);
end $$;
comment on function api.job_append is 'appends what happened; the same event twice is one';

create or replace function api.job_aside (act uuid, job_id bigint, station text, why text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  j wb.job;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'job_aside', why, false);
  if done is not null then
    return done;
  end if;
  j := wb.lock_claimed(job_aside.job_id, job_aside.station);
  update job x set state = 'aside', seen_at = now() where x.id = j.id;
  return wb.end_act(act, '{}');
end $$;
comment on function api.job_aside is 'puts a job aside with all that was done; any station can take it up again';

-- ── Labels ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create or replace function wb.next_sscc () returns char(18)
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  prefix text := wb.setting_text('gs1.extension_digit') || wb.setting_text('gs1.company_prefix');
  digits text;
  total integer := 0;
begin
  digits := prefix || lpad((nextval('wb.sscc_serial_seq') % (10::numeric ^ (17 - length(prefix)))::bigint)::text,
                           17 - length(prefix), '0');
  for i in 1 .. 17 loop
    total := total + substr(digits, i, 1)::integer * case i % 2 when 1 then 3 else 1 end;
  end loop;
  return digits || ((10 - total % 10) % 10)::text;
end $$;
comment on function wb.next_sscc is 'a new serial shipping container code: extension, company prefix, serial, check digit (GS1 General Specifications 7.9)';

create or replace function wb.job_labels (shipment bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
#variable_conflict use_column
begin
  return (select coalesce(jsonb_agg(jsonb_build_object(
           'label_id', b.id, 'act', b.act_id, 'parcel_id', p.id, 'parcel', p.position,
           'rank', (select count(*) from parcel q where q.shipment_id = s.id and q.position <= p.position),
           'parcels', (select count(*) from parcel q where q.shipment_id = s.id),
           'sscc', p.sscc, 'tracking', p.tracking, 'weight_g', p.weight_g, 'box', x.code,
           'items', (select jsonb_agg(jsonb_build_object('line_id', i.line_id, 'quantity', i.quantity) order by i.line_id)
                       from (select y.line_id, sum(y.quantity) as quantity from parcel_item y
                              where y.parcel_id = p.id group by 1) i),
           'prints', (select count(*) from print r where r.label_id = b.id),
           'order', o.number, 'shipment', s.number, 'purchase_order', o.purchase_order,
           'service', v.name, 'service_code', v.code, 'service_key', c.code || ':' || v.code, 'carrier', c.name, 'routing_code', v.routing_code, 'express', v.express,
           'from', jsonb_build_object('name', w.name_line, 'line1', w.line1, 'city', w.city, 'postcode', w.postcode,
                                      'country', w.country, 'phone', w.phone),
           'to', (select to_jsonb(a) - 'order_id' - 'usage' - 'email' from order_address a
                   where a.order_id = o.id and a.usage = 'shipping')) order by p.position), '[]')
    from shipment s join parcel p on p.shipment_id = s.id join label b on b.parcel_id = p.id and b.voided_at is null
    join carrier_service v on v.id = b.service_id join carrier c on c.id = v.carrier_id
    join sales_order o on o.id = s.order_id left join warehouse w on w.id = s.warehouse_id
    left join box x on x.id = p.box_id
   where s.id = job_labels.shipment);
end $$;
comment on function wb.job_labels is 'all that stands on the labels of a shipment';

-- parcels: [{parcel, box, weight_g, expected_weight_g?, items:[{line_id, quantity}]}]
create or replace function api.job_label (act uuid, job_id bigint, station text, parcels jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  j wb.job;
  o wb.sales_order;
  ship wb.shipment;
  p record;
  parcel_row bigint;
  r record;
  wanted text;
  bad text;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'job_label', '', false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order_of_job(job_label.job_id);
  j := wb.lock_claimed(job_label.job_id, job_label.station);
  if o.cancelled_at is not null or o.held then
    perform wb.refuse(case when o.held then 'the order is on hold: ' || o.hold_reason else 'the order was cancelled' end,
                      case when o.held then 'held' else 'cancelled' end);
  end if;
  if j.shipment_id is not null then
    update label l set voided_at = now() from parcel q
      where q.id = l.parcel_id and q.shipment_id = j.shipment_id and l.voided_at is null;
    update shipment s set status = 'cancelled' where s.id = j.shipment_id and s.status = 'packed';
  end if;
  wanted := wb.check_parcels(j.id, parcels);
  select * into r from wb.choose_service(o.id, j.warehouse_id, parcels, wanted);
  if not found then
    perform wb.refuse_service(o.id, j.warehouse_id, parcels, wanted);
  end if;
  insert into shipment (number, order_id, warehouse_id, service_id)
    values ('S' || lpad(nextval('wb.shipment_number_seq')::text, 8, '0'), o.id, j.warehouse_id, r.service_id)
    returning * into ship;
  for p in select x, ordinality as n from jsonb_array_elements(parcels) with ordinality u (x, ordinality) loop
    insert into parcel (shipment_id, position, box_id, sscc, tracking, weight_g, expected_weight_g)
      select ship.id, coalesce((p.x ->> 'parcel')::integer, p.n), (select b.id from box b where b.code = p.x ->> 'box'), n.sscc,
             v.tracking_prefix || substr(n.sscc, 8, 11) || (select country from warehouse w where w.id = j.warehouse_id),
             (p.x ->> 'weight_g')::integer, (p.x ->> 'expected_weight_g')::integer
        from (select wb.next_sscc() as sscc) n, carrier_service v where v.id = r.service_id
      returning id into parcel_row;
    insert into parcel_item (parcel_id, line_id, quantity)
      select parcel_row, l.id, (i ->> 'quantity')::integer
        from jsonb_array_elements(p.x -> 'items') i
        join order_line l on l.id = (i ->> 'line_id')::bigint and l.order_id = o.id;
    insert into label (parcel_id, service_id, price_minor, currency, act_id)
      values (parcel_row, r.service_id, r.prices[p.n], r.currency, act);
  end loop;
  select l.name into bad from order_line l join parcel_item i on i.line_id = l.id join parcel q on q.id = i.parcel_id
    where q.shipment_id = ship.id group by l.id having sum(i.quantity) > l.quantity - l.shipped_qty - l.cancelled_qty limit 1;
  if bad is not null then
    perform wb.refuse(format('more of "%s" is in the parcels than was ordered', bad), 'too_many');
  end if;
  if not exists (select from parcel_item i join parcel q on q.id = i.parcel_id where q.shipment_id = ship.id) then
    perform wb.refuse('there is nothing in the parcels', 'empty');
  end if;
  update job x set shipment_id = ship.id, seen_at = now() where x.id = j.id;
  perform wb.refresh_orders(array[o.id]);
  return wb.end_act(act, jsonb_build_object('shipment_id', ship.id, 'labels', wb.job_labels(ship.id)));
end $$;
comment on function api.job_label is 'makes the parcels of a job and buys their labels; a second call voids the first one''s';

-- shorts: [{line_id, quantity}] not found in its bin; damaged: [{line_id, quantity}] taken out and set aside as broken.
create or replace function api.job_ship (act uuid, job_id bigint, station text, shorts jsonb default '[]',
                                         damaged jsonb default '[]') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  j wb.job;
  o wb.sales_order;
  ship wb.shipment;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'job_ship', '', false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order_of_job(job_ship.job_id);
  j := wb.lock_claimed(job_ship.job_id, job_ship.station);
  perform wb.lock_stock_of(array[o.id]);
  select * into ship from shipment s where s.id = j.shipment_id;
  if not found or ship.status <> 'packed' then
    perform wb.refuse('the order has no label yet', 'no_label');
  end if;
  if o.cancelled_at is not null or o.held then
    perform wb.refuse(case when o.held then 'the order is on hold: ' || o.hold_reason else 'the order was cancelled' end,
                      case when o.held then 'held' else 'cancelled' end);
  end if;
  select c.shorts, c.damaged into shorts, damaged from wb.check_shipment(j.id, ship.id, shorts, damaged) c;
  perform wb.take_pieces(act, j, 'ship', l.id, i.quantity)
    from (select x.line_id, sum(x.quantity)::integer as quantity from parcel_item x join parcel q on q.id = x.parcel_id
           where q.shipment_id = ship.id group by 1) i join order_line l on l.id = i.line_id
   order by l.sku_id, l.id;
  perform wb.take_pieces(act, j, 'count', (x ->> 'line_id')::bigint, (x ->> 'quantity')::integer)
    from jsonb_array_elements(coalesce(shorts, '[]')) x;
  perform wb.take_pieces(act, j, 'damage', (x ->> 'line_id')::bigint, (x ->> 'quantity')::integer)
    from jsonb_array_elements(coalesce(damaged, '[]')) x;
  update shipment s set status = 'shipped', shipped_at = now() where s.id = ship.id;
  insert into tracking_event (parcel_id, at, code, body)
    select q.id, now(), 'labelled', '' from parcel q where q.shipment_id = ship.id on conflict do nothing;
  update job x set state = 'done', finished_at = now(), seen_at = now() where x.id = j.id;
  perform wb.reserve_orders(array[o.id]);
  perform wb.hold_unfound(act, o.id);
  perform wb.refresh_orders(array[o.id]);
  return wb.end_act(act, jsonb_build_object('shipment_id', ship.id, 'shipment', ship.number,
                                            'status', (select status from sales_order s where s.id = o.id)));
end $$;
comment on function api.job_ship is 'the last scan: pieces leave the stock, the shipment is on its way, the job is done';

-- What was not found is promised to the order again where the books have more of it: whoever is sent there next finds no more
-- than the last one did. The order waits until somebody has counted.
create or replace function wb.hold_unfound (act uuid, ord bigint) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  insert into hold (order_id, reason_code, note)
    select ord, 'stock', string_agg(format('%s of %s was not found in %s, where %s more should be', u.missing, u.sku, u.bin, u.books),
                                    '; ' order by u.position, u.bin)
      from (select l.position, s.code as sku, b.code as bin, sum(m.quantity) as missing,
                   (select coalesce(sum(v.quantity), 0) from stock_level v where v.sku_id = s.id and v.bin_id = b.id) as books
              from stock_move m join order_line l on l.id = m.order_line_id join sku s on s.id = m.sku_id join bin b on b.id = m.from_bin_id
             where m.act_id = hold_unfound.act and m.kind = 'count'
               and l.reserved_qty + l.shipped_qty + l.cancelled_qty >= l.quantity
             group by l.id, s.id, b.id) u
    having count(*) > 0
       and not exists (select from hold h where h.order_id = ord and h.reason_code = 'stock' and h.released_at is null);
end $$;
comment on function wb.hold_unfound is 'holds an order of which an act found less than the books still promise it';

-- Takes pieces of a line out of the house, from its pick bins first, the oldest expiry first.
create or replace function wb.take_pieces (act uuid, j wb.job, move_kind text, line bigint, pieces integer) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  l wb.order_line;
  s wb.sku;
  v record;
  missing integer := pieces;
  take integer;
begin
  if pieces <= 0 then
    return;
  end if;
  select * into l from order_line x where x.id = line and x.order_id = j.order_id;
  if not found then
    perform wb.not_found('order line', line::text);
  end if;
  if move_kind = 'ship' then
    -- the promise is kept: it ends together with the pieces
    perform wb.release_line(l.id, least(l.reserved_qty, pieces));
    update order_line x set shipped_qty = shipped_qty + pieces where x.id = l.id;
  end if;
  select * into s from sku x where x.id = l.sku_id;
  if not found or not s.stocked then
    return;
  end if;
  for v in
    select lv.bin_id, lv.lot_id, lv.quantity from stock_level lv join bin b on b.id = lv.bin_id
      left join lot lo on lo.id = lv.lot_id
     where lv.sku_id = s.id and b.warehouse_id = j.warehouse_id and b.sellable and lv.quantity > 0
     order by b.kind = 'pick' desc, lo.expires_on nulls last, b.walk, lv.bin_id
  loop
    exit when missing <= 0;
    take := least(missing, v.quantity);
    insert into stock_move (act_id, kind, sku_id, lot_id, from_bin_id, to_bin_id, quantity, order_line_id, job_id, reason)
      values (act, move_kind, s.id, v.lot_id, v.bin_id,
              case when move_kind = 'damage' then (select b.id from bin b where b.warehouse_id = j.warehouse_id
                                                      and b.kind = 'damaged' order by b.id limit 1) end,
              take, l.id, j.id, case move_kind when 'count' then 'not found at picking' when 'damage' then 'damaged at packing'
                                               else '' end);
    missing := missing - take;
  end loop;
  if missing > 0 and move_kind = 'ship' then
    perform wb.refuse(format('the books have only %s of %s in stock', pieces - missing, s.code), 'stock');
  end if;
end $$;
comment on function wb.take_pieces is 'moves pieces of an order line out of their bins and ends what was promised; the caller has order and stock';
