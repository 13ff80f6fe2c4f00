-- The change feed as clients read it.
set local role wb_owner;

-- horizon: the oldest transaction that was still running at the last reading. Everything that was committed since is in
-- rows of that transaction or a later one; what was already seen comes again and is known by its seq.
create or replace function api.news_since (since text)
  returns table (seq bigint, topic text, ids bigint[], horizon text)
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  snapshot pg_snapshot := pg_current_snapshot();
begin
  if news_since.since is not null then
    return query select n.seq, n.topic, n.ids, null::text from wb.news n
      where n.txid >= news_since.since::xid8 order by n.seq;
  end if;
  return query select null::bigint, null::text, null::bigint[], pg_snapshot_xmin(snapshot)::text;
end $$;
comment on function api.news_since is 'what changed since a horizon, ids only; the row without seq carries the next horizon';

create or replace function api.wake () returns void
  language sql volatile set search_path = pg_catalog, pg_temp
as $$
  select pg_notify('wb', '')
$$;
comment on function api.wake is 'tells every listener to read the feed; called after a commit, never inside one';

create or replace function api.news_prune (keep interval default '1 hour') returns bigint
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  n bigint;
begin
  perform wb.require('wb_admin', 'wb_worker');
  delete from wb.news where at < now() - keep;
  get diagnostics n = row_count;
  return n;
end $$;
comment on function api.news_prune is 'forgets old news; a client that was away longer reloads what it shows';
