-- When orders come, and who orders.
set local search_path = wb, public;

-- ── Calendar ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- Three years of days weighed by growth, season, day of the week and weather; the last fortnight has enough orders to look at.

create table demo.day as
  select d::date as day, row_number() over (order by d)::integer as nr,
         (0.45 + 1.1 * (row_number() over (order by d)) / 1096.0)
         * (array[0.86, 0.9, 1.02, 0.95, 0.97, 0.9, 0.82, 0.8, 0.98, 1.08, 1.5, 1.75])[extract(month from d)::integer]
         * (array[1.18, 1.1, 1.06, 1.02, 0.93, 0.74, 0.97])[extract(isodow from d)::integer]
         * case when extract(month from d) = 12 and extract(day from d) > 20 then 0.55 else 1 end
         * case when extract(month from d) = 11 and extract(day from d) between 23 and 30 then 1.7 else 1 end
         * case when extract(month from d) = 3 and extract(day from d) between 8 and 20 then 1.25 else 1 end
         * (0.85 + 0.3 * demo.r(extract(epoch from d)::bigint / 86400, 51)) as weight
    from generate_series(demo.today() - 1095, demo.today(), interval '1 day') d;
-- Hours of a day: quiet nights, a lunch break, the evening on the sofa.
create table demo.hour as
  select h as hour, w, sum(w) over (order by h) as upto
    from unnest(array[1.2, 0.7, 0.4, 0.3, 0.4, 0.9, 2.2, 4.2, 5.4, 6.0, 6.1, 5.9, 6.4, 5.8, 5.2, 5.0, 5.1, 5.3, 5.8, 7.0, 7.9, 7.4, 5.2, 2.9]::double precision[]) with ordinality u (w, n)
    cross join lateral (select (n - 1)::integer as h) x;
alter table demo.hour add before double precision;
update demo.hour set upto = upto / t.total, before = (upto - w) / t.total from (select sum(w) as total from demo.hour) t;
-- Today has come as far as the clock.
create table demo.clock as
  select before + (upto - before) * (extract(epoch from t.since) / 3600 - hour) as part
    from demo.hour, (select demo.now() at time zone 'Europe/London' - demo.today()::timestamp as since) t
   where hour = least(23, floor(extract(epoch from t.since) / 3600));
update demo.day set weight = weight * greatest((select part from demo.clock), 0.001) where day = demo.today();
update demo.day set weight = weight * f.wanted * (1 - f.share) / (f.share * (1 - f.wanted))
  from (select least(0.15 * demo.orders(), 280) / demo.orders() as wanted,
               sum(weight) filter (where day > demo.today() - 14) / sum(weight) as share from demo.day) f
 where f.share < f.wanted and day > demo.today() - 14;
alter table demo.day add upto double precision, add before double precision;
update demo.day d set upto = t.upto, before = t.before
  from (select day, sum(weight) over (order by day) / sum(weight) over () as upto,
               (sum(weight) over (order by day) - weight) / sum(weight) over () as before from demo.day) t where t.day = d.day;

-- One row an order: n in order of time. New customers come fast at first, then the regulars carry the shop.
create table demo.o0 as
  with q as materialized (
    select n, (n - 0.5 + (demo.r(n, 60) - 0.5) * 0.9) / demo.orders() as q,
           least(demo.customers(), ceil(demo.customers() * (n::double precision / demo.orders()) ^ 0.8)::integer) as known,
           ceil(demo.customers() * ((n - 1)::double precision / demo.orders()) ^ 0.8)::integer as known_before
      from generate_series(1, demo.orders()) n
  ), d as materialized (
    select q.*, d.day, (q - d.before) / (d.upto - d.before) * case when d.day = demo.today() then (select part from demo.clock) else 1 end as rest
      from q join demo.day d on d.nr = least(1096, 1 + width_bucket(q.q, (select array_agg(upto order by nr) from demo.day)))
  )
  select n, least((day + interval '1 hour' * (h.hour + (rest - h.before) / (h.upto - h.before))) at time zone 'Europe/London', demo.now()) as placed_at,
         case when known > known_before and known % 27 <> 5 then known
              when demo.r(n, 61) < 0.28 then 1 + 29 * floor(greatest(1, known / 29) * demo.r(n, 62) ^ 2)::integer
              when demo.r(n, 61) < 0.62 then greatest(1, ceil(known * (1 - demo.r(n, 63) ^ 2.5))::integer)
              else 1 + floor(known * demo.r(n, 64))::integer end as c
    from d join demo.hour h on h.hour = least(23, width_bucket(rest, (select array_agg(upto order by hour) from demo.hour)));
-- Who only registered has no orders.
update demo.o0 set c = c - 1 where c % 27 = 5 and c > 1;
alter table demo.o0 add primary key (n);
analyze demo.o0;

