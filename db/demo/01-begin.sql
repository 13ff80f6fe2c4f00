-- The demo shop begins: what it is asked for, chance that is the same every time, and a scratch schema that the last step
-- drops again. All of db/demo runs in one transaction, as the role that may migrate; a demo that is stopped has never been.
-- Asked for in the settings waybill.demo_orders, _customers, _seed and _now.
set local client_min_messages = warning;
set local role wb_owner;
set local search_path = wb, public;
set local timezone = 'UTC';
set local jit = off;
set local work_mem = '160MB';
set local maintenance_work_mem = '512MB';
set local synchronous_commit = off;

do $$
begin
  lock table wb.sales_order, wb.customer, wb.product, wb.warehouse in share row exclusive mode;
  if exists (select from wb.sales_order) or exists (select from wb.customer) or exists (select from wb.product)
     or exists (select from wb.warehouse) then
    raise exception 'this database has % already: the demo shop needs an empty one; "waybillctl database create" makes one, "--database embedded:FOLDER" is a private one',
      case when exists (select from wb.sales_order) then 'orders' else 'customers, products or warehouses' end
      using errcode = 'WB004', detail = 'not-empty';
  end if;
end $$;

create schema demo;

-- What was asked for becomes functions, so that the planner sees constants.
do $$
declare
  orders integer := current_setting('waybill.demo_orders')::integer;
  customers integer := coalesce(nullif(current_setting('waybill.demo_customers', true), '')::integer, 0);
  seed bigint := coalesce(nullif(current_setting('waybill.demo_seed', true), '')::bigint, 1);
  at timestamptz := coalesce(nullif(current_setting('waybill.demo_now', true), '')::timestamptz, now());
  base integer := greatest(10000, (10 ^ length(orders::text))::integer);
begin
  if orders < 1 or orders > 20000000 then
    raise exception 'the demo shop can have 1 to 20,000,000 orders' using errcode = 'WB004', detail = 'orders';
  end if;
  if customers <= 0 then
    customers := greatest(20, (orders * 0.38)::integer);
  end if;
  execute format('create function demo.orders () returns integer language sql immutable parallel safe as %L', 'select ' || orders);
  execute format('create function demo.customers () returns integer language sql immutable parallel safe as %L',
                 'select ' || customers);
  execute format('create function demo.now () returns timestamptz language sql immutable parallel safe as %L',
                 format('select %L::timestamptz', at));
  execute format('create function demo.today () returns date language sql immutable parallel safe as %L',
                 format('select %L::date', (at at time zone 'Europe/London')::date));
  -- Numbers are as long at the end as at the beginning, so that they sort as text.
  execute format('create function demo.number_base () returns integer language sql immutable parallel safe as %L',
                 'select ' || base);
  execute format('create function demo.many () returns boolean language sql immutable parallel safe as %L',
                 'select ' || (orders >= 20000)::text);
  execute format($f$create function demo.bits (k bigint, salt integer) returns bigint language sql immutable parallel safe as
                 'select (hashint8extended(k, %s + salt) >> 20) & 1099511627775'$f$, (hashint8(seed)::bigint << 20));
end $$;
comment on function demo.bits is 'forty random bits for the thing numbered k; salt says what they are for';

create function demo.r (k bigint, salt integer) returns double precision
  language sql immutable parallel safe
  return demo.bits(k, salt)::double precision / 1099511627776;
comment on function demo.r is 'a random number from 0 to below 1';

create function demo.i (k bigint, salt integer, n integer) returns integer
  language sql immutable parallel safe
  return (demo.bits(k, salt) % n)::integer;
comment on function demo.i is 'a random integer from 0 to n - 1';

create function demo.one (k bigint, salt integer, list text[]) returns text
  language sql immutable parallel safe
  return list[1 + (demo.bits(k, salt) % cardinality(list))::integer];
comment on function demo.one is 'a random element of a list';

create function demo.list (t text) returns text[]
  language sql immutable strict parallel safe
  return regexp_split_to_array(btrim(t, E' \n'), E'\\s*;\\s*');
comment on function demo.list is 'words between semicolons';

-- Patterns: # a digit, % a digit from 1, @ a capital letter. They are marked once (mark) and filled many times (fill).
create function demo.mark (pattern text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  result text := '';
  c text;
  digits integer := 0;
  firsts integer := 0;
  letters integer := 0;
begin
  foreach c in array string_to_array(pattern, null) loop
    case c
      when '#' then c := chr(57344 + digits % 12); digits := digits + 1;
      when '%' then c := chr(57360 + firsts % 6); firsts := firsts + 1;
      when '@' then c := chr(57376 + letters % 8); letters := letters + 1;
      else null;
    end case;
    result := result || c;
  end loop;
  return result;
end $$;
comment on function demo.mark is 'gives each place of a pattern a character of its own';

do $$
declare
  marks text := (select string_agg(chr(57343 + n), '' order by n) from generate_series(1, 12) n)
    || (select string_agg(chr(57359 + n), '' order by n) from generate_series(1, 6) n)
    || (select string_agg(chr(57375 + n), '' order by n) from generate_series(1, 8) n);
begin
  execute format($f$create function demo.marks () returns text language sql immutable parallel safe as %L$f$,
                 format('select %L::text', marks));
  -- 26 places: 12 digits, 6 digits from 1, 8 letters
  execute format('create function demo.letters (m text) returns text language sql immutable parallel safe as %L',
                 $f$select translate(substr(m, 1, 12), 'abcdef', '012345') || translate(substr(m, 13, 6), '0abcdef', '1234567')
                           || translate(substr(m, 19, 8), '0123456789abcdef', 'ABDEFGHJLNPRSTUX')$f$);
end $$;
comment on function demo.letters is 'characters for the marks of a pattern, from an md5 sum';

create function demo.fill (marked text, k bigint, salt integer) returns text
  language sql immutable parallel safe
  return translate(marked, demo.marks(), demo.letters(md5(demo.bits(k, salt)::text)));
comment on function demo.fill is 'fills a marked pattern';

create function demo.check_digit (digits text) returns text
  language sql immutable strict parallel safe
as $$
  select ((10 - sum(substr(digits, n, 1)::integer * case (length(digits) - n) % 2 when 0 then 3 else 1 end) % 10) % 10)::text
    from generate_series(1, length(digits)) n
$$;
comment on function demo.check_digit is 'GS1 check digit (General Specifications 7.9)';

create function demo.uuid (k bigint, salt integer) returns uuid
  language sql immutable parallel safe
  return md5(k || ':' || demo.bits(k, salt) || ':' || salt)::uuid;
comment on function demo.uuid is 'a uuid that is the same every time';

-- ── Room ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Nobody is told of each row and nothing is audited row by row: the last step says "everything". For many orders indexes and
-- foreign keys are taken off and made again at the end, which checks and builds them as a whole.

create table demo.quiet (tab regclass primary key);
insert into demo.quiet
  select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'wb' and c.relkind in ('r', 'p') and not c.relispartition
     and exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal);

