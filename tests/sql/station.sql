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
select is (tap.value_as ('seat_packer', format ('select api.job_find (''ST1'', %L)', lower (current_setting ('t.number')))),
           (select id::text from wb.job where order_id = current_setting ('t.order')::bigint and state = 'open'), 'find/by-number');
select refused ('seat_packer', 'select api.job_find (''ST1'', ''no such order'')', 'WB001', 'find/no-such-order');
update wb.job set state = 'withdrawn' where order_id = current_setting ('t.order')::bigint;
select refused ('seat_packer', format ('select api.job_find (''ST1'', %L)', current_setting ('t.number')), 'WB004', 'find/not-to-be-packed-any-more');
