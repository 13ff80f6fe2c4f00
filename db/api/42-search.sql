-- What filters need beside the list views: folding a pattern as the stored search columns are folded, and the narrow
-- ways from a SKU or a barcode to what it stands in.
set local role wb_owner;

-- Security definer keeps it from being inlined, so that clients need no rights in wb; with a constant it runs once.
create function api.like_pattern (pattern text) returns text
  language sql immutable strict parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select translate(replace(replace(replace(wb.fold(pattern), '\', '\\'), '%', '\%'), '_', '\_'), E'\x01\x02', '%_')
$$;
comment on function api.like_pattern is
  'a pattern for LIKE on a folded column; the characters 1 and 2 stand for any text and for one character';

create function api.fold (value text) returns text
  language sql immutable strict parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select wb.fold(value)
$$;
comment on function api.fold is 'case and accents removed, as in the stored search and sort columns';

create view api.order_item as select l.order_id, l.sku_id, l.sku_code, l.name from wb.order_line l;
comment on view api.order_item is 'which SKUs stand in which order';

create view api.sku_barcode as select b.sku_id, b.code, b.quantity from wb.barcode b;
comment on view api.sku_barcode is 'codes on a SKU, and how many pieces each stands for';
