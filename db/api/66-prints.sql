-- The ledger of prints: who had what printed, where, when, and why again.
set local role wb_owner;

-- How often a document was printed before: a label by itself, what belongs to an order with its order, anything else never, and other
-- labels never either: they are printed as often as somebody wants them.
create or replace function wb.count_prints (document text, label bigint, the_order bigint) returns integer
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select count(*)::integer from print p
   where p.document = count_prints.document and p.document <> 'sticker'
     and case when count_prints.label is not null then p.label_id = count_prints.label
              else count_prints.the_order is not null and p.order_id = count_prints.the_order and p.label_id is null end
$$;
comment on function wb.count_prints is 'prints of the same label, or of the same kind of document for an order';

-- facts: {document, document_id, title?, printer, job?, label_id?, order_id?, job_id?, station?, person?}; job is what the printer calls it,
-- job_id the work at a bench
create or replace function api.print_note (act uuid, facts jsonb, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
#variable_conflict use_column
declare
  done jsonb;
  again boolean := btrim(coalesce(print_note.reason, '')) <> '';
  kind text := facts ->> 'document';
  label_row bigint := (facts ->> 'label_id')::bigint;
  order_row bigint := coalesce((facts ->> 'order_id')::bigint, (select j.order_id from job j where j.id = (facts ->> 'job_id')::bigint));
  noted wb.print;
  n integer;
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  done := wb.begin_act(act, case when again then 'print_again' else 'print_note' end, btrim(coalesce(print_note.reason, '')), false);
  if done is not null then
    return done;
  end if;
  if kind is null or kind not in ('label', 'paper', 'pick-list', 'packing-slip', 'command-sheet', 'sticker', 'test') then
    perform wb.refuse(format('"%s" is not a kind of document', coalesce(kind, '')), 'document');
  end if;
  if btrim(coalesce(facts ->> 'printer', '')) = '' or btrim(coalesce(facts ->> 'document_id', '')) = '' then
    perform wb.refuse('a print has a printer and a document', 'document');
  end if;
  if kind = 'label' or label_row is not null then
    select s.order_id into order_row from label l join parcel q on q.id = l.parcel_id join shipment s on s.id = q.shipment_id
      where l.id = label_row for update of l;
    if not found then
      perform wb.not_found('label', coalesce(label_row::text, ''));
    end if;
  elsif order_row is not null then
    perform from sales_order o where o.id = order_row for key share;
    if not found then
      perform wb.not_found('order', order_row::text);
    end if;
  end if;
  select * into noted from print p where p.document_id = facts ->> 'document_id';
  if found then
    return wb.end_act(act, jsonb_build_object('print_id', noted.id, 'copy', noted.copy));
  end if;
  n := wb.count_prints(kind, label_row, order_row);
  if n > 0 and not again then
    perform wb.refuse('this was printed before: say why it is printed again', 'reprint');
  end if;
  insert into print (label_id, document, document_id, title, order_id, station_id, printer, job, person, reason, copy, act_id)
    values (label_row, kind, left(facts ->> 'document_id', 200), left(coalesce(facts ->> 'title', ''), 200), order_row,
            (select s.id from station s where s.code = facts ->> 'station'), left(facts ->> 'printer', 200),
            left(coalesce(facts ->> 'job', ''), 200), coalesce((select f.login from staff f where f.login = facts ->> 'person'), ''),
            btrim(coalesce(print_note.reason, '')), n + 1, act)
    on conflict (document_id) do nothing
    returning * into noted;
  if noted.id is null then
    select * into noted from print p where p.document_id = facts ->> 'document_id';
  end if;
  return wb.end_act(act, jsonb_build_object('print_id', noted.id, 'copy', noted.copy));
end $$;
comment on function api.print_note is 'notes that a document went to a printer, once for each document id; reprints say why';

create or replace function api.print_count (document text, job_id bigint) returns bigint
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  return wb.count_prints(print_count.document, null, (select j.order_id from job j where j.id = print_count.job_id));
end $$;
comment on function api.print_count is 'how often a kind of document was printed for the order of a job';

-- What goes into a parcel of this order, for its receiver: no prices, so that it does for gifts too.
create or replace function wb.packing_slip (the_order bigint) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select jsonb_build_object(
    'number', o.number, 'placed_at', o.placed_at, 'purchase_order', o.purchase_order, 'shop', wb.setting_text('shop.name'),
    'service', coalesce(v.name, o.shipping_method),
    'from', jsonb_build_object('name', w.name_line, 'line1', w.line1, 'city', w.city, 'postcode', w.postcode, 'country', w.country,
                               'phone', w.phone),
    'to', (select to_jsonb(a) - 'order_id' - 'usage' - 'email' from order_address a where a.order_id = o.id and a.usage = 'shipping'),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku_code, 'name', l.name, 'quantity', l.quantity - l.cancelled_qty,
                     'note', l.gift_message) order by l.position), '[]')
                from order_line l where l.order_id = o.id and l.requires_shipping and l.quantity > l.cancelled_qty))
    from sales_order o left join warehouse w on w.id = o.warehouse_id left join carrier_service v on v.id = o.service_id
   where o.id = packing_slip.the_order
$$;
comment on function wb.packing_slip is 'what stands on an order''s packing slip: who, what, how many; no prices, no e-mail';

create or replace function api.order_papers (order_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  found_order wb.sales_order;
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  select * into found_order from sales_order o where o.id = order_papers.order_id;
  if not found then
    perform wb.not_found('order', order_papers.order_id::text);
  end if;
  return jsonb_build_object(
    'order_id', found_order.id, 'number', found_order.number, 'slip', wb.packing_slip(found_order.id),
    'work', (select wb.job_work(j.id) from job j where j.order_id = found_order.id and j.state <> 'withdrawn' order by j.id desc limit 1),
    'labels', (select coalesce(jsonb_agg(x.label order by s.id, x.n), '[]')
                 from shipment s, jsonb_array_elements(wb.job_labels(s.id)) with ordinality x (label, n)
                where s.order_id = found_order.id and s.status <> 'cancelled'),
    'pick_lists', wb.count_prints('pick-list', null, found_order.id),
    'slips', wb.count_prints('packing-slip', null, found_order.id));
end $$;
comment on function api.order_papers is 'all that can be printed for an order, as data, and how often each was printed already';

create view api.print_row as
  select p.id, p.at, p.document, p.document_id, p.title, p.printer, p.job, p.reason, p.copy, p.copy > 1 as again,
         p.order_id, o.number as order_number, p.label_id, p.station_id, coalesce(s.name, '') as station, p.actor,
         coalesce(nullif(f.display_name, ''), a.display_name, nullif(p.person, ''), p.actor) as who, p.person, coalesce(q.tracking, '') as tracking,
         concat_ws(' ', o.number, nullif(p.title, ''), p.printer, s.name, f.display_name, a.display_name, nullif(p.reason, '')) as haystack
    from wb.print p left join wb.sales_order o on o.id = p.order_id left join wb.station s on s.id = p.station_id
    left join wb.staff f on f.login = p.person left join wb.staff a on a.login = p.actor
    left join wb.label l on l.id = p.label_id left join wb.parcel q on q.id = l.parcel_id;
comment on view api.print_row is 'the ledger of prints: one row each time that something was printed';
