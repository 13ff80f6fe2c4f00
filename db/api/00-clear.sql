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
  loop
    execute o.command;
  end loop;
end $$;
