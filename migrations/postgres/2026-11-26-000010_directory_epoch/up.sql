-- What is asked for with every case and changes seldom (units, posts and who holds them, accounts' roles, declared
-- relations, zones, versions of policies and calendars, names of regions) is kept in memory by each process. This row
-- says which state of it a transaction sees: every change gives it a value that no earlier state had, also one that is
-- undone, and whoever keeps something in memory holds its value against this one in the same transaction.
CREATE TABLE directory_epoch (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT directory_epoch_one CHECK (id = 1),
    epoch BIGINT NOT NULL
);
INSERT INTO directory_epoch (id, epoch) VALUES (1, 0);
CREATE FUNCTION directory_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directory_epoch SET epoch = (random() * 9007199254740992)::bigint * 1024 + (random() * 1023)::bigint;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_organisations AFTER INSERT OR UPDATE OR DELETE ON organisations
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_posts AFTER INSERT OR UPDATE OR DELETE ON posts
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_post_holders AFTER INSERT OR UPDATE OR DELETE ON post_holders
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_relations AFTER INSERT OR UPDATE OR DELETE ON relations
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_staff AFTER INSERT OR UPDATE OF role, region_code, organisation_id, person_id, disabled_at OR DELETE ON staff
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_zones AFTER INSERT OR UPDATE OR DELETE ON zones
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_zone_townships AFTER INSERT OR UPDATE OR DELETE ON zone_townships
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_policies AFTER INSERT OR UPDATE OR DELETE ON policies
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_calendar_versions AFTER INSERT OR UPDATE OR DELETE ON calendar_versions
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
-- An import of the whole country writes every region anew, most of them as they were; and one that is not there is
-- not remembered.
CREATE TRIGGER directory_regions_update AFTER UPDATE ON regions FOR EACH ROW
    WHEN (old.name IS DISTINCT FROM new.name OR old.short_name IS DISTINCT FROM new.short_name)
    EXECUTE FUNCTION directory_changed();
CREATE TRIGGER directory_regions_delete AFTER DELETE ON regions
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
