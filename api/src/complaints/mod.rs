//! Complaints: filing, the complainant's own view, and what staff do.

pub mod actions;
pub mod admin;
mod choices;
pub mod clock;
pub mod intake;
pub mod public;
pub mod requests;
pub mod service;
mod settle;
pub mod views;
