-- What was struck is owed again, as it was before there was striking: the worker looks at it and goes on from there.
UPDATE obligations SET next_at = 0 WHERE struck_at IS NOT NULL;
ALTER TABLE obligations DROP COLUMN struck_reason;
ALTER TABLE obligations DROP COLUMN struck_at;
