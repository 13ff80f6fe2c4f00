-- How a batch of orders is written, everything that belongs to it at once: demo.next_batch() for the next step to call.
-- What is closed gets its facts here; wb.refresh_orders() does the open ones later.
set local search_path = wb, public;

create table demo.foreign_goods (nr integer, code text, name text);
insert into demo.foreign_goods values (0, 'B07X2K9', 'Tea for one set with infuser, stoneware, 450 ml'), (1, 'LV-MKT-118', 'Larkspur gift bundle (marketplace exclusive)'),
  (2, 'B09QLR4', 'Notebook A5 dotted, pack of 2'), (3, 'OLD-TEA-22', 'Summer fruits tea 100 g (old code)');

create table demo.rate_of as select zone, class, rate + coalesce(local_rate, 0) as rate from demo.tax;

create table demo.box as
  select n::integer as nr, b.id, b.empty_weight_g as tare from unnest(array['L1', 'P1', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7']) with ordinality u (code, n) join box b on b.code = u.code;

-- What a parcel costs, by service, country and weight band.
create table demo.rate as
  select r.service_id, a.country, width_bucket(r.max_weight_g, array[251, 501, 1001, 2001, 5001, 10001, 15001, 20001, 30001, 100001, 300001]) as band,
         min(r.price_minor) as price_minor, min(r.currency) as currency
    from rate r join carrier_zone_area a on a.zone_id = r.zone_id and a.postcode_prefix = '' group by 1, 2, 3;
create unique index on demo.rate (service_id, country, band);

create unlogged table demo.l (
  n integer, pos integer, line_id bigint, sku_id bigint, sku_code text, name text, qty integer, digits smallint, price numeric, gross bigint,
  sale bigint, share bigint, tax_rate numeric, class text, tax bigint, weight_g integer, shipped integer, returned integer
);
create unlogged table demo.t (
  n integer, c integer, placed_at timestamptz, fate text, channel text, channel_id bigint, currency text, digits smallint, country text, zone text, segment text,
  warehouse_id bigint, service_id bigint, express boolean, ship_by timestamptz, ship_at timestamptz, deliver_at timestamptz, gift boolean, ship_address bigint, bill_address bigint,
  tax_included boolean, rush boolean, method_name text, sent boolean, delivered boolean,
  goods bigint, sale bigint, voucher bigint, voucher_code text, shipping bigint, fee bigint, line_tax bigint, extra_tax bigint, total bigint, lines integer, pieces integer, weight bigint,
  method text, gateway text, pay text, auth_at timestamptz, capture_at timestamptz, captured bigint, refunded bigint, refund_at timestamptz,
  return_status text, return_at timestamptz, cancelled_at timestamptz, accepted_at timestamptz,
  gift_note boolean, customer_note boolean, internal_note boolean, parcels integer, parcel0 bigint, tracking_prefix text
);

do $$
declare
  digits text := wb.setting_text('gs1.extension_digit') || wb.setting_text('gs1.company_prefix');
  room integer := 17 - length(digits);
  fixed integer := 0;
  sum text := '';
begin
  for i in 1 .. 17 loop
    if i <= length(digits) then
      fixed := fixed + substr(digits, i, 1)::integer * case i % 2 when 1 then 3 else 1 end;
    else
      sum := sum || format(' + %s * (serial / %s %% 10)', case i % 2 when 1 then 3 else 1 end, (10::numeric ^ (17 - i))::bigint);
    end if;
  end loop;
  execute format('create function demo.sscc (serial bigint) returns text language sql immutable parallel safe as %L',
                 format($f$select %L || lpad(serial::text, %s, '0') || ((10 - (%s %s) %% 10) %% 10)$f$, digits, room, fixed, sum));
end $$;
comment on function demo.sscc is 'wb.next_sscc() for a given serial number';

-- Who packed an order, and where.
do $$
begin
  execute format($f$create function demo.packer (n bigint, warehouse bigint) returns text language sql immutable parallel safe as %L$f$,
    format($b$select case warehouse when %s then demo.one(n, 372, %L) else demo.one(n, 372, %L) end$b$, (select id from wb.warehouse where code = 'LON'),
           '{danny.price,ewa.nowak,kwame.boateng,sinead.byrne,marco.silva}', '{femke.dejong,yusuf.kaya,anouk.peters}'));
  execute format($f$create function demo.bench (n bigint, warehouse bigint) returns bigint language sql immutable parallel safe as %L$f$,
    format($b$select case warehouse when %s then (%L::bigint[])[1 + demo.i(n, 373, 6)] else (%L::bigint[])[1 + demo.i(n, 373, 3)] end$b$,
           (select id from wb.warehouse where code = 'LON'), (select array_agg(id order by code) from wb.station where code ~ '^P'),
           (select array_agg(id order by code) from wb.station where code ~ '^RP')));
end $$;

create function demo.next_batch () returns integer
  language plpgsql volatile set search_path = wb, public set enable_nestloop = off
as $$
declare
  lo integer;
  hi integer;
  kinds integer := (select count(*) from demo.pop);
  mades integer := (select count(*) from demo.made);
  shorts bigint[] := array(select sku_id from demo.short order by sku_id);
  parcel_base bigint;
  parcels_made bigint;
begin
  select done, least(done + size, demo.orders()) into lo, hi from demo.progress;
  if lo >= demo.orders() then
    -- what customers have come to
    update customer c set orders_count = t.n, spent_minor = t.spent, last_order_at = t.last
      from (select o.customer_id, count(*)::integer as n, coalesce(sum(o.captured_minor - o.refunded_minor) filter (where o.currency = k.currency), 0)::bigint as spent, max(o.placed_at) as last
              from sales_order o join demo.c k on k.i = o.customer_id where o.cancelled_at is null group by 1) t
     where t.customer_id = c.id;
    return 0;
  end if;
  truncate demo.l, demo.t;

  -- ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into demo.l (n, pos, line_id, sku_id, sku_code, name, qty, digits, price, gross, sale, share, class, tax_rate, tax, weight_g, shipped, returned)
    with x as (
      select o.n, pos, o.line0 + pos as line_id, o.currency, o.channel, o.zone, o.tax_included, o.digits, o.per_gbp, o.fate, o.placed_at, o.n::bigint * 32 + pos as k,
             case when pos = 1 and o.fate = 'stock' then shorts[1 + o.n % cardinality(shorts)]
                  when pos = 1 and o.fate = 'production' then (select m.sku_id from demo.made m where m.rank = o.n % mades)
                  when pos = 1 and o.fate = 'unmatched' then null
                  else p.sku_id end as sku_id
        from demo.o o cross join lateral generate_series(1, o.lines) pos
        join demo.pop p on p.rank = least(kinds - 1, floor(kinds * (demo.r(o.n, 301) + pos * 0.6180339887 - floor(demo.r(o.n, 301) + pos * 0.6180339887)) ^ 1.8)::integer)
       where o.n > lo and o.n <= hi
    ), y as (
      select x.*, coalesce(s.code, f.code) as sku_code, coalesce(s.name, f.name) as name, coalesce(s.weight_g, 0) as weight_g, coalesce(s.tax_class, 'standard') as class,
             case when s.id is null then 1
                  when x.channel = 'wholesale' and s.flags = 'loose' then s.case_of * (array[1, 2, 5, 10])[1 + demo.i(k, 302, 4)]
                  when x.channel = 'wholesale' then s.case_of * (1 + floor(4 * demo.r(k, 302) ^ 2.5)::integer)
                  when s.flags = 'loose' then (array[20, 50, 50, 100, 100, 200, 500])[1 + demo.i(k, 302, 7)]
                  when s.flags = 'made' or s.price > 60 then 1
                  when demo.r(k, 302) < 0.72 then 1 when demo.r(k, 302) < 0.9 then 2 when demo.r(k, 302) < 0.95 then 3 when demo.r(k, 302) < 0.985 then 4 else 6 end as qty,
             case when s.id is null then round(18 * x.per_gbp, x.digits)
                  when x.channel = 'wholesale' then round(p.unit_price * 0.58, case when s.flags = 'loose' then 5 else x.digits end) else p.unit_price end as price,
             case when x.channel in ('wholesale', 'market') or s.flags = 'loose' then 0
                  when extract(month from x.placed_at) = 1 and demo.r(k, 303) < 0.3 then 20
                  when extract(month from x.placed_at) = 11 and extract(day from x.placed_at) > 22 and demo.r(k, 303) < 0.4 then 15
                  when demo.r(k, 303) < 0.05 then 10 else 0 end as sale_percent
        from x left join demo.sku s on s.id = x.sku_id left join demo.price p on p.sku_id = x.sku_id and p.currency = x.currency
        left join demo.foreign_goods f on x.sku_id is null and f.nr = x.n % 4
    )
    select y.n, y.pos, y.line_id, y.sku_id, y.sku_code, y.name, y.qty, y.digits, y.price, g.gross, h.sale, 0, y.class, t.rate,
           case when y.tax_included then round((g.gross - h.sale) - (g.gross - h.sale) / (1 + t.rate)) else round((g.gross - h.sale) * t.rate) end, y.weight_g,
           case when y.fate in ('delivered', 'shipped', 'return_open') or (y.fate = 'partial' and y.pos % 2 = 1) then y.qty else 0 end, 0
      from y cross join lateral (select round(y.qty * y.price * 10::numeric ^ y.digits)::bigint as gross) g
      cross join lateral (select case y.sale_percent when 0 then 0 else round(g.gross * y.sale_percent / 100) end::bigint as sale) h
      left join demo.rate_of t on t.zone = y.zone and t.class = y.class;

  -- ── Orders: what follows from their lines ────────────────────────────────────────────────────────────────────────
  insert into demo.t
    with o as (
      select o.*,
             o.fate in ('delivered', 'shipped', 'return_open') as sent, o.fate in ('delivered', 'return_open') as is_delivered,
             demo.r(o.n, 311) as r_pay, demo.r(o.n, 312) as r_voucher, demo.r(o.n, 313) as r_return, demo.r(o.n, 314) as r_note
        from demo.o o where o.n > lo and o.n <= hi
    ), l as (
      select n, sum(gross)::bigint as goods, sum(sale)::bigint as sale, count(*)::integer as lines, sum(qty)::integer as pieces, sum(qty::bigint * weight_g)::bigint as weight from demo.l group by 1
    ), m as (
      select o.*, l.goods, l.sale, l.lines as n_lines, l.pieces, l.weight,
             case when o.channel in ('wholesale', 'market') then 0
                  when o.r_voucher < 0.07 then round((l.goods - l.sale) * 0.10)
                  when o.r_voucher < 0.09 and l.goods - l.sale > 25 * o.per_gbp * 10 ^ o.digits then round(5 * o.per_gbp) * (10 ^ o.digits)::integer
                  else 0 end::bigint as voucher,
             case when o.r_voucher < 0.03 then 'WELCOME10' when o.r_voucher < 0.07 then 'TEATIME10' else 'FIVEOFF' end as voucher_code
        from o join l on l.n = o.n
    ), f as (
      select m.*, case when m.channel <> 'market' and not m.express and m.service not in ('NWFR', 'PALL', 'ECON') and m.goods - m.sale - m.voucher > 50 * m.per_gbp * 10 ^ m.digits then 0
                       else round(case m.service when 'NW48' then 3.95 when 'NW24' then 6.95 when 'NWFR' then 45 when 'HOME' then 4.50 when 'EXPR' then 9.95 when 'PALL' then 59
                                                 when 'ECON' then 14.50 else 29 end * case when m.currency = 'GBP' then 1 else round(m.per_gbp, 1) end, case when m.per_gbp > 4 then 0 else 2 end)
                            * (10 ^ m.digits)::integer end::bigint as shipping,
                  case when m.gift and m.r_note < 0.5 and m.channel <> 'market' then round(3.5 * round(m.per_gbp, 1), case when m.per_gbp > 4 then 0 else 2 end) * (10 ^ m.digits)::integer else 0 end::bigint as fee,
                  case when m.fate in ('unpaid', 'part_paid') then 'bank transfer'
                       when m.fate in ('failed', 'voided', 'hold_fraud', 'hold_payment', 'hold_review') or m.channel = 'phone' then 'card'
                       when m.channel = 'market' then 'marketplace'
                       when m.channel = 'wholesale' then 'on account'
                       when m.country = 'NL' and m.r_pay < 0.6 then 'ideal' when m.country = 'DE' and m.r_pay < 0.28 then 'invoice' when m.country = 'DE' and m.r_pay < 0.45 then 'direct debit'
                       when m.country = 'JP' and m.r_pay < 0.2 then 'konbini' when m.country in ('PL', 'CZ') and m.r_pay < 0.3 then 'bank transfer'
                       when m.r_pay < 0.62 then 'card' when m.r_pay < 0.95 then 'wallet' else 'gift card' end as method
        from m
    ), w as (
      select f.*, f.voucher + f.sale as discount,
             case f.fate when 'failed' then 'failed' when 'hold_payment' then 'failed' when 'unpaid' then 'none' when 'voided' then 'voided' when 'part_paid' then 'half' when 'account' then 'none'
               when 'hold_fraud' then 'authorised' when 'hold_review' then 'authorised'
               when 'cancelled' then (array['voided', 'voided', 'refunded', 'none'])[1 + demo.i(f.n, 321, 4)]
               else case when f.method = 'on account' then case when f.sent and f.ship_at + interval '1 day' * (20 + 30 * demo.r(f.n, 322)) < demo.now() then 'paid' else 'none' end
                         when f.fate = 'open' and f.placed_at > demo.now() - interval '3 minutes' then 'none'
                         when f.method = 'card' and f.channel = 'web-eu' and not f.sent then 'authorised' else 'paid' end end as pay
        from f
    )
    select n, c, placed_at, fate, channel, channel_id, currency, digits, country, zone, segment, warehouse_id, service_id, express, ship_by, ship_at, deliver_at, gift, ship_address, bill_address,
           tax_included, (fate = 'rush' or (express and demo.r(n, 323) < 0.12)),
           case when channel = 'wholesale' and service in ('NWFR', 'PALL') then 'Pallet' when express then 'Express' when service = 'ECON' then 'International' else 'Standard' end,
           sent, is_delivered, goods, sale, voucher, voucher_code, shipping, fee, 0, 0, 0, n_lines, pieces, weight,
           case when pay = 'none' and fate <> 'account' and method <> 'on account' then '' else method end,
           case method when 'card' then 'cardgate' when 'wallet' then 'walletgate' when 'marketplace' then 'marketplace' when 'ideal' then 'ideal' when 'gift card' then 'giftcards' when 'invoice' then 'paylater'
                       when 'konbini' then 'konbini' else 'bank' end,
           pay, case when method = 'card' then placed_at + interval '20 seconds' * (1 + demo.r(n, 324)) end,
           case when method = 'on account' then ship_at + interval '1 day' * (20 + 30 * demo.r(n, 322)) when method = 'bank transfer' then placed_at + interval '30 minutes' * demo.r(n, 325)
                when method = 'card' and channel = 'web-eu' and sent then ship_at when method = 'card' then placed_at + interval '2 minutes' else placed_at + interval '40 seconds' * (1 + demo.r(n, 325)) end,
           0, 0, null,
           case when fate = 'return_open' then (array['requested', 'approved', 'received', 'inspected'])[1 + n % 4]
                when fate = 'delivered' and channel <> 'wholesale' and r_return < 0.045 and deliver_at < demo.now() - interval '5 days' then
                  case when deliver_at < demo.now() - interval '26 days' then case when demo.r(n, 326) < 0.94 then 'closed' else 'refused' end
                       else (array['requested', 'approved', 'received', 'closed', 'closed'])[1 + demo.i(n, 327, 5)] end
                when fate = 'delivered' and r_return > 0.99 then 'goodwill' end,
           deliver_at + interval '1 day' * (1 + 12 * demo.r(n, 328)),
           case when fate = 'cancelled' then least(placed_at + interval '1 hour' * (0.3 + 20 * demo.r(n, 329) ^ 2), demo.now()) end,
           case when method = 'on account' or fate = 'account' then least(placed_at + interval '10 minutes' + interval '4 hours' * demo.r(n, 330), demo.now()) end,
           gift and r_note < 0.75, not gift and r_note < 0.06, r_note > 0.955,
           case when service in ('NWFR', 'PALL') then 1 else greatest(1, ceil(weight / 17000.0)::integer) end, 0, null
      from w;

  -- A voucher is shared out to the lines by what they cost; largest remainder, so that the parts add up.
  update demo.l l set share = s.share
    from (
      select n, pos, part + case when row_number() over (partition by n order by rest desc, pos) <= missing then 1 else 0 end as share
        from (
          select n, pos, part, rest, voucher - sum(part) over (partition by n) as missing
            from (
              select l.n, l.pos, t.voucher, trunc(t.voucher::numeric * (l.gross - l.sale) / (t.goods - t.sale)) as part,
                     mod(t.voucher::numeric * (l.gross - l.sale), t.goods - t.sale) as rest
                from demo.l l join demo.t t on t.n = l.n where t.voucher > 0 and t.goods > t.sale) p) q) s
   where s.n = l.n and s.pos = l.pos;
  update demo.l l set tax = case when t.tax_included then round((l.gross - l.sale - l.share) - (l.gross - l.sale - l.share) / (1 + l.tax_rate)) else round((l.gross - l.sale - l.share) * l.tax_rate) end
    from demo.t t where t.n = l.n and t.voucher > 0 and l.tax_rate is not null;
  -- Pieces that came back: of one line, or two.
  update demo.l l set returned = l.shipped from demo.t t
   where t.n = l.n and t.return_status in ('received', 'inspected', 'closed') and l.pos <= 1 + (t.n % 5 = 0)::integer;
  update demo.t t set line_tax = coalesce(l.tax, 0), extra_tax = e.tax,
      total = t.goods - t.sale - t.voucher + t.shipping + t.fee + case when t.tax_included then 0 else coalesce(l.tax, 0) + e.tax end
    from demo.t t2
    left join (select n, sum(tax) as tax from demo.l group by 1) l on l.n = t2.n
    left join (select zone, rate from demo.tax where class = 'standard' and local_rate is null and zone not like 'US%') x on x.zone = t2.zone
    cross join lateral (select case when x.rate is null then 0 when t2.tax_included then round((t2.shipping + t2.fee) - (t2.shipping + t2.fee) / (1 + x.rate)) else round((t2.shipping + t2.fee) * x.rate) end as tax) e
   where t2.n = t.n;
  update demo.t t set captured = case pay when 'paid' then total when 'refunded' then total when 'half' then total / 2 else 0 end;
  update demo.t t set refunded = case when pay = 'refunded' then captured when return_status = 'goodwill' and pay = 'paid' then total / 10
                                      when return_status = 'closed' and pay = 'paid' then coalesce(r.back, 0) else 0 end,
      refund_at = least(demo.now(), case when pay = 'refunded' then cancelled_at + interval '5 minutes' when return_status = 'goodwill' then deliver_at + interval '2 days' else return_at + interval '6 days' end)
    from (select t2.n, r.back from demo.t t2
            left join (select l.n, sum(l.gross - l.sale - l.share + case when k.tax_included then 0 else coalesce(l.tax, 0) end) as back
                         from demo.l l join demo.t k on k.n = l.n where l.returned > 0 group by 1) r on r.n = t2.n) r
   where r.n = t.n and (t.pay = 'refunded' or t.return_status is not null);
  select coalesce(max(id), 0) into parcel_base from parcel;
  update demo.t t set parcel0 = parcel_base + p.before, tracking_prefix = v.tracking_prefix
    from (select n, sum(parcels) over (order by n) - parcels as before from demo.t where sent) p, carrier_service v where p.n = t.n and v.id = t.service_id;

  -- ── Written ──────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into sales_order (id, number, channel_id, external_id, placed_at, currency, customer_id, customer_name, customer_email, purchase_order, tax_included, rush, gift, shipping_method, service_id,
      warehouse_id, ship_by, ship_name, ship_city, ship_postcode, ship_country, tags, accepted_at, cancelled_at, cancel_reason, line_count, piece_count, weight_g, goods_minor, discount_minor, shipping_minor,
      adjustment_minor, tax_minor, total_minor, authorised_minor, captured_minor, refunded_minor, payment_method, status, payment_status, fulfilment_status, stage, stage_since, priority, priority_reasons,
      note_count, tracking, shipped_at, delivered_at, created_at, updated_at, returning_since)
    overriding system value
    select t.n, ch.number_prefix || (demo.number_base() + t.n), t.channel_id,
           case when t.channel = 'market' then '20' || t.n % 8 || '-' || lpad((t.n::bigint * 7919 % 9999991)::text, 7, '0') || '-' || lpad(t.n::text, 7, '0') when t.channel like 'web%' then (5200000000 + t.n * 37::bigint)::text end,
           t.placed_at, t.currency, t.c, case when c.company then c.company_name else c.person end, c.email,
           case when t.channel = 'wholesale' then (array['PO-', 'B', '45000', ''])[1 + t.c % 4] || (10000 + t.n % 80000) else '' end,
           t.tax_included, t.rush, t.gift, t.method_name, t.service_id, t.warehouse_id, t.ship_by, g.person,
           case when t.fate = 'no_address' then '' else a.city end, case when t.fate = 'no_address' then '' else a.postcode end, a.country,
           array_remove(array[case when t.fate = 'production' then 'made to order' end, case when t.channel = 'wholesale' and t.lines > 18 then 'pallet' end, case when t.gift then 'gift' end,
                              case when demo.r(t.n, 331) < 0.012 then 'press' end, case when demo.r(t.n, 332) < 0.015 then 'sample' end], null),
           t.accepted_at, t.cancelled_at,
           case when t.cancelled_at is not null then demo.one(t.n, 333, demo.list('Ordered twice; Changed mind; Found it elsewhere; Wrong address; Payment not received; Out of stock; Suspected fraud; Customer asked')) else '' end,
           t.lines, t.pieces, t.weight, t.goods, t.sale + t.voucher, t.shipping, t.fee, t.line_tax + t.extra_tax, t.total,
           case when t.pay = 'authorised' then t.total else 0 end, t.captured, t.refunded,
           case when t.pay in ('none') then '' else t.method end,
           case when t.cancelled_at is not null then 'cancelled' when t.delivered then 'delivered' when t.sent then 'shipped' else 'pending' end,
           case when t.refunded > 0 and t.refunded >= t.captured then 'refunded' when t.refunded > 0 then 'partially_refunded' when t.total <= 0 then 'paid'
                when t.captured >= t.total then 'paid' when t.captured > 0 then 'partially_paid'
                when t.pay = 'authorised' then 'authorised' when t.pay = 'voided' then 'voided' when t.pay = 'failed' then 'failed' else 'pending' end,
           case when not t.sent then 'unfulfilled' when b.returned >= t.pieces then 'returned' when b.returned > 0 then 'partially_returned' else 'fulfilled' end,
           case when t.cancelled_at is not null then 'cancelled' when t.sent and t.return_status in ('requested', 'approved', 'received', 'inspected') then 'returns'
                when t.delivered then 'delivered' when t.sent then 'shipped' else 'new' end,
           case when t.cancelled_at is not null then t.cancelled_at when t.sent and t.return_status in ('requested', 'approved', 'received', 'inspected') then least(t.return_at, demo.now())
                when t.delivered then t.deliver_at when t.sent then t.ship_at else t.placed_at end,
           50 * t.rush::integer + 30 * (t.segment = 'vip')::integer + 20 * t.express::integer,
           array_remove(array[case when t.rush then 'rush' end, case when t.segment = 'vip' then 'vip' end, case when t.express then 'express' end], null),
           t.gift_note::integer + t.customer_note::integer + t.internal_note::integer,
           case when not t.sent then '' else coalesce((select string_agg(t.tracking_prefix || substr(demo.sscc(t.parcel0 + p), 8, 11) || w.country, ' ' order by p) from generate_series(1, t.parcels) p), '') end,
           case when t.sent then t.ship_at else 'infinity' end, case when t.delivered then t.deliver_at else 'infinity' end, t.placed_at,
           coalesce(t.refund_at, t.cancelled_at, case when t.delivered then t.deliver_at when t.sent then t.ship_at else t.placed_at end),
           case when t.sent and t.return_status in ('requested', 'approved', 'received', 'inspected') then least(t.return_at, demo.now()) end
      from demo.t t join demo.c c on c.i = t.c join demo.a a on a.id = t.ship_address join demo.c g on g.i = t.ship_address / 4 join sales_channel ch on ch.id = t.channel_id
      join warehouse w on w.id = t.warehouse_id
      left join (select n, sum(returned) as returned from demo.l where returned > 0 group by 1) b on b.n = t.n
     order by t.n;
  insert into order_address (order_id, usage, name, company, line1, line2, city, region, postcode, country, phone, email)
    select t.n, u.usage, c.person, c.company_name, case when blank then '' else a.line1 end, case when blank then '' else a.line2 end, case when blank then '' else a.city end,
           case when blank then '' else a.region end, case when blank then '' else a.postcode end, a.country, c.phone, case when u.usage = 'billing' then c.email else '' end
      from demo.t t cross join lateral (values ('billing', t.bill_address, false), ('shipping', t.ship_address, t.fate = 'no_address')) u (usage, id, blank)
      join demo.a a on a.id = u.id join demo.c c on c.i = a.i order by t.n;
  insert into order_line (id, order_id, position, sku_id, sku_code, name, quantity, minor_digits, unit_price, discount_minor, tax_minor, weight_g, gift_wrap, gift_message, shipped_qty, returned_qty)
    overriding system value
    select l.line_id, l.n, l.pos, l.sku_id, l.sku_code, l.name, l.qty, l.digits, l.price, l.sale + l.share, coalesce(l.tax, 0), l.weight_g, t.fee > 0 and l.pos = 1,
           case when t.gift_note and t.fee > 0 and l.pos = 1 then demo.one(t.n, 341, demo.list('Happy birthday!; With love; Thank you for everything; Congratulations!; For your new kitchen; Get well soon; Enjoy a quiet cup')) else '' end,
           l.shipped, l.returned
      from demo.l l join demo.t t on t.n = l.n order by l.line_id;
  insert into order_charge (order_id, line_id, kind, code, name, amount_minor)
    select t.n, null::bigint, 'shipping', '', t.method_name, t.shipping from demo.t t where t.shipping > 0
    union all select t.n, null, 'discount', t.voucher_code, case t.voucher_code when 'WELCOME10' then 'Welcome, 10 %' when 'TEATIME10' then 'Tea time, 10 %' else 'Five off' end, t.voucher from demo.t t where t.voucher > 0
    union all select t.n, null, 'fee', 'WRAP', 'Gift wrapping', t.fee from demo.t t where t.fee > 0
    union all select l.n, l.line_id, 'discount', 'SALE', case when extract(month from t.placed_at) = 1 then 'January sale, 20 %' when extract(month from t.placed_at) = 11 and extract(day from t.placed_at) > 22 then 'Black Friday, 15 %' else 'Offer of the week, 10 %' end, l.sale
      from demo.l l join demo.t t on t.n = l.n where l.sale > 0;
  insert into order_tax (order_id, jurisdiction, name, rate, amount_minor)
    select v.n, x.jurisdiction, x.name, x.rate, sum(v.tax) - coalesce(sum(round(v.tax * x.local_rate / nullif(x.rate + x.local_rate, 0))) filter (where x.local_rate > 0), 0)
      from (select l.n, t.zone, l.class, sum(l.tax) as tax from demo.l l join demo.t t on t.n = l.n where l.tax is not null group by 1, 2, 3
            union all select t.n, t.zone, 'standard', t.extra_tax from demo.t t where t.extra_tax > 0) v
      join demo.tax x on x.zone = v.zone and x.class = v.class group by 1, 2, 3, 4 having sum(v.tax) > 0
    union all
    select v.n, x.local_jurisdiction, x.local_name || ' tax', x.local_rate, sum(round(v.tax * x.local_rate / (x.rate + x.local_rate)))
      from (select l.n, t.zone, l.class, sum(l.tax) as tax from demo.l l join demo.t t on t.n = l.n where l.tax is not null and t.zone like 'US%' group by 1, 2, 3) v
      join demo.tax x on x.zone = v.zone and x.class = v.class where x.local_rate > 0 group by 1, 2, 3, 4 having sum(v.tax) > 0
    order by 1;
  insert into order_note (order_id, kind, body, created_at, created_by)
    select t.n, 'gift', demo.one(t.n, 351, demo.list('Happy birthday! May this year be a good one.; With all our love from the four of us; Thank you for looking after the cat; Congratulations on the new home!; For long evenings; See you at Christmas; To the best neighbour; Get well soon, we miss you; Happy anniversary, my dear')), t.placed_at, 'webshop'
      from demo.t t where t.gift_note
    union all
    select t.n, 'customer', demo.one(t.n, 352, demo.list('Please leave with the neighbour if I am out.; Could you send it all in one parcel?; The bell does not work, please knock.; No plastic please if you can avoid it.; Is the green the same as last year?; Please deliver after 5 pm.; It is a surprise, please no invoice in the box.; Ring at the bakery downstairs.')), t.placed_at, 'webshop'
      from demo.t t where t.customer_note
    union all
    select t.n, 'internal', demo.one(t.n, 353, demo.list('Called to ask about delivery, reassured.; Replacement for a broken cup, no charge for shipping next time.; Customer sent a photo of the last parcel: box was crushed.; Asked for a sample of Silver Needle.; Address checked by phone.; Regular: add a card.; Wants an invoice in the company''s name.')),
           least(t.placed_at + interval '1 hour' * (1 + 20 * demo.r(t.n, 354)), demo.now()), (array['grace.okafor', 'matteo.ricci', 'claire.dubois', 'priya.nair', 'tom.ashworth'])[1 + demo.i(t.n, 355, 5)]
      from demo.t t where t.internal_note
    order by 1;

  -- ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into payment (order_id, kind, amount_minor, method, gateway, reference, at)
    select t.n, 'failure', t.total, 'card', 'cardgate', 'declined-' || t.n || '-' || i, t.placed_at + i * interval '70 seconds'
      from demo.t t cross join lateral generate_series(1, case when t.pay = 'failed' then 1 + t.n % 3 when t.method = 'card' and demo.r(t.n, 361) < 0.03 and t.fate in ('delivered', 'shipped') then 1 else 0 end) i
    union all
    select t.n, 'authorisation', t.total, t.method, t.gateway, 'au_' || to_hex(t.n * 7919::bigint + 1234567), t.auth_at + interval '2 minutes' from demo.t t
     where t.total > 0 and t.method = 'card' and t.pay in ('paid', 'refunded', 'authorised', 'voided')
    union all
    select t.n, 'authorisation', t.total, t.method, t.gateway, 'au_' || to_hex(t.n * 7919::bigint + 1234567), t.placed_at + interval '1 minute' from demo.t t
     where t.total > 0 and t.method <> 'card' and t.pay in ('voided')
    union all
    select t.n, 'capture', t.captured, t.method, t.gateway, 'ch_' || to_hex(t.n * 7919::bigint + 2345678), greatest(t.capture_at, t.auth_at + interval '3 minutes') from demo.t t where t.captured > 0
    union all
    select t.n, 'void', t.total, t.method, t.gateway, 'vo_' || to_hex(t.n * 7919::bigint + 1234567), coalesce(t.cancelled_at, t.placed_at + interval '2 days') from demo.t t where t.total > 0 and t.pay = 'voided'
    order by 1;
  with p as (
    insert into payment (order_id, kind, amount_minor, method, gateway, reference, at)
      select t.n, 'refund', t.refunded, t.method, t.gateway, 're_' || to_hex(t.n * 7919::bigint + 3456789), t.refund_at from demo.t t where t.refunded > 0 order by t.n
      returning id, order_id
  )
  insert into refund_line (payment_id, line_id, quantity, amount_minor)
    select p.id, l.line_id, l.returned, l.gross - l.sale - l.share + case when t.tax_included then 0 else coalesce(l.tax, 0) end
      from p join demo.t t on t.n = p.order_id and t.return_status = 'closed' join demo.l l on l.n = t.n and l.returned > 0;

  -- ── Parcels ──────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into shipment (id, number, order_id, warehouse_id, service_id, status, created_at, shipped_at, delivered_at)
    overriding system value
    select t.n, 'S' || lpad(t.n::text, 8, '0'), t.n, t.warehouse_id, t.service_id, case when t.delivered then 'delivered' else 'shipped' end, t.ship_at - interval '9 minutes', t.ship_at,
           case when t.delivered then t.deliver_at end from demo.t t where t.sent order by t.n;
  insert into parcel (id, shipment_id, position, box_id, sscc, tracking, weight_g, expected_weight_g)
    overriding system value
    select t.parcel0 + p, t.n, p, x.id, demo.sscc(t.parcel0 + p), t.tracking_prefix || substr(demo.sscc(t.parcel0 + p), 8, 11) || w.country,
           greatest(20, x.tare + t.weight / t.parcels + ((demo.r(t.n * 8 + p, 371) - 0.4) * (12 + t.weight * 0.004))::integer), x.tare + t.weight / t.parcels
      from demo.t t cross join lateral generate_series(1, t.parcels) p join warehouse w on w.id = t.warehouse_id
      join demo.box x on x.nr = case when t.method_name = 'Pallet' then 9 else 1 + width_bucket(t.weight / t.parcels, array[200, 600, 1200, 2400, 4500, 8000, 13000]) end
     where t.sent order by 1;
  get diagnostics parcels_made = row_count;
  insert into parcel_item (parcel_id, line_id, quantity)
    select t.parcel0 + 1 + l.pos % t.parcels, l.line_id, l.shipped from demo.l l join demo.t t on t.n = l.n where t.sent and l.shipped > 0 order by l.line_id;
  insert into label (parcel_id, service_id, price_minor, currency, created_at, created_by)
    select t.parcel0 + p, t.service_id, r.price_minor, r.currency, t.ship_at - interval '7 minutes', demo.packer(t.n, t.warehouse_id)
      from demo.t t cross join lateral generate_series(1, t.parcels) p
      left join demo.rate r on r.service_id = t.service_id and r.country = t.country
       and r.band = width_bucket(t.weight / t.parcels + 300, array[251, 501, 1001, 2001, 5001, 10001, 15001, 20001, 30001, 100001, 300001])
     where t.sent order by 1;
  -- The carrier's word: in full for a season, then only that it arrived.
  insert into tracking_event (parcel_id, at, code, body, place)
    select t.parcel0 + p, e.at, e.code, e.body, e.place
      from demo.t t cross join lateral generate_series(1, t.parcels) p join demo.a a on a.id = t.ship_address join warehouse w on w.id = t.warehouse_id
      cross join lateral (values
        ('labelled', t.ship_at, '', w.city, true), ('handed_over', t.ship_at + interval '2 hours', 'Collected', w.city, true),
        ('in_transit', t.ship_at + interval '11 hours', 'At the sorting centre', w.city, true),
        ('out_for_delivery', t.deliver_at - interval '4 hours', 'Out for delivery', a.city, true),
        ('delivered', t.deliver_at, case when t.n % 9 = 0 then 'Left with a neighbour' when t.n % 7 = 0 then 'In the letterbox' else 'Handed over' end, a.city, false)) e (code, at, body, place, fresh)
     where t.sent and e.at <= demo.now() and (e.code <> 'delivered' or t.delivered) and (not e.fresh or t.ship_at > demo.now() - interval '100 days') and (e.code <> 'out_for_delivery' or t.delivered)
     order by 1, 2;

  -- ── Stages ───────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into stage_passage (order_id, from_stage, to_stage, at, actor)
    select t.n, p.from_stage, p.to_stage, p.at, p.actor
      from (select t.*, t.sent and t.ship_at > demo.now() - interval '100 days' as fresh, coalesce(t.accepted_at, t.placed_at + interval '3 minutes') as payable_at,
                   t.sent and t.return_status in ('requested', 'approved', 'received', 'inspected') as returns from demo.t t where t.sent or t.cancelled_at is not null) t
      cross join lateral (values (null, 'new', t.placed_at, 'webshop', true), ('new', 'verified', t.payable_at, 'webshop', t.fresh), ('verified', 'ready_to_pack', t.payable_at + interval '1 second', 'webshop', t.fresh),
        ('ready_to_pack', 'packing', t.ship_at - interval '1 minute' * (12 + 14 * demo.r(t.n, 381)), demo.packer(t.n, t.warehouse_id), t.fresh),
        ('packing', 'ready_to_ship', t.ship_at - interval '7 minutes', demo.packer(t.n, t.warehouse_id), t.fresh),
        (case when t.fresh then 'ready_to_ship' else 'new' end, 'shipped', t.ship_at, demo.packer(t.n, t.warehouse_id), t.sent), ('shipped', 'delivered', t.deliver_at, 'nightshift', t.delivered),
        (case when t.delivered then 'delivered' else 'shipped' end, 'returns', least(t.return_at, demo.now()), 'grace.okafor', t.returns),
        ('new', 'cancelled', t.cancelled_at, 'priya.nair', t.cancelled_at is not null)) p (from_stage, to_stage, at, actor, applies)
     where p.applies;

  -- ── Returns ──────────────────────────────────────────────────────────────────────────────────────────────────────
  insert into rma (id, number, channel_id, order_id, customer_id, customer_name, country, currency, status, reason, credit_minor, requested_at, closed_at)
    overriding system value
    select t.n, 'R' || (demo.number_base() + t.n), t.channel_id, t.n, t.c, case when c.company then c.company_name else c.person end, t.country, t.currency, t.return_status,
           demo.one(t.n, 391, demo.list('Arrived broken; Not as expected; Wrong item; Too many; A present they already had; Lid does not fit; Colour differs from the picture; Changed mind')), t.refunded, least(t.return_at, demo.now()),
           case when t.return_status in ('closed', 'refused') then least(t.return_at + interval '6 days', demo.now()) end
      from demo.t t join demo.c c on c.i = t.c where t.return_status <> 'goodwill' order by t.n;
  insert into rma_line (rma_id, position, line_id, sku_id, sku_code, name, quantity, received_qty, minor_digits, unit_price, reason, disposition)
    select t.n, l.pos, l.line_id, l.sku_id, l.sku_code, l.name, l.qty, l.returned, l.digits, l.price,
           demo.one(t.n, 391, demo.list('Arrived broken; Not as expected; Wrong item; Too many; A present they already had; Lid does not fit; Colour differs from the picture; Changed mind')),
           case when t.return_status in ('inspected', 'closed') then (array['restock', 'restock', 'restock', 'scrap', 'quarantine', 'kept'])[1 + demo.i(l.line_id, 392, 6)] end
      from demo.t t join demo.l l on l.n = t.n where t.return_status <> 'goodwill' and l.pos <= 1 + (t.n % 5 = 0)::integer order by l.line_id;

  update demo.progress set done = hi;
  return greatest(1, demo.orders() - hi);
end $$;
comment on function demo.next_batch is 'writes the next batch of orders; how many are left';
