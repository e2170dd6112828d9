-- Photos of complainants and pictures of vouchers. Their contents are files, sealed; here is what is known of them.
-- Nothing says when one came: it would tie a stranger's photo to a moment at an office's counter.
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    media TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- While nobody has used it: the digest of its token, and until when (wall time).
    token_sha256 TEXT,
    expires_at INTEGER,
    CONSTRAINT attachments_token UNIQUE (token_sha256),
    CONSTRAINT attachments_unused CHECK ((token_sha256 IS NULL) = (expires_at IS NULL))
) STRICT;
CREATE INDEX attachments_expires ON attachments (expires_at) WHERE expires_at IS NOT NULL;

-- The photos of a case by their numbers, and the words they came with; those of the filing have none.
CREATE TABLE complaint_attachments (
    complaint_id TEXT NOT NULL REFERENCES complaints (id),
    no INTEGER NOT NULL,
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    message_seq INTEGER,
    PRIMARY KEY (complaint_id, no),
    CONSTRAINT complaint_attachments_attachment UNIQUE (attachment_id)
) STRICT;

-- A picture of a voucher: as it was uploaded, and what is left of it under black boxes.
CREATE TABLE vouchers (
    id TEXT NOT NULL PRIMARY KEY,
    line_id TEXT NOT NULL REFERENCES ledger_lines (id),
    original_id TEXT NOT NULL REFERENCES attachments (id),
    redacted_id TEXT REFERENCES attachments (id),
    rectangles TEXT NOT NULL,
    version INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL REFERENCES persons (id),
    redacted_by TEXT REFERENCES persons (id),
    confirmed_by TEXT REFERENCES persons (id),
    uploaded_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    CONSTRAINT vouchers_original UNIQUE (original_id),
    CONSTRAINT vouchers_redacted UNIQUE (redacted_id),
    CONSTRAINT vouchers_confirmed CHECK (confirmed_by IS NULL OR redacted_id IS NOT NULL)
) STRICT;
CREATE INDEX vouchers_line ON vouchers (line_id);
CREATE INDEX vouchers_uploaded_by ON vouchers (uploaded_by);
CREATE INDEX vouchers_redacted_by ON vouchers (redacted_by);
CREATE INDEX vouchers_confirmed_by ON vouchers (confirmed_by);
