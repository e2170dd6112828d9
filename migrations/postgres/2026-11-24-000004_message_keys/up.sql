-- Words sent twice over a weak line are kept once: the keyed digest of the Idempotency-Key, and what was sent
-- under it.
ALTER TABLE complaint_messages ADD COLUMN idempotency_mac TEXT;
ALTER TABLE complaint_messages ADD COLUMN body_sha256 TEXT;
CREATE UNIQUE INDEX complaint_messages_key ON complaint_messages (complaint_id, idempotency_mac)
    WHERE idempotency_mac IS NOT NULL;
