-- Files and photos of orders: kept once, checked by what they are, seen by whom the order is.
set local role wb_owner;

-- A name says nothing about a file; its first bytes do.
create or replace function wb.media_type_of (content bytea) returns text
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case when substr(content, 1, 3) = '\xffd8ff' then 'image/jpeg'
              when substr(content, 1, 8) = '\x89504e470d0a1a0a' then 'image/png'
              when substr(content, 1, 4) = '\x52494646' and substr(content, 9, 4) = '\x57454250' then 'image/webp'
              when substr(content, 1, 5) = '\x255044462d' then 'application/pdf' end
$$;
comment on function wb.media_type_of is 'what a file is, by its first bytes; null for what is not kept';

-- The order that something is about; null when there is no such thing.
create or replace function wb.order_of_attachment (about text, about_id bigint) returns bigint
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select case about
    when 'order' then (select o.id from sales_order o where o.id = about_id)
    when 'job' then (select j.order_id from job j where j.id = about_id)
    when 'parcel' then (select s.order_id from parcel p join shipment s on s.id = p.shipment_id where p.id = about_id) end
$$;
comment on function wb.order_of_attachment is 'order that an order, job or parcel belongs to';

create or replace function api.attachment_add (act uuid, about text, about_id bigint, parcel integer, name text, content bytea,
                                               sha256 text, taken_at timestamptz default null, person text default null)
  returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  most constant bigint := coalesce(wb.setting_text('attachment.max_bytes')::bigint, 8388608);
  kind constant text := wb.media_type_of(content);
  digest constant bytea := sha256(content);
  order_id bigint;
  made bigint;
begin
  perform wb.require('wb_packer', 'wb_sales', 'wb_support');
  done := wb.begin_act(act, 'attachment_add', '', false);
  if done is not null then
    return done;
  end if;
  order_id := wb.order_of_attachment(about, about_id);
  if order_id is null then
    perform wb.not_found(about, about_id::text);
  end if;
  if kind is null then
    perform wb.refuse('only pictures (JPEG, PNG, WebP) and PDF files are kept', 'type');
  end if;
  if octet_length(content) > most then
    perform wb.refuse(format('a file has at most %s', pg_size_pretty(most)), 'size');
  end if;
  if encode(digest, 'hex') is distinct from lower(attachment_add.sha256) then
    perform wb.refuse('the file was damaged on its way', 'sha256');
  end if;
  insert into attachment (about, about_id, parcel, name, media_type, sha256, size_bytes, content, taken_at, created_by)
    values (about, about_id, coalesce(parcel, 0), coalesce(nullif(btrim(name), ''), about), kind, digest,
            octet_length(content), content, taken_at,
            coalesce((select s.login from staff s where s.login = person), session_user))
    on conflict do nothing returning id into made;
  if made is null then
    select a.id into made from attachment a
      where a.about = attachment_add.about and a.about_id = attachment_add.about_id and a.sha256 = digest
        and a.deleted_at is null;
  else
    insert into news (topic, ids) values ('order', array[order_id]);
  end if;
  return wb.end_act(act, jsonb_build_object('attachment_id', made));
end $$;
comment on function api.attachment_add is 'keeps a file of an order, job or parcel; the same content once. sha256 is hexadecimal';

create or replace function api.attachment_remove (act uuid, attachment_id bigint, reason text) returns jsonb
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  done jsonb;
  a wb.attachment;
begin
  perform wb.require('wb_sales', 'wb_support');
  done := wb.begin_act(act, 'attachment_remove', reason, false);
  if done is not null then
    return done;
  end if;
  update attachment x set deleted_at = now(), content = '' where x.id = attachment_id and x.deleted_at is null returning * into a;
  if not found then
    perform wb.not_found('file', attachment_id::text);
  end if;
  insert into news (topic, ids) select 'order', array[o] from wb.order_of_attachment(a.about, a.about_id) o where o is not null;
  return wb.end_act(act, jsonb_build_object('attachment_id', a.id));
end $$;
comment on function api.attachment_remove is 'takes a file away for good; that it was there, and its hash, stay known';

create or replace function api.attachment_content (attachment_id bigint) returns bytea
  language plpgsql stable security definer set search_path = wb, pg_temp
as $$
declare
  bytes bytea;
begin
  perform wb.require('wb_sales', 'wb_support', 'wb_analyst');
  select a.content into bytes from attachment a where a.id = attachment_id and a.deleted_at is null;
  if not found then
    perform wb.not_found('file', attachment_id::text);
  end if;
  return bytes;
end $$;
comment on function api.attachment_content is 'a file''s bytes';

create or replace function wb.order_attachments (ord bigint) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'media_type', a.media_type, 'size_bytes', a.size_bytes,
                    'parcel', a.parcel, 'taken_at', coalesce(a.taken_at, a.created_at), 'created_by',
                    coalesce((select s.display_name from staff s where s.login = a.created_by), a.created_by))
                  order by coalesce(a.taken_at, a.created_at), a.id), '[]')
    from (select 'order' as about, ord as id
          union all select 'job', j.id from job j where j.order_id = ord and j.state in ('open', 'claimed', 'aside')
          union all select 'job', j.id from job j where j.order_id = ord and j.state in ('done', 'withdrawn')
          union all select 'parcel', p.id from shipment s join parcel p on p.shipment_id = s.id where s.order_id = ord) t
    join attachment a on a.about = t.about and a.about_id = t.id and a.deleted_at is null
$$;
comment on function wb.order_attachments is 'files and photos of an order, its work and its parcels, without their bytes';

-- When the bench takes photos by itself: as the shop says, and packed parcels where the order or the customer asks for it.
create or replace function wb.photo_moments (ord bigint) returns jsonb
  language sql stable security definer set search_path = wb, pg_temp
as $$
  select coalesce(jsonb_agg(distinct m.word), '[]')
    from (select jsonb_array_elements_text(case when jsonb_typeof(s.value) = 'array' then s.value else '[]' end) as word
            from setting s where s.key = 'photo.moments'
          union all
          select 'packed' from sales_order o left join customer c on c.id = o.customer_id
           where o.id = ord and 'photo' = any (o.tags || coalesce(c.tags, '{}'))) m
$$;
comment on function wb.photo_moments is 'when an order''s parcels are photographed: packed, weighed, labelled';
