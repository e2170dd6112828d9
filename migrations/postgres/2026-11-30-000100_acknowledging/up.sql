-- The organ above that has still to say that it has seen the case: its desk lists what waits for that.
ALTER TABLE complaints ADD COLUMN acknowledging_id TEXT COLLATE "C";
UPDATE complaints SET acknowledging_id = facts::jsonb #>> '{tally,unacknowledged,organ}'
WHERE facts::jsonb #>> '{tally,unacknowledged,organ}' IS NOT NULL;
CREATE INDEX complaints_acknowledging ON complaints (acknowledging_id) WHERE acknowledging_id IS NOT NULL;
