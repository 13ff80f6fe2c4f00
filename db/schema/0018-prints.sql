-- The ledger of prints knows every document, not only labels: what, for which order, where, by whom, and whether it was the first time.
set local role wb_owner;

alter table wb.print
  alter column label_id drop not null,
  add column document text not null default 'label'
    constraint print_document_check check (document in ('label', 'paper', 'pick-list', 'command-sheet', 'test')),
  add column document_id text constraint print_document_id_key unique,
  add column title text not null default '',
  add column order_id bigint references wb.sales_order on delete cascade,
  add column station_id bigint references wb.station on delete set null,
  add column person text not null default '',
  add column job text not null default '',
  add column copy integer not null default 1 constraint print_copy_check check (copy > 0);
comment on table wb.print is 'each time a document went to a printer: the second and later ones of the same are reprints and say why';
comment on column wb.print.document_id is 'what makes it this document and no other: the same noted twice is one print';
comment on column wb.print.person is 'login of who worked at the station, by their badge; the actor is the seat';
comment on column wb.print.job is 'what the printer calls it';

update wb.print p
   set order_id = x.order_id, copy = x.copy, title = x.tracking
  from (select r.id, s.order_id, coalesce(q.tracking, '') as tracking,
               row_number() over (partition by r.label_id order by r.id) as copy
          from wb.print r join wb.label l on l.id = r.label_id join wb.parcel q on q.id = l.parcel_id
          join wb.shipment s on s.id = q.shipment_id) x
 where x.id = p.id;

create index print_at_idx on wb.print (at, id);
create index print_order_idx on wb.print (order_id, id) where order_id is not null;
create index print_station_idx on wb.print (station_id) where station_id is not null;
create index print_again_idx on wb.print (at, id) where copy > 1;
select audit.watch('wb.print'), wb.tell_about('wb.print', 'print', 'id');
