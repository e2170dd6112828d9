//! Open accounts: reading what a village's accountant hands in, and giving it back as a sheet.

pub mod chart;
pub mod export;
pub mod sheet;
pub mod template;
