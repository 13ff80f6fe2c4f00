-- Photos of the packing bench: which parcel they show, when they were taken, and each content once.
set local role wb_owner;

alter table wb.attachment
  add column parcel integer not null default 0 check (parcel between 0 and 1000),
  add column taken_at timestamptz;
comment on column wb.attachment.parcel is 'of a job: number of the parcel that is seen, from 1; 0 for none';
comment on column wb.attachment.taken_at is 'of a photo: when, by the clock of the camera''s machine';
create unique index attachment_content_key on wb.attachment (about, about_id, sha256) where deleted_at is null;
drop index wb.attachment_about_idx;

insert into wb.setting (key, value) values ('photo.moments', '[]'), ('attachment.max_bytes', '8388608') on conflict do nothing;
