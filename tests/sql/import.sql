-- Imports: who may, what becomes of each record, what is written and how often.

create function pg_temp.line (sku text, quantity integer, price numeric, more jsonb default '{}') returns jsonb
  language sql as $$
  select jsonb_build_object ('sku', sku, 'name', 'a ' || sku, 'q', quantity, 'price', price) || more
$$;
create function pg_temp.doc (number text, lines jsonb[], more jsonb default '{}') returns jsonb
  language sql as $$
  select jsonb_build_object ('kind', 'order', 'x', number, 'number', number, 'at', '2024-03-01T10:00:00Z', 'currency', 'GBP',
    'tax_included', true, 'customer', jsonb_build_object ('x', 'c1', 'name', 'Grace Hopper', 'email', 'grace@example.org'),
    'shipping', jsonb_build_object ('name', 'Grace Hopper', 'line1', '1 High Street', 'city', 'Leeds', 'postcode', 'LS1 4AP',
                                    'country', 'GB'), 'lines', to_jsonb (lines)) || more
$$;
-- Paid and sent, as most of a shop's history.
create function pg_temp.closed (number text, more jsonb default '{}') returns jsonb
  language sql as $$
  select pg_temp.doc (number, array[pg_temp.line ('MUG', 2, 12.505, '{"shipped": 2}'), pg_temp.line ('LAMP', 1, 50, '{"shipped": 1}')],
    format ('{"payments": [{"kind": "capture", "amount": 7501, "method": "card", "at": "2024-03-01T10:01:00Z"}],
              "shipments": [{"at": "2024-03-02T15:00:00Z", "delivered_at": "2024-03-04T12:00:00Z", "tracking": ["%1$s-1", "%1$s-2"],
                             "lines": [{"line": 1, "q": 2}, {"line": 2, "q": 1}]}]}', number)::jsonb || more)
$$;
create function pg_temp.bring (docs jsonb[], options jsonb default '{}', channel text default 'shop', seat text default 'seat_sales')
  returns jsonb
  language sql as $$
  select tap.act_as (seat, format ('api.import_records (@, %L, %L::jsonb, %L::jsonb)', channel,
    (select jsonb_agg (jsonb_build_object ('h', encode (sha256 (d::text::bytea), 'hex'), 'd', d) order by n)
       from unnest (docs) with ordinality u (d, n)), options))
$$;
create function pg_temp.outcomes (docs jsonb[], options jsonb default '{}', channel text default 'shop') returns text
  language sql as $$ select pg_temp.bring (docs, options, channel) ->> 'outcomes' $$;
create function pg_temp.id (number text) returns bigint
  language sql as $$ select id from wb.sales_order o where o.number = id.number $$;
create function pg_temp.everything () returns text
  language sql as $$
  select md5 (concat ((select string_agg (o::text, ',' order by id) from wb.sales_order o), (select string_agg (l::text, ',' order by id) from wb.order_line l),
    (select string_agg (p::text, ',' order by id) from wb.payment p), (select string_agg (s::text, ',' order by id) from wb.shipment s),
    (select string_agg (c::text, ',' order by id) from wb.customer c), (select string_agg (s::text, ',' order by id) from wb.sku s),
    (select string_agg (m::text, ',' order by id) from wb.rma m), (select count (*) from audit.change)))
$$;

-- ── Who ────────────────────────────────────────────────────────────────────────────────────────────────────────────
select is (has_function_privilege ('seat_' || r, 'api.import_records(uuid, text, jsonb, jsonb)', 'execute'),
           r = any (array['admin', 'manager', 'sales', 'gateway', 'worker']), 'who/' || r)
  from unnest (array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']) r;
select refused ('seat_' || r, $$select api.import_records (gen_random_uuid (), 'shop', '[]')$$, '42501', 'who/not-' || r)
  from unnest (array['packer', 'support', 'analyst']) r;
select is (pg_temp.bring (array[pg_temp.closed ('by-' || r)], '{}', 'who', 'seat_' || r) ->> 'outcomes', 'c', 'who/does-it-' || r)
  from unnest (array['admin', 'manager', 'sales', 'gateway', 'worker']) r;
select is (has_function_privilege ('seat_' || r, 'api.import_parties(uuid, text, jsonb, jsonb)', 'execute'),
           r = any (array['admin', 'manager', 'sales', 'gateway', 'worker']), 'who/parties-' || r)
  from unnest (array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']) r;
select is ((select array_agg (distinct actor) from audit.change where table_name = 'sales_order' and row_id = pg_temp.id ('by-worker')),
           array['seat_worker'], 'who/is-on-record');

-- ── A closed order is written once, with the facts that follow from what happened ──────────────────────────────────────
select is (pg_temp.bring (array[pg_temp.closed ('H1')]) - 'refused', '{"outcomes": "c", "skus": 0, "customers": 0}'::jsonb, 'closed/created');
select is (tap.facts (pg_temp.id ('H1')), 'delivered paid fulfilled delivered', 'closed/facts');
select finds_nothing ($$
  select f.id from wb.order_facts (array[pg_temp.id ('H1')]) f join wb.sales_order o on o.id = f.id
   where (f.line_count, f.piece_count, f.weight_g, f.goods_minor, f.discount_minor, f.shipping_minor, f.adjustment_minor, f.tax_minor,
          f.authorised_minor, f.captured_minor, f.refunded_minor, f.payment_method, f.status, f.payment_status, f.fulfilment_status,
          f.stage, f.priority, f.held, f.trouble, f.next_action, f.note_count, f.tracking, f.shipped_at, f.delivered_at)
     is distinct from
         (o.line_count, o.piece_count, o.weight_g, o.goods_minor, o.discount_minor, o.shipping_minor, o.adjustment_minor, o.tax_minor,
          o.authorised_minor, o.captured_minor, o.refunded_minor, o.payment_method, o.status, o.payment_status, o.fulfilment_status,
          o.stage, o.priority, o.held, o.trouble, o.next_action, o.note_count, o.tracking, o.shipped_at, o.delivered_at)
$$, 'closed/facts-are-those-of-order-facts');
select is ((select jsonb_agg (jsonb_build_array (table_name, op, n) order by table_name, op) from (
              select table_name, op, count (*) as n from audit.change
               where table_name = 'sales_order' and row_id = pg_temp.id ('H1')
                  or table_name = 'order_line' and row_id in (select id from wb.order_line where order_id = pg_temp.id ('H1'))
               group by 1, 2) x),
           '[["sales_order", "I", 1]]'::jsonb, 'closed/written-once-and-told-once');
select is ((select array_agg (concat_ws (' ', from_stage, to_stage, at at time zone 'UTC') order by id) from wb.stage_passage where order_id = pg_temp.id ('H1')),
           array['new 2024-03-01 10:00:00', 'new delivered 2024-03-04 12:00:00'], 'closed/passages-when-they-were');
select is ((select concat_ws (' ', total_minor, goods_minor, tracking, line_count, piece_count) from wb.sales_order where number = 'H1'),
           '7501 7501 H1-1 H1-2 2 3', 'closed/rounded-line-by-line');
select is ((select array_agg (concat_ws (' ', l.sku_code, i.quantity, p.tracking) order by l.position)
              from wb.parcel_item i join wb.order_line l on l.id = i.line_id join wb.parcel p on p.id = i.parcel_id
             where l.order_id = pg_temp.id ('H1')),
           array['MUG 2 H1-1', 'LAMP 1 H1-1'], 'closed/what-lay-in-the-parcels');
select is ((select concat_ws (' ', orders_count, spent_minor) from wb.customer where email = 'grace@example.org'), '6 45006',
           'closed/the-customer-s-sums');

-- ── Again ──────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.before', pg_temp.everything (), true);
select is (pg_temp.outcomes (array[pg_temp.closed ('H1')]), 'l', 'again/left');
select is (pg_temp.everything (), current_setting ('t.before'), 'again/nothing-changed');
select set_config ('t.act', gen_random_uuid ()::text, true);
create function pg_temp.same_act () returns text
  language sql as $$
  select tap.value_as ('seat_sales', format ('select api.import_records (%L, ''shop'', %L)', current_setting ('t.act'),
    jsonb_build_array (jsonb_build_object ('h', 'ab', 'd', pg_temp.doc ('TWICE', array[pg_temp.line ('MUG', 1, 10)])))))
$$;
select is (pg_temp.same_act ()::jsonb ->> 'outcomes', 'c', 'again/first-call-of-an-act');
select is (pg_temp.same_act ()::jsonb ->> 'outcomes', 'c', 'again/second-call-says-the-same');
select is ((select count (*) from wb.sales_order where number = 'TWICE'), 1::bigint, 'again/and-does-nothing');

-- ── An open order ──────────────────────────────────────────────────────────────────────────────────────────────────
update wb.sales_channel set warehouse_id = (select id from wb.warehouse where code = 'T') where code = 'shop';
create function pg_temp.paid (number text, pieces integer, more jsonb default '{}') returns jsonb
  language sql as $$
  select pg_temp.doc (number, array[pg_temp.line ('MUG', pieces, 10)], jsonb_build_object ('payments',
    jsonb_build_array (jsonb_build_object ('kind', 'capture', 'amount', 1000 * pieces, 'at', '2024-03-01T10:01:00Z'))) || more)
$$;
select is (pg_temp.outcomes (array[pg_temp.paid ('O1', 3)]), 'c', 'open/created');
select is (tap.facts (pg_temp.id ('O1')), 'processing paid unfulfilled ready_to_pack', 'open/ready');
select is ((select reserved_qty from wb.order_line where order_id = pg_temp.id ('O1')), 3, 'open/stock-is-promised');
select is ((select state from wb.job where order_id = pg_temp.id ('O1')), 'open', 'open/a-job-waits');
update wb.sales_order set created_at = created_at - interval '1 hour' where number = 'O1';
select is (pg_temp.outcomes (array[pg_temp.paid ('O1', 2)]), 'u', 'open/changed-in-the-shop');
select is ((select concat_ws (' ', total_minor, captured_minor) from wb.sales_order where number = 'O1'), '2000 2000', 'open/money-follows');
select is ((select t.reserved from wb.stock_total t join wb.sku s on s.id = t.sku_id where s.code = 'MUG'), 2::bigint, 'open/the-promise-too');
select is ((select string_agg (op, '' order by id) from audit.change where table_name = 'order_line' and act_id in (
              select act_id from audit.change where table_name = 'sales_order' and row_id = pg_temp.id ('O1') and op = 'U')
              and op in ('I', 'D')), 'DI', 'open/a-line-that-replaces-another-is-told');
select tap.act_as ('seat_packer', format ('api.job_take (@, %s, ''ST1'')', (select id from wb.job where order_id = pg_temp.id ('O1') and state = 'open')));
select matches (pg_temp.bring (array[pg_temp.paid ('O1', 4)]) #>> '{refused,0,2}', 'packing it just now', 'open/not-while-it-is-packed');
select is ((select total_minor from wb.sales_order where number = 'O1'), 2000::bigint, 'open/and-left-as-it-was');

-- ── What is refused, and the rest goes in ──────────────────────────────────────────────────────────────────────────
select is (pg_temp.bring (array[pg_temp.closed ('R1', '{"billing": {"name": "X", "country": "XX"}}'), pg_temp.closed ('R2')]) - 'skus',
           '{"outcomes": "rc", "customers": 0, "refused": [[0, null, "XX is no country of ISO 3166", null, null]]}'::jsonb, 'refused/country');
select is (pg_temp.outcomes (array(select pg_temp.closed ('B' || n, case when n in (3, 8) then
                                     '{"taxes": [{"name": "VAT", "rate": 5000, "amount": 1}]}' else '{}' end::jsonb)
                                     from generate_series (1, 9) n)), 'ccrccccrc', 'refused/those-to-blame-are-found');
select is ((select count (*) from wb.sales_order where number ~ '^B[0-9]$'), 7::bigint, 'refused/the-others-are-in');
select is (pg_temp.outcomes (array[pg_temp.closed ('H1', '{"lines": [{"sku": "MUG", "q": 0, "price": 1}]}')]), 'r', 'refused/a-changed-order-that-breaks-a-rule');
select is ((select line_count from wb.sales_order where number = 'H1'), 2, 'refused/keeps-what-it-was');
select is (pg_temp.bring (array[pg_temp.closed ('E2', '{"lines": [{"sku": "MUG", "q": 0, "price": 1}]}')]) #>> '{refused,0,3}', '23514', 'refused/says-which-rule');
select throws_ok ($$select pg_temp.bring (array[pg_temp.closed ('E3')], '{}', ' ')$$, 'WB004', 'an import needs a sales channel', 'refused/no-channel');

-- ── A dry run ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.mixture () returns jsonb[]
  language sql as $$
  select array[pg_temp.closed ('H1'), pg_temp.closed ('H1', '{"po": "7"}'), pg_temp.doc ('D1', array[pg_temp.line ('NEW-1', 1, 3), pg_temp.line ('NEW-2', 1, 4)]),
    pg_temp.closed ('D2', '{"customer": {"x": "c9", "name": "New"}, "shipping": {"name": "N", "country": "ZZ"}}'),
    pg_temp.closed ('D3', '{"customer": {"x": "c9", "name": "New"}}'),
    '{"kind": "return", "x": "D4", "number": "D4", "at": "2024-03-09T10:00:00Z", "currency": "GBP", "customer": {"x": "c1"}, "lines": [{"sku": "MUG", "q": 1, "price": 2.5}]}',
    '{"kind": "product", "code": "D5", "name": "Shelf", "variants": [{"code": "D5", "price": 7, "stock": 4, "barcodes": [{"code": "4000000000006", "q": 1}]}]}',
    '{"kind": "customer", "x": "c10", "name": "Alan", "email": "alan@example.org"}']::jsonb[]
$$;
select set_config ('t.before', pg_temp.everything (), true);
select set_config ('t.dry', pg_temp.bring (pg_temp.mixture (), '{"dry_run": true, "create_products": true}')::text, true);
select is (pg_temp.everything (), current_setting ('t.before'), 'dry/changes-nothing');
select is (current_setting ('t.dry')::jsonb ->> 'outcomes', 'lucrcccc', 'dry/says-what-would-happen');
select is (pg_temp.bring (pg_temp.mixture (), '{"create_products": true}'), current_setting ('t.dry')::jsonb, 'dry/and-that-happens');

-- ── Customers ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.buyer (number text, buyer jsonb, channel text default 'shop') returns bigint
  language plpgsql as $$
begin
  perform pg_temp.bring (array[pg_temp.closed (number, jsonb_build_object ('customer', buyer))], '{}', channel);
  return (select customer_id from wb.sales_order o where o.number = buyer.number);
end $$;
select set_config ('t.grace', (select id from wb.customer where email = 'grace@example.org')::text, true);
select is (pg_temp.buyer ('P1', '{"x": "c1"}'), current_setting ('t.grace')::bigint, 'people/by-the-channel-s-number');
select is (pg_temp.buyer ('P2', '{"x": "k7", "email": "GRACE@example.org"}', 'elsewhere'), current_setting ('t.grace')::bigint, 'people/by-mail-in-another-channel');
select is (pg_temp.buyer ('P3', '{"x": "k7"}', 'elsewhere'), current_setting ('t.grace')::bigint, 'people/whose-number-is-known-from-then-on');
select isnt (pg_temp.buyer ('P4', '{"x": "c1"}', 'third'), current_setting ('t.grace')::bigint, 'people/numbers-of-another-channel-are-others');
select is (pg_temp.buyer ('P5', '{"name": "A guest"}'), null, 'people/a-guest-stays-one');
select isnt (pg_temp.buyer ('P6', '{"email": "Ägid@example.org"}'), null, 'people/letters-beyond-ascii');
select is (pg_temp.buyer ('P7', '{"email": "ÄGID@EXAMPLE.ORG"}'), (select customer_id from wb.sales_order where number = 'P6'), 'people/are-the-same-person-again');
create function pg_temp.parties (docs jsonb[], options jsonb default '{}') returns jsonb
  language sql as $$
  select tap.act_as ('seat_sales', format ('api.import_parties (@, ''shop'', %L::jsonb, %L::jsonb)',
    (select jsonb_agg (jsonb_build_object ('h', encode (sha256 (d::text::bytea), 'hex'), 'd', d)) from unnest (docs) d), options))
$$;
select is (pg_temp.parties (array[pg_temp.closed ('P8', '{"customer": {"x": "c77", "name": "Seven"}}'), pg_temp.closed ('P9', '{"customer": {"x": "c77", "name": "Seven"}}'),
                                  pg_temp.closed ('P10', '{"customer": {"x": "c78", "name": "Eight", "country": "XX"}}'), pg_temp.closed ('H1')]),
           '{"skus": 0, "customers": 1}'::jsonb, 'people/made-ahead-for-what-will-be-written');
select is (pg_temp.bring (array[pg_temp.closed ('P8', '{"customer": {"x": "c77", "name": "Seven"}}')]) -> 'customers', '0'::jsonb, 'people/and-found-again');
select is (pg_temp.parties (array[pg_temp.doc ('P11', array[pg_temp.line ('AHEAD', 1, 3)])], '{"create_products": true}'), '{"skus": 1, "customers": 0}'::jsonb, 'people/and-products');
select is ((select count (*) from wb.address where customer_id = current_setting ('t.grace')::bigint), 1::bigint, 'people/an-address-is-kept-once');

-- ── Money ──────────────────────────────────────────────────────────────────────────────────────────────────────────
select is (pg_temp.outcomes (array[pg_temp.doc ('M1', array[pg_temp.line ('MUG', 3, 10), pg_temp.line ('LAMP', 1, 0.01, '{"discount": 1}'), pg_temp.line ('SCREW', 7, 0.0015)],
  '{"tax_included": false, "charges": [{"kind": "shipping", "name": "Post", "amount": 500}, {"kind": "discount", "code": "TEN", "amount": 301},
     {"kind": "fee", "name": "Wrap", "amount": 100, "line": 1}],
    "taxes": [{"name": "VAT", "rate": 0.2, "amount": 540, "line": 1}, {"name": "VAT", "rate": 0.2, "amount": 100, "charge": 1}],
    "payments": [{"kind": "capture", "amount": 3940, "at": "2024-03-01T10:00:00Z", "reference": "p1"},
                 {"kind": "refund", "amount": 500, "at": "2024-03-05T10:00:00Z", "lines": [{"line": 1, "q": 1, "amount": 500}]}]}')]), 'c', 'money/created');
select is ((select concat_ws (' ', goods_minor, discount_minor, shipping_minor, adjustment_minor, tax_minor, total_minor, captured_minor, refunded_minor, payment_status)
              from wb.sales_order where number = 'M1'), '3002 302 500 100 640 3940 3940 500 partially_refunded', 'money/adds-up');
select is ((select array_agg (concat_ws (' ', gross_minor, discount_minor, net_minor, tax_minor) order by position) from wb.order_line where order_id = pg_temp.id ('M1')),
           array['3000 301 2699 540', '1 1 0 0', '1 0 1 0'], 'money/the-lines-share-the-discount');
select is ((select concat_ws (' ', l.position, r.quantity, r.amount_minor) from wb.refund_line r join wb.order_line l on l.id = r.line_id where l.order_id = pg_temp.id ('M1')),
           '1 1 500', 'money/what-the-refund-was-for');
select is ((select c.kind from wb.order_tax t join wb.order_charge c on c.id = t.charge_id where t.order_id = pg_temp.id ('M1')), 'shipping', 'money/tax-on-shipping');
select is (pg_temp.outcomes (array[pg_temp.doc ('M2', array[pg_temp.line ('MUG', 1, 10)]),
  pg_temp.closed ('M3', '{"shipments": [{"at": "2024-03-02T15:00:00Z", "lines": [{"line": 1, "q": 2}, {"line": 3, "q": 1}, {"line": 0, "q": 1}]}]}'),
  pg_temp.doc ('M4', array[pg_temp.line ('MUG', 1, 10)])]), 'ccc', 'money/a-place-that-no-line-has');
select is ((select count (*) from wb.parcel_item i join wb.order_line l on l.id = i.line_id where l.order_id in (pg_temp.id ('M2'), pg_temp.id ('M4'))), 0::bigint,
           'money/is-not-taken-for-another-order-s-line');

-- ── Numbers that are taken ─────────────────────────────────────────────────────────────────────────────────────────
select is (pg_temp.outcomes (array[pg_temp.closed ('H1', '{"x": "77"}')], '{}', 'elsewhere'), 'c', 'numbers/another-channel-s-order');
select is ((select number from wb.sales_order where external_id = '77'), 'H1-elsewhere', 'numbers/gets-one-of-its-own');
select is (pg_temp.outcomes (array[pg_temp.closed ('N1', '{"x": "a"}'), pg_temp.closed ('N1', '{"x": "b"}')], '{}', 'elsewhere'), 'cc', 'numbers/twice-in-a-batch');
select is (pg_temp.outcomes (array[pg_temp.closed ('N2', '{"shipments": [{"at": "2024-03-02T15:00:00Z", "tracking": ["H1-1", "N2-1", "N2-1"]}]}')]), 'c', 'numbers/a-tracking-number-again');
select is ((select array_agg (tracking order by p.id) from wb.parcel p join wb.shipment s on s.id = p.shipment_id where s.order_id = pg_temp.id ('N2')),
           array[null, 'N2-1', null], 'numbers/names-one-parcel');

-- ── Products ───────────────────────────────────────────────────────────────────────────────────────────────────────
select is ((select concat_ws (' ', s.price, s.on_hand, b.code) from wb.sku s join wb.barcode b on b.sku_id = s.id where s.code = 'D5'), '7.000000 4 4000000000006', 'products/new');
select is (pg_temp.bring (array['{"kind": "product", "code": "D6", "name": "Box", "variants": [{"code": "D6", "barcodes": [{"code": "4000000000006", "q": 1}]}]}',
                                '{"kind": "product", "code": "D5", "name": "Shelf, oak", "variants": [{"code": "D5", "price": 8, "stock": 9, "barcodes": []}]}']::jsonb[]) - 'customers',
           '{"outcomes": "ru", "skus": 0, "refused": [[0, "product", "barcode 4000000000006 of SKU D6 is on another SKU already", "WB004", null]]}'::jsonb, 'products/a-barcode-has-one');
select is ((select concat_ws (' ', price, on_hand) from wb.sku where code = 'D5'), '8.000000 4', 'products/the-shop-s-count-is-taken-once');
select is ((select concat_ws (' ', s.name, s.price, p.code) from wb.sku s join wb.product p on p.id = s.product_id where s.code = 'NEW-2'), 'a NEW-2 4.000000 NEW-2',
           'products/made-for-codes-that-nobody-knew');
select is (pg_temp.outcomes (array[pg_temp.doc ('W1', array[pg_temp.line ('LATER', 1, 5)])]), 'c', 'products/an-order-that-came-first');
select is ((select trouble from wb.sales_order where number = 'W1'), array['product'], 'products/waits-for-its-product');
select is (pg_temp.outcomes (array['{"kind": "product", "code": "LATER", "name": "Later", "category": "Home> Lamps ", "variants": [{"code": "LATER", "weight": 90}]}']::jsonb[]), 'c', 'products/which-comes');
select is ((select concat_ws ('|', s.category, c.path, up.path) from wb.sku s join wb.product p on p.id = s.product_id join wb.category c on c.id = p.category_id
              join wb.category up on up.id = c.parent_id where s.code = 'LATER'), 'Home > Lamps|Home > Lamps|Home', 'products/in-its-category');
select is ((select concat_ws (' ', o.trouble, l.weight_g, s.code) from wb.sales_order o join wb.order_line l on l.order_id = o.id join wb.sku s on s.id = l.sku_id
             where o.number = 'W1'), '{} 90 LATER', 'products/and-is-matched');

-- ── Returns ────────────────────────────────────────────────────────────────────────────────────────────────────────
select is ((select concat_ws (' ', m.status, m.credit_minor, m.customer_id = current_setting ('t.grace')::bigint, received_qty) from wb.rma m join wb.rma_line l on l.rma_id = m.id
             where m.number = 'D4'), 'closed 250 t 1', 'returns/a-closed-credit');
select is (pg_temp.outcomes (array['{"kind": "return", "x": "D4", "number": "D4", "return_of": "H1", "at": "2024-03-09T10:00:00Z", "currency": "GBP",
  "lines": [{"sku": "MUG", "q": 2, "price": 2.505}]}']::jsonb[]), 'u', 'returns/changed');
select is ((select concat_ws (' ', m.credit_minor, m.order_id = pg_temp.id ('H1'), (select count (*) from wb.rma_line l where l.rma_id = m.id)) from wb.rma m where number = 'D4'),
           '501 t 1', 'returns/of-an-order');
