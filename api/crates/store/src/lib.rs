//! All that knows the database. Services hand closures over [`Tx`] to [`Db::read`] and [`Db::write`];
//! inside, the modules named like the features find and save domain values. No query can be written
//! outside this crate, because the connection inside [`Tx`] is private.

pub mod about;
pub mod accounts;
pub mod answers;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod catalogues;
mod checkpoint;
pub mod complaints;
mod conn;
pub mod daily;
mod db;
mod directory;
pub mod disclosures;
pub mod durability;
mod error;
pub mod escalations;
pub mod exports;
mod generation;
pub mod identities;
pub mod installation;
pub mod migrate;
pub mod obligations;
pub mod organisations;
pub mod outbox;
pub mod policies;
pub mod powers;
mod prepared;
pub mod proposals;
pub mod recusal;
pub mod regions;
mod schema;
pub mod statistics;
pub mod timers;
pub mod trouble;
mod turn;
pub mod vouchers;
pub mod watch;
pub mod zones;

pub use conn::DatabaseUrl;
pub use db::{Db, Tx};
pub use error::{StoreError, TxError};
pub use generation::Generation;
