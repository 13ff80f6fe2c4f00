-- Who may what, role by role: said here once more, independently of the grants.

-- ── Acts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create temp table may (what text, roles text) on commit drop;
insert into may values
  ('order_create', 'admin manager sales gateway worker'), ('order_pay', 'admin manager sales gateway worker'),
  ('order_refund', 'admin manager sales gateway worker'), ('order_cancel', 'admin manager sales gateway worker'),
  ('order_hold', 'admin manager sales support packer worker'), ('order_release', 'admin manager sales support worker'),
  ('order_move', 'admin manager sales worker'), ('order_assign', 'admin manager sales support worker'),
  ('order_rush', 'admin manager sales support worker'), ('order_tag', 'admin manager sales support worker'),
  ('order_note_add', 'admin manager sales support packer gateway worker'),
  ('order_address_set', 'admin manager sales support'), ('customer_create', 'admin manager sales support gateway worker'),
  ('customer_update', 'admin manager sales support worker'), ('sku_update', 'admin manager sales'),
  ('stock_receive', 'admin manager packer worker'), ('stock_count', 'admin manager packer'),
  ('stock_transfer', 'admin manager packer'), ('job_next', 'admin manager packer'), ('job_ship', 'admin manager packer'),
  ('station_profile', 'admin manager packer'), ('station_profile_set', 'admin manager packer'),
  ('staff_add', 'admin'), ('staff_remove', 'admin'), ('setting_set', 'admin'), ('undo', 'admin manager sales support packer'),
  ('order_page', 'admin manager sales support analyst gateway worker'), ('customer_page', 'admin manager sales support analyst'),
  ('sign_in', 'admin manager sales packer support analyst gateway worker');

select is ((select string_agg (r, ' ' order by array_position (array['admin', 'manager', 'sales', 'support', 'packer', 'analyst', 'gateway', 'worker'], r))
              from unnest (array['admin', 'manager', 'sales', 'support', 'packer', 'analyst', 'gateway', 'worker']) r
             where exists (select from pg_proc p where p.pronamespace = 'api'::regnamespace and p.proname = m.what
                              and has_function_privilege ('seat_' || r, p.oid, 'execute'))),
           (select string_agg (r, ' ' order by array_position (array['admin', 'manager', 'sales', 'support', 'packer', 'analyst', 'gateway', 'worker'], r))
              from unnest (string_to_array (m.roles, ' ')) r), 'acts/' || m.what)
  from may m;

-- What windows are told at sign-in is what the server allows.
select ok ((wb.allowed_acts (('seat_' || r)::name) @> array[m.what]) = (r = any (string_to_array (m.roles, ' '))),
           'acts/told-' || r || '-' || m.what)
  from may m, unnest (array['admin', 'sales', 'packer', 'analyst']) r where m.what in ('order_cancel', 'order_hold', 'customer_page');
select is (wb.hidden_columns ('seat_sales'), '{}', 'acts/nothing-is-hidden-from-sales');
select ok (wb.hidden_columns ('seat_packer') @> array['order_row.total_minor', 'order_row.customer_email', 'customer_row.id'],
           'acts/money-and-people-are-hidden-from-packers');
select ok (not wb.hidden_columns ('seat_packer') && array['order_row.number', 'sku_row.on_hand'],
           'acts/their-work-is-not');

select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p
  where p.pronamespace = 'api'::regnamespace and has_function_privilege ('public', p.oid, 'execute')
$$, 'acts/none-is-for-everyone');
select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p where p.pronamespace::regnamespace::text in ('wb', 'audit')
    and exists (select from pg_roles r where r.rolname ~ '^seat_' and has_function_privilege (r.oid, p.oid, 'execute'))
$$, 'acts/inner-functions-are-nobody-s');
select refused (seat, 'select wb.refresh_orders (''{1}'')', '42501', 'acts/inner-functions-are-refused-to-' || seat)
  from unnest (array['seat_admin', 'seat_manager', 'seat_packer']) seat;

-- ── An analyst writes nothing ──────────────────────────────────────────────────────────────────────────────────────
select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p
  where p.pronamespace = 'api'::regnamespace and p.provolatile = 'v' and p.proname not in ('sign_in', 'wake')
    and has_function_privilege ('seat_analyst', p.oid, 'execute')
$$, 'analyst/has-no-function-that-writes');
select finds_nothing ($$
  select c.oid::regclass from pg_class c where c.relnamespace::regnamespace::text in ('wb', 'api', 'bi', 'audit')
    and c.relkind in ('r', 'p', 'v', 'S') and c.relkind <> 'S' and has_any_column_privilege ('seat_analyst', c.oid, 'insert, update')
$$, 'analyst/has-no-table-to-write');
select allowed ('seat_analyst', 'select count (*) from bi.orders', 'analyst/reads-the-reporting-views');
select refused ('seat_analyst', 'select api.order_create (gen_random_uuid (), ''{}'')', '42501', 'analyst/no-order');
select finds_nothing ($$
  select c.oid::regclass || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'bi'::regnamespace and a.attnum > 0 and a.attname ~ '(email|phone|line1|ship_name|customer_name|address|postcode)'
$$, 'analyst/the-reporting-views-name-nobody');

