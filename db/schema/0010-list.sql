-- What lists are searched, filtered and sorted by.
set local role wb_owner;

-- Letters beyond ASCII became small only where the text came from a column that sorts as people do: never in the search texts, which
-- begin with a number that sorts by bytes. So "Παναγιώτης" was not found. A rule of its own makes it independent of where it comes
-- from, and of the database's locale. The Greek letter that looks different at the end of a word is one letter.
do $do$
declare
  rule text := case when exists (select from pg_collation where collname = 'und-x-icu') then 'und-x-icu' else 'default' end;
begin
  execute format($sql$
    create or replace function wb.fold (t text) returns text
      language plpgsql immutable strict parallel safe
    as $body$
    begin
      if octet_length(t) = length(t) then
        return lower(t collate "C");
      end if;
      return translate(lower(public.unaccent('public.unaccent'::regdictionary, t) collate %I), 'ς', 'σ') collate "C";
    end $body$
  $sql$, rule);
end $do$;
alter table wb.sales_order disable trigger user;
alter table wb.customer disable trigger user;
alter table wb.sku disable trigger user;
update wb.sales_order set number = number, customer_name = customer_name where octet_length(search) <> length(search);
update wb.customer set number = number, name = name where octet_length(search) <> length(search);
update wb.sku set code = code, name = name where octet_length(search) <> length(search);
alter table wb.sales_order enable trigger user;
alter table wb.customer enable trigger user;
alter table wb.sku enable trigger user;

-- Indexes for what people filter the lists by. Most are partial: what is rare is found at once, and who writes the usual order
-- writes nothing into them.
create index sales_order_rush_idx on wb.sales_order (placed_at, id) where rush;
create index sales_order_gift_idx on wb.sales_order (placed_at, id) where gift;
create index sales_order_test_idx on wb.sales_order (placed_at, id) where test;
create index sales_order_hold_reason_idx on wb.sales_order (hold_reason, placed_at, id) where hold_reason <> '';
create index sales_order_cancelled_idx on wb.sales_order (cancelled_at) where cancelled_at is not null;
create index sales_order_shipped_idx on wb.sales_order (shipped_at) where shipped_at < 'infinity';
create index sales_order_delivered_idx on wb.sales_order (delivered_at) where delivered_at < 'infinity';
create index sales_order_notes_idx on wb.sales_order (note_count) where note_count > 0;
create index sales_order_refunded_idx on wb.sales_order (refunded_minor) where refunded_minor > 0;
create index sales_order_discount_idx on wb.sales_order (discount_minor) where discount_minor > 0;
create index sales_order_pieces_idx on wb.sales_order (piece_count);
create index sales_order_weight_idx on wb.sales_order (weight_g);

-- With "where tags <> '{}'" the planner took both conditions for independent, and expected a twentieth of what there is.
drop index wb.sales_order_tags_idx;
drop index wb.sales_order_trouble_idx;
create index sales_order_tags_idx on wb.sales_order using gin (tags);
create index sales_order_trouble_idx on wb.sales_order using gin (trouble);
create index sales_order_tagged_idx on wb.sales_order (placed_at, id) where tags <> '{}';
create index sales_order_troubled_idx on wb.sales_order (placed_at, id) where trouble <> '{}';

-- Few different names stand in many lines, so the index is small; api.line_name goes along it from one to the next.
create index order_line_name_idx on wb.order_line (name);
create index order_line_quantity_idx on wb.order_line (quantity) where quantity > 5;
create index order_line_gift_wrap_idx on wb.order_line (order_id) where gift_wrap;
create index order_line_returned_idx on wb.order_line (returned_qty) where returned_qty > 0;
create index order_line_cancelled_idx on wb.order_line (cancelled_qty) where cancelled_qty > 0;
