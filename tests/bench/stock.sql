-- A warehouse that 64 writers fight over: few SKUs, few bins; every refusal is counted instead of ending the writer.
create schema bench;
insert into wb.warehouse (code, name) values ('BENCH', 'Bench');
insert into wb.bin (warehouse_id, code, kind)
  select w.id, 'B' || i, case when i <= 6 then 'pick' else 'quarantine' end from wb.warehouse w, generate_series(1, 8) i
   where w.code = 'BENCH';
insert into wb.product (code, name) values ('BENCH', 'Bench');
insert into wb.sku (product_id, code, name, weight_g, price)
  select p.id, 'BENCH' || i, 'Bench ' || i, 100, 1 from wb.product p, generate_series(1, 20) i where p.code = 'BENCH';
insert into wb.stock_move (kind, sku_id, to_bin_id, quantity)
  select 'receive', s.id, b.id, 20 from wb.sku s, wb.bin b join wb.warehouse w on w.id = b.warehouse_id
   where s.code like 'BENCH%' and w.code = 'BENCH';
insert into wb.sales_channel (code, name, warehouse_id) select 'bench', 'Bench', id from wb.warehouse where code = 'BENCH';
create table bench.refusal (what text, state text, at timestamptz default clock_timestamp());
create table bench.bare (sku_id bigint, bin_id bigint, quantity bigint not null check (quantity >= 0), primary key (sku_id, bin_id));
insert into bench.bare select sku_id, bin_id, quantity from wb.stock_level l join wb.bin b on b.id = l.bin_id
  join wb.warehouse w on w.id = b.warehouse_id where w.code = 'BENCH';

create function bench.try (what integer, sku integer, a integer, b integer, pieces integer) returns void
  language plpgsql as $$
declare
  o bigint;
begin
  if what < 25 then
    perform api.stock_receive(gen_random_uuid(), 'BENCH', 'B' || a, 'BENCH' || sku, pieces);
  elsif what < 50 then
    perform api.stock_transfer(gen_random_uuid(), 'BENCH', 'B' || a, 'B' || b, 'BENCH' || sku, pieces);
  elsif what < 65 then
    perform api.stock_count(gen_random_uuid(), 'BENCH', 'B' || a, 'BENCH' || sku, pieces * 3);
  else
    o := (api.order_create(gen_random_uuid(), jsonb_build_object('channel', 'bench', 'lines', jsonb_build_array(
            jsonb_build_object('sku', 'BENCH' || sku, 'quantity', pieces),
            jsonb_build_object('sku', 'BENCH' || (1 + (sku + 7) % 20), 'quantity', b)),
            'shipping', '{"city": "London", "country": "GB"}'::jsonb)) ->> 'order_id')::bigint;
    perform api.order_pay(gen_random_uuid(), o, 'authorisation', 100000, 'card');
    if what < 80 then
      perform api.order_cancel(gen_random_uuid(), array[o], 'bench');
    end if;
  end if;
exception when check_violation or sqlstate 'WB001' or sqlstate 'WB002' or sqlstate 'WB004' then
  insert into bench.refusal (what, state) values (what::text, sqlstate);
end $$;
