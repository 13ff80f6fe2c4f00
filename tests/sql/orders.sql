-- Money adds up, the three statuses follow from what happened, stages move only as allowed.

-- ── Rounding: quantity × price, half away from zero to the minor unit ──────────────────────────────────────────────
select is (wb.to_minor (amount::numeric, currency::char(3)), minor::bigint, 'rounding/' || amount || currency)
  from (values ('0.005', 'GBP', 1), ('0.0049', 'GBP', 0), ('0.015', 'GBP', 2), ('0.025', 'GBP', 3), ('-0.005', 'GBP', -1),
               ('-0.0149', 'GBP', -1), ('0.5', 'JPY', 1), ('1.5', 'JPY', 2), ('2.5', 'JPY', 3), ('0.0005', 'KWD', 1),
               ('123456789.994999', 'GBP', 12345678999)) t (amount, currency, minor);

create function pg_temp.gross (lines jsonb, more jsonb default '{}') returns bigint
  language plpgsql volatile as $$
declare
  o bigint := tap.new_order (lines, more);
begin
  return (select goods_minor from wb.sales_order where id = o);
end $$;
select is (pg_temp.gross (lines::jsonb, more::jsonb), gross::bigint, 'line/' || what)
  from (values ('one-screw', '[{"sku": "SCREW", "quantity": 1, "unit_price": 0.0015}]', '{}', 0),
               ('ten-screws', '[{"sku": "SCREW", "quantity": 10, "unit_price": 0.0015}]', '{}', 2),
               ('thousand-screws', '[{"sku": "SCREW", "quantity": 1000, "unit_price": 0.0015}]', '{}', 150),
               ('two-lines-of-screws', '[{"sku": "SCREW", "quantity": 10}, {"sku": "SCREW", "quantity": 10}]', '{}', 4),
               ('yen', '[{"sku": "MUG", "quantity": 3, "unit_price": 100.5}]', '{"channel": "tokyo"}', 302)
       ) o (what, lines, more, gross);

-- ── Sharing out: the parts always add up ───────────────────────────────────────────────────────────────────────────
select is ((select sum (x) from unnest (wb.share_out (amount, weights)) x), amount::numeric,
           'share-out/' || amount || ' by ' || weights::text)
  from (values (100::bigint, '{1,1,1}'::bigint[]), (1, '{1,1,1}'), (-100, '{1,1,1}'), (99, '{50,30,20}'), (7, '{0,1,0}'),
               (100, '{0,0,0}'), (0, '{1,2}'), (1000000000000000, '{333,333,334}'), (5, '{1}')) t (amount, weights);
select is (wb.share_out (100, '{1,1,1}'), '{34,33,33}'::bigint[], 'share-out/earlier-parts-first-at-a-tie');

-- ── Totals ─────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.new_order ('[
    {"sku": "MUG", "quantity": 3, "unit_price": 12.50, "tax": {"name": "VAT", "rate": 0.2}},
    {"sku": "SCREW", "quantity": 333, "unit_price": 0.0015, "tax": {"name": "VAT", "rate": 0.2}},
    {"sku": "LAMP", "quantity": 1, "unit_price": 49.99, "discount_minor": 500, "tax": {"name": "VAT", "rate": 0.2}}]',
  '{"charges": [{"kind": "shipping", "amount_minor": 495}, {"kind": "discount", "code": "TEN", "amount_minor": 1000}]}')::text,
  true);
select is ((select total_minor from wb.sales_order where id = current_setting ('t.order')::bigint),
           3750::bigint + 50 + 4999 - 500 - 1000 + 495, 'total/is-goods-less-discounts-plus-shipping');
select is ((select sum (net_minor) from wb.order_line where order_id = o.id), (o.goods_minor - o.discount_minor)::numeric,
           'total/lines-carry-all-of-the-discount') from wb.sales_order o where id = current_setting ('t.order')::bigint;
select is ((select sum (tax_minor) from wb.order_line where order_id = o.id),
           (select sum (amount_minor) from wb.order_tax t where t.order_id = o.id and line_id is not null),
           'total/line-taxes-add-up') from wb.sales_order o where id = current_setting ('t.order')::bigint;
select is (o.tax_minor::numeric, (select sum (amount_minor) from wb.order_tax t where t.order_id = o.id), 'total/tax-adds-up')
  from wb.sales_order o where id = current_setting ('t.order')::bigint;
select throws_ok ('update wb.sales_order set total_minor = total_minor + 1 where id = ' || current_setting ('t.order'), '23514', null,
                  'total/cannot-be-written-differently');
