-- Sheets of the kinds T2 to T12: their cells by column, as canonical JSON; the ledger keeps its own lines.
CREATE TABLE sheet_rows (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES ledger_sheets (id),
    no INTEGER NOT NULL,
    cells TEXT COLLATE "C" NOT NULL,
    CONSTRAINT sheet_rows_no UNIQUE (sheet_id, no)
);

-- The chart of accounts that a sheet's codes belong to. What is there is of the chart of its period, as its digest says.
ALTER TABLE ledger_sheets ADD COLUMN chart_version TEXT COLLATE "C" NOT NULL DEFAULT '2024';
UPDATE ledger_sheets SET chart_version = '2004' WHERE period < '2024';
