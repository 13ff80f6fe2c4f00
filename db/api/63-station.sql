-- Who is at a bench. A seat logs in to the database once; people come and go by their badges.
set local role wb_owner;

create or replace function wb.station_person (station bigint) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select jsonb_build_object('login', s.login, 'name', s.display_name, 'since', h.since)
    from station_shift h join staff s on s.id = h.staff_id where h.station_id = station and h.until is null
$$;
comment on function wb.station_person is 'who works at a station now';

create or replace function wb.person_in (events jsonb) returns text
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select s.login from jsonb_array_elements(events) with ordinality u (e, o) join staff s on s.login = wb.event_text(u.e, 'person')
   order by u.o desc limit 1
$$;
comment on function wb.person_in is 'who did the last of some events; null when they do not say, or name nobody';

-- A bench knows a badge by its digest, so that it works without the database, and nobody reads badges out of it.
create or replace function api.staff_badges () returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.require('wb_packer');
  return (select coalesce(jsonb_agg(jsonb_build_object('login', s.login, 'name', s.display_name,
                            'digest', encode(sha256(convert_to(upper(btrim(s.badge_code)), 'UTF8')), 'hex')) order by s.login), '[]')
            from staff s where s.active and btrim(s.badge_code) <> '');
end $$;
comment on function api.staff_badges is 'people with badges: SHA-256 of the badge in capitals, as hexadecimal';

create or replace function api.station_enter (act uuid, station text, badge text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  st wb.station;
  p wb.staff;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'station_enter', '', false);
  if done is not null then
    return done;
  end if;
  st := wb.require_station(station);
  select * into p from staff s where upper(btrim(s.badge_code)) = upper(btrim(badge)) and s.active;
  if not found then
    raise exception 'nobody has this badge' using errcode = 'WB001', detail = 'badge';
  end if;
  update station_shift h set until = now()
    where h.until is null and (h.station_id = st.id or h.staff_id = p.id) and (h.station_id, h.staff_id) <> (st.id, p.id);
  insert into station_shift (station_id, staff_id, act_id)
    select st.id, p.id, act where not exists (select from station_shift h where h.station_id = st.id and h.until is null);
  return wb.end_act(act, wb.station_person(st.id));
end $$;
comment on function api.station_enter is 'a badge was scanned at a station: that person works there now, and nowhere else';

create or replace function api.station_leave (act uuid, station text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  st wb.station;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'station_leave', '', false);
  if done is not null then
    return done;
  end if;
  st := wb.require_station(station);
  update station_shift h set until = now() where h.station_id = st.id and h.until is null;
  return wb.end_act(act, '{}');
end $$;
comment on function api.station_leave is 'nobody works at a station until the next badge';

create or replace function api.staff_badge (act uuid, login text, badge text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
begin
  perform wb.require('wb_admin');
  done := wb.begin_act(act, 'staff_badge', '', false);
  if done is not null then
    return done;
  end if;
  if exists (select from staff s where upper(btrim(s.badge_code)) = upper(btrim(badge)) and s.login <> staff_badge.login) then
    raise unique_violation using constraint = 'staff_badge_code_key', message = 'somebody else has this badge';
  end if;
  update staff s set badge_code = nullif(btrim(badge), '') where s.login = staff_badge.login;
  if not found then
    perform wb.not_found('staff member', login);
  end if;
  return wb.end_act(act, '{}');
end $$;
comment on function api.staff_badge is 'what stands on somebody''s badge; empty takes it away';

-- The order whose number was scanned at a bench, from a pick list or a slip.
create or replace function api.job_find (station text, number text) returns bigint
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  st wb.station;
  found_job wb.job;
begin
  perform wb.require('wb_packer');
  st := wb.require_station(station);
  select j.* into found_job from sales_order o join job j on j.order_id = o.id
    where o.number = any (array[job_find.number, upper(job_find.number)]) and j.warehouse_id = st.warehouse_id
    order by j.state in ('open', 'claimed', 'aside') desc, j.id desc limit 1;
  if not found then
    raise exception 'there is no order % to pack in this warehouse', number using errcode = 'WB001', detail = 'order';
  end if;
  if found_job.state not in ('open', 'claimed', 'aside') then
    raise exception '%', case found_job.state when 'done' then format('order %s is packed already', number)
                                              else format('order %s is not to be packed any more', number) end
      using errcode = 'WB004', detail = found_job.state;
  end if;
  return found_job.id;
end $$;
comment on function api.job_find is 'the job of an order by its number, for a bench that scanned it';
