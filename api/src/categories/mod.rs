//! What a complaint may be about, and which matters belong behind another door.

pub mod public;
pub mod views;
