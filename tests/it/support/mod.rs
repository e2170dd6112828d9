//! What tests are told with: a house to live in, people who act, sheets they bring, letters they get.

pub mod actors;
pub mod apart;
pub mod app;
pub mod bombs;
pub mod cluster;
pub mod db;
pub mod dice;
pub mod inside;
pub mod mail;
pub mod original;
pub mod pictures;
pub mod places;
pub mod shapes;
pub mod sheets;
pub mod tables;

pub use actors::{Filing, Staff, Villager};
pub use app::{Answer, Call, House};
