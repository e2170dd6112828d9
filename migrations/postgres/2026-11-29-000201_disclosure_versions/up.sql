-- Every published version of a disclosure stays: a correction is a row beside it, a withdrawal another. What is
-- published is kept as it was written.

ALTER TABLE disclosures DROP CONSTRAINT disclosures_state_check;
ALTER TABLE disclosures ADD CONSTRAINT disclosures_state_check
    CHECK (state IN ('draft', 'signed', 'published', 'withdrawn'));
ALTER TABLE disclosures ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE disclosures ADD COLUMN withdrawal_reason TEXT COLLATE "C";

-- What was published, one row a version; why, from the second version on.
CREATE TABLE disclosure_versions (
    disclosure_id TEXT COLLATE "C" NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES ledger_sheets (id),
    title TEXT COLLATE "C" NOT NULL,
    drafted_by TEXT COLLATE "C" REFERENCES persons (id),
    reason TEXT COLLATE "C",
    published_at BIGINT NOT NULL,
    posting_until TEXT COLLATE "C" NOT NULL,
    CONSTRAINT disclosure_versions_pkey PRIMARY KEY (disclosure_id, version),
    CONSTRAINT disclosure_versions_sheet UNIQUE (sheet_id)
);
CREATE INDEX disclosure_versions_newest ON disclosure_versions (published_at, disclosure_id);
CREATE INDEX disclosure_versions_drafted_by ON disclosure_versions (drafted_by);
INSERT INTO disclosure_versions
    (disclosure_id, version, sheet_id, title, drafted_by, reason, published_at, posting_until)
SELECT id, version, sheet_id, title, drafted_by, NULL, published_at, posting_until
FROM disclosures WHERE state = 'published';

-- The next version of a published one, approved by a second person, on its way to being signed and published.
CREATE TABLE disclosure_corrections (
    disclosure_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES ledger_sheets (id),
    drafted_by TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    reason TEXT COLLATE "C" NOT NULL,
    approved_by TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    approved_at BIGINT NOT NULL
);
CREATE INDEX disclosure_corrections_sheet ON disclosure_corrections (sheet_id);
CREATE INDEX disclosure_corrections_drafted_by ON disclosure_corrections (drafted_by);
CREATE INDEX disclosure_corrections_approved_by ON disclosure_corrections (approved_by);

-- What was taken back: every version up to this one.
CREATE TABLE disclosure_withdrawals (
    disclosure_id TEXT COLLATE "C" NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    CONSTRAINT disclosure_withdrawals_pkey PRIMARY KEY (disclosure_id, version)
);
CREATE INDEX disclosure_withdrawals_newest ON disclosure_withdrawals (at, disclosure_id);

-- Whose lines about people left the open web, and when: the day says so by itself, this row tells everybody who keeps
-- what was public.
CREATE TABLE disclosure_takedowns (
    disclosure_id TEXT COLLATE "C" NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT disclosure_takedowns_pkey PRIMARY KEY (disclosure_id, version)
);

-- The committee's signed sheet as a photo: whoever recorded it is the signature's person.
CREATE TABLE paper_signatures (
    disclosure_id TEXT COLLATE "C" NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    attachment_id TEXT COLLATE "C" NOT NULL REFERENCES attachments (id),
    CONSTRAINT paper_signatures_pkey PRIMARY KEY (disclosure_id, version, person_id),
    CONSTRAINT paper_signatures_attachment UNIQUE (attachment_id)
);
CREATE INDEX paper_signatures_person ON paper_signatures (person_id);

CREATE FUNCTION disclosure_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was published is kept as it was written';
END
$$;
CREATE FUNCTION disclosure_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM disclosure_versions v
               WHERE v.disclosure_id = OLD.disclosure_id AND v.version = OLD.version) THEN
        RAISE EXCEPTION 'what was published is kept as it was written';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION disclosure_sheet_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM disclosure_versions v WHERE v.sheet_id = OLD.id) THEN
        RAISE EXCEPTION 'what was published is kept as it was written';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION disclosure_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM disclosure_versions v WHERE v.sheet_id = OLD.sheet_id) THEN
        RAISE EXCEPTION 'what was published is kept as it was written';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER disclosure_versions_update BEFORE UPDATE ON disclosure_versions
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosure_versions_delete BEFORE DELETE ON disclosure_versions
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosure_versions_truncate BEFORE TRUNCATE ON disclosure_versions
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosure_withdrawals_update BEFORE UPDATE ON disclosure_withdrawals
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosure_withdrawals_delete BEFORE DELETE ON disclosure_withdrawals
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosure_withdrawals_truncate BEFORE TRUNCATE ON disclosure_withdrawals
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER signoffs_kept BEFORE UPDATE OR DELETE ON signoffs
    FOR EACH ROW EXECUTE FUNCTION disclosure_version_is_kept();
CREATE TRIGGER paper_signatures_kept BEFORE UPDATE OR DELETE ON paper_signatures
    FOR EACH ROW EXECUTE FUNCTION disclosure_version_is_kept();
CREATE TRIGGER ledger_sheets_kept BEFORE UPDATE OR DELETE ON ledger_sheets
    FOR EACH ROW EXECUTE FUNCTION disclosure_sheet_is_kept();
CREATE TRIGGER ledger_lines_kept BEFORE UPDATE OR DELETE ON ledger_lines
    FOR EACH ROW EXECUTE FUNCTION disclosure_line_is_kept();
-- The row that everybody reads says what the version says, and only another version changes it.
CREATE TRIGGER disclosures_update BEFORE UPDATE ON disclosures FOR EACH ROW
WHEN (OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR NEW.id <> OLD.id OR NEW.version < OLD.version
    OR (NEW.version = OLD.version AND (NEW.sheet_id <> OLD.sheet_id OR NEW.title <> OLD.title
        OR NEW.published_at <> OLD.published_at OR NEW.posting_until <> OLD.posting_until))))
EXECUTE FUNCTION disclosure_is_kept();
CREATE TRIGGER disclosures_delete BEFORE DELETE ON disclosures FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
EXECUTE FUNCTION disclosure_is_kept();
