-- The organ above that has still to say that it has seen the case: its desk lists what waits for that.
ALTER TABLE complaints ADD COLUMN acknowledging_id TEXT;
UPDATE complaints SET acknowledging_id = json_extract(facts, '$.tally.unacknowledged.organ')
WHERE json_extract(facts, '$.tally.unacknowledged.organ') IS NOT NULL;
CREATE INDEX complaints_acknowledging ON complaints (acknowledging_id) WHERE acknowledging_id IS NOT NULL;
