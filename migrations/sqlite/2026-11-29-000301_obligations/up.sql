-- What must be published when (公开目录): the versions of catalogues, each kept whole for as long as an obligation may
-- have begun under it. The shipped one is version 1 of every county and stands in no row.
CREATE TABLE catalogues (
    region_code TEXT NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    proposed_by TEXT REFERENCES staff (id),
    decided_by TEXT REFERENCES staff (id),
    CONSTRAINT catalogues_once PRIMARY KEY (region_code, version)
) STRICT;
CREATE INDEX catalogues_proposed ON catalogues (proposed_by);
CREATE INDEX catalogues_decided ON catalogues (decided_by);

-- The villages that take part: since their first clerk or their first publication, and for ever. `next_open` is the day
-- on which the next obligation may open.
CREATE TABLE obligation_villages (
    region_code TEXT NOT NULL REFERENCES regions (code),
    since INTEGER NOT NULL,
    grown_to TEXT,
    next_open TEXT NOT NULL,
    CONSTRAINT obligation_villages_once PRIMARY KEY (region_code)
) STRICT;
CREATE INDEX obligation_villages_next ON obligation_villages (next_open, region_code);

-- One matter of one village and period, or after one event (`event` is empty for periods). `settled_at` is when the
-- publication that stands (`disclosure_id`) was first there; `next_at` when the ladder asks for its next step;
-- `counted_with` the newest calendar that was asked, while a calendar can still move the date.
CREATE TABLE obligations (
    id TEXT NOT NULL,
    region_code TEXT NOT NULL REFERENCES regions (code),
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    event TEXT NOT NULL,
    event_on TEXT,
    title TEXT NOT NULL,
    catalogue_region TEXT REFERENCES regions (code),
    catalogue_version INTEGER NOT NULL,
    policy_version INTEGER NOT NULL,
    body TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    missing_at INTEGER NOT NULL,
    settled_at INTEGER,
    disclosure_id TEXT REFERENCES disclosures (id),
    reopened_at INTEGER,
    next_step TEXT,
    next_at INTEGER,
    held_until INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    counted_with INTEGER,
    edition INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT obligations_key PRIMARY KEY (id),
    CONSTRAINT obligations_once UNIQUE (region_code, item, period, event)
) STRICT;
CREATE INDEX obligations_due ON obligations (region_code, due_at, id);
CREATE INDEX obligations_next ON obligations (next_at);
CREATE INDEX obligations_counted ON obligations (counted_with);
CREATE INDEX obligations_disclosure ON obligations (disclosure_id);
CREATE INDEX obligations_catalogue ON obligations (catalogue_region);

-- Steps of the ladder that were taken: the row is the fence that keeps a step from happening twice, whatever crashes.
CREATE TABLE obligation_steps (
    obligation_id TEXT NOT NULL REFERENCES obligations (id),
    step TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    fired_at INTEGER NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    CONSTRAINT obligation_steps_once PRIMARY KEY (obligation_id, step)
) STRICT;
CREATE INDEX obligation_steps_organisation ON obligation_steps (organisation_id);
