-- The spine: regions, people, calendar, powers, disclosures, complaints with their timers, and the rows
-- (outbox, audit) that every transaction leaves behind. Units and conventions: migrations/README.md.

CREATE TABLE regions (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    short_name TEXT COLLATE "C" NOT NULL,
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
    parent_code TEXT COLLATE "C" REFERENCES regions (code),
    pinyin TEXT COLLATE "C" NOT NULL,
    initials TEXT COLLATE "C" NOT NULL
);
CREATE INDEX regions_parent ON regions (parent_code, code);

CREATE TABLE organisations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    level TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    led_by TEXT COLLATE "C" REFERENCES organisations (id),
    email TEXT COLLATE "C"
);
CREATE INDEX organisations_region ON organisations (region_code, id);

CREATE TABLE posts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    title TEXT COLLATE "C" NOT NULL,
    leads BOOLEAN NOT NULL
);
CREATE INDEX posts_organisation ON posts (organisation_id, id);

CREATE TABLE persons (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL
);

CREATE TABLE post_holders (
    post_id TEXT COLLATE "C" NOT NULL REFERENCES posts (id),
    person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    from_day TEXT COLLATE "C" NOT NULL,
    until_day TEXT COLLATE "C",
    PRIMARY KEY (post_id, person_id, from_day)
);
CREATE INDEX post_holders_person ON post_holders (person_id);

CREATE TABLE staff (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    username TEXT COLLATE "C" NOT NULL UNIQUE,
    display_name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    email TEXT COLLATE "C",
    password_hash TEXT COLLATE "C",
    totp_sealed BYTEA,
    totp_last_step BIGINT NOT NULL DEFAULT 0,
    token_version INTEGER NOT NULL DEFAULT 1,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX staff_organisation ON staff (organisation_id, id);

CREATE TABLE enrolments (
    token_sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    totp_sealed BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX enrolments_staff ON enrolments (staff_id);

CREATE TABLE refresh_tokens (
    token_sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    family TEXT COLLATE "C" NOT NULL,
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    issued_at BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    family_until BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_staff ON refresh_tokens (staff_id);

CREATE TABLE calendar_versions (
    version INTEGER NOT NULL PRIMARY KEY,
    imported_at BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    office_hours TEXT COLLATE "C" NOT NULL
);

CREATE TABLE calendar_days (
    version INTEGER NOT NULL REFERENCES calendar_versions (version),
    day TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version, day)
);

CREATE TABLE powers (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    code TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (region_code, code)
);

CREATE TABLE power_versions (
    power_id TEXT COLLATE "C" NOT NULL REFERENCES powers (id),
    version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    content_sha256 TEXT COLLATE "C" NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (power_id, version)
);

CREATE TABLE ledger_sheets (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    kind TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    opening_fen BIGINT NOT NULL,
    income_fen BIGINT NOT NULL,
    expense_fen BIGINT NOT NULL,
    closing_fen BIGINT NOT NULL,
    line_count INTEGER NOT NULL,
    content_sha256 TEXT COLLATE "C" NOT NULL,
    faults TEXT COLLATE "C" NOT NULL,
    uploaded_by TEXT COLLATE "C" REFERENCES staff (id),
    uploaded_at BIGINT NOT NULL
);

CREATE TABLE ledger_lines (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES ledger_sheets (id),
    no INTEGER NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    voucher_no TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    income_fen BIGINT NOT NULL,
    expense_fen BIGINT NOT NULL,
    balance_fen BIGINT NOT NULL,
    account_code TEXT COLLATE "C",
    fund_source TEXT COLLATE "C" NOT NULL,
    payee TEXT COLLATE "C" NOT NULL,
    handled_by TEXT COLLATE "C" NOT NULL,
    witnessed_by TEXT COLLATE "C" NOT NULL,
    approved_by TEXT COLLATE "C" NOT NULL,
    file_count INTEGER NOT NULL,
    UNIQUE (sheet_id, no)
);

CREATE TABLE disclosures (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    kind TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    period_end TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'signed', 'published')),
    version INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES ledger_sheets (id),
    drafted_by TEXT COLLATE "C" REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    posting_until TEXT COLLATE "C",
    UNIQUE (region_code, kind, period)
);
CREATE INDEX disclosures_newest ON disclosures (region_code, period_end, id);

CREATE TABLE signoffs (
    disclosure_id TEXT COLLATE "C" NOT NULL REFERENCES disclosures (id),
    version INTEGER NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
    at BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    content_sha256 TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (disclosure_id, version, person_id)
);

