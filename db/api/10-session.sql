-- Who is calling, what they may do, and how an act begins and ends. (What every act calls is plpgsql: its plans are kept,
-- those of a security definer function in SQL are made anew in each call.)
set local role wb_owner;

-- Without a search path of its own it is written out where it is called.
create or replace function wb.seat () returns text
  language sql stable
as $$
  select coalesce(nullif(pg_catalog.current_setting('wb.seat', true), ''), pg_catalog.current_setting('application_name'))
$$;
comment on function wb.seat is 'from where the caller works';

create or replace function wb.has_role (variadic roles text[]) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  r text;
begin
  foreach r in array roles loop
    if pg_has_role(session_user, r, 'member') then
      return true;
    end if;
  end loop;
  return false;
end $$;
comment on function wb.has_role is 'whether the seat''s login is a member of one of these group roles';

create or replace function wb.require (variadic roles text[]) returns void
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  if not wb.has_role(variadic roles) then
    raise exception 'this needs the role %', replace(array_to_string(roles, ' or '), 'wb_', '')
      using errcode = 'WB003', detail = 'role';
  end if;
end $$;
comment on function wb.require is 'fails with WB003 unless the seat has one of these roles';

create or replace function wb.refuse (message text, detail text default '') returns void
  language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '%', message using errcode = 'WB004', detail = detail;
end $$;
comment on function wb.refuse is 'fails with WB004: a rule forbids it; message for people, detail for machines';

create or replace function wb.not_found (what text, id text) returns void
  language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'there is no % %', what, id using errcode = 'WB001', detail = what;
end $$;
comment on function wb.not_found is 'fails with WB001';

create or replace function wb.conflict (what text, detail text default '') returns void
  language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '% was changed by somebody else meanwhile', what using errcode = 'WB002', detail = detail;
end $$;
comment on function wb.conflict is 'fails with WB002: reload and decide again';

-- An act begins here. Null: it is new, go on. Otherwise it was done before, and this was its result.
create or replace function wb.begin_act (act uuid, act_name text, reason text, undoable boolean) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  earlier wb.act;
begin
  if act is null then
    raise exception 'an act needs an id' using errcode = 'WB004', detail = 'act';
  end if;
  insert into wb.act (id, name, actor, seat, reason, undoable)
    values (act, act_name, session_user, wb.seat(), coalesce(reason, ''), undoable)
    on conflict (id) do nothing;
  if found then
    perform set_config('wb.act', act::text, true);
    return null;
  end if;
  select * into earlier from wb.act a where a.id = begin_act.act;
  if earlier.name <> act_name or earlier.actor <> session_user then
    raise exception 'act % was something else: %', act, earlier.name using errcode = 'WB005', detail = earlier.name;
  end if;
  return coalesce(earlier.result, '{}');
end $$;
comment on function wb.begin_act is 'records an act once; the second call of the same act gets the first one''s result';

create or replace function wb.end_act (act uuid, result jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  update wb.act a set result = end_act.result where a.id = end_act.act;
  return result;
end $$;
comment on function wb.end_act is 'keeps an act''s result for whoever repeats it';

create or replace function wb.setting_text (key text) returns text
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  return (select s.value #>> '{}' from setting s where s.key = setting_text.key);
end $$;
comment on function wb.setting_text is 'one shop setting as text';

-- What a seat may not read of the lists, as view.column: windows do not offer what the server would refuse.
create or replace function wb.hidden_columns (login name) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(c.relname || '.' || a.attname order by c.relname, a.attnum), '{}')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
   where n.nspname = 'api' and c.relkind = 'v' and a.attnum > 0 and not a.attisdropped
     and not has_column_privilege(login, c.oid, a.attnum, 'select')
$$;
comment on function wb.hidden_columns is 'columns of the api''s views that a login may not read';

create or replace function wb.allowed_acts (login name) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(distinct p.proname::text), '{}')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = 'api' and has_function_privilege(login, p.oid, 'execute')
$$;
comment on function wb.allowed_acts is 'functions of the api that a login may call';

-- Every program calls this once a connection: says from which seat, gets who it is and what the shop is.
create or replace function api.sign_in (seat text, program text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  me wb.staff;
  roles text[] := array(select r from unnest(array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway',
                                                   'worker']) r where wb.has_role('wb_' || r));
begin
  if cardinality(roles) = 0 then
    raise exception 'the login "%" has no role in Waybill', session_user
      using errcode = 'WB003', detail = 'role',
      hint = format('an administrator can run: waybillctl user add %s --role …', session_user);
  end if;
  perform set_config('wb.seat', left(seat, 200), false);
  select * into me from staff where login = session_user;
  if not found and 'admin' = any (roles) and not pg_is_in_recovery() then
    insert into staff (login, display_name) values (session_user, initcap(session_user))
      on conflict (login) do update set login = excluded.login returning * into me;
    perform wb.add_partitions(p, current_date, 13)
      from unnest(array['audit.change', 'wb.stock_move', 'wb.stage_passage', 'wb.work_event']::regclass[]) p;
  end if;
  if not pg_is_in_recovery() and not current_setting('transaction_read_only')::boolean then
    delete from news where at < now() - interval '1 hour';  -- who was away longer reloads what it shows
  end if;
  if me.id is not null and not me.active then
    raise exception 'the account "%" is switched off', session_user using errcode = 'WB003', detail = 'inactive';
  end if;
  return jsonb_build_object(
    'login', session_user, 'staff_id', me.id, 'name', coalesce(me.display_name, session_user), 'roles', to_jsonb(roles),
    'acts', to_jsonb(wb.allowed_acts(session_user)), 'hidden', to_jsonb(wb.hidden_columns(session_user)),
    'shop_name', wb.setting_text('shop.name'), 'shop_timezone', wb.setting_text('shop.timezone'),
    'shop_currency', wb.setting_text('shop.currency'), 'shop_country', wb.setting_text('shop.country'),
    'read_only', current_setting('transaction_read_only')::boolean or pg_is_in_recovery());
