-- Which carrier's service takes the parcels of an order: limits of weight and size, zones, days, price.
set local role wb_owner;

create or replace function wb.add_working_days (day date, days integer) returns date
  language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
  d date := day;
  n integer := days;
begin
  while n > 0 loop
    d := d + 1;
    if extract(isodow from d) < 6 then
      n := n - 1;
    end if;
  end loop;
  return d;
end $$;
comment on function wb.add_working_days is 'a day so many working days later';

-- When what is packed now is fetched: today before the cut-off, else on the next working day.
create or replace function wb.leaves_on (house bigint, moment timestamptz) returns date
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select (wb.promise(house, moment) at time zone w.timezone)::date from warehouse w where w.id = leaves_on.house
$$;
comment on function wb.leaves_on is 'the day on which parcels that are ready at a moment leave a warehouse';

-- The customer's service is a promise: that many days after the day on which the order had to leave. Without one there is none.
create or replace function wb.promised_by (ord bigint, house bigint) returns date
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select wb.add_working_days((o.ship_by at time zone w.timezone)::date, v.transit_days_max)
    from sales_order o join carrier_service v on v.id = o.service_id join warehouse w on w.id = promised_by.house
   where o.id = promised_by.ord and o.ship_by < 'infinity'
$$;
comment on function wb.promised_by is 'the day by which an order was promised; null without a promise';

-- parcels: [{weight_g, box?}]. Every service there is, with why it does not take them, or what it costs and when it arrives.
-- why_not: inactive, pickup, zone, weight (most: g), length (most: mm), girth (most: mm of length and girth together).
create or replace function wb.service_offers (ord bigint, house bigint, parcels jsonb, moment timestamptz default now())
  returns table (service_id bigint, key text, name text, carrier text, own boolean, why_not text, most integer,
                 prices bigint[], currency char(3), arrives_by date, promised_by date)
  language sql stable security definer set search_path = wb, pg_temp
as $$
  with o as (
    select x.*, upper(replace(x.ship_postcode, ' ', '')) as code from sales_order x where x.id = service_offers.ord
  ), zones as (
    -- a carrier's zone is that of its longest postcode prefix
    select distinct on (z.carrier_id) z.carrier_id, z.id
      from o join carrier_zone_area a on a.country = o.ship_country and o.code like upper(a.postcode_prefix) || '%'
      join carrier_zone z on z.id = a.zone_id
     order by z.carrier_id, length(a.postcode_prefix) desc, z.id
  ), p as (
    select n, (x ->> 'weight_g')::integer as weight_g, d.sizes
      from jsonb_array_elements(service_offers.parcels) with ordinality u (x, n)
      left join lateral (select array_agg(s order by s desc) as sizes
                           from box b, unnest(array[b.outer_length_mm, b.outer_width_mm, b.outer_height_mm]) s
                          where b.code = u.x ->> 'box') d on true
  ), most as (
    select max(weight_g) as weight_g, max(sizes[1]) as length_mm, max(sizes[1] + 2 * (sizes[2] + sizes[3])) as girth_mm from p
  ), offers as (
    select v.id, c.code || ':' || v.code as key, v.name, c.name as carrier, v.id is not distinct from o.service_id as own,
           v.max_length_mm, v.max_girth_mm, v.transit_days_max, m.length_mm, m.girth_mm, m.weight_g,
           v.active and c.active as active, z.id as zone_id, k.currency, k.max_weight_g,
           not exists (select from carrier_pickup u where u.carrier_id = c.id)
             or exists (select from carrier_pickup u where u.carrier_id = c.id and u.warehouse_id = service_offers.house) as comes
      from o cross join most m cross join carrier_service v join carrier c on c.id = v.carrier_id
      left join zones z on z.carrier_id = c.id
      left join lateral (
        -- one currency a service: the shop's before others, which cannot be compared
        select r.currency, least(max(r.max_weight_g), v.max_weight_g) as max_weight_g
          from rate r where r.service_id = v.id and r.zone_id = z.id
         group by r.currency order by r.currency <> wb.setting_text('shop.currency'), r.currency limit 1) k on true
  )
  select f.id, f.key, f.name, f.carrier, f.own, w.why,
         case w.why when 'weight' then f.max_weight_g when 'length' then f.max_length_mm when 'girth' then f.max_girth_mm end,
         case when w.why is null then
           array(select (select min(r.price_minor) from rate r
                          where r.service_id = f.id and r.zone_id = f.zone_id and r.currency = f.currency and r.max_weight_g >= p.weight_g)
                   from p order by p.n) end,
         f.currency, wb.add_working_days(wb.leaves_on(service_offers.house, service_offers.moment), f.transit_days_max),
         wb.promised_by(service_offers.ord, service_offers.house)
    from offers f cross join lateral (
      select case when not f.active then 'inactive' when not f.comes then 'pickup' when f.zone_id is null or f.currency is null then 'zone'
                  when f.weight_g > f.max_weight_g then 'weight' when f.length_mm > f.max_length_mm then 'length'
                  when f.girth_mm > f.max_girth_mm then 'girth' end as why) w
