-- What everybody may read is kept finished in the memory of each process (api/src/http/memory.rs). This number says
-- which state of it a transaction sees: whatever changes one of these tables adds to it in the same transaction, so
-- that nobody who writes can forget to. A draft, a voucher nobody has confirmed and a complaint change nothing that is
-- public, and closing a month's statistics keeps what was counted; tests/it/schema.rs asks of every new table whether
-- it belongs here.
CREATE TABLE public_generation (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT public_generation_one CHECK (id = 1),
    generation BIGINT NOT NULL
);
INSERT INTO public_generation (id, generation) VALUES (1, 1);
CREATE FUNCTION public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public_generation SET generation = generation + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER public_regions AFTER INSERT OR UPDATE OR DELETE ON regions
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_organisations AFTER INSERT OR UPDATE OR DELETE ON organisations
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_posts AFTER INSERT OR UPDATE OR DELETE ON posts
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_powers AFTER INSERT OR UPDATE OR DELETE ON powers
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_power_versions AFTER INSERT OR UPDATE OR DELETE ON power_versions
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_policies AFTER INSERT OR UPDATE OR DELETE ON policies
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_calendar_versions AFTER INSERT OR UPDATE OR DELETE ON calendar_versions
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_published_answers AFTER INSERT OR UPDATE OR DELETE ON published_answers
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
-- Only what is or was published.
CREATE TRIGGER public_disclosures_insert AFTER INSERT ON disclosures FOR EACH ROW
    WHEN (new.published_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_disclosures_update AFTER UPDATE ON disclosures FOR EACH ROW
    WHEN (old.published_at IS NOT NULL OR new.published_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_disclosures_delete AFTER DELETE ON disclosures FOR EACH ROW
    WHEN (old.published_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_vouchers_insert AFTER INSERT ON vouchers FOR EACH ROW
    WHEN (new.confirmed_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_vouchers_update AFTER UPDATE ON vouchers FOR EACH ROW
    WHEN (old.confirmed_at IS NOT NULL OR new.confirmed_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_vouchers_delete AFTER DELETE ON vouchers FOR EACH ROW
    WHEN (old.confirmed_at IS NOT NULL) EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_closed_statistics AFTER UPDATE OR DELETE ON closed_statistics
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
