-- Acts on stock. The ledger's trigger keeps levels and totals; these decide what goes into it.
set local role wb_owner;

-- Levels and totals follow the ledger in the same transaction, under the lock of each SKU; a level or total that would go below
-- zero fails the whole act.
create or replace function wb.apply_moves () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  d record;
begin
  perform wb.lock_skus(array(select distinct sku_id from moved));
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

create or replace function wb.find_bin (warehouse text, bin text) returns wb.bin
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  b wb.bin;
begin
  select x.* into b from wb.bin x join wb.warehouse w on w.id = x.warehouse_id
    where w.code = find_bin.warehouse and x.code = find_bin.bin;
  if not found then
    perform wb.not_found('bin', warehouse || '/' || bin);
  end if;
  return b;
end $$;
comment on function wb.find_bin is 'a bin by its warehouse''s and its own code';

create or replace function wb.lock_sku (code text) returns wb.sku
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  s wb.sku;
begin
  select * into s from wb.sku k where k.code = lock_sku.code for no key update;
  if not found then
    perform wb.not_found('SKU', code);
  end if;
  return s;
end $$;
comment on function wb.lock_sku is 'a SKU by its code, its stock locked';

create or replace function api.stock_receive (act uuid, warehouse text, bin text, sku text, quantity integer,
                                              lot text default null, expires_on date default null, reason text default '')
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  b wb.bin;
  s wb.sku;
  lot_row bigint;
begin
  perform wb.require('wb_packer', 'wb_worker');
  done := wb.begin_act(act, 'stock_receive', reason, false);
  if done is not null then
    return done;
  end if;
  b := wb.find_bin(warehouse, bin);
  s := wb.lock_sku(sku);
  if quantity <= 0 then
    perform wb.refuse('a receipt needs at least one piece', 'quantity');
  end if;
  if s.track_lot and coalesce(lot, '') = '' then
    perform wb.refuse(format('SKU %s is followed by lot: say which', s.code), 'lot');
  end if;
  if coalesce(lot, '') <> '' then
    insert into wb.lot as l (sku_id, code, expires_on) values (s.id, stock_receive.lot, stock_receive.expires_on)
      on conflict on constraint lot_code_key do update set expires_on = coalesce(l.expires_on, excluded.expires_on)
      returning id into lot_row;
  end if;
  insert into stock_move (act_id, kind, sku_id, lot_id, to_bin_id, quantity, reason)
    values (act, 'receive', s.id, lot_row, b.id, stock_receive.quantity, coalesce(stock_receive.reason, ''));
  if b.sellable then
    perform wb.reserve_waiting(s.id, b.warehouse_id);
  end if;
  return wb.end_act(act, '{}');
end $$;
comment on function api.stock_receive is 'pieces come into the house; orders that wait for them get them';

