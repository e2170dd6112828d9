DROP TABLE case_exports;
DROP TABLE erased_identities;
DROP INDEX complaint_identities_key;
DROP INDEX complaint_identities_erase;
ALTER TABLE complaint_identities DROP COLUMN erase_at;
DROP TABLE identity_requests;
