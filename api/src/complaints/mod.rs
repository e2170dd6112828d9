//! Complaints: filing, the complainant's own view, and what staff do.

pub mod action_request;
pub mod actions;
pub mod admin;
mod choices;
pub mod clock;
pub mod intake;
mod merging;
pub mod public;
mod questions;
pub mod requests;
pub mod service;
pub mod settle;
pub mod two_persons;
pub mod views;
