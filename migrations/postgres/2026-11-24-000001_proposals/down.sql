DELETE FROM complaint_units WHERE capacity = 'asked';
ALTER TABLE complaint_units DROP CONSTRAINT complaint_units_capacity_check;
ALTER TABLE complaint_units ADD CONSTRAINT complaint_units_capacity_check
    CHECK (capacity IN ('supervising', 'responsible', 'upper'));
ALTER TABLE complaints DROP COLUMN channel;
DROP TABLE published_answers;
DROP TABLE merges;
DROP TABLE proposal_offers;
DROP TABLE proposals;
