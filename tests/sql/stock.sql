-- Stock is a ledger: levels follow it, nothing goes below zero, nothing is promised twice.

create function pg_temp.on_hand (code text) returns text
  language sql as $$
  select concat_ws ('/', on_hand, reserved, available) from wb.sku where sku.code = on_hand.code
$$;
create function pg_temp.move (sku text, from_bin text, to_bin text, pieces integer) returns text
  language sql as $$
  select format ('insert into wb.stock_move (kind, sku_id, from_bin_id, to_bin_id, quantity) values (%L, %s, %s, %s, %s)',
    'adjust', (select id from wb.sku s where s.code = move.sku),
    coalesce ((select id::text from wb.bin b where b.code = from_bin), 'null'),
    coalesce ((select id::text from wb.bin b where b.code = to_bin), 'null'), pieces)
$$;

select is (pg_temp.on_hand ('MUG'), '15/0/15', 'levels/sum-over-bins');
select lives_ok (pg_temp.move ('MUG', 'P1', 'P2', 4), 'moves/between-bins');
select is (pg_temp.on_hand ('MUG'), '15/0/15', 'moves/between-sellable-bins-change-nothing');
select lives_ok (pg_temp.move ('MUG', 'P2', 'Q1', 3), 'moves/into-quarantine');
select is (pg_temp.on_hand ('MUG'), '12/0/12', 'moves/quarantine-is-not-sellable');
select throws_ok (pg_temp.move ('MUG', 'P1', null, 7), '23514', null, 'never-negative/more-than-the-bin-holds');
select throws_ok (pg_temp.move ('LAMP', 'P1', null, 1), '23514', null, 'never-negative/what-never-was-there');
select throws_ok (pg_temp.move ('MUG', 'P1', 'P2', 0), '23514', null, 'moves/of-nothing');
select throws_ok (pg_temp.move ('MUG', 'P1', 'P1', 1), '23514', null, 'moves/to-the-same-bin');
select throws_ok ('update wb.stock_level set quantity = -1', '23514', null, 'never-negative/by-constraint');
select throws_ok ('update wb.stock_move set quantity = 1', 'WB004', null, 'ledger/cannot-be-changed');
select throws_ok ('delete from wb.stock_move', 'WB004', null, 'ledger/cannot-be-deleted');
select finds_nothing ('select * from api.stock_check ()', 'ledger/equals-levels');

-- ── Promises ───────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.first', tap.paid_order ('[{"sku": "MUG", "quantity": 8}]')::text, true);
select is (pg_temp.on_hand ('MUG'), '12/8/4', 'promises/a-paid-order-has-its-stock');
select set_config ('t.second', tap.paid_order ('[{"sku": "MUG", "quantity": 8}]')::text, true);
select is (pg_temp.on_hand ('MUG'), '12/12/0', 'promises/no-more-than-there-is');
select is ((select array[l.reserved_qty::text, o.stage, o.trouble::text] from wb.order_line l join wb.sales_order o on o.id = l.order_id
             where o.id = current_setting ('t.second')::bigint), '{4,verified,"{stock}"}'::text[], 'promises/the-second-waits');
select throws_ok ('update wb.stock_total set reserved = on_hand + 1', '23514', null, 'promises/cannot-oversell-by-constraint');
select throws_ok ('update wb.order_line set reserved_qty = quantity + 1', '23514', null, 'promises/not-more-than-ordered');

select tap.act_as ('seat_packer', 'api.stock_receive (@, ''T'', ''P1'', ''MUG'', 4)') \g /dev/null
select is ((select stage from wb.sales_order where id = current_setting ('t.second')::bigint), 'ready_to_pack',
           'promises/new-stock-goes-to-who-waits');
select is (pg_temp.on_hand ('MUG'), '16/16/0', 'promises/all-of-it');
select tap.act_as ('seat_packer', 'api.stock_count (@, ''T'', ''P1'', ''MUG'', 0, null, ''empty'')') \g /dev/null
select finds_nothing ('select * from wb.stock_total where reserved > on_hand', 'count/promises-shrink-with-the-stock');
select is ((select stage from wb.sales_order where id = current_setting ('t.second')::bigint), 'verified',
           'count/the-latest-promise-goes-first');
select tap.act_as ('seat_sales', format ('api.order_cancel (@, array[%s]::bigint[], ''x'')', current_setting ('t.first'))) \g /dev/null
select finds_nothing ('select * from api.stock_check ()', 'promises/ledger-levels-and-promises-agree');

-- ── Acts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
select refused ('seat_packer', statement, state, 'acts/' || what)
  from (values ('receive-nothing', 'select api.stock_receive (gen_random_uuid (), ''T'', ''P1'', ''MUG'', 0)', 'WB004'),
               ('receive-nowhere', 'select api.stock_receive (gen_random_uuid (), ''T'', ''XX'', ''MUG'', 1)', 'WB001'),
               ('receive-what', 'select api.stock_receive (gen_random_uuid (), ''T'', ''P1'', ''NONE'', 1)', 'WB001'),
               ('count-below-zero', 'select api.stock_count (gen_random_uuid (), ''T'', ''P1'', ''MUG'', -1)', 'WB004'),
               ('transfer-too-much', 'select api.stock_transfer (gen_random_uuid (), ''T'', ''P1'', ''P2'', ''MUG'', 1000)', '23514')
       ) t (what, statement, state);