CREATE TABLE complaints (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    receipt_mac TEXT COLLATE "C" NOT NULL UNIQUE,
    idempotency_mac TEXT COLLATE "C" NOT NULL UNIQUE,
    body_sha256 TEXT COLLATE "C" NOT NULL,
    filed_view TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    region_code TEXT COLLATE "C" NOT NULL REFERENCES regions (code),
    category TEXT COLLATE "C" NOT NULL,
    about TEXT COLLATE "C",
    about_id TEXT COLLATE "C",
    text TEXT COLLATE "C" NOT NULL,
    text_folded TEXT COLLATE "C" NOT NULL,
    identity_mode TEXT COLLATE "C" NOT NULL,
    filed_by TEXT COLLATE "C" NOT NULL,
    may_publish_answer BOOLEAN NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    facts TEXT COLLATE "C" NOT NULL,
    round INTEGER NOT NULL,
    level INTEGER NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    supervised BOOLEAN NOT NULL,
    supervising_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    responsible_id TEXT COLLATE "C" REFERENCES organisations (id),
    assignee_id TEXT COLLATE "C" REFERENCES staff (id),
    received_at BIGINT NOT NULL,
    next_due_at BIGINT NOT NULL
);
CREATE INDEX complaints_due ON complaints (next_due_at, id);
CREATE INDEX complaints_received ON complaints (received_at, id);
CREATE INDEX complaints_about ON complaints (about_id);

CREATE TABLE complaint_targets (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    target_key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (complaint_id, seq)
);
CREATE INDEX complaint_targets_key ON complaint_targets (target_key, complaint_id);

CREATE TABLE complaint_units (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    capacity TEXT COLLATE "C" NOT NULL CHECK (capacity IN ('supervising', 'responsible', 'upper')),
    since BIGINT NOT NULL,
    PRIMARY KEY (complaint_id, organisation_id, capacity)
);
CREATE INDEX complaint_units_organisation ON complaint_units (organisation_id, complaint_id);

CREATE TABLE complaint_identities (
    complaint_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES complaints (id),
    county_code TEXT COLLATE "C" NOT NULL,
    key_id TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE TABLE complaint_events (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    staff_id TEXT COLLATE "C" REFERENCES staff (id),
    organisation_id TEXT COLLATE "C" REFERENCES organisations (id),
    public_note TEXT COLLATE "C",
    internal_note TEXT COLLATE "C",
    PRIMARY KEY (complaint_id, seq)
);

CREATE TABLE complaint_messages (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    author TEXT COLLATE "C" NOT NULL CHECK (author IN ('complainant', 'staff')),
    staff_id TEXT COLLATE "C" REFERENCES staff (id),
    text TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (complaint_id, seq)
);

CREATE TABLE timers (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    stage TEXT COLLATE "C" NOT NULL,
    round INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    running BOOLEAN NOT NULL,
    lit BOOLEAN NOT NULL,
    blue_at BIGINT,
    yellow_at BIGINT,
    due_at BIGINT NOT NULL,
    next_step TEXT COLLATE "C",
    next_at BIGINT,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (complaint_id, stage, round)
);
CREATE INDEX timers_next ON timers (next_at);

CREATE TABLE escalations (
    complaint_id TEXT COLLATE "C" NOT NULL REFERENCES complaints (id),
    stage TEXT COLLATE "C" NOT NULL,
    round INTEGER NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL,
    fired_at BIGINT NOT NULL,
    organisation_id TEXT COLLATE "C" REFERENCES organisations (id),
    PRIMARY KEY (complaint_id, stage, round, step)
);

CREATE TABLE outbox (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    staff_id TEXT COLLATE "C" REFERENCES staff (id),
    template TEXT COLLATE "C" NOT NULL,
    params TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    last_error TEXT COLLATE "C"
);
CREATE INDEX outbox_pending ON outbox (state, not_before);

CREATE TABLE audit (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    case_at BIGINT NOT NULL,
    wall_at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    actor_id TEXT COLLATE "C",
    action TEXT COLLATE "C" NOT NULL,
    object TEXT COLLATE "C" NOT NULL,
    object_id TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    before_sha256 TEXT COLLATE "C",
    after_sha256 TEXT COLLATE "C"
);
CREATE INDEX audit_object ON audit (object, object_id);

CREATE TABLE clock_base (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    base_case BIGINT NOT NULL,
    base_wall BIGINT NOT NULL,
    last_case BIGINT NOT NULL,
    speed BIGINT NOT NULL
);

CREATE TABLE key_ids (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key_id TEXT COLLATE "C" NOT NULL
);
