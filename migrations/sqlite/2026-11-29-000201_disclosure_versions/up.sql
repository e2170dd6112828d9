-- Every published version of a disclosure stays: a correction is a row beside it, a withdrawal another. What is
-- published is kept as it was written.

-- SQLite changes no CHECK in place, and the table cannot be made anew while others point to it. This is the way that
-- https://www.sqlite.org/lang_altertable.html#otheralter gives for a constraint; the next statement tells everybody.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''published'')', '''published'', ''withdrawn'')')
WHERE type = 'table' AND name = 'disclosures';
PRAGMA writable_schema = RESET;
ALTER TABLE disclosures ADD COLUMN withdrawn_at INTEGER;
ALTER TABLE disclosures ADD COLUMN withdrawal_reason TEXT;

-- What was published, one row a version; why, from the second version on.
CREATE TABLE disclosure_versions (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    sheet_id TEXT NOT NULL REFERENCES ledger_sheets (id),
    title TEXT NOT NULL,
    drafted_by TEXT REFERENCES persons (id),
    reason TEXT,
    published_at INTEGER NOT NULL,
    posting_until TEXT NOT NULL,
    CONSTRAINT disclosure_versions_pkey PRIMARY KEY (disclosure_id, version),
    CONSTRAINT disclosure_versions_sheet UNIQUE (sheet_id)
) STRICT;
CREATE INDEX disclosure_versions_newest ON disclosure_versions (published_at, disclosure_id);
CREATE INDEX disclosure_versions_drafted_by ON disclosure_versions (drafted_by);
INSERT INTO disclosure_versions
    (disclosure_id, version, sheet_id, title, drafted_by, reason, published_at, posting_until)
SELECT id, version, sheet_id, title, drafted_by, NULL, published_at, posting_until
FROM disclosures WHERE state = 'published';

-- The next version of a published one, approved by a second person, on its way to being signed and published.
CREATE TABLE disclosure_corrections (
    disclosure_id TEXT NOT NULL PRIMARY KEY REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    sheet_id TEXT NOT NULL REFERENCES ledger_sheets (id),
    drafted_by TEXT NOT NULL REFERENCES persons (id),
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL REFERENCES persons (id),
    approved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disclosure_corrections_sheet ON disclosure_corrections (sheet_id);
CREATE INDEX disclosure_corrections_drafted_by ON disclosure_corrections (drafted_by);
CREATE INDEX disclosure_corrections_approved_by ON disclosure_corrections (approved_by);

-- What was taken back: every version up to this one.
CREATE TABLE disclosure_withdrawals (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT disclosure_withdrawals_pkey PRIMARY KEY (disclosure_id, version)
) STRICT;
CREATE INDEX disclosure_withdrawals_newest ON disclosure_withdrawals (at, disclosure_id);

-- Whose lines about people left the open web, and when: the day says so by itself, this row tells everybody who keeps
-- what was public.
CREATE TABLE disclosure_takedowns (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT disclosure_takedowns_pkey PRIMARY KEY (disclosure_id, version)
) STRICT;

-- The committee's signed sheet as a photo: whoever recorded it is the signature's person.
CREATE TABLE paper_signatures (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    person_id TEXT NOT NULL REFERENCES persons (id),
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    CONSTRAINT paper_signatures_pkey PRIMARY KEY (disclosure_id, version, person_id),
    CONSTRAINT paper_signatures_attachment UNIQUE (attachment_id)
) STRICT;
CREATE INDEX paper_signatures_person ON paper_signatures (person_id);

CREATE TRIGGER disclosure_versions_update BEFORE UPDATE ON disclosure_versions
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER disclosure_versions_delete BEFORE DELETE ON disclosure_versions
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
-- REPLACE removes a row without asking the triggers above.
CREATE TRIGGER disclosure_versions_replace BEFORE INSERT ON disclosure_versions
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE (disclosure_id = NEW.disclosure_id AND version = NEW.version) OR sheet_id = NEW.sheet_id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER disclosure_withdrawals_update BEFORE UPDATE ON disclosure_withdrawals
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER disclosure_withdrawals_delete BEFORE DELETE ON disclosure_withdrawals
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
-- REPLACE removes a row without asking the triggers above.
CREATE TRIGGER disclosure_withdrawals_replace BEFORE INSERT ON disclosure_withdrawals
WHEN EXISTS (SELECT 1 FROM disclosure_withdrawals WHERE disclosure_id = NEW.disclosure_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER signoffs_update BEFORE UPDATE ON signoffs
WHEN EXISTS (SELECT 1 FROM disclosure_versions v
    WHERE v.disclosure_id = OLD.disclosure_id AND v.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER signoffs_delete BEFORE DELETE ON signoffs
WHEN EXISTS (SELECT 1 FROM disclosure_versions v
    WHERE v.disclosure_id = OLD.disclosure_id AND v.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER paper_signatures_update BEFORE UPDATE ON paper_signatures
WHEN EXISTS (SELECT 1 FROM disclosure_versions v
    WHERE v.disclosure_id = OLD.disclosure_id AND v.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER paper_signatures_delete BEFORE DELETE ON paper_signatures
WHEN EXISTS (SELECT 1 FROM disclosure_versions v
    WHERE v.disclosure_id = OLD.disclosure_id AND v.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER ledger_sheets_update BEFORE UPDATE ON ledger_sheets
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER ledger_sheets_delete BEFORE DELETE ON ledger_sheets
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER ledger_lines_update BEFORE UPDATE ON ledger_lines
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.sheet_id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER ledger_lines_delete BEFORE DELETE ON ledger_lines
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.sheet_id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
-- The row that everybody reads says what the version says, and only another version changes it.
CREATE TRIGGER disclosures_update BEFORE UPDATE ON disclosures
WHEN OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR NEW.id <> OLD.id OR NEW.version < OLD.version
    OR (NEW.version = OLD.version AND (NEW.sheet_id <> OLD.sheet_id OR NEW.title <> OLD.title
        OR NEW.published_at <> OLD.published_at OR NEW.posting_until <> OLD.posting_until)))
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER disclosures_delete BEFORE DELETE ON disclosures WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
