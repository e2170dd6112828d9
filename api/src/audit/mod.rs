//! The audit: linked to a chain behind the transactions that write it, watched over, and searched.

pub mod admin;
pub mod sequencer;
pub mod watch;
