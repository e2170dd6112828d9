DROP INDEX timers_dead;
ALTER TABLE timers DROP COLUMN last_error;
ALTER TABLE timers DROP COLUMN claims;
