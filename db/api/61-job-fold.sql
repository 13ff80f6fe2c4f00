-- Where a job stands, from its events: what the database itself has to know before pieces leave the house. The same fold
-- as core/wb-job-fold.c; tests/db/test-job-fold.c holds the two together.
set local role wb_owner;

create or replace function wb.event_number (data jsonb, key text) returns bigint
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case when jsonb_typeof(data -> key) = 'number' and abs((data ->> key)::numeric) < 9e18
              then trunc((data ->> key)::numeric)::bigint else 0 end
$$;
comment on function wb.event_number is 'a number in an event; 0 for anything else';

create or replace function wb.event_count (data jsonb, key text) returns integer
  language sql immutable set search_path = wb, pg_temp
as $$
  select case when wb.event_number(data, key) between 0 and 2147483647 then wb.event_number(data, key)::integer else 0 end
$$;
comment on function wb.event_count is 'a count in an event; 0 for anything else';

create or replace function wb.event_text (data jsonb, key text) returns text
  language sql immutable set search_path = pg_catalog, pg_temp
as $$ select case when jsonb_typeof(data -> key) = 'string' then data ->> key end $$;
comment on function wb.event_text is 'a text in an event; null for anything else';

-- Why something was not scanned stands in the text of an event without a code.
create or replace function wb.job_unscanned (job_id bigint) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('sku_code', u.line ->> 'sku', 'name', u.line ->> 'name', 'quantity', u.quantity, 'why', u.why)
                            order by u.first_seq), '[]')
    from (select case when e.kind = 'verify' and wb.event_count(e.data, 'line') > 0
                      then j.definition #> array['lines', (wb.event_count(e.data, 'line') - 1)::text] end as line, wb.event_text(e.data, 'text') as why,
                 sum(greatest(wb.event_count(e.data, 'quantity'), 1)) as quantity, min(e.seq) as first_seq
            from job j join work_event e on e.job_id = j.id
           where j.id = job_unscanned.job_id and e.kind in ('verify', 'final')
             and wb.event_text(e.data, 'code') is null and wb.event_text(e.data, 'text') is not null
             and not exists (select from work_event x where x.job_id = j.id and x.kind = 'undo' and wb.event_text(x.data, 'code') = e.id::text)
           group by 1, 2) u
$$;
comment on function wb.job_unscanned is 'what was counted by hand at a job and why; without a SKU it was a label';

