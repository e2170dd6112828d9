//! Rules without IO: every function takes `now` and its facts as arguments.
//!
//! The same feature names stand on every floor of the house (`store`, `api`). Nothing here opens a file, a
//! socket or a database, reads a clock or rolls dice; Cargo holds that, because this crate depends on none
//! of the crates that could.

pub mod canon;
pub mod disclosure;
pub mod id;
pub mod money;
pub mod region;
pub mod text;
pub mod time;
