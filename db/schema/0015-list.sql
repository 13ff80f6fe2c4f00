-- Where an order comes from says where it goes, in which money and by whom it is carried.
set local role wb_owner;

create statistics wb.sales_order_places (mcv) on channel_id, currency, ship_country, shipping_method, service_id, warehouse_id
  from wb.sales_order;
analyze wb.sales_order;