-- ── Customers ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table demo.c as
  with u as materialized (
    select i, width_bucket(demo.r(i, 75), (select array_agg(upto order by culture) from demo.people)) + 1 as culture from generate_series(1, demo.customers()) i
  )
  select u.i, p.group_code, p.culture, p.country, c.language, c.currency, c.warehouse, c.eu,
         case when i % 29 = 1 and i / 29 % 3 = 0 then 'wholesale' when i % 29 = 1 then 'vip' else 'retail' end as segment,
         (i % 29 = 1 and i / 29 % 3 = 0) or demo.r(i, 71) < 0.045 as company,
         g.name as given, f.name as family, g.latin as given_latin, f.latin as family_latin, p.family_first, p.places, p.givens, p.families,
         o.placed_at - interval '1 minute' * (2 + 40 * demo.r(i, 72)) as registered_at,
         case when demo.r(i, 73) < 0.09 then demo.r(i, 74) end as moved
    from u join demo.people p on p.culture = u.culture
    join demo.country c on c.code = p.group_code
    join demo.name g on g.culture = u.culture and g.kind = 'given' and g.nr = 1 + demo.i(i, 76, p.givens)
    join demo.name f on f.culture = u.culture and f.kind = 'family' and f.nr = 1 + demo.i(i, 77, p.families)
    join demo.o0 o on o.n = least(demo.orders(), floor(demo.orders() * ((i - 1.0) / demo.customers()) ^ 1.25)::integer + 1);
alter table demo.c add primary key (i);
analyze demo.c;

-- Addresses: the present one (0), the one before a move (1), another place to send to (2).
create table demo.a as
  select c.i * 4 + w.which as id, c.i, w.which, c.country, p.city, p.region, demo.fill(p.postcode, c.i * 4 + w.which, 81) as postcode,
         replace(replace(demo.fill(k.street_form, c.i * 4 + w.which, 82), '$n',
                         case when demo.r(c.i * 4 + w.which, 83) < 0.04 then (1 + demo.i(c.i, 84, 60)) || 'a' else (1 + floor(180 * demo.r(c.i * 4 + w.which, 85) ^ 2.2))::text end),
                 '$s', demo.one(c.i * 4 + w.which, 86, k.street_list)) as line1,
         case when demo.r(c.i * 4 + w.which, 87) < 0.2 then coalesce(demo.fill(demo.one(c.i * 4 + w.which, 88, k.second_list), c.i * 4 + w.which, 89), '') else '' end as line2
    from demo.c c
    cross join lateral (select 0 as which union all select 1 where c.moved is not null union all select 2 where demo.r(c.i, 90) < 0.1) w
    join demo.country k on k.code = c.group_code
    join demo.place p on p.group_code = c.group_code and p.nr = 1 + demo.i(c.i * 4 + w.which, 91, c.places);
alter table demo.a add primary key (id);

alter table demo.c add person text, add company_name text, add email text, add phone text, add city text;
update demo.c c set city = a.city,
    person = case when c.family_first then c.family || ' ' || c.given else c.given || ' ' || c.family end,
    company_name = case when c.company then replace(replace(demo.one(c.i, 101, k.company_list), '$f', c.family), '$c', a.city) else '' end,
    phone = case when demo.r(c.i, 102) < 0.86 then demo.fill(k.phone, c.i, 103) else '' end
  from demo.a a, demo.country k where a.id = c.i * 4 and k.code = c.group_code;
update demo.c set email = case when company then
      (array['orders', 'hello', 'shop', 'accounts', given_latin, 'info'])[1 + demo.i(i, 104, 6)] || '@'
        || case when company_name ~ '[^[:ascii:]]' and wb.fold(company_name) ~ '[^[:ascii:]]' then family_latin || '-' || i
                else btrim(regexp_replace(wb.fold(company_name), '[^a-z0-9]+', '-', 'g'), '-') end || '.example'
    else
      (array[given_latin || '.' || family_latin, given_latin || '.' || family_latin, substr(given_latin, 1, 1) || '.' || family_latin, given_latin || family_latin, family_latin || '.' || given_latin])
        [1 + demo.i(i, 105, 5)] || case when demo.r(i, 106) < 0.5 or demo.customers() > 5000 then (array[i % 100, 1950 + i % 56])[1 + demo.i(i, 107, 2)]::text else '' end || '@'
        || (array['mailbox', 'inbox', 'post', 'letters', 'webmail', 'homemail'])[1 + demo.i(i, 108, 6)] || '.example' end;
analyze demo.c;

