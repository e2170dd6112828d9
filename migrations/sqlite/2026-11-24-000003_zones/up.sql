-- Zones (片区), declared relations, what statistics are counted from, and the fence of what is done once a
-- day. Units and conventions: migrations/README.md.

CREATE TABLE zones (
    id TEXT NOT NULL PRIMARY KEY,
    county_code TEXT NOT NULL REFERENCES regions (code),
    name TEXT NOT NULL,
    lead_organisation_id TEXT NOT NULL REFERENCES organisations (id),
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX zones_county ON zones (county_code, id);

-- A township belongs to one zone at most.
CREATE TABLE zone_townships (
    township_code TEXT NOT NULL PRIMARY KEY REFERENCES regions (code),
    zone_id TEXT NOT NULL REFERENCES zones (id)
) STRICT;
CREATE INDEX zone_townships_zone ON zone_townships (zone_id);

-- Who (a person or a unit) declared to be related to whom (a person, a unit, or whoever holds a post).
CREATE TABLE relations (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT REFERENCES persons (id),
    organisation_id TEXT REFERENCES organisations (id),
    to_person_id TEXT REFERENCES persons (id),
    to_organisation_id TEXT REFERENCES organisations (id),
    to_post_id TEXT REFERENCES posts (id),
    note TEXT NOT NULL,
    declared_by TEXT NOT NULL REFERENCES staff (id),
    declared_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((person_id IS NULL) <> (organisation_id IS NULL))
) STRICT;
CREATE INDEX relations_person ON relations (person_id);
CREATE INDEX relations_organisation ON relations (organisation_id);

-- Who was complained about when a case was filed or its targets were changed: recused also after leaving.
CREATE TABLE complaint_recusals (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    PRIMARY KEY (complaint_id, person_id)
) STRICT;
CREATE INDEX complaint_recusals_person ON complaint_recusals (person_id);

-- The first instant of a clock's first lateness, out of its body, so that it can be counted by.
ALTER TABLE timers ADD COLUMN breached_at INTEGER;
UPDATE timers SET breached_at = CAST(strftime('%s', json_extract(body, '$.breached_at')) AS INTEGER) * 1000000
WHERE json_extract(body, '$.breached_at') IS NOT NULL;
CREATE INDEX timers_breached ON timers (breached_at) WHERE breached_at IS NOT NULL;

CREATE INDEX complaint_events_at ON complaint_events (at);

-- Every rating ever given; the case itself keeps the one in force.
CREATE TABLE complaint_ratings (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    rated_at INTEGER NOT NULL,
    rating TEXT NOT NULL,
    PRIMARY KEY (complaint_id, rated_at)
) STRICT;
CREATE INDEX complaint_ratings_at ON complaint_ratings (rated_at);

-- A closed month of a county, counted once.
CREATE TABLE closed_statistics (
    county_code TEXT NOT NULL REFERENCES regions (code),
    period TEXT NOT NULL,
    body TEXT NOT NULL,
    counted_at INTEGER NOT NULL,
    PRIMARY KEY (county_code, period)
) STRICT;

-- What is done once a day and was.
CREATE TABLE daily_marks (
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (name, day)
) STRICT;
