-- The end: triggers on again, numbers continue behind the demo's, everybody is told once, the planner knows the shop.
set local search_path = wb, public;

select demo.count_on();
do $$
declare
  o record;
begin
  perform setval('wb.order_number_seq', demo.number_base() + demo.orders()), setval('wb.customer_number_seq', demo.number_base() + demo.customers()),
          setval('wb.rma_number_seq', demo.number_base() + demo.orders()), setval('wb.shipment_number_seq', (select max(substr(number, 2)::bigint) from shipment)),
          setval('wb.sscc_serial_seq', (select max(id) from parcel));
  for o in select tab from demo.quiet loop
    execute format('alter table %s enable trigger user', o.tab);
  end loop;
end $$;
do $$
begin
  if exists (select from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'wb' and not i.indisvalid) then
    raise exception 'an index was not made again whole: %',
      (select string_agg(i.indexrelid::regclass::text, ', ') from pg_index i where not i.indisvalid);
  end if;
end $$;
insert into news (topic, ids) select t, null from unnest(array['order', 'customer', 'sku', 'product', 'job', 'rma', 'warehouse', 'station', 'staff']) t;
drop schema demo cascade;
reset role;
analyze;
