-- The spine: regions, people, calendar, powers, disclosures, complaints with their timers, and the rows
-- (outbox, audit) that every transaction leaves behind. Units and conventions: migrations/README.md.

CREATE TABLE regions (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
    parent_code TEXT REFERENCES regions (code),
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL
) STRICT;
CREATE INDEX regions_parent ON regions (parent_code, code);

CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    region_code TEXT NOT NULL REFERENCES regions (code),
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    led_by TEXT REFERENCES organisations (id),
    email TEXT
) STRICT;
CREATE INDEX organisations_region ON organisations (region_code, id);

CREATE TABLE posts (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    leads INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_organisation ON posts (organisation_id, id);

CREATE TABLE persons (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE post_holders (
    post_id TEXT NOT NULL REFERENCES posts (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    from_day TEXT NOT NULL,
    until_day TEXT,
    PRIMARY KEY (post_id, person_id, from_day)
) STRICT;
CREATE INDEX post_holders_person ON post_holders (person_id);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    region_code TEXT NOT NULL REFERENCES regions (code),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    email TEXT,
    password_hash TEXT,
    totp_sealed BLOB,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    token_version INTEGER NOT NULL DEFAULT 1,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_organisation ON staff (organisation_id, id);

CREATE TABLE enrolments (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    totp_sealed BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX enrolments_staff ON enrolments (staff_id);

CREATE TABLE refresh_tokens (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    family TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    issued_at INTEGER NOT NULL,
    idle_until INTEGER NOT NULL,
    family_until INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_staff ON refresh_tokens (staff_id);

CREATE TABLE calendar_versions (
    version INTEGER NOT NULL PRIMARY KEY,
    imported_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    office_hours TEXT NOT NULL
) STRICT;

CREATE TABLE calendar_days (
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT NOT NULL,
    PRIMARY KEY (version, day)
) STRICT;

CREATE TABLE powers (
    id TEXT NOT NULL PRIMARY KEY,
    region_code TEXT NOT NULL REFERENCES regions (code),
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (region_code, code)
) STRICT;

CREATE TABLE power_versions (
    power_id TEXT NOT NULL REFERENCES powers (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (power_id, version)
) STRICT;

CREATE TABLE ledger_sheets (
    id TEXT NOT NULL PRIMARY KEY,
    region_code TEXT NOT NULL REFERENCES regions (code),
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    opening_fen INTEGER NOT NULL,
    income_fen INTEGER NOT NULL,
    expense_fen INTEGER NOT NULL,
    closing_fen INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    content_sha256 TEXT NOT NULL,
    faults TEXT NOT NULL,
    uploaded_by TEXT REFERENCES staff (id),
    uploaded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_lines (
    id TEXT NOT NULL PRIMARY KEY,
    sheet_id TEXT NOT NULL REFERENCES ledger_sheets (id),
    no INTEGER NOT NULL,
    day TEXT NOT NULL,
    voucher_no TEXT NOT NULL,
    summary TEXT NOT NULL,
    income_fen INTEGER NOT NULL,
    expense_fen INTEGER NOT NULL,
    balance_fen INTEGER NOT NULL,
    account_code TEXT,
    fund_source TEXT NOT NULL,
    payee TEXT NOT NULL,
    handled_by TEXT NOT NULL,
    witnessed_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    file_count INTEGER NOT NULL,
    UNIQUE (sheet_id, no)
) STRICT;

CREATE TABLE disclosures (
    id TEXT NOT NULL PRIMARY KEY,
    region_code TEXT NOT NULL REFERENCES regions (code),
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    period_end TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'published')),
    version INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    sheet_id TEXT NOT NULL REFERENCES ledger_sheets (id),
    drafted_by TEXT REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    published_at INTEGER,
    posting_until TEXT,
    UNIQUE (region_code, kind, period)
) STRICT;
CREATE INDEX disclosures_newest ON disclosures (region_code, period_end, id);

CREATE TABLE signoffs (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    role TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES persons (id),
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    PRIMARY KEY (disclosure_id, version, person_id)
) STRICT;

CREATE TABLE complaints (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    receipt_mac TEXT NOT NULL UNIQUE,
    idempotency_mac TEXT NOT NULL UNIQUE,
    body_sha256 TEXT NOT NULL,
    filed_view TEXT NOT NULL,
    kind TEXT NOT NULL,
    region_code TEXT NOT NULL REFERENCES regions (code),
    category TEXT NOT NULL,
    about TEXT,
    about_id TEXT,
    text TEXT NOT NULL,
    text_folded TEXT NOT NULL,
    identity_mode TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    may_publish_answer INTEGER NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    round INTEGER NOT NULL,
    level INTEGER NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    supervised INTEGER NOT NULL,
    supervising_id TEXT NOT NULL REFERENCES organisations (id),
    responsible_id TEXT REFERENCES organisations (id),
    assignee_id TEXT REFERENCES staff (id),
    received_at INTEGER NOT NULL,
    next_due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX complaints_due ON complaints (next_due_at, id);
CREATE INDEX complaints_received ON complaints (received_at, id);
CREATE INDEX complaints_about ON complaints (about_id);

CREATE TABLE complaint_targets (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    target_key TEXT NOT NULL,
    PRIMARY KEY (complaint_id, seq)
) STRICT;
CREATE INDEX complaint_targets_key ON complaint_targets (target_key, complaint_id);

CREATE TABLE complaint_units (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('supervising', 'responsible', 'upper')),
    since INTEGER NOT NULL,
    PRIMARY KEY (complaint_id, organisation_id, capacity)
) STRICT;
CREATE INDEX complaint_units_organisation ON complaint_units (organisation_id, complaint_id);

CREATE TABLE complaint_identities (
    complaint_id TEXT NOT NULL PRIMARY KEY REFERENCES complaints (id),
    county_code TEXT NOT NULL,
    key_id TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE complaint_events (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    staff_id TEXT REFERENCES staff (id),
    organisation_id TEXT REFERENCES organisations (id),
    public_note TEXT,
    internal_note TEXT,
    PRIMARY KEY (complaint_id, seq)
) STRICT;

CREATE TABLE complaint_messages (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('complainant', 'staff')),
    staff_id TEXT REFERENCES staff (id),
    text TEXT NOT NULL,
    PRIMARY KEY (complaint_id, seq)
) STRICT;

CREATE TABLE timers (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    stage TEXT NOT NULL,
    round INTEGER NOT NULL,
    body TEXT NOT NULL,
    running INTEGER NOT NULL,
    lit INTEGER NOT NULL,
    blue_at INTEGER,
    yellow_at INTEGER,
    due_at INTEGER NOT NULL,
    next_step TEXT,
    next_at INTEGER,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (complaint_id, stage, round)
) STRICT;
CREATE INDEX timers_next ON timers (next_at);

CREATE TABLE escalations (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    stage TEXT NOT NULL,
    round INTEGER NOT NULL,
    step TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    fired_at INTEGER NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    PRIMARY KEY (complaint_id, stage, round, step)
) STRICT;

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT REFERENCES staff (id),
    template TEXT NOT NULL,
    params TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    last_error TEXT
) STRICT;
CREATE INDEX outbox_pending ON outbox (state, not_before);

CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    case_at INTEGER NOT NULL,
    wall_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    object_id TEXT NOT NULL,
    reason TEXT,
    before_sha256 TEXT,
    after_sha256 TEXT
) STRICT;
CREATE INDEX audit_object ON audit (object, object_id);

CREATE TABLE clock_base (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    base_case INTEGER NOT NULL,
    base_wall INTEGER NOT NULL,
    last_case INTEGER NOT NULL,
    speed INTEGER NOT NULL
) STRICT;

CREATE TABLE key_ids (
    name TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL
) STRICT;
