-- One by one the indexes and keys that were taken off; run again while some are left.
set local search_path = wb, public;
do $$
declare
  r record;
  began timestamptz := clock_timestamp();
begin
  select * into r from demo.rebuild where seconds is null order by position, id limit 1;
  if found then
    execute r.command;
    update demo.rebuild set seconds = extract(epoch from clock_timestamp() - began) where id = r.id;
  end if;
end $$;
select count(*)::integer as left from demo.rebuild where seconds is null;
