-- What takes two persons, cases that follow another, answers written for everybody, and how a case came in.

CREATE TABLE proposals (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    object_id TEXT NOT NULL,
    action TEXT NOT NULL,
    complaint_id TEXT REFERENCES complaints (id),
    region_code TEXT NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'void')),
    void_reason TEXT,
    decided_by TEXT REFERENCES staff (id),
    decided_at INTEGER,
    note TEXT
) STRICT;
-- One waits at a time for each thing and action.
CREATE UNIQUE INDEX proposals_waiting ON proposals (subject, object_id, action) WHERE state = 'waiting';
CREATE INDEX proposals_newest ON proposals (created_at, id);
CREATE INDEX proposals_complaint ON proposals (complaint_id);
CREATE INDEX proposals_expiry ON proposals (state, expires_at);
CREATE INDEX proposals_staff ON proposals (staff_id);

CREATE TABLE proposal_offers (
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (proposal_id, organisation_id)
) STRICT;
CREATE INDEX proposal_offers_organisation ON proposal_offers (organisation_id, proposal_id);

CREATE TABLE merges (
    follower_id TEXT NOT NULL PRIMARY KEY REFERENCES complaints (id),
    into_id TEXT NOT NULL REFERENCES complaints (id)
) STRICT;
CREATE INDEX merges_into ON merges (into_id);

CREATE TABLE published_answers (
    id TEXT NOT NULL PRIMARY KEY,
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    region_code TEXT NOT NULL REFERENCES regions (code),
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    about TEXT,
    about_id TEXT,
    text TEXT NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
CREATE INDEX published_answers_region ON published_answers (region_code, published_at, id);
CREATE INDEX published_answers_about ON published_answers (about_id);
CREATE INDEX published_answers_complaint ON published_answers (complaint_id);

ALTER TABLE complaints ADD COLUMN channel TEXT NOT NULL DEFAULT 'web';

-- A fourth capacity: an organ that is asked to be the second. SQLite changes no CHECK in place.
CREATE TABLE complaint_units_new (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('supervising', 'responsible', 'upper', 'asked')),
    since INTEGER NOT NULL,
    PRIMARY KEY (complaint_id, organisation_id, capacity)
) STRICT;
INSERT INTO complaint_units_new SELECT complaint_id, organisation_id, capacity, since FROM complaint_units;
DROP TABLE complaint_units;
ALTER TABLE complaint_units_new RENAME TO complaint_units;
CREATE INDEX complaint_units_organisation ON complaint_units (organisation_id, complaint_id);
