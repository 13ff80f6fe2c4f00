-- What lists read: one row a thing, stored columns only, no joins that grow with the table.
set local role wb_owner;

create view api.order_row as
  select o.id, o.number, o.placed_at, o.currency, o.customer_id, o.customer_name, o.customer_email, o.customer_sort,
         o.status, o.payment_status, o.fulfilment_status, o.stage, o.stage_since, o.total_minor, o.goods_minor,
         o.discount_minor, o.shipping_minor, o.tax_minor, o.captured_minor, o.refunded_minor, o.payment_method,
         o.shipping_method, o.ship_by, o.ship_name, o.ship_city, o.ship_postcode, o.ship_country, o.priority,
         o.priority_reasons, o.rush, o.gift, o.test, o.held, o.hold_reason, o.trouble, o.next_action, o.note_count, o.tags,
         o.line_count, o.piece_count, o.weight_g, o.tracking, o.external_id, o.purchase_order, o.shipped_at,
         o.delivered_at, o.cancelled_at, o.channel_id, (select c.code from wb.sales_channel c where c.id = o.channel_id) as channel,
         o.service_id, o.warehouse_id, o.assigned_to,
         (select s.login from wb.staff s where s.id = o.assigned_to) as assigned_login, o.search, o.updated_at, o.version
    from wb.sales_order o;
comment on view api.order_row is 'the order table';

create view api.order_line_row as
  select l.id, l.order_id, o.number as order_number, o.placed_at, o.currency, o.customer_id, o.customer_name, o.status,
         l.position, l.sku_id, l.sku_code, l.name, l.quantity, l.unit_price, l.gross_minor, l.discount_minor, l.net_minor,
         l.tax_minor, l.reserved_qty, l.shipped_qty, l.cancelled_qty, l.returned_qty, l.weight_g, l.gift_wrap
    from wb.order_line l join wb.sales_order o on o.id = l.order_id;
comment on view api.order_line_row is 'order lines with the order they stand in';

create view api.customer_row as
  select c.id, c.number, c.kind, c.name, c.name_sort, c.company, c.email, c.phone, c.phone_digits, c.language, c.currency,
         c.country, c.segment, c.segment_since, c.status, c.registered_at, c.orders_count, c.spent_minor, c.last_order_at,
         c.tags, c.email_allowed, c.search, c.updated_at, c.version
    from wb.customer c where c.merged_into is null;
comment on view api.customer_row is 'the customer table';

create view api.sku_row as
  select s.id, s.product_id, s.code, s.name, s.name_sort, s.category, p.brand, s.price, s.price_currency, s.weight_g,
         s.length_mm, s.width_mm, s.height_mm, s.on_hand, s.reserved, s.available, s.active, s.stocked, s.search,
         s.updated_at, s.version
    from wb.sku s join wb.product p on p.id = s.product_id;
comment on view api.sku_row is 'the product table: one row a SKU';

create view api.stage as select code, name, position, kind, active from wb.stage;
comment on view api.stage is 'columns of the board';
create view api.stage_transition as select from_stage, to_stage, by_hand from wb.stage_transition;
comment on view api.stage_transition is 'which stage may follow which';
create view api.hold_reason as select code, name, owner_role from wb.hold_reason;
comment on view api.hold_reason is 'why an order may be held';
create view api.sales_channel as select id, code, name, kind, currency, timezone, active from wb.sales_channel;
comment on view api.sales_channel is 'where orders come from';
create view api.currency as select code, minor_digits, name from wb.currency;
comment on view api.currency is 'ISO 4217';
create view api.country as select code, name from wb.country;
comment on view api.country is 'ISO 3166-1';
create view api.warehouse as select id, code, name, timezone, cutoff, country from wb.warehouse;
comment on view api.warehouse is 'buildings that ship';
create view api.station as
  select s.id, s.code, s.name, s.kind, s.warehouse_id, w.code as warehouse, s.profile, s.active, s.version
    from wb.station s join wb.warehouse w on w.id = s.warehouse_id;
comment on view api.station is 'benches and their profiles';
create view api.carrier_service as
  select v.id, v.code, v.name, v.express, v.max_weight_g, v.transit_days_min, v.transit_days_max, v.active,
         c.code as carrier, c.name as carrier_name, c.tracking_url
    from wb.carrier_service v join wb.carrier c on c.id = v.carrier_id;
comment on view api.carrier_service is 'what carriers offer';
create view api.box as
  select id, code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, empty_weight_g, max_weight_g, barcode, active
    from wb.box;
comment on view api.box is 'cartons, envelopes and bags';

-- The history of any row: what changed, field by field.
create view api.change as
  select c.id, c.at, c.act_id, a.name as act_name, c.actor, coalesce(s.display_name, c.actor) as actor_name, c.seat,
         coalesce(a.reason, '') as reason, c.table_name, c.row_id, c.op, c.old, c.new
    from audit.change c left join wb.act a on a.id = c.act_id left join wb.staff s on s.login = c.actor;
comment on view api.change is 'audit trail: old and new of each field with actor, seat and reason';

-- For reporting tools: names that stay.
create view bi.orders as
  select o.id as order_id, o.number, o.placed_at, c.code as channel, o.customer_id, o.currency, o.status, o.payment_status,
         o.fulfilment_status, o.stage, o.goods_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor,
         o.captured_minor, o.refunded_minor, o.ship_country, o.line_count, o.piece_count, o.shipped_at, o.delivered_at
    from wb.sales_order o join wb.sales_channel c on c.id = o.channel_id where not o.test;
comment on view bi.orders is 'orders without personal data';
create view bi.order_lines as
  select l.order_id, l.position, l.sku_code, l.name, l.quantity, l.unit_price, l.gross_minor, l.discount_minor, l.net_minor,
         l.tax_minor, l.shipped_qty, l.cancelled_qty, l.returned_qty
    from wb.order_line l join wb.sales_order o on o.id = l.order_id where not o.test;
comment on view bi.order_lines is 'order lines';
