-- Opening a sealed identity, issuing a lost receipt anew, and erasing identities at the end of retention
-- (security.md 1.4.1, 1.4.2); cases as a file. The second person is in `proposals`.

CREATE TABLE identity_requests (
    proposal_id TEXT NOT NULL CONSTRAINT identity_requests_pkey PRIMARY KEY REFERENCES proposals (id),
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('reveal', 'reissue')),
    reason TEXT NOT NULL,
    level INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- What somebody showed at the counter, sealed to the county until it is compared.
    county_code TEXT,
    key_id TEXT,
    shown BLOB,
    -- From the approval on: the first instant at which it is too late.
    until INTEGER,
    done_at INTEGER,
    outcome TEXT
) STRICT;
CREATE INDEX identity_requests_complaint ON identity_requests (complaint_id, created_at);
CREATE INDEX identity_requests_person ON identity_requests (person_id, created_at);
CREATE INDEX identity_requests_shown ON identity_requests (proposal_id) WHERE shown IS NOT NULL;

-- Null until the case has ended and somebody has looked.
ALTER TABLE complaint_identities ADD COLUMN erase_at INTEGER;
CREATE INDEX complaint_identities_erase ON complaint_identities (erase_at, complaint_id);
CREATE INDEX complaint_identities_key ON complaint_identities (county_code, key_id);

-- No foreign key: the list is held against a backup that may be older than the case.
CREATE TABLE erased_identities (
    complaint_id TEXT NOT NULL CONSTRAINT erased_identities_pkey PRIMARY KEY,
    erased_at INTEGER NOT NULL
) STRICT;

CREATE TABLE case_exports (
    id TEXT NOT NULL CONSTRAINT case_exports_pkey PRIMARY KEY,
    proposal_id TEXT NOT NULL CONSTRAINT case_exports_proposal_id_key UNIQUE REFERENCES proposals (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    until INTEGER,
    fetched_at INTEGER
) STRICT;
CREATE INDEX case_exports_person ON case_exports (person_id, created_at);
