-- Codes that open the door once instead of a phone's, each kept as its digest only (ten of 120 random bits).
CREATE TABLE recovery_codes (
    code_sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    issued_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX recovery_codes_staff ON recovery_codes (staff_id);
-- Rises with every change an administrator makes, for If-Match.
ALTER TABLE staff ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX staff_region ON staff (region_code, created_at, id);
