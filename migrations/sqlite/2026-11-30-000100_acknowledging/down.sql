DROP INDEX complaints_acknowledging;
ALTER TABLE complaints DROP COLUMN acknowledging_id;
