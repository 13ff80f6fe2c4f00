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

-- For what is asked of an order's lines: the outer join is left out of the plan where nothing of the order is wanted.
create view api.line_of_order as
  select l.id, l.order_id, o.number as order_number, o.placed_at, o.currency, o.customer_id, o.customer_name, o.status,
         l.position, l.sku_id, l.sku_code, l.name, l.quantity, l.unit_price, l.gross_minor, l.discount_minor, l.net_minor,
         l.tax_minor, l.reserved_qty, l.shipped_qty, l.cancelled_qty, l.returned_qty, l.weight_g, l.gift_wrap
    from wb.order_line l left join wb.sales_order o on o.id = l.order_id;
comment on view api.line_of_order is 'the same rows as api.order_line_row, for conditions on orders';

create view api.order_item as select l.order_id, l.sku_id, l.sku_code, l.name from wb.order_line l;
comment on view api.order_item is 'which SKUs stand in which order';

-- From one name to the next along the index: as many steps as there are different names, not as there are lines.
create view api.line_name as
  with recursive n (name) as (
    (select l.name from wb.order_line l order by l.name limit 1)
    union all
    select (select l.name from wb.order_line l where l.name > n.name order by l.name limit 1) from n where n.name is not null
  )
  select name from n where name is not null;
comment on view api.line_name is 'under which names things were ordered, each once';

create view api.sku_barcode as select b.sku_id, b.code, b.quantity from wb.barcode b;
comment on view api.sku_barcode is 'codes on a SKU, and how many pieces each stands for';
