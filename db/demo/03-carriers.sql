-- Carriers, what they offer, where and for how much; boxes.
set local search_path = wb, public;

insert into carrier (code, name, tracking_url) values
  ('NWY', 'Northway', 'https://track.northway.example/{tracking}'),
  ('PLN', 'Parcelon', 'https://www.parcelon.example/follow?code={tracking}'),
  ('MER', 'Meridian Air', 'https://meridianair.example/t/{tracking}');

insert into carrier_pickup (carrier_id, warehouse_id)
  select c.id, w.id from carrier c join (values ('NWY', 'LON'), ('PLN', 'RTM'), ('MER', 'LON'), ('MER', 'RTM')) p (carrier, warehouse) on p.carrier = c.code
    join warehouse w on w.code = p.warehouse;

insert into carrier_service (carrier_id, code, name, express, max_weight_g, max_length_mm, max_girth_mm, transit_days_min,
                             transit_days_max, routing_code, tracking_prefix)
  select c.id, s.code, s.name, s.express, s.max_g, s.length, s.girth, s.t1, s.t2, s.routing, s.prefix
    from (values
      ('NWY', 'NW48', 'Northway 48', false, 20000, 1000, 2700, 2, 3, '48', 'NW'),
      ('NWY', 'NW24', 'Northway 24', true, 20000, 1000, 2700, 1, 1, '24', 'NX'),
      ('NWY', 'NWFR', 'Northway Freight', false, 1000000, 2400, 6000, 2, 4, 'FR', 'NF'),
      ('PLN', 'HOME', 'Parcelon Home', false, 31500, 1200, 3000, 2, 4, 'HM', 'PH'),
      ('PLN', 'EXPR', 'Parcelon Express', true, 31500, 1200, 3000, 1, 2, 'EX', 'PX'),
      ('PLN', 'PALL', 'Parcelon Pallet', false, 1000000, 2400, 6000, 3, 6, 'PA', 'PP'),
      ('MER', 'ECON', 'Meridian Economy', false, 30000, 1500, 3000, 6, 12, 'EC', 'ME'),
      ('MER', 'PRIO', 'Meridian Priority', true, 30000, 1500, 3000, 2, 4, 'PR', 'MP')) s
      (carrier, code, name, express, max_g, length, girth, t1, t2, routing, prefix)
    join carrier c on c.code = s.carrier;

insert into carrier_zone (carrier_id, code, name)
  select c.id, z.code, z.name
    from (values ('NWY', 'UK', 'United Kingdom'), ('NWY', 'HI', 'Highlands and islands'), ('PLN', 'NL', 'Netherlands'),
      ('PLN', 'E1', 'Neighbours'), ('PLN', 'E2', 'European Union'), ('PLN', 'E3', 'Rest of Europe'), ('MER', 'EU', 'Europe'),
      ('MER', 'NA', 'North America'), ('MER', 'AP', 'Asia and Pacific'), ('MER', 'WW', 'Rest of the world')) z (carrier, code, name)
    join carrier c on c.code = z.carrier;
insert into carrier_zone_area (zone_id, country, postcode_prefix)
  select z.id, a.country, a.prefix
    from (
      select 'NWY' as carrier, 'UK' as zone, 'GB' as country, '' as prefix
      union all select 'NWY', 'HI', 'GB', unnest(demo.list('IV; HS; KW; ZE; BT; KA27; KA28; PA20; PA60; PH40; JE; GY; IM'))
      union all select 'NWY', 'HI', unnest(demo.list('JE; GG; IM')), ''
      union all select 'PLN', 'NL', 'NL', ''
      union all select 'PLN', 'E1', unnest(demo.list('BE; DE; LU; FR')), ''
      union all select 'PLN', 'E2', unnest(demo.list('AT; BG; CY; CZ; DK; EE; ES; FI; GR; HR; HU; IE; IT; LT; LV; MT; PL; PT; RO; SE; SI; SK')), ''
      union all select 'PLN', 'E3', unnest(demo.list('CH; NO; IS; LI; GB; AD; MC; SM')), ''
      union all select 'MER', 'EU', unnest(demo.list('AT; BE; CH; CZ; DE; DK; ES; FI; FR; GB; GR; IE; IT; LU; NL; NO; PL; PT; SE')), ''
      union all select 'MER', 'NA', unnest(demo.list('US; CA; MX')), ''
      union all select 'MER', 'AP', unnest(demo.list('JP; AU; NZ; KR; SG; HK; TW; TH; MY; IN; CN')), ''
      union all select 'MER', 'WW', unnest(demo.list('BR; AR; CL; ZA; AE; IL; TR; SA; UA; RS')), '') a
    join carrier c on c.code = a.carrier join carrier_zone z on z.carrier_id = c.id and z.code = a.zone
   order by z.id, a.country, a.prefix;
