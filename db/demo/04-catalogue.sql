-- What the shop sells: tea, what it is drunk from, things for the table, the home and the desk.
set local search_path = wb, public;

-- One row a range: its products share everything but the name. Options are "label=price factor=weight factor".
create table demo.range (
  id integer generated always as identity, prefix text, path text, brand text, axis text, options text, price numeric, weight_g integer,
  l integer, w integer, h integer, handling text[], tax_class text, hs text, origin text, flags text, case_of integer, names text
);
insert into demo.range (prefix, path, brand, axis, options, price, weight_g, l, w, h, handling, tax_class, hs, origin, flags, case_of,
                        names) values
('BLK', 'Tea > Black', 'Larkspur & Vane', 'Size', '50 g=1=1; 125 g=2.2=2.3; 250 g=4.1=4.4; 1 kg=14.5=17', 4.75, 61, 160, 90, 40, '{}',
 'reduced', '090240', 'IN', 'lot', 12,
 'Assam Doomni; Assam Second Flush; Breakfast No. 1; Ceylon Dimbula; Ceylon Uva Highlands; Darjeeling First Flush; Darjeeling Muscatel; Earl Grey; Earl Grey Blue Flower; East Friesian Blend; Keemun Mao Feng; Kenya Milima; Lady Vane; Lapsang Souchong; London Afternoon; Nilgiri Frost; Orange Pekoe; Rose Congou; Russian Caravan; Rwanda Rukeri; Smoky Harbour; Vanilla Black; Yunnan Golden Tips; Winter Spice'),
('GRN', 'Tea > Green and white', 'Larkspur & Vane', 'Size', '50 g=1=1; 100 g=1.85=1.8; 250 g=4.3=4.4', 5.90, 60, 160, 90, 40, '{}', 'reduced',
 '090220', 'CN', 'lot', 12,
 'Bancha; Chun Mee; Dragon Well; Genmaicha; Gunpowder; Gyokuro Okumidori; Hojicha; Jasmine Pearls; Jasmine Silver Tip; Kukicha; Mint Gunpowder; Pai Mu Tan; Sencha Fukujyu; Sencha Lemon; Sencha Spring; Silver Needle; Tie Guan Yin; Wuyi Rock Oolong; Milk Oolong; Formosa Dung Ti; Moonlight White; Snow Bud'),
('HRB', 'Tea > Herbal and fruit', 'Larkspur & Vane', 'Size', '50 g=1=1; 100 g=1.8=1.8; 250 g=4=4.4', 4.25, 62, 160, 90, 50, '{}', 'reduced',
 '121190', 'DE', 'lot', 12,
 'Apple and Rosehip; Berry Orchard; Camomile Flowers; Elderflower and Lemon; Fennel, Anise, Caraway; Ginger and Turmeric; Hibiscus Noon; Lemon Verbena; Lemongrass; Liquorice Root; Nettle Leaf; Night Garden; Orange Blossom; Peppermint; Quince and Pear; Rooibos Cape; Rooibos Vanilla; Sage Leaf; Spearmint; Tulsi Holy Basil'),
('BAG', 'Tea > Tea bags', 'Larkspur & Vane', 'Size', '15 bags=1=1; 50 bags=2.9=3.1', 4.50, 48, 140, 75, 70, '{}', 'reduced', '090230', 'LK', 'lot', 6,
 'Breakfast No. 1 pyramid bags; Camomile pyramid bags; Decaf English bags; Earl Grey pyramid bags; Evening Calm bags; Ginger and Lemon bags; Green Sencha pyramid bags; Jasmine Green bags; Lady Vane pyramid bags; Peppermint pyramid bags; Rooibos Vanilla bags; Rosehip bags; Smoky Harbour bags; Winter Spice bags'),
('PWD', 'Tea > Matcha and chai', 'Kiyomi', 'Size', '30 g=1=1; 100 g=2.8=2.6', 14.50, 58, 80, 65, 65, '{}', 'reduced', '210120', 'JP', 'lot', 6,
 'Matcha Ceremonial; Matcha Culinary; Hojicha Powder; Masala Chai Powder; Golden Turmeric Latte; Cacao Chai'),
