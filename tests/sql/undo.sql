-- Every act that says it can be taken back: done, taken back, done again; twice; and after somebody else's change.

update wb.staff set display_name = 'Grace Hopper' where login = 'seat_manager';
create temp table thing (name text primary key, id text) on commit drop;
insert into thing values
  ('paid', tap.paid_order ('[{"sku": "MUG", "quantity": 2}]', '{"number": "PAID"}')),
  ('open', tap.new_order ('[{"sku": "SCREW", "quantity": 5}]', '{"number": "OPEN"}')),
  ('held', tap.paid_order ('[{"sku": "SCREW", "quantity": 7}]', '{"number": "HELD"}')),
  ('sent', tap.paid_order ('[{"sku": "MUG", "quantity": 1}]', '{"number": "SENT", "rush": true}')),
  ('customer', tap.act_as ('seat_sales', 'api.customer_create (@, ''{"name": "Ada", "number": "CU1"}'')') ->> 'customer_id'),
  ('sku', (select id from wb.sku where code = 'LAMP'));
insert into thing values ('note', tap.act_as ('seat_sales', format ('api.order_note_add (@, %s, ''internal'', ''hello'')',
                                                                    (select id from thing where name = 'paid'))) ->> 'note_id');
update wb.sales_order set customer_id = (select id::bigint from thing where name = 'customer') where number = 'PAID';
select wb.refresh_customers (array_agg (id)) from wb.customer \g /dev/null

