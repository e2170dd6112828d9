//! Pages of other sites that may call the public API (`CORS_ORIGINS`): exactly those, with no cookie and no token of
//! staff. Whoever is not named gets the same answers, which a browser then keeps from the page.

use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY};
use actix_web::{HttpRequest, HttpResponse};

/// Seconds that a browser may remember a permission.
const REMEMBERED: &str = "7200";
const METHODS: &str = "GET, HEAD, POST";
const HEADERS: &str =
    "Content-Type, Accept-Language, Idempotency-Key, If-None-Match, X-Receipt-Code";
const EXPOSED: &str = "ETag, Link, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replay, X-Request-Id, Content-Disposition";

/// Staff never work from another site's page.
fn is_public_api(path: &str) -> bool {
    path.strip_prefix("/api/v1/")
        .is_some_and(|rest| !rest.starts_with("admin/") && !rest.starts_with("auth/"))
}

/// The origin of a request, where it is one of those that may call.
fn permitted<'a>(req: &HttpRequest, origins: &'a [String]) -> Option<&'a str> {
    let origin = req.headers().get(ORIGIN)?.to_str().ok()?;
    let known = origins.iter().find(|known| known.as_str() == origin)?;
    is_public_api(req.path()).then_some(known.as_str())
}

/// The answer to a browser that asks before it calls; `None` where the request is no such question.
pub(super) fn preflight(req: &HttpRequest, origins: &[String]) -> Option<HttpResponse> {
    let asks = req.method() == Method::OPTIONS
        && req.headers().contains_key("access-control-request-method");
    if !asks {
        return None;
    }
    permitted(req, origins)?;
    Some(
        HttpResponse::NoContent()
            .insert_header(("access-control-allow-methods", METHODS))
            .insert_header(("access-control-allow-headers", HEADERS))
            .insert_header(("access-control-max-age", REMEMBERED))
            .finish(),
    )
}

/// Adds to an answer that its page may read it.
pub(super) fn describe(req: &HttpRequest, origins: &[String], headers: &mut HeaderMap) {
    if origins.is_empty() || !is_public_api(req.path()) {
        return;
    }
    headers.append(VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = permitted(req, origins) else {
        return;
    };
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(
            HeaderName::from_static("access-control-allow-origin"),
            origin,
        );
        headers.insert(
            HeaderName::from_static("access-control-expose-headers"),
            HeaderValue::from_static(EXPOSED),
        );
    }
}