select lives_ok ($$ select tap.new_order ('[{"sku": "MUG", "quantity": 2147483647, "unit_price": 0.01}]') $$,
                 'total/largest-quantity');

-- ── The three statuses, and the stage ──────────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.new_order ('[{"sku": "MUG", "quantity": 2}]')::text, true);
select is (tap.facts (current_setting ('t.order')::bigint), 'pending pending unfulfilled new', 'facts/new');
select tap.act_as ('seat_sales', format ('api.order_pay (@, %s, ''failure'', 2500, ''card'')', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'pending failed unfulfilled new', 'facts/payment-failed');
select tap.act_as ('seat_sales', format ('api.order_pay (@, %s, ''authorisation'', 2500, ''card'')', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'processing authorised unfulfilled ready_to_pack', 'facts/authorised');
select is ((select reserved_qty from wb.order_line where order_id = current_setting ('t.order')::bigint), 2, 'facts/stock-is-promised');
select is ((select count (*) from wb.job where order_id = current_setting ('t.order')::bigint and state = 'open'), 1::bigint,
           'facts/there-is-a-job');
select tap.act_as ('seat_sales', format ('api.order_pay (@, %s, ''capture'', 1000, ''card'')', current_setting ('t.order'))) \g /dev/null
select is ((select payment_status from wb.sales_order where id = current_setting ('t.order')::bigint), 'partially_paid',
           'facts/partly-captured');
select tap.act_as ('seat_sales', format ('api.order_pay (@, %s, ''capture'', 1500, ''card'')', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'processing paid unfulfilled ready_to_pack', 'facts/paid');

select tap.act_as ('seat_support', format ('api.order_hold (@, array[%s]::bigint[], ''address'', ''no street'')', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'processing paid unfulfilled on_hold', 'facts/held');
select is ((select count (*) from wb.job where order_id = current_setting ('t.order')::bigint and state = 'open'), 0::bigint,
           'facts/a-held-order-has-no-open-job');
select tap.act_as ('seat_support', format ('api.order_release (@, array[%s]::bigint[])', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'processing paid unfulfilled ready_to_pack', 'facts/released');

select tap.act_as ('seat_sales', format ('api.order_cancel (@, array[%s]::bigint[], ''asked'')', current_setting ('t.order'))) \g /dev/null
select is (tap.facts (current_setting ('t.order')::bigint), 'cancelled paid unfulfilled cancelled', 'facts/cancelled');
select is ((select t.reserved from wb.stock_total t join wb.sku s on s.id = t.sku_id where s.code = 'MUG'), 0::bigint,
           'facts/cancelled-gives-the-stock-back');
select is ((select array_agg (to_stage order by id) from wb.stage_passage where order_id = current_setting ('t.order')::bigint),
           '{new,verified,ready_to_pack,on_hold,ready_to_pack,cancelled}'::text[], 'facts/each-passage-is-recorded');

-- ── Refunds ────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 2}, {"sku": "MUG", "quantity": 1}]')::text, true);
select refused ('seat_sales', format ('select api.order_refund (gen_random_uuid (), %s, 3751, null, ''card'', '''', '''', ''x'')',
                                      current_setting ('t.order')), 'WB004', 'refund/not-more-than-was-captured');
select refused ('seat_sales', format ('select api.order_refund (gen_random_uuid (), %s, 100, %L, ''card'', '''', '''', ''x'')',
                                      current_setting ('t.order'), '[{"line_id": 1, "quantity": 1, "amount_minor": 99}]'), 'WB004',
                'refund/lines-add-up-to-the-amount');
select refused ('seat_sales', format ('select api.order_refund (gen_random_uuid (), %s, 1251, %L, ''card'', '''', '''', ''x'')',
                                      current_setting ('t.order'), (select jsonb_build_array (jsonb_build_object ('line_id', id,
                                        'quantity', 1, 'amount_minor', 1251)) from wb.order_line
                                       where order_id = current_setting ('t.order')::bigint and quantity = 1)), 'WB004',
                'refund/not-more-than-the-line-cost');
select allowed ('seat_sales', format ('select api.order_refund (gen_random_uuid (), %s, 1250, %L, ''card'', '''', '''', ''broken'')',
                                      current_setting ('t.order'), (select jsonb_build_array (jsonb_build_object ('line_id', id,
                                        'quantity', 1, 'amount_minor', 1250)) from wb.order_line
                                       where order_id = current_setting ('t.order')::bigint and quantity = 1)),
                'refund/of-a-line');
select is ((select payment_status from wb.sales_order where id = current_setting ('t.order')::bigint), 'partially_refunded',
           'refund/in-part');
select allowed ('seat_sales', format ('select api.order_refund (gen_random_uuid (), %s, 2500, null, ''card'', '''', '''', ''x'')',
                                      current_setting ('t.order')), 'refund/the-rest');
select is ((select payment_status from wb.sales_order where id = current_setting ('t.order')::bigint), 'refunded', 'refund/in-full');
select throws_ok ('update wb.payment set amount_minor = 1 where order_id = ' || current_setting ('t.order'), 'WB004', null,
                  'refund/payments-are-append-only');

-- ── Stages by hand: allowed and forbidden ──────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.new_order ('[{"sku": "MUG", "quantity": 1}]')::text, true);
select is (tap.act_as ('seat_sales', format ('api.order_move (@, array[%s]::bigint[], ''production'')', current_setting ('t.order'))) ->> 'done',
           '1', 'stage/new-to-production');
select is (tap.act_as ('seat_sales', format ('api.order_move (@, array[%s]::bigint[], ''delivered'')', current_setting ('t.order'))) ->> 'done',
           '0', 'stage/production-to-delivered-is-refused');
select is ((select stage from wb.sales_order where id = current_setting ('t.order')::bigint), 'production', 'stage/and-stays');
select is (tap.act_as ('seat_sales', format ('api.order_move (@, array[%s]::bigint[], ''ready_to_pack'')', current_setting ('t.order'))) ->> 'done',
           '1', 'stage/production-to-ready');
select refused ('seat_sales', format ('select api.order_move (gen_random_uuid (), array[%s]::bigint[], ''nowhere'')',
                                      current_setting ('t.order')), 'WB001', 'stage/an-unknown-one');
select finds_nothing ($$
  select from_stage || ' ' || to_stage from wb.stage_transition where from_stage = to_stage
$$, 'stage/none-follows-itself');
select finds_nothing ($$
  select s.code from wb.stage s where active and not exists (select from wb.stage_transition t where t.to_stage = s.code)
$$, 'stage/each-can-be-reached');
select finds_nothing ($$
  select p.order_id, p.from_stage, p.to_stage from wb.stage_passage p
   where p.from_stage is not null and p.order_id in (select id from wb.sales_order where channel_id = (select id from wb.sales_channel where code = 'test'))
     and not exists (select from wb.stage_transition t where t.from_stage = p.from_stage and t.to_stage = p.to_stage)
$$, 'stage/every-passage-is-an-allowed-transition');

-- ── Notes: of any use, and no more ─────────────────────────────────────────────────────────────────────────────────
select refused ('seat_sales', format ('select api.order_note_add (gen_random_uuid (), %s, ''internal'', repeat (''ü'', 20001))',
                                      current_setting ('t.order')), 'WB004', 'note/longer-than-anybody-reads');
select allowed ('seat_sales', format ('select api.order_note_add (gen_random_uuid (), %s, ''internal'', repeat (''ü'', 20000))',
                                      current_setting ('t.order')), 'note/as-long-as-may-be');

-- ── What is refused ────────────────────────────────────────────────────────────────────────────────────────────────
select throws_ok (format ('select tap.new_order (%L, %L)', lines, more), state, null, 'refused/' || what)
  from (values ('no-lines', '[]', '{}', 'WB004'), ('unknown-sku', '[{"sku": "NONE", "quantity": 1}]', '{}', 'WB001'),
               ('unknown-channel', '[{"sku": "MUG", "quantity": 1}]', '{"channel": "none"}', 'WB001'),
               ('nothing-of-it', '[{"sku": "MUG", "quantity": 0}]', '{}', '23514'),
               ('less-than-nothing', '[{"sku": "MUG", "quantity": -1}]', '{}', '23514'),
               ('more-than-fits', '[{"sku": "MUG", "quantity": 99999999999}]', '{}', '22003'),
               ('unknown-currency', '[{"sku": "MUG", "quantity": 1}]', '{"currency": "ZZZ"}', '23503')
       ) t (what, lines, more, state);
select lives_ok ($$ select tap.new_order ('[{"sku": "MUG", "quantity": 1, "name": "=HYPERLINK(\"x\")"}]',
                                          '{"number": "X''; drop table wb.sales_order; --"}') $$, 'text/sql-in-a-number-is-text');
select is ((select count (*) from wb.sales_order where number = 'X''; drop table wb.sales_order; --'), 1::bigint,
           'text/and-is-kept-as-it-is');
