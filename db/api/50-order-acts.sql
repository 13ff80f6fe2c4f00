-- Acts on orders. Each checks the right, is idempotent by its act id, writes, and refreshes the facts.
set local role wb_owner;

create or replace function wb.lock_order (order_id bigint) returns wb.sales_order
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  o wb.sales_order;
begin
  select * into o from sales_order s where s.id = lock_order.order_id for no key update;
  if not found then
    perform wb.not_found('order', lock_order.order_id::text);
  end if;
  return o;
end $$;
comment on function wb.lock_order is 'an order, locked until the end of the transaction; WB001 when there is none';

-- A new order from JSON: {channel, number?, customer_id?, customer{name,email,phone,…}?, currency?, tax_included?, rush?, gift?,
-- shipping_method?, service_id?, shipping{…}, billing{…}?, lines[{sku | name, quantity, unit_price, discount_minor?, tax{name,rate,
-- jurisdiction}?, gift_wrap?, gift_message?}], charges[{kind,code,name,amount_minor}], notes[{kind,body,at_step}], placed_at?,
-- purchase_order?, tags?}
create or replace function api.order_create (act uuid, body jsonb, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  ch wb.sales_channel;
  cust wb.customer;
  o wb.sales_order;
  l record;
  s wb.sku;
  line_id bigint;
  a jsonb;
  ship jsonb := coalesce(body -> 'shipping', '{}');
  discounts bigint;
  shares bigint[];
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'order_create', reason, false);
  if done is not null then
    return done;
  end if;
  select * into ch from sales_channel c where c.code = body ->> 'channel' and c.active;
  if not found then
    perform wb.not_found('sales channel', coalesce(body ->> 'channel', '(none)'));
  end if;
  if jsonb_array_length(coalesce(body -> 'lines', '[]')) = 0 then
    perform wb.refuse('an order needs at least one line', 'lines');
  end if;
  if body ? 'customer_id' then
    select * into cust from customer c where c.id = (body ->> 'customer_id')::bigint;
    if not found then
      perform wb.not_found('customer', body ->> 'customer_id');
    end if;
    if cust.status = 'suspended' then
      perform wb.refuse(format('customer %s is suspended: %s', cust.number, cust.status_reason), 'customer_suspended');
    end if;
  end if;
  insert into sales_order (number, channel_id, external_id, placed_at, currency, customer_id, customer_name, customer_email,
                           purchase_order, tax_included, rush, gift, shipping_method, service_id, warehouse_id, ship_by,
                           ship_name, ship_city, ship_postcode, ship_country, tags)
    values (coalesce(nullif(body ->> 'number', ''), wb.next_order_number(ch.number_prefix)), ch.id,
            body ->> 'external_id', coalesce((body ->> 'placed_at')::timestamptz, now()),
            coalesce(body ->> 'currency', cust.currency, ch.currency), cust.id,
            coalesce(nullif(body #>> '{customer,name}', ''), cust.name, ship ->> 'name', ''),
            coalesce(body #>> '{customer,email}', cust.email, ''), coalesce(body ->> 'purchase_order', ''),
            coalesce((body ->> 'tax_included')::boolean, true), coalesce((body ->> 'rush')::boolean, false),
            coalesce((body ->> 'gift')::boolean, false), coalesce(body ->> 'shipping_method', ''),
            (body ->> 'service_id')::bigint, ch.warehouse_id,
            wb.promise(ch.warehouse_id, coalesce((body ->> 'placed_at')::timestamptz, now())),
            coalesce(ship ->> 'name', cust.name, ''), coalesce(ship ->> 'city', ''), coalesce(ship ->> 'postcode', ''),
            nullif(ship ->> 'country', ''),
            coalesce(array(select jsonb_array_elements_text(body -> 'tags')), '{}'))
    returning * into o;
  foreach a in array array[jsonb_build_object('usage', 'shipping') || ship,
                           jsonb_build_object('usage', 'billing') || coalesce(body -> 'billing', ship)]
  loop
    insert into order_address (order_id, usage, name, company, line1, line2, city, region, postcode, country, phone, email)
      values (o.id, a ->> 'usage', coalesce(a ->> 'name', ''), coalesce(a ->> 'company', ''), coalesce(a ->> 'line1', ''),
              coalesce(a ->> 'line2', ''), coalesce(a ->> 'city', ''), coalesce(a ->> 'region', ''),
              coalesce(a ->> 'postcode', ''), nullif(a ->> 'country', ''), coalesce(a ->> 'phone', ''),
              coalesce(a ->> 'email', ''));
  end loop;
  for l in select x, ordinality as n from jsonb_array_elements(body -> 'lines') with ordinality u (x, ordinality) loop
    s := null;
    if l.x ? 'sku' then
      select * into s from sku k where k.code = l.x ->> 'sku';
      if not found then
        perform wb.not_found('SKU', l.x ->> 'sku');
      end if;
    end if;
    insert into order_line (order_id, position, sku_id, sku_code, name, quantity, minor_digits, unit_price, discount_minor,
                            weight_g, requires_shipping, gift_wrap, gift_message)
      values (o.id, l.n, s.id, coalesce(s.code, ''), coalesce(nullif(l.x ->> 'name', ''), s.name, ''),
              (l.x ->> 'quantity')::integer, wb.minor_digits(o.currency),
              coalesce((l.x ->> 'unit_price')::numeric, s.price), coalesce((l.x ->> 'discount_minor')::bigint, 0),
              coalesce(s.weight_g, 0), coalesce((l.x ->> 'requires_shipping')::boolean, true),
              coalesce((l.x ->> 'gift_wrap')::boolean, false), coalesce(l.x ->> 'gift_message', ''))
      returning id into line_id;
    if coalesce((l.x ->> 'discount_minor')::bigint, 0) > 0 then
      insert into order_charge (order_id, line_id, kind, code, name, amount_minor)
        values (o.id, line_id, 'discount', coalesce(l.x ->> 'discount_code', ''), 'Discount',
                (l.x ->> 'discount_minor')::bigint);
    end if;
  end loop;
  insert into order_charge (order_id, kind, code, name, amount_minor)
    select o.id, c ->> 'kind', coalesce(c ->> 'code', ''), coalesce(c ->> 'name', ''), (c ->> 'amount_minor')::bigint
      from jsonb_array_elements(coalesce(body -> 'charges', '[]')) c;
  -- A discount on the whole order is shared out to its lines, so that a line can be refunded for what it cost.
  select coalesce(sum(amount_minor), 0) into discounts from order_charge c
    where c.order_id = o.id and c.kind = 'discount' and c.line_id is null;
  if discounts > 0 then
    shares := wb.share_out(discounts, array(select net_minor from order_line x where x.order_id = o.id order by position));
    update order_line x set discount_minor = discount_minor + shares[r.n]
      from (select id, row_number() over (order by position) as n from order_line y where y.order_id = o.id) r
     where r.id = x.id;
  end if;
  insert into order_tax (order_id, line_id, jurisdiction, name, rate, amount_minor)
    select o.id, x.id, coalesce(t ->> 'jurisdiction', ''), t ->> 'name', (t ->> 'rate')::numeric,
           case when o.tax_included then round(x.net_minor - x.net_minor / (1 + (t ->> 'rate')::numeric))
                else round(x.net_minor * (t ->> 'rate')::numeric) end
      from order_line x join jsonb_array_elements(body -> 'lines') with ordinality u (j, n) on u.n = x.position
      cross join lateral (select u.j -> 'tax' as t) tt
     where x.order_id = o.id and jsonb_typeof(tt.t) = 'object';
  update order_line x set tax_minor = t.amount
    from (select y.line_id, sum(y.amount_minor) as amount from order_tax y where y.order_id = o.id and y.line_id is not null
           group by 1) t
   where t.line_id = x.id;
  insert into order_note (order_id, kind, body, at_step)
    select o.id, n ->> 'kind', n ->> 'body', n ->> 'at_step' from jsonb_array_elements(coalesce(body -> 'notes', '[]')) n;
  insert into stage_passage (order_id, to_stage, act_id) values (o.id, 'new', act);
  perform wb.refresh_orders(array[o.id]);
  perform wb.refresh_customers(array[o.customer_id]);
  return wb.end_act(act, jsonb_build_object('order_id', o.id, 'number', o.number));
end $$;
comment on function api.order_create is 'takes a new order';

create or replace function api.order_pay (act uuid, order_id bigint, kind text, amount_minor bigint, method text,
                                          gateway text default '', reference text default '', reason text default '')
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o wb.sales_order;
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'order_pay', reason, false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order(order_pay.order_id);
  if kind not in ('authorisation', 'capture', 'void', 'failure') then
    perform wb.refuse(format('"%s" is not a payment: authorisation, capture, void or failure', kind), 'kind');
  end if;
  insert into payment (order_id, kind, amount_minor, method, gateway, reference, act_id)
    values (o.id, order_pay.kind, order_pay.amount_minor, order_pay.method, order_pay.gateway, order_pay.reference, act);
  perform wb.reserve_after_payment(o.id);
  perform wb.refresh_customers(array[o.customer_id]);
  return wb.end_act(act, '{}');
end $$;
comment on function api.order_pay is 'records an authorisation, capture, void or failed payment';

create or replace function wb.reserve_after_payment (order_id bigint) returns void
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
begin
  perform wb.refresh_orders(array[reserve_after_payment.order_id]);
  if exists (select from sales_order o where o.id = reserve_after_payment.order_id and o.status = 'processing') then
    perform wb.reserve_orders(array[reserve_after_payment.order_id]);
    perform wb.refresh_orders(array[reserve_after_payment.order_id]);
  end if;
end $$;
comment on function wb.reserve_after_payment is 'refreshes an order and promises it stock when it is to be worked on';

-- lines: [{line_id, quantity, amount_minor}], together the amount; null: a refund of the order as a whole.
create or replace function api.order_refund (act uuid, order_id bigint, amount_minor bigint, lines jsonb, method text,
                                             gateway text, reference text, reason text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o wb.sales_order;
  p bigint;
  worst text;
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'order_refund', reason, false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order(order_refund.order_id);
  if amount_minor <= 0 then
    perform wb.refuse('a refund needs an amount above zero', 'amount');
  end if;
  if o.refunded_minor + order_refund.amount_minor > o.captured_minor then
    perform wb.refuse(format('only %s of %s captured are left to refund',
                             o.captured_minor - o.refunded_minor, o.captured_minor), 'too_much');
  end if;
  if lines is not null and (select coalesce(sum((x ->> 'amount_minor')::bigint), 0) from jsonb_array_elements(lines) x)
                           <> order_refund.amount_minor then
    perform wb.refuse('the lines of a refund must add up to its amount', 'lines');
  end if;
  insert into payment (order_id, kind, amount_minor, method, gateway, reference, act_id)
    values (o.id, 'refund', order_refund.amount_minor, order_refund.method, order_refund.gateway, order_refund.reference, act)
    returning id into p;
  insert into refund_line (payment_id, line_id, quantity, amount_minor)
    select p, l.id, (x ->> 'quantity')::integer, (x ->> 'amount_minor')::bigint
      from jsonb_array_elements(coalesce(lines, '[]')) x join order_line l
        on l.id = (x ->> 'line_id')::bigint and l.order_id = o.id;
  select l.name into worst from order_line l join refund_line r on r.line_id = l.id
    where l.order_id = o.id group by l.id having sum(r.amount_minor) > l.net_minor + case when o.tax_included then 0 else l.tax_minor end
    limit 1;
  if worst is not null then
    perform wb.refuse(format('"%s" cannot be refunded for more than it cost', worst), 'line_too_much');
  end if;
  perform wb.refresh_orders(array[o.id]);
  perform wb.refresh_customers(array[o.customer_id]);
  return wb.end_act(act, jsonb_build_object('payment_id', p));
end $$;
comment on function api.order_refund is 'records a refund, by line or of the order; never more than was captured or than a line cost';

create or replace function api.order_hold (act uuid, order_ids bigint[], reason_code text, note text default '',
                                           owner_id bigint default null, due_at timestamptz default null) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  held bigint[];
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_packer', 'wb_worker');
  done := wb.begin_act(act, 'order_hold', note, true);
  if done is not null then
    return done;
  end if;
  if not exists (select from hold_reason r where r.code = reason_code) then
    perform wb.not_found('hold reason', reason_code);
  end if;
  perform wb.lock_orders(order_ids);
  with h as (
    insert into hold (order_id, reason_code, note, owner_id, due_at)
      select o.id, order_hold.reason_code, coalesce(order_hold.note, ''), order_hold.owner_id, order_hold.due_at
        from sales_order o
       where o.id = any (order_ids) and o.status in ('pending', 'processing')
         and not exists (select from hold x where x.order_id = o.id and x.released_at is null
                            and x.reason_code = order_hold.reason_code)
      returning hold.order_id
  ) select array_agg(h.order_id) into held from h;
  perform wb.refresh_orders(held);
  return wb.end_act(act, jsonb_build_object('done', coalesce(cardinality(held), 0),
                                            'left', cardinality(order_ids) - coalesce(cardinality(held), 0)));
end $$;
comment on function api.order_hold is 'holds orders for a reason; what is shipped or cancelled is left alone';

create or replace function api.order_release (act uuid, order_ids bigint[], reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  freed bigint[];
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_worker');
  done := wb.begin_act(act, 'order_release', reason, true);
  if done is not null then
    return done;
  end if;
  perform wb.lock_orders(order_ids);
  with h as (
    update hold set released_at = now(), released_by = session_user
      where hold.order_id = any (order_ids) and released_at is null returning hold.order_id
  ) select array_agg(distinct h.order_id) into freed from h;
  perform wb.reserve_orders(freed);
  perform wb.refresh_orders(freed);
  return wb.end_act(act, jsonb_build_object('done', coalesce(cardinality(freed), 0),
                                            'left', cardinality(order_ids) - coalesce(cardinality(freed), 0)));
end $$;
comment on function api.order_release is 'ends every hold of these orders';

create or replace function api.order_move (act uuid, order_ids bigint[], to_stage text, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  moved bigint[];
  o record;
  refused jsonb := '[]';
  ok bigint[] := '{}';
  now_stage text;
begin
  perform wb.require('wb_sales', 'wb_worker');
  done := wb.begin_act(act, 'order_move', reason, true);
  if done is not null then
    return done;
  end if;
  if not exists (select from stage s where s.code = to_stage and s.active) then
    perform wb.not_found('stage', to_stage);
  end if;
  for o in select s.* from sales_order s where s.id = any (order_ids) order by s.id for no key update loop
    if o.stage = to_stage then
      continue;
    elsif not exists (select from stage_transition t where t.from_stage = o.stage and t.to_stage = order_move.to_stage
                         and t.by_hand) then
      refused := refused || jsonb_build_object('order_id', o.id, 'number', o.number, 'why',
        format('an order in "%s" cannot be moved to "%s" by hand', (select name from stage where code = o.stage),
               (select name from stage where code = to_stage)));
    else
      ok := ok || o.id;
    end if;
  end loop;
  -- A stage is never written: it follows from facts, and moving a card by hand changes the fact behind it.
  if to_stage = 'production' then
    update sales_order s set production_at = now(), accepted_at = coalesce(accepted_at, now()) where s.id = any (ok);
  elsif to_stage in ('verified', 'ready_to_pack') then
    update sales_order s set accepted_at = coalesce(accepted_at, now()), production_at = null where s.id = any (ok);
    perform wb.reserve_orders(ok);
  elsif to_stage = 'new' then
    update sales_order s set accepted_at = null, production_at = null where s.id = any (ok);
  elsif to_stage = 'delivered' then
    update shipment sh set status = 'delivered', delivered_at = now()
      where sh.order_id = any (ok) and sh.status = 'shipped';
    update sales_order s set returning_since = null where s.id = any (ok) and s.returning_since is not null;
  elsif to_stage = 'returns' then
    update sales_order s set returning_since = now() where s.id = any (ok);
  elsif to_stage = 'shipped' then
    update sales_order s set returning_since = null where s.id = any (ok);
  end if;
  perform wb.refresh_orders(ok);
  select array_agg(s.id) into moved from sales_order s where s.id = any (ok)
    and (s.stage = order_move.to_stage or order_move.to_stage = 'verified' and s.stage = 'ready_to_pack');
  refused := refused || coalesce((select jsonb_agg(jsonb_build_object('order_id', s.id, 'number', s.number, 'why',
      case when 'stock' = any (s.trouble) then 'not all of its pieces are in stock'
           when 'product' = any (s.trouble) then 'a line has no product of ours'
           else 'it stays where its facts put it: ' || s.stage end))
    from sales_order s where s.id = any (ok) and s.id <> all (coalesce(moved, '{}'))), '[]');
  return wb.end_act(act, jsonb_build_object('done', coalesce(cardinality(moved), 0), 'refused', refused));
end $$;
comment on function api.order_move is 'moves cards on the board by changing the facts behind their stage; says which could not and why';

create or replace function api.order_cancel (act uuid, order_ids bigint[], reason text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  ids bigint[];
  l record;
begin
  perform wb.require('wb_sales', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'order_cancel', reason, true);
  if done is not null then
    return done;
  end if;
  select array_agg(o.id) into ids from
    (select s.id from sales_order s where s.id = any (order_ids) and s.status in ('pending', 'processing')
        and not exists (select from shipment sh where sh.order_id = s.id and sh.status <> 'cancelled')
        and not exists (select from job j where j.order_id = s.id and j.state = 'claimed')
      order by s.id for no key update) o;
  perform wb.lock_stock_of(ids);
  for l in select id, reserved_qty from order_line x where x.order_id = any (ids) and reserved_qty > 0 order by sku_id, id loop
    perform wb.release_line(l.id, l.reserved_qty);
  end loop;
  update sales_order s set cancelled_at = now(), cancel_reason = reason where s.id = any (ids);
  update job j set state = 'withdrawn', finished_at = now() where j.order_id = any (ids) and j.state in ('open', 'aside');
  perform wb.refresh_orders(ids);
  perform wb.refresh_customers(array(select customer_id from sales_order s where s.id = any (ids)));
  return wb.end_act(act, jsonb_build_object('done', coalesce(cardinality(ids), 0),
                                            'left', cardinality(order_ids) - coalesce(cardinality(ids), 0)));
end $$;
comment on function api.order_cancel is 'cancels orders of which nothing was sent and nobody is packing; gives their stock back';

create or replace function api.order_assign (act uuid, order_ids bigint[], staff_login text, reason text default '')
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  who bigint;
  n integer;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_worker');
  done := wb.begin_act(act, 'order_assign', reason, true);
  if done is not null then
    return done;
  end if;
  if staff_login is not null then
    select id into who from staff where login = staff_login and active;
    if not found then
      perform wb.not_found('staff member', staff_login);
    end if;
  end if;
  perform wb.lock_orders(order_ids);
  update sales_order o set assigned_to = who, updated_at = now()
    where o.id = any (order_ids) and o.assigned_to is distinct from who;
  get diagnostics n = row_count;
  return wb.end_act(act, jsonb_build_object('done', n));
end $$;
comment on function api.order_assign is 'gives orders to somebody; null: to nobody';

create or replace function api.order_rush (act uuid, order_ids bigint[], rush boolean, reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_worker');
  done := wb.begin_act(act, 'order_rush', reason, true);
  if done is not null then
    return done;
  end if;
  perform wb.lock_orders(order_ids);
  update sales_order o set rush = order_rush.rush where o.id = any (order_ids) and o.rush <> order_rush.rush;
  perform wb.refresh_orders(order_ids);
  return wb.end_act(act, jsonb_build_object('done', cardinality(order_ids)));
end $$;
comment on function api.order_rush is 'marks orders as rush, or no longer';

create or replace function api.order_tag (act uuid, order_ids bigint[], add_tags text[], remove_tags text[],
                                          reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  n integer;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_worker');
  done := wb.begin_act(act, 'order_tag', reason, true);
  if done is not null then
    return done;
  end if;
  perform wb.lock_orders(order_ids);
  with t as (
    select o.id, coalesce(array_agg(distinct x order by x) filter (where x is not null), '{}') as tags
      from sales_order o left join lateral (
        select lower(btrim(u)) as x from unnest(o.tags || coalesce(add_tags, '{}')) u
         where btrim(u) <> '' and lower(btrim(u)) <> all (coalesce(remove_tags, '{}'))) a on true
     where o.id = any (order_ids) group by o.id
  )
  update sales_order o set tags = t.tags, updated_at = now() from t where t.id = o.id and o.tags <> t.tags;
  get diagnostics n = row_count;
  return wb.end_act(act, jsonb_build_object('done', n));
end $$;
comment on function api.order_tag is 'adds and removes tags';

create or replace function api.order_note_add (act uuid, order_id bigint, kind text, body text, at_step text default null)
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o wb.sales_order;
  n bigint;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_packer', 'wb_gateway', 'wb_worker');
  done := wb.begin_act(act, 'order_note_add', '', true);
  if done is not null then
    return done;
  end if;
  if length(order_note_add.body) > 20000 then
    perform wb.refuse(format('a note has at most %s letters, and this one has %s', 20000, length(order_note_add.body)), 'length');
  end if;
  o := wb.lock_order(order_note_add.order_id);
  insert into order_note (order_id, kind, body, at_step)
    values (o.id, order_note_add.kind, order_note_add.body, order_note_add.at_step) returning id into n;
  perform wb.refresh_orders(array[o.id]);
  return wb.end_act(act, jsonb_build_object('note_id', n));
end $$;
comment on function api.order_note_add is 'writes a note, gift message or instruction, of 20,000 letters at most';

create or replace function wb.lock_order_of_note (note_id bigint) returns bigint
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  o bigint := (select order_id from order_note n where n.id = note_id);
begin
  if o is null then
    perform wb.not_found('note', note_id::text);
  end if;
  perform wb.lock_order(o);
  return o;
end $$;
comment on function wb.lock_order_of_note is 'the order of a note, locked';

create or replace function api.order_note_remove (act uuid, note_id bigint) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o bigint;
begin
  perform wb.require('wb_sales', 'wb_support');
  done := wb.begin_act(act, 'order_note_remove', '', true);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order_of_note(note_id);
  update order_note n set deleted_at = now() where n.id = note_id and n.deleted_at is null;
  if not found then
    perform wb.not_found('note', note_id::text);
  end if;
  perform wb.refresh_orders(array[o]);
  return wb.end_act(act, '{}');
end $$;
comment on function api.order_note_remove is 'takes a note away; the trail keeps it';

create or replace function api.order_note_acknowledge (act uuid, note_id bigint) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o bigint;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_packer');
  done := wb.begin_act(act, 'order_note_acknowledge', '', false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order_of_note(note_id);
  update order_note n set acknowledged_at = now(), acknowledged_by = session_user
    where n.id = note_id and n.acknowledged_at is null;
  perform wb.refresh_orders(array[o]);
  return wb.end_act(act, '{}');
end $$;
comment on function api.order_note_acknowledge is 'somebody read an instruction';

-- An address may be mended until the parcel is labelled. version is that of the order as it was read.
create or replace function api.order_address_set (act uuid, order_id bigint, version integer, usage text, address jsonb,
                                                  reason text default '') returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  o wb.sales_order;
begin
  perform wb.require('wb_sales', 'wb_support');
  done := wb.begin_act(act, 'order_address_set', reason, false);
  if done is not null then
    return done;
  end if;
  o := wb.lock_order(order_address_set.order_id);
  if o.version <> order_address_set.version then
    perform wb.conflict('order ' || o.number, o.version::text);
  end if;
  if usage = 'shipping' and exists (select from shipment s where s.order_id = o.id and s.status <> 'cancelled') then
    perform wb.refuse('the parcel is labelled already: its address cannot change', 'labelled');
  end if;
  insert into order_address as a (order_id, usage, name, company, line1, line2, city, region, postcode, country, phone, email)
    select o.id, order_address_set.usage, coalesce(r.name, ''), coalesce(r.company, ''), coalesce(r.line1, ''),
           coalesce(r.line2, ''), coalesce(r.city, ''), coalesce(r.region, ''), coalesce(r.postcode, ''),
           nullif(r.country, ''), coalesce(r.phone, ''), coalesce(r.email, '')
      from jsonb_to_record(address) r (name text, company text, line1 text, line2 text, city text, region text,
                                       postcode text, country text, phone text, email text)
    on conflict on constraint order_address_pkey do update set name = excluded.name, company = excluded.company, line1 = excluded.line1,
      line2 = excluded.line2, city = excluded.city, region = excluded.region, postcode = excluded.postcode,
      country = excluded.country, phone = excluded.phone, email = excluded.email;
  if usage = 'shipping' then
    update sales_order s set ship_name = coalesce(address ->> 'name', ''), ship_city = coalesce(address ->> 'city', ''),
        ship_postcode = coalesce(address ->> 'postcode', ''), ship_country = nullif(address ->> 'country', '')
      where s.id = o.id;
  end if;
  perform wb.refresh_orders(array[o.id]);
  return wb.end_act(act, '{}');
end $$;
comment on function api.order_address_set is 'mends an address of an order that is not labelled yet';
