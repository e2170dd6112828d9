//! A table of holidays.
#![no_main]

use domain::calendar::parse_holidays_csv;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(faults) = parse_holidays_csv(text) {
        assert!(!faults.is_empty(), "refused without a word");
    }
});
