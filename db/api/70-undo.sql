-- Undo is another act: the values an act changed go back to what they were, unless somebody changed them since.
set local role wb_owner;

create or replace function wb.undo_columns (table_name text) returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case table_name
    when 'sales_order' then array['accepted_at', 'production_at', 'cancelled_at', 'cancel_reason', 'rush', 'tags', 'assigned_to']
    when 'hold' then array['released_at', 'released_by', 'note', 'owner_id', 'due_at']
    when 'order_note' then array['deleted_at']
    when 'shipment' then array['status', 'delivered_at']
    when 'customer' then array['name', 'kind', 'company', 'email', 'phone', 'language', 'currency', 'country', 'segment',
      'segment_since', 'status', 'status_reason', 'note', 'tags', 'email_allowed', 'sms_allowed', 'phone_allowed',
      'payment_terms_days', 'credit_limit_minor']
    when 'sku' then array['name', 'weight_g', 'length_mm', 'width_mm', 'height_mm', 'price', 'price_currency', 'active',
      'stocked', 'handling']
    else '{}' end
$$;
comment on function wb.undo_columns is 'which columns of a table are decisions that can be taken back; all others are facts';

create or replace function api.undo (act uuid, target uuid, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  t wb.act;
  c record;
  cols text[];
  list text;
  same boolean;
  orders bigint[] := '{}';
  n integer := 0;
begin
  done := wb.begin_act(act, 'undo', reason, true);
  if done is not null then
    return done;
  end if;
  select * into t from wb.act a where a.id = undo.target for update;
  if not found then
    perform wb.not_found('act', undo.target::text);
  end if;
  if t.actor <> session_user then
    perform wb.require('wb_manager');
  end if;
  if not t.undoable then
    perform wb.refuse('this cannot be taken back', t.name);
  end if;
  if exists (select from wb.act a where a.undo_of = t.id) then
    perform wb.refuse('this was taken back already', 'undone');
  end if;
  update wb.act a set undo_of = t.id where a.id = undo.act;
  for c in select * from audit.change x where x.act_id = t.id and x.at >= t.at - interval '1 minute' order by x.id desc loop
    cols := array(select k from unnest(wb.undo_columns(c.table_name)) k where c.op = 'U' and c.old ? k);
    if c.op = 'I' and c.table_name = 'hold' then
      update hold h set released_at = now(), released_by = session_user where h.id = c.row_id and h.released_at is null;
      n := n + 1;
    elsif c.op = 'I' and c.table_name = 'order_note' then
      update order_note o set deleted_at = now() where o.id = c.row_id and o.deleted_at is null;
      n := n + 1;
    elsif cardinality(cols) > 0 then
      list := (select string_agg(quote_ident(k), ', ') from unnest(cols) k);
      execute format('select (select jsonb_object_agg(k, v) from jsonb_each(to_jsonb(x)) e (k, v) where k = any ($2)) = '
                     '(select jsonb_object_agg(k, v) from jsonb_each($3) e (k, v) where k = any ($2)) '
                     'from wb.%I x where x.id = $1 for update', c.table_name)
        into same using c.row_id, cols, c.new;
      if same is null then
        continue;
      elsif not same then
        perform wb.conflict(case c.table_name when 'sales_order' then 'the order' when 'sku' then 'the product'
                                              else 'the ' || replace(c.table_name, '_', ' ') end, c.row_id::text);
      end if;
      execute format('update wb.%I x set (%s) = (select %s from jsonb_populate_record(x, $2)) where x.id = $1',
                     c.table_name, list, list)
        using c.row_id, c.old;
      n := n + 1;
    else
      continue;
    end if;
    if c.table_name = 'sales_order' then
      orders := orders || c.row_id;
    elsif c.table_name in ('hold', 'order_note', 'shipment') then
      execute format('select $2 || order_id from wb.%I where id = $1', c.table_name) into orders using c.row_id, orders;
    elsif c.table_name = 'customer' then
      orders := orders || array(select o.id from sales_order o
                                 where o.customer_id = c.row_id and o.status in ('pending', 'processing'));
    end if;
  end loop;
  orders := array(select distinct unnest(orders));
  perform wb.refresh_orders(orders);
  perform wb.reserve_orders(array(select o.id from sales_order o where o.id = any (orders) and o.status = 'processing'));
  -- Orders that are pending again need no stock any more.
  perform wb.release_line(l.id, l.reserved_qty) from order_line l join sales_order o on o.id = l.order_id
    where o.id = any (orders) and o.status = 'pending' and l.reserved_qty > 0;
  perform wb.refresh_orders(orders);
  return wb.end_act(act, jsonb_build_object('undone', t.name, 'changes', n));
end $$;
comment on function api.undo is 'takes an act back by another act; undoing that one does it again';

create view api.act as
  select a.id, a.name, a.actor, coalesce(s.display_name, a.actor) as actor_name, a.seat, a.reason, a.at, a.undoable,
         a.undo_of, exists (select from wb.act u where u.undo_of = a.id) as undone
    from wb.act a left join wb.staff s on s.login = a.actor;
comment on view api.act is 'what was done, by whom, when, and whether it can be taken back';
