-- Undo is another act: the values an act changed go back to what they were, unless somebody changed them since.
set local role wb_owner;

create or replace function wb.undo_columns (table_name text) returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case table_name
    when 'sales_order' then array['accepted_at', 'production_at', 'returning_since', 'cancelled_at', 'cancel_reason', 'rush', 'tags',
      'assigned_to']
    when 'hold' then array['released_at', 'released_by']
    when 'order_note' then array['deleted_at']
    when 'shipment' then array['status', 'delivered_at']
    when 'customer' then array['name', 'kind', 'company', 'email', 'phone', 'language', 'currency', 'country', 'segment',
      'segment_since', 'status', 'status_reason', 'note', 'tags', 'email_allowed', 'sms_allowed', 'phone_allowed',
      'payment_terms_days', 'credit_limit_minor']
    when 'sku' then array['name', 'weight_g', 'length_mm', 'width_mm', 'height_mm', 'price', 'price_currency', 'active',
      'stocked', 'handling']
    when 'station' then array['profile']
    else '{}' end
$$;
comment on function wb.undo_columns is 'which columns of a table are decisions that can be taken back; all others are facts';

-- What an act decided. Rows that it made are taken back by what ends them: a hold is released, a note deleted.
create or replace function wb.decisions_of (act uuid, at timestamptz)
  returns table (change_id bigint, table_name text, row_id bigint, old jsonb, new jsonb)
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  return query
    select c.id, c.table_name, c.row_id,
           case when c.op = 'U' then (select jsonb_object_agg(k, c.old -> k) from unnest(wb.undo_columns(c.table_name)) k where c.old ? k)
                when c.table_name = 'hold' then jsonb_build_object('released_at', now(), 'released_by', session_user)
                else jsonb_build_object('deleted_at', now()) end,
           case when c.op = 'U' then (select jsonb_object_agg(k, c.new -> k) from unnest(wb.undo_columns(c.table_name)) k where c.new ? k)
                when c.table_name = 'hold' then '{"released_at": null, "released_by": null}'
                else '{"deleted_at": null}' end
      from audit.change c
     where c.act_id = decisions_of.act and c.at >= decisions_of.at - interval '1 minute'
       and (c.op = 'U' and c.old ?| wb.undo_columns(c.table_name) or c.op = 'I' and c.table_name in ('hold', 'order_note'))
     order by c.id desc;
end $$;
comment on function wb.decisions_of is 'the decisions of an act, the last one first: what they were before (old) and what it made of them (new)';

create or replace function wb.row_in_words (table_name text, row_id bigint) returns text
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
begin
  return case table_name
    when 'sales_order' then (select 'order ' || number from sales_order where id = row_id)
    when 'hold' then (select 'the hold on order ' || o.number from hold h join sales_order o on o.id = h.order_id where h.id = row_id)
    when 'order_note' then (select 'the note on order ' || o.number from order_note n join sales_order o on o.id = n.order_id
                             where n.id = row_id)
    when 'shipment' then (select 'shipment ' || number from shipment where id = row_id)
    when 'customer' then (select 'customer ' || number from customer where id = row_id)
    when 'sku' then (select 'product ' || code from sku where id = row_id)
    when 'station' then (select 'station ' || name from station where id = row_id)
    else replace(table_name, '_', ' ') || ' ' || row_id end;
end $$;
comment on function wb.row_in_words is 'what people call a row: "order W10012"';

-- The values of a decision go back, if they are still what the act made of them.
create or replace function wb.put_back (d record) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  cols text[] := array(select jsonb_object_keys(d.new));
  list text := (select string_agg(quote_ident(k), ', ') from unnest(cols) k);
  present jsonb;
  later record;
begin
  execute format('select to_jsonb(x) from wb.%I x where x.id = $1 for no key update', d.table_name) into present using d.row_id;
  select string_agg(distinct replace(regexp_replace(k, '_(at|by|since|to|minor)$', ''), '_', ' '), ', ') as what into later
    from unnest(cols) k where present -> k is distinct from d.new -> k;
  if later.what is not null then
    select later.what, coalesce(s.display_name, c.actor) as who into later
      from audit.change c left join staff s on s.login = c.actor
     where c.table_name = d.table_name and c.row_id = d.row_id and c.id > d.change_id and c.new ?| cols order by c.id desc limit 1;
    raise exception '% was changed by % meanwhile: %', coalesce(wb.row_in_words(d.table_name, d.row_id), d.table_name),
        coalesce(later.who, 'somebody else'), later.what
      using errcode = 'WB002', detail = d.row_id;
  end if;
  execute format('update wb.%I x set (%s) = (select %s from jsonb_populate_record(x, $2)) where x.id = $1', d.table_name, list, list)
    using d.row_id, d.old;
end $$;
comment on function wb.put_back is 'takes one decision back; WB002 says what was changed since, and by whom';

create or replace function api.undo (act uuid, target uuid, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  t wb.act;
  d record;
  orders bigint[];
  stuck text;
  n integer := 0;
begin
  done := wb.begin_act(act, 'undo', reason, true);
  if done is not null then
    return done;
  end if;
  select * into t from wb.act a where a.id = undo.target for no key update;
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

  orders := array(
    select case x.table_name when 'sales_order' then x.row_id
                             when 'hold' then (select order_id from hold where id = x.row_id)
                             when 'order_note' then (select order_id from order_note where id = x.row_id)
                             when 'shipment' then (select order_id from shipment where id = x.row_id) end
      from wb.decisions_of(t.id, t.at) x where x.table_name in ('sales_order', 'hold', 'order_note', 'shipment')
    union
    select o.id from wb.decisions_of(t.id, t.at) x join sales_order o on o.customer_id = x.row_id and o.status in ('pending', 'processing')
     where x.table_name = 'customer' and x.new ? 'segment');
  perform wb.lock_orders(orders), wb.lock_stock_of(orders);
  for d in select * from wb.decisions_of(t.id, t.at) loop
    perform wb.put_back(d);
    n := n + 1;
  end loop;
  perform wb.refresh_orders(orders);
  -- A hold that comes back has nothing to keep from being worked any more.
  select o.number into stuck from wb.decisions_of(t.id, t.at) x join hold h on h.id = x.row_id join sales_order o on o.id = h.order_id
    where x.table_name = 'hold' and h.released_at is null and o.status not in ('pending', 'processing') limit 1;
  if stuck is not null then
    raise exception 'order % left meanwhile: it cannot be held any more', stuck using errcode = 'WB002', detail = 'left';
  end if;
  perform wb.reserve_orders(array(select o.id from sales_order o where o.id = any (orders) and o.status = 'processing'));
  -- Orders that are pending again, or cancelled, need no stock any more.
  perform wb.release_line(l.id, l.reserved_qty) from order_line l join sales_order o on o.id = l.order_id
    where o.id = any (orders) and o.status in ('pending', 'cancelled') and l.reserved_qty > 0;
  perform wb.refresh_orders(orders);
  perform wb.refresh_customers(array(select distinct customer_id from sales_order where id = any (orders) and customer_id is not null));
  return wb.end_act(act, jsonb_build_object('undone', t.name, 'changes', n));
end $$;
comment on function api.undo is 'takes an act back by another act; undoing that one does it again';

create view api.act as
  select a.id, a.name, a.actor, coalesce(s.display_name, a.actor) as actor_name, a.seat, a.reason, a.at, a.undoable,
         a.undo_of, exists (select from wb.act u where u.undo_of = a.id) as undone
    from wb.act a left join wb.staff s on s.login = a.actor;
comment on view api.act is 'what was done, by whom, when, and whether it can be taken back';
