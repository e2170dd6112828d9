//! Complaints: what a filing is, who may know of it, who supervises it, what may be done to it and when.

pub mod access;
pub mod action;
pub mod case;
pub mod clockwork;
pub mod decline;
pub mod identity;
pub mod intake;
pub mod merge;
pub mod rating;
pub mod receipt;
mod reopen;
pub mod reroute;
pub mod routing;
pub mod state;
pub mod table;
pub mod target;
pub mod transition;

#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop where it breaks")]
mod tests;
