-- Guided work: jobs, and the append-only events whose fold is a job's state.
set local role wb_owner;

create table wb.job (
  id bigint generated always as identity primary key,
  kind text not null default 'pack' check (kind in ('pack')),
  order_id bigint not null references wb.sales_order on delete cascade,
  warehouse_id bigint not null references wb.warehouse on delete restrict,
  state text not null default 'open' check (state in ('open', 'claimed', 'aside', 'done', 'withdrawn')),
  priority smallint not null default 0,
  ship_by timestamptz not null default 'infinity',
  station_id bigint references wb.station on delete set null,
  staff text,
  claimed_at timestamptz,
  seen_at timestamptz,
  finished_at timestamptz,
  shipment_id bigint references wb.shipment on delete restrict,
  definition jsonb,
  created_at timestamptz not null default now()
);
comment on column wb.job.definition is 'what is to be done, frozen when a seat first opens the job';
comment on table wb.job is 'work on an order; open ones are claimed in order of priority, date and age';
create unique index job_one_per_order on wb.job (order_id, kind) where state in ('open', 'claimed', 'aside');
create index job_order_idx on wb.job (order_id) where state in ('done', 'withdrawn');
create index job_next_idx on wb.job (warehouse_id, priority desc, ship_by, id) where state = 'open';
create index job_claimed_idx on wb.job (station_id) where state = 'claimed';
create index job_shipment_idx on wb.job (shipment_id) where shipment_id is not null;

create table wb.work_event (
  id uuid not null,
  job_id bigint not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  written_at timestamptz not null default now(),
  kind text not null,
  data jsonb not null default '{}',
  actor text not null default session_user,
  station_id bigint,
  primary key (id, at)
) partition by range (at);
comment on table wb.work_event is 'what happened at a job, each with an id made where it happened; append only';
create index work_event_job_idx on wb.work_event (job_id, seq);
select wb.add_partitions('wb.work_event', current_date, 13);
create trigger ledger_is_final before update or delete on wb.work_event
  for each row execute function wb.ledger_is_final ();

-- No news of their own: a claim is the one write that many seats compete for, and whatever a job does to its order is
-- told with the order.
