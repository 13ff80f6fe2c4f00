-- What cannot be scanned at the bench may be counted by hand, unless the shop does not want that.
set local role wb_owner;

insert into wb.setting (key, value) values ('bench.by_hand', 'true') on conflict do nothing;