('POT', 'Teaware > Teapots', 'Harrow Pottery', 'Colour', 'Chalk=1=1; Sage=1=1; Ink blue=1=1; Oxblood=1.08=1', 42.00, 980, 240, 160, 150,
 '{fragile}', 'standard', '691200', 'GB', '', 4,
 'Bramble teapot 0.6 l; Bramble teapot 1.0 l; Fenland teapot 0.8 l; Fenland teapot 1.2 l; Globe teapot; Harvest teapot with basket; Low Tide teapot; Morning teapot for one; Pebble teapot; Quarry teapot; Ridgeway teapot 1.1 l; Stackable teapot for one; Tall Boy teapot'),
('IRN', 'Teaware > Cast iron', 'Kiyomi', 'Colour', 'Black=1=1; Moss=1.05=1; Plum=1.05=1', 78.00, 1850, 220, 180, 170, '{heavy}', 'standard', '732391',
 'JP', '', 2, 'Arare tetsubin 0.5 l; Arare tetsubin 0.9 l; Cherry tetsubin; Dragonfly tetsubin; Pine needle tetsubin; Cast-iron warmer'),
('MUG', 'Teaware > Mugs', 'Harrow Pottery', 'Colour', 'Chalk=1=1; Sage=1=1; Ink blue=1=1; Rust=1=1; Charcoal=1=1', 13.50, 340, 130, 100, 105,
 '{fragile}', 'standard', '691200', 'GB', '', 6,
 'Allotment mug; Barrel mug; Bramble mug; Camp mug; Espresso mug; Farmhouse mug; Fenland mug; Globe mug; Half-pint mug; Harvest mug; Latte mug; Low Tide mug; Pebble mug; Pint mug; Quarry mug; Ridgeway mug; Soup mug; Two-finger mug'),
('CUP', 'Teaware > Cups and saucers', 'Thistledown', 'Pattern', 'White=1=1; Gold rim=1.3=1; Willow=1.15=1', 16.00, 410, 160, 160, 90, '{fragile}',
 'standard', '691110', 'PT', '', 6,
 'Afternoon cup and saucer; Breakfast cup and saucer; Conservatory cup and saucer; Demi-tasse and saucer; Moustache cup; Orangery cup and saucer; Pavilion cup and saucer; Promenade cup and saucer; Salon cup and saucer; Tête-à-tête set'),
('INF', 'Teaware > Infusers and tools', 'Oakhanger', '', '', 9.50, 70, 120, 60, 40, '{}', 'standard', '732393', 'DE', '', 12,
 'Basket infuser; Bamboo whisk; Caddy spoon, pewter; Loose-leaf paper filters (100); Matcha bowl; Matcha scoop; Mesh ball infuser; Mug lid, cork; Sugar tongs; Swivel strainer; Tea timer, three sands; Thermometer, dial; Tweezers infuser; Drip tray, steel'),
('KET', 'Teaware > Kettles', 'Oakhanger', 'Colour', 'Brushed steel=1=1; Black=1.05=1; Copper=1.35=1.05', 89.00, 1650, 300, 240, 260, '{fragile}',
 'standard', '851610', 'CN', 'serial', 2, 'Gooseneck kettle 0.8 l; Stove-top kettle 1.7 l; Temperature kettle 1.2 l; Travel kettle; Whistling kettle 2.2 l'),
('PLT', 'Table > Plates and bowls', 'Harrow Pottery', 'Colour', 'Chalk=1=1; Sage=1=1; Ink blue=1=1; Charcoal=1=1', 15.50, 620, 270, 270, 45,
 '{fragile}', 'standard', '691200', 'GB', '', 6,
 'Bramble dinner plate; Bramble side plate; Cereal bowl; Dipping bowl; Fenland dinner plate; Fenland side plate; Fruit bowl; Noodle bowl; Oval platter; Pasta bowl; Pie dish; Pinch pot; Ramekin pair; Salad bowl; Serving bowl; Soup plate'),
('GLS', 'Table > Glass', 'Lindqvist Glasbruk', 'Set', 'Single=1=1; Set of 4=3.7=4.1', 9.80, 260, 100, 100, 130, '{fragile}', 'standard', '701337', 'SE',
 '', 6, 'Carafe, ribbed; Carafe, plain; Champagne coupe; Highball glass; Juice glass; Latte glass; Liqueur glass; Old fashioned glass; Stacking tumbler; Tea glass, double wall; Water goblet; Wine glass, short stem'),
