-- Which service takes the parcels: limits of weight and size, zones, days, price, what was chosen by hand.

insert into wb.carrier (code, name) values ('FA', 'Far'), ('LO', 'Local'), ('EL', 'Elsewhere');
insert into wb.carrier_service (carrier_id, code, name, max_weight_g, max_length_mm, max_girth_mm, transit_days_min, transit_days_max)
  select c.id, v.code, c.name || ' ' || v.code, v.g, v.l, v.girth, 1, v.days
    from wb.carrier c join (values ('FA', 'SLOW', 30000, 1200, 3000, 5), ('FA', 'NEXT', 30000, 1200, 3000, 1), ('FA', 'SMALL', 30000, 400, 900, 2),
                                   ('FA', 'MID', 10000, 1200, 3000, 2), ('LO', 'BIKE', 30000, 1200, 3000, 1), ('EL', 'ANY', 30000, 1200, 3000, 1))
      v (carrier, code, g, l, girth, days) on v.carrier = c.code;
insert into wb.carrier_zone (carrier_id, code, name) select id, z, z from wb.carrier, unnest (array['ALL', 'NEAR']) z where code in ('FA', 'LO', 'EL');
insert into wb.carrier_zone_area (zone_id, country, postcode_prefix)
  select z.id, a.country, a.prefix from wb.carrier_zone z join wb.carrier c on c.id = z.carrier_id
    join (values ('FA', 'ALL', 'FR', ''), ('FA', 'NEAR', 'FR', '75'), ('LO', 'NEAR', 'FR', '750'), ('EL', 'ALL', 'FR', '')) a (carrier, zone, country, prefix)
      on a.carrier = c.code and a.zone = z.code;
insert into wb.rate (service_id, zone_id, max_weight_g, currency, price_minor)
  select v.id, z.id, r.g, r.currency, r.price
    from (values ('FA', 'SLOW', 'ALL', 2000, 'GBP', 500), ('FA', 'SLOW', 'ALL', 30000, 'GBP', 900), ('FA', 'SLOW', 'NEAR', 30000, 'GBP', 400),
                 ('FA', 'NEXT', 'ALL', 30000, 'GBP', 2500), ('FA', 'NEXT', 'NEAR', 30000, 'GBP', 1500), ('FA', 'SMALL', 'ALL', 30000, 'GBP', 450),
                 ('FA', 'MID', 'ALL', 5000, 'GBP', 700), ('FA', 'MID', 'ALL', 30000, 'GBP', 1100), ('LO', 'BIKE', 'NEAR', 30000, 'EUR', 100),
                 ('EL', 'ANY', 'ALL', 30000, 'GBP', 1)) r (carrier, service, zone, g, currency, price)
    join wb.carrier c on c.code = r.carrier join wb.carrier_service v on v.carrier_id = c.id and v.code = r.service
    join wb.carrier_zone z on z.carrier_id = c.id and z.code = r.zone;
insert into wb.warehouse (code, name, timezone) values ('ELSE', 'Elsewhere', 'UTC');
insert into wb.carrier_pickup (carrier_id, warehouse_id) select c.id, w.id from wb.carrier c, wb.warehouse w where c.code = 'EL' and w.code = 'ELSE';
insert into wb.box (code, name, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm, outer_width_mm, outer_height_mm, empty_weight_g, max_weight_g)
  values ('LONG', 'Long', 490, 90, 90, 100, 500, 100, 150, 15000), ('FLAT', 'Flat', 240, 160, 20, 250, 170, 30, 50, 2000),
         ('CUBE', 'Cube', 390, 390, 390, 400, 400, 400, 400, 15000), ('POLE', 'Pole', 1990, 90, 90, 2000, 100, 100, 400, 15000);
update wb.setting set value = '"GBP"' where key = 'shop.currency';

create function pg_temp.order_to (postcode text, service text default null, ship_by timestamptz default 'infinity') returns bigint
  language plpgsql as $$
declare
  o bigint := tap.paid_order ('[{"sku": "MUG", "quantity": 1}]', jsonb_build_object ('shipping', jsonb_build_object (
    'name', 'A', 'line1', '1 rue', 'city', 'Paris', 'postcode', postcode, 'country', 'FR')));
begin
  update wb.sales_order set ship_by = order_to.ship_by, service_id = (select v.id from wb.carrier_service v where v.code = service) where id = o;
  return o;
end $$;
create function pg_temp.parcels (text) returns jsonb
  language sql as $$
  select jsonb_agg (jsonb_strip_nulls (jsonb_build_object ('weight_g', split_part (p, ' ', 1)::integer, 'box', nullif (split_part (p, ' ', 2), ''))))
    from unnest (string_to_array ($1, ',')) p
