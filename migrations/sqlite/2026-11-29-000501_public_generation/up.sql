-- What everybody may read is kept finished in the memory of each process (api/src/http/memory.rs). This number says
-- which state of it a transaction sees: whatever changes one of these tables adds to it in the same transaction, so
-- that nobody who writes can forget to. A draft, a voucher nobody has confirmed and a complaint change nothing that is
-- public, and closing a month's statistics keeps what was counted; tests/it/schema.rs asks of every new table whether
-- it belongs here.
CREATE TABLE public_generation (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT public_generation_one CHECK (id = 1),
    generation INTEGER NOT NULL
) STRICT;
INSERT INTO public_generation (id, generation) VALUES (1, 1);
CREATE TRIGGER public_regions_insert AFTER INSERT ON regions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_regions_update AFTER UPDATE ON regions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_regions_delete AFTER DELETE ON regions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_organisations_insert AFTER INSERT ON organisations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_organisations_update AFTER UPDATE ON organisations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_organisations_delete AFTER DELETE ON organisations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_posts_insert AFTER INSERT ON posts
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_posts_update AFTER UPDATE ON posts
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_posts_delete AFTER DELETE ON posts
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_powers_insert AFTER INSERT ON powers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_powers_update AFTER UPDATE ON powers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_powers_delete AFTER DELETE ON powers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_power_versions_insert AFTER INSERT ON power_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_power_versions_update AFTER UPDATE ON power_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_power_versions_delete AFTER DELETE ON power_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_policies_insert AFTER INSERT ON policies
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_policies_update AFTER UPDATE ON policies
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_policies_delete AFTER DELETE ON policies
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_calendar_versions_insert AFTER INSERT ON calendar_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_calendar_versions_update AFTER UPDATE ON calendar_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_calendar_versions_delete AFTER DELETE ON calendar_versions
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_published_answers_insert AFTER INSERT ON published_answers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_published_answers_update AFTER UPDATE ON published_answers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_published_answers_delete AFTER DELETE ON published_answers
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
-- Only what is or was published.
CREATE TRIGGER public_disclosures_insert AFTER INSERT ON disclosures
WHEN new.published_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_disclosures_update AFTER UPDATE ON disclosures
WHEN old.published_at IS NOT NULL OR new.published_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_disclosures_delete AFTER DELETE ON disclosures
WHEN old.published_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_vouchers_insert AFTER INSERT ON vouchers
WHEN new.confirmed_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_vouchers_update AFTER UPDATE ON vouchers
WHEN old.confirmed_at IS NOT NULL OR new.confirmed_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_vouchers_delete AFTER DELETE ON vouchers
WHEN old.confirmed_at IS NOT NULL BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_closed_statistics_update AFTER UPDATE ON closed_statistics
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_closed_statistics_delete AFTER DELETE ON closed_statistics
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
