-- The house: settings, people who work here, two warehouses down to their bins, benches with devices, sales channels.
set local search_path = wb, public;

update setting set value = to_jsonb(v.value) from (values
    ('shop.name', 'Larkspur & Vane'), ('shop.timezone', 'Europe/London'), ('shop.currency', 'GBP'), ('shop.country', 'GB')) v (key, value)
 where setting.key = v.key;

-- ── People ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Their logins are roles that cannot log in yet: `waybillctl user add` makes a seat of one.

create table demo.staff (login text primary key, name text, role text, warehouse text, language text);
insert into demo.staff values
  ('ruth.adeyemi', 'Ruth Adeyemi', 'admin', null, 'en'),
  ('helen.marsh', 'Helen Marsh', 'manager', null, 'en'),
  ('joost.vermeer', 'Joost Vermeer', 'manager', null, 'nl'),
  ('priya.nair', 'Priya Nair', 'sales', null, 'en'),
  ('tom.ashworth', 'Tom Ashworth', 'sales', null, 'en'),
  ('lotte.brandt', 'Lotte Brandt', 'sales', null, 'de'),
  ('grace.okafor', 'Grace Okafor', 'support', null, 'en'),
  ('matteo.ricci', 'Matteo Ricci', 'support', null, 'it'),
  ('claire.dubois', 'Claire Dubois', 'support', null, 'fr'),
  ('danny.price', 'Danny Price', 'packer', 'LON', 'en'),
  ('ewa.nowak', 'Ewa Nowak', 'packer', 'LON', 'pl'),
  ('kwame.boateng', 'Kwame Boateng', 'packer', 'LON', 'en'),
  ('sinead.byrne', 'Sinéad Byrne', 'packer', 'LON', 'en'),
  ('marco.silva', 'Marco Silva', 'packer', 'LON', 'pt'),
  ('femke.dejong', 'Femke de Jong', 'packer', 'RTM', 'nl'),
  ('yusuf.kaya', 'Yusuf Kaya', 'packer', 'RTM', 'nl'),
  ('anouk.peters', 'Anouk Peters', 'packer', 'RTM', 'nl'),
  ('owen.hughes', 'Owen Hughes', 'analyst', null, 'en'),
  ('webshop', 'Web shop', 'gateway', null, 'en'),
  ('nightshift', 'Night worker', 'worker', null, 'en');
insert into staff (login, display_name, badge_code, email, language, created_at)
  select login, name, case when role in ('packer', 'manager') then 'WB' || lpad((4000 + row_number() over (order by login) * 7)::text, 6, '0') end,
         login || '@larkspurvane.example', language, demo.now() - interval '3 years' - demo.r(row_number() over (order by login), 11) * interval '200 days'
    from demo.staff order by login
  on conflict on constraint staff_login_key do nothing;

reset role;
do $$
declare
  s record;
begin
  if (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) then
    for s in select login, role from demo.staff loop
      if not exists (select from pg_roles where rolname = s.login) then
        execute format('create role %I nologin in role %I', s.login, 'wb_' || s.role);
      end if;
    end loop;
  end if;
end $$;
set local role wb_owner;

-- ── Warehouses ─────────────────────────────────────────────────────────────────────────────────────────────────────

insert into warehouse (code, name, timezone, cutoff, name_line, line1, city, postcode, country, phone) values
  ('LON', 'London', 'Europe/London', '16:00', 'Larkspur & Vane Ltd', 'Unit 7, Marshgate Works, 31 Cooks Road', 'London',
   'E15 2PW', 'GB', '+44 20 7946 0417'),
  ('RTM', 'Rotterdam', 'Europe/Amsterdam', '15:00', 'Larkspur & Vane B.V.', 'Waalhaven Zuidzijde 214', 'Rotterdam',
   '3089 JH', 'NL', '+31 10 555 0142');

insert into zone (warehouse_id, code, name)
  select w.id, z.code, z.name from warehouse w, (values ('A', 'Ambient picking'), ('T', 'Tea room'), ('F', 'Fragile'), ('B', 'Bulk'),
    ('D', 'Docks and benches')) z (code, name) order by w.id, z.code;

-- zone, aisles, bays, levels, places on a level; x where its first aisle runs
create table demo.rack (warehouse text, zone text, letters text, bays integer, levels integer, places text[], kind text);
insert into demo.rack values
  ('LON', 'A', 'ABCDEFG', 14, 4, '{1,2}', 'pick'), ('LON', 'F', 'HJM', 14, 4, '{1,2,3}', 'pick'),
  ('LON', 'T', 'KL', 14, 4, '{1,2,3}', 'pick'), ('LON', 'B', 'RS', 16, 4, '{1}', 'reserve'),
  ('RTM', 'A', 'ABCDEF', 12, 4, '{1,2}', 'pick'), ('RTM', 'F', 'HJM', 12, 4, '{1,2,3}', 'pick'),
  ('RTM', 'T', 'KL', 14, 4, '{1,2,3}', 'pick'), ('RTM', 'B', 'R', 16, 4, '{1}', 'reserve');

insert into aisle (zone_id, code, x_mm, one_way)
  select z.id, a.code, 4000 + 3200 * (ascii(a.code) - 65), a.code in ('K', 'L')
    from demo.rack r join warehouse w on w.code = r.warehouse join zone z on z.warehouse_id = w.id and z.code = r.zone
    cross join lateral unnest(string_to_array(r.letters, null)) a (code) order by w.id, a.code;
insert into bay (aisle_id, code, y_mm)
  select a.id, lpad(b::text, 2, '0'), 3000 + 1350 * b
    from demo.rack r join warehouse w on w.code = r.warehouse join zone z on z.warehouse_id = w.id and z.code = r.zone
    join aisle a on a.zone_id = z.id cross join lateral generate_series(1, r.bays) b order by a.id, b;
