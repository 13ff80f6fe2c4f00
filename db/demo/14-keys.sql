-- The foreign keys that were taken off, one a time; run again while some are left.
select demo.rebuild_next(3) as left;
