-- Roles, schemas, reference data, people, acts, audit and the change feed.
-- Everything belongs to wb_owner, which nobody logs in as; seats are members of the group roles.

do $$
declare
  r text;
begin
  foreach r in array array['wb_owner', 'wb_admin', 'wb_manager', 'wb_sales', 'wb_packer', 'wb_support', 'wb_analyst',
                           'wb_gateway', 'wb_worker']
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
  -- What a role may, the ones above it may too.
  grant wb_sales, wb_packer, wb_support, wb_analyst to wb_manager;
  grant wb_manager, wb_gateway, wb_worker to wb_admin;
  execute format('grant wb_owner to %I', session_user);
  execute format('grant create on database %I to wb_owner', current_database());
end $$;

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

create schema if not exists wb;
alter schema wb owner to wb_owner;
create schema if not exists api authorization wb_owner;
create schema if not exists audit authorization wb_owner;
create schema if not exists bi authorization wb_owner;
alter table if exists wb.schema_migration owner to wb_owner;

set local role wb_owner;

comment on schema wb is 'tables; nobody but the owner has rights here';
comment on schema api is 'views and functions: all that clients see';
comment on schema audit is 'who changed what, from what to what, when, from which seat and why';
comment on schema bi is 'stable read-only views for reporting tools';

-- Called for every row that is written: plain ASCII takes the short way.
create function wb.fold (t text) returns text
  language plpgsql immutable strict parallel safe
as $$
begin
  if octet_length(t) = length(t) then
    return lower(t collate "C");
  end if;
  return lower(public.unaccent('public.unaccent'::regdictionary, t)) collate "C";
end $$;
comment on function wb.fold is 'case and accents removed, in byte order, for search and sort columns';

-- ── Reference ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.currency (
  code char(3) primary key check (code ~ '^[A-Z]{3}$'),
  minor_digits smallint not null check (minor_digits between 0 and 4),
  name text not null
);
comment on table wb.currency is 'ISO 4217: how many digits the minor unit has';
insert into wb.currency (code, minor_digits, name) values
  ('AED', 2, 'UAE dirham'), ('AUD', 2, 'Australian dollar'), ('BGN', 2, 'Bulgarian lev'), ('BHD', 3, 'Bahraini dinar'),
  ('BRL', 2, 'Brazilian real'), ('CAD', 2, 'Canadian dollar'), ('CHF', 2, 'Swiss franc'), ('CLP', 0, 'Chilean peso'),
  ('CNY', 2, 'Chinese yuan'), ('CZK', 2, 'Czech koruna'), ('DKK', 2, 'Danish krone'), ('EUR', 2, 'Euro'),
  ('GBP', 2, 'Pound sterling'), ('HKD', 2, 'Hong Kong dollar'), ('HUF', 2, 'Hungarian forint'),
  ('IDR', 2, 'Indonesian rupiah'), ('ILS', 2, 'Israeli shekel'), ('INR', 2, 'Indian rupee'),
  ('ISK', 0, 'Icelandic króna'), ('JOD', 3, 'Jordanian dinar'), ('JPY', 0, 'Japanese yen'),
  ('KRW', 0, 'South Korean won'), ('KWD', 3, 'Kuwaiti dinar'), ('MXN', 2, 'Mexican peso'),
  ('MYR', 2, 'Malaysian ringgit'), ('NOK', 2, 'Norwegian krone'), ('NZD', 2, 'New Zealand dollar'),
  ('OMR', 3, 'Omani rial'), ('PHP', 2, 'Philippine peso'), ('PLN', 2, 'Polish złoty'), ('RON', 2, 'Romanian leu'),
  ('SAR', 2, 'Saudi riyal'), ('SEK', 2, 'Swedish krona'), ('SGD', 2, 'Singapore dollar'), ('THB', 2, 'Thai baht'),
  ('TND', 3, 'Tunisian dinar'), ('TRY', 2, 'Turkish lira'), ('TWD', 2, 'New Taiwan dollar'),
  ('UAH', 2, 'Ukrainian hryvnia'), ('USD', 2, 'US dollar'), ('VND', 0, 'Vietnamese đồng'),
  ('ZAR', 2, 'South African rand');

