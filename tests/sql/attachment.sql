-- Photos and files of orders: kept once, by what they are, seen by whom the order is; and when the bench takes photos.

select set_config ('t.order', tap.paid_order ('[{"sku": "MUG", "quantity": 1}]')::text, true);
select set_config ('t.job', (select id from wb.job where order_id = current_setting ('t.order')::bigint)::text, true);

create function pg_temp.photo (fill text) returns bytea
  language sql as $$ select '\xffd8ffe000104a464946'::bytea || convert_to (fill, 'UTF8') $$;
create function pg_temp.add (content bytea, about text default 'job', about_id text default current_setting ('t.job'),
                             parcel integer default 1, digest text default null, person text default null) returns text
  language sql as $$
  select format ('api.attachment_add (@, %L, %s, %s, ''photo.jpg'', %L::bytea, %L, ''2026-11-20 10:00Z'', %L)', about, about_id,
                 parcel, content, coalesce (digest, encode (sha256 (content), 'hex')), person)
$$;
create function pg_temp.refused (seat text, call text, state text, description text) returns text
  language sql as $$ select refused (seat, 'select ' || replace (call, '(@', '(gen_random_uuid ()'), state, description) $$;
create function pg_temp.files () returns jsonb
  language sql as $$
  select tap.value_as ('seat_support', format ('select api.order_page (%s) -> ''files''', current_setting ('t.order')))::jsonb
$$;

-- ── Kept ───────────────────────────────────────────────────────────────────────────────────────────────────────────
delete from wb.news;
select set_config ('t.id', tap.act_as ('seat_packer', pg_temp.add (pg_temp.photo ('one'))) ->> 'attachment_id', true);
select ok (current_setting ('t.id') is not null, 'add/by-a-packer');
select is ((select array[media_type, name, created_by, parcel::text, size_bytes::text] from wb.attachment),
           '{image/jpeg,photo.jpg,seat_packer,1,13}'::text[], 'add/type-from-the-bytes');
select is ((select encode (sha256, 'hex') from wb.attachment), encode (sha256 (pg_temp.photo ('one')), 'hex'), 'add/with-its-hash');
select is ((select array[topic, ids::text] from wb.news where topic = 'order'), array['order', format ('{%s}', current_setting ('t.order'))],
           'add/tells-of-the-order');
select is (tap.act_as ('seat_packer', pg_temp.add (pg_temp.photo ('one'))) ->> 'attachment_id', current_setting ('t.id'),
           'add/the-same-content-is-the-same');
select set_config ('t.act', gen_random_uuid ()::text, true);
select tap.value_as ('seat_packer', 'select ' || replace (pg_temp.add (pg_temp.photo ('two')), '(@', format ('(%L', current_setting ('t.act')))) \g /dev/null
select tap.value_as ('seat_packer', 'select ' || replace (pg_temp.add (pg_temp.photo ('two')), '(@', format ('(%L', current_setting ('t.act')))) \g /dev/null
select is ((select count (*) from wb.attachment), 2::bigint, 'add/twice-is-once');
insert into wb.staff (login, display_name) values ('t.anna', 'Anna');
select tap.act_as ('seat_packer', pg_temp.add (pg_temp.photo ('three'), person => 't.anna')) \g /dev/null
select is ((select created_by from wb.attachment order by id desc limit 1), 't.anna', 'add/by-whoever-works-there');
select tap.act_as ('seat_packer', pg_temp.add (pg_temp.photo ('four'), person => 'nobody')) \g /dev/null
select is ((select created_by from wb.attachment order by id desc limit 1), 'seat_packer', 'add/by-nobody-we-know');

