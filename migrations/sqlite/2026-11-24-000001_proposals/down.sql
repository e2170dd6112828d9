CREATE TABLE complaint_units_old (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('supervising', 'responsible', 'upper')),
    since INTEGER NOT NULL,
    PRIMARY KEY (complaint_id, organisation_id, capacity)
) STRICT;
INSERT INTO complaint_units_old SELECT complaint_id, organisation_id, capacity, since FROM complaint_units
WHERE capacity <> 'asked';
DROP TABLE complaint_units;
ALTER TABLE complaint_units_old RENAME TO complaint_units;
CREATE INDEX complaint_units_organisation ON complaint_units (organisation_id, complaint_id);
ALTER TABLE complaints DROP COLUMN channel;
DROP TABLE published_answers;
DROP TABLE merges;
DROP TABLE proposal_offers;
DROP TABLE proposals;
