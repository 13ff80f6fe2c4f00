-- Moving a card to the returns wrote the stage itself, which nothing else may: now it is a decision that the stage follows from,
-- is recorded as a passage and can be taken back.
set local role wb_owner;

alter table wb.sales_order add column returning_since timestamptz;
comment on column wb.sales_order.returning_since is 'somebody decided that its pieces come back';
update wb.sales_order set returning_since = stage_since where stage = 'returns';
