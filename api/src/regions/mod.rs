//! The tree of regions: walked by parent, found by name, pinyin or initials, taken in from a table.

pub mod import;
pub mod public;
pub mod service;
pub mod views;
