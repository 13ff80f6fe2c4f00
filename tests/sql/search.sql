-- What is searched: case and accents do not count, wherever the text stands and whatever it is written in.

select is (wb.fold (v.a), wb.fold (v.b), v.a || '-is-' || v.b)
  from (values ('Müller', 'MULLER'), ('Łódź', 'lodz'), ('Παναγιώτης', 'ΠΑΝΑΓΙΩΤΗΣ'), ('Иван', 'ИВАН'), ('Zoë', 'zoe')) v (a, b);
select isnt (wb.fold ('Иван'), wb.fold ('Иванов'), 'a-name-is-not-another');
select is (wb.fold (v.t collate "C")::bytea, wb.fold (v.t collate "default")::bytea, v.t || '-is-folded-alike-everywhere')
  from (values ('Παναγιώτης Ιωάννου'), ('ÉCLAIR'), ('ИВАН')) v (t);

insert into wb.sales_channel (code, name) values ('searched', 'Searched');
insert into wb.sales_order (number, channel_id, currency, customer_name)
  select 'S-1', id, 'EUR', 'Παναγιώτης Ιωάννου' from wb.sales_channel where code = 'searched';
select is ((select number from api.order_row where search like api.like_pattern (E'\x01ΠΑΝΑΓΙΩΤΗΣ\x01')), 'S-1', 'a-greek-name-is-found');

-- Names of lines, each once, without reading every line.
insert into wb.order_line (order_id, position, name, quantity, unit_price)
  select o.id, n, (array ['Tea', 'Cup', 'Tea'])[n], 1, 2 from wb.sales_order o, generate_series (1, 3) n where o.number = 'S-1';
select is (array (select name from api.line_name order by name), array (select distinct name from wb.order_line order by name),
           'line-names-are-each-there-once');
select is (array (select l.id from api.line_of_order l order by l.id), array (select l.id from api.order_line_row l order by l.id),
           'lines-of-orders-are-the-lines');
