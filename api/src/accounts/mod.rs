//! Accounts of people who work here: logging in with password and code, staying logged in, enrolling with
//! a one-time link (security.md 1.4.10 and 1.4.11), and who may do what (contract.md 4).

pub mod admin;
pub mod cli;
mod easy;
pub mod enrolment;
pub mod grants;
pub mod hiring;
pub mod login;
mod notice;
pub mod own_password;
pub mod passwords;
pub mod people;
pub mod people_views;
pub mod recovery;
pub mod service;
pub mod staff_admin;
pub mod totp;
pub mod tries;
pub mod views;
