-- A region has three lists: powers, duties, bans. An item can be taken out of force (a village takes back its own and
-- the county's stands again), which is a version like any other. What is being written is a draft: one for an item of
-- a region at a time.
ALTER TABLE powers ADD COLUMN list TEXT NOT NULL DEFAULT 'power'
    CONSTRAINT powers_list CHECK (list IN ('power', 'duty', 'negative'));
ALTER TABLE powers ADD COLUMN in_force INTEGER NOT NULL DEFAULT 1 CONSTRAINT powers_in_force CHECK (in_force IN (0, 1));
ALTER TABLE power_versions ADD COLUMN change TEXT NOT NULL DEFAULT 'published'
    CONSTRAINT power_versions_change CHECK (change IN ('published', 'removed'));
ALTER TABLE power_versions ADD COLUMN reason TEXT;

CREATE TABLE power_drafts (
    id TEXT NOT NULL PRIMARY KEY,
    region_code TEXT NOT NULL CONSTRAINT power_drafts_region REFERENCES regions (code),
    list TEXT NOT NULL CONSTRAINT power_drafts_list CHECK (list IN ('power', 'duty', 'negative')),
    code TEXT NOT NULL,
    -- Canonical JSON of the item as it is to be; NULL: the region's own item is to be taken back.
    body TEXT,
    -- The version of the region's own item that it follows; 0 where there is none.
    based_on INTEGER NOT NULL,
    staff_id TEXT NOT NULL CONSTRAINT power_drafts_staff REFERENCES staff (id),
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT power_drafts_one UNIQUE (region_code, code)
) STRICT;
CREATE INDEX power_drafts_by ON power_drafts (staff_id);
