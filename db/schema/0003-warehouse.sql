-- Where things are: warehouses down to bins, stock as a ledger of moves, levels kept by constraint.
set local role wb_owner;

create table wb.warehouse (
  id bigint generated always as identity primary key,
  code text not null constraint warehouse_code_key unique,
  name text not null,
  timezone text not null default 'Europe/London',
  cutoff time not null default '16:00',
  name_line text not null default '',
  line1 text not null default '',
  city text not null default '',
  postcode text not null default '',
  country char(2) not null default 'GB' references wb.country on delete restrict,
  phone text not null default '',
  version integer not null default 1
);
comment on table wb.warehouse is 'a building that ships; orders placed before its cut-off leave the same day';
create index warehouse_country_idx on wb.warehouse (country);

create table wb.zone (
  id bigint generated always as identity primary key,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  code text not null,
  name text not null,
  constraint zone_code_key unique (warehouse_id, code)
);
comment on table wb.zone is 'part of a warehouse that is worked together';

create table wb.aisle (
  id bigint generated always as identity primary key,
  zone_id bigint not null references wb.zone on delete restrict,
  code text not null,
  x_mm integer not null default 0,
  one_way boolean not null default false,
  constraint aisle_code_key unique (zone_id, code)
);
comment on table wb.aisle is 'a way between two racks';

create table wb.bay (
  id bigint generated always as identity primary key,
  aisle_id bigint not null references wb.aisle on delete restrict,
  code text not null,
  y_mm integer not null default 0,
  constraint bay_code_key unique (aisle_id, code)
);
comment on table wb.bay is 'one rack section along an aisle';

create table wb.shelf (
  id bigint generated always as identity primary key,
  bay_id bigint not null references wb.bay on delete restrict,
  code text not null,
  z_mm integer not null default 0,
  constraint shelf_code_key unique (bay_id, code)
);
comment on table wb.shelf is 'one level of a bay';

create table wb.bin (
  id bigint generated always as identity primary key,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  shelf_id bigint references wb.shelf on delete restrict,
  code text not null,
  kind text not null default 'pick'
    check (kind in ('pick', 'reserve', 'receiving', 'packing', 'shipping', 'returns', 'quarantine', 'damaged')),
  sellable boolean not null generated always as (kind in ('pick', 'reserve')) stored,
  x_mm integer not null default 0,
  y_mm integer not null default 0,
  z_mm integer not null default 0,
  walk integer not null default 0,
  check_digits text,
  constraint bin_code_key unique (warehouse_id, code)
);
comment on table wb.bin is 'the place with a label where pieces lie; coordinates in mm from the warehouse''s corner';
comment on column wb.bin.walk is 'order in which a picker passes the bins';
create index bin_shelf_idx on wb.bin (shelf_id);

create table wb.station (
  id bigint generated always as identity primary key,
  code text not null constraint station_code_key unique,
  name text not null,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  kind text not null default 'packing' check (kind in ('packing', 'picking', 'sorting', 'receiving', 'returns', 'office')),
  profile jsonb not null default '{}',
  active boolean not null default true,
  version integer not null default 1
);
comment on table wb.station is 'a bench; its profile says which devices and documents go where, so any machine can become it';
create index station_warehouse_idx on wb.station (warehouse_id);

create table wb.device (
  id bigint generated always as identity primary key,
  station_id bigint not null references wb.station on delete cascade,
  kind text not null check (kind in ('scanner', 'scale', 'printer', 'nfc', 'camera', 'voice', 'display')),
  name text not null,
  address text not null default '',
  options jsonb not null default '{}',
  constraint device_name_key unique (station_id, kind, name)
);
comment on table wb.device is 'what hangs at a station';

-- ── Stock ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.stock_total (
  sku_id bigint not null references wb.sku on delete restrict,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  on_hand bigint not null default 0 constraint stock_total_not_negative check (on_hand >= 0),
  reserved bigint not null default 0 constraint stock_total_reserved_not_negative check (reserved >= 0),
  primary key (sku_id, warehouse_id),
  constraint stock_total_not_oversold check (reserved <= on_hand)
);
comment on table wb.stock_total is 'sellable pieces of a SKU in a warehouse and how many of them are promised to orders';
create index stock_total_warehouse_idx on wb.stock_total (warehouse_id);

create table wb.stock_level (
  bin_id bigint not null references wb.bin on delete restrict,
  sku_id bigint not null references wb.sku on delete restrict,
  lot_id bigint references wb.lot on delete restrict,
  quantity bigint not null constraint stock_level_not_negative check (quantity >= 0),
  constraint stock_level_key unique nulls not distinct (sku_id, bin_id, lot_id)
);
comment on table wb.stock_level is 'pieces by bin and lot; always the sum of the moves';
create index stock_level_bin_idx on wb.stock_level (bin_id);
create index stock_level_lot_idx on wb.stock_level (lot_id) where lot_id is not null;

