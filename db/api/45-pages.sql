-- Pages: everything about one thing in one round trip, as JSON.
set local role wb_owner;

create or replace function api.order_page (order_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  page jsonb;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_analyst', 'wb_gateway', 'wb_worker');
  select jsonb_build_object(
    'order', to_jsonb(o) - 'content_hash' - 'search' - 'customer_sort'
      || jsonb_build_object('minor_digits', wb.minor_digits(o.currency), 'channel', ch.name,
                            'warehouse', w.name, 'timezone', coalesce(w.timezone, ch.timezone),
                            'service', v.name, 'carrier', ca.name, 'assigned_name', st.display_name,
                            'stage_name', sg.name),
    'customer', (select jsonb_build_object('id', k.id, 'number', k.number, 'name', k.name, 'company', k.company,
                          'email', k.email, 'phone', k.phone, 'segment', k.segment, 'status', k.status,
                          'orders_count', k.orders_count, 'spent_minor', k.spent_minor, 'currency', k.currency,
                          'minor_digits', wb.minor_digits(k.currency), 'language', k.language,
                          'last_order_at', nullif(k.last_order_at, '-infinity'), 'note', k.note)
                   from customer k where k.id = o.customer_id),
    'addresses', (select coalesce(jsonb_object_agg(a.usage, to_jsonb(a) - 'order_id'), '{}') from order_address a
                   where a.order_id = o.id),
    'lines', (select coalesce(jsonb_agg(to_jsonb(l) - 'order_id' - 'external_id'
                       || jsonb_build_object('unit_price', trim_scale(l.unit_price)::text, 'on_hand', s.on_hand,
                                             'available', s.available, 'stocked', coalesce(s.stocked, false))
                       order by l.position), '[]')
                from order_line l left join sku s on s.id = l.sku_id where l.order_id = o.id),
    'charges', (select coalesce(jsonb_agg(to_jsonb(c) - 'order_id' order by c.id), '[]') from order_charge c
                 where c.order_id = o.id),
    'taxes', (select coalesce(jsonb_agg(t order by t.name, t.rate), '[]') from
                (select name, jurisdiction, trim_scale(rate)::text as rate, sum(amount_minor) as amount_minor from order_tax x
                  where x.order_id = o.id group by 1, 2, 3) t),
    'payments', (select coalesce(jsonb_agg(to_jsonb(p) - 'order_id' - 'act_id' order by p.at, p.id), '[]') from payment p
                  where p.order_id = o.id),
    'holds', (select coalesce(jsonb_agg(to_jsonb(h) - 'order_id'
                       || jsonb_build_object('reason', r.name, 'owner', hs.display_name, 'placed_by',
                                             coalesce((select pb.display_name from staff pb where pb.login = h.placed_by),
                                                      h.placed_by)) order by h.placed_at desc), '[]')
                from hold h join hold_reason r on r.code = h.reason_code left join staff hs on hs.id = h.owner_id
               where h.order_id = o.id),
    'notes', (select coalesce(jsonb_agg(to_jsonb(n) - 'order_id' - 'deleted_at'
                       || jsonb_build_object('created_by', coalesce((select nb.display_name from staff nb
                                                                     where nb.login = n.created_by), n.created_by)) order by n.created_at desc, n.id desc), '[]')
                from order_note n where n.order_id = o.id and n.deleted_at is null),
    'shipments', (select coalesce(jsonb_agg(to_jsonb(sh) - 'order_id' || jsonb_build_object('service', sv.name,
                         'carrier', sc.name, 'tracking_url', sc.tracking_url, 'warehouse', sw.name,
                         'parcels', (select coalesce(jsonb_agg(to_jsonb(pa) - 'shipment_id' || jsonb_build_object(
                             'box', b.name,
                             'items', (select coalesce(jsonb_agg(jsonb_build_object('sku_code', il.sku_code, 'name', il.name,
                                              'quantity', i.quantity) order by il.position), '[]')
                                         from parcel_item i join order_line il on il.id = i.line_id
                                        where i.parcel_id = pa.id),
                             'events', (select coalesce(jsonb_agg(to_jsonb(e) - 'parcel_id' - 'id' order by e.at desc), '[]')
                                          from tracking_event e where e.parcel_id = pa.id)) order by pa.position), '[]')
                           from parcel pa left join box b on b.id = pa.box_id where pa.shipment_id = sh.id),
                         'unscanned', (select coalesce(jsonb_agg(u), '[]') from job uj, jsonb_array_elements(wb.job_unscanned(uj.id)) u
                                        where uj.shipment_id = sh.id))
                       order by sh.id), '[]')
                    from shipment sh left join carrier_service sv on sv.id = sh.service_id
                    left join carrier sc on sc.id = sv.carrier_id left join warehouse sw on sw.id = sh.warehouse_id
                   where sh.order_id = o.id),
    'returns', (select coalesce(jsonb_agg(to_jsonb(r) - 'content_hash' || jsonb_build_object('lines',
                       (select coalesce(jsonb_agg(to_jsonb(rl) - 'rma_id' order by rl.position), '[]') from rma_line rl
                         where rl.rma_id = r.id)) order by r.id), '[]')
                  from rma r where r.order_id = o.id),
    'files', wb.order_attachments(o.id),
    'job', (select jsonb_build_object('id', j.id, 'state', j.state, 'station', jst.name,
                     'staff', coalesce((select jf.display_name from staff jf where jf.login = j.staff), j.staff), 'claimed_at', j.claimed_at)
              from job j left join station jst on jst.id = j.station_id
             where j.order_id = o.id and j.state in ('open', 'claimed', 'aside')),
    'passages', (select coalesce(jsonb_agg(jsonb_build_object('from', p.from_stage, 'to', p.to_stage, 'at', p.at,
                          'actor', coalesce((select pf.display_name from staff pf where pf.login = p.actor), p.actor)) order by p.at, p.id), '[]')
                   from stage_passage p where p.order_id = o.id),
    'transitions', (select coalesce(jsonb_agg(t.to_stage order by g.position), '[]') from stage_transition t
                      join stage g on g.code = t.to_stage where t.from_stage = o.stage and t.by_hand))
    into page
    from sales_order o join sales_channel ch on ch.id = o.channel_id left join warehouse w on w.id = o.warehouse_id
    join stage sg on sg.code = o.stage
    left join carrier_service v on v.id = o.service_id left join carrier ca on ca.id = v.carrier_id
    left join staff st on st.id = o.assigned_to
   where o.id = order_page.order_id;
  if page is null then
    perform wb.not_found('order', order_page.order_id::text);
  end if;
  return page;
end $$;
comment on function api.order_page is 'an order with all that belongs to it';

create or replace function wb.name_people (fields jsonb) returns jsonb
  language sql stable set search_path = wb, pg_temp
as $$
  select case when s.login is null then fields else fields || jsonb_build_object('acknowledged_by', s.display_name) end
    from (values (1)) one left join staff s on s.login = fields ->> 'acknowledged_by'
$$;
comment on function wb.name_people is 'fields of the trail with people by their names';

create or replace function api.order_history (order_id bigint, before_id bigint default null, n integer default 100)
  returns table (id bigint, at timestamptz, actor text, seat text, act_name text, reason text, about text, op text,
                 old jsonb, new jsonb, act_id uuid, undoable boolean)
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_analyst');
  return query
    with rows as (
      select 'sales_order'::text as t, order_history.order_id as r
      union all select 'order_line', l.id from order_line l where l.order_id = order_history.order_id
      union all select 'order_note', o.id from order_note o where o.order_id = order_history.order_id
      union all select 'hold', h.id from hold h where h.order_id = order_history.order_id
      union all select 'shipment', s.id from shipment s where s.order_id = order_history.order_id
      union all select 'rma', m.id from rma m where m.order_id = order_history.order_id
      union all select 'print', p.id from print p where p.order_id = order_history.order_id
    )
    select c.id, c.at, coalesce(s.display_name, c.actor), c.seat, coalesce(a.name, ''), coalesce(a.reason, ''),
           c.table_name, c.op::text, wb.name_people(c.old), wb.name_people(c.new), c.act_id,
           coalesce(a.undoable and not exists (select from wb.act u where u.undo_of = a.id), false)
      from rows join audit.change c on c.table_name = rows.t and c.row_id = rows.r
      left join wb.act a on a.id = c.act_id left join staff s on s.login = c.actor
     where before_id is null or c.id < before_id
     order by c.id desc limit least(n, 1000);
end $$;
comment on function api.order_history is 'what changed at an order, newest first';

create or replace function api.customer_page (customer_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  page jsonb;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_analyst');
  select jsonb_build_object(
    'customer', to_jsonb(k) - 'search' - 'name_sort' - 'phone_digits'
      || jsonb_build_object('minor_digits', wb.minor_digits(k.currency),
                            'last_order_at', nullif(k.last_order_at, '-infinity')),
    'contacts', (select coalesce(jsonb_agg(to_jsonb(c) - 'customer_id' order by c.main desc, c.name), '[]') from contact c
                  where c.customer_id = k.id),
    'addresses', (select coalesce(jsonb_agg(to_jsonb(a) - 'customer_id'
                           || jsonb_build_object('current', current_date between a.valid_from and a.valid_to,
                                                 'valid_from', a.valid_from,
                                                 'valid_to', nullif(a.valid_to, 'infinity'))
                           order by current_date between a.valid_from and a.valid_to desc, a.preferred desc, a.valid_to desc,
                                    a.id), '[]') from address a where a.customer_id = k.id),
    'tax_numbers', (select coalesce(jsonb_agg(to_jsonb(t) - 'customer_id' order by t.id), '[]') from tax_number t
                     where t.customer_id = k.id),
    'orders', (select coalesce(jsonb_agg(to_jsonb(x) order by x.placed_at desc, x.id desc), '[]') from
                (select o.id, o.number, o.placed_at, o.currency, wb.minor_digits(o.currency) as minor_digits, o.total_minor,
                        o.status, o.payment_status, o.fulfilment_status, o.piece_count, o.held
                   from sales_order o where o.customer_id = k.id order by o.placed_at desc, o.id desc limit 50) x),
    'spent', (select coalesce(jsonb_agg(to_jsonb(x) order by x.n desc), '[]') from
                (select o.currency, wb.minor_digits(o.currency) as minor_digits, count(*) as n,
                        sum(o.captured_minor - o.refunded_minor) as spent_minor
                   from sales_order o where o.customer_id = k.id and o.cancelled_at is null group by 1) x),
    'favourites', (select coalesce(jsonb_agg(to_jsonb(x) order by x.pieces desc, x.sku_code), '[]') from
                (select l.sku_id, l.sku_code, min(l.name) as name, sum(l.quantity) as pieces, count(distinct o.id) as orders,
                        max(o.placed_at) as last_at
                   from sales_order o join order_line l on l.order_id = o.id
                  where o.customer_id = k.id and o.cancelled_at is null group by 1, 2 order by 4 desc limit 8) x),
    'returns', (select coalesce(jsonb_agg(to_jsonb(r) - 'content_hash' order by r.requested_at desc), '[]') from
                (select * from rma m where m.customer_id = k.id order by m.requested_at desc limit 20) r))
    into page
    from customer k where k.id = customer_page.customer_id;
  if page is null then
    perform wb.not_found('customer', customer_page.customer_id::text);
  end if;
  return page;
end $$;
comment on function api.customer_page is 'a customer with addresses, contacts, latest orders';

create or replace function api.sku_page (sku_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  page jsonb;
begin
  select jsonb_build_object(
    'sku', to_jsonb(s) - 'search' - 'name_sort' || jsonb_build_object('price', trim_scale(s.price)::text,
                                                                    'minor_digits', wb.minor_digits(s.price_currency)),
    'product', to_jsonb(p) || jsonb_build_object('category', g.path),
    'variants', (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'code', v.code, 'name', v.name, 'options', v.options,
                          'on_hand', v.on_hand, 'available', v.available, 'active', v.active) order by v.code), '[]')
                   from sku v where v.product_id = s.product_id),
    'barcodes', (select coalesce(jsonb_agg(to_jsonb(b) - 'sku_id' order by b.quantity, b.code), '[]') from barcode b
                  where b.sku_id = s.id),
    'prices', (select coalesce(jsonb_agg(to_jsonb(x) - 'sku_id' || jsonb_build_object('unit_price',
                        trim_scale(x.unit_price)::text, 'minor_digits', wb.minor_digits(x.currency)) order by x.currency, x.min_quantity), '[]')
                 from price x where x.sku_id = s.id and now() between x.valid_from and x.valid_to),
    'totals', (select coalesce(jsonb_agg(jsonb_build_object('warehouse', w.name, 'on_hand', t.on_hand, 'reserved', t.reserved,
                        'available', t.on_hand - t.reserved) order by w.code), '[]')
                 from stock_total t join warehouse w on w.id = t.warehouse_id where t.sku_id = s.id),
    'levels', (select coalesce(jsonb_agg(jsonb_build_object('bin_id', b.id, 'bin', b.code, 'kind', b.kind,
                        'warehouse', w.name, 'lot', lo.code, 'expires_on', lo.expires_on, 'quantity', l.quantity)
                        order by w.code, b.walk, b.code), '[]')
                 from stock_level l join bin b on b.id = l.bin_id join warehouse w on w.id = b.warehouse_id
                 left join lot lo on lo.id = l.lot_id where l.sku_id = s.id and l.quantity > 0),
    'moves', (select coalesce(jsonb_agg(to_jsonb(x) order by x.id desc), '[]') from
                (select m.id, m.at, m.kind, m.quantity, bf.code as from_bin, bt.code as to_bin,
                        coalesce(sf.display_name, m.actor) as actor, m.reason
                   from stock_move m left join staff sf on sf.login = m.actor left join bin bf on bf.id = m.from_bin_id left join bin bt on bt.id = m.to_bin_id
                  where m.sku_id = s.id order by m.id desc limit 50) x),
    'waiting', (select coalesce(jsonb_agg(to_jsonb(x) || jsonb_build_object('ship_by', nullif(x.ship_by, 'infinity'))
                                           order by x.missing > 0 desc, x.placed_at, x.id), '[]') from
                (select o.id, o.number, o.placed_at, o.ship_by, o.stage, sum(l.quantity - l.shipped_qty - l.cancelled_qty) as wanted,
                        sum(l.quantity - l.shipped_qty - l.cancelled_qty - l.reserved_qty) as missing
                   from order_line l join sales_order o on o.id = l.order_id
                  where l.sku_id = s.id and o.status = 'processing' and l.quantity > l.shipped_qty + l.cancelled_qty
                  group by o.id order by 7 > 0 desc, o.placed_at, o.id limit 20) x))
    into page
    from sku s join product p on p.id = s.product_id left join category g on g.id = p.category_id
   where s.id = sku_page.sku_id;
  if page is null then
    perform wb.not_found('SKU', sku_page.sku_id::text);
  end if;
  if not wb.has_role('wb_sales', 'wb_support', 'wb_analyst') then
    page := jsonb_set(page - 'prices', '{sku}', (page -> 'sku') - 'price' - 'price_currency');
  end if;
  return page;
end $$;
comment on function api.sku_page is 'a product variant with its stock; without prices for who may not read them';
