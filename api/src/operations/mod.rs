//! What an operator does with a whole installation: save it, put it back, carry its secrets elsewhere, which blocks and
//! is called from the command line alone; and what every start looks after (`keys`, `erasures`).

pub mod archive;
pub mod backup;
pub mod erasures;
pub mod keys;
pub mod restore;
pub mod secrets;
pub mod staging;

/// What the folder of photographs and vouchers is called in a backup, wherever ATTACHMENTS_DIR is.
const ATTACHMENTS: &str = "attachments";