create table wb.country (
  code char(2) primary key check (code ~ '^[A-Z]{2}$'),
  name text not null
);
comment on table wb.country is 'ISO 3166-1 alpha-2';
insert into wb.country (code, name) values
  ('AD', 'Andorra'),
  ('AE', 'United Arab Emirates'),
  ('AF', 'Afghanistan'),
  ('AG', 'Antigua & Barbuda'),
  ('AI', 'Anguilla'),
  ('AL', 'Albania'),
  ('AM', 'Armenia'),
  ('AO', 'Angola'),
  ('AQ', 'Antarctica'),
  ('AR', 'Argentina'),
  ('AS', 'Samoa (American)'),
  ('AT', 'Austria'),
  ('AU', 'Australia'),
  ('AW', 'Aruba'),
  ('AX', 'Åland Islands'),
  ('AZ', 'Azerbaijan'),
  ('BA', 'Bosnia & Herzegovina'),
  ('BB', 'Barbados'),
  ('BD', 'Bangladesh'),
  ('BE', 'Belgium'),
  ('BF', 'Burkina Faso'),
  ('BG', 'Bulgaria'),
  ('BH', 'Bahrain'),
  ('BI', 'Burundi'),
  ('BJ', 'Benin'),
  ('BL', 'St Barthelemy'),
  ('BM', 'Bermuda'),
  ('BN', 'Brunei'),
  ('BO', 'Bolivia'),
  ('BQ', 'Caribbean NL'),
  ('BR', 'Brazil'),
  ('BS', 'Bahamas'),
  ('BT', 'Bhutan'),
  ('BV', 'Bouvet Island'),
  ('BW', 'Botswana'),
  ('BY', 'Belarus'),
  ('BZ', 'Belize'),
  ('CA', 'Canada'),
  ('CC', 'Cocos (Keeling) Islands'),
  ('CD', 'Congo (Dem. Rep.)'),
  ('CF', 'Central African Rep.'),
  ('CG', 'Congo (Rep.)'),
  ('CH', 'Switzerland'),
  ('CI', 'Côte d''Ivoire'),
  ('CK', 'Cook Islands'),
  ('CL', 'Chile'),
  ('CM', 'Cameroon'),
  ('CN', 'China'),
  ('CO', 'Colombia'),
  ('CR', 'Costa Rica'),
  ('CU', 'Cuba'),
  ('CV', 'Cape Verde'),
  ('CW', 'Curaçao'),
  ('CX', 'Christmas Island'),
  ('CY', 'Cyprus'),
  ('CZ', 'Czech Republic'),
  ('DE', 'Germany'),
  ('DJ', 'Djibouti'),
  ('DK', 'Denmark'),
  ('DM', 'Dominica'),
  ('DO', 'Dominican Republic'),
  ('DZ', 'Algeria'),
  ('EC', 'Ecuador'),
  ('EE', 'Estonia'),
  ('EG', 'Egypt'),
  ('EH', 'Western Sahara'),
  ('ER', 'Eritrea'),
  ('ES', 'Spain'),
  ('ET', 'Ethiopia'),
  ('FI', 'Finland'),
  ('FJ', 'Fiji'),
  ('FK', 'Falkland Islands'),
  ('FM', 'Micronesia'),
  ('FO', 'Faroe Islands'),
  ('FR', 'France'),
  ('GA', 'Gabon'),
  ('GB', 'Britain (UK)'),
  ('GD', 'Grenada'),
  ('GE', 'Georgia'),
  ('GF', 'French Guiana'),
  ('GG', 'Guernsey'),
  ('GH', 'Ghana'),
  ('GI', 'Gibraltar'),
  ('GL', 'Greenland'),
  ('GM', 'Gambia'),
  ('GN', 'Guinea'),
  ('GP', 'Guadeloupe'),
  ('GQ', 'Equatorial Guinea'),
  ('GR', 'Greece'),
  ('GS', 'South Georgia & the South Sandwich Islands'),
  ('GT', 'Guatemala'),
  ('GU', 'Guam'),
  ('GW', 'Guinea-Bissau'),
  ('GY', 'Guyana'),
  ('HK', 'Hong Kong'),
  ('HM', 'Heard Island & McDonald Islands'),
  ('HN', 'Honduras'),
  ('HR', 'Croatia'),
  ('HT', 'Haiti'),
  ('HU', 'Hungary'),
  ('ID', 'Indonesia'),
  ('IE', 'Ireland'),
  ('IL', 'Israel'),
  ('IM', 'Isle of Man'),
  ('IN', 'India'),
  ('IO', 'British Indian Ocean Territory'),
  ('IQ', 'Iraq'),
  ('IR', 'Iran'),
  ('IS', 'Iceland'),
  ('IT', 'Italy'),
  ('JE', 'Jersey'),
  ('JM', 'Jamaica'),
  ('JO', 'Jordan'),
  ('JP', 'Japan'),
  ('KE', 'Kenya'),
  ('KG', 'Kyrgyzstan'),
  ('KH', 'Cambodia'),
  ('KI', 'Kiribati'),
  ('KM', 'Comoros'),
  ('KN', 'St Kitts & Nevis'),
  ('KP', 'Korea (North)'),
  ('KR', 'Korea (South)'),
  ('KW', 'Kuwait'),
  ('KY', 'Cayman Islands'),
  ('KZ', 'Kazakhstan'),
  ('LA', 'Laos'),
  ('LB', 'Lebanon'),
  ('LC', 'St Lucia'),
  ('LI', 'Liechtenstein'),
  ('LK', 'Sri Lanka'),
  ('LR', 'Liberia'),
  ('LS', 'Lesotho'),
  ('LT', 'Lithuania'),
  ('LU', 'Luxembourg'),
  ('LV', 'Latvia'),
  ('LY', 'Libya'),
  ('MA', 'Morocco'),
  ('MC', 'Monaco'),
  ('MD', 'Moldova'),
  ('ME', 'Montenegro'),
  ('MF', 'St Martin (French)'),
  ('MG', 'Madagascar'),
  ('MH', 'Marshall Islands'),
  ('MK', 'North Macedonia'),
  ('ML', 'Mali'),
  ('MM', 'Myanmar (Burma)'),
  ('MN', 'Mongolia'),
  ('MO', 'Macau'),
  ('MP', 'Northern Mariana Islands'),
  ('MQ', 'Martinique'),
  ('MR', 'Mauritania'),
  ('MS', 'Montserrat'),
  ('MT', 'Malta'),
  ('MU', 'Mauritius'),
  ('MV', 'Maldives'),
  ('MW', 'Malawi'),
  ('MX', 'Mexico'),
  ('MY', 'Malaysia'),
  ('MZ', 'Mozambique'),
  ('NA', 'Namibia'),
  ('NC', 'New Caledonia'),
  ('NE', 'Niger'),
  ('NF', 'Norfolk Island'),
  ('NG', 'Nigeria'),
  ('NI', 'Nicaragua'),
  ('NL', 'Netherlands'),
  ('NO', 'Norway'),
  ('NP', 'Nepal'),
  ('NR', 'Nauru'),
  ('NU', 'Niue'),
  ('NZ', 'New Zealand'),
  ('OM', 'Oman'),
  ('PA', 'Panama'),
  ('PE', 'Peru'),
  ('PF', 'French Polynesia'),
  ('PG', 'Papua New Guinea'),
  ('PH', 'Philippines'),
  ('PK', 'Pakistan'),
  ('PL', 'Poland'),
  ('PM', 'St Pierre & Miquelon'),
  ('PN', 'Pitcairn'),
  ('PR', 'Puerto Rico'),
  ('PS', 'Palestine'),
  ('PT', 'Portugal'),
  ('PW', 'Palau'),
  ('PY', 'Paraguay'),
  ('QA', 'Qatar'),
  ('RE', 'Réunion'),
  ('RO', 'Romania'),
  ('RS', 'Serbia'),
  ('RU', 'Russia'),
  ('RW', 'Rwanda'),
  ('SA', 'Saudi Arabia'),
  ('SB', 'Solomon Islands'),
  ('SC', 'Seychelles'),
  ('SD', 'Sudan'),
  ('SE', 'Sweden'),
  ('SG', 'Singapore'),
  ('SH', 'St Helena'),
  ('SI', 'Slovenia'),
  ('SJ', 'Svalbard & Jan Mayen'),
  ('SK', 'Slovakia'),
  ('SL', 'Sierra Leone'),
  ('SM', 'San Marino'),
  ('SN', 'Senegal'),
  ('SO', 'Somalia'),
  ('SR', 'Suriname'),
  ('SS', 'South Sudan'),
  ('ST', 'Sao Tome & Principe'),
  ('SV', 'El Salvador'),
  ('SX', 'St Maarten (Dutch)'),
  ('SY', 'Syria'),
  ('SZ', 'Eswatini (Swaziland)'),
  ('TC', 'Turks & Caicos Is'),
  ('TD', 'Chad'),
  ('TF', 'French S. Terr.'),
  ('TG', 'Togo'),
  ('TH', 'Thailand'),
  ('TJ', 'Tajikistan'),
  ('TK', 'Tokelau'),
  ('TL', 'East Timor'),
  ('TM', 'Turkmenistan'),
  ('TN', 'Tunisia'),
  ('TO', 'Tonga'),
  ('TR', 'Turkey'),
  ('TT', 'Trinidad & Tobago'),
  ('TV', 'Tuvalu'),
  ('TW', 'Taiwan'),
  ('TZ', 'Tanzania'),
  ('UA', 'Ukraine'),
  ('UG', 'Uganda'),
  ('UM', 'US minor outlying islands'),
  ('US', 'United States'),
  ('UY', 'Uruguay'),
  ('UZ', 'Uzbekistan'),
  ('VA', 'Vatican City'),
  ('VC', 'St Vincent'),
  ('VE', 'Venezuela'),
  ('VG', 'Virgin Islands (UK)'),
  ('VI', 'Virgin Islands (US)'),
  ('VN', 'Vietnam'),
  ('VU', 'Vanuatu'),
  ('WF', 'Wallis & Futuna'),
  ('WS', 'Samoa (western)'),
  ('YE', 'Yemen'),
  ('YT', 'Mayotte'),
  ('ZA', 'South Africa'),
  ('ZM', 'Zambia'),
  ('ZW', 'Zimbabwe');

