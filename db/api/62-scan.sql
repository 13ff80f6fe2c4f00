-- What a scanned code is, for a bench that got one that it did not expect.
set local role wb_owner;

create or replace function api.code_find (station text, codes text[]) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  st wb.station;
  r jsonb;
begin
  perform wb.require('wb_packer');
  st := wb.require_station(station);
  select jsonb_build_object('kind', 'product', 'sku', s.code, 'name', s.name, 'bin',
           (select b.code from stock_level v join bin b on b.id = v.bin_id
             where v.sku_id = s.id and b.warehouse_id = st.warehouse_id and b.sellable and v.quantity > 0
             order by b.kind = 'pick' desc, b.walk limit 1))
    into r
    from sku s
   where s.id = coalesce((select x.sku_id from barcode x where x.code = any (codes) order by x.quantity limit 1),
                         (select x.id from sku x where x.code = any (codes) limit 1));
  if r is null then
    select jsonb_build_object('kind', 'bin', 'name', b.code) into r
      from bin b where b.warehouse_id = st.warehouse_id and b.code = any (codes);
  end if;
  if r is null then
    select jsonb_build_object('kind', 'box', 'name', b.name) into r
      from box b where b.code = any (codes) or b.barcode = any (codes) limit 1;
  end if;
  if r is null then
    select jsonb_build_object('kind', 'parcel', 'name', o.number) into r
      from parcel q join shipment h on h.id = q.shipment_id join sales_order o on o.id = h.order_id
     where q.tracking = any (codes) or q.sscc::text = any (codes) limit 1;
  end if;
  return coalesce(r, '{"kind": "unknown"}');
end $$;
comment on function api.code_find is 'what a code is: a product and where it lies, a bin, a box, the parcel of another order';
