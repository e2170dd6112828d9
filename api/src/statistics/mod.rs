//! Numbers: closed periods for everybody, and a desk's own work for staff.

pub mod admin;
pub mod public;
pub mod service;
pub mod views;