('LIN', 'Table > Linen', 'Nettle & Flax', 'Colour', 'Natural=1=1; Indigo stripe=1=1; Mustard=1=1', 12.00, 120, 260, 180, 15, '{}', 'standard', '630231',
 'LT', '', 10,
 'Apron, bib; Apron, cross-back; Bread bag; Egg cosies (4); Napkins (4); Oven glove, double; Placemats (2); Pot holder; Table runner; Tablecloth 140 × 220; Tea cosy, large; Tea cosy, small; Tea towel, herringbone; Tea towel, waffle'),
('TWL', 'Table > Tea towels', 'Nettle & Flax', '', '', 11.00, 95, 240, 170, 12, '{}', 'standard', '630291', 'GB', '', 10,
 'Allotment tea towel; British Birds tea towel; Cheeses of England tea towel; Garden Herbs tea towel; How to Make Tea tea towel; Lighthouse tea towel; Mushrooms tea towel; Night Train tea towel; Thames Map tea towel; Weather tea towel'),
('WOD', 'Kitchen > Wood', 'Oakhanger', 'Size', 'Small=1=1; Medium=1.45=1.7; Large=2.05=2.8', 18.00, 520, 300, 180, 22, '{}', 'standard', '441911', 'PL', '', 4,
 'Bread board, ash; Butler''s tray, oak; Carving board, walnut; Cheese board, slate and oak; Chopping board, end grain; Pizza peel; Serving board, olive; Serving tray, oak; Steak boards, acacia; Toast rack, beech'),
('UTN', 'Kitchen > Tools', 'Oakhanger', '', '', 8.50, 110, 300, 70, 40, '{}', 'standard', '441990', 'DE', '', 12,
 'Balloon whisk; Biscuit cutters (5); Bottle brush; Butter knife, olive; Cherry stoner; Citrus reamer, beech; Dough scraper; Egg timer; Honey dipper; Jam funnel; Kitchen scissors; Lemon zester; Measuring spoons, brass; Nutmeg grater; Pastry brush; Pepper mill, walnut; Potato ricer; Rolling pin, French; Salt pig; Spatula, cherry; Spoon, cherry; Spurtle'),
('JAR', 'Kitchen > Storage', 'Lindqvist Glasbruk', 'Size', '0.5 l=1=1; 1.0 l=1.4=1.6; 2.0 l=2.1=2.7', 8.00, 420, 120, 120, 160, '{fragile}', 'standard',
 '701090', 'CZ', '', 6, 'Clip-top jar; Cork jar; Biscuit jar; Oil bottle with pourer; Pantry jar, bamboo lid; Preserving jar; Spice jars (6); Storage jar, enamel'),
('TIN', 'Kitchen > Tins and caddies', 'Larkspur & Vane', 'Colour', 'Racing green=1=1; Cream=1=1; Copper=1.2=1', 9.50, 180, 110, 90, 140, '{}', 'standard', '731029',
 'CN', '', 12, 'Tea caddy 100 g; Tea caddy 250 g; Biscuit tin, round; Cake tin, deep; Pocket tin; Travel caddy'),
('FOD', 'Food > Biscuits and preserves', 'Marsh Farm Kitchen', 'Size', 'Small=1=1; Large=1.75=1.9', 4.20, 245, 90, 75, 85, '{fragile}', 'reduced', '190531', 'GB',
 'lot', 12, 'All-butter shortbread; Apricot conserve; Blackcurrant jam; Damson jelly; Fruit cake; Ginger snaps; Heather honey; Lemon curd; Oat biscuits for cheese; Rhubarb and vanilla jam; Salted caramel fudge; Seville marmalade; Stem ginger biscuits; Wildflower honey'),
('CND', 'Home > Candles', 'Wick & Warren', 'Size', '180 g=1=1; 420 g=1.9=2.2', 19.00, 390, 90, 90, 110, '{fragile,keep_upright}', 'standard', '340600', 'GB', '', 6,
 'Bonfire candle; Cedar and Moss candle; Clean Linen candle; Fig Tree candle; First Frost candle; Harbour Rope candle; Lavender Field candle; Orange and Clove candle; Pipe Smoke candle; Potting Shed candle; Rosemary candle; Tomato Leaf candle'),
