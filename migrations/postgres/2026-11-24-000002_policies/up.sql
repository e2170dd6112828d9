-- Policies and calendars as data: a policy per county and version, days and office hours of a region of its
-- own beside those of the State, and which open cases a new calendar has still to reach.

CREATE TABLE policies (
    county_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    proposed_by TEXT COLLATE "C" REFERENCES staff (id),
    decided_by TEXT COLLATE "C" REFERENCES staff (id),
    PRIMARY KEY (county_code, version)
);

ALTER TABLE calendar_versions ADD COLUMN region_code TEXT COLLATE "C";
ALTER TABLE calendar_versions ADD COLUMN day_count INTEGER NOT NULL DEFAULT 0;

CREATE TABLE calendar_overrides (
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    day TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (region_code, day, version)
);

CREATE TABLE calendar_hours (
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    office_hours TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (region_code, version)
);

CREATE TABLE calendar_recounts (
    version INTEGER NOT NULL PRIMARY KEY REFERENCES calendar_versions (version),
    region_code TEXT COLLATE "C",
    after_id TEXT COLLATE "C" NOT NULL,
    moved INTEGER NOT NULL,
    done_at BIGINT
);
