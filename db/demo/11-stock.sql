-- Stock by the ledger. Sixty days of it stand line by line; what was before is in the opening balance of each bin.
set local search_path = wb, public;
analyze sales_order, order_line, order_address, payment;

-- Every kind of goods has its bin in each house, next to its relatives.
create table demo.bin as
  with s as (
    select id as sku_id, case when path like 'Tea >%' or path like 'Food%' then 'T' when 'fragile' = any (handling) then 'F' else 'A' end as zone,
           row_number() over (partition by case when path like 'Tea >%' or path like 'Food%' then 'T' when 'fragile' = any (handling) then 'F' else 'A' end order by id) as nr
      from demo.sku where flags <> 'made'
  ), b as (
    select b.id, b.warehouse_id, z.code as zone, row_number() over (partition by b.warehouse_id, z.code order by b.walk) as nr,
           count(*) over (partition by b.warehouse_id, z.code) as bins
      from bin b join shelf h on h.id = b.shelf_id join bay y on y.id = h.bay_id join aisle a on a.id = y.aisle_id join zone z on z.id = a.zone_id where b.kind = 'pick'
  )
  select s.sku_id, b.warehouse_id, b.id as bin_id, row_number() over (partition by b.warehouse_id order by p.rank) as busy
    from s join demo.pop p on p.sku_id = s.sku_id join b on b.zone = s.zone and b.nr = 1 + (s.nr - 1) % b.bins;

create table demo.shipped as
  select l.id as line_id, l.sku_id, o.warehouse_id, l.shipped_qty as quantity, o.id as order_id, d.ship_at
    from sales_order o join demo.o d on d.n = o.id join order_line l on l.order_id = o.id join demo.bin b on b.sku_id = l.sku_id and b.warehouse_id = o.warehouse_id
   where d.ship_at > demo.now() - interval '60 days' and l.shipped_qty > 0 and d.fate <> 'partial';
create table demo.wanted as
  select l.id as line_id, l.sku_id, o.warehouse_id, l.quantity - l.shipped_qty as quantity, o.id as order_id, o.priority, o.placed_at,
         o.payment_status in ('paid', 'authorised') or o.accepted_at is not null as payable
    from sales_order o join order_line l on l.order_id = o.id join demo.bin b on b.sku_id = l.sku_id and b.warehouse_id = o.warehouse_id
   where o.status = 'pending' and l.quantity > l.shipped_qty;
insert into demo.shipped
  select l.id, l.sku_id, o.warehouse_id, l.shipped_qty, o.id, least(o.placed_at + interval '26 hours', demo.now() - interval '40 minutes')
    from sales_order o join demo.o d on d.n = o.id join order_line l on l.order_id = o.id join demo.bin b on b.sku_id = l.sku_id and b.warehouse_id = o.warehouse_id where d.fate = 'partial' and l.shipped_qty > 0;

-- What lies there at the end: enough for all that is ordered and some weeks more; of the short ones next to nothing.
create table demo.stock as
  select b.sku_id, b.warehouse_id, b.bin_id, b.busy, coalesce(s.quantity, 0) as shipped, (b.sku_id % 40 = 3)::integer * 2 as damaged,
         case when exists (select from demo.short x where x.sku_id = b.sku_id) then demo.i(b.sku_id * 4 + b.warehouse_id, 401, 3)
              else coalesce(w.quantity, 0) + k.case_of * (1 + floor(5 * demo.r(b.sku_id * 4 + b.warehouse_id, 402) ^ 2)::integer)
                   + case when k.flags in ('loose', 'serial') then 0 else 3 end + (coalesce(s.quantity, 0) * demo.r(b.sku_id * 4 + b.warehouse_id, 403))::integer end as left_over
    from demo.bin b join demo.sku k on k.id = b.sku_id
    left join (select sku_id, warehouse_id, sum(quantity)::integer as quantity from demo.shipped group by 1, 2) s on s.sku_id = b.sku_id and s.warehouse_id = b.warehouse_id
    left join (select sku_id, warehouse_id, sum(quantity)::integer as quantity from demo.wanted where payable group by 1, 2) w on w.sku_id = b.sku_id and w.warehouse_id = b.warehouse_id;

insert into stock_move (at, kind, sku_id, lot_id, to_bin_id, quantity, actor, reason)
  select demo.now() - interval '62 days', 'receive', s.sku_id, (select min(l.id) from lot l where l.sku_id = s.sku_id), s.bin_id,
         s.shipped + s.damaged + s.left_over / 2, 'nightshift', 'opening stock'
    from demo.stock s where s.shipped + s.damaged + s.left_over / 2 > 0 order by s.sku_id, s.warehouse_id;
