-- What the files in tests/sql can use beside pgTAP itself. Applied once, before them, as superuser.
create schema tap;
create extension pgtap schema tap;
grant usage on schema tap to public;
set search_path = tap, public;

-- One seat for each group role, to log in as: seat_admin, seat_manager …
do $$
declare
  r text;
begin
  foreach r in array array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']
  loop
    if to_regrole ('wb_' || r) is not null then
      execute format ('create role seat_%s login in role wb_%s', r, r);
    end if;
  end loop;
end $$;

create function tap.start () returns void
  language plpgsql as $$
begin
  perform * from tap.no_plan ();
  -- pgTAP counts in temporary tables: other roles of the same test count in them as well.
  execute format ('grant all on all tables in schema %I to public', pg_my_temp_schema ()::regnamespace::text);
  execute format ('grant all on all sequences in schema %I to public', pg_my_temp_schema ()::regnamespace::text);
end $$;
comment on function tap.start is 'begins the tests of a file; the runner calls it';

create function tap.outcome_as (seat text, statement text) returns text
  language plpgsql as $$
declare
  state text := 'ok';
begin
  begin
    execute format ('set local session authorization %I', seat);
    execute statement;
    execute 'reset session authorization';
  exception when others then
    state := sqlstate || ' ' || sqlerrm;
  end;
  execute 'reset session authorization';
  return state;
end $$;
comment on function tap.outcome_as is 'runs a statement as a seat: "ok" (its effects stay) or the SQLSTATE and the message';

create function tap.allowed (seat text, statement text, description text) returns text
  language plpgsql as $$
declare
  outcome text := tap.outcome_as (seat, statement);
begin
  return tap.ok (outcome = 'ok', description) ||
    case when outcome = 'ok' then '' else E'\n# ' || seat || ': ' || outcome || E'\n# ' || statement end;
end $$;
comment on function tap.allowed is 'passes when the seat may do it';

create function tap.refused (seat text, statement text, state text, description text) returns text
  language plpgsql as $$
declare
  outcome text := tap.outcome_as (seat, statement);
begin
  return tap.ok (outcome like state || '%', description) ||
    case when outcome like state || '%' then ''
    else E'\n# ' || seat || ': expected ' || state || ', got ' || outcome || E'\n# ' || statement end;
end $$;
comment on function tap.refused is 'passes when the statement fails for the seat with this SQLSTATE (42501: no right)';

create function tap.value_as (seat text, query text) returns text
  language plpgsql as $$
declare
  answer text;
begin
  execute format ('set local session authorization %I', seat);
  execute query into answer;
  execute 'reset session authorization';
  return answer;
end $$;
comment on function tap.value_as is 'the one value that a query gives a seat';

create function tap.finds_nothing (query text, description text) returns text
  language plpgsql as $$
declare
  found text[];
begin
  execute 'select array_agg (x::text) from (' || query || ') x' into found;
  return tap.ok (found is null, description) ||
    coalesce (E'\n# ' || array_to_string (found[1:40], E'\n# '), '');
end $$;
comment on function tap.finds_nothing is 'passes when the query finds nothing; else shows what it found';