end $$;
comment on function api.sign_in is 'first call of every connection: names the seat, says who is there and which roles they have';

create or replace function api.staff_add (act uuid, login text, display_name text, role text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  row_id bigint;
begin
  perform wb.require('wb_admin');
  done := wb.begin_act(act, 'staff_add', '', false);
  if done is not null then
    return done;
  end if;
  if role not in ('admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker') then
    perform wb.refuse(format('there is no role "%s": admin, manager, sales, packer, support, analyst, gateway or worker',
                             role), 'role');
  end if;
  insert into staff (login, display_name) values (staff_add.login, coalesce(nullif(staff_add.display_name, ''),
                                                                            staff_add.login))
    on conflict on constraint staff_login_key do update set display_name = excluded.display_name, active = true
    returning id into row_id;
  return wb.end_act(act, jsonb_build_object('staff_id', row_id));
end $$;
comment on function api.staff_add is 'the staff row of a seat; the login and its group role are made by waybillctl user add';

create or replace function api.staff_remove (act uuid, login text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
begin
  perform wb.require('wb_admin');
  done := wb.begin_act(act, 'staff_remove', '', false);
  if done is not null then
    return done;
  end if;
  update staff s set active = false where s.login = staff_remove.login;
  if not found then
    perform wb.not_found('staff member', staff_remove.login);
  end if;
  return wb.end_act(act, '{}');
end $$;
comment on function api.staff_remove is 'switches a seat off; what it did stays under its name';

create view api.staff as
  select s.id, s.login, s.display_name, s.active, s.language,
         array(select substr(r.rolname, 4) from pg_catalog.pg_auth_members m
                 join pg_catalog.pg_roles r on r.oid = m.roleid join pg_catalog.pg_roles u on u.oid = m.member
                where u.rolname = s.login and r.rolname like 'wb\_%' order by 1)::text[] as roles
    from wb.staff s;
comment on view api.staff is 'who works here';

create view api.setting as select key, value, version from wb.setting;
comment on view api.setting is 'settings of the whole shop';

create or replace function wb.check_setting (key text, value jsonb) returns void
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  old jsonb := (select s.value from setting s where s.key = check_setting.key);
  word text := value #>> '{}';
  why text;
begin
  if old is null then
    perform wb.not_found('setting', key);
  end if;
  if jsonb_typeof(value) is distinct from jsonb_typeof(old) then
    perform wb.refuse(format('%s has to be of the kind %s', key, jsonb_typeof(old)), key);
  end if;
  why := case key
    when 'shop.name' then case when btrim(word) = '' or length(word) > 100 or word ~ '[[:cntrl:]]' then 'a name of at most 100 letters' end
    when 'shop.timezone' then case when not exists (select from pg_catalog.pg_timezone_names z where z.name = word) then 'a time zone such as Europe/Berlin' end
    when 'shop.currency' then case when not exists (select from currency c where c.code = word) then 'a currency such as EUR' end
    when 'shop.country' then case when not exists (select from country c where c.code = word) then 'a country such as DE' end
    when 'gs1.company_prefix' then case when word !~ '^[0-9]{4,12}$' then '4 to 12 digits' end
    when 'gs1.extension_digit' then case when word !~ '^[0-9]$' then 'one digit' end
    when 'attachment.max_bytes' then case when word !~ '^[0-9]+$' or word::numeric not between 65536 and 268435456 then 'between 65536 and 268435456' end
    when 'photo.moments' then case when exists (select from jsonb_array_elements(value) m where m not in ('"packed"', '"weighed"', '"labelled"'))
                                   then 'any of packed, weighed, labelled' end
  end;
  if why is not null then
    perform wb.refuse(format('%s has to be %s, not "%s"', key, why, left(word, 60)), key);
  end if;
end $$;
comment on function wb.check_setting is 'refuses what a setting may not be';

create or replace function api.setting_set (act uuid, key text, value jsonb, version integer) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  v integer;
begin
  perform wb.require('wb_admin');
  done := wb.begin_act(act, 'setting_set', '', false);
  if done is not null then
    return done;
  end if;
  perform wb.check_setting(setting_set.key, setting_set.value);
  update setting s set value = setting_set.value where s.key = setting_set.key and s.version = setting_set.version
    returning s.version into v;
  if not found then
    perform wb.conflict('the setting', setting_set.key);
  end if;
  return wb.end_act(act, jsonb_build_object('version', v));
end $$;
comment on function api.setting_set is 'changes one shop setting';