-- Contents are one array, parcel by parcel and line by line: piece counts at (parcel - 1) * lines + line.
create or replace function wb.job_fold (job_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  def jsonb := (select coalesce(x.definition, wb.job_definition(x.id)) from job x where x.id = job_fold.job_id);
  steps text[] := array(select btrim(s) from unnest(string_to_array(def ->> 'steps', ',')) s);
  n integer := coalesce(jsonb_array_length(def -> 'lines'), 0);
  to_send integer[] := array(select wb.event_count(l, 'quantity') from jsonb_array_elements(def -> 'lines') l);
  picked integer[] := array_fill(0, array[n]);
  verified integer[] := array_fill(0, array[n]);
  missing integer[] := array_fill(0, array[n]);
  damaged integer[] := array_fill(0, array[n]);
  parcels integer := 0;
  contents integer[] := '{}';
  box text[] := '{}';
  weight bigint[] := '{}';
  tracking text[] := '{}';
  sscc text[] := '{}';
  printed text[] := '{}';
  final boolean[] := '{}';
  service text;
  dividing boolean := false;
  undone text[] := array(select distinct t.id::text from work_event u join work_event t on t.job_id = u.job_id
                            and t.id::text = wb.event_text(u.data, 'code')
                          where u.job_id = job_fold.job_id and u.kind = 'undo'
                            and t.kind in ('acknowledge', 'reviewed', 'pick', 'verify', 'skip', 'short', 'damaged', 'another',
                                           'move', 'filled', 'box', 'boxed', 'weigh', 'service'));
  e record;
  l integer;
  p integer;
  q integer;
  f integer;
  packed integer;
  inside integer;
  settle integer[];
  adding boolean;
begin
  -- A job that neither picks nor verifies has everything in the first box from the start: a round without an event.
  for e in
    select null::text as kind, 0 as line, 0 as parcel, 0 as quantity, 0::bigint as number, null::text as code, null::text as text,
           -1::bigint as seq
    union all
    select x.kind, wb.event_count(x.data, 'line'), wb.event_count(x.data, 'parcel'), wb.event_count(x.data, 'quantity'),
           wb.event_number(x.data, 'number'), wb.event_text(x.data, 'code'), wb.event_text(x.data, 'text'), x.seq
      from (select distinct on (y.id) y.* from work_event y where y.job_id = job_fold.job_id order by y.id, y.seq) x
     where x.id::text <> all (undone)
     order by seq
  loop
    l := e.line;
    p := e.parcel;
    settle := '{}';
    adding := false;
    if e.kind is null then
      settle := array(select generate_series(1, n));
    elsif e.kind in ('pick', 'verify', 'short', 'damaged') and l between 1 and n then
      settle := array[l];
      if e.kind = 'pick' then
        picked[l] := picked[l] + least(e.quantity, to_send[l] - picked[l]);
      elsif e.kind = 'verify' then
        verified[l] := verified[l] + least(e.quantity, to_send[l] - verified[l]);
      elsif e.kind = 'short' then
        q := least(e.quantity, to_send[l] - verified[l]);
        missing[l] := missing[l] + q;
        to_send[l] := to_send[l] - q;
        picked[l] := least(picked[l], to_send[l]);
      else
        q := least(e.quantity, to_send[l]);
        damaged[l] := damaged[l] + q;
        picked[l] := least(picked[l], to_send[l] - q);
        verified[l] := least(verified[l], to_send[l] - q);
      end if;
    elsif e.kind = 'another' and p = parcels + 1 and p between 2 and 99
          and (select sum(c) from unnest(contents[(p - 2) * n + 1 : (p - 1) * n]) c) > 0 then
      adding := true;
      dividing := not exists (select from generate_series(1, n) i
        where case when 'verify' = any (steps) then verified[i] when 'pick' = any (steps) then picked[i] else to_send[i] end
              < to_send[i]);
    elsif e.kind = 'filled' then
      dividing := false;
    elsif e.kind = 'move' and e.number between 1 and parcels and p between 1 and parcels and e.number <> p
          and l between 1 and n and tracking[p] is null and tracking[e.number::integer] is null then
      f := e.number::integer;
      q := least(e.quantity, contents[(f - 1) * n + l]);
      if q > 0 then
        contents[(f - 1) * n + l] := contents[(f - 1) * n + l] - q;
        contents[(p - 1) * n + l] := contents[(p - 1) * n + l] + q;
        weight[f] := 0;
        weight[p] := 0;
      end if;
    elsif e.kind = 'box' and (p between 1 and parcels or (p = parcels + 1 and p <= 99)) then
      adding := p = parcels + 1;
    elsif e.kind = 'weigh' and p between 1 and parcels and tracking[p] is null and e.number > 0 then
      weight[p] := e.number;
    elsif e.kind = 'label' and p between 1 and parcels and tracking[p] is null then
      tracking[p] := e.code;
      sscc[p] := e.text;
    elsif e.kind = 'printed' and p between 1 and parcels and tracking[p] is not null then
      printed[p] := coalesce(e.code, '');
    elsif e.kind = 'final' and p between 1 and parcels and tracking[p] is not null then
      final[p] := true;
    elsif e.kind = 'service' then
      service := e.code;
    end if;

    -- What was packed goes into the box that the event names, or else the last one; what is packed no more comes out.
    foreach l in array settle loop
      packed := case when 'verify' = any (steps) then verified[l] when 'pick' = any (steps) then picked[l] else to_send[l] end;
      inside := coalesce((select sum(contents[(i - 1) * n + l]) from generate_series(1, parcels) i), 0);
      if packed > inside then
        f := case when e.kind = 'verify' then p else 0 end;
        if f < 1 or f > parcels + 1 or f > 99 then
          f := greatest(parcels, 1);
        end if;
        if f = parcels + 1 then
          parcels := f;
          contents := contents || array_fill(0, array[n]);
          box[f] := null; weight[f] := 0; tracking[f] := null; sscc[f] := null; printed[f] := null; final[f] := false;
        end if;
        contents[(f - 1) * n + l] := contents[(f - 1) * n + l] + packed - inside;
        if tracking[f] is null then
          weight[f] := 0;
        end if;
      end if;
      for f in reverse parcels .. 1 loop
        exit when inside <= packed;
        q := least(contents[(f - 1) * n + l], inside - packed);
        if q > 0 then
          contents[(f - 1) * n + l] := contents[(f - 1) * n + l] - q;
          inside := inside - q;
          if tracking[f] is null then
            weight[f] := 0;
          end if;
        end if;
      end loop;
    end loop;
    if adding then
      parcels := parcels + 1;
      contents := contents || array_fill(0, array[n]);
      box[parcels] := null; weight[parcels] := 0; tracking[parcels] := null; sscc[parcels] := null; printed[parcels] := null;
      final[parcels] := false;
    end if;
    if e.kind = 'box' and p between 1 and parcels and tracking[p] is null then
      if box[p] is distinct from e.code then
        weight[p] := 0;
      end if;
      box[p] := e.code;
    end if;
  end loop;
  return jsonb_build_object('service', service, 'dividing', dividing,
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('line_id', (def -> 'lines' -> i - 1 ->> 'line_id')::bigint,
                'to_send', to_send[i], 'picked', picked[i], 'verified', verified[i], 'missing', missing[i],
                'damaged', damaged[i]) order by i), '[]') from generate_series(1, n) i),
    'parcels', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('parcel', i, 'box', box[i],
                  'weight_g', nullif(weight[i], 0), 'tracking', tracking[i], 'sscc', sscc[i], 'print_job', printed[i],
                  'final', final[i],
                  'items', (select coalesce(jsonb_agg(jsonb_build_object(
                              'line_id', (def -> 'lines' -> k - 1 ->> 'line_id')::bigint,
                              'quantity', contents[(i - 1) * n + k]) order by k), '[]')
                              from generate_series(1, n) k where contents[(i - 1) * n + k] > 0))) order by i), '[]')
                  from generate_series(1, parcels) i));
