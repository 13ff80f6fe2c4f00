-- What becomes of each order: channel, money, promise, fate. One row an order in demo.o; the batches write the rest from it.
set local search_path = wb, public;

-- Taxes by where it goes. zone: country, or US state; the class is the product's.
create table demo.tax (zone text, class text, jurisdiction text, name text, rate numeric, local_jurisdiction text, local_name text, local_rate numeric);
insert into demo.tax (zone, class, jurisdiction, name, rate)
  select z.zone, k.class, z.zone, z.name || ' ' || trim_scale(k.rate * 100) || ' %', k.rate
    from (values ('GB', 'VAT', 0.20, 0, 0), ('IE', 'VAT', 0.23, 0, 0), ('DE', 'MwSt.', 0.19, 0.07, 0.07), ('AT', 'USt.', 0.20, 0.10, 0.10), ('FR', 'TVA', 0.20, 0.055, 0.055),
                 ('NL', 'BTW', 0.21, 0.09, 0.09), ('BE', 'BTW', 0.21, 0.06, 0.06), ('LU', 'TVA', 0.17, 0.03, 0.03), ('ES', 'IVA', 0.21, 0.10, 0.04), ('IT', 'IVA', 0.22, 0.10, 0.04),
                 ('PT', 'IVA', 0.23, 0.06, 0.06), ('SE', 'Moms', 0.25, 0.12, 0.06), ('DK', 'Moms', 0.25, 0.25, 0.25), ('FI', 'ALV', 0.255, 0.14, 0.14), ('PL', 'VAT', 0.23, 0.05, 0.05),
                 ('CZ', 'DPH', 0.21, 0.12, 0.12), ('GR', 'ΦΠΑ', 0.24, 0.13, 0.06)) z (zone, name, standard, reduced, zero)
    cross join lateral (values ('standard', z.standard), ('reduced', z.reduced), ('zero', z.zero)) k (class, rate) where k.rate > 0;
insert into demo.tax (zone, class, jurisdiction, name, rate, local_jurisdiction, local_name, local_rate)
  select 'US-' || s.state, k.class, 'US-' || s.state, s.name || ' state tax', s.rate, case when s.local > 0 then 'US-' || s.state || '-local' end, s.local_name, s.local
    from (values ('NY', 'New York', 0.04, 'New York City', 0.045), ('CA', 'California', 0.0725, 'District', 0.0125), ('IL', 'Illinois', 0.0625, 'Chicago', 0.04), ('WA', 'Washington', 0.065, 'City', 0.0385),
                 ('TX', 'Texas', 0.0625, 'City', 0.02), ('MA', 'Massachusetts', 0.0625, null, 0), ('PA', 'Pennsylvania', 0.06, null, 0), ('FL', 'Florida', 0.06, 'County', 0.01), ('GA', 'Georgia', 0.04, 'County', 0.049),
                 ('CO', 'Colorado', 0.029, 'City', 0.0591), ('MN', 'Minnesota', 0.06875, null, 0), ('OH', 'Ohio', 0.0575, 'County', 0.0225), ('NC', 'North Carolina', 0.0475, 'County', 0.0275)) s (state, name, rate, local_name, local)
    cross join (values ('standard'), ('zero')) k (class);

create table demo.o as
  with a as (
    select o.n, o.placed_at, o.c, c.country, c.currency, c.segment, c.company, c.warehouse, c.eu, c.registered_at, c.moved, c.culture,
           case when c.segment = 'wholesale' then 'wholesale'
                when demo.r(o.n, 201) < 0.11 then 'market'
                when demo.r(o.n, 201) < 0.15 and c.country = 'GB' then 'phone'
                when c.warehouse = 'RTM' then 'web-eu' else 'web-gb' end as channel,
           -- a present goes to somebody else in the same country
           demo.r(o.n, 202) < 0.16 and c.segment <> 'wholesale' as present,
           1 + demo.i(o.n, 203, demo.customers()) as other
      from demo.o0 o join demo.c c on c.i = o.c
  ), b as (
    select a.*, (a.present and g.country = a.country and g.i <> a.c) as gift,
           case when a.present and g.country = a.country and g.i <> a.c then g.i * 4
                when a.moved is not null and a.placed_at < a.registered_at + a.moved * (demo.now() - a.registered_at) then a.c * 4 + 1
                else a.c * 4 end as ship_address,
           case when a.moved is not null and a.placed_at < a.registered_at + a.moved * (demo.now() - a.registered_at) then a.c * 4 + 1 else a.c * 4 end as bill_address,
           case when a.channel = 'wholesale' then 5 + floor(18 * demo.r(a.n, 204) ^ 1.5)::integer
                else least(16, 1 + floor(-3.75 * ln(1 - demo.r(a.n, 204)))::integer) end as lines,
           demo.r(a.n, 205) < 0.13 as fast,
           w.id as warehouse_id, w.timezone, w.cutoff, ch.id as channel_id
      from a join demo.c g on g.i = a.other join warehouse w on w.code = a.warehouse join sales_channel ch on ch.code = a.channel
  ), p as (
    -- wb.promise(), for all at once
    select b.*, (d.day + case extract(isodow from d.day) when 6 then 2 when 7 then 1 else 0 end)::date as ship_day
      from b cross join lateral (select (b.placed_at at time zone b.timezone)::date + case when (b.placed_at at time zone b.timezone)::time < b.cutoff then 0 else 1 end as day) d
  ), s as (
    select p.*, (ship_day + cutoff) at time zone timezone as ship_by,
           greatest((ship_day + interval '9 hours' + case when demo.r(n, 206) < 0.035 then interval '1 day' else '0' end + demo.r(n, 207) * interval '7 hours 30 minutes') at time zone timezone,
                    placed_at + interval '50 minutes' + demo.r(n, 208) * interval '3 hours') as ship_at
      from p
  )
  select s.*, x.digits, x.per_gbp,
         case when s.channel = 'wholesale' then case when s.country = 'GB' then 'GB' end when s.country = 'US' then 'US-' || y.region else s.country end as zone,
         s.channel <> 'wholesale' and s.country <> 'US' as tax_included, v.id as service_id, v.code as service, v.express, ship_at + interval '1 day' * (v.transit_days_min + floor(demo.r(n, 209) * (v.transit_days_max - v.transit_days_min + 1)))
              + interval '1 hour' * (8 * demo.r(n, 210) - 4) as deliver_at
    from s join carrier_service v on v.code = case
        when s.country = 'GB' then case when s.channel = 'wholesale' and s.lines > 15 then 'NWFR' when s.fast then 'NW24' else 'NW48' end
        when s.warehouse = 'RTM' then case when s.channel = 'wholesale' and s.lines > 15 then 'PALL' when s.fast then 'EXPR' else 'HOME' end
        else case when s.fast then 'PRIO' else 'ECON' end end
    join demo.a y on y.id = s.ship_address join demo.currency x on x.code = s.currency;

