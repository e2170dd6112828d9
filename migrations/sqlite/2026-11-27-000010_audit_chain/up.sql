-- The audit becomes a chain (security.md 1.7): who may see a row is told by its case, every row waits for its link
-- in `audit_pending` from its own transaction on, and nobody changes or removes a row or a link any more.

ALTER TABLE audit ADD COLUMN case_id TEXT;
UPDATE audit SET case_id = object_id WHERE object IN ('complaint', 'timer');
UPDATE audit SET case_id = (SELECT p.complaint_id FROM proposals p WHERE p.id = audit.object_id)
    WHERE object = 'proposal';

DROP INDEX audit_object;
-- Each row is in one of the first two.
CREATE INDEX audit_of_case ON audit (case_id, case_at) WHERE case_id IS NOT NULL;
CREATE INDEX audit_of_object ON audit (object, object_id) WHERE case_id IS NULL;
CREATE INDEX audit_of_actor ON audit (actor_id, case_at) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_by_time ON audit (case_at, id);

-- No foreign keys to `audit`: when somebody takes a row away, its link has to stay to tell of it; and their checks
-- would lock a row in every transaction there is.
CREATE TABLE audit_pending (
    audit_id TEXT NOT NULL CONSTRAINT audit_pending_pkey PRIMARY KEY,
    wall_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_pending_order ON audit_pending (wall_at, audit_id);
INSERT INTO audit_pending (audit_id, wall_at) SELECT id, wall_at FROM audit;

CREATE TABLE audit_chain (
    seq INTEGER NOT NULL CONSTRAINT audit_chain_pkey PRIMARY KEY CHECK (seq > 0),
    audit_id TEXT NOT NULL CONSTRAINT audit_chain_audit_id_key UNIQUE,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id INTEGER NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    fault TEXT
) STRICT;
INSERT INTO audit_head (id, seq, hash, fault) VALUES (1, 0, zeroblob(32), NULL);

CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
CREATE TRIGGER audit_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
-- REPLACE removes a row without asking the trigger above.
CREATE TRIGGER audit_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
CREATE TRIGGER audit_chain_update BEFORE UPDATE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
CREATE TRIGGER audit_chain_delete BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
CREATE TRIGGER audit_chain_replace BEFORE INSERT ON audit_chain
WHEN EXISTS (SELECT 1 FROM audit_chain WHERE seq = NEW.seq OR audit_id = NEW.audit_id)
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END;
