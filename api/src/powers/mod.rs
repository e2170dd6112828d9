//! Micro-power lists: a county's list is the template of its villages, and an item of the same code lower
//! down the tree stands in for it.

pub mod import;
pub mod public;
pub mod service;
pub mod views;
