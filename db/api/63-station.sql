-- A bench: who is at it, and what it is made of. A seat logs in to the database once; people come and go by their badges.
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
create or replace function wb.job_past (job wb.job, number text) returns text
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select case when job.state <> 'done' then format('order %s is not to be packed any more', number)
              else format('order %s was packed%s%s on %s', number, ' at ' || st.name, ' by ' || coalesce(f.display_name, job.staff),
                          to_char(job.finished_at at time zone w.timezone, 'YYYY-MM-DD, HH24:MI')) end
    from warehouse w left join station st on st.id = job.station_id left join staff f on f.login = job.staff where w.id = job.warehouse_id
$$;
comment on function wb.job_past is 'where, by whom and when a job was ended, in words';

create or replace function api.job_find (station text, number text, codes text[]) returns bigint
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  st wb.station;
  o wb.sales_order;
  found_parcel text;
  found_job wb.job;
begin
  perform wb.require('wb_packer');
  st := wb.require_station(station);
  select x.* into o from sales_order x
   where x.number = any (array[job_find.number, upper(job_find.number)]) and exists (select from job j where j.order_id = x.id and j.warehouse_id = st.warehouse_id)
   order by x.id desc limit 1;
  if not found then
    select x.* into o from parcel q join shipment h on h.id = q.shipment_id join sales_order x on x.id = h.order_id
     where q.id in (select wb.parcels_of(codes))
     order by q.id desc limit 1;
    found_parcel := case when found then 'the parcel is known: ' end;
  end if;
  select j.* into found_job from job j where j.order_id = o.id and j.warehouse_id = st.warehouse_id
   order by j.state in ('open', 'claimed', 'aside') desc, j.id desc limit 1;
  if found and found_job.state in ('open', 'claimed', 'aside') then
    return found_job.id;
  end if;
  if found then
    raise exception '%', concat(found_parcel, wb.job_past(found_job, o.number)) using errcode = 'WB004', detail = found_job.state;
  end if;
  if found_parcel is not null then
    raise exception 'this parcel belongs to order %, which another warehouse packs', o.number using errcode = 'WB004', detail = 'elsewhere';
  end if;
  raise exception 'there is no order % to pack in this warehouse', number using errcode = 'WB001', detail = 'order';
end $$;
comment on function api.job_find is 'the job of an order, by the order''s number or the code on one of its parcels, for a bench that scanned it';

-- ── What a station is made of ──────────────────────────────────────────────────────────────────────────────────────
-- Whoever stands before a bench sets up what hangs there: a scanner breaks at night, and no manager is there to say that the
-- new one is the scanner. What concerns the shop and not the bench (whether photos are taken and kept) packers do not change.
create or replace function wb.profile_members_of (role text) returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case role when 'packer' then array['devices', 'documents', 'sounds', 'voice'] end
$$;
comment on function wb.profile_members_of is 'what somebody who is no manager may change in a station''s profile';

create or replace function wb.check_profile (profile jsonb) returns void
  language plpgsql immutable set search_path = wb, pg_temp
as $$
declare
  twice text;
begin
  if jsonb_typeof(profile) is distinct from 'object' then
    perform wb.refuse('a station''s profile is an object', 'profile');
  end if;
  if octet_length(profile::text) > 65536 then
    perform wb.refuse('a station''s profile has at most 65536 bytes', 'profile');
  end if;
  if jsonb_typeof(coalesce(profile -> 'devices', '[]')) <> 'array'
     or jsonb_path_exists(profile, 'strict $.devices[*] ? (@.type() != "object")', silent => true)
     or exists (select from jsonb_array_elements(coalesce(profile -> 'devices', '[]')) d
                 where jsonb_typeof(d -> 'id') is distinct from 'string' or d ->> 'id' = '') then
    perform wb.refuse('"devices" is a list of devices, and each has an "id"', 'devices');
  end if;
  if jsonb_array_length(coalesce(profile -> 'devices', '[]')) > 100 then
    perform wb.refuse('a station has at most 100 devices', 'devices');
  end if;
  select d ->> 'id' into twice from jsonb_array_elements(coalesce(profile -> 'devices', '[]')) d group by 1 having count(*) > 1 limit 1;
  if twice is not null then
    perform wb.refuse(format('the device "%s" is there twice', twice), 'devices');
  end if;
  if jsonb_typeof(coalesce(profile -> 'documents', '{}')) <> 'object'
     or exists (select from jsonb_each(coalesce(profile -> 'documents', '{}')) d where jsonb_typeof(d.value) <> 'object') then
    perform wb.refuse('"documents" says for each document where it comes out', 'documents');
  end if;
end $$;
comment on function wb.check_profile is 'fails with WB004 unless a program can read it';

create or replace function api.station_profile (station text) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  st wb.station;
begin
  perform wb.require('wb_packer');
  st := wb.require_station(station);
  return jsonb_build_object('id', st.id, 'station', st.code, 'name', st.name, 'version', st.version, 'profile', st.profile);
end $$;
comment on function api.station_profile is 'what a station is made of, and the version to change it by';

create or replace function api.station_profile_set (act uuid, station text, version integer, profile jsonb, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  st wb.station;
  odd text;
  v integer;
begin
  perform wb.require('wb_packer');
  done := wb.begin_act(act, 'station_profile_set', reason, true);
  if done is not null then
    return done;
  end if;
  perform wb.check_profile(profile);
  perform wb.require_station(station);
  select * into st from station s where s.code = station_profile_set.station for no key update;
  if st.version <> version then
    perform wb.conflict('station ' || st.name, st.version::text);
  end if;
  if not wb.has_role('wb_manager', 'wb_admin') then
    select k into odd from jsonb_object_keys(st.profile || profile) k
      where st.profile -> k is distinct from profile -> k and k <> all (wb.profile_members_of('packer')) limit 1;
    if odd is not null then
      raise exception 'what a station''s profile says of "%" is changed by a manager', odd using errcode = 'WB003', detail = odd;
    end if;
  end if;
  update station s set profile = station_profile_set.profile
    where s.id = st.id and s.profile is distinct from station_profile_set.profile returning s.version into v;
  return wb.end_act(act, jsonb_build_object('version', coalesce(v, st.version)));
end $$;
comment on function api.station_profile_set is 'says what a station is made of: its devices, and which document comes out where';
