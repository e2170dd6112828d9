DROP TABLE calendar_recounts;
DROP TABLE calendar_hours;
DROP TABLE calendar_overrides;
ALTER TABLE calendar_versions DROP COLUMN day_count;
ALTER TABLE calendar_versions DROP COLUMN region_code;
DROP TABLE policies;