create table wb.setting (
  key text primary key,
  value jsonb not null,
  version integer not null default 1
);
comment on table wb.setting is 'what holds for the whole shop: its name, time zone, base currency, GS1 company prefix';
insert into wb.setting (key, value) values
  ('shop.name', '"Waybill"'), ('shop.timezone', '"Europe/London"'), ('shop.currency', '"GBP"'),
  ('shop.country', '"GB"'), ('gs1.company_prefix', '"952000000"'), ('gs1.extension_digit', '"0"');

-- ── People ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.staff (
  id bigint generated always as identity primary key,
  login text not null constraint staff_login_key unique,
  display_name text not null check (btrim(display_name) <> ''),
  badge_code text constraint staff_badge_code_key unique,
  email text,
  language text not null default 'en',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  version integer not null default 1
);
comment on table wb.staff is 'the people who work here; login is their PostgreSQL role, rights come from its group roles';

-- ── Acts: every business change is one of these ────────────────────────────────────────────────────────────────────

create table wb.act (
  id uuid primary key,
  name text not null,
  actor text not null default session_user,
  seat text not null default '',
  reason text not null default '',
  at timestamptz not null default now(),
  result jsonb,
  undoable boolean not null default false,
  undo_of uuid constraint act_undo_of_key unique references wb.act on delete restrict
);
comment on table wb.act is 'one row a business act; the client makes the id, so a repeated call does nothing twice';
create index act_at_idx on wb.act (at desc);

