//! Open accounts: reading what a village's accountant hands in, having it signed, publishing, correcting and
//! withdrawing it, and giving it back as a page, a sheet or open data.

pub mod admin;
pub mod chart;
pub mod checking;
pub mod corrections;
pub mod drafting;
pub mod export;
pub mod feed;
pub mod lines;
mod log;
mod marked;
pub mod opendata;
pub mod package;
mod page;
pub mod preview_admin;
pub mod public;
mod publication;
pub mod reader;
pub mod service;
pub mod sheet;
mod sheet_file;
mod sight;
pub mod staging;
pub mod tables;
pub mod takedowns;
pub mod template;
pub mod versions;
pub mod views;
