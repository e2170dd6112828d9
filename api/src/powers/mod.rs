//! Micro-power lists, and those of duties and bans beside them: a county's list is the template of its villages, and an
//! item of the same code lower down the tree stands in for it.

pub mod admin;
pub mod admin_views;
pub mod drafting;
pub mod import;
pub mod public;
mod publish;
pub mod service;
pub mod views;
