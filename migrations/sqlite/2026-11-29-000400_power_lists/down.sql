DROP TABLE power_drafts;
ALTER TABLE power_versions DROP COLUMN reason;
ALTER TABLE power_versions DROP COLUMN change;
ALTER TABLE powers DROP COLUMN in_force;
ALTER TABLE powers DROP COLUMN list;
