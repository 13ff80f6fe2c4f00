-- What the files in tests/sql can use beside pgTAP itself. Applied once, before them, as superuser.
create schema tap;
create extension pgtap schema tap;
grant usage on schema tap to public;
set search_path = tap, public;

-- One seat for each group role, to log in as: seat_admin, seat_manager …
do $$
declare
  r text;
begin
  foreach r in array array['admin', 'manager', 'sales', 'packer', 'support', 'analyst', 'gateway', 'worker']
  loop
    if to_regrole ('wb_' || r) is not null then
      if to_regrole ('seat_' || r) is null then
        execute format ('create role seat_%s login in role wb_%s', r, r);
      end if;
      insert into wb.staff (login, display_name) values ('seat_' || r, initcap (r)) on conflict do nothing;
    end if;
  end loop;
end $$;

create function tap.start () returns void
  language plpgsql as $$
begin
  perform * from tap.no_plan ();
  -- pgTAP counts in temporary tables: other roles of the same test count in them as well.
  execute format ('grant all on all tables in schema %I to public', pg_my_temp_schema ()::regnamespace::text);
  execute format ('grant all on all sequences in schema %I to public', pg_my_temp_schema ()::regnamespace::text);
end $$;
comment on function tap.start is 'begins the tests of a file; the runner calls it';

create function tap.outcome_as (seat text, statement text) returns text
  language plpgsql as $$
declare
  state text := 'ok';
begin
  begin
    execute format ('set local session authorization %I', seat);
    execute statement;
    execute 'reset session authorization';
  exception when others then
    state := sqlstate || ' ' || sqlerrm;
  end;
  execute 'reset session authorization';
  return state;
end $$;
comment on function tap.outcome_as is 'runs a statement as a seat: "ok" (its effects stay) or the SQLSTATE and the message';

create function tap.allowed (seat text, statement text, description text) returns text
  language plpgsql as $$
declare
  outcome text := tap.outcome_as (seat, statement);
begin
  return tap.ok (outcome = 'ok', description) ||
    case when outcome = 'ok' then '' else E'\n# ' || seat || ': ' || outcome || E'\n# ' || statement end;
end $$;
comment on function tap.allowed is 'passes when the seat may do it';

create function tap.refused (seat text, statement text, state text, description text) returns text
  language plpgsql as $$
declare
  outcome text := tap.outcome_as (seat, statement);
begin
  return tap.ok (outcome like state || '%', description) ||
    case when outcome like state || '%' then ''
    else E'\n# ' || seat || ': expected ' || state || ', got ' || outcome || E'\n# ' || statement end;
end $$;
comment on function tap.refused is 'passes when the statement fails for the seat with this SQLSTATE (42501: no right)';

create function tap.value_as (seat text, query text) returns text
  language plpgsql as $$
declare
  answer text;
begin
  execute format ('set local session authorization %I', seat);
  execute query into answer;
  execute 'reset session authorization';
  return answer;
end $$;
comment on function tap.value_as is 'the one value that a query gives a seat';

create function tap.finds_nothing (query text, description text) returns text
  language plpgsql as $$
declare
  found text[];
begin
  execute 'select array_agg (x::text) from (' || query || ') x' into found;
  return tap.ok (found is null, description) ||
    coalesce (E'\n# ' || array_to_string (found[1:40], E'\n# '), '');
end $$;
comment on function tap.finds_nothing is 'passes when the query finds nothing; else shows what it found';

create function tap.act_as (seat text, call text) returns jsonb
  language plpgsql as $$
declare
  answer jsonb;
begin
  perform set_config ('wb.act', '', true);
  execute format ('set local session authorization %I', seat);
  execute 'select ' || replace (call, '(@', '(' || quote_literal (gen_random_uuid ()) || '::uuid') into answer;
  execute 'reset session authorization';
  return answer;
end $$;
comment on function tap.act_as is 'calls an act as a seat, with a new id where the call has an @: its result';

-- ── A small shop ───────────────────────────────────────────────────────────────────────────────────────────────────
-- Warehouse T with two bins to pick from and one that is not sellable; MUG (10 in P1, 5 in P2), SCREW (100,000 in P1),
-- LAMP (none); channel "test" in GBP, "tokyo" in JPY.

insert into wb.warehouse (code, name, timezone, cutoff, country) values ('T', 'Test warehouse', 'UTC', '16:00', 'GB');
insert into wb.bin (warehouse_id, code, kind)
  select w.id, b.code, b.kind from wb.warehouse w,
    (values ('P1', 'pick'), ('P2', 'pick'), ('Q1', 'quarantine'), ('D1', 'damaged'), ('R1', 'receiving')) b (code, kind)
   where w.code = 'T';
