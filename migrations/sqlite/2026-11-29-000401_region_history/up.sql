-- A region is never deleted: one that was merged away has a last day and, where it is known, a successor, and a name it
-- no longer bears stays with it. Cases, disclosures and addresses keep its code.
ALTER TABLE regions ADD COLUMN valid_until TEXT;
ALTER TABLE regions ADD COLUMN succeeded_by TEXT CONSTRAINT regions_successor REFERENCES regions (code);
CREATE INDEX regions_succeeded_by ON regions (succeeded_by) WHERE succeeded_by IS NOT NULL;
-- Of 663,000 regions, the few of one level are asked for often: counties by the worker, cities by the search.
CREATE INDEX regions_level ON regions (level, code);

CREATE TABLE region_former_names (
    region_code TEXT NOT NULL CONSTRAINT region_former_names_region REFERENCES regions (code),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    -- The last day on which it was called so.
    until_day TEXT NOT NULL,
    PRIMARY KEY (region_code, name)
) STRICT;

-- Says which state of the tree the search in memory was made from. An import gives it another value when it is done.
CREATE TABLE region_epoch (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT region_epoch_one CHECK (id = 1),
    epoch INTEGER NOT NULL
) STRICT;
INSERT INTO region_epoch (id, epoch) VALUES (1, 0);
