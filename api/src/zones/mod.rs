//! Zones (片区): townships of a county that may look into each other's affairs. Two persons change them.

pub mod admin;
pub mod service;
