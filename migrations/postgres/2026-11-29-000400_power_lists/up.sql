-- A region has three lists: powers, duties, bans. An item can be taken out of force (a village takes back its own and
-- the county's stands again), which is a version like any other. What is being written is a draft: one for an item of
-- a region at a time.
ALTER TABLE powers ADD COLUMN list TEXT COLLATE "C" NOT NULL DEFAULT 'power'
    CONSTRAINT powers_list CHECK (list IN ('power', 'duty', 'negative'));
ALTER TABLE powers ADD COLUMN in_force BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE power_versions ADD COLUMN change TEXT COLLATE "C" NOT NULL DEFAULT 'published'
    CONSTRAINT power_versions_change CHECK (change IN ('published', 'removed'));
ALTER TABLE power_versions ADD COLUMN reason TEXT COLLATE "C";

CREATE TABLE power_drafts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    region_code TEXT COLLATE "C" NOT NULL CONSTRAINT power_drafts_region REFERENCES regions (code),
    list TEXT COLLATE "C" NOT NULL CONSTRAINT power_drafts_list CHECK (list IN ('power', 'duty', 'negative')),
    code TEXT COLLATE "C" NOT NULL,
    -- Canonical JSON of the item as it is to be; NULL: the region's own item is to be taken back.
    body TEXT COLLATE "C",
    -- The version of the region's own item that it follows; 0 where there is none.
    based_on INTEGER NOT NULL,
    staff_id TEXT COLLATE "C" NOT NULL CONSTRAINT power_drafts_staff REFERENCES staff (id),
    updated_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT power_drafts_one UNIQUE (region_code, code)
);
CREATE INDEX power_drafts_by ON power_drafts (staff_id);
