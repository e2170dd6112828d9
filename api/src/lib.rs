//! One-click supervision: the HTTP API, its services and its worker.
//!
//! The way through the house: `main` -> [`server`] -> `<feature>/{public,admin}` -> `<feature>/service` ->
//! `store::<feature>` -> `domain::<feature>`. The worker calls services too. Features never import
//! features: what one causes elsewhere is a row written in the same transaction.

pub mod accounts;
pub mod app;
pub mod attachments;
pub mod audit;
pub mod categories;
pub mod codes;
pub mod complaints;
pub mod config;
pub mod decisions;
pub mod demo;
pub mod disclosures;
pub mod error;
mod failpoints;
pub mod http;
pub mod import;
pub mod log;
pub mod metrics;
pub mod notify;
pub mod obligations;
mod office;
mod open_words;
pub mod openapi;
pub mod operations;
pub mod organisations;
pub mod ports;
pub mod powers;
pub mod proposals;
pub mod propose;
pub mod regions;
pub mod rules;
mod rungs;
pub mod server;
pub mod sla;
mod spelling;
mod spreadsheet;
pub mod statistics;
pub mod system;
mod turns;
pub mod webs;
pub mod worker;
pub mod zones;
