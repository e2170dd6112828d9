-- What takes two persons, cases that follow another, answers written for everybody, and how a case came in.

CREATE TABLE proposals (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    subject TEXT COLLATE "C" NOT NULL,
    object_id TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    complaint_id TEXT COLLATE "C" REFERENCES complaints (id),
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    role TEXT COLLATE "C" NOT NULL,
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'void')),
    void_reason TEXT COLLATE "C",
    decided_by TEXT COLLATE "C" REFERENCES staff (id),
    decided_at BIGINT,
    note TEXT COLLATE "C"
);
-- One waits at a time for each thing and action.
CREATE UNIQUE INDEX proposals_waiting ON proposals (subject, object_id, action) WHERE state = 'waiting';
CREATE INDEX proposals_newest ON proposals (created_at, id);
CREATE INDEX proposals_complaint ON proposals (complaint_id);
CREATE INDEX proposals_expiry ON proposals (state, expires_at);
CREATE INDEX proposals_staff ON proposals (staff_id);

CREATE TABLE proposal_offers (
    proposal_id TEXT COLLATE "C" NOT NULL REFERENCES proposals (id),
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (proposal_id, organisation_id)
);
CREATE INDEX proposal_offers_organisation ON proposal_offers (organisation_id, proposal_id);

CREATE TABLE merges (
    follower_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES complaints (id),
    into_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id)
);
CREATE INDEX merges_into ON merges (into_id);

CREATE TABLE published_answers (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    kind TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    about TEXT COLLATE "C",
    about_id TEXT COLLATE "C",
    text TEXT COLLATE "C" NOT NULL,
    published_at BIGINT NOT NULL
);
CREATE INDEX published_answers_region ON published_answers (region_code, published_at, id);
CREATE INDEX published_answers_about ON published_answers (about_id);
CREATE INDEX published_answers_complaint ON published_answers (complaint_id);

ALTER TABLE complaints ADD COLUMN channel TEXT COLLATE "C" NOT NULL DEFAULT 'web';

-- A fourth capacity: an organ that is asked to be the second.
ALTER TABLE complaint_units DROP CONSTRAINT complaint_units_capacity_check;
ALTER TABLE complaint_units ADD CONSTRAINT complaint_units_capacity_check
    CHECK (capacity IN ('supervising', 'responsible', 'upper', 'asked'));
