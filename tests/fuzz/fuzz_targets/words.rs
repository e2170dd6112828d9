//! Short texts that mean something: receipt codes, recovery codes, times, days, codes of regions, ids.
#![no_main]

use domain::complaint::receipt::ReceiptCode;
use domain::id::{ComplaintId, OrganisationId};
use domain::region::RegionCode;
use domain::time::{Timestamp, parse_day};
use libfuzzer_sys::fuzz_target;
use yidiantong::accounts::recovery;
use yidiantong::complaints::intake::fold;
use yidiantong::ports::queue::RedisUrl;

fuzz_target!(|text: &str| {
    if let Some(code) = ReceiptCode::parse(text) {
        let plain = code.reveal().to_owned();
        assert_eq!(
            (plain.len(), plain.bytes().all(|byte| byte.is_ascii_digit())),
            (20, true)
        );
        assert!(ReceiptCode::parse(&plain).is_some_and(|again| again == code));
    }
    if let Ok(at) = Timestamp::parse(text) {
        assert_eq!(Timestamp::parse(&at.to_string()), Ok(at));
    }
    if let Some(day) = parse_day(text) {
        assert_eq!(parse_day(&day.to_string()), Some(day));
    }
    assert_eq!(recovery::digest(text).len(), 64);
    drop(RegionCode::try_from(text.to_owned()));
    drop(ComplaintId::try_from(text.to_owned()));
    drop(OrganisationId::try_from(text.to_owned()));
    let _ = fold(text);
    if let Err(why) = RedisUrl::parse(text) {
        assert!(!why.contains('\n'), "{why}");
    }
});
