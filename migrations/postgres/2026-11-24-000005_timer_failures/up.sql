-- How often a timer was taken in hand since it last succeeded (a worker that dies says nothing of a failure),
-- and what the last failure was. `attempts` counts failures only from now on.
ALTER TABLE timers ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
ALTER TABLE timers ADD COLUMN last_error TEXT;
CREATE INDEX timers_dead ON timers (attempts, claims) WHERE attempts >= 5 OR claims >= 30;
