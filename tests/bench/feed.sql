-- A shop at work: 2,000 orders, some waiting for stock, and what people do all day, in the shares that they do it.
create schema bench;
insert into wb.warehouse (code, name) values ('BENCH', 'Bench');
insert into wb.bin (warehouse_id, code, kind) select w.id, 'B' || i, 'pick' from wb.warehouse w, generate_series(1, 20) i where w.code = 'BENCH';
insert into wb.product (code, name) values ('BENCH', 'Bench');
insert into wb.sku (product_id, code, name, weight_g, price) select p.id, 'BENCH' || i, 'Bench ' || i, 100, 9.5 from wb.product p, generate_series(1, 20) i
  where p.code = 'BENCH';
insert into wb.stock_move (kind, sku_id, to_bin_id, quantity)
  select 'receive', s.id, b.id, 150 from wb.sku s join wb.bin b on b.code = 'B' || substr(s.code, 6) where s.code like 'BENCH%';
insert into wb.sales_channel (code, name, warehouse_id) select 'bench', 'Bench', id from wb.warehouse where code = 'BENCH';
create function bench.place (i integer) returns bigint
  language plpgsql as $$
declare
  o bigint := (api.order_create(gen_random_uuid(), jsonb_build_object('channel', 'bench', 'customer', jsonb_build_object('name', 'Bench ' || i % 97),
    'shipping', '{"name": "Bench", "line1": "1 Street", "city": "London", "postcode": "N1 1AA", "country": "GB"}'::jsonb,
    'lines', (select jsonb_agg(jsonb_build_object('sku', 'BENCH' || 1 + (i + 7 * l) % 20, 'quantity', 1 + i % 2)) from generate_series(1, 1 + i % 3) l)))
    ->> 'order_id')::bigint;
begin
  perform api.order_pay(gen_random_uuid(), o, 'capture', (select total_minor from wb.sales_order where id = o), 'card');
  return o;
end $$;
select count(bench.place(i)) from generate_series(1, 2000) i;
create table bench.orders as select row_number() over (order by id)::integer as nr, id from wb.sales_order;
create unique index on bench.orders (nr);

-- what: 0 to 99; an order, a SKU, a number of pieces, all by chance.
create function bench.work (what integer, nr integer, sku integer, pieces integer) returns void
  language plpgsql as $$
declare
  o bigint := (select id from bench.orders x where x.nr = work.nr);
begin
  if what < 25 then
    if (select held from wb.sales_order where id = o) then
      perform api.order_release(gen_random_uuid(), array[o]);
    else
      perform api.order_hold(gen_random_uuid(), array[o], 'customer', 'asked to wait');
    end if;
  elsif what < 55 then
    perform api.stock_receive(gen_random_uuid(), 'BENCH', 'B' || sku, 'BENCH' || sku, pieces);
  elsif what < 70 then
    perform api.order_rush(gen_random_uuid(), array[o], what % 2 = 0);
  elsif what < 80 then
    perform api.order_note_add(gen_random_uuid(), o, 'internal', 'called, will call again');
  elsif what < 90 then
    perform api.order_tag(gen_random_uuid(), array[o], array['t' || pieces], array['t' || sku]);
  else
    perform bench.place(nr);
  end if;
end $$;
