DROP INDEX organisations_led_by;
ALTER TABLE organisations DROP COLUMN closed_on;
ALTER TABLE organisations DROP COLUMN version;
