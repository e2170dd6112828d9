//! Complaints: filing, the complainant's own view, and what staff do.

pub mod actions;
pub mod admin;
mod choices;
pub mod clock;
pub mod explain;
pub mod intake;
pub mod posts;
pub mod public;
pub mod recount;
pub mod relations;
pub mod requests;
pub mod reroute;
pub mod service;
pub mod settle;
pub mod two_persons;
pub mod views;