insert into shelf (bay_id, code, z_mm)
  select y.id, s::text, 150 + (s - 1) * case r.kind when 'pick' then 480 else 1400 end
    from demo.rack r join warehouse w on w.code = r.warehouse join zone z on z.warehouse_id = w.id and z.code = r.zone
    join aisle a on a.zone_id = z.id join bay y on y.aisle_id = a.id cross join lateral generate_series(1, r.levels) s
   order by y.id, s;
-- The walk goes up one aisle and down the next.
insert into bin (warehouse_id, shelf_id, code, kind, x_mm, y_mm, z_mm, walk, check_digits)
  select w.id, s.id, a.code || '-' || y.code || '-' || s.code || p.place, r.kind,
         a.x_mm + case p.place::integer % 2 when 1 then -600 else 600 end, y.y_mm, s.z_mm,
         (ascii(a.code) - 64) * 10000 + case ascii(a.code) % 2 when 1 then y.code::integer else 99 - y.code::integer end * 100
           + s.code::integer * 10 + p.place::integer,
         lpad((hashtext(w.code || a.code || y.code || s.code || p.place) & 2147483647 % 97)::text, 2, '0')
    from demo.rack r join warehouse w on w.code = r.warehouse join zone z on z.warehouse_id = w.id and z.code = r.zone
    join aisle a on a.zone_id = z.id join bay y on y.aisle_id = a.id join shelf s on s.bay_id = y.id
    cross join lateral unnest(r.places) p (place)
   order by w.id, a.code, y.code, s.code, p.place;
insert into bin (warehouse_id, code, kind, x_mm, y_mm, walk)
  select w.id, b.code, b.kind, b.x, 1200, 900000 + b.x
    from warehouse w, (values ('RECV-1', 'receiving', 2000), ('RECV-2', 'receiving', 5000), ('PACK-1', 'packing', 14000),
      ('PACK-2', 'packing', 17000), ('SHIP-1', 'shipping', 26000), ('SHIP-2', 'shipping', 29000), ('RET-1', 'returns', 36000),
      ('QUAR-1', 'quarantine', 39000), ('DMG-1', 'damaged', 41000)) b (code, kind, x) order by w.id, b.x;

insert into station (code, name, warehouse_id, kind, profile)
  select s.code, s.name, w.id, s.kind, s.profile::jsonb
    from (values
      ('P1', 'Packing 1', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice", "tea card"]}'),
      ('P2', 'Packing 2', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice", "tea card"]}'),
      ('P3', 'Packing 3', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice", "tea card"]}'),
      ('P4', 'Packing 4', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice", "tea card"]}'),
      ('P5', 'Packing 5', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice"]}'),
      ('P6', 'Packing 6 (fragile)', 'LON', 'packing', '{"label": "4x6", "checklist": ["invoice", "fragile tape"]}'),
      ('K1', 'Picking', 'LON', 'picking', '{}'), ('S1', 'Sorting wall', 'LON', 'sorting', '{}'),
      ('R1', 'Receiving', 'LON', 'receiving', '{}'), ('T1', 'Returns', 'LON', 'returns', '{}'),
      ('O1', 'Office 1', 'LON', 'office', '{}'), ('O2', 'Office 2', 'LON', 'office', '{}'),
      ('RP1', 'Inpakken 1', 'RTM', 'packing', '{"label": "4x6", "checklist": ["invoice"]}'),
      ('RP2', 'Inpakken 2', 'RTM', 'packing', '{"label": "4x6", "checklist": ["invoice"]}'),
      ('RP3', 'Inpakken 3', 'RTM', 'packing', '{"label": "4x6", "checklist": ["invoice"]}'),
      ('RR1', 'Ontvangst', 'RTM', 'receiving', '{}')) s (code, name, warehouse, kind, profile)
    join warehouse w on w.code = s.warehouse;
insert into device (station_id, kind, name, address, options)
  select s.id, d.kind, d.name, d.address, d.options::jsonb
    from station s, (values ('scanner', 'Hand scanner', 'keyboard', '{"model": "DS-2208"}'),
      ('scale', 'Bench scale', 'usb', '{"max_g": 30000, "step_g": 5}'),
      ('printer', 'Label printer', 'cups:labels', '{"media": "4x6", "dpi": 203}')) d (kind, name, address, options)
   where s.kind = 'packing' order by s.id, d.kind;
insert into device (station_id, kind, name, address)
  select id, 'scanner', 'Hand scanner', 'keyboard' from station where kind in ('picking', 'sorting', 'receiving', 'returns') order by id;

-- ── Channels ───────────────────────────────────────────────────────────────────────────────────────────────────────

insert into sales_channel (code, name, kind, currency, timezone, warehouse_id, number_prefix)
  select c.code, c.name, c.kind, c.currency, c.tz, w.id, c.prefix
    from (values ('web-gb', 'Web shop', 'web', 'GBP', 'Europe/London', 'LON', ''),
      ('web-eu', 'Web shop Europe', 'web', 'EUR', 'Europe/Amsterdam', 'RTM', ''),
      ('market', 'Marketplace', 'marketplace', 'GBP', 'Europe/London', 'LON', 'M'),
      ('phone', 'Phone', 'phone', 'GBP', 'Europe/London', 'LON', ''),
      ('wholesale', 'Wholesale', 'wholesale', 'GBP', 'Europe/London', 'LON', 'W')) c (code, name, kind, currency, tz, warehouse, prefix)
    join warehouse w on w.code = c.warehouse;