('TXT', 'Home > Cushions and blankets', 'Nettle & Flax', 'Colour', 'Oatmeal=1=1; Forest=1=1; Rust=1=1; Slate=1=1', 39.00, 780, 420, 320, 120, '{}', 'standard', '630120',
 'IE', '', 4, 'Bouclé cushion; Bench pad; Donegal throw; Herringbone blanket; Linen cushion 45 × 45; Linen cushion 60 × 40; Mohair throw; Picnic blanket; Pinstripe bolster; Sheepskin seat pad; Velvet cushion; Wool blanket'),
('VAS', 'Home > Vases', 'Lindqvist Glasbruk', 'Size', 'Small=1=1; Medium=1.6=1.8; Large=2.4=3.1', 21.00, 650, 140, 140, 220, '{fragile}', 'standard', '701399', 'SE', '', 2,
 'Bottle vase; Bud vase; Bulb vase; Cylinder vase; Flask vase; Fluted vase; Smoke vase; Tulip vase'),
('BSK', 'Home > Baskets', 'Fen Willow', 'Size', 'Small=1=1; Medium=1.4=1.6; Large=1.9=2.4', 24.00, 700, 360, 280, 240, '{}', 'standard', '460212', 'GB', '', 2,
 'Bread basket; Egg basket; Garden trug; Laundry basket; Log basket; Market basket; Picnic hamper, willow; Wall basket'),
('LMP', 'Home > Lamps', 'Brass & Bell', 'Finish', 'Brass=1=1; Black=0.92=1; Nickel=1.05=1', 96.00, 2200, 340, 340, 420, '{fragile,battery}', 'standard', '940521', 'IT',
 'serial', 1, 'Bedside lamp; Desk lamp, jointed; Pharmacy lamp; Picture light; Rechargeable table lamp; Storm lantern'),
('CLK', 'Home > Clocks', 'Brass & Bell', 'Finish', 'White=1=1; Black=1=1', 54.00, 740, 320, 320, 70, '{fragile}', 'standard', '910521', 'DE', 'serial', 2,
 'Carriage clock; Kitchen clock; Mantel clock; Pendulum clock; Schoolhouse clock; Travel alarm'),
('NBK', 'Stationery > Notebooks', 'Vane Papers', 'Format', 'A5 plain=1=1; A5 lined=1=1; A5 dotted=1=1; A6 plain=0.72=0.5; A6 lined=0.72=0.5', 11.50, 260, 215, 150, 16, '{}',
 'standard', '482010', 'GB', '', 10,
 'Cloth notebook, fern; Cloth notebook, madder; Cloth notebook, midnight; Day book; Field notes (3); Hard-cover notebook, grey; Hard-cover notebook, red; Ledger, ruled for money; Reporter''s pad; Sewn notebook, kraft; Sketchbook; Travel journal'),
('DRY', 'Stationery > Diaries', 'Vane Papers', 'Cover', 'Green=1=1; Navy=1=1; Tan=1.15=1', 18.50, 310, 215, 150, 20, '{}', 'standard', '482010', 'GB', '', 10,
 'Desk diary, day a page; Desk diary, week to view; Gardener''s diary; Pocket diary, week to view; Slim diary; Wall planner'),
('PEN', 'Stationery > Pens and pencils', 'Ostrander', 'Colour', 'Black=1=1; Blue=1=1; Burgundy=1.05=1', 22.00, 42, 150, 40, 25, '{}', 'standard', '960830', 'DE', '', 12,
 'Brass ballpoint; Calligraphy set; Clutch pencil 2 mm; Drafting pencil 0.5; Fountain pen Allegro; Fountain pen Compact; Fountain pen Student; Glass dip pen; Mechanical pencil; Pencil case, leather; Rollerball Allegro; Sketching pencils (12)'),
('INK', 'Stationery > Ink', 'Ostrander', 'Colour', 'Black=1=1; Blue-black=1=1; Cornflower=1=1; Emerald=1=1; Ochre=1=1; Oxblood=1=1; Plum=1=1; Sepia=1=1; Teal=1=1', 9.80, 165, 70, 60, 75,
 '{liquid,fragile,keep_upright}', 'standard', '321590', 'DE', '', 6, 'Bottled ink 50 ml; Ink cartridges (10); Iron gall ink 30 ml'),
