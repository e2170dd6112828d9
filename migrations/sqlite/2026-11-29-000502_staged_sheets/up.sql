-- A long sheet comes in by many small transactions, so that a complaint never waits for it. While it has a row here it
-- has no digest, and nothing can be drafted from it; what was given up is swept.
CREATE TABLE staged_sheets (
    sheet_id TEXT NOT NULL PRIMARY KEY CONSTRAINT staged_sheets_sheet REFERENCES ledger_sheets (id),
    begun_at INTEGER NOT NULL
) STRICT;
