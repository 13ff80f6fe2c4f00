-- What stands on labels that an office prints: for whom, in which order, and how much of it.

create function pg_temp.titles (answer text) returns text
  language sql as $$ select string_agg (i ->> 'title', ' ' order by n) from jsonb_array_elements (answer::jsonb -> 'items') with ordinality x (i, n) $$;
create function pg_temp.item (answer text, n integer default 0) returns jsonb
  language sql as $$ select answer::jsonb -> 'items' -> n $$;

-- ── Products ───────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.skus', (select format ('{%s,%s}', (select id from wb.sku where code = 'SCREW'), (select id from wb.sku where code = 'MUG'))), true);
select set_config ('t.products', tap.value_as ('seat_sales', format ('select api.label_products (%L)', current_setting ('t.skus'))), true);
select is (pg_temp.titles (current_setting ('t.products')), 'SCREW MUG', 'products/in-the-order-asked-for');
select is (pg_temp.item (current_setting ('t.products'), 1) - 'id' - 'shop',
  '{"title": "MUG", "sku": "MUG", "name": "Mug", "weight": 350, "barcode": "5012345678900", "bin": "P1", "price": {"minor": 1250, "currency": "GBP"}}'::jsonb,
  'products/the-code-of-one-piece-and-where-most-lie');
select is (pg_temp.item (current_setting ('t.products')) ->> 'barcode', 'SCREW', 'products/without-a-code-its-sku-is-scanned');
select is (pg_temp.item (tap.value_as ('seat_packer', format ('select api.label_products (%L)', current_setting ('t.skus'))), 1) -> 'price', null, 'products/no-price-for-a-packer');
select refused ('seat_analyst', format ('select api.label_products (%L)', current_setting ('t.skus')), '42501', 'products/not-for-those-who-only-look');

-- ── Places ─────────────────────────────────────────────────────────────────────────────────────────────────────────
insert into wb.zone (warehouse_id, code, name) select id, 'A', 'Ambient' from wb.warehouse where code = 'T';
insert into wb.aisle (zone_id, code) select id, 'A' from wb.zone where code = 'A';
insert into wb.bay (aisle_id, code) select id, '1' from wb.aisle where code = 'A';
insert into wb.shelf (bay_id, code) select id, '1' from wb.bay;
insert into wb.bin (warehouse_id, shelf_id, code, check_digits)
  select w.id, s.id, c, '37' from wb.warehouse w, wb.shelf s, unnest (array['A-10-1', 'A-2-1', 'A-2-10', 'A-2-9', 'a-1-1', 'A-2']) c where w.code = 'T';

create function pg_temp.places (zone text, first text, last text) returns text
  language sql as $$ select pg_temp.titles (tap.value_as ('seat_packer', format ('select api.label_places (''T'', %L, %L, %L)', zone, first, last))) $$;

select is (pg_temp.places ('A', '', ''), 'a-1-1 A-2 A-2-1 A-2-9 A-2-10 A-10-1', 'places/by-the-numbers-in-their-codes');
select is (pg_temp.places ('A', 'A-2-9', 'A-10-1'), 'A-2-9 A-2-10 A-10-1', 'places/from-to-both-included');
select is (pg_temp.places ('A', ' a-2 ', 'a-2'), 'A-2 A-2-1 A-2-9 A-2-10', 'places/all-that-is-in-the-last');
select is (pg_temp.places ('', 'P1', 'P2'), 'P1 P2', 'places/of-no-zone');
select is (pg_temp.places ('A', 'A-3', 'A-1'), null, 'places/backwards-there-are-none');
select is (pg_temp.item (tap.value_as ('seat_packer', 'select api.label_places ('''', ''A'', ''A-10'', '''')')) - 'id',
  '{"title": "A-10-1", "code": "A-10-1", "barcode": "WB:BIN:A-10-1", "zone": "A", "warehouse": "Test warehouse", "check": "37"}'::jsonb, 'places/what-stands-on-it');
select is (tap.value_as ('seat_packer', 'select api.label_places (''none'', '''', '''', '''') -> ''zones'''),
  '[{"name": "Ambient", "zone": "A", "warehouse": "T", "warehouse_name": "Test warehouse"}]', 'places/zones-to-choose-from');
select is (wb.place_key ('A-02-1'), wb.place_key ('a-2-01'), 'places/zeros-and-capitals-do-not-count');
select refused ('seat_analyst', 'select api.label_places ('''', '''', '''', '''')', '42501', 'places/not-for-those-who-only-look');

-- ── Badges ─────────────────────────────────────────────────────────────────────────────────────────────────────────
insert into wb.staff (login, display_name, badge_code, active) values ('t.zoe', 'Zoe', 'WB:STAFF:2', true), ('t.anna', 'Anna', 'WB:STAFF:1', true), ('t.gone', 'Gone', 'WB:STAFF:3', false);
select is (pg_temp.titles (tap.value_as ('seat_admin', 'select api.label_badges ()')), 'Anna Zoe', 'badges/of-who-works-here-and-has-one');
select is (pg_temp.item (tap.value_as ('seat_admin', 'select api.label_badges ()')) ->> 'code', 'WB:STAFF:1', 'badges/what-they-say');
select refused ('seat_packer', 'select api.label_badges ()', '42501', 'badges/not-for-a-packer');
select refused ('seat_manager', 'select api.label_badges ()', '42501', 'badges/not-for-a-manager');

-- ── Returns ────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 3}]')::text, true);
create function pg_temp.returns () returns text
  language sql as $$ select tap.value_as ('seat_support', format ('select api.label_returns (%s)', current_setting ('t.order'))) $$;
select is (pg_temp.titles (pg_temp.returns ()), null, 'returns/nothing-is-out');
delete from wb.reservation where line_id in (select id from wb.order_line where order_id = current_setting ('t.order')::bigint);
update wb.order_line set reserved_qty = 0, shipped_qty = 3, returned_qty = 1 where order_id = current_setting ('t.order')::bigint;
select is (pg_temp.titles (pg_temp.returns ()), (select number from wb.sales_order where id = current_setting ('t.order')::bigint), 'returns/under-the-number-of-the-order');
select is (pg_temp.item (pg_temp.returns ()) #>> '{items,0,quantity}', '2', 'returns/what-is-still-out');
select is (pg_temp.item (pg_temp.returns ()) #>> '{from_address,name}', 'Ada Lovelace', 'returns/from-who-got-it');
select is (pg_temp.item (pg_temp.returns ()) -> 'from_address' ? 'email', false, 'returns/no-e-mail');
insert into wb.rma (number, order_id, currency, reason, status) select 'R-' || s, current_setting ('t.order')::bigint, 'GBP', 'too small', s from unnest (array['requested', 'closed', 'approved']) s;
insert into wb.rma_line (rma_id, position, sku_code, name, quantity, unit_price) select id, 1, 'MUG', 'Mug', 1, 12.5 from wb.rma where number = 'R-approved';
select is (pg_temp.titles (pg_temp.returns ()), 'R-requested R-approved', 'returns/those-that-are-on-their-way');
select is (pg_temp.item (pg_temp.returns (), 1) #>> '{items,0,sku}', 'MUG', 'returns/what-was-said-to-come');
select is (pg_temp.item (pg_temp.returns (), 1) ->> 'reason', 'too small', 'returns/why');
select refused ('seat_support', 'select api.label_returns (999999999)', 'WB001', 'returns/no-such-order');
select refused ('seat_analyst', format ('select api.label_returns (%s)', current_setting ('t.order')), '42501', 'returns/not-for-those-who-only-look');