('CRD', 'Stationery > Cards', 'Vane Papers', '', '', 3.20, 24, 175, 125, 4, '{}', 'standard', '490900', 'GB', '', 12,
 'Birthday card, balloons; Birthday card, bicycle; Birthday card, cake; Birthday card, fox; Birthday card, hare; Christmas card, barn owl; Christmas card, holly; Christmas card, snow village; Congratulations card; Correspondence cards (10); Father''s Day card; Get well card, teapot; Good luck card; Mother''s Day card, peonies; New baby card, stork; New home card; Postcards, London (20); Retirement card; Sympathy card, ferns; Thank you card, bees; Thank you cards (8); Valentine card; Wedding card, doves'),
('WRP', 'Stationery > Gift wrap', 'Vane Papers', 'Pattern', 'Marbled=1=1; Fern=1=1; Stars=1=1', 4.50, 85, 500, 60, 60, '{}', 'standard', '481190', 'GB', '', 10,
 'Gift bag, medium; Gift box, nesting (3); Gift tags (12); Tissue paper (10 sheets); Wrapping paper, roll; Wrapping paper, sheet'),
('RBN', 'Stationery > Ribbon', 'Vane Papers', 'Colour', 'Cream=1=1; Crimson=1=1; Forest=1=1; Navy=1=1; Silver=1.1=1', 0.085, 2, 20, 10, 5, '{}', 'standard', '580632', 'FR', 'loose', 50,
 'Grosgrain ribbon 15 mm, per metre; Velvet ribbon 10 mm, per metre; Baker''s twine, per metre'),
('DSK', 'Stationery > Desk', 'Oakhanger', 'Finish', 'Oak=1=1; Walnut=1.2=1.05', 26.00, 480, 240, 160, 60, '{}', 'standard', '442090', 'PL', '', 4,
 'Bookends (pair); Card file box; Desk tidy; Desk tray; Ink blotter; Letter rack; Monitor stand; Pen rest; Phone stand; Ruler 30 cm'),
('HDW', 'Haberdashery > Loose', 'Brass & Bell', 'Size', 'Small=1=1; Large=1.6=1.5', 0.0015, 1, 12, 3, 3, '{}', 'standard', '731814', 'TW', 'loose', 1000,
 'Brass screw; Steel pin; Brass paper fastener; Copper tack; Steel paper clip; Brass eyelet; Felt pad; Cup hook'),
('SET', 'Gifts > Sets', 'Larkspur & Vane', '', '', 38.00, 1150, 320, 260, 130, '{fragile}', 'standard', '090230', 'GB', '', 4,
 'Afternoon tea for two; Breakfast box; Chai lover''s set; Cream tea hamper; Desk lover''s box; Earl Grey gift set; First flat box; Gardener''s gift box; Grand hamper; Green tea discovery set; Letter writer''s box; Matcha starter set; Night cap set; Tea taster, 12 teas; Thank you box; Wedding tea chest'),
('BKS', 'Gifts > Books', 'Quince Tree Press', '', '', 14.99, 520, 235, 160, 24, '{}', 'zero', '490199', 'GB', '', 10,
 'A Cup Before Noon; Baking with Butter; Letters Worth Keeping; The Allotment Year; The Book of Infusions; The Kitchen Garden; The Little Book of Tea; The Slow Sunday Cookbook; Walks to a Tea Room; Writing by Hand'),
('FUR', 'Home > Small furniture', 'Oakhanger', 'Finish', 'Oak=1=1; Painted=0.9=1', 145.00, 8800, 620, 480, 460, '{oversize,heavy}', 'standard', '940360', 'PL', '', 1,
 'Bedside table; Butler''s table; Kitchen stool; Plant stand, tall; Shoe bench; Tea trolley'),
('CST', 'Gifts > Made for you', 'Larkspur & Vane', '', '', 34.00, 420, 180, 140, 110, '{fragile}', 'standard', '691200', 'GB', 'made', 1,
 'Engraved caddy spoon; House name sign; Initial mug; Monogrammed apron; Name teapot; Personal tea blend');

insert into category (name, path)
  select distinct on (split_part(path, ' > ', 1)) split_part(path, ' > ', 1), split_part(path, ' > ', 1) from demo.range order by 1;
insert into category (parent_id, name, path)
  select c.id, split_part(r.path, ' > ', 2), r.path
    from (select distinct path from demo.range) r join category c on c.path = split_part(r.path, ' > ', 1) order by r.path;