-- Fates. Closed: delivered, shipped, cancelled. Open: work in the usual course, or one of the troubles that the last twelve days have left.
create table demo.trouble (nr integer generated always as identity, fate text);
insert into demo.trouble (fate) values ('hold_address'), ('stock'), ('hold_payment'), ('production'), ('failed'), ('unpaid'), ('hold_fraud'), ('instructions'), ('no_address'), ('unmatched'),
  ('hold_review'), ('partial'), ('hold_customer'), ('production'), ('stock'), ('voided'), ('hold_stock'), ('part_paid'), ('production'), ('account'), ('hold_credit'), ('unpaid'), ('hold_damaged'),
  ('instructions'), ('stock'), ('hold_other'), ('return_open'), ('return_open'), ('failed'), ('rush');
alter table demo.o add fate text, add line0 bigint;
create table demo.fate as
  with r as (
    select n, channel, country, ship_at, deliver_at, placed_at, demo.r(n, 221) as r from demo.o
  ), t as (
    -- how many of the recent orders are in trouble: enough to see each kind, at most three of five
    select greatest(0.16, least(0.6, 70.0 / greatest(1, count(*)))) as part from r where placed_at > demo.now() - interval '12 days'
  ), troubled as (
    select n, row_number() over (order by n desc) as nr from r, t
     where placed_at > demo.now() - interval '12 days' and placed_at < demo.now() - interval '20 minutes' and r < t.part
  )
  select r.n, coalesce(f.fate,
           case when r.r > 0.972 and r.placed_at < demo.now() - interval '2 hours' then 'cancelled'
                when r.ship_at > demo.now() then 'open'
                when r.deliver_at > demo.now() or demo.r(r.n, 222) < 0.002 then 'shipped'
                else 'delivered' end) as fate
    from r left join troubled on troubled.n = r.n
    left join demo.trouble f on f.nr = 1 + (troubled.nr - 1) % (select count(*) from demo.trouble);
-- A trouble that does not fit the order becomes one that does.
update demo.fate f set fate = case f.fate when 'account' then 'unpaid' when 'hold_credit' then 'hold_payment' end
  from demo.o o where o.n = f.n and f.fate in ('account', 'hold_credit') and o.channel <> 'wholesale' and demo.orders() > 3000;
update demo.fate f set fate = 'instructions' from demo.o o where o.n = f.n and f.fate = 'partial' and o.lines < 2;
update demo.o o set fate = f.fate, line0 = l.line0
  from demo.fate f, (select n, sum(lines) over (order by n) - lines as line0 from demo.o) l where f.n = o.n and l.n = o.n;
create index on demo.o (n);
analyze demo.o;

-- What sells how well: a few things often, most now and then.
create table demo.pop as
  select (row_number() over (order by demo.r(id, 231)) - 1)::integer as rank, id as sku_id from demo.sku where flags <> 'made';
create unique index on demo.pop (rank);
create table demo.made as select (row_number() over (order by id) - 1)::integer as rank, id as sku_id from demo.sku where flags = 'made';
-- Goods that have run out, or nearly.
create table demo.short as select sku_id from demo.pop where rank % 53 = 17;
analyze demo.pop, demo.short, demo.tax;
create table demo.progress (done integer not null, size integer not null);
-- Each batch reads all customers and addresses once: the more orders, the bigger the batches.
insert into demo.progress values (0, greatest(25000, least(100000, demo.orders() / 10)));
