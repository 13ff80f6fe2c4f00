-- What stands on labels that an office prints: products, places, badges, returns. Members of an item are the fields of its document.
set local role wb_owner;

-- "A-2-10" before "A-10-1": every number as nine digits.
create or replace function wb.place_key (code text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
  select coalesce(string_agg(case when x.part[1] ~ '^[0-9]' then lpad(x.part[1], 9, '0') else upper(x.part[1]) end, '' order by x.n), '')
    from regexp_matches(place_key.code, '[0-9]+|[^0-9]+', 'g') with ordinality x (part, n)
$$;
comment on function wb.place_key is 'a code of a place as it is sorted: by its letters and numbers in turn';

create or replace function api.label_products (sku_ids bigint[]) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  prices boolean := wb.has_role('wb_sales', 'wb_support');
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  return jsonb_build_object('items',
    (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
              'id', s.id, 'title', s.code, 'shop', wb.setting_text('shop.name'), 'name', s.name, 'sku', s.code, 'weight', nullif(s.weight_g, 0),
              'barcode', coalesce((select b.code from barcode b where b.sku_id = s.id and b.quantity = 1
                                     order by b.code !~ '^[0-9]+$', b.code limit 1), s.code),
              'bin', (select b.code from stock_level l join bin b on b.id = l.bin_id
                       where l.sku_id = s.id and l.quantity > 0 order by b.kind <> 'pick', l.quantity desc, b.code limit 1),
              'price', case when prices and s.price_currency is not null then jsonb_build_object(
                         'minor', round(s.price * 10::numeric ^ wb.minor_digits(s.price_currency)), 'currency', s.price_currency) end)) order by w.n), '[]')
       from unnest(label_products.sku_ids) with ordinality w (id, n) join sku s on s.id = w.id));
end $$;
comment on function api.label_products is 'what stands on the labels of these products, in their order; prices for who may read them';

-- Empty first or last: from the beginning, to the end; no zone: all of them. One more than may be printed at once says that there are more.
create or replace function api.label_places (warehouse text, zone text, first text, last text) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  return jsonb_build_object(
    'zones', (select coalesce(jsonb_agg(jsonb_build_object('warehouse', w.code, 'warehouse_name', w.name, 'zone', z.code, 'name', z.name)
                                        order by w.code, z.code), '[]') from wb.zone z join wb.warehouse w on w.id = z.warehouse_id),
    'items',
    (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
              'id', x.id, 'title', x.code, 'code', x.code, 'barcode', 'WB:BIN:' || x.code, 'zone', x.zone, 'warehouse', x.name, 'check', x.check_digits))
              order by x.warehouse_code, x.key, x.code), '[]')
       from (select b.id, b.code, b.check_digits, z.code as zone, w.name, w.code as warehouse_code, wb.place_key(b.code) as key
               from wb.bin b join wb.warehouse w on w.id = b.warehouse_id left join wb.shelf s on s.id = b.shelf_id left join wb.bay y on y.id = s.bay_id
               left join wb.aisle a on a.id = y.aisle_id left join wb.zone z on z.id = a.zone_id
              where (coalesce(label_places.warehouse, '') = '' or w.code = label_places.warehouse)
                and (coalesce(label_places.zone, '') = '' or z.code = label_places.zone)
                and (coalesce(btrim(label_places.first), '') = '' or wb.place_key(b.code) >= wb.place_key(btrim(label_places.first)))
                and (coalesce(btrim(label_places.last), '') = '' or wb.place_key(b.code) <= wb.place_key(btrim(label_places.last))
                     or wb.place_key(b.code) like replace(wb.place_key(btrim(label_places.last)), '_', '\_') || '%')
              order by w.code, wb.place_key(b.code), b.code limit 1001) x));
end $$;
comment on function api.label_places is 'what stands on the labels of places from one code to another, both and what is in the last included';

-- Whoever has this can sign on as anybody at a bench: for those who give badges.
create or replace function api.label_badges () returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_admin');
  return jsonb_build_object('items',
    (select coalesce(jsonb_agg(jsonb_build_object('title', s.display_name, 'shop', wb.setting_text('shop.name'), 'name', s.display_name, 'code', s.badge_code)
              order by s.display_name, s.login), '[]') from staff s where s.active and btrim(s.badge_code) <> ''));
end $$;
comment on function api.label_badges is 'what stands on the badges of people who have one';

-- A return by the number it was given; without one, what was shipped comes back under the number of its order.
create or replace function api.label_returns (order_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  o wb.sales_order;
  facts jsonb;
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  select * into o from sales_order x where x.id = label_returns.order_id;
  if not found then
    perform wb.not_found('order', label_returns.order_id::text);
  end if;
  facts := jsonb_build_object('order', o.number, 'date', to_char(now(), 'YYYY-MM-DD'),
    'from_address', (select to_jsonb(a) - 'order_id' - 'usage' - 'email' from order_address a where a.order_id = o.id and a.usage = 'shipping'),
    'to_address', (select jsonb_build_object('name', w.name_line, 'line1', w.line1, 'city', w.city, 'postcode', w.postcode, 'country', w.country)
                     from warehouse w where w.id = o.warehouse_id));
  return jsonb_build_object('items',
    coalesce((select jsonb_agg(facts || jsonb_build_object('title', r.number, 'return', r.number, 'reason', r.reason,
                       'items', (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku_code, 'name', l.name, 'quantity', l.quantity)
                                                           order by l.position), '[]') from rma_line l where l.rma_id = r.id)) order by r.id)
                from rma r where r.order_id = o.id and r.status in ('requested', 'approved')),
             (select jsonb_build_array(facts || jsonb_build_object('title', o.number, 'return', o.number,
                       'items', jsonb_agg(jsonb_build_object('sku', l.sku_code, 'name', l.name, 'quantity', l.shipped_qty - l.returned_qty) order by l.position)))
                from order_line l where l.order_id = o.id and l.shipped_qty > l.returned_qty having count(*) > 0), '[]'));
end $$;
comment on function api.label_returns is 'what stands on the labels by which pieces of an order come back: one for each return, or for all that was shipped';