-- Later deliveries; of what sells well a part stands in the bulk racks.
insert into stock_move (at, kind, sku_id, lot_id, to_bin_id, quantity, actor, reason)
  select demo.now() - interval '1 day' * (2 + 45 * demo.r(s.sku_id * 4 + s.warehouse_id, 404)), 'receive', s.sku_id, (select max(l.id) from lot l where l.sku_id = s.sku_id),
         coalesce(r.id, s.bin_id), s.left_over - s.left_over / 2, demo.packer(s.sku_id, s.warehouse_id), 'PO-' || (7000 + s.sku_id % 61)
    from demo.stock s
    left join (select id, warehouse_id, row_number() over (partition by warehouse_id order by walk) as nr from bin where kind = 'reserve') r
      on r.warehouse_id = s.warehouse_id and r.nr = s.busy and s.left_over > 24
   where s.left_over - s.left_over / 2 > 0 order by 1;
insert into stock_move (at, kind, sku_id, lot_id, from_bin_id, quantity, order_line_id, actor)
  select m.ship_at, 'ship', m.sku_id, f.lot_id, s.bin_id, m.quantity, m.line_id, demo.packer(m.order_id, m.warehouse_id)
    from demo.shipped m join demo.stock s on s.sku_id = m.sku_id and s.warehouse_id = m.warehouse_id
    left join (select sku_id, min(id) as lot_id from lot group by 1) f on f.sku_id = m.sku_id order by m.ship_at, m.line_id;
insert into stock_move (at, kind, sku_id, lot_id, from_bin_id, to_bin_id, quantity, actor, reason)
  select demo.now() - interval '1 day' * (1 + 40 * demo.r(s.sku_id, 405)), 'damage', s.sku_id, (select min(l.id) from lot l where l.sku_id = s.sku_id), s.bin_id, b.id, s.damaged,
         demo.packer(s.sku_id, s.warehouse_id), demo.one(s.sku_id, 406, demo.list('dropped; crushed in delivery; chipped; lid missing'))
    from demo.stock s join bin b on b.warehouse_id = s.warehouse_id and b.kind = 'damaged' where s.damaged > 0 order by 1;
insert into stock_move (at, kind, sku_id, to_bin_id, quantity, order_line_id, actor, reason)
  select least(r.requested_at + interval '4 days', demo.now()), 'return', l.sku_id, b.id, l.received_qty, l.line_id, 'sinead.byrne', r.reason
    from rma r join rma_line l on l.rma_id = r.id join sales_order o on o.id = r.order_id join bin b on b.warehouse_id = o.warehouse_id and b.kind = 'returns'
   where l.received_qty > 0 and l.sku_id is not null and r.requested_at > demo.now() - interval '55 days' and l.disposition is distinct from 'scrap' order by 1;

insert into serial_number (sku_id, code)
  select s.sku_id, 'SN' || (2400000 + s.sku_id * 100 + n + 50 * (s.warehouse_id % 2)) from (select sku_id, warehouse_id, least(sum(left_over), 45)::integer as pieces from demo.stock group by 1, 2) s
    join demo.sku k on k.id = s.sku_id and k.flags = 'serial' cross join lateral generate_series(1, s.pieces) n order by 1, 2;

-- ── Promises ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- As wb.reserve_orders() gives them: the urgent first, then the older; what is not there is not promised.
insert into reservation (line_id, sku_id, warehouse_id, quantity, at)
  select line_id, sku_id, warehouse_id, least(quantity, greatest(on_hand - (upto - quantity), 0)), placed_at + interval '3 minutes'
    from (select w.*, t.on_hand, sum(w.quantity) over (partition by w.sku_id, w.warehouse_id order by w.priority desc, w.placed_at, w.line_id) as upto
            from demo.wanted w join stock_total t on t.sku_id = w.sku_id and t.warehouse_id = w.warehouse_id where w.payable) x
   where on_hand > upto - quantity order by line_id;
update order_line l set reserved_qty = r.quantity from reservation r where r.line_id = l.id;
update stock_total t set reserved = r.quantity from (select sku_id, warehouse_id, sum(quantity) as quantity from reservation group by 1, 2) r
 where r.sku_id = t.sku_id and r.warehouse_id = t.warehouse_id;
update sku s set on_hand = t.on_hand, reserved = t.reserved from (select sku_id, sum(on_hand) as on_hand, sum(reserved) as reserved from stock_total group by 1) t where t.sku_id = s.id;
