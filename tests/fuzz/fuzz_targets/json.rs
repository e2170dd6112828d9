//! Bodies of calls; the first byte says of which.
#![no_main]

use domain::policy::Policy;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use yidiantong::complaints::action_request::action;
use yidiantong::complaints::requests::{
    FilingRequest, RatingRequest, TargetsRequest, WordsRequest,
};
use yidiantong::http::body::from_json;
use yidiantong::sla::policy_body::PolicyBody;
use yidiantong::sla::request::DeadlineBody;

fuzz_target!(|bytes: &[u8]| {
    let Some((which, body)) = bytes.split_first() else {
        return;
    };
    match which % 7 {
        0 => drop(from_json::<FilingRequest>(body)),
        1 => drop(from_json::<WordsRequest>(body)),
        2 => drop(from_json::<RatingRequest>(body)),
        3 => drop(from_json::<TargetsRequest>(body)),
        4 => drop(from_json::<Value>(body).and_then(action)),
        5 => {
            if let Ok(policy) = from_json::<PolicyBody>(body) {
                drop(policy.after(&Policy::default_policy()));
            }
        }
        _ => {
            if let Ok(deadline) = from_json::<DeadlineBody>(body) {
                drop(deadline.ask());
            }
        }
    }
});
