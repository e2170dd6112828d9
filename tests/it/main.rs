//! The whole product through its public surface. Each test owns a fresh database, both clocks, the mailbox
//! and the worker, and speaks as people do; the suite runs once per engine:
//!
//! ```text
//! cargo test -p it                                                      # SQLite, a file per test
//! YDT_TEST_DATABASE=postgres://me@localhost/test cargo test -p it       # PostgreSQL, a database per test
//! YDT_TEST_REDIS=redis://127.0.0.1:6379 cargo test -p it                # the same with the queue in Redis
//! ```
//!
//! Only `support/inside.rs` knows the product's insides: it opens and seeds an installation, hires staff,
//! steps clocks and the worker. Everything else is HTTP, and `contract.md` is what it is held against.

mod accounts;
mod attachments;
mod audit;
mod audit_search;
mod bare;
mod calendars;
mod concurrency;
mod contract;
mod corrections;
mod declines;
mod demo;
mod desk;
mod disclosures;
mod exports;
mod identity;
mod intake;
mod journeys;
mod lifecycle;
mod limits;
mod matrix;
mod merges;
mod mutations;
mod natural_persons;
mod notices;
mod obligations;
mod open_data;
mod operations;
mod organisations;
mod permissions;
mod policies;
mod postings;
mod powers;
mod problems;
mod public_answers;
mod queue_events;
mod read_path;
mod recusal;
mod regions;
mod reissue;
mod scale;
mod schema;
mod sessions;
mod sheet_columns;
mod sheets;
mod sla;
mod staff_admin;
mod staff_intake;
mod staging;
mod statistics;
mod support;
mod tables;
mod two_persons;
mod vouchers;
mod zones;
