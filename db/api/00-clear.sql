-- What was restored from a backup lacks it: a dump has the rights of what is in a database, not those of the database.
do $$ begin
  if not has_database_privilege ('wb_owner', current_database (), 'create') then
    execute format ('grant create on database %I to wb_owner', current_database ());
  end if;
end $$;
-- Functions and views are applied as a whole: what a newer version no longer has must not stay behind.
set local role wb_owner;
do $$
declare
  o record;
begin
  for o in
    select format('drop view if exists %I.%I cascade', n.nspname, c.relname) as command
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('api', 'bi') and c.relkind = 'v'
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('api', 'bi')
    union all
    -- of the inner ones those that are made here; a migration's stay, and so does what a table or a trigger is built on
    select format('drop routine if exists %s cascade', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'wb'
       and p.proname <> all (array['add_partitions', 'apply_moves', 'bump', 'count_versions', 'fold', 'ledger_is_final',
                                   'seat', 'sum_stock', 'tell', 'tell_about'])
       and not exists (select from pg_depend d
                        where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
                          and d.classid not in ('pg_proc'::regclass, 'pg_rewrite'::regclass))
  loop
    execute o.command;
  end loop;
end $$;
