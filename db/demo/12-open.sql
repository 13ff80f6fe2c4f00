-- Open orders: what keeps them, who minds them; then wb.refresh_orders() says where they stand.
set local search_path = wb, public;

insert into hold (order_id, reason_code, note, owner_id, placed_at, placed_by, due_at)
  select o.n, h.reason, demo.one(o.n, 501, h.notes), s.id, least(o.placed_at + interval '1 hour' * (0.2 + 6 * demo.r(o.n, 502)), demo.now() - interval '5 minutes'), coalesce(h.by, s.login),
         case when demo.r(o.n, 503) < 0.6 then date_trunc('hour', demo.now()) + interval '1 hour' * (demo.i(o.n, 504, 96) - 20) end
    from demo.o o join (values
      ('hold_address', 'address', demo.list('No house number; Postcode does not belong to the city; Carrier says: unknown at this address; Parcel came back, asked the customer'), 'grace.okafor', null),
      ('hold_payment', 'payment', demo.list('Card declined twice, wrote to the customer; Bank refused, customer will try another card'), 'priya.nair', null),
      ('hold_fraud', 'fraud', demo.list('Three cards tried from one address; Ship-to differs and the e-mail is a day old; Same card as a disputed order'), 'helen.marsh', 'nightshift'),
      ('hold_review', 'review', demo.list('First order above 400; Unusual quantity of one item; Asked to change the address after paying'), 'helen.marsh', 'nightshift'),
      ('hold_customer', 'customer', demo.list('On holiday until Monday; Wants to add something; Asked to ship together with the next order'), 'claire.dubois', null),
      ('hold_stock', 'stock', demo.list('Supplier late, new date asked; Offered another colour, waiting for the answer'), 'tom.ashworth', null),
      ('hold_credit', 'credit', demo.list('Over the limit by two invoices; Last invoice 20 days late'), 'priya.nair', null),
      ('hold_damaged', 'damaged', demo.list('Last piece chipped while packing; Bottle leaked into the box'), 'joost.vermeer', 'ewa.nowak'),
      ('hold_other', 'other', demo.list('Collected in person on Friday; Waiting for customs number'), 'helen.marsh', null)) h (fate, reason, notes, owner, by) on h.fate = o.fate
    join staff s on s.login = h.owner order by o.n;
-- Some that were held once and went on.
insert into hold (order_id, reason_code, note, owner_id, placed_at, placed_by, released_at, released_by)
  select o.n, h.reason, h.note, s.id, o.placed_at + interval '20 minutes', h.owner, o.placed_at + interval '20 minutes' + least(interval '5 hours', (o.ship_at - o.placed_at - interval '40 minutes')) * demo.r(o.n, 505), h.owner
    from demo.o o join (values (0, 'review', 'First order above 400', 'helen.marsh'), (1, 'address', 'House number was missing', 'grace.okafor'), (2, 'customer', 'Added a card to the order', 'claire.dubois')) h (nr, reason, note, owner)
      on h.nr = o.n % 3
    join staff s on s.login = h.owner
   where o.fate in ('delivered', 'shipped') and demo.r(o.n, 506) < 0.012 and o.ship_at > o.placed_at + interval '1 hour' order by o.n;
update sales_order s set production_at = least(o.placed_at + interval '1 hour' * (2 + 20 * demo.r(o.n, 511)), demo.now() - interval '10 minutes') from demo.o o where o.n = s.id and o.fate = 'production';
insert into order_note (order_id, kind, body, at_step, created_at, created_by)
  select o.n, 'instruction', i.body, i.step, o.placed_at, 'webshop'
    from demo.o o join (values (0, 'Customer is allergic to nuts: check that no sample goes in.', 'pack'), (1, 'Check each cup for hairline cracks, the last two were replaced.', 'verify'),
      (2, 'Use the double-wall box: last parcel arrived crushed.', 'pack'), (3, 'Write the purchase order on the label.', 'label'), (4, 'Gift: no invoice and no prices in the box.', 'pack'),
      (5, 'Engraving must read "M & J 1976": compare before packing.', 'review')) i (nr, body, step)
      on i.nr = case when o.fate = 'production' then 5 when o.gift then 4 else o.n % 4 end
   where o.fate in ('instructions', 'production') or (o.fate in ('open', 'rush') and demo.r(o.n, 512) < 0.06) order by o.n;
