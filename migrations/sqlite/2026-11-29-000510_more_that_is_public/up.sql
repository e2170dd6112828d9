-- What came to be public since the number of its state did: catalogues, what a village must publish, lines about people that
-- left the open web, and names that regions bore. See 2026-11-29-000501_public_generation.
CREATE TRIGGER public_catalogues_insert AFTER INSERT ON catalogues
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_catalogues_update AFTER UPDATE ON catalogues
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_catalogues_delete AFTER DELETE ON catalogues
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_obligations_insert AFTER INSERT ON obligations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_obligations_update AFTER UPDATE ON obligations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_obligations_delete AFTER DELETE ON obligations
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_disclosure_takedowns_insert AFTER INSERT ON disclosure_takedowns
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_disclosure_takedowns_update AFTER UPDATE ON disclosure_takedowns
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_disclosure_takedowns_delete AFTER DELETE ON disclosure_takedowns
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_region_former_names_insert AFTER INSERT ON region_former_names
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_region_former_names_update AFTER UPDATE ON region_former_names
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
CREATE TRIGGER public_region_former_names_delete AFTER DELETE ON region_former_names
BEGIN
    UPDATE public_generation SET generation = generation + 1;
END;
-- Rows of tables that were published are kept as the lines of ledgers are.
CREATE TRIGGER sheet_rows_update BEFORE UPDATE ON sheet_rows
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.sheet_id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
CREATE TRIGGER sheet_rows_delete BEFORE DELETE ON sheet_rows
WHEN EXISTS (SELECT 1 FROM disclosure_versions WHERE sheet_id = OLD.sheet_id)
BEGIN SELECT RAISE(ABORT, 'what was published is kept as it was written'); END;
