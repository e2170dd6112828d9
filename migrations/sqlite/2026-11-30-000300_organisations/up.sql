-- Units are administered: whoever changes one says which version was seen, and one that is closed stays, because cases,
-- accounts and the audit name it. `closed_on` is its last day.
ALTER TABLE organisations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE organisations ADD COLUMN closed_on TEXT;
-- Whom a unit leads is asked before it is closed.
CREATE INDEX organisations_led_by ON organisations (led_by) WHERE led_by IS NOT NULL;
