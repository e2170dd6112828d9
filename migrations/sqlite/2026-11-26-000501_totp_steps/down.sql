ALTER TABLE staff DROP COLUMN totp_earlier_steps;