-- (@ in a call is a new act, #name the id of a thing, #name.version its version.
create function pg_temp.filled (call text, act uuid) returns text
  language plpgsql as $$
declare
  t record;
begin
  call := replace (call, '#customer.version', (select version::text from wb.customer where number = 'CU1'));
  call := replace (call, '#sku.version', (select version::text from wb.sku where code = 'LAMP'));
  call := replace (call, '#station.version', (select version::text from wb.station where code = 'ST1'));
  for t in select * from thing loop
    call := replace (call, '#' || t.name, t.id);
  end loop;
  return 'select ' || replace (call, '(@', '(' || quote_literal (act) || '::uuid');
end $$;

create function pg_temp.do_act (seat text, call text) returns uuid
  language plpgsql as $$
declare
  act uuid := gen_random_uuid ();
  outcome text := tap.outcome_as (seat, pg_temp.filled (call, act));
begin
  if outcome <> 'ok' then
    raise exception '%: %', call, outcome;
  end if;
  return act;
end $$;

select pg_temp.do_act ('seat_packer', 'api.job_next (@, ''ST1'')') \g /dev/null
insert into thing select 'job', id from wb.job where order_id = (select id::bigint from thing where name = 'sent');
select pg_temp.do_act ('seat_packer', format ('api.job_label (@, #job, ''ST1'', %L)', jsonb_build_array (jsonb_build_object ('parcel', 1, 'weight_g', 500, 'items',
  (select jsonb_agg (jsonb_build_object ('line_id', l.id, 'quantity', l.quantity)) from wb.order_line l join wb.sales_order o on o.id = l.order_id
    where o.number = 'SENT'))))) \g /dev/null
select pg_temp.do_act ('seat_packer', 'api.job_ship (@, #job, ''ST1'')') \g /dev/null
select pg_temp.do_act ('seat_sales', 'api.order_hold (@, array[#held]::bigint[], ''other'')') \g /dev/null
insert into thing select 'rushed', quote_literal (pg_temp.do_act ('seat_sales', 'api.order_rush (@, array[#open]::bigint[], true)'));

-- All that was decided and all that follows from it; not when a row was written.
create function pg_temp.shop () returns jsonb
  language sql as $$
  select jsonb_build_object (
    'orders', (select jsonb_agg (to_jsonb (o) - 'updated_at' - 'version' - 'stage_since' order by o.id) from wb.sales_order o),
    'lines', (select jsonb_agg (to_jsonb (l) order by l.id) from wb.order_line l),
    'holds', (select jsonb_agg (jsonb_build_object ('id', h.order_id, 'why', h.reason_code, 'note', h.note) order by h.order_id, h.reason_code)
                from wb.hold h where h.released_at is null),
    'notes', (select jsonb_agg (jsonb_build_object ('id', n.order_id, 'body', n.body) order by n.id) from wb.order_note n where n.deleted_at is null),
    'shipments', (select jsonb_agg (to_jsonb (s) - 'version' order by s.id) from wb.shipment s),
    'jobs', (select jsonb_agg (jsonb_build_object ('id', j.order_id, 'state', j.state, 'priority', j.priority) order by j.order_id)
               from wb.job j where j.state <> 'withdrawn'),
    'promised', (select jsonb_agg (to_jsonb (r) - 'at' order by r.line_id) from wb.reservation r),
    'stock', (select jsonb_agg (to_jsonb (t) order by t.sku_id) from wb.stock_total t),
    'customers', (select jsonb_agg (to_jsonb (c) - 'updated_at' - 'version' order by c.id) from wb.customer c),
    'skus', (select jsonb_agg (to_jsonb (s) - 'updated_at' - 'version' order by s.id) from wb.sku s),
    'stations', (select jsonb_agg (to_jsonb (s) - 'version' order by s.id) from wb.station s))
$$;
create function pg_temp.difference (a jsonb, b jsonb) returns text
  language sql as $$
  select string_agg (x.key || ': ' || coalesce (y.value::text, '') || ' / ' || coalesce (x.value::text, ''), E'\n')
    from jsonb_each (a) x full join jsonb_each (b) y on y.key = x.key where x.value is distinct from y.value
$$;

create temp table undoable (what text, act text, call text) on commit drop;
insert into undoable values
  ('hold', 'order_hold', 'api.order_hold (@, array[#paid]::bigint[], ''other'', ''x'')'),
  ('hold-many', 'order_hold', 'api.order_hold (@, array[#paid, #open, #held]::bigint[], ''fraud'')'),
  ('release', 'order_release', 'api.order_release (@, array[#held]::bigint[])'),
  ('accept', 'order_move', 'api.order_move (@, array[#open]::bigint[], ''ready_to_pack'')'),
  ('produce', 'order_move', 'api.order_move (@, array[#paid]::bigint[], ''production'')'),
  ('deliver', 'order_move', 'api.order_move (@, array[#sent]::bigint[], ''delivered'')'),
  ('return', 'order_move', 'api.order_move (@, array[#sent]::bigint[], ''returns'')'),
  ('cancel', 'order_cancel', 'api.order_cancel (@, array[#paid, #open, #held]::bigint[], ''asked'')'),
  ('assign', 'order_assign', 'api.order_assign (@, array[#paid]::bigint[], ''seat_support'')'),
  ('rush', 'order_rush', 'api.order_rush (@, array[#paid]::bigint[], true)'),
  ('tag', 'order_tag', 'api.order_tag (@, array[#paid, #open]::bigint[], ''{a,b}'', null)'),
  ('note', 'order_note_add', 'api.order_note_add (@, #paid, ''instruction'', ''wrap it'', ''pack'')'),
  ('note-gone', 'order_note_remove', 'api.order_note_remove (@, #note)'),
  ('customer', 'customer_update', 'api.customer_update (@, #customer, #customer.version, ''{"segment": "vip", "email": "a@example.org", '
                                  '"tags": ["x"], "credit_limit_minor": 5000}'')'),
  ('sku', 'sku_update', 'api.sku_update (@, #sku, #sku.version, ''{"price": 3.5, "weight_g": 9, "handling": ["fragile"]}'')'),
  ('profile', 'station_profile_set', 'api.station_profile_set (@, ''ST1'', #station.version, ''{"sounds": false, "devices": [{"id": "a"}]}'')'),
  ('undo', 'undo', 'api.undo (@, #rushed)');

create function pg_temp.undo_act (target uuid) returns uuid
  language sql as $$ select pg_temp.do_act ('seat_admin', format ('api.undo (@, %L)', target)) $$;

-- Leaves all as it was before.
create function pg_temp.goes_back (what text, call text) returns setof text
  language plpgsql as $$
declare
  act uuid;
  undo uuid;
  again uuid;
  before jsonb := pg_temp.shop ();
  after jsonb;
begin
  act := pg_temp.do_act ('seat_admin', call);
  after := pg_temp.shop ();
  return next tap.isnt (after, before, what || '/does-something');
  undo := pg_temp.undo_act (act);
  return next tap.is (pg_temp.difference (pg_temp.shop (), before), null, what || '/is-undone');
  return next tap.refused ('seat_admin', format ('select api.undo (gen_random_uuid (), %L)', act), 'WB004', what || '/not-twice');
  again := pg_temp.undo_act (undo);
  return next tap.is (pg_temp.difference (pg_temp.shop (), after), null, what || '/undoing-that-does-it-again');
  perform pg_temp.undo_act (again);
  return next tap.is (pg_temp.difference (pg_temp.shop (), before), null, what || '/and-is-undone-again');
  return next tap.is ((select count (*) from api.stock_check ()), 0::bigint, what || '/ledger-levels-and-promises-agree');
end $$;
select pg_temp.goes_back (what, call) from undoable;

-- The list above is whole: it names every act that says it can be taken back, and only those.
select is ((select string_agg (distinct act, ' ' order by act) from undoable),
           (select string_agg (distinct m[1], ' ' order by m[1]) from pg_proc p
              cross join lateral regexp_matches (p.prosrc, 'begin_act\(act, ''(\w+)'',[^;]*\mtrue\)', 'g') m where p.pronamespace = 'api'::regnamespace),
           'every-act-that-can-be-undone-is-here');
select refused ('seat_admin', format ('select api.undo (gen_random_uuid (), %L)', id), 'WB004', 'not-of/' || name)
  from wb.act where not undoable;

-- ── After somebody else's change ───────────────────────────────────────────────────────────────────────────────────
create function pg_temp.meets (what text, first text, second text, says text) returns setof text
  language plpgsql as $$
declare
  act uuid := pg_temp.do_act ('seat_sales', first);
  other uuid := pg_temp.do_act ('seat_manager', second);
  before jsonb := pg_temp.shop ();
begin
  return next tap.is (tap.outcome_as ('seat_admin', format ('select api.undo (gen_random_uuid (), %L)', act)), 'WB002 ' || says, 'conflict/' || what);
  return next tap.is (pg_temp.difference (pg_temp.shop (), before), null, 'conflict/' || what || '-changes-nothing');
  if (select undoable from wb.act where id = other) then
    perform pg_temp.undo_act (other), pg_temp.undo_act (act);
  end if;
end $$;
select pg_temp.meets ('rush', 'api.order_rush (@, array[#paid]::bigint[], true)', 'api.order_rush (@, array[#paid]::bigint[], false)',
                      'order PAID was changed by Grace Hopper meanwhile: rush');
select pg_temp.meets ('assign', 'api.order_assign (@, array[#paid]::bigint[], ''seat_sales'')', 'api.order_assign (@, array[#paid]::bigint[], ''seat_support'')',
                      'order PAID was changed by Grace Hopper meanwhile: assigned');
select pg_temp.meets ('hold', 'api.order_hold (@, array[#paid]::bigint[], ''other'')', 'api.order_release (@, array[#paid]::bigint[])',
                      'the hold on order PAID was changed by Grace Hopper meanwhile: released');
select pg_temp.meets ('note', 'api.order_note_add (@, #paid, ''internal'', ''hello'')',
                      'api.order_note_remove (@, (select max ((n ->> ''id'')::bigint) from jsonb_array_elements (api.order_page (#paid) -> ''notes'') n))',
                      'the note on order PAID was changed by Grace Hopper meanwhile: deleted');
select pg_temp.meets ('customer', 'api.customer_update (@, #customer, #customer.version, ''{"phone": "1", "note": "x"}'')',
                      'api.customer_update (@, #customer, #customer.version, ''{"phone": "2"}'')',
                      'customer CU1 was changed by Grace Hopper meanwhile: phone');
select pg_temp.meets ('other-field', 'api.order_move (@, array[#paid]::bigint[], ''production'')', 'api.order_move (@, array[#paid]::bigint[], ''ready_to_pack'')',
                      'order PAID was changed by Grace Hopper meanwhile: production');
select is ((select string_agg (distinct x.actor, ' ') from audit.change x where x.table_name = 'sales_order' and x.new ? 'rush'
              and x.row_id = (select id::bigint from thing where name = 'open')), 'seat_admin seat_sales', 'another-field-is-no-conflict/before');
select pg_temp.do_act ('seat_sales', 'api.order_tag (@, array[#paid]::bigint[], ''{c}'', null)') as tagged \gset
select pg_temp.do_act ('seat_manager', 'api.order_assign (@, array[#paid]::bigint[], ''seat_support'')') \g /dev/null
select allowed ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', :'tagged'), 'another-field-is-no-conflict');

-- A hold that was released does not come back to an order that left.
select pg_temp.do_act ('seat_sales', 'api.order_release (@, array[#held]::bigint[])') as released \gset
select pg_temp.do_act ('seat_manager', 'api.order_cancel (@, array[#held]::bigint[], ''asked'')') \g /dev/null
select is (tap.outcome_as ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', :'released')),
           'WB002 order HELD left meanwhile: it cannot be held any more', 'conflict/an-order-that-left');

-- ── Whose act it was ───────────────────────────────────────────────────────────────────────────────────────────────
select pg_temp.do_act ('seat_support', 'api.order_rush (@, array[#paid]::bigint[], true)') as rushed \gset
select refused ('seat_sales', format ('select api.undo (gen_random_uuid (), %L)', :'rushed'), 'WB003', 'whose/not-another-seat-s');
select allowed ('seat_manager', format ('select api.undo (gen_random_uuid (), %L)', :'rushed'), 'whose/but-a-manager-may');