create table wb.stock_move (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  act_id uuid,
  kind text not null
    check (kind in ('receive', 'transfer', 'ship', 'return', 'count', 'damage', 'adjust', 'consume', 'undo')),
  sku_id bigint not null,
  lot_id bigint,
  serial_id bigint,
  from_bin_id bigint,
  to_bin_id bigint,
  quantity integer not null check (quantity > 0),
  order_line_id bigint,
  job_id bigint,
  actor text not null default session_user,
  reason text not null default '',
  primary key (id, at),
  check (from_bin_id is not null or to_bin_id is not null),
  check (from_bin_id is distinct from to_bin_id)
) partition by range (at);
comment on table wb.stock_move is 'the ledger: pieces from a bin (null: from outside) to a bin (null: out of the house); append only';
create index stock_move_sku_idx on wb.stock_move (sku_id, id);
create index stock_move_line_idx on wb.stock_move (order_line_id) where order_line_id is not null;
create index stock_move_act_idx on wb.stock_move (act_id) where act_id is not null;
select wb.add_partitions('wb.stock_move', current_date, 13);

-- Levels and totals follow the ledger in the same transaction. Rows are taken in key order, so that two writers
-- never wait for each other in a circle; a level or total that would go below zero fails the whole act.
create function wb.apply_moves () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  d record;
begin
  for d in
    select m.sku_id, m.bin_id, m.lot_id, sum(m.quantity) as quantity
      from (select sku_id, from_bin_id as bin_id, lot_id, -quantity as quantity from moved where from_bin_id is not null
            union all
            select sku_id, to_bin_id, lot_id, quantity from moved where to_bin_id is not null) m
     group by 1, 2, 3 having sum(m.quantity) <> 0
     order by 1, 2, 3
  loop
    if d.quantity > 0 then
      insert into stock_level as l (bin_id, sku_id, lot_id, quantity) values (d.bin_id, d.sku_id, d.lot_id, d.quantity)
        on conflict on constraint stock_level_key do update set quantity = l.quantity + excluded.quantity;
    else
      update stock_level l set quantity = l.quantity + d.quantity
        where l.sku_id = d.sku_id and l.bin_id = d.bin_id and l.lot_id is not distinct from d.lot_id;
      if not found then
        raise check_violation using constraint = 'stock_level_not_negative',
          message = format('there is no stock of SKU %s in bin %s', (select code from sku where id = d.sku_id),
                           (select code from bin where id = d.bin_id));
      end if;
    end if;
  end loop;
  for d in
    select m.sku_id, b.warehouse_id, sum(m.quantity) as quantity
      from (select sku_id, from_bin_id as bin_id, -quantity as quantity from moved where from_bin_id is not null
            union all
            select sku_id, to_bin_id, quantity from moved where to_bin_id is not null) m
      join bin b on b.id = m.bin_id
     where b.sellable
     group by 1, 2 having sum(m.quantity) <> 0
     order by 1, 2
  loop
    if d.quantity > 0 then
      insert into stock_total as t (sku_id, warehouse_id, on_hand) values (d.sku_id, d.warehouse_id, d.quantity)
        on conflict (sku_id, warehouse_id) do update set on_hand = t.on_hand + excluded.on_hand;
    else
      perform wb.release_excess(d.sku_id, d.warehouse_id, -d.quantity);
      update stock_total t set on_hand = t.on_hand + d.quantity
        where t.sku_id = d.sku_id and t.warehouse_id = d.warehouse_id;
    end if;
  end loop;
  return null;
end $$;
comment on function wb.apply_moves is 'trigger: keeps stock_level and stock_total equal to the ledger';

create trigger apply_moves after insert on wb.stock_move referencing new table as moved
  for each statement execute function wb.apply_moves ();

create function wb.ledger_is_final () returns trigger
  language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '% is append only: write another row instead', tg_table_name using errcode = 'WB004';
end $$;
comment on function wb.ledger_is_final is 'trigger: refuses changes of append-only tables';
create trigger ledger_is_final before update or delete on wb.stock_move
  for each row execute function wb.ledger_is_final ();

-- SKU sums over all warehouses, for the product list.
create function wb.sum_stock () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  update sku s set on_hand = t.on_hand, reserved = t.reserved
    from (select st.sku_id, sum(st.on_hand) as on_hand, sum(st.reserved) as reserved
            from stock_total st where st.sku_id in (select sku_id from changed) group by 1) t
   where s.id = t.sku_id and (s.on_hand, s.reserved) is distinct from (t.on_hand, t.reserved);
  return null;
end $$;
comment on function wb.sum_stock is 'trigger: keeps the sums stored with the SKU';
create trigger sum_insert after insert on wb.stock_total referencing new table as changed
  for each statement execute function wb.sum_stock ();
create trigger sum_update after update on wb.stock_total referencing new table as changed
  for each statement execute function wb.sum_stock ();

select audit.watch('wb.warehouse'), wb.count_versions('wb.warehouse'), wb.tell_about('wb.warehouse', 'warehouse', 'id');
select audit.watch('wb.station'), wb.count_versions('wb.station'), wb.tell_about('wb.station', 'station', 'id');
