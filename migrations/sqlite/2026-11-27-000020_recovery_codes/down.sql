DROP INDEX staff_region;
ALTER TABLE staff DROP COLUMN version;
DROP TABLE recovery_codes;
