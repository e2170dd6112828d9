-- An event that was written down by mistake is struck by two persons: nothing is owed any more, and the row stays, with
-- when and why, for everybody to read. Its `event` becomes its own id, so that the same event may be written down again.
ALTER TABLE obligations ADD COLUMN struck_at INTEGER;
ALTER TABLE obligations ADD COLUMN struck_reason TEXT;
