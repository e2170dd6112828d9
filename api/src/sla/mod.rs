//! Limits, and our arithmetic of deadlines for anybody to check.

pub mod admin;
mod calendar_body;
pub mod calendars;
pub mod import;
pub mod policies;
pub mod policy_body;
pub mod public;
pub mod request;
pub mod service;
pub mod views;
