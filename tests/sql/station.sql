-- Who is at a bench: badges, shifts, and the order whose number was scanned.

insert into wb.staff (login, display_name, badge_code) values ('t.anna', 'Anna', 'B-1'), ('t.ben', 'Ben', 'b-2'), ('t.carl', 'Carl', 'B-3');
update wb.staff set active = false where login = 't.carl';

create function pg_temp.here () returns text
  language sql as $$
  select coalesce (string_agg (t.code || ' ' || s.login, ', ' order by t.code), '') from wb.station_shift h join wb.station t on t.id = h.station_id
    join wb.staff s on s.id = h.staff_id where h.until is null
$$;

select is (tap.act_as ('seat_packer', 'api.station_enter (@, ''ST1'', ''b-1'')') ->> 'name', 'Anna', 'badge/in-any-case');
select is (pg_temp.here (), 'ST1 t.anna', 'badge/begins-a-shift');
select tap.act_as ('seat_packer', 'api.station_enter (@, ''ST1'', ''B-1'')') \g /dev/null
select is ((select count(*) from wb.station_shift), 1::bigint, 'badge/again-is-the-same-shift');
select tap.act_as ('seat_packer', 'api.station_enter (@, ''ST1'', ''B-2'')') \g /dev/null
select is (pg_temp.here (), 'ST1 t.ben', 'badge/the-next-one-ends-the-shift-before');
select tap.act_as ('seat_packer', 'api.station_enter (@, ''ST2'', ''B-2'')') \g /dev/null
select is (pg_temp.here (), 'ST2 t.ben', 'badge/nobody-is-at-two-benches');
select is ((select count(*) from wb.station_shift where until is not null), 2::bigint, 'badge/shifts-are-kept');
select refused ('seat_packer', 'select api.station_enter (gen_random_uuid (), ''ST1'', ''B-9'')', 'WB001', 'badge/nobody-has-it');
select refused ('seat_packer', 'select api.station_enter (gen_random_uuid (), ''ST1'', ''B-3'')', 'WB001', 'badge/of-somebody-who-left');
select refused ('seat_packer', 'select api.station_enter (gen_random_uuid (), ''ST1'', '''')', 'WB001', 'badge/of-nobody');
select tap.act_as ('seat_packer', 'api.station_leave (@, ''ST2'')') \g /dev/null
select is (pg_temp.here (), '', 'leave/ends-the-shift');

select is ((select count(*) from jsonb_array_elements (tap.value_as ('seat_packer', 'select api.staff_badges ()')::jsonb) b
             where b ->> 'login' like 't.%'), 2::bigint, 'badges/of-those-who-work-here');
select is ((select b ->> 'digest' from jsonb_array_elements (tap.value_as ('seat_packer', 'select api.staff_badges ()')::jsonb) b
             where b ->> 'login' = 't.ben'), encode (sha256 ('B-2'), 'hex'), 'badges/by-digest');
select refused ('seat_packer', 'select badge_code from wb.staff', '42501', 'badges/cannot-be-read');
select refused ('seat_packer', 'select api.staff_badge (gen_random_uuid (), ''t.anna'', ''X'')', '42501', 'badges/are-given-by-administrators');
select refused ('seat_sales', 'select api.staff_badges ()', '42501', 'badges/are-for-benches');

-- ── An order by its number ─────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 1}]')::text, true);
select set_config ('t.number', (select number from wb.sales_order where id = current_setting ('t.order')::bigint), true);
select is (tap.value_as ('seat_packer', format ('select api.job_find (''ST1'', %L, ''{}'')', lower (current_setting ('t.number')))),
           (select id::text from wb.job where order_id = current_setting ('t.order')::bigint and state = 'open'), 'find/by-number');
select refused ('seat_packer', 'select api.job_find (''ST1'', ''no such order'', ''{}'')', 'WB001', 'find/no-such-order');
update wb.job set state = 'withdrawn' where order_id = current_setting ('t.order')::bigint;
select refused ('seat_packer', format ('select api.job_find (''ST1'', %L, ''{}'')', current_setting ('t.number')), 'WB004', 'find/not-to-be-packed-any-more');

-- ── What a station is made of ──────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.version () returns integer
  language sql as $$ select version from wb.station where code = 'ST1' $$;
create function pg_temp.set_profile (profile text, version integer default pg_temp.version ()) returns text
  language sql as $$ select format ('api.station_profile_set (@, ''ST1'', %s, %L)', version, profile) $$;
create function pg_temp.set_refused (seat text, profile text, state text, description text) returns text
  language sql as $$ select tap.refused (seat, 'select ' || replace (pg_temp.set_profile (profile), '(@', '(gen_random_uuid ()'), state, description) $$;

select is (tap.value_as ('seat_packer', 'select api.station_profile (''ST1'') ->> ''profile'''), '{}', 'profile/empty-at-first');
select refused ('seat_packer', 'select api.station_profile (''NONE'')', 'WB001', 'profile/of-no-station');
select refused ('seat_sales', 'select api.station_profile (''ST1'')', '42501', 'profile/not-for-sales');
select set_config ('t.version', pg_temp.version ()::text, true);
select is ((tap.act_as ('seat_packer', pg_temp.set_profile ('{"devices": [{"id": "usb:1:2:3", "name": "Left"}], "sounds": false}')) ->> 'version')::integer,
           current_setting ('t.version')::integer + 1, 'profile/a-packer-sets-devices');