insert into wb.product (code, name) values ('MUG', 'Mug'), ('SCREW', 'Screw'), ('LAMP', 'Lamp');
insert into wb.sku (product_id, code, name, price, weight_g)
  select p.id, p.code, p.name, case p.code when 'MUG' then 12.5 when 'SCREW' then 0.0015 else 49.99 end,
         case p.code when 'SCREW' then 2 else 350 end
    from wb.product p where p.code in ('MUG', 'SCREW', 'LAMP');
insert into wb.barcode (code, sku_id, quantity)
  select c.code, s.id, c.quantity from wb.sku s join (values ('MUG', '5012345678900', 1), ('MUG', '15012345678907', 12)) c (sku, code, quantity)
    on c.sku = s.code;
insert into wb.sales_channel (code, name, currency, warehouse_id)
  select c.code, c.code, c.currency, w.id from wb.warehouse w, (values ('test', 'GBP'), ('tokyo', 'JPY')) c (code, currency)
   where w.code = 'T';

create function tap.stock (bin text, sku text, pieces integer) returns void
  language sql as $$
  insert into wb.stock_move (kind, sku_id, to_bin_id, quantity)
    select 'receive', s.id, b.id, pieces from wb.sku s, wb.bin b join wb.warehouse w on w.id = b.warehouse_id
     where s.code = stock.sku and b.code = stock.bin and w.code = 'T'
$$;
comment on function tap.stock is 'puts pieces of a SKU into a bin of warehouse T';
select tap.stock ('P1', 'MUG', 10), tap.stock ('P2', 'MUG', 5), tap.stock ('P1', 'SCREW', 100000);

create function tap.new_order (lines jsonb, more jsonb default '{}') returns bigint
  language sql as $$
  select (tap.act_as ('seat_sales', format ('api.order_create (@, %L::jsonb)',
    jsonb_build_object ('channel', 'test', 'lines', lines, 'shipping', jsonb_build_object (
      'name', 'Ada Lovelace', 'line1', '12 St James''s Square', 'city', 'London', 'postcode', 'SW1Y 4JH', 'country', 'GB'),
      'customer', jsonb_build_object ('name', 'Ada Lovelace', 'email', 'ada@example.org')) || more)) ->> 'order_id')::bigint
$$;
comment on function tap.new_order is 'an order to a good address: lines as in api.order_create';

create function tap.paid_order (lines jsonb, more jsonb default '{}') returns bigint
  language plpgsql as $$
declare
  o bigint := tap.new_order (lines, more);
begin
  perform tap.act_as ('seat_sales', format ('api.order_pay (@, %s, ''capture'', %s, ''card'')', o,
    (select total_minor from wb.sales_order where id = o)));
  return o;
end $$;
comment on function tap.paid_order is 'the same, paid in full';

create function tap.facts (o bigint) returns text
  language sql as $$
  select concat_ws (' ', status, payment_status, fulfilment_status, stage) from wb.sales_order where id = o
$$;
comment on function tap.facts is 'status, payment, fulfilment and stage of an order in one line';

insert into wb.station (code, name, warehouse_id) select c, c, w.id from wb.warehouse w, unnest (array['ST1', 'ST2']) c where w.code = 'T';
insert into wb.carrier (code, name) values ('TC', 'Test Carrier');
insert into wb.carrier_service (carrier_id, code, name, max_weight_g)
  select c.id, v.code, v.code, v.max from wb.carrier c, (values ('STD', 20000), ('LIGHT', 500)) v (code, max) where c.code = 'TC';
insert into wb.carrier_zone (carrier_id, code, name) select id, 'GB', 'GB' from wb.carrier where code = 'TC';
insert into wb.carrier_zone_area (zone_id, country) select id, 'GB' from wb.carrier_zone where code = 'GB';
insert into wb.rate (service_id, zone_id, max_weight_g, currency, price_minor)
  select v.id, z.id, r.g, 'GBP', r.price from wb.carrier_service v join wb.carrier_zone z on z.carrier_id = v.carrier_id
    join (values ('LIGHT', 500, 299), ('STD', 2000, 399), ('STD', 20000, 899)) r (code, g, price) on r.code = v.code;
insert into wb.box (code, name, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm, outer_width_mm,
                    outer_height_mm, empty_weight_g, max_weight_g)
  values ('B1', 'Box 1', 300, 200, 150, 310, 210, 160, 150, 15000);
