-- Failed logins, counted once for all processes. A name falls into one of 2^20 places by a keyed digest
-- (domain::tries), so that no row tells which name was tried, and no flood of names makes more rows than that.
CREATE TABLE login_tries (
    slot INTEGER NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
