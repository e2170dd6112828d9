//! Whose files these are: whoever runs the program, and no other account of the machine. The database holds what people
//! complain of, and its log beside it holds it twice.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use rustix::fs::Mode;
use store::DatabaseUrl;

/// What SQLite keeps beside a database; it makes them with the rights of the database itself.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Every file that this process and those it starts make from now on is its owner's alone, whoever makes it: SQLite,
/// `pg_dump`, ourselves. Said once for all, so that no new file can be forgotten.
pub(super) fn from_now_on() {
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// A database that an earlier program made with the shell's own mask.
pub(super) fn take_back(url: &DatabaseUrl) {
    let DatabaseUrl::Sqlite(path) = url else {
        return;
    };
    for beside in BESIDE {
        let file = format!("{path}{beside}");
        let is_open =
            fs::metadata(&file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
        if is_open && let Err(error) = fs::set_permissions(&file, Permissions::from_mode(0o600)) {
            tracing::warn!(place = %file, %error, "other accounts of the machine can read the database: chmod 600");
        }
    }
}
