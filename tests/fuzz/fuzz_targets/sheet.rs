//! A ledger as somebody hands it in: a workbook, CSV, or anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yidiantong::disclosures::sheet::{Pairs, read_ledger};

fuzz_target!(|bytes: &[u8]| {
    let read = read_ledger(bytes, "a.xlsx", &Pairs::default());
    // Whatever it is, somebody is told, or has a ledger whose lines can be named.
    assert_eq!(read.lines.len(), read.line_rows.len());
    assert!(read.errors.len() <= 1000, "{} faults", read.errors.len());
    assert!(!read.errors.is_empty() || read.ledger().is_some());
});
