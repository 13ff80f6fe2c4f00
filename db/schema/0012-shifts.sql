-- Who works at which bench: a badge scanned at a bench begins a shift there, and ends the one before.
set local role wb_owner;

create table wb.station_shift (
  id bigint generated always as identity primary key,
  station_id bigint not null references wb.station on delete cascade,
  staff_id bigint not null references wb.staff on delete cascade,
  since timestamptz not null default now(),
  until timestamptz,
  act_id uuid,
  check (until >= since)
);
comment on table wb.station_shift is 'who worked at a bench and when; a seat logs in once, the people at it change';
create unique index station_shift_station_key on wb.station_shift (station_id) where until is null;
create unique index station_shift_staff_key on wb.station_shift (staff_id) where until is null;
create index station_shift_station_idx on wb.station_shift (station_id, since);
create index station_shift_staff_idx on wb.station_shift (staff_id, since);
select wb.tell_about('wb.station_shift', 'station', 'station_id');
