-- What every table, function and view of ours keeps.

-- (A partial index counts: whoever wrote its condition knew who asks.)
select finds_nothing ($$
  select c.conrelid::regclass || ' ' || c.conname
  from pg_constraint c join pg_class t on t.oid = c.conrelid
  where c.contype = 'f' and c.connamespace::regnamespace::text in ('wb', 'audit') and not t.relispartition
    and not exists (
      select from pg_index i
      where i.indrelid = c.conrelid and i.indisvalid
        and c.conkey @> (string_to_array (i.indkey::text, ' ')::int2[])[1:array_length (c.conkey, 1)]
        and (string_to_array (i.indkey::text, ' ')::int2[])[1:array_length (c.conkey, 1)] @> c.conkey)
$$, 'foreign-keys-have-an-index');

select finds_nothing ($$
  select c.conrelid::regclass || ' ' || c.conname from pg_constraint c
  where c.contype = 'f' and c.connamespace::regnamespace::text in ('wb', 'audit') and not c.convalidated
$$, 'constraints-are-validated');

select finds_nothing ($$
  select c.oid::regclass from pg_class c
  where c.relnamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi') and c.relkind in ('r', 'p', 'v', 'm')
    and not c.relispartition and obj_description (c.oid, 'pg_class') is null
$$, 'tables-and-views-have-a-comment');

select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p
  where p.pronamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi') and p.prorettype <> 'trigger'::regtype
    and obj_description (p.oid, 'pg_proc') is null
$$, 'functions-have-a-comment');

select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p
  where p.prosecdef and p.pronamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi')
    and not exists (select from unnest (p.proconfig) c where c like 'search_path=%')
$$, 'security-definer-functions-pin-the-search-path');

select finds_nothing ($$
  select p.oid::regprocedure || ' ' || c from pg_proc p, unnest (p.proconfig) c
  where p.prosecdef and p.pronamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi')
    and c like 'search_path=%' and c !~ 'pg_temp' and c not in ('search_path=""', 'search_path=')
$$, 'a-pinned-search-path-puts-pg-temp-last');

select finds_nothing ($$
  select p.oid::regprocedure from pg_proc p
  where p.prosecdef and p.pronamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi')
    and p.prorettype <> 'trigger'::regtype and has_function_privilege ('public', p.oid, 'execute')
$$, 'security-definer-functions-are-not-for-everyone');

select finds_nothing ($$
  select a.attrelid::regclass || '.' || a.attname || ' ' || format_type (a.atttypid, a.atttypmod)
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace::regnamespace::text in ('wb', 'audit') and c.relkind in ('r', 'p') and a.attnum > 0
    and not a.attisdropped
    and (a.atttypid in ('timestamp'::regtype, 'json'::regtype, 'money'::regtype, 'float4'::regtype)
         or (a.atttypid = 'float8'::regtype and a.attname ~ '(minor|price|amount|total|quantity|weight)')
         or (a.attname ~ '_minor$' and a.atttypid <> 'int8'::regtype))
$$, 'money-times-and-quantities-have-exact-types');

select finds_nothing ($$
  select c.oid::regclass from pg_class c
  where c.relnamespace::regnamespace::text in ('wb', 'audit') and c.relkind in ('r', 'p') and not c.relispartition
    and not exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null)
$$, 'tables-have-a-key');

select finds_nothing ($$
  select c.oid::regclass || ' of ' || c.relowner::regrole from pg_class c
  where c.relnamespace::regnamespace::text in ('wb', 'api', 'audit', 'bi') and c.relkind in ('r', 'p', 'v', 'm', 'S')
    and c.relowner::regrole::text <> 'wb_owner' and c.relname <> 'schema_migration'
$$, 'everything-belongs-to-the-owner');

-- Nobody but the owner has any right on a table, whichever way it came.
select finds_nothing ($$
  select r.rolname || ' may ' || right_name || ' ' || c.oid::regclass
  from pg_class c, pg_roles r, unnest (array['select', 'insert', 'update', 'delete', 'truncate']) right_name
  where c.relnamespace::regnamespace::text in ('wb', 'audit') and c.relkind in ('r', 'p', 'v')
    and r.rolname ~ '^seat_' and has_table_privilege (r.oid, c.oid, right_name)
$$, 'no-seat-has-a-right-on-a-table');

select finds_nothing ($$
  select r.rolname || ' may use a column of ' || c.oid::regclass
  from pg_class c, pg_roles r
  where c.relnamespace::regnamespace::text in ('wb', 'audit') and c.relkind in ('r', 'p', 'v')
    and r.rolname ~ '^seat_' and has_any_column_privilege (r.oid, c.oid, 'select, insert, update')
$$, 'no-seat-has-a-right-on-a-column');

select finds_nothing ($$
  select r.rolname from pg_roles r
  where (r.rolname ~ '^seat_' or r.rolname ~ '^wb_')
    and (r.rolsuper or r.rolbypassrls or r.rolreplication or (r.rolcreaterole and r.rolname not in ('wb_admin', 'wb_owner')))
$$, 'no-seat-is-a-superuser');

select finds_nothing ($$
  select r.rolname || ' may create in ' || n.nspname from pg_roles r, pg_namespace n
  where r.rolname ~ '^seat_' and n.nspname in ('wb', 'api', 'audit', 'bi') and has_schema_privilege (r.oid, n.oid, 'create')
$$, 'no-seat-may-create-in-our-schemas');

select finds_nothing ($$
  select r.rolname || ' may use wb' from pg_roles r
  where r.rolname ~ '^seat_' and has_schema_privilege (r.oid, 'wb', 'usage')
$$, 'no-seat-may-look-into-the-schema-of-tables');