create table demo.rebuild (
  id integer generated always as identity primary key, position integer not null, name text not null, command text not null,
  seconds double precision
);

do $$
declare
  o record;
begin
  for o in select tab from demo.quiet where tab <> 'wb.stock_move'::regclass loop
    execute format('alter table %s disable trigger user', o.tab);
  end loop;
  if demo.many() then
    for o in
      select con.conrelid::regclass as tab, con.conname, pg_get_constraintdef(con.oid) as def
        from pg_constraint con join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'wb' and con.contype = 'f' and con.conparentid = 0
         and c.relname in ('sales_order', 'order_line', 'order_address', 'order_charge', 'order_tax', 'order_note', 'payment',
                           'refund_line', 'shipment', 'parcel', 'parcel_item', 'label', 'print', 'tracking_event', 'job',
                           'customer', 'address', 'contact', 'tax_number', 'customer_ref')
       order by 1, 2
    loop
      insert into demo.rebuild (position, name, command)
        values (3, o.tab || ' ' || o.conname, format('alter table %s add constraint %I %s', o.tab, o.conname, o.def));
      execute format('alter table %s drop constraint %I', o.tab, o.conname);
    end loop;
    for o in
      select i.indrelid::regclass as tab, i.indexrelid::regclass as index,
             -- of a partitioned table it says ON ONLY, which would leave the months without
             replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as def, con.conname,
             pg_get_constraintdef(con.oid) as condef
        from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_constraint con on con.conindid = i.indexrelid and con.contype in ('p', 'u') and con.conrelid = i.indrelid
       where n.nspname = 'wb'
         and c.relname in ('sales_order', 'order_line', 'order_address', 'order_charge', 'order_tax', 'payment', 'shipment',
                           'parcel', 'parcel_item', 'label', 'print', 'tracking_event', 'job', 'customer', 'address', 'stage_passage')
         and not (con.contype is not distinct from 'p' and c.relname in ('stage_passage'))
       order by 1, 2
    loop
      if o.conname is not null then
        continue when exists (select from pg_constraint f join pg_class c on c.oid = f.conrelid
                               where f.conindid = o.index and f.contype = 'f');
        insert into demo.rebuild (position, name, command)
          values (1, o.tab || ' ' || o.conname, format('alter table %s add constraint %I %s', o.tab, o.conname, o.condef));
        execute format('alter table %s drop constraint %I', o.tab, o.conname);
      else
        insert into demo.rebuild (position, name, command) values (2, o.index::text, o.def);
        execute format('drop index %s', o.index);
      end if;
    end loop;
  end if;
end $$;

create function demo.rebuild_next (upto integer) returns integer
  language plpgsql volatile
as $$
declare
  r record;
  began timestamptz := clock_timestamp();
begin
  select * into r from demo.rebuild where seconds is null and position <= upto order by position, id limit 1;
  if found then
    execute r.command;
    update demo.rebuild set seconds = extract(epoch from clock_timestamp() - began) where id = r.id;
  end if;
  return (select count(*) from demo.rebuild where seconds is null and position <= upto);
end $$;
comment on function demo.rebuild_next is 'makes the next of what was taken off; how much is left';

-- Months of the past: three years of stages, a season of the ledger and of work.
select wb.add_partitions('wb.stage_passage', (demo.now() - interval '37 months')::date, 50),
       wb.add_partitions('wb.stock_move', (demo.now() - interval '4 months')::date, 17),
       wb.add_partitions('wb.work_event', (demo.now() - interval '2 months')::date, 15),
       wb.add_partitions('audit.change', (demo.now() - interval '2 months')::date, 15);

create function demo.count_on () returns void
  language plpgsql volatile
as $$
declare
  o record;
begin
  for o in
    select s.seq, s.tab, s.col from (
      select pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as seq, format('%I.%I', n.nspname, c.relname) as tab, a.attname as col
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'wb' and c.relkind in ('r', 'p') and not c.relispartition and a.attidentity <> '' and a.attname = 'id') s
  loop
    execute format('select setval(%L, greatest((select coalesce(max(%I), 0) from %s), 1), exists (select from %3$s))', o.seq, o.col, o.tab);
  end loop;
end $$;
comment on function demo.count_on is 'identity columns continue behind what was written with its own numbers';
