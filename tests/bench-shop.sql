-- A shop small enough to know by heart, for tests of the bench: warehouse T with stations ST1 and ST2, three products
-- with sizes, codes and places, two boxes, a carrier with two services, a packer's login, two people with badges, and five paid orders. Applied to a fresh schema as superuser.
--
--   tests/cluster bash -c 'export WAYBILL_DATABASE="host=$PGHOST dbname=shop user=postgres" PGDATABASE=shop
--     build/app/waybillctl database create && psql -Xqf tests/bench-shop.sql && build/app/waybill-station --windowed'

do $$ begin
  if to_regrole ('bench_packer') is null then
    create role bench_packer login in role wb_packer;
  end if;
end $$;
insert into wb.staff (login, display_name, badge_code)
  values ('bench_packer', 'Petra Packer', 'WB:STAFF:1001'), ('anna.binder', 'Anna Binder', 'WB:STAFF:1002');
insert into wb.warehouse (code, name, timezone, name_line, line1, city, postcode, country)
  values ('T', 'Test warehouse', 'UTC', 'Waybill Demo Ltd', '1 Wharf Road', 'London', 'N1 7GR', 'GB');
insert into wb.bin (warehouse_id, code, kind, walk)
  select w.id, b.code, b.kind, b.walk from wb.warehouse w,
    (values ('A-04-2', 'pick', 10), ('B-02-1', 'pick', 20), ('C-01-3', 'pick', 30), ('D1', 'damaged', 0)) b (code, kind, walk)
   where w.code = 'T';
insert into wb.product (code, name) values ('TEA-B', 'Blue teapot'), ('TRY-O', 'Oak tray'), ('CUP-W', 'White cup');
insert into wb.sku (product_id, code, name, price, weight_g, length_mm, width_mm, height_mm)
  select p.id, p.code, p.name, v.price, v.weight, v.length, v.width, v.height
    from wb.product p join (values ('TEA-B', 62.00, 600, 200, 150, 150), ('TRY-O', 40.00, 200, 300, 200, 20),
                                   ('CUP-W', 7.50, 150, 90, 90, 80)) v (code, price, weight, length, width, height)
      on v.code = p.code;
insert into wb.barcode (code, sku_id, quantity)
  select v.code, s.id, v.quantity
    from wb.sku s join (values ('TEA-B', '4006381333931', 1), ('TRY-O', '96385074', 1), ('CUP-W', '5012345678900', 1),
                               ('CUP-W', '15012345678907', 6)) v (sku, code, quantity) on v.sku = s.code;
insert into wb.stock_move (kind, sku_id, to_bin_id, quantity)
  select 'receive', s.id, b.id, 1000
    from wb.sku s join (values ('TEA-B', 'B-02-1'), ('TRY-O', 'A-04-2'), ('CUP-W', 'C-01-3')) v (sku, bin) on v.sku = s.code
    join wb.bin b on b.code = v.bin;
insert into wb.sales_channel (code, name, currency, warehouse_id) select 'web', 'Web shop', 'GBP', w.id from wb.warehouse w where w.code = 'T';
insert into wb.station (code, name, warehouse_id)
  select v.code, v.name, w.id from wb.warehouse w, (values ('ST1', 'Bench 1'), ('ST2', 'Bench 2')) v (code, name) where w.code = 'T';
insert into wb.carrier (code, name) values ('PL', 'Parcel Line');
insert into wb.carrier_service (carrier_id, code, name, max_weight_g, routing_code, tracking_prefix)
  select c.id, v.code, v.name, 20000, 'N1-7', v.prefix from wb.carrier c,
    (values ('STD', 'Tracked 24', 'PL'), ('EXP', 'Express 9:00', 'PX')) v (code, name, prefix) where c.code = 'PL';
insert into wb.carrier_zone (carrier_id, code, name) select id, 'GB', 'Great Britain' from wb.carrier where code = 'PL';
insert into wb.carrier_zone_area (zone_id, country)
  select z.id, 'GB' from wb.carrier_zone z join wb.carrier c on c.id = z.carrier_id where c.code = 'PL';
insert into wb.rate (service_id, zone_id, max_weight_g, currency, price_minor)
  select v.id, z.id, 20000, 'GBP', case v.code when 'STD' then 499 else 1299 end
    from wb.carrier_service v join wb.carrier_zone z on z.carrier_id = v.carrier_id where v.code in ('STD', 'EXP');
insert into wb.box (code, name, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm, outer_width_mm,
                    outer_height_mm, empty_weight_g, max_weight_g, barcode)
  values ('BOX-S', 'Small', 200, 150, 100, 210, 160, 110, 90, 5000, 'WB-BOX-S'),
         ('BOX-M', 'Medium', 400, 300, 300, 410, 310, 310, 200, 15000, 'WB-BOX-M');

create function pg_temp.new_order (number text, lines jsonb, name text, more jsonb default '{}') returns void
  language plpgsql as $$
declare
  o bigint := (api.order_create (gen_random_uuid (), jsonb_build_object ('channel', 'web', 'number', number, 'lines', lines,
    'shipping', jsonb_build_object ('name', name, 'line1', '12 St James''s Square', 'city', 'London', 'postcode', 'SW1Y 4JH',
                                    'country', 'GB'),
    'customer', jsonb_build_object ('name', name, 'email', 'someone@example.org')) || more) ->> 'order_id')::bigint;
begin
  perform api.order_pay (gen_random_uuid (), o, 'capture', (select total_minor from wb.sales_order where id = o), 'card');
end $$;
select pg_temp.new_order ('10482', '[{"sku": "TEA-B", "quantity": 2}, {"sku": "TRY-O", "quantity": 1}]', 'Mary Miller', '{"rush": true}');
select api.order_note_add (gen_random_uuid (), id, 'instruction', 'Gift wrap: “Happy birthday”')
  from wb.sales_order where number = '10482';
select pg_temp.new_order ('10483', '[{"sku": "CUP-W", "quantity": 6}]', 'Hans Beck');
select pg_temp.new_order ('10484', '[{"sku": "TRY-O", "quantity": 3}, {"sku": "CUP-W", "quantity": 2}, {"sku": "TEA-B", "quantity": 1}]',
                          'Aiko Tanaka');
select pg_temp.new_order ('10485', '[{"sku": "TEA-B", "quantity": 1}]', 'Zoë Müller');
select pg_temp.new_order ('10486', '[{"sku": "TEA-B", "quantity": 9}]', 'Ada Lovelace');
