DROP TABLE region_epoch;
DROP TABLE region_former_names;
DROP INDEX regions_level;
DROP INDEX regions_succeeded_by;
ALTER TABLE regions DROP COLUMN succeeded_by;
ALTER TABLE regions DROP COLUMN valid_until;
