-- Which carriers come to which warehouse. A carrier that none is said of comes to all of them.
set local role wb_owner;

create table wb.carrier_pickup (
  carrier_id bigint not null references wb.carrier on delete cascade,
  warehouse_id bigint not null references wb.warehouse on delete cascade,
  primary key (carrier_id, warehouse_id)
);
comment on table wb.carrier_pickup is 'carriers that fetch parcels at a warehouse; one without a row comes to every warehouse';
create index carrier_pickup_warehouse_idx on wb.carrier_pickup (warehouse_id);
