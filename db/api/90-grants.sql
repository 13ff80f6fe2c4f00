-- Least rights: nobody sees a table; every role gets the views, columns and functions that its work needs.
set local role wb_owner;

revoke all on schema wb, audit from public;
revoke all on all tables in schema api, bi from public;
revoke execute on all routines in schema wb, audit, api, bi from public;
alter default privileges for role wb_owner revoke execute on routines from public;

grant usage on schema api to wb_sales, wb_packer, wb_support, wb_analyst, wb_gateway, wb_worker;
grant usage on schema bi to wb_analyst;
grant select on all tables in schema bi to wb_analyst;

do $$
declare
  everyone constant text := 'wb_sales, wb_packer, wb_support, wb_analyst, wb_gateway, wb_worker';
  g record;
begin
  for g in
    select * from (values
      -- what, to whom; functions by name (all their signatures)
      ('api.sign_in', everyone), ('api.news_since', everyone), ('api.wake', everyone), ('api.news_prune', 'wb_admin, wb_worker'),
      ('api.staff_add', 'wb_admin'), ('api.staff_remove', 'wb_admin'), ('api.setting_set', 'wb_admin'),
      ('api.order_page', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('api.order_history', 'wb_sales, wb_support, wb_analyst'), ('api.customer_page', 'wb_sales, wb_support, wb_analyst'),
      ('api.sku_page', everyone), ('api.stock_check', 'wb_manager, wb_worker'),
      ('api.order_create', 'wb_sales, wb_gateway, wb_worker'), ('api.order_pay', 'wb_sales, wb_gateway, wb_worker'),
      ('api.order_refund', 'wb_sales, wb_gateway, wb_worker'), ('api.order_cancel', 'wb_sales, wb_gateway, wb_worker'),
      ('api.order_hold', 'wb_sales, wb_support, wb_packer, wb_worker'), ('api.order_release', 'wb_sales, wb_support, wb_worker'),
      ('api.order_move', 'wb_sales, wb_worker'), ('api.order_assign', 'wb_sales, wb_support, wb_worker'),
      ('api.order_rush', 'wb_sales, wb_support, wb_worker'), ('api.order_tag', 'wb_sales, wb_support, wb_worker'),
      ('api.order_note_add', 'wb_sales, wb_support, wb_packer, wb_gateway, wb_worker'),
      ('api.order_note_remove', 'wb_sales, wb_support'), ('api.order_note_acknowledge', 'wb_sales, wb_support, wb_packer'),
      ('api.order_address_set', 'wb_sales, wb_support'),
      ('api.customer_create', 'wb_sales, wb_support, wb_gateway, wb_worker'),
      ('api.customer_update', 'wb_sales, wb_support, wb_worker'), ('api.address_set', 'wb_sales, wb_support, wb_gateway, wb_worker'),
      ('api.sku_update', 'wb_sales'),
      ('api.stock_receive', 'wb_packer, wb_worker'), ('api.stock_count', 'wb_packer, wb_manager'),
      ('api.stock_transfer', 'wb_packer, wb_manager'),
      ('api.job_next', 'wb_packer'), ('api.job_take', 'wb_packer'), ('api.job_get', 'wb_packer'), ('api.job_open', 'wb_packer'), ('api.job_start', 'wb_packer'),
      ('api.job_queue', 'wb_packer'),
      ('api.job_append', 'wb_packer'), ('api.job_aside', 'wb_packer'), ('api.job_label', 'wb_packer'),
      ('api.print_note', 'wb_packer, wb_sales, wb_support'), ('api.print_count', 'wb_packer, wb_sales, wb_support'), ('api.order_papers', 'wb_packer, wb_sales, wb_support'), ('api.code_find', 'wb_packer'), ('api.job_ship', 'wb_packer'),
      ('api.label_products', 'wb_packer, wb_sales, wb_support'), ('api.label_places', 'wb_packer, wb_sales, wb_support'),
      ('api.label_returns', 'wb_packer, wb_sales, wb_support'), ('api.label_badges', 'wb_admin'),
      ('api.staff_badges', 'wb_packer'), ('api.station_enter', 'wb_packer'), ('api.station_leave', 'wb_packer'),
      ('api.station_profile', 'wb_packer'), ('api.station_profile_set', 'wb_packer'),
      ('api.job_find', 'wb_packer'), ('api.job_services', 'wb_packer'), ('api.staff_badge', 'wb_admin'),
      ('api.attachment_add', 'wb_packer, wb_sales, wb_support'), ('api.attachment_remove', 'wb_sales, wb_support'),
      ('api.attachment_content', 'wb_sales, wb_support, wb_analyst'),
      ('api.fold', everyone), ('api.like_pattern', everyone),
      ('api.import_records', 'wb_sales, wb_gateway, wb_worker'), ('api.import_parties', 'wb_sales, wb_gateway, wb_worker'),
      ('api.undo', 'wb_sales, wb_support, wb_packer')) v (what, whom)
  loop
    execute (select string_agg(format('grant execute on routine %s to %s', p.oid::regprocedure, g.whom), '; ')
               from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname || '.' || p.proname = g.what);
  end loop;
  for g in
    select * from (values
      ('stage', everyone), ('stage_transition', everyone), ('hold_reason', everyone), ('sales_channel', everyone),
      ('currency', everyone), ('country', everyone), ('warehouse', everyone), ('station', everyone), ('carrier_service', everyone),
      ('box', everyone), ('setting', everyone), ('staff', everyone), ('order_item', everyone), ('line_name', everyone),
      ('sku_barcode', everyone),
      ('order_row', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('order_line_row', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('line_of_order', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('customer_row', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('sku_row', 'wb_sales, wb_support, wb_analyst, wb_gateway, wb_worker'),
      ('print_row', 'wb_sales'), ('change', 'wb_sales, wb_support, wb_analyst'), ('act', 'wb_sales, wb_support, wb_analyst')) v (what, whom)
  loop
    execute format('grant select on api.%I to %s', g.what, g.whom);
  end loop;
end $$;

-- A packer sees which orders there are and what is in them; no money, no e-mail, nothing to search people by.
grant select (id, number, placed_at, customer_name, status, fulfilment_status, stage, stage_since, shipping_method, ship_by,
              ship_country, priority, priority_reasons, rush, gift, held, hold_reason, trouble, next_action, note_count,
              line_count, piece_count, weight_g, tracking, shipped_at, channel, service_id, warehouse_id, version)
  on api.order_row to wb_packer;
grant select (id, order_id, order_number, status, position, sku_id, sku_code, name, quantity, reserved_qty, shipped_qty,
              cancelled_qty, returned_qty, weight_g, gift_wrap) on api.order_line_row to wb_packer;
grant select (id, order_id, order_number, status, position, sku_id, sku_code, name, quantity, reserved_qty, shipped_qty,
              cancelled_qty, returned_qty, weight_g, gift_wrap) on api.line_of_order to wb_packer;
grant select (id, product_id, code, name, name_sort, category, brand, weight_g, length_mm, width_mm, height_mm, on_hand,
              reserved, available, active, stocked, search, version) on api.sku_row to wb_packer;
