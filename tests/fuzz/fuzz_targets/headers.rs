//! What stands in headers and addresses: languages, cursors, queries.
#![no_main]

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use yidiantong::complaints::intake::is_key;
use yidiantong::http::body::from_query;
use yidiantong::http::lang;
use yidiantong::http::page::Want;
use yidiantong::sla::request::DeadlineQuery;

fuzz_target!(|text: &str| {
    if let Ok(value) = HeaderValue::from_str(text) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, value);
        let _ = lang::of(&headers);
    }
    drop(Want::read(Some(20), Some(text)));
    if let Ok(query) = from_query::<DeadlineQuery>(text) {
        drop(query.ask());
    }
    let _ = is_key(text);
});