insert into rate (service_id, zone_id, max_weight_g, currency, price_minor)
  select s.id, z.id, w.max_g, case c.code when 'PLN' then 'EUR' else 'GBP' end,
         round((b.base + b.per_kg * w.max_g / 1000.0) * f.factor)
    from (values ('NW48', 310, 62), ('NW24', 495, 88), ('NWFR', 3900, 21), ('HOME', 445, 70), ('EXPR', 990, 140), ('PALL', 5900, 26),
                 ('ECON', 890, 690), ('PRIO', 1890, 980)) b (service, base, per_kg)
    join carrier_service s on s.code = b.service join carrier c on c.id = s.carrier_id join carrier_zone z on z.carrier_id = c.id
    join (values ('UK', 1.0), ('HI', 1.9), ('NL', 1.0), ('E1', 1.35), ('E2', 1.9), ('E3', 2.6), ('EU', 0.8), ('NA', 1.0), ('AP', 1.2),
                 ('WW', 1.5)) f (zone, factor) on f.zone = z.code
    cross join (values (250), (500), (1000), (2000), (5000), (10000), (15000), (20000), (30000), (100000), (300000), (1000000)) w (max_g)
   where w.max_g <= greatest(s.max_weight_g, 20000) and (s.max_weight_g > 100000 or w.max_g <= 30000)
   order by s.id, z.id, w.max_g;

insert into box (code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm, outer_width_mm, outer_height_mm,
                 empty_weight_g, max_weight_g, barcode, cost_minor)
  select b.code, b.name, b.kind, b.l, b.w, b.h, b.l + b.wall, b.w + b.wall, b.h + b.wall, b.tare, b.max_g, 'BOX-' || b.code, b.cost
    from (values
      ('L1', 'Letterbox flat', 'envelope', 235, 160, 24, 4, 38, 750, 18), ('L2', 'Board envelope A4', 'envelope', 320, 230, 20, 4, 62, 1000, 24),
      ('P1', 'Padded bag small', 'bag', 260, 180, 60, 6, 28, 1500, 16), ('P2', 'Padded bag large', 'bag', 360, 270, 80, 6, 46, 3000, 22),
      ('B1', 'Box 1', 'box', 200, 150, 100, 8, 92, 5000, 31), ('B2', 'Box 2', 'box', 250, 200, 150, 8, 148, 8000, 39),
      ('B3', 'Box 3', 'box', 300, 220, 200, 8, 205, 10000, 48), ('B4', 'Box 4', 'box', 380, 280, 220, 8, 310, 15000, 62),
      ('B5', 'Box 5', 'box', 450, 350, 300, 10, 480, 20000, 85), ('B6', 'Box 6 double wall', 'box', 600, 400, 400, 14, 930, 30000, 140),
      ('B7', 'Box 7 double wall', 'box', 800, 500, 450, 14, 1450, 30000, 215), ('F1', 'Teapot box', 'box', 260, 260, 220, 16, 290, 6000, 95),
      ('T1', 'Poster tube', 'tube', 620, 90, 90, 6, 180, 2500, 74)) b (code, name, kind, l, w, h, wall, tare, max_g, cost);
