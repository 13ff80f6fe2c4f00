-- The ledger of prints: every document once, reprints with a reason, in the order's history, for managers to read.

select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 2}]')::text, true);
select set_config ('t.job', tap.act_as ('seat_packer', 'api.job_next (@, ''ST1'')') ->> 'job_id', true);
select set_config ('t.label', tap.act_as ('seat_packer', format ('api.job_label (@, %s, ''ST1'', %L)', current_setting ('t.job'),
  jsonb_build_array (jsonb_build_object ('parcel', 1, 'box', 'B1', 'weight_g', 900, 'items',
    (select jsonb_agg (jsonb_build_object ('line_id', l.id, 'quantity', l.quantity)) from wb.order_line l
      where l.order_id = current_setting ('t.order')::bigint))))) #>> '{labels,0,label_id}', true);

create function pg_temp.facts (document_id text, more jsonb default '{}') returns text
  language sql as $$
  select (jsonb_build_object ('document', 'label', 'document_id', document_id, 'label_id', current_setting ('t.label')::bigint,
                              'printer', 'Zebra', 'station', 'ST1', 'title', 'label X1', 'job', 'Zebra-7') || more)::text
$$;
create function pg_temp.note (seat text, document_id text, reason text default '', more jsonb default '{}') returns jsonb
  language sql as $$ select tap.act_as (seat, format ('api.print_note (@, %L, %L)', pg_temp.facts (document_id, more), reason)) $$;

-- ── Once ───────────────────────────────────────────────────────────────────────────────────────────────────────────
select is (pg_temp.note ('seat_packer', 'label-1-0') ->> 'copy', '1', 'note/first');
select is (pg_temp.note ('seat_packer', 'label-1-0') ->> 'copy', '1', 'note/the-same-document-is-one-print');
select is ((select count(*) from wb.print where label_id = current_setting ('t.label')::bigint), 1::bigint, 'note/one-row');
select is ((select concat_ws ('/', p.document, p.printer, p.job, s.code, p.actor, p.order_id) from wb.print p join wb.station s on s.id = p.station_id
             where p.document_id = 'label-1-0'), 'label/Zebra/Zebra-7/ST1/seat_packer/' || current_setting ('t.order'), 'note/who-where-what');
select set_config ('t.act', gen_random_uuid ()::text, true);
select is (tap.value_as ('seat_packer', format ('select api.print_note (%L, %L, ''torn'') ->> ''copy''', current_setting ('t.act'), pg_temp.facts ('label-1-1'))),
           '2', 'again/with-a-reason');
select is (tap.value_as ('seat_packer', format ('select api.print_note (%L, %L, ''torn'') ->> ''copy''', current_setting ('t.act'), pg_temp.facts ('label-1-1'))),
           '2', 'again/the-same-act-is-one');
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L)', pg_temp.facts ('label-1-2')), 'WB004', 'again/not-without-a-reason');
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L, ''  '')', pg_temp.facts ('label-1-2')), 'WB004', 'again/blanks-are-no-reason');
select is ((select concat_ws ('/', name, reason) from wb.act where id = current_setting ('t.act')::uuid), 'print_again/torn', 'again/is-an-act-of-its-own');

-- ── What is not a print ────────────────────────────────────────────────────────────────────────────────────────────
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L)', pg_temp.facts ('x', '{"document": "poster"}')), 'WB004', 'refused/no-such-kind');
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L)', pg_temp.facts ('x', '{"printer": " "}')), 'WB004', 'refused/no-printer');
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L)', pg_temp.facts ('x', '{"label_id": 999999999}')), 'WB001', 'refused/no-such-label');
select refused ('seat_analyst', format ('select api.print_note (gen_random_uuid (), %L)', pg_temp.facts ('x')), '42501', 'refused/not-by-those-who-only-look');

