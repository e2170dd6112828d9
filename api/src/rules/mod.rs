//! The page of the documentation that says what the program does with a case: states, actions, clocks,
//! ladder, permissions and the shipped policy, all printed from the code that decides.

pub(crate) mod lexicon;
mod operations;
mod page;
mod words;

pub use operations::{in_words, markdown};

use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::deadline::Lang;
use serde::Deserialize;

use crate::http::lang::{Reader, tag};
use crate::http::policy::of_shell;

/// In which language.
#[derive(Debug, Deserialize)]
pub struct Wish {
    lang: Option<String>,
}

/// The rules, as the code has them. `?lang=` overrules `Accept-Language`.
#[get("/api/docs/rules")]
pub async fn rules(_: HttpRequest, wish: web::Query<Wish>, reader: Reader) -> HttpResponse {
    let lang = match wish.lang.as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => reader.0,
    };
    let html = page::page(lang);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, of_shell(html)))
        .insert_header(("Content-Language", tag(lang)))
        .insert_header(("Cache-Control", "public, max-age=300"))
        .insert_header(("Vary", "Accept-Language"))
        .body(html)
}
