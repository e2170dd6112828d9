//! What stands in headers and addresses: languages, cursors, queries.
#![no_main]

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use actix_web::test::TestRequest;
use libfuzzer_sys::fuzz_target;
use yidiantong::http::body::from_query;
use yidiantong::http::key;
use yidiantong::http::lang;
use yidiantong::http::page::Want;
use yidiantong::sla::request::DeadlineQuery;

fuzz_target!(|text: &str| {
    if let Ok(value) = HeaderValue::from_str(text) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, value.clone());
        let _ = lang::of(&headers);
        let asked = TestRequest::default().insert_header(("idempotency-key", value));
        drop(key::given(&asked.to_http_request()));
    }
    drop(Want::read(Some(20), Some(text)));
    if let Ok(query) = from_query::<DeadlineQuery>(text) {
        drop(query.ask());
    }
});
