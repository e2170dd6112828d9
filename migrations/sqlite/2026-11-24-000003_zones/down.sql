DROP TABLE daily_marks;
DROP TABLE closed_statistics;
DROP TABLE complaint_ratings;
DROP INDEX complaint_events_at;
DROP INDEX timers_breached;
ALTER TABLE timers DROP COLUMN breached_at;
DROP TABLE relations;
DROP TABLE zone_townships;
DROP TABLE zones;
