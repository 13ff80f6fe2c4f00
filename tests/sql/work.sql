-- Guided work: nobody gets what another has, the same event twice is one, the last scan moves the stock.

select set_config ('t.low', tap.paid_order ('[{"sku": "MUG", "quantity": 1}]')::text, true);
select set_config ('t.high', tap.paid_order ('[{"sku": "MUG", "quantity": 2}, {"sku": "SCREW", "quantity": 50}]', '{"rush": true}')::text, true);

create function pg_temp.number_of (job text) returns bigint
  language sql as $$ select order_id from wb.job where id = $1::bigint $$;

-- ── Claims ─────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.act', gen_random_uuid ()::text, true);
create function pg_temp.next (station text) returns text
  language sql as $$
  select tap.value_as ('seat_packer', format ('select api.job_next (%L, %L) ->> ''job_id''', current_setting ('t.act'), station))
$$;
select set_config ('t.job1', pg_temp.next ('ST1'), true);
select is (pg_temp.number_of (current_setting ('t.job1')), current_setting ('t.high')::bigint, 'claim/the-most-urgent-first');
select set_config ('t.job2', tap.act_as ('seat_packer', 'api.job_next (@, ''ST2'')') ->> 'job_id', true);
select is (pg_temp.number_of (current_setting ('t.job2')), current_setting ('t.low')::bigint, 'claim/another-station-gets-another');
select is (tap.act_as ('seat_packer', 'api.job_next (@, ''ST1'')') ->> 'job_id', current_setting ('t.job1'), 'claim/asking-again-gives-the-same');
select is (pg_temp.next ('ST1'), current_setting ('t.job1'), 'claim/the-same-act-again-as-well');
select is ((select concat_ws ('/', name, actor, result ->> 'job_id') from wb.act where id = current_setting ('t.act')::uuid),
           'job_next/seat_packer/' || current_setting ('t.job1'), 'claim/is-on-record');
select throws_ok (format ('update wb.job set state = ''claimed'', station_id = (select id from wb.station where code = ''ST1'') where id = %s',
                          current_setting ('t.job2')), '23505', null, 'claim/a-station-has-one-at-a-time');
select throws_ok ('update wb.job set state = ''lost''', '23514', null, 'claim/no-other-state');

create function pg_temp.open (act text, job text) returns text
  language sql as $$ select format ('select api.job_open (%L, %s)', act, job) $$;
select refused ('seat_packer', pg_temp.open (current_setting ('t.act'), current_setting ('t.job2')), 'WB005', 'open/not-what-another-act-claimed');
select refused ('seat_manager', pg_temp.open (current_setting ('t.act'), current_setting ('t.job1')), 'WB005', 'open/not-by-somebody-else-s-act');
select is (tap.value_as ('seat_packer', pg_temp.open (current_setting ('t.act'), current_setting ('t.job1')) || ' #>> ''{job,lines,0,sku}'''), 'MUG',
           'open/says-what-to-do');
select is ((select concat_ws ('/', stage, next_action) from wb.sales_order where id = current_setting ('t.high')::bigint), 'packing/finish_packing',
           'open/shows-in-the-stage');
select is ((select concat_ws ('/', f.stage, f.next_action) from wb.order_facts (array[current_setting ('t.high')::bigint]) f), 'packing/finish_packing',
           'open/as-the-facts-say');
select isnt ((select definition from wb.job where id = current_setting ('t.job1')::bigint), null, 'open/freezes-the-work');
select isnt (tap.value_as ('seat_packer', pg_temp.open (current_setting ('t.act'), current_setting ('t.job1'))), null, 'open/again-gives-the-same');
select is ((select string_agg (concat_ws ('/', from_stage, to_stage, actor), ' ') from wb.stage_passage where act_id = current_setting ('t.act')::uuid),
           'ready_to_pack/packing/seat_packer', 'open/one-passage-that-names-the-act');
select is (tap.value_as ('seat_packer', format ('select api.job_get (%s) #>> ''{job,lines,0,sku}''', current_setting ('t.job1'))), 'MUG',
           'open/can-be-read-again');
select refused ('seat_packer', 'select api.job_next (gen_random_uuid (), ''NONE'')', 'WB001', 'claim/from-an-unknown-station');
select refused ('seat_packer', format ('select api.job_take (gen_random_uuid (), %s, ''ST1'')', current_setting ('t.job2')), 'WB004',
                'claim/one-at-a-time');
select refused ('seat_packer', format ('select api.job_append (%s, ''ST2'', ''[]'')', current_setting ('t.job1')), 'WB002',
                'claim/only-the-holder-writes');
select refused ('seat_sales', format ('select api.order_cancel (null, array[%s]::bigint[], ''x'')', current_setting ('t.high')), 'WB004',
                'claim/an-act-without-id-changes-nothing');