$$;
-- Thursday, 3 September 2026, before the cut-off at 16:00 in warehouse T (UTC)
create function pg_temp.choice (o bigint, parcels text, wanted text default null, moment timestamptz default '2026-09-03 10:00+00') returns text
  language sql as $$
  select concat_ws (' ', c.key, c.why, array_to_string (c.prices, '+'), to_char (c.arrives_by, 'FMDay DD'))
    from wb.choose_service (o, (select id from wb.warehouse where code = 'T'), pg_temp.parcels (parcels), wanted, moment) c
$$;
update wb.warehouse set timezone = 'UTC', cutoff = '16:00' where code = 'T';

select set_config ('t.plain', pg_temp.order_to ('69001')::text, true);
select set_config ('t.paris', pg_temp.order_to ('75001')::text, true);
select set_config ('t.promise', pg_temp.order_to ('69001', 'MID', '2026-09-03 16:00+00')::text, true);
select set_config ('t.late', pg_temp.order_to ('69001', 'MID', '2026-09-02 16:00+00')::text, true);
select set_config ('t.later', pg_temp.order_to ('69001', 'MID', '2026-08-20 16:00+00')::text, true);
select set_config ('t.rush', pg_temp.order_to ('69001', 'MID', '2026-08-20 16:00+00')::text, true);
update wb.sales_order set rush = true where id = current_setting ('t.rush')::bigint;
select set_config ('t.slow', pg_temp.order_to ('69001', 'SLOW', '2026-09-03 16:00+00')::text, true);

