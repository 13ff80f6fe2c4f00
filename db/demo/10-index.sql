-- The indexes that were taken off, one a time; run again while some are left.
select demo.rebuild_next(2) as left;