create or replace function api.stock_count (act uuid, warehouse text, bin text, sku text, counted integer,
                                            lot text default null, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  b wb.bin;
  s wb.sku;
  lot_row bigint;
  there bigint;
begin
  perform wb.require('wb_packer', 'wb_manager');
  done := wb.begin_act(act, 'stock_count', reason, false);
  if done is not null then
    return done;
  end if;
  b := wb.find_bin(warehouse, bin);
  s := wb.lock_sku(sku);
  if counted < 0 then
    perform wb.refuse('nobody can count less than nothing', 'counted');
  end if;
  select id into lot_row from wb.lot l where l.sku_id = s.id and l.code = stock_count.lot;
  select quantity into there from stock_level l
    where l.bin_id = b.id and l.sku_id = s.id and l.lot_id is not distinct from lot_row;
  there := coalesce(there, 0);
  if counted > there then
    insert into stock_move (act_id, kind, sku_id, lot_id, to_bin_id, quantity, reason)
      values (act, 'count', s.id, lot_row, b.id, counted - there, coalesce(stock_count.reason, ''));
    if b.sellable then
      perform wb.reserve_waiting(s.id, b.warehouse_id);
    end if;
  elsif counted < there then
    insert into stock_move (act_id, kind, sku_id, lot_id, from_bin_id, quantity, reason)
      values (act, 'count', s.id, lot_row, b.id, there - counted, coalesce(stock_count.reason, ''));
  end if;
  return wb.end_act(act, jsonb_build_object('before', there, 'difference', counted - there));
end $$;
comment on function api.stock_count is 'somebody counted a bin: the difference becomes a move';

create or replace function api.stock_transfer (act uuid, warehouse text, from_bin text, to_bin text, sku text,
                                               quantity integer, lot text default null, reason text default '')
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  f wb.bin;
  t wb.bin;
  s wb.sku;
  lot_row bigint;
begin
  perform wb.require('wb_packer', 'wb_manager');
  done := wb.begin_act(act, 'stock_transfer', reason, false);
  if done is not null then
    return done;
  end if;
  f := wb.find_bin(warehouse, from_bin);
  t := wb.find_bin(warehouse, to_bin);
  s := wb.lock_sku(sku);
  select id into lot_row from wb.lot l where l.sku_id = s.id and l.code = stock_transfer.lot;
  insert into stock_move (act_id, kind, sku_id, lot_id, from_bin_id, to_bin_id, quantity, reason)
    values (act, case t.kind when 'damaged' then 'damage' else 'transfer' end, s.id, lot_row, f.id, t.id,
            stock_transfer.quantity, coalesce(stock_transfer.reason, ''));
  if t.sellable and not f.sellable then
    perform wb.reserve_waiting(s.id, t.warehouse_id);
  end if;
  return wb.end_act(act, '{}');
end $$;
comment on function api.stock_transfer is 'pieces go from one bin to another';

-- Two numbers that must always agree, for the doctor and the tests.
create or replace function api.stock_check () returns table (sku text, place text, ledger bigint, level bigint)
  language sql stable security definer set search_path = wb, pg_temp
as $$
  with m as (
    select sku_id, bin_id, lot_id, sum(q) as q from (
      select sku_id, to_bin_id as bin_id, lot_id, quantity::bigint as q from stock_move where to_bin_id is not null
      union all
      select sku_id, from_bin_id, lot_id, -quantity from stock_move where from_bin_id is not null) x group by 1, 2, 3
  )
  select s.code, b.code, coalesce(m.q, 0), coalesce(l.quantity, 0)
    from m full join stock_level l on l.sku_id = m.sku_id and l.bin_id = m.bin_id and l.lot_id is not distinct from m.lot_id
    join sku s on s.id = coalesce(m.sku_id, l.sku_id) join bin b on b.id = coalesce(m.bin_id, l.bin_id)
   where coalesce(m.q, 0) <> coalesce(l.quantity, 0)
  union all
  select s.code, 'total ' || w.code, coalesce(x.q, 0), t.on_hand
    from stock_total t join sku s on s.id = t.sku_id join warehouse w on w.id = t.warehouse_id
    left join (select l.sku_id, b.warehouse_id, sum(l.quantity)::bigint as q from stock_level l join bin b on b.id = l.bin_id
                where b.sellable group by 1, 2) x on x.sku_id = t.sku_id and x.warehouse_id = t.warehouse_id
   where coalesce(x.q, 0) <> t.on_hand
  union all
  select s.code, 'promised ' || w.code, coalesce(r.q, 0), t.reserved
    from stock_total t join sku s on s.id = t.sku_id join warehouse w on w.id = t.warehouse_id
    left join (select sku_id, warehouse_id, sum(quantity)::bigint as q from reservation group by 1, 2) r
      on r.sku_id = t.sku_id and r.warehouse_id = t.warehouse_id
   where coalesce(r.q, 0) <> t.reserved
$$;
comment on function api.stock_check is 'where ledger, levels, totals and promises disagree: always empty';