end $$;
comment on function wb.job_fold is 'the state of a job as its events say: lines, and parcels with what is in them';

create or replace function wb.has_pieces (fold jsonb) returns boolean
  language sql immutable set search_path = pg_catalog, pg_temp
as $$ select exists (select from jsonb_array_elements(fold -> 'parcels') p where jsonb_array_length(p -> 'items') > 0) $$;
comment on function wb.has_pieces is 'whether the events of a job say what is in its boxes';

-- Before labels are bought. A caller that records no pieces is taken at its word.
create or replace function wb.check_parcels (job_id bigint, parcels jsonb) returns text
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  fold jsonb := wb.job_fold(job_id);
begin
  if wb.has_pieces(fold)
     and (select jsonb_agg(p - 'expected_weight_g' order by o) from jsonb_array_elements(parcels) with ordinality u (p, o))
         is distinct from
         (select jsonb_agg(p - 'tracking' - 'sscc' - 'print_job' - 'final' order by o)
            from jsonb_array_elements(fold -> 'parcels') with ordinality u (p, o) where jsonb_array_length(p -> 'items') > 0) then
    raise exception 'this bench and the database do not agree about what is in the boxes: take the order up again'
      using errcode = 'WB002', detail = 'parcels';
  end if;
  return fold ->> 'service';
end $$;
comment on function wb.check_parcels is 'refuses parcels that are not what the events of the job say; gives the service that was chosen by hand';

-- Before pieces leave the house: every label was scanned, and what left is what the events say.
create or replace function wb.check_shipment (job_id bigint, shipment bigint, inout shorts jsonb, inout damaged jsonb)
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  fold jsonb := wb.job_fold(job_id);
begin
  if not wb.has_pieces(fold) then
    return;
  end if;
  if exists (select from jsonb_array_elements(fold -> 'parcels') p
              where jsonb_array_length(p -> 'items') > 0 and not (p ->> 'final')::boolean) then
    perform wb.refuse('not every label was scanned on its parcel', 'labels');
  end if;
  if (select array_agg(format('%s %s %s', p ->> 'parcel', i ->> 'line_id', i ->> 'quantity') order by format('%s %s %s', p ->> 'parcel', i ->> 'line_id', i ->> 'quantity'))
        from jsonb_array_elements(fold -> 'parcels') p, jsonb_array_elements(p -> 'items') i)
     is distinct from
     (select array_agg(format('%s %s %s', n.position, n.line_id, n.quantity)
                         order by format('%s %s %s', n.position, n.line_id, n.quantity))
        from (select q.position, x.line_id, sum(x.quantity) as quantity from parcel q join parcel_item x on x.parcel_id = q.id
               where q.shipment_id = check_shipment.shipment group by 1, 2) n) then
    raise exception 'what is in the boxes changed after their labels were made: take the order up again'
      using errcode = 'WB002', detail = 'parcels';
  end if;
  shorts := (select jsonb_agg(jsonb_build_object('line_id', l -> 'line_id', 'quantity', l -> 'missing'))
               from jsonb_array_elements(fold -> 'lines') l where (l ->> 'missing')::integer > 0);
  damaged := (select jsonb_agg(jsonb_build_object('line_id', l -> 'line_id', 'quantity', l -> 'damaged'))
                from jsonb_array_elements(fold -> 'lines') l where (l ->> 'damaged')::integer > 0);
end $$;
comment on function wb.check_shipment is 'refuses a shipment that is not what the events of the job say; gives the short and the damaged pieces';
