DROP INDEX attachments_key;
ALTER TABLE attachments DROP COLUMN sent_mac;
ALTER TABLE attachments DROP COLUMN idempotency_mac;