-- ── Refused ────────────────────────────────────────────────────────────────────────────────────────────────────────
select pg_temp.refused ('seat_packer', pg_temp.add ('\x4d5a9000'), 'WB004', 'add/no-program');
select pg_temp.refused ('seat_packer', pg_temp.add (''), 'WB004', 'add/nothing');
select pg_temp.refused ('seat_packer', pg_temp.add (pg_temp.photo ('x'), digest => repeat ('0', 64)), 'WB004', 'add/damaged-on-its-way');
select pg_temp.refused ('seat_packer', pg_temp.add (pg_temp.photo ('x'), about => 'order', about_id => '0'), 'WB001', 'add/no-such-order');
select pg_temp.refused ('seat_packer', pg_temp.add (pg_temp.photo ('x'), about => 'customer', about_id => '1'), 'WB001', 'add/about-nothing-that-has-files');
update wb.setting set value = '100' where key = 'attachment.max_bytes';
select pg_temp.refused ('seat_packer', pg_temp.add (pg_temp.photo (repeat ('x', 100))), 'WB004', 'add/too-large');
select pg_temp.refused ('seat_analyst', pg_temp.add (pg_temp.photo ('x')), '42501', 'add/not-by-an-analyst');

-- ── Seen ───────────────────────────────────────────────────────────────────────────────────────────────────────────
select tap.act_as ('seat_sales', pg_temp.add ('\x255044462d312e37', 'order', current_setting ('t.order'), 0)) \g /dev/null
select is (jsonb_array_length (pg_temp.files ()), 5, 'page/all-of-the-order');
select is (pg_temp.files () #>> '{0,media_type}', 'image/jpeg', 'page/what-it-is');
select ok (pg_temp.files ()::text !~ 'content', 'page/without-the-bytes');
update wb.job set state = 'done' where id = current_setting ('t.job')::bigint;
select is (jsonb_array_length (pg_temp.files ()), 5, 'page/also-when-the-work-is-done');
select is (tap.value_as ('seat_support', format ('select api.attachment_content (%s)', current_setting ('t.id'))),
           pg_temp.photo ('one')::text, 'content/the-same-bytes');
select refused ('seat_packer', format ('select api.attachment_content (%s)', current_setting ('t.id')), '42501', 'content/not-for-packers');
select refused ('seat_support', 'select content from wb.attachment', '42501', 'content/not-from-the-table');

-- ── Taken away ─────────────────────────────────────────────────────────────────────────────────────────────────────
select refused ('seat_packer', format ('select api.attachment_remove (gen_random_uuid (), %s, ''x'')', current_setting ('t.id')), '42501',
                'remove/not-by-packers');
select tap.act_as ('seat_support', format ('api.attachment_remove (@, %s, ''a face is seen'')', current_setting ('t.id'))) \g /dev/null
select is (jsonb_array_length (pg_temp.files ()), 4, 'remove/is-not-shown');
select is ((select octet_length (content) from wb.attachment where id = current_setting ('t.id')::bigint), 0, 'remove/is-gone-for-good');
select refused ('seat_support', format ('select api.attachment_content (%s)', current_setting ('t.id')), 'WB001', 'remove/cannot-be-read');
select refused ('seat_support', format ('select api.attachment_remove (gen_random_uuid (), %s, ''x'')', current_setting ('t.id')), 'WB001', 'remove/once');

-- ── When photos are taken ──────────────────────────────────────────────────────────────────────────────────────────
select is (wb.photo_moments (current_setting ('t.order')::bigint), '[]'::jsonb, 'moments/never');
update wb.sales_order set tags = '{photo}' where id = current_setting ('t.order')::bigint;
select is (wb.photo_moments (current_setting ('t.order')::bigint), '["packed"]'::jsonb, 'moments/as-the-order-asks');
update wb.sales_order set tags = '{}', customer_id = (tap.act_as ('seat_sales', 'api.customer_create (@, ''{"name": "Ada"}'')') ->> 'customer_id')::bigint
 where id = current_setting ('t.order')::bigint;
select is (wb.photo_moments (current_setting ('t.order')::bigint), '[]'::jsonb, 'moments/as-no-customer-asks');
update wb.customer set tags = '{photo}' where id = (select customer_id from wb.sales_order where id = current_setting ('t.order')::bigint);
select is (wb.photo_moments (current_setting ('t.order')::bigint), '["packed"]'::jsonb, 'moments/as-the-customer-asks');
update wb.setting set value = '["labelled", "packed"]' where key = 'photo.moments';
select is (wb.photo_moments (current_setting ('t.order')::bigint), '["labelled", "packed"]'::jsonb, 'moments/as-the-shop-says');
select is (wb.job_definition (current_setting ('t.job')::bigint) -> 'photos', '["labelled", "packed"]'::jsonb, 'moments/are-in-the-job');