select is (tap.act_as ('seat_sales', format ('api.order_cancel (@, array[%s]::bigint[], ''x'')', current_setting ('t.high'))) ->> 'done', '0',
           'claim/cannot-be-cancelled-meanwhile');

-- ── Events ─────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.events', jsonb_build_array (
  jsonb_build_object ('id', gen_random_uuid (), 'kind', 'reviewed', 'at_us', (extract (epoch from now ()) * 1000000)::bigint),
  jsonb_build_object ('id', gen_random_uuid (), 'kind', 'picked', 'line', 1, 'quantity', 1, 'at_us', (extract (epoch from now ()) * 1000000)::bigint))::text, true);
select is (tap.value_as ('seat_packer', format ('select api.job_append (%s, ''ST1'', %L) ->> ''accepted''', current_setting ('t.job1'),
                         current_setting ('t.events'))), '2', 'events/accepted');
select is (tap.value_as ('seat_packer', format ('select api.job_append (%s, ''ST1'', %L) ->> ''accepted''', current_setting ('t.job1'),
                         current_setting ('t.events'))), '0', 'events/twice-is-once');
select is (jsonb_array_length (tap.value_as ('seat_packer', format ('select api.job_get (%s)', current_setting ('t.job1')))::jsonb -> 'events'), 2,
           'events/are-given-back');
select throws_ok ('delete from wb.work_event', 'WB004', null, 'events/are-append-only');

-- ── What people see ────────────────────────────────────────────────────────────────────────────────────────────────
update wb.station set name = 'Long table' where code = 'ST1';
insert into wb.staff (login, display_name) values ('seat_packer', 'Petra Packer') on conflict (login) do update set display_name = excluded.display_name;
select is (tap.value_as ('seat_packer', format ($$select concat_ws ('/', x ->> 'station', x ->> 'staff') from jsonb_array_elements (api.job_queue ('ST2') -> 'elsewhere') x
                                                  where x ->> 'job_id' = %L$$, current_setting ('t.job1'))), 'Long table/Petra Packer', 'names/in-the-queue');
