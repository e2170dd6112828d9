DROP TRIGGER disclosures_update;
DROP TRIGGER disclosures_delete;
DROP TRIGGER ledger_lines_update;
DROP TRIGGER ledger_lines_delete;
DROP TRIGGER ledger_sheets_update;
DROP TRIGGER ledger_sheets_delete;
DROP TRIGGER signoffs_update;
DROP TRIGGER signoffs_delete;
DROP TABLE paper_signatures;
DROP TABLE disclosure_takedowns;
DROP TABLE disclosure_withdrawals;
DROP TABLE disclosure_corrections;
DROP TABLE disclosure_versions;
-- What was withdrawn stands as it stood before.
UPDATE disclosures SET state = CASE WHEN published_at IS NULL THEN 'draft' ELSE 'published' END
WHERE state = 'withdrawn';
ALTER TABLE disclosures DROP COLUMN withdrawal_reason;
ALTER TABLE disclosures DROP COLUMN withdrawn_at;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''published'', ''withdrawn'')', '''published'')')
WHERE type = 'table' AND name = 'disclosures';
PRAGMA writable_schema = RESET;
