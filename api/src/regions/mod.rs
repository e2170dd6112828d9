//! The tree of regions: walked by parent, found by name, pinyin or initials, taken in from a table or from the tables of the
//! whole country.

mod apply;
pub mod finder;
pub mod import;
mod package;
pub mod public;
pub mod service;
pub mod tree;
pub mod views;
