DROP INDEX complaint_messages_key;
ALTER TABLE complaint_messages DROP COLUMN body_sha256;
ALTER TABLE complaint_messages DROP COLUMN idempotency_mac;
