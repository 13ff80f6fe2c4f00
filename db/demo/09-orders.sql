-- A batch of orders; run again while some are left.
set local search_path = wb, public;
select demo.next_batch() as left;