create table audit.change (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  act_id uuid,
  actor text not null,
  seat text not null,
  table_name text not null,
  row_id bigint not null,
  op char(1) not null check (op in ('I', 'U', 'D')),
  old jsonb,
  new jsonb,
  primary key (id, at)
) partition by range (at);
comment on table audit.change is 'the fields that changed, old and new; written by triggers only, never updated';
create index change_row_idx on audit.change (table_name, row_id, id);
create index change_act_idx on audit.change (act_id) where act_id is not null;

-- Big append-only tables are cut by month. The default partition takes what no month holds, so a write never fails
-- for want of one.
create function wb.add_partitions (parent regclass, from_month date, months integer) returns integer
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  schema_name text;
  table_name text;
  m date;
  part text;
  made integer := 0;
begin
  select n.nspname, c.relname into strict schema_name, table_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent;
  if to_regclass(format('%I.%I', schema_name, table_name || '_other')) is null then
    execute format('create table %I.%I partition of %s default', schema_name, table_name || '_other', parent);
    made := made + 1;
  end if;
  for i in 0 .. months - 1 loop
    m := (date_trunc('month', from_month) + make_interval(months => i))::date;
    part := table_name || '_' || to_char(m, 'YYYYMM');
    if to_regclass(format('%I.%I', schema_name, part)) is null then
      begin
        execute format('create table %I.%I partition of %s for values from (%L) to (%L)', schema_name, part, parent,
                       m, (m + interval '1 month')::date);
        made := made + 1;
      exception when check_violation then
        null;  -- the default partition already holds rows of that month: they stay there
      end;
    end if;
  end loop;
  return made;