select is (pg_temp.choice (current_setting ('t.' || c.o)::bigint, c.parcels, c.wanted, c.moment), c.expected, 'choice/' || c.name)
  from (values
    ('the cheapest when nothing was promised', 'plain', '1000 FLAT', null, '2026-09-03 10:00+00'::timestamptz, 'FA:SMALL cheapest 450 Monday 07'),
    ('longer than the cheapest takes', 'plain', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:SLOW cheapest 500 Thursday 10'),
    ('thicker than the cheapest takes', 'plain', '1000 CUBE', null, '2026-09-03 10:00+00', 'FA:SLOW cheapest 500 Thursday 10'),
    ('a box of unknown size is only weighed', 'plain', '1000', null, '2026-09-03 10:00+00', 'FA:SMALL cheapest 450 Monday 07'),
    ('each parcel has its price', 'plain', '1000 LONG,2500 LONG', null, '2026-09-03 10:00+00', 'FA:MID cheapest 700+700 Monday 07'),
    ('the heaviest decides', 'plain', '1000 LONG,9000 LONG', null, '2026-09-03 10:00+00', 'FA:SLOW cheapest 500+900 Thursday 10'),
    ('the longest postcode prefix is the zone', 'paris', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:SLOW cheapest 400 Thursday 10'),
    ('the customer''s own when it is in time', 'promise', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:MID own 700 Monday 07'),
    ('own, though another is cheaper', 'slow', '1000 FLAT', null, '2026-09-03 10:00+00', 'FA:SLOW own 500 Thursday 10'),
    ('after the cut-off it leaves tomorrow, and a faster one keeps the promise', 'promise', '1000 LONG', null, '2026-09-03 17:00+00', 'FA:NEXT cheapest 2500 Monday 07'),
    ('a day late, a faster one keeps the promise', 'late', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:NEXT cheapest 2500 Friday 04'),
    ('too late for all: what was paid for', 'later', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:MID late 700 Monday 07'),
    ('too late for all, and a rush: the fastest', 'rush', '1000 LONG', null, '2026-09-03 10:00+00', 'FA:NEXT fastest 2500 Friday 04'),
    ('too late for all, and too heavy for what was paid for', 'later', '12000 LONG', null, '2026-09-03 10:00+00', 'FA:NEXT fastest 2500 Friday 04'),
    ('own does not take it: the cheapest in time', 'promise', '12000 LONG', null, '2026-09-03 10:00+00', 'FA:NEXT cheapest 2500 Friday 04'),
    ('by hand', 'promise', '1000 LONG', 'FA:SLOW', '2026-09-03 10:00+00', 'FA:SLOW chosen 500 Thursday 10'),
    ('by hand, and does not take it', 'promise', '1000 LONG', 'FA:SMALL', '2026-09-03 10:00+00', null),
    ('on a Friday evening it leaves on Monday', 'plain', '1000 LONG', 'FA:NEXT', '2026-09-04 18:00+00', 'FA:NEXT chosen 2500 Tuesday 08'),
    ('nobody takes that much', 'plain', '31000', null, '2026-09-03 10:00+00', null),
    ('nobody takes that length', 'plain', '1000 POLE', null, '2026-09-03 10:00+00', null))
    c (name, o, parcels, wanted, moment, expected);
select is (pg_temp.choice (current_setting ('t.paris')::bigint, '1000 LONG', 'LO:BIKE'), 'LO:BIKE chosen 100 Friday 04',
           'choice/prices-in-another-currency-are-not-compared');
update wb.carrier_service set active = false where code = 'SMALL';
select is (pg_temp.choice (current_setting ('t.plain')::bigint, '1000 FLAT'), 'FA:SLOW cheapest 500 Thursday 10', 'choice/not-what-is-switched-off');
select is ((select why_not from wb.service_offers (current_setting ('t.plain')::bigint, (select id from wb.warehouse where code = 'T'),
             pg_temp.parcels ('1000')) where key = 'EL:ANY'), 'pickup', 'choice/not-who-does-not-come-here');
select is ((select why_not || ' ' || most from wb.service_offers (current_setting ('t.plain')::bigint, (select id from wb.warehouse where code = 'T'),
             pg_temp.parcels ('11000')) where key = 'FA:MID'), 'weight 10000', 'choice/says-why-not');
select finds_nothing (format ('select * from wb.service_offers (%s, (select id from wb.warehouse where code = ''T''), ''[{"weight_g": 1000}]'')
                               where why_not is null and (prices is null or cardinality (prices) <> 1)', current_setting ('t.plain')), 'choice/what-fits-has-a-price');

-- ── In words, and at the bench ─────────────────────────────────────────────────────────────────────────────────────
select throws_like (format ('select wb.refuse_service (%s, (select id from wb.warehouse where code = ''T''), pg_temp.parcels (''31000''), null)', current_setting ('t.plain')),
                    'no carrier takes a parcel heavier than 30 kg: divide it with "another box"%', 'words/too-heavy');
select throws_like (format ('select wb.refuse_service (%s, (select id from wb.warehouse where code = ''T''), pg_temp.parcels (''1000 POLE''), null)', current_setting ('t.plain')),
                    'no carrier takes a parcel longer than 120 cm%', 'words/too-long');
update wb.sales_order set ship_country = 'ZA' where id = current_setting ('t.paris')::bigint;
select throws_like (format ('select wb.refuse_service (%s, (select id from wb.warehouse where code = ''T''), pg_temp.parcels (''1000''), null)', current_setting ('t.paris')),
                    'no carrier goes to ZA%', 'words/nobody-goes-there');

select set_config ('t.job', (select id::text from wb.job where order_id = current_setting ('t.plain')::bigint), true);
select tap.act_as ('seat_packer', format ('api.job_take (@, %s, ''ST1'')', current_setting ('t.job'))) \g /dev/null
select set_config ('t.services', tap.value_as ('seat_packer', format ('select api.job_services (%s, ''ST1'', ''[{"weight_g": 1000, "box": "LONG"}]'')', current_setting ('t.job'))), true);
select is (current_setting ('t.services')::jsonb #>> '{chosen,key}', 'FA:SLOW', 'bench/is-told-which');
select ok (current_setting ('t.services') !~ 'price|GBP|500', 'bench/is-told-no-prices');
select tap.value_as ('seat_packer', format ('select api.job_append (%s, ''ST1'', %L)', current_setting ('t.job'), jsonb_build_array (
  jsonb_build_object ('id', gen_random_uuid (), 'kind', 'service', 'code', 'FA:MID', 'text', 'asked for', 'at_us', (extract (epoch from now ()) * 1000000)::bigint)))) \g /dev/null
select set_config ('t.line', (select id::text from wb.order_line where order_id = current_setting ('t.plain')::bigint), true);
select is (tap.act_as ('seat_packer', format ('api.job_label (@, %s, ''ST1'', %L)', current_setting ('t.job'), jsonb_build_array (jsonb_build_object (
             'parcel', 1, 'box', 'LONG', 'weight_g', 1000, 'items', jsonb_build_array (jsonb_build_object ('line_id', current_setting ('t.line')::bigint, 'quantity', 1))))))
           #>> '{labels,0,service_key}', 'FA:MID', 'bench/what-was-chosen-by-hand-is-bought');
select is ((select price_minor from wb.label order by id desc limit 1), 700::bigint, 'bench/at-its-price');
