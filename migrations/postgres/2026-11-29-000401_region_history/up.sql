-- A region is never deleted: one that was merged away has a last day and, where it is known, a successor, and a name it
-- no longer bears stays with it. Cases, disclosures and addresses keep its code.
ALTER TABLE regions ADD COLUMN valid_until TEXT COLLATE "C";
ALTER TABLE regions ADD COLUMN succeeded_by TEXT COLLATE "C" CONSTRAINT regions_successor REFERENCES regions (code);
CREATE INDEX regions_succeeded_by ON regions (succeeded_by) WHERE succeeded_by IS NOT NULL;
-- Of 663,000 regions, the few of one level are asked for often: counties by the worker, cities by the search.
CREATE INDEX regions_level ON regions (level, code);

CREATE TABLE region_former_names (
    region_code TEXT COLLATE "C" NOT NULL CONSTRAINT region_former_names_region REFERENCES regions (code),
    name TEXT COLLATE "C" NOT NULL,
    short_name TEXT COLLATE "C" NOT NULL,
    pinyin TEXT COLLATE "C" NOT NULL,
    initials TEXT COLLATE "C" NOT NULL,
    -- The last day on which it was called so.
    until_day TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (region_code, name)
);

-- Says which state of the tree the search in memory was made from. An import gives it another value when it is done.
CREATE TABLE region_epoch (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT region_epoch_one CHECK (id = 1),
    epoch BIGINT NOT NULL
);
INSERT INTO region_epoch (id, epoch) VALUES (1, 0);
