-- A new order's lines are told by the order's own birth: what an import or a shop places is one entry, not one a line. Lines
-- that join an order later are told one by one, as ever. And an import says which rule a record broke.
set local role wb_owner;

create function audit.record_lines () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  insert into audit.change (act_id, actor, seat, table_name, row_id, op)
    select nullif(current_setting('wb.act', true), '')::uuid, session_user, wb.seat(), tg_table_name, n.id, 'I'
      from new_rows n join sales_order o on o.id = n.order_id
     where o.created_at <> now();
  return null;
end $$;
comment on function audit.record_lines is 'trigger: lines that join an order which was there before this transaction';

drop trigger audit_insert on wb.order_line;
create trigger audit_insert after insert on wb.order_line referencing new table as new_rows
  for each statement execute function audit.record_lines ();

alter type wb.import_outcome add attribute sqlstate text, add attribute constraint_name text;
