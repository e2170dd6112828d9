//! Complaints: filing, the complainant's own view, and what staff do.

pub mod action_request;
pub mod actions;
pub mod admin;
mod choices;
pub mod clock;
pub mod dead_timers;
pub mod explain;
pub mod export;
pub mod export_admin;
pub mod identity;
pub mod identity_admin;
pub mod identity_views;
pub mod intake;
mod merging;
mod photos;
pub mod posts;
pub mod public;
mod questions;
pub mod recount;
pub mod relations;
pub mod requests;
pub mod reroute;
pub mod retention;
pub mod service;
pub mod settle;
pub mod two_persons;
pub mod views;
