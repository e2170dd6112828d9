-- What was struck is owed again, as it was before there was striking: the worker looks at it and goes on from there. Where
-- nothing was, nothing is written: a trigger counts each statement as a change of what is public.
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM obligations WHERE struck_at IS NOT NULL) THEN
        UPDATE obligations SET next_at = 0 WHERE struck_at IS NOT NULL;
    END IF;
END $$;
ALTER TABLE obligations DROP COLUMN struck_reason;
ALTER TABLE obligations DROP COLUMN struck_at;