end $$;
comment on function wb.add_partitions is 'makes the monthly partitions that are missing and the default one';

-- ── News: what changed, ids only ───────────────────────────────────────────────────────────────────────────────────
-- Unlogged: it costs writers no WAL; after a crash every client reconnects and reloads anyway.

create unlogged table wb.news (
  seq bigint generated always as identity primary key,
  txid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  topic text not null,
  ids bigint[]
);
comment on table wb.news is 'change feed; ids null means: anything of that topic may have changed';
create index news_txid_idx on wb.news (txid);

create function wb.tell () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  found_ids bigint[];
begin
  -- Written out for the usual columns: a plan that is kept costs a third of one made anew.
  if tg_argv[1] = 'id' then
    select array_agg(distinct id) into found_ids from changed;
  elsif tg_argv[1] = 'order_id' then
    select array_agg(distinct order_id) filter (where order_id is not null) into found_ids from changed;
  else
    execute format('select array_agg(distinct %I) filter (where %1$I is not null) from changed', tg_argv[1]) into found_ids;
  end if;
  if found_ids is not null then
    insert into wb.news (topic, ids) values (tg_argv[0], case when cardinality(found_ids) <= 1000 then found_ids end);
  end if;
  return null;
end $$;
comment on function wb.tell is 'trigger: one feed row a statement with the ids that changed (topic, id column)';

create function wb.tell_about (tab regclass, topic text, id_column text) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create trigger tell_insert after insert on %s referencing new table as changed '
                 'for each statement execute function wb.tell (%L, %L)', tab, topic, id_column);
  execute format('create trigger tell_update after update on %s referencing new table as changed '
                 'for each statement execute function wb.tell (%L, %L)', tab, topic, id_column);
  execute format('create trigger tell_delete after delete on %s referencing old table as changed '
                 'for each statement execute function wb.tell (%L, %L)', tab, topic, id_column);
