//! Proposals: what waits for a second person, as people see it. Made by the features, decided in
//! `decisions`.

pub mod admin;
pub mod service;
pub mod views;
