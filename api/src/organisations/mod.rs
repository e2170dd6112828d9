//! Units and their posts, to say whom a complaint is about. People's names are nowhere here.

pub mod public;
pub mod views;
