//! The language of an answer: Chinese unless the reader prefers English.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
pub use domain::deadline::Lang;

/// Reads `Accept-Language`.
#[must_use]
pub fn of(headers: &HeaderMap) -> Lang {
    let Some(wish) = headers.get(ACCEPT_LANGUAGE) else {
        return Lang::Zh;
    };
    let wish = wish.to_str().unwrap_or_default();
    let weight = |tag: &str| {
        wish.split(',')
            .filter_map(|part| {
                let mut parts = part.trim().split(';');
                let name = parts.next()?.trim();
                let (head, rest) = name.split_at_checked(tag.len())?;
                let matches =
                    head.eq_ignore_ascii_case(tag) && (rest.is_empty() || rest.starts_with('-'));
                let q = parts
                    .find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok())
                    .unwrap_or(1.0);
                matches.then_some(q)
            })
            .fold(0.0_f32, f32::max)
    };
    if weight("en") > weight("zh") {
        Lang::En
    } else {
        Lang::Zh
    }
}

/// The tag for `Content-Language`.
#[must_use]
pub fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// The reader's language, as an argument of a handler.
pub struct Reader(pub Lang);

impl FromRequest for Reader {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(of(req.headers()))))
    }
}