update sales_order s set assigned_to = t.id
  from demo.o o, staff t where o.n = s.id and s.status = 'pending' and demo.r(o.n, 513) < case when o.fate = 'open' then 0.06 else 0.4 end
   and t.login = (array['priya.nair', 'tom.ashworth', 'lotte.brandt', 'grace.okafor', 'matteo.ricci', 'claire.dubois'])[1 + demo.i(o.n, 514, 6)];

-- A part has left, the rest waits.
insert into shipment (id, number, order_id, warehouse_id, service_id, status, created_at, shipped_at)
  overriding system value
  select demo.orders() + row_number() over (order by o.n), 'S' || lpad((demo.orders() + row_number() over (order by o.n))::text, 8, '0'), o.n, o.warehouse_id, o.service_id, 'shipped',
         least(o.placed_at + interval '26 hours', demo.now() - interval '40 minutes') - interval '9 minutes', least(o.placed_at + interval '26 hours', demo.now() - interval '40 minutes')
    from demo.o o where o.fate = 'partial' order by o.n;
with p as (
  insert into parcel (id, shipment_id, position, box_id, sscc, tracking, weight_g, expected_weight_g)
    overriding system value
    select x.id, x.shipment_id, 1, (select id from box where code = 'B4'), demo.sscc(x.id), v.tracking_prefix || substr(demo.sscc(x.id), 8, 11) || w.country, x.weight + 310, x.weight + 305
      from (select s.id as shipment_id, s.service_id, s.warehouse_id, (select max(id) from parcel) + row_number() over (order by s.id) as id,
                   (select least(sum(l.shipped_qty * l.weight_g), 29000)::integer from order_line l where l.order_id = s.order_id) as weight
              from shipment s where s.id > demo.orders()) x
      join carrier_service v on v.id = x.service_id join warehouse w on w.id = x.warehouse_id order by x.id
    returning id, shipment_id
), i as (
  insert into parcel_item (parcel_id, line_id, quantity)
    select p.id, l.id, l.shipped_qty from p join shipment s on s.id = p.shipment_id join order_line l on l.order_id = s.order_id and l.shipped_qty > 0 order by l.id
), e as (
  insert into tracking_event (parcel_id, at, code, body, place)
    select p.id, s.shipped_at, 'labelled', '', w.city from p join shipment s on s.id = p.shipment_id join warehouse w on w.id = s.warehouse_id
)
insert into label (parcel_id, service_id, price_minor, currency, created_at, created_by)
  select p.id, s.service_id, 695, 'GBP', s.created_at, demo.packer(s.order_id, s.warehouse_id) from p join shipment s on s.id = p.shipment_id;

-- ── Work that is done ──────────────────────────────────────────────────────────────────────────────────────────────
insert into job (order_id, warehouse_id, state, priority, ship_by, station_id, staff, claimed_at, seen_at, finished_at, shipment_id, created_at)
  select s.order_id, s.warehouse_id, 'done', o.priority, o.ship_by, demo.bench(o.id, o.warehouse_id), demo.packer(o.id, o.warehouse_id), s.shipped_at - interval '1 minute' * (12 + 14 * demo.r(o.id, 381)),
         s.shipped_at, s.shipped_at, s.id, o.placed_at + interval '3 minutes'
    from shipment s join sales_order o on o.id = s.order_id where s.shipped_at > demo.now() - interval '60 days' order by s.shipped_at, s.id;
insert into print (label_id, order_id, document_id, title, station_id, printer, at, actor, copy, reason)
  select l.id, j.order_id, 'label-' || l.id || '-' || n, p.tracking, j.station_id, 'labels-' || t.code, l.created_at + interval '20 seconds' * (1 + n), j.staff, n + 1, case n when 1 then 'It is torn or smudged' else '' end
    from job j join station t on t.id = j.station_id join parcel p on p.shipment_id = j.shipment_id join label l on l.parcel_id = p.id cross join generate_series(0, 1) n
   where j.state = 'done' and (n = 0 or demo.r(l.id, 521) < 0.02) order by l.created_at, l.id, n;

-- ── Where they stand ───────────────────────────────────────────────────────────────────────────────────────────────
create table demo.open as select id, row_number() over (order by id) as nr from sales_order where status = 'pending';
analyze sales_order, order_line, order_charge, order_tax, payment, order_note, hold, shipment, parcel, job;
do $$
begin
  for i in 0 .. (select count(*) / 500 from demo.open) loop
    perform refresh_orders(array(select id from demo.open where nr > i * 500 and nr <= (i + 1) * 500));
  end loop;
end $$;
