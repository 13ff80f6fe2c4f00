-- 10,000 paid orders of one line each, all ready to pack in a warehouse of their own; a station for each claim; the bare
-- table that the reference claims from, with the indexes of the real one.
create schema bench;
insert into wb.warehouse (code, name) values ('BENCH', 'Bench');
insert into wb.bin (warehouse_id, code, kind) select id, 'B1', 'pick' from wb.warehouse where code = 'BENCH';
insert into wb.product (code, name) values ('BENCH', 'Bench');
insert into wb.sku (product_id, code, name, weight_g) select id, 'BENCH', 'Bench', 100 from wb.product where code = 'BENCH';
insert into wb.stock_move (kind, sku_id, to_bin_id, quantity)
  select 'receive', s.id, b.id, 1000000 from wb.sku s, wb.bin b join wb.warehouse w on w.id = b.warehouse_id
   where s.code = 'BENCH' and w.code = 'BENCH';
insert into wb.sales_channel (code, name, warehouse_id) select 'bench', 'Bench', id from wb.warehouse where code = 'BENCH';
insert into wb.sales_order (number, channel_id, currency, warehouse_id, placed_at, ship_by, ship_city, ship_country)
  select 'BENCH' || i, c.id, 'GBP', c.warehouse_id, now() - i * interval '1 minute', now() + (i % 100) * interval '1 hour', 'London', 'GB'
    from wb.sales_channel c, generate_series(1, 10000) i where c.code = 'bench';
insert into wb.order_line (order_id, position, sku_id, sku_code, name, quantity, unit_price)
  select o.id, 1, s.id, s.code, s.name, 1, 1 from wb.sales_order o, wb.sku s where o.number like 'BENCH%' and s.code = 'BENCH';
insert into wb.payment (order_id, kind, amount_minor) select id, 'capture', 100 from wb.sales_order where number like 'BENCH%';
select wb.refresh_orders(array_agg(id)) from wb.sales_order where number like 'BENCH%';
select wb.reserve_orders(array_agg(id)) from wb.sales_order where number like 'BENCH%';
select wb.refresh_orders(array_agg(id)) from wb.sales_order where number like 'BENCH%';
insert into wb.station (code, name, warehouse_id)
  select 'BENCH' || i, 'Bench ' || i, w.id from wb.warehouse w, generate_series(1, 10000) i where w.code = 'BENCH';
create table bench.job (like wb.job including defaults including generated including indexes);
insert into bench.job overriding system value
  select j.* from wb.job j join wb.warehouse w on w.id = j.warehouse_id where w.code = 'BENCH' and j.state = 'open';
