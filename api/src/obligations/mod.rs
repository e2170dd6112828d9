//! What villages must publish when (公开目录, T10): the catalogue that asks for it, the obligations that grow out of it,
//! the ladder they climb, and how each stands, for everybody to see.
//!
//! Obligations are rows, not a computation of each read: a date that was told stays told, people refer to one by its id,
//! and each climbs the ladder once. A village gets its rows when something opens (on the first of a month), in batches,
//! by whichever worker comes first; only villages that take part have any ([`store::obligations::join`]).

pub mod admin;
pub mod catalogue_admin;
pub mod catalogues;
pub mod events;
mod grow;
mod ladder;
pub mod public;
pub mod service;
mod sheet;
pub mod striking;
pub mod sweep;
pub mod views;
