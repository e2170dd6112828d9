//! A ledger or a table as somebody hands it in: a workbook, CSV, JSON, or anything.
#![no_main]

use domain::disclosure::kind::DisclosureKind;
use libfuzzer_sys::fuzz_target;
use yidiantong::disclosures::sheet::{Pairs, read_ledger, read_sheet};

fuzz_target!(|bytes: &[u8]| {
    let mut read = read_ledger(bytes, "a.xlsx", &Pairs::default());
    // Whatever it is, somebody is told, or has a ledger whose lines can be named.
    assert_eq!(read.lines.len(), read.line_rows.len());
    assert!(read.errors.len() <= 1000, "{} faults", read.errors.len());
    assert!(!read.errors.is_empty() || read.take_content().is_some());
    let kinds = DisclosureKind::ALL;
    let kind = kinds[bytes
        .first()
        .map_or(1, |first| usize::from(*first) % kinds.len())];
    let mut read = read_sheet(kind, bytes, "a.xlsx", &Pairs::default());
    assert!(!read.errors.is_empty() || read.take_content().is_some());
});
