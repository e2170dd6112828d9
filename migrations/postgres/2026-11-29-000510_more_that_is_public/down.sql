DROP TRIGGER public_catalogues ON catalogues;
DROP TRIGGER public_obligations ON obligations;
DROP TRIGGER public_disclosure_takedowns ON disclosure_takedowns;
DROP TRIGGER public_region_former_names ON region_former_names;
DROP TRIGGER sheet_rows_kept ON sheet_rows;
