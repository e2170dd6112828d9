//! Rules without IO: every function takes `now` and its facts as arguments.
//!
//! The same feature names stand on every floor of the house (`store`, `api`). Nothing here opens a file, a
//! socket or a database, reads a clock or rolls dice; Cargo holds that, because this crate depends on none
//! of the crates that could.

pub mod attachment;
pub mod audit;
pub mod calendar;
pub mod canon;
pub mod category;
pub mod complaint;
pub mod deadline;
pub mod disclosure;
pub mod escalation;
pub mod id;
pub mod mask;
pub mod money;
pub mod obligation;
pub mod operation;
pub mod organisation;
pub mod personal;
pub mod policy;
pub mod power;
pub mod proposal;
pub mod quote;
pub mod region;
pub mod role;
pub mod sla;
pub mod statistics;
pub mod text;
pub mod time;
pub mod tries;
