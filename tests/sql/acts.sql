-- An act happens once, leaves a trail, and can be undone.

select set_config ('t.order', tap.new_order ('[{"sku": "MUG", "quantity": 1}]')::text, true);

-- ── Once ───────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.act', gen_random_uuid ()::text, true);
select is (tap.value_as ('seat_sales', format ('select api.order_pay (%L, %s, ''capture'', 1250, ''card'')', current_setting ('t.act'),
                                               current_setting ('t.order'))), '{}', 'once/first');
select is (tap.value_as ('seat_sales', format ('select api.order_pay (%L, %s, ''capture'', 1250, ''card'')', current_setting ('t.act'),
                                               current_setting ('t.order'))), '{}', 'once/again-says-the-same');
select is ((select captured_minor from wb.sales_order where id = current_setting ('t.order')::bigint), 1250::bigint,
           'once/and-does-nothing-twice');
select refused ('seat_sales', format ('select api.order_rush (%L, array[%s]::bigint[], true)', current_setting ('t.act'),
                                      current_setting ('t.order')), 'WB005', 'once/the-id-of-another-act');
select refused ('seat_gateway', format ('select api.order_pay (%L, %s, ''capture'', 1250, ''card'')', current_setting ('t.act'),
                                        current_setting ('t.order')), 'WB005', 'once/the-act-of-somebody-else');
select refused ('seat_sales', format ('select api.order_rush (null, array[%s]::bigint[], true)', current_setting ('t.order')),
                'WB004', 'once/an-act-needs-an-id');
select is ((select array[name, actor] from wb.act where id = current_setting ('t.act')::uuid), '{order_pay,seat_sales}'::text[],
           'once/is-on-record');

-- ── The trail ──────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('wb.seat', 'desk 7', true);
select set_config ('t.act', gen_random_uuid ()::text, true);
select is (tap.value_as ('seat_sales', format ('select api.order_rush (%L, array[%s]::bigint[], true, ''birthday'')',
                                               current_setting ('t.act'), current_setting ('t.order'))) <> '', true, 'trail/act');
select is ((select jsonb_build_array (c.old -> 'rush', c.new -> 'rush', c.actor, c.seat, a.reason)
              from audit.change c join wb.act a on a.id = c.act_id
             where c.act_id = current_setting ('t.act')::uuid and c.table_name = 'sales_order' and c.new ? 'rush'),
           '[false, true, "seat_sales", "desk 7", "birthday"]'::jsonb, 'trail/old-new-who-where-why');
select ok ((select not c.new ? 'version' and not c.new ? 'updated_at' from audit.change c
             where c.act_id = current_setting ('t.act')::uuid and c.table_name = 'sales_order' limit 1), 'trail/only-what-changed');
select finds_nothing ($$
  select r.rolname from pg_roles r where r.rolname ~ '^(seat_|wb_)' and r.rolname <> 'wb_owner'
     and has_table_privilege (r.oid, 'audit.change', 'insert, update, delete')
$$, 'trail/nobody-can-write-it');

-- ── Undo ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.undo_works (what text, call text, field text) returns setof text
  language plpgsql as $$
declare
  o bigint := current_setting ('t.order')::bigint;
  act uuid := gen_random_uuid ();
  before text;
  after text;
  undone text;
begin
  execute format ('select (%s)::text from wb.sales_order where id = %s', field, o) into before;
  perform tap.value_as ('seat_manager', 'select ' || replace (replace (call, '(@', '(' || quote_literal (act) || '::uuid'), '#', o::text));
  execute format ('select (%s)::text from wb.sales_order where id = %s', field, o) into after;
  return next tap.isnt (after, before, 'undo/' || what || '-does-something');
  perform tap.value_as ('seat_manager', format ('select api.undo (gen_random_uuid (), %L)', act));
  execute format ('select (%s)::text from wb.sales_order where id = %s', field, o) into undone;
  return next tap.is (undone, before, 'undo/' || what || '-is-undone');
end $$;

select pg_temp.undo_works ('rush', 'api.order_rush (@, array[#]::bigint[], false)', 'rush');
select pg_temp.undo_works ('hold', 'api.order_hold (@, array[#]::bigint[], ''other'', ''x'')', 'stage');
select pg_temp.undo_works ('tag', 'api.order_tag (@, array[#]::bigint[], ''{a,b}'', null)', 'tags');
select pg_temp.undo_works ('assign', 'api.order_assign (@, array[#]::bigint[], ''seat_support'')', 'assigned_to is not null');
select pg_temp.undo_works ('move', 'api.order_move (@, array[#]::bigint[], ''production'')', 'stage');
select pg_temp.undo_works ('note', 'api.order_note_add (@, #, ''internal'', ''hello'')', 'note_count');
select pg_temp.undo_works ('cancel', 'api.order_cancel (@, array[#]::bigint[], ''asked'')', 'status');
select is ((select reserved_qty from wb.order_line where order_id = current_setting ('t.order')::bigint), 1,
           'undo/cancel-promises-the-stock-again');

select set_config ('t.act', gen_random_uuid ()::text, true);
select tap.value_as ('seat_sales', format ('select api.order_rush (%L, array[%s]::bigint[], false)', current_setting ('t.act'),
                                           current_setting ('t.order'))) \g /dev/null
select allowed ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', current_setting ('t.act')), 'undo/once');
select refused ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', current_setting ('t.act')), 'WB00', 'undo/not-twice');
select refused ('seat_sales', 'select api.undo (gen_random_uuid (), gen_random_uuid ())', 'WB001', 'undo/of-nothing');
select set_config ('t.act', gen_random_uuid ()::text, true);
select tap.value_as ('seat_sales', format ('select api.order_pay (%L, %s, ''void'', 0, ''card'')', current_setting ('t.act'),
                                           current_setting ('t.order'))) \g /dev/null
select refused ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', current_setting ('t.act')), 'WB004',
                'undo/not-of-money');

-- ── News ───────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.horizon', tap.value_as ('seat_sales', 'select horizon from api.news_since (null)'), true);
select tap.act_as ('seat_sales', format ('api.order_rush (@, array[%s]::bigint[], true)', current_setting ('t.order'))) \g /dev/null
select is (tap.value_as ('seat_packer', format ('select count (*) > 0 from api.news_since (%L) where topic = ''order'' and ids @> array[%s]::bigint[]',
             current_setting ('t.horizon'), current_setting ('t.order'))), 'true', 'news/tells-which-order');
select is (tap.value_as ('seat_packer', format ('select count (*) from api.news_since (%L) where horizon is not null', current_setting ('t.horizon'))),
           '1', 'news/gives-the-next-horizon');
