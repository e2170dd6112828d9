-- Other steps that codes were taken for beside `totp_last_step`, as a sorted JSON list: when the machine's clock has been
-- ahead and comes back, the last one alone says nothing about the present any more.
ALTER TABLE staff ADD COLUMN totp_earlier_steps TEXT COLLATE "C" NOT NULL DEFAULT '[]';