-- ── A packer sees no money and no e-mail ───────────────────────────────────────────────────────────────────────────
select finds_nothing ($$
  select c.oid::regclass || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace::regnamespace::text in ('api', 'bi') and c.relkind = 'v' and a.attnum > 0 and not a.attisdropped
    and a.attname ~ '(email|price|_minor|phone|credit|payment_method|spent|discount)' and c.relname <> 'currency'
    and has_column_privilege ('seat_packer', c.oid, a.attname, 'select')
$$, 'packer/no-column-of-money-or-mail');
select refused ('seat_packer', 'select ' || what || ' from api.' || place, '42501', 'packer/not-' || what)
  from (values ('customer_email', 'order_row'), ('total_minor', 'order_row'), ('search', 'order_row'), ('unit_price', 'order_line_row'),
               ('price', 'sku_row'), ('email', 'customer_row'), ('name', 'customer_row'), ('new', 'change'), ('*', 'order_row')) t (what, place);
select allowed ('seat_packer', 'select id, number, stage, priority from api.order_row', 'packer/which-orders-there-are');
select allowed ('seat_packer', 'select code, name, quantity from api.sku_row s, lateral (select 1 as quantity) q', 'packer/what-a-product-is-called');

select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 2}]',
  '{"notes": [{"kind": "internal", "body": "owes us 12.34"}]}')::text, true);
select set_config ('t.job', (tap.act_as ('seat_packer', 'api.job_next (@, ''ST1'')') ->> 'job_id'), true);
create function pg_temp.keys (j jsonb) returns setof text
  language sql as $$
  with recursive t (j) as (
    select j union all
    select x.value from t, lateral (select value from jsonb_each (case jsonb_typeof (t.j) when 'object' then t.j else '{}' end)
      union all select value from jsonb_array_elements (case jsonb_typeof (t.j) when 'array' then t.j else '[]' end)) x
  ) select distinct k from t, lateral jsonb_object_keys (case jsonb_typeof (t.j) when 'object' then t.j else '{}' end) k
$$;
select finds_nothing (format ('select k from pg_temp.keys (%L::jsonb) k where k ~ ''(email|price|_minor|phone)''',
                      tap.value_as ('seat_packer', format ('select api.job_get (%s)', current_setting ('t.job')))),
                      'packer/a-job-says-nothing-of-money-or-mail');
select unalike (tap.value_as ('seat_packer', format ('select api.job_get (%s)', current_setting ('t.job'))), '%ada@example.org%',
                'packer/not-even-in-a-text');
select unalike (tap.value_as ('seat_packer', format ('select api.job_get (%s)', current_setting ('t.job'))), '%12.34%',
                'packer/internal-notes-stay-in-the-office');

-- ── Everyone else ──────────────────────────────────────────────────────────────────────────────────────────────────
create role seat_nobody login;
select refused ('seat_nobody', statement, '42501', 'nobody/' || what)
  from (values ('orders', 'select * from api.order_row'), ('tables', 'select * from wb.sales_order'), ('acts', 'select api.order_page (1)')
       ) t (what, statement);
select ok (not has_schema_privilege ('seat_nobody', n.oid, 'usage'), 'nobody/' || nspname) from pg_namespace n
  where nspname in ('wb', 'api', 'audit', 'bi');

select refused ('seat_' || r, 'select * from wb.sales_order', '42501', 'tables/not-' || r),
       refused ('seat_' || r, 'update wb.sku set price = 0', '42501', 'tables/no-update-' || r),
       refused ('seat_' || r, 'delete from audit.change', '42501', 'tables/no-trail-' || r)
  from unnest (array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']) r;
select refused ('seat_' || r, 'create table api.x (i int)', '42501', 'create/not-in-api-' || r),
       refused ('seat_' || r, 'set role wb_owner', '42501', 'create/not-as-owner-' || r),
       refused ('seat_' || r, 'create function public.sum_x () returns int language sql as $x$ select 1 $x$', '42501', 'create/not-in-public-' || r)
  from unnest (array['manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']) r;
select refused ('seat_manager', 'select api.staff_add (gen_random_uuid (), ''me'', ''Me'', ''admin'')', '42501', 'manager/makes-no-administrator');
select refused ('seat_sales', 'grant wb_admin to seat_sales', '42501', 'sales/cannot-help-itself');

-- A switched-off seat is out, whatever its login.
select allowed ('seat_admin', 'select api.staff_remove (gen_random_uuid (), ''seat_support'')', 'inactive/switched-off');
select refused ('seat_support', 'select api.sign_in (''desk'', ''test'')', 'WB003', 'inactive/cannot-sign-in');
