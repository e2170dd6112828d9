DROP TRIGGER disclosures_update ON disclosures;
DROP TRIGGER disclosures_delete ON disclosures;
DROP TRIGGER ledger_lines_kept ON ledger_lines;
DROP TRIGGER ledger_sheets_kept ON ledger_sheets;
DROP TRIGGER signoffs_kept ON signoffs;
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
ALTER TABLE disclosures DROP CONSTRAINT disclosures_state_check;
ALTER TABLE disclosures ADD CONSTRAINT disclosures_state_check CHECK (state IN ('draft', 'signed', 'published'));
DROP FUNCTION disclosure_line_is_kept();
DROP FUNCTION disclosure_sheet_is_kept();
DROP FUNCTION disclosure_version_is_kept();
DROP FUNCTION disclosure_is_kept();
