-- Failed logins, counted once for all processes. A name falls into one of 2^20 places by a keyed digest
-- (domain::tries), so that no row tells which name was tried, and no flood of names makes more rows than that.
-- `last_at` has no index: each failure then rewrites its row in place, and once a day all rows may be read.
CREATE TABLE login_tries (
    slot INTEGER NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at BIGINT NOT NULL
) WITH (fillfactor = 70);
