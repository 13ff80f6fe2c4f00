-- What a scanned code is, for a bench that got one that it did not expect.
set local role wb_owner;

create or replace function wb.parcels_of (codes text[]) returns setof bigint
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select x.id from parcel x where x.tracking = any (codes)
  union select x.id from parcel x where x.sscc = any (array(select c::char(18) from unnest(codes) c where c ~ '^[0-9]{18}$'))
$$;
comment on function wb.parcels_of is 'parcels with a tracking number or an SSCC that was scanned';

create or replace function wb.code_things (st wb.station, codes text[]) returns table (rank integer, thing jsonb)
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select 1, jsonb_build_object('kind', 'product', 'sku', s.code, 'name', s.name, 'bin',
              (select b.code from stock_level v join bin b on b.id = v.bin_id
                where v.sku_id = s.id and b.warehouse_id = (st).warehouse_id and b.sellable and v.quantity > 0
                order by b.kind = 'pick' desc, b.walk limit 1))
    from sku s
   where s.id in (select x.sku_id from barcode x where x.code = any (codes) union select x.id from sku x where x.code = any (codes))
  union all
  select 2, jsonb_build_object('kind', 'box', 'name', b.name) from box b where b.code = any (codes) or b.barcode = any (codes)
  union all
  select 3, jsonb_build_object('kind', 'parcel', 'name', o.number)
    from parcel q join shipment h on h.id = q.shipment_id join sales_order o on o.id = h.order_id
   where q.id in (select wb.parcels_of(codes))
  union all
  select 4, jsonb_build_object('kind', 'bin', 'name', b.code) from bin b where b.warehouse_id = (st).warehouse_id and b.code = any (codes)
$$;
comment on function wb.code_things is 'all that a code may stand for: products, boxes, parcels, bins, in this order';

create or replace function api.code_find (station text, codes text[]) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_packer');
  return (select jsonb_build_object('things', coalesce(jsonb_agg(t.thing order by t.rank, t.thing ->> 'name'), '[]'))
            from (select * from wb.code_things(wb.require_station(station), codes) order by rank limit 5) t);
end $$;
comment on function api.code_find is 'what a code is: products and where they lie, boxes, parcels of orders, bins; more than one when it is ambiguous';
