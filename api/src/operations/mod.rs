//! What an operator does with a whole installation: save it, put it back, carry its secrets elsewhere. All of it
//! blocks, and is called from the command line alone.

pub mod archive;
pub mod backup;
pub mod restore;
pub mod secrets;
pub mod staging;

/// What the folder of photographs and vouchers is called in a backup, wherever ATTACHMENTS_DIR is.
const ATTACHMENTS: &str = "attachments";
