//! The edge: what every request and answer has in common. Features build on it; it knows none of them.

pub mod auth;
mod bare;
pub mod body;
mod cors;
pub mod door;
pub mod edge;
pub mod finished;
mod idle;
pub mod key;
pub mod lang;
pub mod limits;
pub mod listen;
pub mod memory;
mod objects;
pub mod origin;
pub mod page;
pub mod policy;
pub mod problem;
pub mod reply;
mod shape_words;
mod slow;
pub mod upload;
pub mod words;