select is (tap.value_as ('seat_sales', format ($$select concat_ws ('/', x #>> '{job,station}', x #>> '{job,staff}') from api.order_page (%s) x$$,
                                               current_setting ('t.high'))), 'Long table/Petra Packer', 'names/on-the-page-of-the-order');
select is (tap.value_as ('seat_sales', format ($$select string_agg (x ->> 'actor', '/') from jsonb_array_elements (api.order_page (%s) -> 'passages') x
                                                  where x ->> 'to' = 'packing'$$, current_setting ('t.high'))), 'Petra Packer', 'names/in-the-stages-of-the-order');
select set_config ('t.note', tap.act_as ('seat_sales', format ('api.order_note_add (@, %s, ''instruction'', ''Two boxes'')', current_setting ('t.high'))) ->> 'note_id', true);
select tap.act_as ('seat_packer', format ('api.order_note_acknowledge (@, %s)', current_setting ('t.note'))) \g /dev/null
select is (tap.value_as ('seat_sales', format ($$select string_agg (new ->> 'acknowledged_by', '/') from api.order_history (%s)
                                                  where new ? 'acknowledged_by' and op = 'U'$$, current_setting ('t.high'))), 'Petra Packer', 'names/in-the-history-of-the-order');

-- ── Another seat goes on ───────────────────────────────────────────────────────────────────────────────────────────
select tap.act_as ('seat_packer', format ('api.job_aside (@, %s, ''ST2'', ''lunch'')', current_setting ('t.job2'))) \g /dev/null
select tap.act_as ('seat_packer', format ('api.job_aside (@, %s, ''ST1'', ''lunch'')', current_setting ('t.job1'))) \g /dev/null
select is (tap.act_as ('seat_manager', format ('api.job_take (@, %s, ''ST2'')', current_setting ('t.job1'))) ->> 'job_id', current_setting ('t.job1'),
           'resume/by-another-station');
select is (jsonb_array_length (tap.value_as ('seat_manager', format ('select api.job_get (%s)', current_setting ('t.job1')))::jsonb -> 'events'), 2,
           'resume/with-all-that-happened');
select refused ('seat_packer', format ('select api.job_append (%s, ''ST1'', ''[]'')', current_setting ('t.job1')), 'WB002',
                'resume/the-first-seat-is-told');

-- ── Label and last scan ────────────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.parcels (weight integer, pieces integer) returns text
  language sql as $$
  select jsonb_build_array (jsonb_build_object ('parcel', 1, 'box', 'B1', 'weight_g', weight, 'items',
    (select jsonb_agg (jsonb_build_object ('line_id', l.id, 'quantity', case l.sku_code when 'MUG' then pieces else l.quantity end))
       from wb.order_line l where l.order_id = current_setting ('t.high')::bigint)))::text
$$;
select refused ('seat_packer', format ('select api.job_ship (gen_random_uuid (), %s, ''ST2'')', current_setting ('t.job1')), 'WB004',
                'ship/not-without-a-label');
select refused ('seat_packer', format ('select api.job_label (gen_random_uuid (), %s, ''ST2'', %L)', current_setting ('t.job1'),
                                       pg_temp.parcels (900, 3)), 'WB004', 'label/not-more-than-was-ordered');
select refused ('seat_packer', format ('select api.job_label (gen_random_uuid (), %s, ''ST2'', %L)', current_setting ('t.job1'),
                                       pg_temp.parcels (30000, 2)), 'WB004', 'label/not-heavier-than-anyone-carries');
select refused ('seat_packer', format ('select api.job_label (gen_random_uuid (), %s, ''ST2'', ''[]'')', current_setting ('t.job1')), 'WB004',
                'label/not-for-nothing');
select set_config ('t.label', tap.act_as ('seat_packer', format ('api.job_label (@, %s, ''ST2'', %L)', current_setting ('t.job1'),
                                          pg_temp.parcels (900, 2)))::text, true);
select is ((current_setting ('t.label')::jsonb -> 'labels' -> 0 ->> 'service_code'), 'STD', 'label/the-cheapest-that-takes-the-weight');
select matches (current_setting ('t.label')::jsonb -> 'labels' -> 0 ->> 'sscc', '^\d{18}$', 'label/has-an-sscc');
select is ((select sum (substr (s, i, 1)::int * case i % 2 when 1 then 3 else 1 end)::int % 10
              from generate_series (1, 18) i, lateral (select current_setting ('t.label')::jsonb -> 'labels' -> 0 ->> 'sscc' as s) x), 0,
           'label/its-check-digit-is-right');
select is ((select stage from wb.sales_order where id = current_setting ('t.high')::bigint), 'ready_to_ship', 'label/shows-in-the-stage');
select set_config ('t.act', gen_random_uuid ()::text, true);
select is (tap.value_as ('seat_packer', format ('select api.job_ship (%L, %s, ''ST2'') ->> ''status''', current_setting ('t.act'), current_setting ('t.job1'))),
           'shipped', 'ship/last-scan');
select is (tap.value_as ('seat_packer', format ('select api.job_ship (%L, %s, ''ST2'') ->> ''status''', current_setting ('t.act'), current_setting ('t.job1'))),
           'shipped', 'ship/again-says-the-same');
select is (tap.facts (current_setting ('t.high')::bigint), 'shipped paid fulfilled shipped', 'ship/facts');
select is ((select concat_ws ('/', on_hand, reserved) from wb.sku where code = 'MUG'), '13/1', 'ship/the-stock-left-once');
select is ((select concat_ws ('/', on_hand, reserved) from wb.sku where code = 'SCREW'), '99950/0', 'ship/of-every-line');
select finds_nothing ('select * from api.stock_check ()', 'ship/ledger-levels-and-promises-agree');
select refused ('seat_packer', format ('select api.job_take (gen_random_uuid (), %s, ''ST1'')', current_setting ('t.job1')), 'WB004',
                'ship/is-done');
select is (tap.act_as ('seat_packer', 'api.job_next (@, ''ST1'')') ->> 'job_id', null, 'ship/what-was-put-aside-is-not-next');

-- ── Short and damaged ──────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.high', tap.paid_order ('[{"sku": "MUG", "quantity": 3}]')::text, true);
select set_config ('t.job1', tap.act_as ('seat_packer', 'api.job_next (@, ''ST1'')') ->> 'job_id', true);
select tap.act_as ('seat_packer', format ('api.job_label (@, %s, ''ST1'', %L)', current_setting ('t.job1'), pg_temp.parcels (400, 1))) \g /dev/null
select tap.act_as ('seat_packer', format ('api.job_ship (@, %s, ''ST1'', %L, %L)', current_setting ('t.job1'),
  jsonb_build_array (jsonb_build_object ('line_id', l.id, 'quantity', 1)), jsonb_build_array (jsonb_build_object ('line_id', l.id, 'quantity', 1))))
  from wb.order_line l where l.order_id = current_setting ('t.high')::bigint \g /dev/null
select is ((select fulfilment_status from wb.sales_order where id = current_setting ('t.high')::bigint), 'partially_fulfilled', 'short/in-part');
select is ((select on_hand from wb.sku where code = 'MUG'), 10::bigint, 'short/one-sent-one-missing-one-broken');
select is ((select sum (l.quantity) from wb.stock_level l join wb.bin b on b.id = l.bin_id join wb.sku s on s.id = l.sku_id
             where s.code = 'MUG' and b.kind = 'damaged'), 1::numeric, 'short/the-broken-one-lies-with-the-broken');
select finds_nothing ('select * from api.stock_check ()', 'short/ledger-levels-and-promises-agree');