insert into customer (id, number, kind, name, company, email, phone, language, currency, country, segment, segment_since, status, status_reason,
                      registered_at, email_allowed, sms_allowed, phone_allowed, credit_limit_minor, payment_terms_days, tags, note, created_at, updated_at)
  overriding system value
  select i, 'C' || demo.number_base() + i, case when company then 'company' else 'person' end, case when company then company_name else person end,
         company_name, email, phone, language, currency, country,
         case when segment = 'retail' and registered_at > demo.now() - interval '60 days' then 'new' else segment end,
         case segment when 'retail' then registered_at else least(registered_at + interval '1 day' * (30 + 200 * demo.r(i, 111)), demo.now()) end,
         case when segment = 'wholesale' then 'active' when demo.r(i, 112) < 0.004 then 'suspended' when demo.r(i, 112) < 0.014 then 'attention'
              when demo.r(i, 112) < 0.07 and registered_at < demo.now() - interval '2 years' then 'inactive' else 'active' end,
         case when segment = 'wholesale' then '' when demo.r(i, 112) < 0.004 then demo.one(i, 113, demo.list('Chargebacks on two orders; Repeated claims of missing parcels; Card reported stolen'))
              when demo.r(i, 112) < 0.014 then demo.one(i, 113, demo.list('Complained about late delivery; Wants to close the account; Disputes an invoice')) else '' end,
         registered_at, demo.r(i, 114) < 0.62, demo.r(i, 115) < 0.18, demo.r(i, 116) < 0.12 or segment = 'wholesale',
         case when segment = 'wholesale' then (1 + demo.i(i, 117, 20)) * 100000 * case when currency in ('JPY', 'SEK', 'NOK', 'DKK') then 10 else 1 end end,
         case when segment = 'wholesale' then (array[14, 30, 30, 30, 45, 60])[1 + demo.i(i, 118, 6)] else 0 end,
         case when demo.r(i, 119) < 0.05 then array[demo.one(i, 120, demo.list('tea club; newsletter; press; friend of the shop; student; local; workshop'))] else '{}' end,
         case when demo.r(i, 121) < 0.06 then demo.one(i, 122, demo.list('Prefers to be written to, not called; Leave parcels with the neighbour at number 12; Allergic to nuts: never add samples; Orders every December for the whole office; Asked for recycled packing only; Speaks little English; Collects Bramble pottery; Birthday in May: send the card; Dog in the yard, ring twice; Always asks for a printed invoice'))
              else '' end,
         registered_at, registered_at
    from demo.c order by i;
insert into address (customer_id, usage, label, name, company, line1, line2, city, region, postcode, country, phone, preferred, valid_from, valid_to)
  select a.i, case a.which when 2 then 'shipping' else 'both' end, case a.which when 2 then demo.one(a.i, 131, demo.list('Work; Parents; Holiday house; Studio')) else '' end,
         c.person, c.company_name, a.line1, a.line2, a.city, a.region, a.postcode, a.country, c.phone, a.which = 0,
         case when a.which = 0 and c.moved is not null then (c.registered_at + c.moved * (demo.now() - c.registered_at))::date else c.registered_at::date end,
         case when a.which = 1 then (c.registered_at + c.moved * (demo.now() - c.registered_at))::date - 1 else 'infinity' end
    from demo.a a join demo.c c on c.i = a.i
   where a.which <> 1 or (c.registered_at + c.moved * (demo.now() - c.registered_at))::date > c.registered_at::date order by a.id;
insert into contact (customer_id, name, role, email, phone, main)
  select c.i, case n when 1 then c.person else g.name || ' ' || f.name end,
         (array['Buyer', 'Accounts', 'Owner', 'Goods in'])[n],
         case n when 1 then c.email else (array['buying', 'accounts', 'owner', 'goods-in'])[n] || substr(c.email, strpos(c.email, '@')) end, c.phone, n = 1
    from demo.c c cross join lateral generate_series(1, 1 + demo.i(c.i, 143, 3)) n
    join demo.name g on g.culture = c.culture and g.kind = 'given' and g.nr = 1 + demo.i(c.i * 8 + n, 141, c.givens)
    join demo.name f on f.culture = c.culture and f.kind = 'family' and f.nr = 1 + demo.i(c.i * 8 + n, 142, c.families)
   where c.company order by c.i, n;
insert into tax_number (customer_id, country, kind, number, verified_at)
  select c.i, c.country, k.tax_kind, demo.fill(k.tax_number, c.i, 151), case when demo.r(c.i, 152) < 0.8 then c.registered_at + interval '3 days' * demo.r(c.i, 153) end
    from demo.c c join demo.country k on k.code = c.group_code where c.company and (c.segment = 'wholesale' or demo.r(c.i, 154) < 0.6) order by c.i;
update tax_number set verified_at = null where verified_at > demo.now();