$$;
comment on function wb.service_offers is 'what every carrier''s service would do with the parcels of an order';

-- why: chosen (by hand), own (the customer's, and in time), cheapest (that is in time); when none is any more: late (the
-- customer's, which is what was paid for), or fastest (for a rush, or when the customer's does not take it).
create or replace function wb.choose_service (ord bigint, house bigint, parcels jsonb, wanted text default null,
                                              moment timestamptz default now())
  returns table (service_id bigint, key text, why text, prices bigint[], currency char(3), arrives_by date, promised_by date)
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select f.service_id, f.key,
         case when f.key = choose_service.wanted then 'chosen' when f.own and not x.in_time then 'late' when not x.in_time then 'fastest'
              when f.own then 'own' else 'cheapest' end,
         f.prices, f.currency, f.arrives_by, f.promised_by
    from wb.service_offers(choose_service.ord, choose_service.house, choose_service.parcels, choose_service.moment) f
    cross join lateral (select coalesce(f.arrives_by <= f.promised_by, true) as in_time, (select sum(c) from unnest(f.prices) c) as price) x
   where f.why_not is null and (choose_service.wanted is null or f.key = choose_service.wanted)
   order by not x.in_time, case when not x.in_time and (select o.rush from sales_order o where o.id = choose_service.ord) then f.arrives_by end,
            not f.own, case when not x.in_time then f.arrives_by end,
            f.currency <> wb.setting_text('shop.currency'), x.price, f.arrives_by, f.service_id
   limit 1
$$;
comment on function wb.choose_service is 'the service for the parcels of an order: the customer''s when it is in time, else the cheapest that is, else the customer''s or the fastest';

-- Says what nothing fits because of, to somebody who can do something about it.
create or replace function wb.refuse_service (ord bigint, house bigint, parcels jsonb, wanted text) returns void
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  o wb.sales_order;
  f record;
begin
  select * into o from sales_order x where x.id = refuse_service.ord;
  select * into f from wb.service_offers(ord, house, parcels) x
    where x.why_not in ('weight', 'length', 'girth') and (wanted is null or x.key = wanted)
    order by x.why_not <> 'weight', x.most desc limit 1;
  if not found then
    perform wb.refuse(case when wanted is null
      then format('no carrier goes to %s %s: put the order aside and let the office know', o.ship_country, o.ship_postcode)
      else format('the service that was chosen does not go to %s %s: choose another one', o.ship_country, o.ship_postcode) end, 'no_rate');
  end if;
  perform wb.refuse(format('%s %s: divide it with "another box"%s',
    case when wanted is null then 'no carrier takes a parcel' else f.name || ' takes no parcel' end,
    case f.why_not when 'weight' then format('heavier than %s kg', trim_scale(f.most / 1000.0))
                   when 'length' then format('longer than %s cm', f.most / 10)
                   else format('with more than %s cm of length and girth', f.most / 10) end,
    case when wanted is null then ', or put the order aside and let the office know' else ', or choose another service' end), 'no_rate');
end $$;
comment on function wb.refuse_service is 'why no service takes the parcels of an order, and what to do';

-- What a bench shows: no prices.
create or replace function api.job_services (job_id bigint, station text, parcels jsonb, wanted text default null) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  j wb.job;
begin
  perform wb.require('wb_packer');
  perform wb.require_station(station);
  select * into j from job x where x.id = job_services.job_id;
  if not found then
    perform wb.not_found('job', job_services.job_id::text);
  end if;
  return jsonb_build_object(
    'chosen', (select to_jsonb(c) - 'service_id' - 'prices' - 'currency'
                 from wb.choose_service(j.order_id, j.warehouse_id, parcels, nullif(wanted, '')) c),
    'offers', (select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(f) - 'service_id' - 'prices' - 'currency')
                                         order by f.why_not is not null, f.arrives_by, f.name), '[]')
                 from wb.service_offers(j.order_id, j.warehouse_id, parcels) f
                where f.why_not is null or f.why_not in ('weight', 'length', 'girth')));
end $$;
comment on function api.job_services is 'which service the parcels of a job would go by and why, and which others there are';
