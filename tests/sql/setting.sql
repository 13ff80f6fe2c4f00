-- Settings of the shop: an administrator changes them, one version at a time, to what they may be.

select lives_ok ('select wb.check_setting (key, value) from wb.setting', 'every-setting-is-what-it-may-be');
select is (tap.act_as ('seat_admin', 'api.setting_set (@, ''shop.name'', ''"Tea & Books"'', 1)') ->> 'version', '2', 'set/by-an-administrator');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''shop.name'', ''"Books"'', 1)', 'WB002', 'set/not-over-somebody-else-s');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''shop.name'', ''7'', 2)', 'WB004', 'set/not-of-another-kind');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''shop.name'', null, 2)', 'WB004', 'set/not-nothing');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''photo.moments'', ''[["packed"]]'', 1)', 'WB004', 'set/not-words-in-words');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''gs1.company_prefix'', ''"952 0000"'', 1)', 'WB004', 'set/not-a-prefix-with-a-blank');
select refused ('seat_admin', 'select api.setting_set (gen_random_uuid (), ''shop.nme'', ''"x"'', 1)', 'WB001', 'set/not-one-that-is-none');
select refused (seat, 'select api.setting_set (gen_random_uuid (), ''shop.name'', ''"x"'', 2)', '42501', 'set/not-by-' || seat)
  from unnest (array['seat_manager', 'seat_packer', 'seat_gateway']) seat;