create table demo.product as
  select row_number() over (order by r.id, n.o)::integer as id, r.id as range_id, n.o::integer as nr, btrim(n.name) as name,
         r.prefix || lpad(n.o::text, 2, '0') as code,
         -- products of a range differ in price: a wave, so that the cheap and the dear ones are not next to each other
         case when 'loose' = r.flags then r.price * (1 + case r.prefix when 'HDW' then (n.o * 7 + 8) % 11 * 2.4 else n.o * 7 % 11 * 0.3 end)
              else r.price * (0.72 + 0.09 * (n.o * 5 % 8)) end as price
    from demo.range r cross join lateral unnest(demo.list(r.names)) with ordinality n (name, o);
insert into product (id, code, name, description, brand, category_id, tax_class, hs_code, origin_country, created_at)
  overriding system value
  select p.id, p.code, p.name,
         case split_part(r.path, ' > ', 1)
           when 'Tea' then 'Loose and fresh this season. ' || 2 + p.nr % 4 || ' minutes, ' || (array[75, 80, 90, 95, 100])[1 + p.nr % 5] || ' degrees. Keep dry and dark.'
           when 'Food' then 'Made in small batches. Best eaten within a month of opening.'
           when 'Stationery' then case when r.prefix in ('NBK', 'DRY') then 'Sewn, lies flat; paper of 100 g that takes ink well.' when r.prefix = 'INK' then 'Flows evenly, dries in ten seconds; for any fountain pen.' else 'For letters worth keeping.' end
           when 'Teaware' then case when r.brand = 'Kiyomi' then 'Cast by hand. Rinse with water only.' when r.brand = 'Oakhanger' then 'Made to be used every day.' else 'Thrown and glazed by hand; no two are alike. Safe in the dishwasher.' end
           when 'Gifts' then 'Packed as a present, with a card.'
           when 'Haberdashery' then 'Sold by the piece; the trade buys by the thousand.'
           else case when r.brand = 'Nettle & Flax' then 'Washes at 40 degrees and gets softer.' when r.handling @> '{fragile}' then 'Wrapped twice before it travels.' else 'Oiled wood, brass and patience.' end end,
         r.brand, c.id, r.tax_class, r.hs, r.origin, demo.now() - interval '3 years 2 months' + demo.r(p.id, 31) * interval '500 days'
    from demo.product p join demo.range r on r.id = p.range_id join category c on c.path = r.path order by p.id;

create table demo.sku as
  select row_number() over (order by p.id, o.n)::integer as id, p.id as product_id, r.id as range_id,
         p.code || case when o.label = '' then '' else '-' || upper(case
           when o.label ~ '^A[56] ' then replace(substr(o.label, 1, 4), ' ', '')
           else substr(regexp_replace(o.label, '[^0-9a-zA-Z]', '', 'g'), 1, 4) end) end as code,
         p.name || case when o.label = '' then '' else ', ' || case when o.label ~ '^[0-9A]' then o.label else lower(o.label) end end as name,
         case when r.axis = '' then '{}'::jsonb else jsonb_build_object(r.axis, o.label) end as options,
         case when r.flags = 'loose' then round(p.price * o.price_factor, 4)
              when p.price * o.price_factor < 6 then round(p.price * o.price_factor * 20) / 20
              when p.price * o.price_factor < 60 then round(p.price * o.price_factor * 2) / 2
              else round(p.price * o.price_factor) end as price,
         greatest(1, round(r.weight_g * o.weight_factor * (0.85 + 0.04 * (p.nr % 9))))::integer as weight_g,
         round(r.l * o.weight_factor ^ 0.33)::integer as l, round(r.w * o.weight_factor ^ 0.33)::integer as w,
         round(r.h * o.weight_factor ^ 0.33)::integer as h, r.handling, r.tax_class, r.path, r.flags, r.case_of
    from demo.product p join demo.range r on r.id = p.range_id
    cross join lateral (
      select n, btrim(split_part(x, '=', 1)) as label, coalesce(nullif(split_part(x, '=', 2), ''), '1')::numeric as price_factor,
             coalesce(nullif(split_part(x, '=', 3), ''), '1')::numeric as weight_factor
        from unnest(demo.list(r.options)) with ordinality u (x, n)) o;