select is (tap.value_as ('seat_packer', 'select api.station_profile (''ST1'') #>> ''{profile,devices,0,name}'''), 'Left', 'profile/is-read-back');
select is ((select c.new -> 'profile' ->> 'sounds' from audit.change c where c.table_name = 'station' order by c.id desc limit 1), 'false', 'profile/is-audited');
select is ((select n.topic from wb.news n order by n.seq desc limit 1), 'station', 'profile/is-news');
select set_config ('t.version', pg_temp.version ()::text, true);
select is ((tap.act_as ('seat_packer', pg_temp.set_profile ('{"sounds": false, "devices": [{"id": "usb:1:2:3", "name": "Left"}]}')) ->> 'version'),
           current_setting ('t.version'), 'profile/the-same-is-no-change');
select refused ('seat_packer', format ('select api.station_profile_set (gen_random_uuid (), ''ST1'', %s, ''{}'')', pg_temp.version () - 1), 'WB002', 'profile/of-an-older-version');
select pg_temp.set_refused ('seat_packer', '{"camera": {"keep": true}}', 'WB003', 'profile/a-packer-does-not-say-what-is-photographed');
select tap.act_as ('seat_manager', pg_temp.set_profile ('{"camera": {"keep": true}}')) \g /dev/null
select pg_temp.set_refused ('seat_packer', '{"sounds": true}', 'WB003', 'profile/nor-takes-it-away');
select allowed ('seat_packer', 'select ' || replace (pg_temp.set_profile ('{"camera": {"keep": true}, "voice": {"on": true}}'), '(@', '(gen_random_uuid ()'),
                'profile/what-stays-may-stay');
select pg_temp.set_refused ('seat_manager', profile, 'WB004', 'profile/wrong-' || what)
  from (values ('list', '[]'), ('devices', '{"devices": {}}'), ('device', '{"devices": [1]}'), ('no-id', '{"devices": [{"name": "x"}]}'),
               ('empty-id', '{"devices": [{"id": ""}]}'), ('twice', '{"devices": [{"id": "a"}, {"id": "a"}]}'),
               ('documents', '{"documents": []}'), ('document', '{"documents": {"label": "Zebra"}}'),
               ('size', jsonb_build_object ('note', repeat ('x', 70000))::text)) v (what, profile);
-- Once, whoever sends it again.
select tap.outcome_as ('seat_manager', 'select api.station_profile_set (''00000000-0000-0000-0000-00000000aaaa'', ''ST1'', ' || pg_temp.version () || ', ''{"a": 1}'')') \g /dev/null
select allowed ('seat_manager', 'select api.station_profile_set (''00000000-0000-0000-0000-00000000aaaa'', ''ST1'', 1, ''{"a": 1}'')', 'profile/repeated-is-once');

-- Taken back by whoever did it, unless somebody changed it since.
select set_config ('t.act', gen_random_uuid ()::text, true);
select tap.outcome_as ('seat_packer', format ('select api.station_profile_set (%L, ''ST1'', %s, ''{"a": 1, "sounds": false}'')', current_setting ('t.act'), pg_temp.version ())) \g /dev/null
select tap.act_as ('seat_manager', pg_temp.set_profile ('{"a": 1, "sounds": true}')) as other \g /dev/null
select refused ('seat_packer', format ('select api.undo (gen_random_uuid (), %L)', current_setting ('t.act')), 'WB002 station ST1 was changed by Manager', 'profile/undo-after-a-change');
select tap.act_as ('seat_manager', pg_temp.set_profile ('{"a": 1, "sounds": false}')) \g /dev/null
select allowed ('seat_packer', format ('select api.undo (gen_random_uuid (), %L)', current_setting ('t.act')), 'profile/undo');
select is ((select profile::text from wb.station where code = 'ST1'), '{"a": 1}', 'profile/is-what-it-was');
