-- The audit becomes a chain (security.md 1.7): who may see a row is told by its case, every row waits for its link
-- in `audit_pending` from its own transaction on, and nobody changes or removes a row or a link any more.

ALTER TABLE audit ADD COLUMN case_id TEXT COLLATE "C";
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
    audit_id TEXT COLLATE "C" NOT NULL CONSTRAINT audit_pending_pkey PRIMARY KEY,
    wall_at BIGINT NOT NULL
);
CREATE INDEX audit_pending_order ON audit_pending (wall_at, audit_id);
INSERT INTO audit_pending (audit_id, wall_at) SELECT id, wall_at FROM audit;

CREATE TABLE audit_chain (
    seq BIGINT NOT NULL CONSTRAINT audit_chain_pkey PRIMARY KEY CHECK (seq > 0),
    audit_id TEXT COLLATE "C" NOT NULL CONSTRAINT audit_chain_audit_id_key UNIQUE,
    hash BYTEA NOT NULL
);

CREATE TABLE audit_head (
    id INTEGER NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    fault TEXT COLLATE "C"
);
INSERT INTO audit_head (id, seq, hash, fault) VALUES (1, 0, decode(repeat('00', 32), 'hex'), NULL);

CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is kept as it was written';
END
$$;
CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_chain_update BEFORE UPDATE ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_chain_delete BEFORE DELETE ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_chain_truncate BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_head_truncate BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