-- ── Papers ─────────────────────────────────────────────────────────────────────────────────────────────────────────
select set_config ('t.pick', jsonb_build_object ('document', 'pick-list', 'printer', 'Office', 'job_id', current_setting ('t.job')::bigint)::text, true);
select is (tap.value_as ('seat_packer', format ('select api.print_count (''pick-list'', %s)', current_setting ('t.job'))), '0', 'pick-list/none-yet');
select is (tap.act_as ('seat_packer', format ('api.print_note (@, %L)', current_setting ('t.pick')::jsonb || '{"document_id": "pick-1"}')) ->> 'copy', '1', 'pick-list/first');
select is (tap.value_as ('seat_packer', format ('select api.print_count (''pick-list'', %s)', current_setting ('t.job'))), '1', 'pick-list/is-counted-with-its-order');
select refused ('seat_packer', format ('select api.print_note (gen_random_uuid (), %L)', current_setting ('t.pick')::jsonb || '{"document_id": "pick-2"}'), 'WB004', 'pick-list/again-needs-a-reason');
select is (tap.act_as ('seat_packer', 'api.print_note (@, ''{"document": "command-sheet", "document_id": "c-1", "printer": "Office"}'')') ->> 'copy', '1', 'sheet/first');
select is (tap.act_as ('seat_packer', 'api.print_note (@, ''{"document": "command-sheet", "document_id": "c-2", "printer": "Office"}'')') ->> 'copy', '1', 'sheet/belongs-to-nothing-so-each-is-the-first');

-- ── Reading it ─────────────────────────────────────────────────────────────────────────────────────────────────────
select is (tap.value_as ('seat_manager', format ('select string_agg (copy || case when again then '' again: '' || reason else '''' end, '', '' order by id) from api.print_row where order_id = %s and document = ''label''',
                                                current_setting ('t.order'))), '1, 2 again: torn', 'read/by-a-manager');
select refused ('seat_packer', 'select count(*) from api.print_row', '42501', 'read/not-by-a-packer');
select is (tap.value_as ('seat_manager', format ('select string_agg (act_name || '':'' || reason, '' '' order by id) from api.order_history (%s) where about = ''print'' and act_name = ''print_again''', current_setting ('t.order'))),
           'print_again:torn', 'history/a-reprint-stands-there-with-why');

-- ── Printing from the office ───────────────────────────────────────────────────────────────────────────────────────
create function pg_temp.papers (path text) returns text
  language sql as $$ select tap.value_as ('seat_sales', format ('select api.order_papers (%s) #>> %L', current_setting ('t.order'), path)) $$;

select is (pg_temp.papers ('{labels,0,label_id}'), current_setting ('t.label'), 'papers/the-labels-of-an-order');
select is (pg_temp.papers ('{labels,0,prints}'), '2', 'papers/how-often-a-label-was-printed');
select is (pg_temp.papers ('{pick_lists}'), '1', 'papers/how-often-the-pick-list-was');
select is (pg_temp.papers ('{work,job,job_id}'), current_setting ('t.job'), 'papers/the-work-that-a-pick-list-is-for');
select is (pg_temp.papers ('{slip,lines,0,sku}') || ' ' || pg_temp.papers ('{slip,lines,0,quantity}'), 'MUG 2', 'papers/what-a-slip-says');
select ok (tap.value_as ('seat_sales', format ('select api.order_papers (%s)', current_setting ('t.order'))) !~ '(price|_minor|@)', 'papers/no-prices-no-e-mail');
select refused ('seat_sales', 'select api.order_papers (999999999)', 'WB001', 'papers/no-such-order');
select refused ('seat_analyst', format ('select api.order_papers (%s)', current_setting ('t.order')), '42501', 'papers/not-for-those-who-only-look');
select set_config ('t.slip', jsonb_build_object ('document', 'packing-slip', 'printer', 'Office', 'order_id', current_setting ('t.order')::bigint)::text, true);
select is (tap.act_as ('seat_sales', format ('api.print_note (@, %L)', current_setting ('t.slip')::jsonb || '{"document_id": "slip-1"}')) ->> 'copy', '1', 'slip/first');
select refused ('seat_sales', format ('select api.print_note (gen_random_uuid (), %L)', current_setting ('t.slip')::jsonb || '{"document_id": "slip-2"}'), 'WB004', 'slip/again-needs-a-reason');
select is (tap.act_as ('seat_sales', format ('api.print_note (@, %L, ''lost'')', current_setting ('t.slip')::jsonb || '{"document_id": "slip-2"}')) ->> 'copy', '2', 'slip/again');
select is (pg_temp.papers ('{slips}'), '2', 'slip/is-counted');
