-- What must be published when (公开目录): the versions of catalogues, each kept whole for as long as an obligation may
-- have begun under it. The shipped one is version 1 of every county and stands in no row.
CREATE TABLE catalogues (
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    proposed_by TEXT COLLATE "C" REFERENCES staff (id),
    decided_by TEXT COLLATE "C" REFERENCES staff (id),
    CONSTRAINT catalogues_once PRIMARY KEY (region_code, version)
);
CREATE INDEX catalogues_proposed ON catalogues (proposed_by);
CREATE INDEX catalogues_decided ON catalogues (decided_by);

-- The villages that take part: since their first clerk or their first publication, and for ever. `next_open` is the day
-- on which the next obligation may open.
CREATE TABLE obligation_villages (
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    since BIGINT NOT NULL,
    grown_to TEXT COLLATE "C",
    next_open TEXT COLLATE "C" NOT NULL,
    CONSTRAINT obligation_villages_once PRIMARY KEY (region_code)
);
CREATE INDEX obligation_villages_next ON obligation_villages (next_open, region_code);

-- One matter of one village and period, or after one event (`event` is empty for periods). `settled_at` is when the
-- publication that stands (`disclosure_id`) was first there; `next_at` when the ladder asks for its next step;
-- `counted_with` the newest calendar that was asked, while a calendar can still move the date.
CREATE TABLE obligations (
    id TEXT COLLATE "C" NOT NULL,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    item TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    event_on TEXT COLLATE "C",
    title TEXT COLLATE "C" NOT NULL,
    catalogue_region TEXT COLLATE "C" REFERENCES regions (code),
    catalogue_version INTEGER NOT NULL,
    policy_version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL,
    missing_at BIGINT NOT NULL,
    settled_at BIGINT,
    disclosure_id TEXT COLLATE "C" REFERENCES disclosures (id),
    reopened_at BIGINT,
    next_step TEXT COLLATE "C",
    next_at BIGINT,
    held_until BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    counted_with INTEGER,
    edition INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT obligations_key PRIMARY KEY (id),
    CONSTRAINT obligations_once UNIQUE (region_code, item, period, event)
);
CREATE INDEX obligations_due ON obligations (region_code, due_at, id);
CREATE INDEX obligations_next ON obligations (next_at);
CREATE INDEX obligations_counted ON obligations (counted_with);
CREATE INDEX obligations_disclosure ON obligations (disclosure_id);
CREATE INDEX obligations_catalogue ON obligations (catalogue_region);

-- Steps of the ladder that were taken: the row is the fence that keeps a step from happening twice, whatever crashes.
CREATE TABLE obligation_steps (
    obligation_id TEXT COLLATE "C" NOT NULL REFERENCES obligations (id),
    step TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL,
    fired_at BIGINT NOT NULL,
    organisation_id TEXT COLLATE "C" REFERENCES organisations (id),
    CONSTRAINT obligation_steps_once PRIMARY KEY (obligation_id, step)
);
CREATE INDEX obligation_steps_organisation ON obligation_steps (organisation_id);
