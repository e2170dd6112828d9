-- What is asked for with every case and changes seldom (units, posts and who holds them, accounts' roles, declared
-- relations, zones, versions of policies and calendars, names of regions) is kept in memory by each process. This row
-- says which state of it a transaction sees: every change gives it a value that no earlier state had, also one that is
-- undone, and whoever keeps something in memory holds its value against this one in the same transaction.
CREATE TABLE directory_epoch (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT directory_epoch_one CHECK (id = 1),
    epoch INTEGER NOT NULL
) STRICT;
INSERT INTO directory_epoch (id, epoch) VALUES (1, 0);
CREATE TRIGGER directory_organisations_insert AFTER INSERT ON organisations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_organisations_update AFTER UPDATE ON organisations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_organisations_delete AFTER DELETE ON organisations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_posts_insert AFTER INSERT ON posts BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_posts_update AFTER UPDATE ON posts BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_posts_delete AFTER DELETE ON posts BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_post_holders_insert AFTER INSERT ON post_holders BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_post_holders_update AFTER UPDATE ON post_holders BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_post_holders_delete AFTER DELETE ON post_holders BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_relations_insert AFTER INSERT ON relations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_relations_update AFTER UPDATE ON relations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_relations_delete AFTER DELETE ON relations BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_staff_insert AFTER INSERT ON staff BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_staff_update AFTER UPDATE OF role, region_code, organisation_id, person_id, disabled_at ON staff BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_staff_delete AFTER DELETE ON staff BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zones_insert AFTER INSERT ON zones BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zones_update AFTER UPDATE ON zones BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zones_delete AFTER DELETE ON zones BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zone_townships_insert AFTER INSERT ON zone_townships BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zone_townships_update AFTER UPDATE ON zone_townships BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_zone_townships_delete AFTER DELETE ON zone_townships BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_policies_insert AFTER INSERT ON policies BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_policies_update AFTER UPDATE ON policies BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_policies_delete AFTER DELETE ON policies BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_calendar_versions_insert AFTER INSERT ON calendar_versions BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_calendar_versions_update AFTER UPDATE ON calendar_versions BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_calendar_versions_delete AFTER DELETE ON calendar_versions BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
-- An import of the whole country writes every region anew, most of them as they were; and one that is not there is
-- not remembered.
CREATE TRIGGER directory_regions_update AFTER UPDATE ON regions
WHEN old.name IS NOT new.name OR old.short_name IS NOT new.short_name BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
CREATE TRIGGER directory_regions_delete AFTER DELETE ON regions BEGIN
    UPDATE directory_epoch SET epoch = random();
END;
