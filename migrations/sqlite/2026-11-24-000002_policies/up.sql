-- Policies and calendars as data: a policy per county and version, days and office hours of a region of its
-- own beside those of the State, and which open cases a new calendar has still to reach.

CREATE TABLE policies (
    county_code TEXT NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    proposed_by TEXT REFERENCES staff (id),
    decided_by TEXT REFERENCES staff (id),
    PRIMARY KEY (county_code, version)
) STRICT;

ALTER TABLE calendar_versions ADD COLUMN region_code TEXT;
ALTER TABLE calendar_versions ADD COLUMN day_count INTEGER NOT NULL DEFAULT 0;

CREATE TABLE calendar_overrides (
    region_code TEXT NOT NULL REFERENCES regions (code),
    day TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT NOT NULL,
    PRIMARY KEY (region_code, day, version)
) STRICT;

CREATE TABLE calendar_hours (
    region_code TEXT NOT NULL REFERENCES regions (code),
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    office_hours TEXT NOT NULL,
    PRIMARY KEY (region_code, version)
) STRICT;

CREATE TABLE calendar_recounts (
    version INTEGER NOT NULL PRIMARY KEY REFERENCES calendar_versions (version),
    region_code TEXT,
    after_id TEXT NOT NULL,
    moved INTEGER NOT NULL,
    done_at INTEGER
) STRICT;