-- Two options that shorten to the same letters keep their codes apart.
update demo.sku s set code = s.code || t.n
  from (select id, row_number() over (partition by code order by id) as n from demo.sku) t where t.id = s.id and t.n > 1;

insert into sku (id, product_id, code, name, options, weight_g, length_mm, width_mm, height_mm, stocked, track_lot, track_serial, handling,
                 category, price, price_currency, created_at)
  overriding system value
  select s.id, s.product_id, s.code, s.name, s.options, s.weight_g, s.l, s.w, s.h, s.flags <> 'made', s.flags = 'lot', s.flags = 'serial', s.handling, s.path, s.price,
         'GBP', p.created_at from demo.sku s join product p on p.id = s.product_id order by s.id;

insert into barcode (code, sku_id, quantity, kind)
  select ean || demo.check_digit(ean), id, 1, 'ean' from (select id, '9520417' || lpad((id * 3 + 1000)::text, 5, '0') as ean from demo.sku) e order by id;
-- The case has its own number: an indicator digit in front of the piece's.
insert into barcode (code, sku_id, quantity, kind)
  select itf || demo.check_digit(itf), id, case_of, 'itf'
    from (select id, case_of, '1' || '9520417' || lpad((id * 3 + 1000)::text, 5, '0') as itf from demo.sku where case_of > 1) e order by id;
-- Some suppliers print a code of their own.
insert into barcode (code, sku_id, quantity, kind)
  select 'OH-' || lpad((id * 17 % 9973)::text, 4, '0') || '-' || id, id, 1, 'supplier' from demo.sku where path like 'Kitchen%' and demo.i(id, 41, 3) = 0
   order by id;

-- Prices per currency: rounded the way shops round; loose goods stay exact, finer than any coin.
create table demo.currency (code char(3) primary key, per_gbp numeric, digits smallint);
insert into demo.currency select v.code, v.per_gbp, c.minor_digits
  from (values ('GBP', 1), ('EUR', 1.18), ('USD', 1.29), ('CAD', 1.76), ('AUD', 1.95), ('JPY', 190), ('CHF', 1.12), ('SEK', 13.4), ('PLN', 5.05),
               ('DKK', 8.8), ('NOK', 13.8)) v (code, per_gbp) join currency c on c.code = v.code;
create table demo.price as
  select s.id as sku_id, c.code as currency,
         case when s.flags = 'loose' then round(s.price * c.per_gbp, 4)
              when c.digits = 0 then round(s.price * c.per_gbp, -1)
              when c.per_gbp > 4 then round(s.price * c.per_gbp)
              when c.code = 'GBP' then s.price
              when s.price * c.per_gbp < 6 then round(s.price * c.per_gbp * 20) / 20
              else round(s.price * c.per_gbp * 2) / 2 end as unit_price
    from demo.sku s cross join demo.currency c;
alter table demo.price add primary key (sku_id, currency);
insert into price (sku_id, currency, unit_price, valid_from)
  select sku_id, currency, unit_price, demo.now() - interval '3 years 3 months' from demo.price order by sku_id, currency;
-- By the case it is cheaper for the trade, without tax.
insert into price (sku_id, currency, unit_price, min_quantity, tax_included, valid_from)
  select p.sku_id, p.currency, round(p.unit_price * 0.58, case when s.flags = 'loose' then 5 else c.digits end), s.case_of, false, demo.now() - interval '3 years 3 months'
    from demo.price p join demo.sku s on s.id = p.sku_id join demo.currency c on c.code = p.currency
   where p.currency in ('GBP', 'EUR') and s.case_of > 1 order by p.sku_id, p.currency;

insert into lot (sku_id, code, expires_on, received_at)
  select s.id, 'L' || to_char(demo.today() - 200 + 80 * n - demo.i(s.id * 4 + n, 43, 60), 'YYMMDD') || chr(64 + n),
         demo.today() + 140 + 210 * n + demo.i(s.id * 4 + n, 44, 90), demo.now() - make_interval(days => 190 - 80 * n + demo.i(s.id, 45, 9))
    from demo.sku s cross join generate_series(1, 2) n where s.flags = 'lot' order by s.id, n;
select setval(pg_get_serial_sequence('wb.product', 'id'), (select max(id) from product)),
       setval(pg_get_serial_sequence('wb.sku', 'id'), (select max(id) from sku));
analyze demo.sku, demo.price;
