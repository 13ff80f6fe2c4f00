-- What a code is, for a bench that did not expect it: everything that it may be, likeliest first.

create function pg_temp.found (variadic codes text[]) returns text
  language sql as $$
  select coalesce (string_agg (concat_ws (' ', t ->> 'kind', coalesce (t ->> 'sku', t ->> 'name'), t ->> 'bin'), ', ' order by o), '')
    from jsonb_array_elements (tap.value_as ('seat_packer', format ('select api.code_find (''ST1'', %L)', codes))::jsonb -> 'things') with ordinality u (t, o)
$$;
insert into wb.barcode (code, sku_id, quantity) select v.code, s.id, v.n from wb.sku s join (values ('MUG', '4006381333931', 1), ('MUG', '14006381333938', 12),
  ('SCREW', '96385074', 1)) v (sku, code, n) on v.sku = s.code;
insert into wb.box (code, name, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm, outer_width_mm, outer_height_mm, empty_weight_g, max_weight_g, barcode)
  values ('SMALL', 'Small', 90, 90, 90, 100, 100, 100, 50, 2000, '4006381333931');

select is (pg_temp.found ('no such code'), '', 'nothing');
select alike (pg_temp.found ('96385074'), 'product SCREW%', 'by-barcode');
select alike (pg_temp.found ('00000096385074', '96385074'), 'product SCREW%', 'by-any-spelling');
select alike (pg_temp.found ('SCREW'), 'product SCREW%', 'by-sku');
select alike (pg_temp.found ('14006381333938'), 'product MUG%', 'by-the-code-of-a-case');
select alike (pg_temp.found ('14006381333938', '4006381333931'), 'product MUG%, box Small', 'one-product-once-and-the-box-behind-it');
select is (pg_temp.found ('SMALL'), 'box Small', 'box');
select is (pg_temp.found ((select code from wb.bin where code <> all (select code from wb.sku) order by id limit 1)),
           'bin ' || (select code from wb.bin where code <> all (select code from wb.sku) order by id limit 1), 'bin');
select refused ('seat_packer', 'select api.code_find (''nowhere'', array[''x''])', 'WB001', 'only-at-a-station');
