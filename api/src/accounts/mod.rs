//! Accounts of people who work here: logging in with password and code, staying logged in, enrolling with
//! a one-time link (security.md 1.4.10 and 1.4.11).

pub mod admin;
pub mod cli;
pub mod enrolment;
pub mod passwords;
pub mod service;
pub mod totp;
pub mod tries;
pub mod views;
