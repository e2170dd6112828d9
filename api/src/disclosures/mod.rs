//! Open accounts: reading what a village's accountant hands in, having it signed, publishing it, and
//! giving it back as a page or a sheet.

pub mod admin;
pub mod chart;
pub mod export;
pub mod lines;
pub mod public;
pub mod reader;
pub mod service;
pub mod sheet;
pub mod tables;
pub mod template;
pub mod views;