end $$;
comment on function wb.tell_about is 'attaches the change feed to a table';

-- ── Audit ──────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Programs name their seat in the connection's application name, "waybill@office-2"; it needs no extra round trip.
create function wb.seat () returns text
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select coalesce(nullif(current_setting('wb.seat', true), ''), current_setting('application_name'))
$$;
comment on function wb.seat is 'from where the caller works';

create function audit.record () returns trigger
  language plpgsql volatile security definer set search_path = wb, pg_temp
as $$
declare
  act uuid := nullif(current_setting('wb.act', true), '')::uuid;
  seat text := wb.seat();
begin
  if tg_op = 'UPDATE' then
    insert into audit.change (act_id, actor, seat, table_name, row_id, op, old, new)
      select act, session_user, seat, tg_table_name, n.id, 'U', d.old, d.new
        from new_rows n join old_rows o on o.id = n.id
        cross join lateral (
          select jsonb_object_agg(k, ov) as old, jsonb_object_agg(k, nv) as new
            from (select ko.key as k, ko.value as ov, kn.value as nv
                    from jsonb_each(to_jsonb(o)) ko join jsonb_each(to_jsonb(n)) kn on kn.key = ko.key
                   where ko.value is distinct from kn.value and ko.key <> all (tg_argv)) f) d
       where d.old is not null;
  elsif tg_op = 'INSERT' then
    insert into audit.change (act_id, actor, seat, table_name, row_id, op)
      select act, session_user, seat, tg_table_name, n.id, 'I' from new_rows n;
  else
    insert into audit.change (act_id, actor, seat, table_name, row_id, op, old)
      select act, session_user, seat, tg_table_name, o.id, 'D', to_jsonb(o) from old_rows o;
  end if;
  return null;
end $$;
comment on function audit.record is 'trigger: old and new of each changed field; arguments name derived columns to leave out';

create function audit.watch (tab regclass, variadic derived text[] default '{}') returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  args text := (select string_agg(quote_literal(d), ', ') from unnest(derived || array['version', 'updated_at']) d);
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows '
                 'for each statement execute function audit.record (%s)', tab, args);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows new table as new_rows '
                 'for each statement execute function audit.record (%s)', tab, args);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows '
                 'for each statement execute function audit.record (%s)', tab, args);
end $$;
comment on function audit.watch is 'attaches the audit trail to a table with a bigint id';

create function wb.bump () returns trigger
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
comment on function wb.bump is 'trigger: counts versions; an editor sends the one it read, zero rows updated is a conflict';

-- Facts that follow from elsewhere (stock, sums) must not turn an editor's save into a conflict: name the decisions.
create function wb.count_versions (tab regclass, variadic decisions text[] default '{}') returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create trigger bump before update %s on %s for each row execute function wb.bump ()',
                 (select 'of ' || string_agg(quote_ident(d), ', ') from unnest(decisions) d), tab);
end $$;
comment on function wb.count_versions is 'attaches the version counter to a table: to all of its columns, or to those that people decide';

select wb.add_partitions('audit.change', current_date, 13);
select audit.watch('wb.staff'), wb.count_versions('wb.staff'), wb.tell_about('wb.staff', 'staff', 'id');
select wb.count_versions('wb.setting');

-- ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table wb.attachment (
  id bigint generated always as identity primary key,
  about text not null check (about in ('order', 'customer', 'product', 'parcel', 'rma', 'job', 'label', 'note')),
  about_id bigint not null,
  name text not null,
  media_type text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  content bytea not null,
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  deleted_at timestamptz
);
comment on table wb.attachment is 'files and photos, with the hash of what was stored';
create index attachment_about_idx on wb.attachment (about, about_id);
