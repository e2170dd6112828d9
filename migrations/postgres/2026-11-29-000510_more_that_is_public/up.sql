-- What came to be public since the number of its state did: catalogues, what a village must publish, lines about people that
-- left the open web, and names that regions bore. See 2026-11-29-000501_public_generation.
CREATE TRIGGER public_catalogues AFTER INSERT OR UPDATE OR DELETE ON catalogues
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_obligations AFTER INSERT OR UPDATE OR DELETE ON obligations
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_disclosure_takedowns AFTER INSERT OR UPDATE OR DELETE ON disclosure_takedowns
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
CREATE TRIGGER public_region_former_names AFTER INSERT OR UPDATE OR DELETE ON region_former_names
    FOR EACH STATEMENT EXECUTE FUNCTION public_changed();
-- Rows of tables that were published are kept as the lines of ledgers are.
CREATE TRIGGER sheet_rows_kept BEFORE UPDATE OR DELETE ON sheet_rows
    FOR EACH ROW EXECUTE FUNCTION disclosure_line_is_kept();
