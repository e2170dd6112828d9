-- A photo sent twice over a weak line is kept once: while nobody has used it, the keyed digest of the Idempotency-Key
-- it came with, and that of what was sent under it (keyed too: nobody who has the photo can look for it here).
ALTER TABLE attachments ADD COLUMN idempotency_mac TEXT COLLATE "C";
ALTER TABLE attachments ADD COLUMN sent_mac TEXT COLLATE "C";
CREATE UNIQUE INDEX attachments_key ON attachments (idempotency_mac) WHERE idempotency_mac IS NOT NULL;
