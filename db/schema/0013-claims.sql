-- A claim is the one write that many seats compete for, so it is kept cheap; and a station has one order at a time.
set local role wb_owner;

-- A statement compiles the check constraints of the table that it writes each time anew; a domain's once a session.
create domain wb.job_state as text check (value in ('open', 'claimed', 'aside', 'done', 'withdrawn'));
comment on domain wb.job_state is 'open: to be claimed; claimed: a station has it; aside: begun and put away; done; withdrawn: not to be packed any more';
create domain wb.job_kind as text check (value in ('pack'));
comment on domain wb.job_kind is 'what is done in a job';

update wb.job j set state = 'aside' from wb.job k
  where j.state = 'claimed' and k.state = 'claimed' and k.station_id = j.station_id
    and (k.claimed_at, k.id) < (j.claimed_at, j.id);
alter table wb.job drop constraint job_state_check, drop constraint job_kind_check,
                   alter column state type wb.job_state, alter column kind type wb.job_kind;
drop index wb.job_claimed_idx;
create unique index job_one_per_station on wb.job (station_id) where state = 'claimed';

-- Hardly an act takes another one back: the others need no place in that index. And no screen lists acts by time.
alter table wb.act drop constraint act_undo_of_key;
create unique index act_undo_of_key on wb.act (undo_of) where undo_of is not null;
drop index wb.act_at_idx;
