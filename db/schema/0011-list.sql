-- Since when an order has been where it is, and when it last changed: people look for what has stood too long, and for what is new.
set local role wb_owner;

create index sales_order_stage_since_idx on wb.sales_order (stage_since);
create index sales_order_updated_idx on wb.sales_order (updated_at);
