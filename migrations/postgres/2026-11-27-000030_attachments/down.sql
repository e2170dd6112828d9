DROP TABLE vouchers;
DROP TABLE complaint_attachments;
DROP TABLE attachments;
