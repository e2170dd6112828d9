//! Limits, and our arithmetic of deadlines for anybody to check.

pub mod import;
pub mod public;
pub mod request;
pub mod service;
pub mod views;
