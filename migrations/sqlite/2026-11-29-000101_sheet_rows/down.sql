DROP TABLE sheet_rows;
ALTER TABLE ledger_sheets DROP COLUMN chart_version;
